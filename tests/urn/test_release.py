from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from survey.storage.drafts import Drafts, shelf
from survey.storage.errors import StoreUnavailable
from survey.urn import Closed, CodeState, Outcome, Released, Urn, Verdict, mixing
from tests.urn import town


def fill(urn: Urn, count: int, *, start: int = 0) -> None:
    """Send ``count`` numbered answers without codes."""
    urn.send_many(
        [
            (town.ballot(i), urn.admission_of_draft(b"fill", i))
            for i in range(start, start + count)
        ],
        "draft",
    )


def test_fewer_than_two_k_answers_stay_in_the_urn(urn: Urn):
    fill(urn, 9)
    assert urn.release() == Released(n=0, kept=9)
    assert town.numbers(urn) == []


@town.BOTH
def test_a_release_keeps_k_answers_back(urn: Urn):
    fill(urn, 10)
    assert urn.release() == Released(n=5, kept=5)
    assert len(set(town.numbers(urn))) == 5


@town.BOTH
def test_nothing_is_lost_or_doubled_over_many_releases(urn: Urn):
    for turn in range(5):
        fill(urn, 13, start=13 * turn)
        urn.release()
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(65))


@town.BOTH
def test_more_than_ten_k_answers_spill_into_cold_parts(urn: Urn, place: town.Place):
    fill(urn, 200)
    parts = town.ask(place, "SELECT part = 'hot', n FROM pool")
    assert len(parts) > 1
    assert sum(n for _, n in parts) == 200
    assert dict(parts)[1] <= 50
    assert town.numbers(urn) == []


def test_a_release_opens_cold_parts_too(urn: Urn, place: town.Place):
    fill(urn, 200)
    assert urn.release() == Released(n=195, kept=5)
    assert town.ask(place, "SELECT part, n FROM pool") == [("hot", 5)]


def test_a_cold_part_is_never_rewritten(urn: Urn, place: town.Place):
    fill(urn, 60)
    before = town.ask(place, "SELECT part, box FROM pool WHERE part <> 'hot'")
    fill(urn, 60, start=60)
    after = town.ask(place, "SELECT part, box FROM pool WHERE part <> 'hot'")
    assert before
    assert set(before) < set(after)


@town.BOTH
def test_every_release_begins_a_period_with_a_new_key(urn: Urn, place: town.Place):
    file = place.keys_dir / "village.main.pool"
    fill(urn, 10)
    before = file.read_bytes()[2 * 4096 :]
    urn.release()
    after = file.read_bytes()[2 * 4096 :]
    assert before[:100] != after[:100]
    assert town.ask(place, "SELECT period FROM lanes") == [(1,)]


def test_only_the_key_of_the_present_epoch_exists(urn: Urn, place: town.Place):
    file = place.keys_dir / "village.main.pool"
    for number in range(4):
        fill(urn, 1, start=number)
        slots = [file.read_bytes()[at : at + 4096] for at in (0, 4096)]
        assert [any(slot) for slot in slots].count(True) == 1


def test_a_release_empties_the_write_ahead_log(urn: Urn, place: town.Place):
    fill(urn, 10)
    urn.stop()
    urn.release()
    log = place.database.with_name("survey.sqlite-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_released_rows_lie_in_the_order_of_their_random_ids(
    urn: Urn, place: town.Place
):
    fill(urn, 40)
    urn.release()
    ids = [row[0] for row in town.ask(place, "SELECT id FROM responses")]
    assert ids == sorted(ids)
    assert {len(one) for one in ids} == {16}
    assert len({one[:4] for one in ids}) == len({one[-4:] for one in ids}) == 35


def test_every_batch_and_every_release_mixes_everybody_in_it(
    urn: Urn, monkeypatch: pytest.MonkeyPatch
):
    mixed: list[int] = []
    really = mixing.shuffled

    def noting(items: Sequence[bytes]) -> list[bytes]:
        mixed.append(len(items))
        return really(items)

    monkeypatch.setattr(mixing, "shuffled", noting)
    for number in range(10):
        fill(urn, 1, start=number)
    assert mixed == list(range(1, 11))
    urn.release()
    fill(urn, 1, start=10)
    urn.close()
    assert mixed[10:] == [10, 6, 6]


@town.BOTH
def test_closing_releases_everything_and_forgets_who_took_part(
    urn: Urn, place: town.Place
):
    codes = urn.issue(8)
    urn.send_many(
        [(town.ballot(i), urn.admission(code)) for i, code in enumerate(codes[:7])],
        "code",
    )
    assert urn.close() == Closed(Outcome.CLOSED, 7)
    assert sorted(town.numbers(urn)) == list(range(7))
    assert (
        town.ask(
            place,
            "SELECT mark FROM codes UNION SELECT mark FROM sent"
            " UNION SELECT code_check FROM urns UNION SELECT box FROM pool",
        )
        == []
    )
    assert not list(place.keys_dir.glob("village.*"))
    assert urn.state_of(codes[0]) is CodeState.UNKNOWN
    assert town.ask(place, "SELECT state, closed_on FROM surveys") == [
        ("closed", date(2026, 5, 1).isoformat())
    ]


def test_after_close_no_answer_is_taken(urn: Urn):
    fill(urn, 6)
    mark = urn.admission_of_draft(b"late", 1)
    urn.close()
    assert urn.send(town.ballot(99), mark, "draft") is Verdict.CLOSED
    assert len(town.numbers(urn)) == 6


