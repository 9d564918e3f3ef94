"""After sending: who wants to be reached, in an urn that knows no answer."""

from datetime import date

import pytest

from survey.storage.errors import StoreUnavailable
from survey.urn.contact import Contact
from survey.urn.contact_box import ContactBox, Noted
from tests.respond.walk import Walk, is_key_taken

UNTIL = date(2026, 12, 31)
MAIL = {"contact_reach": "anna@example.org", "contact_name": "Anna"}
WISH = {**MAIL, "contact_for": ["workshop"]}


@pytest.fixture
def sender(walk):
    """Somebody who has just sent to a town that asks who wants to be reached."""

    def sender(language="de", purposes=("workshop", "raffle"), **terms):
        terms = {"contact_for": purposes, "contact_until": UNTIL, **terms}
        person = walk("single", language, **terms).start()
        name, codes = next((n, c) for n, c in person.page.offered.items() if c)
        return person.next(**{name: codes[0]}).press("send")

    return sender


@pytest.fixture
def box(settings):
    return ContactBox(settings, "single")


def opened(box, shared):
    """What the office finds once the survey is closed."""
    shared.urn("single").close("destroy")
    return box.opened(today=date(2026, 10, 6))


def test_a_contact_is_kept_apart_and_said_to_be(sender, box, shared):
    person = sender().press("contact", **WISH)
    assert (person.kind, person.status) == ("thanks", 200)
    assert "Ihr Kontakt ist notiert" in person.html
    assert "anna@example.org" not in person.html
    assert not person.page.can("go", "contact")
    assert len(person.answers()) == 1
    assert opened(box, shared) == [Contact("anna@example.org", ("workshop",), "Anna")]


def test_it_is_asked_for_only_after_sending_and_only_where_wished(sender, walk):
    person = walk("fork").start()
    assert "contact_reach" not in person.html
    assert "contact_reach" in sender().html


def test_its_words_are_in_no_file(sender, settings):
    """Neither beside the draft nor beside the receipt, nor in the database."""
    person = sender().press("contact", contact_name="Zaunkönig", contact_reach="@99")
    person.press("contact", **WISH | {"contact_name": "Zaunkönig"})
    held = [
        file.name
        for file in settings.instance.rglob("*")
        if file.is_file()
        for word in ("anna@example", "Zaunk", "@99")
        if word.encode() in file.read_bytes()
    ]
    assert held == []


def test_surveys_without_a_box_ask_nobody(walk):
    person = walk("single").start().next().press("send")
    assert "contact_reach" not in person.html
    assert person.press("contact", **WISH).kind == "thanks"


def test_a_receipt_is_needed(sender, box):
    person = sender()
    stranger = person.client.application.test_client()
    response = stranger.post("/de/single/thanks", data={**WISH, "go": "contact"})
    assert response.status_code == 303
    assert box.count() == 0


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(sender, box):
    person = sender().press("contact", contact_name="Anna <b>", contact_reach="anna@")
    assert (person.kind, person.status) == ("thanks", 422)
    assert person.text("title").startswith("Fehler:")
    assert person.problems() == ["contact_for", "contact_reach"]
    assert person.page.inputs["contact_name"] == ["Anna <b>"]
    assert person.page.inputs["contact_reach"] == ["anna@"]
    person.press("contact", **WISH)
    assert box.count() == 1


def test_switching_the_language_keeps_what_is_typed(sender, box):
    person = sender().switch("xm", **WISH)
    assert (person.kind, person.status) == ("thanks", 422)
    assert person.page.inputs["contact_reach"] == ["anna@example.org"]
    assert person.page.inputs["contact_for"] == ["workshop"]
    person.press("contact")
    assert (person.status, box.count()) == (200, 1)


def test_switching_the_language_with_an_empty_form_is_a_page_like_before(sender):
    person = sender().switch("xm")
    assert (person.status, person.path) == (200, "/xm/single/thanks")


