"""Whole ways through surveys, as a script without a browser walks them."""

import pytest

from survey.language import registry
from tests import instances, visits
from tests.respond.walk import Walk

EVERY_QUESTIONNAIRE = sorted(
    path.stem for path in instances.QUESTIONNAIRES.glob("*.toml")
)
FULL = {
    "q01": "yes",
    "q02": "partly",
    "q05": ["f1", "f8", "f9"],
    "q06__1": "f8",
    "q06__2": "f9",
    "q04_f1": "rather_satisfied",
    "q04_f2": "-3",
    "q23": "Mehr Bänke – مقاعد",
    "d1": "25_44",
    "d2": "-4",
    "q09": ["language", "distance"],
    "q19": "sometimes",
    "q20": ["work", "internet"],
    "q21": "unknown",
}
SPOKEN = [one.code for one in registry().released]


@pytest.mark.parametrize("language", SPOKEN)
def test_the_reference_questionnaire_in_every_language(publish, respond, urn, language):
    publish("zusammenleben")
    fate = urn("zusammenleben")
    response = respond(FULL, language)
    assert visits.read(response).kind == "thanks"
    ((ballot, _, _),) = fate.sent
    closed = ballot.closed
    assert (closed["q01"], closed["q02"], closed["q04_f2"]) == ("yes", "partly", "-3")
    assert (closed["q05__f1"], closed["q05__f2"]) == ("1", "0")
    assert (closed["q06__f8"], closed["q06__f9"], closed["q06__f1"]) == ("1", "2", "")
    assert (closed["d2"], closed["d3"], closed["q03"]) == ("-4", "-2", "-2")
    assert (closed["q20__work"], closed["q20__office"]) == ("1", "0")
    assert [comment.text for comment in ballot.comments] == ["Mehr Bänke – مقاعد"]
    assert ballot.form_language == language


@pytest.mark.parametrize("language", ["xl", "xm"])
def test_nothing_on_the_way_is_untranslated(publish, respond, language):
    publish("zusammenleben")
    assert visits.read(respond(FULL, language)).kind == "thanks"


@pytest.mark.parametrize("name", EVERY_QUESTIONNAIRE)
def test_every_kind_of_page_can_be_filled_spoilt_and_mended(walk, name):
    person = walk(name).start()
    while person.kind == "question":
        good = dict(person.page.inputs)
        spoilt = {
            field: ["nonsense"]
            for field, codes in person.page.offered.items()
            if codes and field not in ("token", "go", "language")
        }
        if spoilt:
            assert person.next(**spoilt).status == 422
            assert set(person.problems()) <= set(spoilt)
        chosen = {
            field: [code for code in codes if code][:1]
            for field, codes in person.page.offered.items()
            if codes and "__" not in field
        }
        assert person.send({**good, **chosen, "go": "next"}).status == 200
    assert person.kind == "review"
    assert person.press("send").kind == "thanks"


def test_forty_people_at_once_are_forty_answers(app, publish, shared):
    import threading

    publish("fork")
    codes = ["yes", "no"] * 20
    done = []

    def answer(code):
        person = Walk(app.test_client(), "fork").start()
        if person.kind == "error":  # the store was busy for long: people press again
            person = person.open().start()
        person = person.next(core_1=code)
        done.append(person.press("review").press("send").kind)

    threads = [threading.Thread(target=answer, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == ["thanks"] * 40
    shared.urn("fork").close()
    rows = list(shared.urn("fork").responses())
    assert sorted(row["core_1"] for row in rows) == ["no"] * 20 + ["yes"] * 20