@town.BOTH
def test_closing_the_last_open_survey_drops_everybodys_drafts(
    urn: Urn, place: town.Place
):
    town.open_survey(place, "other")
    drafts = Drafts(shelf(place))
    drafts.save(b"id", b"box")
    fill(urn, 6)
    urn.close()
    assert drafts.load(b"id") == b"box"
    Urn(place, "other").close()
    assert drafts.load(b"id") is None
    drafts.close()


@town.BOTH
def test_closing_twice_changes_nothing(urn: Urn):
    fill(urn, 6)
    urn.close()
    with pytest.raises(Exception, match="closed"):
        urn.close()
    assert len(town.numbers(urn)) == 6


@town.BOTH
def test_with_fewer_than_k_answers_nothing_is_opened(urn: Urn, place: town.Place):
    fill(urn, 4)
    assert urn.close() == Closed(Outcome.TOO_FEW, 0)
    assert town.numbers(urn) == []
    assert town.ask(place, "SELECT state FROM surveys") == [("open",)]
    fill(urn, 1, start=4)
    assert urn.close() == Closed(Outcome.CLOSED, 5)


@town.BOTH
def test_too_few_answers_can_be_destroyed_unopened(urn: Urn, place: town.Place):
    fill(urn, 4)
    assert urn.close("destroy") == Closed(Outcome.DESTROYED, 0)
    assert town.numbers(urn) == []
    assert town.ask(place, "SELECT lost FROM lanes") == [(4,)]
    assert urn.status().holds


def test_enough_answers_are_never_destroyed(urn: Urn):
    fill(urn, 5)
    assert urn.close("destroy") == Closed(Outcome.CLOSED, 5)


def test_the_k_left_behind_by_a_release_are_opened_at_close(urn: Urn):
    fill(urn, 12)
    urn.release()
    assert urn.close() == Closed(Outcome.CLOSED, 5)
    assert sorted(town.numbers(urn)) == list(range(12))


def test_a_survey_without_any_answer_can_be_closed(urn: Urn):
    urn.issue(3)
    assert urn.close() == Closed(Outcome.CLOSED, 0)


def test_an_urn_whose_key_is_lost_is_not_closed(urn: Urn, place: town.Place):
    fill(urn, 6)
    (place.keys_dir / "village.main.pool").unlink()
    with pytest.raises(StoreUnavailable, match="missing"):
        urn.close()
    assert town.ask(place, "SELECT state FROM surveys") == [("open",)]


def speak(urn: Urn, count: int, language: str, *, start: int) -> None:
    """Send numbered answers with a word each in one language."""
    numbers = range(start, start + count)
    ballots = [town.ballot(i, text=f"idea {i}", language=language) for i in numbers]
    marks = [urn.admission_of_draft(b"speak", i) for i in numbers]
    urn.send_many(list(zip(ballots, marks, strict=True)), "draft")


def spoken(urn: Urn) -> Counter[str]:
    return Counter(row["form_language"] for row in urn.responses())


@town.BOTH
def test_a_language_of_fewer_than_two_k_waits_while_others_are_released(urn: Urn):
    speak(urn, 12, "de", start=0)
    speak(urn, 9, "en", start=12)
    assert urn.release() == Released(n=7, kept=14)
    assert spoken(urn) == {"de": 7}
    assert {row["language"] for row in urn.comments()} == {"de"}
    speak(urn, 5, "en", start=21)
    # of the 14 that are "other" by now all but k
    assert urn.release() == Released(n=9, kept=10)
    assert spoken(urn) == {"de": 7, "other": 9}


@town.BOTH
def test_at_the_close_no_language_stands_for_fewer_than_k(urn: Urn):
    speak(urn, 11, "de", start=0)
    speak(urn, 2, "en", start=11)
    assert urn.close() == Closed(Outcome.CLOSED, 13, alike=3)
    assert spoken(urn) == {"de": 8, "other": 5}
    assert sorted(town.numbers(urn)) == list(range(13))
    assert len(list(urn.comments())) == 13
    assert urn.status().holds


@town.BOTH
def test_whoever_stopped_early_alone_says_nothing_at_the_close(urn: Urn):
    fill(urn, 6)
    early = replace(
        town.ballot(6), closed={"q01": "n6", "q02__a": "-5", "q02__b": "-5"}
    )
    urn.send(early, urn.admission_of_draft(b"early", 1), "draft")
    assert urn.close() == Closed(Outcome.CLOSED, 7, alike=1)
    rows = list(urn.responses())
    silent = {"channel": "code", "form_language": "other"}
    columns = dict.fromkeys(town.COLUMNS, "-5")
    assert rows.count({**columns, **silent}) == 1
    assert sum(row["q01"] == "n6" for row in rows) == 0
    assert urn.status().holds


def test_what_waits_for_its_look_is_not_sealed_again_with_every_answer(
    place: town.Place,
):
    """After a release all lies in one box; the next answer sets all but k apart."""
    languages = ("de", "en", "ar", "ti", "fa", "uk", "tr", "ru", "pl")
    town.open_survey(place, "many", language_groups=languages)
    many = Urn(place, "many")
    for number, language in enumerate(languages):
        speak(many, 12 if language == "de" else 9, language, start=100 * number)
    many.stop()
    assert many.release() == Released(n=7, kept=77)
    parts = "SELECT part = 'hot', n FROM pool WHERE survey = 'many' ORDER BY n"
    assert town.ask(place, parts) == [(1, 77)]
    speak(many, 1, "ti", start=1000)
    assert town.ask(place, parts) == [(1, 5), (0, 73)]
    speak(many, 4, "ti", start=1001)
    many.stop()
    assert many.release() == Released(n=9, kept=73)
    assert spoken(many) == {"de": 7, "ti": 9}
