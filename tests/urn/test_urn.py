from __future__ import annotations

import os
import threading

import pytest

from survey.storage.errors import StoreUnavailable
from survey.urn import Ballot, CodeState, Comment, Urn, Verdict
from survey.urn.errors import BallotError
from tests.urn import town


@town.BOTH
def test_a_sent_answer_is_stored_and_its_code_used(urn: Urn):
    code, other = urn.issue(2)
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.STORED
    assert urn.state_of(code) is CodeState.USED
    assert urn.state_of(other) is CodeState.FREE


@town.BOTH
def test_the_same_code_stores_nothing_twice(urn: Urn, place: town.Place):
    (code,) = urn.issue(1)
    mark = urn.admission(code)
    urn.send(town.ballot(1), mark, "code")
    assert urn.send(town.ballot(2), mark, "code") is Verdict.ALREADY
    assert town.ask(place, "SELECT sum(n) FROM pool") == [(1,)]


@town.BOTH
def test_of_one_code_twice_in_a_batch_the_first_is_taken(urn: Urn):
    (code,) = urn.issue(1)
    mark = urn.admission(code)
    verdicts = urn.send_many([(town.ballot(i), mark) for i in range(5)], "code")
    assert verdicts == [Verdict.STORED] + [Verdict.ALREADY] * 4


@town.BOTH
def test_a_code_of_nobody_stores_nothing(urn: Urn, place: town.Place):
    urn.issue(1)
    assert urn.send(town.ballot(1), bytes(16), "code") is Verdict.UNKNOWN
    assert town.ask(place, "SELECT count(*) FROM pool") == [(0,)]


@pytest.mark.parametrize("typed", ["", "1234", "4539148803436467", "Müller"])
def test_what_is_no_code_of_ours_is_unknown_at_start(urn: Urn, typed: str):
    assert urn.state_of(typed) is CodeState.UNKNOWN


def test_a_code_is_recognised_as_people_type_it(urn: Urn):
    (code,) = urn.issue(1)
    arabic = code.translate({ord(str(d)): chr(0x0660 + d) for d in range(10)})
    assert urn.state_of(f"{arabic[:4]} {arabic[4:]}") is CodeState.FREE


@town.BOTH
def test_without_a_code_the_draft_admits_once(urn: Urn):
    mark = urn.admission_of_draft(b"draft", 1)
    assert urn.send(town.ballot(1), mark, "draft") is Verdict.STORED
    assert urn.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    next_person = urn.admission_of_draft(b"draft", 2)
    assert urn.send(town.ballot(2), next_person, "draft") is Verdict.STORED


def test_an_answer_too_long_for_its_slot_is_refused_and_burns_nothing(urn: Urn):
    (code,) = urn.issue(1)
    noise = "".join(chr(0x4E00 + i * 37 % 20000) for i in range(600))
    mark = urn.admission(code)
    assert urn.send(town.ballot(1, text=noise), mark, "code") is Verdict.TOO_LARGE
    assert urn.state_of(code) is CodeState.FREE


def test_an_answer_with_other_columns_raises(urn: Urn):
    with pytest.raises(BallotError):
        urn.send(Ballot({"q77": "1"}), bytes(16), "draft")


def test_a_kind_of_admission_nobody_knows_raises(urn: Urn):
    with pytest.raises(ValueError, match="friend"):
        urn.send(town.ballot(1), bytes(16), "friend")


@pytest.mark.parametrize("state", ["draft", "published", "closed"])
def test_a_survey_that_is_not_open_takes_no_answer(place: town.Place, state: str):
    town.open_survey(place, "other", state=state)
    urn = Urn(place, "other")
    assert urn.send(town.ballot(1), bytes(16), "draft") is Verdict.CLOSED
    urn.stop()


def test_a_survey_nobody_opened_takes_no_answer(place: town.Place):
    urn = Urn(place, "nowhere")
    assert urn.send(town.ballot(1), bytes(16), "draft") is Verdict.CLOSED
    urn.stop()


@town.BOTH
def test_a_character_postgresql_cannot_hold_stops_no_release(urn: Urn):
    """A NUL in a comment would be refused by the server, release after release."""
    fill_with_nul = [
        (town.ballot(i, text="a\0b"), urn.admission_of_draft(b"n", i))
        for i in range(12)
    ]
    urn.send_many(fill_with_nul, "draft")
    assert urn.release().n == 7
    assert {row["text"] for row in urn.comments()} == {"ab"}


