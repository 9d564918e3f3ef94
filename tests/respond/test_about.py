"""The first page of a survey, and Start."""

import re
from datetime import date

import pytest

from survey.storage import retention
from survey.storage.engine import connect
from survey.urn.codes import generate, group
from tests import instances
from tests.page_lint import Resident
from tests.respond.walk import Walk


def cookies(client):
    return {cookie.key: cookie for cookie in client._cookies.values()}


def test_the_page_says_how_long_what_is_stored_and_whom_to_ask(walk):
    person = walk("zusammenleben", "en")
    assert person.kind == "about"
    assert person.heading() == "Living together in \u2068Musterstadt\u2069"
    assert "about 4 minutes" in person.html
    assert "about 6 minutes" in person.html
    assert "07031 123-0" in person.html
    assert "the internet address of your device" in person.html
    assert person.find("input[@name='code']") is None


def test_looking_at_the_page_sets_no_cookie(walk):
    person = walk("zusammenleben")
    assert not cookies(person.client)


def test_start_sets_one_cookie_that_scripts_cannot_read_and_opens_the_first_page(walk):
    person = walk("single")
    response = person.post(person.inputs(go="start"))
    assert response.status_code == 303
    (header,) = response.headers.getlist("Set-Cookie")
    assert re.fullmatch(
        r"draft=[A-Za-z0-9_-]{43}; HttpOnly; Path=/; SameSite=Lax", header
    )
    person.open("p1")
    assert (person.kind, person.place) == ("question", "p1")


def test_the_cookie_is_bound_to_the_host_where_there_is_https(
    settings, clock, tmp_path
):
    from tests import instances
    from tests.page_lint import Resident

    given = instances.fresh(tmp_path / "https", public_url="https://umfrage.example")
    instances.publish(given, "single", clock().date())
    with instances.serving(given, clock) as app:
        app.test_client_class = Resident
        client = app.test_client()
        response = client.post(
            "/xl/single/", data={"go": "start"}, base_url="https://umfrage.example"
        )
        (header,) = response.headers.getlist("Set-Cookie")
    assert header.startswith("__Host-draft=")
    assert "; Secure" in header
    assert "Domain" not in header


def test_a_browser_that_keeps_no_cookie_is_told_so(app, publish):
    publish("single")
    client = app.test_client(use_cookies=False)
    response = client.post("/xl/single/", data={"go": "start"}, follow_redirects=True)
    assert response.status_code == 400
    assert "07031 123-0" in response.get_data(as_text=True)


def test_the_first_page_comes_at_once(walk):
    person = walk("single")
    response = person.post(person.inputs(go="start"))
    page = person.client.get(response.location)
    assert page.status_code == 200
    assert 'data-page="question"' in page.text


@pytest.mark.parametrize("minutes", [3, 30, 57])
def test_coming_back_later_does_not_read_as_a_refused_cookie(walk, clock, minutes):
    person = walk("single")
    address = person.post(person.inputs(go="start")).location
    person.open("leave")
    person.client.delete_cookie("draft")
    clock.advance(minutes=minutes)
    response = person.client.get(address)
    assert (response.status_code, response.location) == (303, "/xl/single/")


@pytest.mark.parametrize("mark", ["", "=", "=x", "=60", "=-1", "=٠", "=000", "=1"])
def test_a_mark_that_was_not_made_just_now_says_nothing(walk, mark):
    response = walk("single").client.get(f"/xl/single/p1?started{mark}")
    assert (response.status_code, response.location) == (303, "/xl/single/")


def test_without_having_begun_no_question_is_shown(walk):
    person = walk("single")
    for place in ("p1", "review", "thanks"):
        assert person.open(place).kind == "about"


@pytest.mark.parametrize("typed", ["", "   ", "\u200f"])
def test_where_codes_are_needed_an_empty_field_is_told(app, codes, typed):
    codes("single")
    person = Walk(app.test_client(), "single", "xl")
    person.start(code=typed)
    assert (person.kind, person.status, person.problems()) == ("about", 422, ["code"])


@pytest.mark.parametrize(
    "typed", ["1234", "1111 2222 3333 4444", "not a code", "<b>", "9" * 300]
)
def test_what_cannot_be_a_code_is_told_and_kept(app, codes, typed):
    codes("single")
    person = Walk(app.test_client(), "single", "xl")
    person.start(code=typed)
    assert (person.status, person.problems()) == (422, ["code"])
    assert person.page.inputs["code"] == [typed[:80]]
    assert not cookies(person.client)


def test_a_well_formed_code_of_nobody_is_told(app, codes):
    codes("zusammenleben")
    person = Walk(app.test_client(), "zusammenleben", "en")
    person.start(code=generate(1)[0])
    assert person.status == 422
    assert "do not know this code" in person.text("*[@id='errors']")


def arabic(code):
    return code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize("typing", [str, group, arabic, lambda c: f" {group(c)} "])
def test_a_code_is_taken_however_it_is_typed(app, codes, typing):
    code, _ = codes("single")
    person = Walk(app.test_client(), "single", "xl")
    assert person.start(code=typing(code)).kind == "question"


def test_a_used_code_stops_at_start_with_three_ways_on(app, codes, respond):
    code, _ = codes("single", access="both")
    respond({}, "xl", slug="single", code=code)
    person = Walk(app.test_client(), "single", "xl")
    response = person.post(person.inputs(go="start", code=code))
    assert (response.status_code, response.location) == (303, "/xl/single/used")
    assert person.open("used").kind == "used"
    assert not cookies(person.client)


