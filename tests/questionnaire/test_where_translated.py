"""Questions that are asked only in languages that have every text of them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from survey.questionnaire.check import check
from survey.questionnaire.edition import EditionError, freeze, load
from survey.questionnaire.journey import Journey
from survey.questionnaire.model import LEFT_EMPTY, NOT_REACHED, SKIPPED
from survey.questionnaire.texts import asked_in, completeness
from tests.questionnaire.examples import TODAY, questionnaire

NAME = "where_translated"
THREE = ("de", "en", "ar")
POOL = {
    "page.pool.title": "The pool",
    "page.pool.hint": "One question only",
    "pool.label": "Which pool should be renewed first?",
    "list.pools.indoor": "Indoor pool",
    "list.pools.outdoor": "Outdoor pool",
}


def spoken(language, texts, *, asked=None):
    """The questionnaire with more texts in a language."""
    asked = asked or questionnaire(NAME)
    own = MappingProxyType({**asked.texts[language], **texts})
    return replace(asked, texts=MappingProxyType({**asked.texts, language: own}))


def with_settings(asked, **settings):
    return replace(asked, settings=replace(asked.settings, **settings))


def changed(asked, name, **attributes):
    """The questionnaire with a question that is otherwise."""
    pages = tuple(
        replace(
            page,
            questions=tuple(
                replace(question, **attributes) if question.name == name else question
                for question in page.questions
            ),
        )
        for page in asked.pages
    )
    return replace(asked, pages=pages)


def names(found):
    return [question.name for question in found.questions()]


def journey(language, answers=None, reached=(), *, edition=None):
    edition = edition or freeze(questionnaire(NAME), THREE)
    return Journey(edition, answers or {}, reached, today=TODAY, language=language)


def refused(asked, languages=THREE):
    with pytest.raises(EditionError) as caught:
        freeze(asked, languages)
    return [(found.place, found.reason) for found in caught.value.problems]


def test_a_language_is_complete_without_them():
    for language in THREE:
        assert completeness(questionnaire(NAME), language).missing == ()
    assert completeness(questionnaire(NAME), "ar").total == 6
    assert completeness(questionnaire(NAME), "de").total == 15


def test_a_language_meets_what_it_has():
    asked = questionnaire(NAME)
    assert names(asked_in(asked, "de")) == ["mood", "pool", "club", "wish"]
    assert names(asked_in(asked, "ar")) == ["mood", "wish"]
    assert [page.name for page in asked_in(asked, "ar").pages] == ["mood", "more"]
    assert asked_in(asked, "ar").lists == ()


@pytest.mark.parametrize("lacking", POOL)
def test_one_text_that_is_missing_leaves_a_question_out(lacking):
    texts = {key: text for key, text in POOL.items() if key != lacking}
    found = spoken("en", texts)
    assert "pool" not in names(asked_in(found, "en"))
    assert completeness(found, "en").missing == ()
    whole = spoken("en", POOL)
    assert "pool" in names(asked_in(whole, "en"))


def test_own_words_for_no_answer_are_texts_of_the_question():
    club = {"club.label": "?", "club.option.yes": "Yes", "club.option.no": "No"}
    assert "club" not in names(asked_in(spoken("en", club), "en"))
    club["club.dont_know"] = "No idea"
    assert "club" in names(asked_in(spoken("en", club), "en"))


def test_in_the_language_it_is_written_in_a_text_is_still_missing():
    asked = spoken("de", {"pool.label": ""})
    assert completeness(asked, "de").missing == ("pool.label",)
    assert ("pool.label", "There is no text in de.") in refused(asked)


def test_an_edition_says_where_a_question_is_asked():
    frozen = freeze(questionnaire(NAME), THREE)
    assert frozen.questionnaire.question("pool").only_in == ("de",)
    assert frozen.questionnaire.question("mood").only_in == ()
    assert not frozen.has_text("pool.label", "ar")
    assert not frozen.has_text("list.pools.indoor", "ar")
    kept = load(frozen.to_json())
    assert kept.hash == frozen.hash
    assert kept.questionnaire.question("pool").only_in == ("de",)


def test_what_every_language_has_is_asked_in_all():
    asked = spoken("ar", POOL, asked=spoken("en", POOL))
    assert freeze(asked, THREE).questionnaire.question("pool").only_in == ()
    assert (
        freeze(questionnaire(NAME), ["de"]).questionnaire.question("pool").only_in == ()
    )


def test_texts_of_a_language_that_lacks_one_leave_nothing_behind():
    asked = with_settings(questionnaire(NAME), language_groups=THREE)
    frozen = freeze(spoken("en", {"pool.label": "Which pool?"}, asked=asked), THREE)
    assert not frozen.has_text("pool.label", "en")


def test_a_gap_that_would_tell_a_language_is_refused():
    place, reason = refused(spoken("en", POOL))[0]
    assert place == "pool.where_translated"
    assert reason.startswith("It has every text in de, en, not in ar.")
    assert "in en, ar are kept without their language" in reason


@pytest.mark.parametrize(
    ("groups", "profile", "languages", "is_possible"),
    [
        (("de", "en"), "standard", THREE, True),
        (("de", "ar"), "standard", THREE, True),
        (("en",), "standard", THREE, False),
        ((), "standard", THREE, False),
        ((), "standard", ("de", "en"), True),
        (("de", "en"), "village", THREE, False),
        (("de", "en"), "village", ("de", "en"), True),
    ],
)
def test_those_who_have_it_are_whole_groups(groups, profile, languages, is_possible):
    asked = with_settings(
        spoken("en", POOL), language_groups=groups, privacy_profile=profile
    )
    asked = replace(asked, pages=tuple(p for p in asked.pages if p.name != "more"))
    if profile == "village":
        asked = with_settings(asked, language_groups=("de",))
    if is_possible:
        freeze(asked, languages)
    else:
        assert refused(asked, languages)[0][0] == "pool.where_translated"


def test_a_question_that_nobody_would_be_asked_is_refused():
    found = dict(refused(questionnaire(NAME), ["en", "ar"]))
    assert found["pool.where_translated"] == "It has every text in none of en, ar."


@pytest.mark.parametrize(
    "attribute",
    ["shown_if", "constraint", "calculation", "choice_filter", "default_from"],
)
def test_nothing_looks_at_what_some_are_not_asked(attribute):
    asked = changed(questionnaire(NAME), "wish", **{attribute: "${pool} = 'indoor'"})
    places = [p.place for p in check(asked) if "not asked in every" in p.reason]
    assert places == [f"wish.{attribute}"]


def test_no_page_demands_anything_of_it():
    asked = questionnaire(NAME)
    source = "${pool} = '' or ${wish} != ''"
    pages = tuple(replace(page, constraint=source) for page in asked.pages)
    found = check(replace(asked, pages=pages))
    places = [p.place for p in found if "not asked in every" in p.reason]
    assert places == [f"page.{page.name}.constraint" for page in pages]


def test_nobody_picks_from_it_and_nobody_is_screened_out_by_it():
    asked = changed(questionnaire(NAME), "wish", picks_from="pool")
    asked = replace(asked, screened_out_if="${club} = 'no'")
    places = [p.place for p in check(asked) if "not asked in every" in p.reason]
    assert places == ["screened_out_if", "wish.picks_from"]


def test_its_own_constraint_may_look_at_it():
    asked = changed(questionnaire(NAME), "pool", constraint="${pool} != ''")
    assert not [p for p in check(asked) if "not asked in every" in p.reason]


@pytest.mark.parametrize(
    "role", ["satisfaction", "importance", "pick", "rank", "points", "demographic"]
)
def test_it_has_no_role_in_charts_of_everybody(role):
    asked = changed(questionnaire(NAME), "pool", role=role)
    assert "pool.where_translated" in [problem.place for problem in check(asked)]


def test_results_are_not_compared_by_it():
    asked = with_settings(questionnaire(NAME), groups=("mood", "pool"))
    reasons = [problem.reason for problem in check(asked)]
    assert "Results are compared by pool." in reasons


def test_it_stands_on_the_path_of_those_who_have_it():
    assert [step.name for step in journey("de").steps] == ["mood", "pool", "more"]
    assert [step.name for step in journey("ar").steps] == ["mood", "more"]
    assert [q.name for q in journey("ar").steps[1].questions] == ["wish"]


def test_elsewhere_it_is_stored_as_skipped():
    answers = {"mood": "good", "pool": "indoor", "club": "yes"}
    everything = ["mood", "pool", "more"]
    assert journey("de", answers, everything).closed_answers() == answers
    skipped = {"mood": "good", "pool": SKIPPED, "club": SKIPPED}
    assert journey("ar", answers, everything).closed_answers() == skipped
    assert journey("ar", answers, ["mood"]).closed_answers() == skipped


def test_whoever_stops_before_it_has_not_reached_it():
    cells = journey("de", {"mood": "good"}, ["mood"]).closed_answers()
    assert cells == {"mood": "good", "pool": NOT_REACHED, "club": NOT_REACHED}


def test_a_late_change_of_language_leaves_no_trace():
    """Passed by in Arabic, sent in German: as if it had been left empty."""
    cells = journey("de", {"mood": "good"}, ["mood", "more"]).closed_answers()
    assert cells == {"mood": "good", "pool": LEFT_EMPTY, "club": LEFT_EMPTY}


def test_a_comment_stays_behind_with_its_question():
    asked = changed(questionnaire(NAME), "wish", is_asked_where_translated=True)
    asked = spoken("ar", {"wish.label": ""}, asked=asked)
    edition = freeze(spoken("en", {"wish.label": ""}, asked=asked), THREE)
    reached = ["mood", "pool", "more"]
    given = {"wish": "Bänke"}
    spoken_in = {
        language: journey(language, given, reached, edition=edition).comments()
        for language in ("de", "ar")
    }
    assert spoken_in == {"de": (("wish", "Bänke"),), "ar": ()}
