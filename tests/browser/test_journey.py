"""The whole reference questionnaire in a real browser without JavaScript."""

import http.client

import pytest

from tests.browser.conftest import SLUG
from tests.browser.walking import (
    go,
    history,
    is_ticked,
    key,
    kind,
    place,
    start,
    tick,
    until,
)

pytestmark = pytest.mark.browser

IDEA = "مقاعد-تحت-الأشجار-7f3a"


def test_a_resident_answers_in_arabic_and_asks_a_neighbour_in_german(town, visitor):
    page = visitor()
    start(page, town, "ar", town.codes[0])
    assert page.get_attribute("html", "dir") == "rtl"
    tick(page, "q01", "yes")
    go(page)
    until(page, "#q05")
    tick(page, "q05", "f1")
    tick(page, "q05", "f8")
    page.click('button[name="language"][value="de"]')
    assert page.get_attribute("html", "lang") == "de"
    assert is_ticked(page, "q05", "f1")
    assert is_ticked(page, "q05", "f8")
    tick(page, "q05", "f2")
    page.click('button[name="language"][value="ar"]')
    assert [is_ticked(page, "q05", code) for code in ("f1", "f2", "f3", "f8")] == [
        True,
        True,
        False,
        True,
    ]
    go(page)
    page.select_option("#q06__1", "f8")
    page.select_option("#q06__2", "f1")
    go(page)
    tick(page, "q04_f3", "-3")
    until(page, "textarea")
    page.fill("textarea", IDEA)
    page.click('button[name="language"][value="de"]')
    assert page.input_value("textarea") == IDEA
    page.click('button[name="language"][value="ar"]')
    assert page.input_value("textarea") == IDEA
    # the core, the fork, and everything after it
    for _ in range(40):
        if kind(page) == "review":
            break
        go(page)
    assert kind(page) == "review"
    assert page.get_attribute("html", "lang") == "ar"
    assert IDEA in page.inner_text("main")
    go(page, "send")
    assert kind(page) == "thanks"
    assert IDEA in page.inner_text("main")
    stored = [name for name, content in town.files() if IDEA.encode() in content]
    assert stored == []


@pytest.mark.parametrize(("button", "after"), [("leave", "left"), ("start", "about")])
def test_after_sending_going_back_shows_nothing_of_the_answers(
    town, visitor, button, after
):
    page = visitor()
    start(page, town, "de")
    tick(page, "q01", "yes")
    go(page)
    until(page, "textarea")
    page.fill("textarea", IDEA)
    go(page)
    go(page, "review")
    go(page, "send")
    go(page, button)
    assert kind(page) == after
    for steps in (-1, -2, -3, -4):
        history(page, steps)
        assert kind(page) in ("about", "left"), steps
        assert IDEA not in page.content()
        assert "checked" not in page.content()
        page.goto(town.address("de", "leave"))


@pytest.mark.parametrize("after", ["noted", "leave", "start"])
def test_going_back_shows_nothing_of_a_contact(town, visitor, after):
    """Whether it was left or only typed before the page was cleared."""
    page = visitor()
    start(page, town, "de")
    tick(page, "q01", "no")
    go(page)
    go(page, "send")
    page.fill("#contact_reach", "anna-7f3a@example.org")
    page.fill("#contact_name", "Anna 7f3a")
    tick(page, "contact_for", "workshop")
    go(page, "contact" if after == "noted" else after)
    assert "7f3a" not in page.content()
    if after == "noted":
        assert "Ihr Kontakt ist notiert" in page.inner_text("main")
    for steps in (-1, -2):
        history(page, steps)
        typed = page.locator("#contact_reach, #contact_name")
        assert [typed.nth(at).input_value() for at in range(typed.count())] == []
        assert "7f3a" not in page.content()
        page.goto(town.address("de", "thanks"))


def test_enter_in_the_form_of_contacts_leaves_the_contact(town, visitor):
    page = visitor()
    start(page, town, "ar")
    tick(page, "q01", "no")
    go(page)
    go(page, "send")
    tick(page, "contact_for", "workshop")
    page.fill("#contact_reach", "0703112345")
    page.focus("#contact_reach")
    key(page, "Enter")
    assert kind(page) == "thanks"
    assert page.locator("#contact_reach").count() == 0
    stored = [name for name, content in town.files() if b"0703112345" in content]
    assert stored == []


def test_back_and_reload_after_sending_give_the_same_thanks(town, visitor):
    page = visitor()
    start(page, town, "de")
    tick(page, "q01", "no")
    go(page)
    before = page.url
    go(page, "send")
    assert kind(page) == "thanks"
    page.reload()
    assert kind(page) == "thanks"
    history(page, -1)
    assert kind(page) == "thanks"
    page.goto(before)
    assert kind(page) == "thanks"


def test_a_double_click_on_send_stores_one_answer(town, visitor):
    urn = town.services.urn(SLUG)
    verdicts = []
    send = urn.send
    urn.send = lambda *given: verdicts.append(send(*given)) or verdicts[-1]
    try:
        page = visitor()
        start(page, town, "de", town.codes[1])
        tick(page, "q01", "no")
        go(page)
        page.dblclick('button[value="send"]:not(.default)')
        page.wait_for_selector('body[data-page="thanks"]')
    finally:
        del urn.send
    assert [verdict.value for verdict in verdicts].count("stored") == 1
    assert page.locator("dl.answers dd").count() == 1


