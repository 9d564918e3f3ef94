"""When a correction of an open survey takes effect, and what it may not tell."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from survey.urn import Released, Urn
from tests.urn import test_release, town
from tests.urn.test_schedule import NOON

DAY = timedelta(days=1)


def fill(urn: Urn, count: int, *, start: int = 0) -> None:
    """Send answers and let the writer rest, so that only the test acts."""
    test_release.fill(urn, count, start=start)
    urn.stop()


@town.BOTH
def test_it_takes_effect_with_the_next_release(urn: Urn, place: town.Place):
    fill(urn, 12)
    town.let_wait(place)
    assert town.in_force(place) is None
    assert urn.release() == Released(n=7, kept=5, is_corrected=True)
    assert town.in_force(place) == "corrected"
    assert town.ask(place, "SELECT languages FROM surveys") == [('["de"]',)]
    assert town.ask(place, "SELECT * FROM waiting_editions") == []


@town.BOTH
def test_what_took_effect_is_kept_with_its_number_note_and_day(
    urn: Urn, place: town.Place, moment: town.Clock
):
    fill(urn, 12)
    town.let_wait(place)
    urn.release()
    moment.now = NOON + DAY
    town.let_wait(place, "better", note="another one")
    urn.release()
    assert town.ask(place, "SELECT * FROM survey_editions ORDER BY number") == [
        ("village", 1, "corrected", "a slip of the pen", "2026-05-01"),
        ("village", 2, "better", "another one", "2026-05-02"),
    ]


@town.BOTH
def test_the_daily_act_brings_it_about_and_nothing_before(
    urn: Urn, place: town.Place, moment: town.Clock
):
    urn.act_if_due()
    fill(urn, 12)
    town.let_wait(place)
    assert urn.act_if_due() is None
    assert town.in_force(place) is None
    moment.now = NOON + DAY
    assert urn.act_if_due() == Released(n=7, kept=5, is_corrected=True)
    assert town.in_force(place) == "corrected"


def test_no_sender_can_bring_it_about(urn: Urn, place: town.Place):
    town.let_wait(place)
    fill(urn, 60)
    assert town.in_force(place) is None


@town.BOTH
def test_while_nobody_has_answered_it_takes_effect_at_once(urn: Urn, place: town.Place):
    urn.issue(3)
    town.let_wait(place)
    assert urn.correct_if_unanswered()
    assert town.in_force(place) == "corrected"
    assert not urn.correct_if_unanswered()


def test_a_single_answer_ends_that(urn: Urn, place: town.Place):
    fill(urn, 1)
    town.let_wait(place)
    assert not urn.correct_if_unanswered()
    assert town.in_force(place) is None


@pytest.mark.parametrize("waiting", [1, 4])
def test_fewer_than_k_answers_are_never_on_a_side_of_their_own(
    urn: Urn, place: town.Place, waiting: int
):
    fill(urn, waiting)
    town.let_wait(place)
    assert urn.release() == Released(n=0, kept=waiting)
    assert town.in_force(place) is None


@pytest.mark.parametrize("waiting", [5, 9])
def test_with_k_answers_it_needs_no_release(urn: Urn, place: town.Place, waiting: int):
    """A village may never see 2 k answers at once; it is not kept from correcting."""
    fill(urn, waiting)
    town.let_wait(place)
    assert urn.release() == Released(n=0, kept=waiting, is_corrected=True)
    assert town.in_force(place) == "corrected"
    assert town.numbers(urn) == []


def test_the_release_after_it_waits_for_k_new_answers(urn: Urn, place: town.Place):
    fill(urn, 9)
    town.let_wait(place)
    urn.release()
    fill(urn, 4, start=9)
    assert urn.release() == Released(n=0, kept=13)
    fill(urn, 1, start=13)
    assert urn.release() == Released(n=9, kept=5)
    fill(urn, 5, start=14)
    assert urn.release() == Released(n=5, kept=5)


@town.BOTH
def test_a_second_correction_waits_for_k_new_answers_or_none(
    urn: Urn, place: town.Place
):
    fill(urn, 6)
    town.let_wait(place)
    urn.release()
    town.let_wait(place, "second")
    urn.release()
    assert town.in_force(place) == "second"
    fill(urn, 4, start=6)
    town.let_wait(place, "third")
    assert urn.release() == Released(n=0, kept=10)
    assert town.in_force(place) == "second"
    fill(urn, 1, start=10)
    assert urn.release() == Released(n=6, kept=5, is_corrected=True)
    assert town.in_force(place) == "third"


def test_closing_releases_all_and_leaves_what_was_asked(urn: Urn, place: town.Place):
    """Nobody answered the edition that waited; the results must not show it."""
    fill(urn, 12)
    town.let_wait(place)
    urn.close()
    assert town.in_force(place) is None
    assert town.ask(place, "SELECT * FROM waiting_editions") == []
    assert sorted(town.numbers(urn)) == list(range(12))


def test_it_empties_the_write_ahead_log(urn: Urn, place: town.Place):
    fill(urn, 6)
    town.let_wait(place)
    urn.release()
    log = place.database.with_name("survey.sqlite-wal")
    assert not log.exists() or log.stat().st_size == 0


def languages(place: town.Place, offered: list[str], groups: list[str]) -> None:
    connection = place.store.driver()
    policy = {"k": 5, "language_groups": groups, "release_hour": 3}
    connection.execute(
        "UPDATE surveys SET languages = ?, policy = ?",
        (json.dumps(offered), json.dumps(policy)),
    )
    connection.close()


def spoken(place: town.Place) -> set[str]:
    """Every language that stands in a released row."""
    rows = town.ask(
        place,
        "SELECT form_language FROM responses UNION SELECT language FROM comments",
    )
    return {str(language) for (language,) in rows}


def send(urn: Urn, number: int, language: str) -> None:
    ballot = town.ballot(number, text=f"idea {number}", language=language)
    urn.send(ballot, urn.admission_of_draft(b"spoken", number), "draft")


def test_a_language_that_came_later_never_dates_an_answer(urn: Urn, place: town.Place):
    """Until now everybody was "de": "ar" and "other" would both be later ones."""
    languages(place, ["de"], ["de"])
    for number in range(12):
        send(urn, number, "de")
    assert urn.release() == Released(n=7, kept=5)
    assert spoken(place) == {"de"}
    for number in range(12, 20):
        send(urn, number, "de")
    town.let_wait(place, languages=("de", "ar"))
    assert urn.release() == Released(n=8, kept=5, is_corrected=True)
    for number in range(20, 30):
        send(urn, number, "ar" if number % 2 else "de")
    urn.close()
    assert spoken(place) == {"other"}
    assert len(town.numbers(urn)) == 30


@town.BOTH
def test_a_language_that_came_later_joins_the_others_there_were(
    urn: Urn, place: town.Place
):
    languages(place, ["de", "en"], ["de", "ar"])
    for number in range(12):
        send(urn, number, "en" if number % 2 else "de")
    town.let_wait(place, languages=("de", "en", "ar"))
    urn.release()
    for number in range(12, 20):
        send(urn, number, "ar")
    urn.close()
    assert spoken(place) == {"de", "other"}
    rows = town.ask(place, "SELECT count(*) FROM responses GROUP BY form_language")
    assert rows == [(6,), (14,)]


@town.BOTH
def test_a_correction_without_a_language_leaves_them_apart(urn: Urn, place: town.Place):
    languages(place, ["de", "en"], ["de", "en"])
    for number in range(12):
        send(urn, number, "en" if number % 2 else "de")
    town.let_wait(place, languages=("de", "en"))
    urn.release()
    urn.close()
    assert spoken(place) == {"de", "en"}