@town.BOTH
def test_codes_can_be_made_before_the_survey_opens(place: town.Place):
    town.open_survey(place, "other", state="published")
    urn = Urn(place, "other")
    (code,) = urn.issue(1)
    assert urn.state_of(code) is CodeState.FREE
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.CLOSED
    assert urn.state_of(code) is CodeState.FREE
    urn.stop()


def test_the_code_of_one_survey_is_unknown_to_another(urn: Urn, place: town.Place):
    town.open_survey(place, "other")
    other = Urn(place, "other")
    (code,) = urn.issue(1)
    assert other.state_of(code) is CodeState.UNKNOWN
    other.stop()


@town.BOTH
def test_many_threads_sending_one_code_store_one_answer(urn: Urn):
    (code,) = urn.issue(1)
    mark = urn.admission(code)
    verdicts: list[Verdict] = []

    def press_send(number: int) -> None:
        verdicts.append(urn.send(town.ballot(number), mark, "code"))

    threads = [threading.Thread(target=press_send, args=(i,)) for i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(v.value for v in verdicts) == ["already"] * 11 + ["stored"]


@town.BOTH
def test_form_and_comment_language_are_kept_as_coarse_as_the_profile_says(urn: Urn):
    marks = [urn.admission_of_draft(b"d", person) for person in range(15)]
    languages = ["de", "ti", "ar", "en", "de"] * 3
    urn.send_many(
        [
            (town.ballot(i, text="x", language=language), marks[i])
            for i, language in enumerate(languages)
        ],
        "draft",
    )
    urn.close()
    kept = sorted(row["form_language"] for row in urn.responses())
    assert kept == ["de"] * 6 + ["other"] * 9
    assert sorted(row["language"] for row in urn.comments()) == kept


@town.BOTH
def test_closed_answers_and_comments_come_out_apart_and_complete(urn: Urn):
    marks = [urn.admission_of_draft(b"d", person) for person in range(12)]
    urn.send_many(
        [
            (town.ballot(i, text=f"idea {i}" if i % 2 else ""), mark)
            for i, mark in enumerate(marks)
        ],
        "draft",
    )
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(12))
    assert sorted(row["text"] for row in urn.comments()) == [
        f"idea {i}" for i in sorted(range(1, 12, 2), key=str)
    ]
    assert {frozenset(row) for row in urn.responses()} == {
        frozenset({"q01", "q02__a", "q02__b", "channel", "form_language"})
    }
    assert {frozenset(row) for row in urn.comments()} == {
        frozenset({"question", "language", "text"})
    }


@town.BOTH
def test_an_urn_made_before_a_fork_works_in_the_child(urn: Urn, place: town.Place):
    mark = urn.admission_of_draft(b"d", 1)
    urn.send(town.ballot(1), mark, "draft")
    urn.stop()  # a server forks before its first answer, without any thread
    child = os.fork()
    if child == 0:
        verdict = urn.send(town.ballot(2), urn.admission_of_draft(b"d", 2), "draft")
        os._exit(0 if verdict is Verdict.STORED else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert urn.send(town.ballot(1), mark, "draft") is Verdict.ALREADY
    assert town.ask(place, "SELECT sum(n) FROM pool") == [(2,)]


@town.BOTH
def test_a_missing_code_key_is_not_taken_for_a_wrong_code(urn: Urn, place: town.Place):
    (code,) = urn.issue(1)
    (place.keys_dir / "village.code").unlink()
    with pytest.raises(StoreUnavailable, match="missing"):
        urn.state_of(code)


def test_the_code_key_of_another_instance_is_not_accepted(urn: Urn, place: town.Place):
    (code,) = urn.issue(1)
    (place.keys_dir / "village.code").write_bytes(bytes(32))
    with pytest.raises(StoreUnavailable, match="not the right one"):
        urn.state_of(code)


def test_comments_of_one_person_cannot_be_joined(urn: Urn, place: town.Place):
    ballots = [
        (
            Ballot(
                {"q01": "n1", "q02__a": "1", "q02__b": "0"},
                (Comment("q03", "de", f"a{i}"), Comment("q04", "de", f"b{i}")),
            ),
            urn.admission_of_draft(b"d", i),
        )
        for i in range(10)
    ]
    urn.send_many(ballots, "draft")
    urn.close()
    ids = town.ask(place, "SELECT id FROM comments UNION SELECT id FROM responses")
    assert len(ids) == 30
