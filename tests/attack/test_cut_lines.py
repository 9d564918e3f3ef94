"""The line to the server is cut during COMMIT: the locked row tells what happened."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from survey.storage.errors import StoreUnavailable
from survey.urn import CodeState, Urn, Verdict, desk
from tests import postgres
from tests.attack import cutting
from tests.attack.cutting import Line
from tests.attack.test_trouble import check_the_urn_goes_on, slots
from tests.urn import town

pytestmark = pytest.mark.parametrize("place", ["founded_on_server"], indirect=True)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    # the name of a socket must be short
    folder = postgres.server() / tmp_path.name[-12:]
    folder.mkdir()
    line = Line(folder, postgres.server())
    yield line
    line.close()


@pytest.fixture
def urn(place: town.Place, line: Line, tmp_path: Path) -> Iterator[Urn]:
    """An urn at the other end of the line, with one answer in it already."""
    address = str(postgres.server())
    url = place.database_url.replace(address, f"{address}/{tmp_path.name[-12:]}")
    urn = Urn(replace(place, database_url=url), town.SLUG, clock=town.Clock())
    urn.act_if_due()
    urn.send(town.ballot(0), urn.admission_of_draft(b"d", 0), "draft")
    yield urn
    urn.stop()


Cut = Callable[[socket.socket, bytes], None]


@pytest.mark.parametrize("cut", [cutting.arrives, cutting.is_late])
def test_a_commit_that_arrived_is_found_out_and_acknowledged(
    urn: Urn, place: town.Place, line: Line, cut: Cut
):
    """Late: a plain look would find the old epoch; the locked row waits."""
    (code,) = urn.issue(1)
    line.cut = cut
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.STORED
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(urn, [0, 1])


@pytest.mark.parametrize("cut", [cutting.is_lost, cutting.is_held])
def test_a_commit_that_never_arrived_means_try_again(
    urn: Urn, place: town.Place, line: Line, cut: Cut
):
    (code,) = urn.issue(1)
    line.cut = cut
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.TRY_AGAIN
    assert slots(place) == [True, True]
    assert urn.state_of(code) is CodeState.FREE
    assert urn.send(town.ballot(1), urn.admission(code), "code") is Verdict.STORED
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(urn, [0, 1])


def test_while_the_server_is_out_of_reach_both_keys_stay(
    urn: Urn, place: town.Place, line: Line, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(desk, "SETTLE_SECONDS", 0.1)
    (code,) = urn.issue(1)
    mark = urn.admission(code)

    def arrives_and_all_is_dark(server: socket.socket, data: bytes) -> None:
        line.is_down = True
        cutting.arrives(server, data)

    line.cut = arrives_and_all_is_dark
    assert urn.send(town.ballot(1), mark, "code") is Verdict.TRY_AGAIN
    assert slots(place) == [True, True]
    assert urn.send(town.ballot(1), mark, "code") is Verdict.TRY_AGAIN
    line.is_down = False
    assert urn.send(town.ballot(1), mark, "code") is Verdict.ALREADY
    assert slots(place).count(True) == 1
    check_the_urn_goes_on(urn, [0, 1])


def test_a_release_whose_commit_was_cut_off_releases_once(
    urn: Urn, line: Line, place: town.Place
):
    urn.send_many(
        [(town.ballot(i), urn.admission_of_draft(b"r", i)) for i in range(1, 20)],
        "draft",
    )
    line.cut = cutting.arrives
    assert urn.release().n == 15
    assert urn.release().n == 0
    check_the_urn_goes_on(urn, list(range(20)))


def test_codes_whose_commit_was_cut_off_are_not_handed_out(
    urn: Urn, line: Line, place: town.Place
):
    """Whether the marks are kept is unknown: so nobody gets the codes."""
    line.cut = cutting.is_lost
    with pytest.raises(StoreUnavailable, match="outcome is unknown"):
        urn.issue(3)
    assert urn.status().issued == 0
