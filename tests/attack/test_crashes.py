"""kill -9 at every named step: nothing lost, nothing burnt, nothing twice."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from survey.urn import CodeState, Released, Urn, Verdict
from survey.urn.errors import SurveyClosed
from survey.urn.turn import STEPS
from tests import postgres
from tests.attack import children
from tests.urn import town

BATCH_STEPS = [
    step for step in STEPS if step not in ("settling", "period-key", "corrected")
]
RELEASE_STEPS = [step for step in STEPS if step not in ("settling", "corrected")]
CORRECTION_STEPS = ["lane", "row", "recovered", "opened", "corrected", "committing"] + [
    "committed",
    "done",
]
CLOSE_STEPS = ["lane", "row", "recovered", "opened", "sealed", "committing"] + [
    "committed",
    "destroyed",
]

SPILL_STEPS = ["key-written", "sealed", "committed", "destroyed"]
AROUND_THE_COMMIT = ["recovered", "key-written", "sealed", "committing", "committed"]


class Prepared:
    """An instance with codes, of which the first ones were used."""

    def __init__(self, place: town.Place, codes: list[str], used: int) -> None:
        self.place = place
        self.codes = codes
        self.used = used

    def copied(self, folder: Path) -> Prepared:
        place = self.place.copied(folder / "instance")
        return Prepared(place, self.codes, self.used)

    def urn(self) -> Urn:
        return Urn(self.place, town.SLUG, clock=town.Clock())


def prepare(folder: Path, used: int, database_url: str = "") -> Prepared:
    place = town.found(folder, database_url)
    town.open_survey(place)
    urn = Urn(place, town.SLUG, clock=town.Clock())
    urn.act_if_due()
    codes = urn.issue(used + 8)
    for at in range(0, used, 12):
        urn.send_many(
            [
                (town.ballot(i), urn.admission(codes[i]))
                for i in range(at, min(at + 12, used))
            ],
            "code",
        )
    urn.stop()
    return Prepared(place, codes, used)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("few"), 7)


@pytest.fixture(scope="module")
def brimful(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """One more answer makes it spill."""
    return prepare(tmp_path_factory.mktemp("brimful"), 50)


@pytest.fixture(scope="module")
def few_on_server(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("few"), 7, postgres.fresh())


@pytest.fixture(scope="module")
def brimful_on_server(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("brimful"), 50, postgres.fresh())


def on_both(name: str, steps: list[str], on_server: list[str]) -> pytest.MarkDecorator:
    """Every step on SQLite; on PostgreSQL those around which it differs."""
    return pytest.mark.parametrize(
        ("prepared", "step"),
        [
            *(pytest.param(name, step, id=f"sqlite-{step}") for step in steps),
            *(
                pytest.param(f"{name}_on_server", step, id=f"postgres-{step}")
                for step in on_server
            ),
        ],
        indirect=["prepared"],
    )


@pytest.fixture
def prepared(request: pytest.FixtureRequest, tmp_path: Path) -> Prepared:
    """A copy of the town that is named."""
    town_: Prepared = request.getfixturevalue(request.param)
    return town_.copied(tmp_path)


def crash(town_: Prepared, step: str, act: str, argument: object = "") -> list[str]:
    """Let a child do the act and die at the step; what was it told before?"""
    told = town_.place.instance.parent / "told"
    child = children.start(children.act, town_.place, step, act, argument, told)
    child.join(20)
    assert child.exitcode == -signal.SIGKILL
    return children.noted(told)


def check_one_key_is_left(place: town.Place) -> None:
    data = (place.keys_dir / "village.main.pool").read_bytes()
    assert [any(data[:4096]), any(data[4096:8192])].count(True) == 1


def check_sending_survived(crashed: Prepared, told: list[str]) -> None:
    urn, code = crashed.urn(), crashed.codes[crashed.used]
    number = 1000 + int(code) % 1000
    state = urn.state_of(code)
    if "stored" in told:
        assert state is CodeState.USED
    again = urn.send(town.ballot(number), urn.admission(code), "code")
    expected = Verdict.ALREADY if state is CodeState.USED else Verdict.STORED
    assert again is expected
    other = crashed.codes[crashed.used + 1]
    assert urn.send(town.ballot(999), urn.admission(other), "code") is Verdict.STORED
    check_one_key_is_left(crashed.place)
    assert urn.status().holds
    urn.close()
    assert sorted(town.numbers(urn)) == sorted([*range(crashed.used), number, 999])
    urn.stop()


@on_both("few", BATCH_STEPS, AROUND_THE_COMMIT)
def test_sending_survives_a_crash_at(step: str, prepared: Prepared):
    told = crash(prepared, step, "send", prepared.codes[prepared.used])
    check_sending_survived(prepared, told)


@on_both("brimful", SPILL_STEPS, ["committed"])
def test_spilling_survives_a_crash_at(step: str, prepared: Prepared):
    told = crash(prepared, step, "send", prepared.codes[prepared.used])
    check_sending_survived(prepared, told)


@on_both("brimful", RELEASE_STEPS, ["committing", "committed"])
def test_a_release_survives_a_crash_at(step: str, prepared: Prepared):
    crashed = prepared
    crash(crashed, step, "release")
    urn = crashed.urn()
    released = town.numbers(urn)
    assert len(released) in (0, 45)
    assert urn.release() in (Released(45, 5), Released(0, 5))
    assert len(set(town.numbers(urn))) == 45
    check_one_key_is_left(crashed.place)
    assert urn.status().holds
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(50))
    urn.stop()


@pytest.mark.parametrize("step", [*RELEASE_STEPS, "corrected"])
def test_a_release_that_corrects_survives_a_crash_at(
    step: str, brimful: Prepared, tmp_path: Path
):
    crashed = brimful.copied(tmp_path)
    town.let_wait(crashed.place)
    crash(crashed, step, "release")
    urn = crashed.urn()
    # both or neither: no answer is ever released between two editions
    assert (town.in_force(crashed.place), len(town.numbers(urn))) in (
        (None, 0),
        ("corrected", 45),
    )
    urn.release()
    assert len(set(town.numbers(urn))) == 45
    check_corrected(crashed)
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(50))
    urn.stop()


@pytest.mark.parametrize("step", CORRECTION_STEPS)
def test_a_correction_without_a_release_survives_a_crash_at(
    step: str, few: Prepared, tmp_path: Path
):
    crashed = few.copied(tmp_path)
    town.let_wait(crashed.place)
    crash(crashed, step, "release")
    urn = crashed.urn()
    assert urn.release() in (Released(0, 7, is_corrected=True), Released(0, 7))
    check_corrected(crashed)
    urn.close()
    assert sorted(town.numbers(urn)) == list(range(7))
    urn.stop()


def check_corrected(crashed: Prepared) -> None:
    """The correction is in force, once, and waits no more."""
    place = crashed.place
    assert town.in_force(place) == "corrected"
    assert town.ask(place, "SELECT * FROM waiting_editions") == []
    assert town.ask(place, "SELECT edition FROM survey_editions") == [("corrected",)]
    check_one_key_is_left(place)
    assert crashed.urn().status().holds


@on_both("brimful", CLOSE_STEPS, ["committing", "committed"])
def test_closing_survives_a_crash_at(step: str, prepared: Prepared):
    crashed = prepared
    crash(crashed, step, "close")
    urn = crashed.urn()
    if urn.status().state == "closed":
        # whoever comes next finishes what the dead process left undone
        with pytest.raises(SurveyClosed):
            urn.close()
    else:
        urn.close()
    assert sorted(town.numbers(urn)) == list(range(50))
    assert not list(crashed.place.keys_dir.glob("village.*"))
    assert urn.status().holds
    urn.stop()


@pytest.mark.parametrize("step", ["lane", "row", "recovered", "committing", "done"])
def test_making_codes_survives_a_crash_at(step: str, few: Prepared, tmp_path: Path):
    crashed = few.copied(tmp_path)
    crash(crashed, step, "issue")
    urn = crashed.urn()
    assert urn.status().issued in (len(few.codes), len(few.codes) + 3)
    assert [urn.state_of(code) for code in few.codes] == (
        [CodeState.USED] * few.used + [CodeState.FREE] * 8
    )
    assert urn.status().holds
    urn.stop()


def test_a_crash_in_the_recovery_from_a_crash_loses_nothing(
    few: Prepared, tmp_path: Path
):
    crashed = few.copied(tmp_path)
    code = few.codes[few.used]
    crash(crashed, "committing", "send", code)
    crash(crashed, "recovered", "send", code)
    crash(crashed, "key-written", "send", code)
    told = crash(crashed, "committed", "send", code)
    assert told == []
    check_sending_survived(crashed, told)


def test_a_crash_while_the_urn_is_set_up_leaves_a_usable_urn(
    place: town.Place, tmp_path: Path
):
    keys = place.keys_dir
    keys.mkdir(mode=0o700)
    # what a process leaves that dies between the key files and their row
    (keys / "village.main.pool").write_bytes(bytes(100))
    (keys / "village.code").write_bytes(bytes(7))
    urn = Urn(place, town.SLUG)
    (code,) = urn.issue(1)
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.STORED
    urn.stop()
