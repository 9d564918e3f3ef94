"""Lists that are kept written speak every language, and every correction of it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from survey.questionnaire.edition import Edition
from survey.storage import corrections, engine
from tests.respond.walk import Walk


def entries(person):
    """The options that are shown, without "please choose" and no answer."""
    return person.texts("select/option")[1:-1]


def at_list(client, language, part="north"):
    person = Walk(client, "cascade", language)
    return person.start().next(part=part)


def renamed(edition, key, words):
    """The edition with another wording in every language."""
    asked = edition.questionnaire
    texts = {
        code: MappingProxyType({**own, key: words}) for code, own in asked.texts.items()
    }
    return Edition(replace(asked, texts=MappingProxyType(texts)), edition.languages)


def correct(shared, slug, corrected):
    """Put a correction in force, as the next release of the urn does."""
    found = {"instead_of": shared.survey(slug).edition, "note": "a name"}
    corrections.wait(shared.engine, slug, corrected, today=shared.today(), **found)
    connection = engine.driver(engine.database(shared.settings))
    connection.execute("BEGIN IMMEDIATE")
    corrections.take_effect(connection, slug, shared.today())
    connection.execute("COMMIT")
    connection.close()


def test_everybody_reads_a_kept_list_in_their_own_language(app, publish):
    publish("cascade")
    for _ in range(2):
        german = entries(at_list(app.test_client(), "de"))
        assert german == ["Marktviertel", "Mühlenviertel"]
        other = entries(at_list(app.test_client(), "xl"))
        assert len(other) == 2
        assert not {*german} & {*other}


def test_every_part_has_its_own_list(app, publish):
    publish("cascade")
    for _ in range(2):
        for part, shown in {
            "north": ["Marktviertel", "Mühlenviertel"],
            "south": ["Hafenviertel"],
        }.items():
            assert entries(at_list(app.test_client(), "de", part)) == shown


def test_what_somebody_chose_is_not_chosen_for_the_next(app, publish):
    publish("cascade")
    one = at_list(app.test_client(), "de").next(home="mill").open("p2")
    assert one.text("option[@selected]") == "Mühlenviertel"
    other = at_list(app.test_client(), "de")
    assert other.find("option[@selected]") is None


def test_a_correction_of_an_open_survey_shows_in_lists_that_were_kept(
    app, publish, shared
):
    publish("cascade")
    person = at_list(app.test_client(), "de")
    edition = shared.edition(shared.survey("cascade"))
    words = "Altstadt & Markt"
    correct(shared, "cascade", renamed(edition, "list.quarters.market", words))
    assert entries(person.open("p2")) == [words, "Mühlenviertel"]
    person = person.next(home="market").next(liked=["market"]).press("review")
    assert person.answers()[1:3] == [words, words]
