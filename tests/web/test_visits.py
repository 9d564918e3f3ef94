"""The whole way of a resident by the markup that scripts may rely on."""

from __future__ import annotations

import pytest

from tests import visits

ANSWERS = {
    "q01": "yes",
    "q02": "rather_much",
    "q05": ["f1", "f3"],
    "q06__1": "f3",
    "q06__2": "f1",
    "q23": "Mehr Bänke am Platz",
}


@pytest.mark.parametrize("language", ["en", "xl", "xm"])
def test_a_resident_gets_from_the_first_page_to_the_thanks(publish, respond, language):
    publish("zusammenleben", languages=("en", "xl", "xm"))
    thanks = respond(ANSWERS, language)
    assert visits.read(thanks).kind == "thanks"
    assert "Mehr Bänke am Platz" in thanks.text


def test_the_first_page_asks_who_it_was_that_has_begun(app, publish):
    publish("zusammenleben", languages=("en", "xl", "xm"))
    client = app.test_client()
    start = visits.read(client.get("/xl/zusammenleben/"))
    visits.post(client, start, "start")
    answer = client.get("/", headers={"Accept-Language": "ar-x-mirror"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/xm/zusammenleben/"
    assert visits.read(client.get("/xm/zusammenleben/")).kind == "begun"


def test_the_first_page_asks_nobody_else(app, publish):
    publish("zusammenleben", languages=("en",))
    client = app.test_client()
    client.set_cookie("draft", "nonsense")
    assert client.get("/").status_code == 200
    client.set_cookie("draft", "A" * 43)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["", "p1", "review", "thanks", "leave"])
def test_a_survey_that_is_over_has_one_page(resident, publish, clock, path):
    publish("zusammenleben", languages=("en", "xl"), until=clock().date())
    clock.advance(days=1)
    answer = resident.get(f"/en/zusammenleben/{path}", follow_redirects=True)
    assert visits.read(answer).kind in ("closed", "left")