def test_a_second_click_and_going_back_store_nothing_twice(sender, box):
    person = sender()
    data = {**WISH, "go": "contact"}
    cookie = person.client.get_cookie("draft").value
    first = person.post(data)
    fresh = person.client.get_cookie("draft").value
    person.client.set_cookie("draft", cookie)
    second = person.post(data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location == "/de/single/thanks"
    person.open("thanks")
    assert "Ihr Kontakt ist notiert" in person.html
    assert person.client.get_cookie("draft").value == fresh
    person.post(data)
    assert box.count() == 1


def test_the_key_changes_so_that_the_browser_forgets_the_page_that_was_typed_into(
    sender,
):
    person = sender()
    before = person.client.get_cookie("draft").value
    person.press("contact", **WISH)
    assert person.client.get_cookie("draft").value != before


def test_the_half_hour_does_not_begin_anew(sender, clock):
    person = sender()
    clock.advance(minutes=20)
    person.press("contact", **WISH)
    clock.advance(minutes=11)
    assert person.open("thanks").kind == "left"


def test_clearing_the_page_leaves_nothing_behind(sender, drafts):
    person = sender().press("contact", **WISH)
    response = person.post({"go": "leave"})
    assert is_key_taken(response)
    assert person.open("thanks").kind == "about"


def test_leaving_with_a_half_typed_contact_stores_nothing(sender, box):
    sender().post({**WISH, "go": "leave"})
    assert box.count() == 0


def test_the_box_out_of_reach_is_told_and_nothing_typed_is_lost(
    sender, box, monkeypatch
):
    person = sender()
    with monkeypatch.context() as patched:
        patched.setattr(ContactBox, "add", lambda *_, **__: Noted.TRY_AGAIN)
        person.press("contact", **WISH)
    assert (person.status, person.kind) == (422, "thanks")
    assert person.page.inputs["contact_reach"] == ["anna@example.org"]
    assert person.press("contact").status == 200
    assert box.count() == 1


def test_a_receipt_that_cannot_be_renewed_still_says_that_it_is_noted(
    sender, drafts, box
):
    person = sender()
    drafts.refuses.add("save")
    person.press("contact", **WISH)
    assert "Ihr Kontakt ist notiert" in person.html
    assert box.count() == 1


def test_a_survey_closed_meanwhile_takes_none_and_says_so(sender, shared, box, publish):
    publish("fork")  # with the last open survey receipts end, too
    person = sender()
    shared.urn("single").close("destroy")
    person.press("contact", **WISH)
    assert (person.status, person.kind) == (422, "thanks")
    assert "Kontakte werden nicht mehr angenommen" in person.html
    assert box.count() == 0
    assert "contact_reach" not in person.open("thanks").html


def test_after_its_day_nobody_is_asked_and_what_there_was_is_gone(
    sender, box, clock, shared
):
    person = sender(contact_until=date(2026, 10, 6)).press("contact", **WISH)
    assert box.count() == 1
    clock.advance(days=2)
    person.open()
    assert box.count() == 0
    assert not box.key_file.exists()


def test_a_deletion_that_fails_is_tried_again_with_the_next_page(
    sender, box, clock, monkeypatch, caplog
):
    from survey.urn import contact_box

    person = sender(contact_until=date(2026, 10, 6)).press("contact", **WISH)
    clock.advance(days=2)

    def refuse(*_, **__):
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patched:
        patched.setattr(contact_box, "delete_due", refuse)
        assert person.open().kind == "about"
    assert "could not be deleted" in caplog.text
    person.open()
    assert box.count() == 0


def test_whoever_used_a_code_of_somebody_else_is_not_asked(codes, app, shared):
    from survey.storage.engine import driver

    code, _ = codes("single")
    connection = driver(shared.settings.instance / "survey.sqlite")
    connection.execute(
        """UPDATE surveys SET contact_for = '["raffle"]', contact_until = ?""",
        (UNTIL.isoformat(),),
    )
    connection.close()
    people = [Walk(app.test_client(), "single").start(code=code) for _ in range(2)]
    pages = [person.next().press("send") for person in people]
    assert ["contact_reach" in person.html for person in pages] == [True, False]


def test_the_page_tells_what_is_stored_where_contacts_are_asked_for(
    sender, walk, publish
):
    words = "in einer zweiten versiegelten Urne ohne jede Antwort"
    person = sender()
    assert words in person.press("start").html
    assert words in person.client.get("/de/privacy").get_data(as_text=True)
    publish("fork")
    assert words not in Walk(person.client, "fork", "de").html


def test_the_day_of_deletion_stands_beside_the_form(sender):
    assert "31. Dezember 2026" in sender().html


def test_a_single_purpose_is_named_and_need_not_be_ticked(sender, box, shared):
    person = sender(purposes=("raffle",))
    assert "Teilnahme an der Verlosung" in person.html
    assert "contact_for" not in person.page.inputs
    person.press("contact", **MAIL)
    assert opened(box, shared)[0].purposes == ("raffle",)


@pytest.mark.parametrize("language", ["de", "xl", "xm"])
def test_every_language_has_the_form(sender, language):
    assert sender(language).page.can("go", "contact")


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de", "Möchten Sie von uns hören?"),
        ("en", "Would you like to hear from us?"),
        ("ar", "هل نتواصل معك لاحقًا؟"),
    ],
)
def test_the_reference_questionnaire_asks_in_its_languages(walk, language, heading):
    terms = {"contact_for": ("results",), "contact_until": UNTIL}
    person = walk("zusammenleben", language, **terms).start()
    person = person.next(q01="no").press("send")
    assert heading in person.texts("h2")
