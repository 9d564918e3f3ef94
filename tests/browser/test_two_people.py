"""Two people, one after the other, at one phone: the second sees nothing of the first.

Pages are kept by the browser for going back, as on people's phones; the first test
shows that they are, so that the others can fail.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import SLUG
from tests.browser.walking import go, history, kind, place, start, tick, until

pytestmark = pytest.mark.browser

IDEA = "Nachtigallengasse-9b2e"
TYPED = "noch-nicht-abgeschickt-77"
SECRETS = (IDEA, TYPED)
STEPS = range(-1, -9, -1)

COUNTING = """
addEventListener('pageshow', (event) => {
    if (event.persisted) document.documentElement.dataset.kept = 'yes';
});
"""


def answer(page, town, language="de"):
    """Somebody answers some pages and leaves words on the last."""
    start(page, town, language)
    tick(page, "q01", "yes")
    go(page)
    until(page, "textarea")
    page.fill("textarea", IDEA)
    go(page)


def seen(page):
    """Everything of the first person that is on a page, typed or written."""
    return page.evaluate(
        """(secrets) => {
            const fields = [...document.querySelectorAll('input, textarea, select')];
            const typed = fields.map((one) => one.value || '').join(' ');
            const ticked = fields.filter((one) => one.checked).map((one) => one.id);
            const written = document.documentElement.outerHTML;
            return [
                ...secrets.filter((one) => (typed + written).includes(one)),
                ...ticked,
                ...[...document.querySelectorAll('.words li')].map((x) => x.innerText),
            ];
        }""",
        SECRETS,
    )


def nothing_is_seen(page, town):
    """Go back as far as there is anything, and to every address by hand."""
    for steps in STEPS:
        if page.evaluate("() => window.history.length") <= -steps:
            break
        history(page, steps)
        if page.url == "about:blank":
            break
        assert seen(page) == [], (steps, page.url)
        assert kind(page) not in ("question", "review", "thanks"), page.url
        page.goto(town.address("de", "leave"))
    for name in ("p1", "p2", "p3", "review", "thanks", "later"):
        page.goto(town.address("de", name))
        assert seen(page) == [], name
        assert kind(page) not in ("question", "review", "thanks"), name


@pytest.fixture
def phone(visitor):
    """A browser that keeps pages for going back, with or without scripts."""

    def phone(**how):
        page = visitor(**how)
        page.add_init_script(COUNTING)
        return page

    return phone


def test_this_browser_keeps_pages_for_going_back(town, phone):
    page = phone(scripts=True)
    page.goto(town.address("de", "").replace(f"{SLUG}/", "imprint"))
    page.goto(town.address("de", "").replace(f"{SLUG}/", "privacy"))
    history(page, -1)
    page.wait_for_function("() => document.documentElement.dataset.kept === 'yes'")


def test_what_was_typed_comes_back_while_the_first_is_still_there(town, phone):
    page = phone(scripts=True)
    answer(page, town)
    history(page, -1)
    assert IDEA in seen(page)


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("button", ["leave", "send and leave", "next person", "later"])
def test_the_second_person_sees_nothing(town, phone, button, scripts):
    page = phone(scripts=scripts)
    answer(page, town)
    if button == "leave":
        go(page, "leave")
    elif button == "later":
        go(page, "later")
        assert page.locator(".words li").count() == 6
        go(page, "pause")
    else:
        go(page, "review")
        go(page, "send")
        assert kind(page) == "thanks"
        go(page, "leave" if button == "send and leave" else "start")
    assert kind(page) in ("left", "about")
    nothing_is_seen(page, town)


@pytest.mark.parametrize("scripts", [False, True])
def test_what_was_typed_and_never_sent_is_gone_too(town, phone, scripts):
    page = phone(scripts=scripts)
    start(page, town)
    tick(page, "q01", "yes")
    go(page)
    until(page, "textarea")
    page.fill("textarea", TYPED)
    page.goto(town.address("de", "leave"))
    nothing_is_seen(page, town)


def test_a_switch_of_language_leaves_nothing_behind_either(town, phone):
    page = phone(scripts=True)
    start(page, town)
    until(page, "textarea")
    page.fill("textarea", TYPED)
    page.click('button[name="language"][value="ar"]')
    assert page.input_value("textarea") == TYPED
    page.click('button[name="language"][value="de"]')
    go(page, "leave")
    nothing_is_seen(page, town)


def test_the_link_at_the_foot_of_every_page_clears_too(town, phone):
    page = phone()
    answer(page, town)
    page.goto(town.address("de", "").replace(f"{SLUG}/", "privacy"))
    page.click("footer a[href='/de/leave']")
    assert kind(page) == "left"
    nothing_is_seen(page, town)


def test_the_next_person_starts_with_empty_pages(town, phone):
    page = phone(scripts=True)
    answer(page, town)
    go(page, "review")
    go(page, "send")
    go(page, "start")
    start(page, town)
    for _ in range(6):
        assert seen(page) == []
        if kind(page) == "review":
            break
        go(page)


def test_words_noted_on_one_phone_go_on_on_another(town, phone):
    page = phone()
    answer(page, town, "ar")
    go(page, "later")
    noted = " ".join(page.locator(".words li").all_inner_texts())
    go(page, "pause")
    other = phone(width=1280, height=900)
    other.goto(town.address("de", "resume"))
    other.fill("#words", noted)
    go(other)
    assert kind(other) in ("question", "review")
    assert place(other) != ""
    go(other, "review")
    assert IDEA in other.inner_text("main")
    go(other, "send")
    assert kind(other) == "thanks"
    page.goto(town.address("ar", "resume"))
    page.fill("#words", noted)
    go(page)
    assert page.query_selector("#errors")


def test_without_the_change_of_cookie_the_browser_would_show_it(town, phone):
    """The control: a page as others make them is shown again, typed text and all."""
    page = phone(scripts=True)
    address = f"{town.base}/de/imprint"
    page.goto(address)
    page.evaluate(
        """() => {
            const field = document.createElement('textarea');
            document.querySelector('main').append(field);
        }"""
    )
    page.fill("main textarea", TYPED)
    page.goto(f"{town.base}/de/privacy")
    history(page, -1)
    page.wait_for_selector("main textarea")
    assert TYPED in seen(page)
