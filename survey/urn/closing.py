"""Opens the urn for good, over all its lanes, and destroys codes, marks and keys.

    announce: no lane takes answers any more; the closing lane's public key is there
    hand over: every other lane seals what it holds to that key, and keeps its own
    flush: everything is opened, shuffled together and made alike where few have one
    look; everything else is destroyed

Each step is one transaction and may be repeated; a lane's own keys go only when
it sees the survey closed. So a crash at any step loses nothing, and even a
closing machine that is lost can be replaced by another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from survey.storage import codes, corrections, lanes, responses, schedule
from survey.storage.errors import StorageError
from survey.storage.lanes import Remainder, Standing
from survey.urn import alike, envelope, keys, looks, mixing
from survey.urn.desk import Desk
from survey.urn.envelope import Sender
from survey.urn.errors import KeyMissing, SurveyClosed
from survey.urn.invariant import check, received
from survey.urn.release import read, write
from survey.urn.turn import Turn


class WhenFew(Enum):
    """What to do at close with fewer than k answers in all."""

    ASK = "ask"
    DESTROY = "destroy"


class Outcome(Enum):
    """What closing came to."""

    CLOSED = "closed"
    TOO_FEW = "too few"
    DESTROYED = "destroyed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing came to and how many answers were released by it.

    After ``TOO_FEW`` nothing was opened and the survey is still open: extend
    it, or close it again with ``WhenFew.DESTROY``. After ``WAITING`` nobody can
    answer any more and the lanes named have still to hand over.
    """

    outcome: Outcome
    n: int
    lanes: tuple[str, ...] = ()
    alike: int = 0
    """Of how many answers something is not told, so that they look like others."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a survey is closed; ``without`` names lanes that are lost for good."""

    today: date
    when_few: WhenFew
    counts: Mapping[str, int]
    without: Collection[str] = ()


def close(desk: Desk, terms: Terms) -> Closed:
    """Close the survey as far as other lanes let us; to be repeated if they wait.

    With fewer than k answers in all nothing is opened, whatever ``when_few``.
    """
    with desk.turn(closing=True) as turn:
        closed = _close(turn, terms)
    if closed.outcome in (Outcome.CLOSED, Outcome.DESTROYED):
        desk.tidy()
    return closed


def hand_over(desk: Desk) -> bool:
    """Hand this lane's answers to the lane that closes; whether there was need."""
    with desk.turn(alone=False, closing=True) as turn:
        survey, lane = turn.where.survey, turn.where.lane
        announced = lanes.closing(turn.connection, survey)
        if announced is None or announced[0] == lane:
            return False
        public = announced[1]
        before = lanes.remainders(turn.connection, survey).get(lane)
        if before and (before.public, before.epoch) == (public, turn.row.epoch):
            return False
        answers = mixing.shuffled(turn.everything())
        sender = Sender(survey, lane, turn.row.epoch)
        box = envelope.seal(public, sender, answers)
        remainder = Remainder(lane, public, turn.row.epoch, len(answers), box)
        lanes.hand_over(turn.connection, survey, remainder)
        turn.hook("handed-over")
        turn.is_changed = True
    return True


def missing(desk: Desk) -> tuple[str, ...]:
    """Lanes that have still to hand over; empty unless a closing has begun."""
    connection, survey = desk.connection(), desk.where.survey
    announced = lanes.closing(connection, survey)
    if announced is None:
        return ()
    lane, public = announced
    known = lanes.remainders(connection, survey)
    return tuple(
        one.lane
        for one in lanes.standings(connection, survey)
        if one.lane != lane and one.n and not _has_arrived(one, known, public)
    )


def _has_arrived(
    one: Standing, known: Mapping[str, Remainder], public: bytes | None
) -> bool:
    """Whether all a lane holds lies there, sealed to this key."""
    found = known.get(one.lane)
    if found is None:
        return False
    return (found.public, found.epoch, found.n) == (public, one.epoch, one.n)


def _close(turn: Turn, terms: Terms) -> Closed:
    connection, survey = turn.connection, turn.where.survey
    check(connection, survey, turn.row.state)
    _check_lanes(turn, terms.without)
    others = _others(turn)
    lost = [one for one in others if one.lane in terms.without]
    others = [one for one in others if one not in lost]
    is_few = _is_few(turn, others)
    if is_few and terms.when_few is WhenFew.ASK:
        return Closed(Outcome.TOO_FEW, 0)
    if is_few:
        _count(turn, [], [*lost, *others, _own(turn)])
        _forget(turn, terms)
        return Closed(Outcome.DESTROYED, 0)
    late, handed_over = _collected(turn, others)
    if late:
        return Closed(Outcome.WAITING, 0, late)
    answers = turn.everything() + handed_over
    _count(turn, [*others, _own(turn)], lost)
    changed = _write_alike(turn, mixing.shuffled(answers))
    _forget(turn, terms)
    return Closed(Outcome.CLOSED, len(answers), alike=changed)