def test_a_used_code_stops_at_start(town, visitor):
    for expected in ("thanks", "used"):
        page = visitor()
        start(page, town, "de", town.codes[2])
        if expected == "thanks":
            tick(page, "q01", "no")
            go(page)
            go(page, "send")
        assert kind(page) == expected


def test_back_and_reload_in_the_middle_keep_everything(town, visitor):
    page = visitor()
    start(page, town, "de")
    tick(page, "q01", "works_here")
    go(page)
    tick(page, "q02", "partly")
    go(page)
    history(page, -1)
    assert is_ticked(page, "q02", "partly")
    page.reload()
    assert is_ticked(page, "q02", "partly")
    history(page, -1)
    assert is_ticked(page, "q01", "works_here")
    go(page)
    assert place(page) == "p2"


def test_enter_in_any_control_continues_and_never_switches_the_language(town, visitor):
    page = visitor()
    page.goto(town.address("de"))
    page.focus("#code")
    key(page, "Enter")
    assert place(page) == "p1"
    page.focus('[id="q01-yes"]')
    page.keyboard.press("Space")
    key(page, "Enter")
    assert (place(page), page.get_attribute("html", "lang")) == ("p2", "de")
    go(page)
    page.focus('[id="q05-f1"]')
    page.keyboard.press("Space")
    page.focus('[id="q05-f2"]')
    page.keyboard.press("Space")
    key(page, "Enter")
    assert page.query_selector("#q06")
    page.select_option("#q06__1", "f1")
    go(page)
    until(page, "textarea")
    before = place(page)
    page.press("textarea", "Enter")
    assert (place(page), page.input_value("textarea")) == (before, "\n")


def test_the_keyboard_alone_is_enough(town, visitor):
    page = visitor()
    page.goto(town.address("de"))
    reach(page, "button.primary")
    key(page, "Enter")
    reach(page, '[id="q01-yes"]')
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert is_ticked(page, "q01", "no")
    reach(page, "button.primary")
    key(page, "Space")
    assert kind(page) == "review"
    reach(page, "button.primary")
    key(page, "Enter")
    assert kind(page) == "thanks"


def reach(page, selector, *, most=60):
    """Press Tab until an element has the focus."""
    for _ in range(most):
        if page.evaluate(f"() => document.activeElement.matches({selector!r})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def test_after_a_mistake_the_summary_has_the_focus_and_leads_to_the_field(
    town, visitor
):
    page = visitor()
    start(page, town, "de")
    until(page, "#q05")
    tick(page, "q05", "none")
    tick(page, "q05", "f1")
    go(page)
    assert page.title().startswith("Fehler")
    assert page.evaluate("() => document.activeElement.id") == "errors"
    page.click("#errors a")
    assert page.url.endswith("#q05")
    tick(page, "q05", "none")
    go(page)
    assert kind(page) == "question"
    assert not page.query_selector("#errors")


def test_the_next_person_on_the_device_is_asked_and_sees_nothing(town, visitor):
    page = visitor()
    start(page, town, "de")
    tick(page, "q01", "yes")
    go(page)
    page.goto(town.address("ar"))
    assert kind(page) == "begun"
    assert page.locator("input:not([type=hidden])").count() == 0
    go(page, "start")
    assert kind(page) == "about"
    go(page, "start")
    assert place(page) == "p1"
    assert not is_ticked(page, "q01", "yes")


def test_a_browser_that_refuses_cookies_is_told_in_its_language(town, visitor):
    page = visitor()
    page.route("**/*", lambda route: route.fulfill(**without_cookies(town, route)))
    start(page, town, "ar")
    assert kind(page) == "error"
    assert page.get_attribute("html", "lang") == "ar"
    assert "07031 123-0" in page.inner_text("main")


def without_cookies(town, route):
    """What the server answers, as a browser sees it that keeps no cookie."""
    request = route.request
    connection = http.client.HTTPConnection("127.0.0.1", town.port)
    headers = {"Content-Type": request.headers.get("content-type", "text/html")}
    path = request.url.removeprefix(town.base)
    connection.request(request.method, path, request.post_data or "", headers)
    response = connection.getresponse()
    kept = {k: v for k, v in response.getheaders() if k.lower() != "set-cookie"}
    answer = {"status": response.status, "headers": kept, "body": response.read()}
    connection.close()
    return answer


def test_where_scripts_run_the_code_of_a_letter_fills_itself_in(town, visitor):
    page = visitor(scripts=True)
    code = town.codes[3]
    page.goto(f"{town.address('de')}#{code}")
    assert page.input_value("#code").replace(" ", "") == code
    assert "#" not in page.url
    go(page, "start")
    assert place(page) == "p1"


def test_without_scripts_the_code_is_typed_in_any_digits(town, visitor):
    page = visitor()
    digits = town.codes[4].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    start(page, town, "ar", digits)
    assert place(page) == "p1"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_unseen_first_button_does_what_it_says_when_something_presses_it(
    town, visitor, language
):
    page = visitor()
    page.goto(town.address(language))
    page.click('button[name="go"][value="start"] >> nth=0', timeout=5000)
    assert place(page).endswith("p1")
    page.click('button[name="go"][value="next"] >> nth=0', timeout=5000)
    assert place(page).endswith("p2")
    assert page.get_attribute("html", "lang") == language