def test_with_both_ways_in_the_field_may_stay_empty(app, codes, urn):
    codes("single", access="both")
    urn("single")
    person = Walk(app.test_client(), "single", "xl")
    assert person.start().kind == "question"


@pytest.mark.parametrize(("design", "is_said"), [("random", True), ("census", False)])
def test_a_person_without_a_code_reads_why_and_how_to_get_one(walk, design, is_said):
    terms = {"population": 100, "invited": 50}
    person = walk("zusammenleben", "en", access="codes", design=design, **terms)
    assert ("drawn by lot" in person.html) is is_said
    assert "lost your code" in person.html


def test_a_language_button_keeps_the_code_that_was_typed(app, codes):
    codes("single")
    person = Walk(app.test_client(), "single", "xl")
    person.switch("xm", code="1234 5678")
    assert person.tree().get("lang") == "ar-x-mirror"
    assert person.page.inputs["code"] == ["1234 5678"]
    assert person.find("form").get("action") == "/xm/single/"
    assert person.start(code="1").path == "/xm/single/"


def test_a_language_button_leads_to_the_page_in_that_language(walk):
    person = walk("single")
    assert person.switch("xm").path == "/xm/single/"


def test_a_survey_has_no_page_in_a_language_it_does_not_offer(app, publish):
    publish("single", languages=("de",))
    assert app.test_client().get("/en/single/").status_code == 404


@pytest.mark.parametrize("state", ["published"])
def test_a_survey_that_has_not_begun_takes_nobody(app, publish, state):
    publish("single", state=state)
    client = app.test_client()
    assert 'data-page="closed"' in client.get("/xl/single/").get_data(as_text=True)
    response = client.post("/xl/single/", data={"go": "start"})
    assert (response.status_code, response.location) == (303, "/xl/single/")


def test_after_the_last_day_nobody_can_start(app, publish, clock):
    publish("single", until=clock().date())
    client = app.test_client()
    assert 'data-page="about"' in client.get("/xl/single/").get_data(as_text=True)
    clock.advance(days=1)
    assert 'data-page="closed"' in client.get("/xl/single/").get_data(as_text=True)


def test_a_form_posted_from_another_site_is_refused(walk):
    person = walk("single")
    response = person.client.post(
        "/xl/single/", data={"go": "start"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_own_forms_and_silent_browsers_are_served(walk, site):
    person = walk("single")
    headers = {} if site is None else {"Sec-Fetch-Site": site}
    response = person.client.post("/xl/single/", data={"go": "start"}, headers=headers)
    assert response.status_code == 303


def test_wrong_codes_slow_down_and_a_right_one_never_does(app, codes, monkeypatch):
    from survey.respond.budget import CodeBudget

    slept = []
    app.extensions["code budget"] = CodeBudget(2, sleep=slept.append)
    code, _ = codes("single")
    person = Walk(app.test_client(), "single", "xl")
    for _ in range(4):
        assert person.start(code="1234").status == 422
    assert len(slept) == 2
    assert person.start(code=code).kind == "question"
    assert len(slept) == 2


def test_when_too_many_wait_already_a_wrong_code_is_sent_away(app, codes, monkeypatch):
    class Exhausted:
        def wrong(self, address, now):
            return False

    app.extensions["code budget"] = Exhausted()
    code, _ = codes("single")
    client = app.test_client()
    response = client.post("/xl/single/", data={"go": "start", "code": "1"})
    assert response.status_code == 429
    response = client.post("/xl/single/", data={"go": "start", "code": code})
    assert response.status_code == 303


@pytest.mark.parametrize("value", ["", "ä", "=", "abc", "A" * 43, "!" * 43])
def test_a_spoilt_cookie_is_no_cookie(walk, value):
    person = walk("single")
    person.client.set_cookie("draft", value)
    assert person.open().kind == "about"
    assert person.open("p1").kind == "about"
    assert person.start().kind == "question"


def test_after_the_end_every_address_says_so(app, publish, clock):
    publish("single", until=clock().date())
    clock.advance(days=1)
    for place in ("", "p1", "review"):
        assert Walk(app.test_client(), "single").open(place).kind == "closed"


def test_the_button_to_leave_works_before_anything_was_begun(walk):
    assert walk("single").press("leave").kind == "left"


def test_the_page_says_until_when_answers_are_kept(walk):
    days = {"answers": date(2028, 12, 31), "comments": date(2027, 6, 30)}
    person = walk("zusammenleben", "en", keep_until=days)
    assert "Until 31 December 2028, then they are deleted" in person.html
    assert "Until 30 June 2027, then they are deleted" in person.html
    assert "As long as the municipality needs them" not in person.html


def test_a_day_that_is_brought_forward_is_shown_at_once(walk, settings):
    person = walk("zusammenleben", "en", keep_until={"answers": date(2028, 12, 31)})
    engine = connect(settings)
    retention.promise(engine, "zusammenleben", {"answers": date(2027, 1, 31)})
    engine.dispose()
    assert "Until 31 January 2027" in person.open().html


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("days:7", "for 7 days"), ("unknown", "We do not know whether")],
)
def test_the_page_says_what_is_logged_in_front_of_us(value, sentence, tmp_path, clock):
    settings = instances.fresh(tmp_path / "logged", upstream_logs=value)
    instances.publish(settings, "zusammenleben", clock().date())
    with instances.serving(settings, clock) as app:
        app.test_client_class = Resident
        assert sentence in Walk(app.test_client(), "zusammenleben", "en").html