def _write_alike(turn: Turn, mixed: list[bytes]) -> int:
    """Write all that waited, with no look of fewer than k; how many were changed."""
    if not mixed:
        write(turn, [])
        return 0
    ways = looks.ways(turn.connection, turn.where.survey)
    ballots = read(turn, mixed)
    unchanged = set(map(id, ballots))
    written = alike.made_alike(ballots, ways, turn.row.k)
    write(turn, written)
    return sum(id(ballot) not in unchanged for ballot in written)


def _check_lanes(turn: Turn, without: Collection[str]) -> None:
    survey, lane = turn.where.survey, turn.where.lane
    names = [one.lane for one in lanes.standings(turn.connection, survey)]
    unknown = [name for name in without if name not in names or name == lane]
    if unknown:
        others = ", ".join(name for name in names if name != lane) or "none"
        raise StorageError(
            f"{survey} has no other lane {', '.join(unknown)}; there is: {others}"
        )
    if turn.row.closing not in (None, lane, *without):
        raise SurveyClosed(
            f"lane {turn.row.closing} is closing {survey}; if its machine is lost:"
            f" survey close {survey} --without-lane {turn.row.closing}"
        )


def _others(turn: Turn) -> list[Standing]:
    """The other lanes in which answers wait."""
    standings = lanes.standings(turn.connection, turn.where.survey)
    return [one for one in standings if one.lane != turn.where.lane and one.n]


def _own(turn: Turn) -> Standing:
    n = sum(part.n for part in turn.parts())
    return Standing(turn.where.lane, turn.row.epoch, n, turn.row.settled)


def _is_few(turn: Turn, others: Sequence[Standing]) -> bool:
    """Whether fewer than k answers would be opened, with those that were before."""
    waiting = _own(turn).n + sum(one.n for one in others)
    released = lanes.totals(turn.connection, turn.where.survey).released
    return 0 < waiting + released < turn.row.k


def _collected(
    turn: Turn, others: Sequence[Standing]
) -> tuple[tuple[str, ...], list[bytes]]:
    """Lanes that have still to hand over, else the answers of all that did."""
    if not others:
        return (), []
    survey, private = turn.where.survey, _announced(turn)
    known = lanes.remainders(turn.connection, survey)
    public = envelope.public_of(private)
    late = [one.lane for one in others if not _has_arrived(one, known, public)]
    if late:
        return tuple(late), []
    answers: list[bytes] = []
    for one in others:
        sender = Sender(survey, one.lane, one.epoch)
        found = envelope.unseal(private, sender, known[one.lane].box)
        if len(found) != one.n:
            raise KeyMissing(f"what lane {one.lane} of {survey} handed over is short")
        answers += found
    return (), answers


def _announced(turn: Turn) -> bytes:
    """The lane's private key; its public one is made known if it was not yet."""
    file = turn.where.closing_file
    private = keys.read_key(file) if file.exists() else keys.create_key(file)
    ours = (turn.where.lane, envelope.public_of(private))
    if lanes.closing(turn.connection, turn.where.survey) != ours:
        lanes.announce(turn.connection, turn.where.survey, *ours)
        turn.is_changed = True
        turn.hook("announced")
    return private


def _count(turn: Turn, released: Sequence[Standing], lost: Sequence[Standing]) -> None:
    """Add to the counters of each lane, so that the invariant holds for ever."""
    connection, survey = turn.connection, turn.where.survey
    for one in released:
        lanes.count(connection, survey, one.lane, released=one.n)
    for one in lost:
        lanes.count(connection, survey, one.lane, lost=one.n)


def _forget(turn: Turn, terms: Terms) -> None:
    """Destroy who took part; only answers and frozen counters stay."""
    connection, survey = turn.connection, turn.where.survey
    lanes.forget(connection, survey)
    codes.forget(connection, survey)
    responses.add_counts(connection, survey, terms.counts)
    number = received(lanes.totals(connection, survey))
    schedule.show(connection, survey, done_on=terms.today, received=number)
    schedule.close_survey(connection, survey, today=terms.today)
    # what nobody was asked any more would say nothing about the answers
    corrections.forget_waiting(connection, survey)
    turn.hook("sealed")
    turn.is_changed = turn.is_last = True
