"""Base, homogeneity, rounding: what of one row may be said."""

import pytest

from analysis.disclosure import Policy
from analysis.disclosure.counts import OPTIONS, Key, Row
from analysis.disclosure.released import release

POLICY = Policy(sensitive=frozenset({"worse"}))


def row(counts, item="liking", *, shape="parts", base=None, scale=(), missing=None):
    cells = {("share", code): n for code, n in counts.items()}
    total = sum(counts.values()) if base is None else base
    return Row(Key(item), total, cells, shape=shape, scale=scale, missing=missing or {})


@pytest.mark.parametrize(
    ("item", "base", "status"),
    [
        ("liking", 9, "protected"),
        ("liking", 10, "uncertain"),
        ("liking", 27, "uncertain"),
        ("liking", 28, "open"),
        ("worse", 19, "protected"),
        ("worse", 20, "uncertain"),
    ],
)
def test_a_row_is_said_from_its_base_on(item, base, status):
    half = base // 2
    said = release(row({"yes": half, "no": base - half}, item), POLICY)
    assert said.status == status


def test_a_protected_row_holds_no_number_at_all():
    said = release(row({"yes": 5, "no": 4}, missing={"-2": 30}), POLICY)
    assert said.base is None
    assert not said.cells
    assert not said.sums
    assert not said.missing


def test_a_row_can_be_held_back_although_its_base_is_large():
    said = release(row({"yes": 50, "no": 40}), POLICY, is_withheld=True)
    assert (said.status, said.base, said.cells) == ("protected", None, {})


def test_every_count_is_rounded_on_its_own():
    said = release(row({"a": 12, "b": 13, "c": 8}, missing={"-3": 4}), POLICY)
    assert said.base == 35
    assert said.cells == {("share", "a"): 10, ("share", "b"): 15, ("share", "c"): 10}
    assert said.missing == {"-3": 5}


def test_ends_of_a_scale_are_rounded_once_from_unrounded_counts():
    scale = ("a", "b", "c", "d", "e")
    counts = dict(zip(scale, (12, 12, 10, 6, 6), strict=True))
    said = release(row(counts, scale=scale), POLICY)
    assert said.sums == {"top2": 25, "bottom2": 10, "net": 10}
    short = release(row({"a": 23, "b": 12}, scale=("a", "b")), POLICY)
    assert short.sums == {"top2": 25, "bottom2": 10, "net": 10}


@pytest.mark.parametrize(
    ("most", "others", "says_majority"),
    [(18, 2, False), (19, 1, True), (27, 2, True), (29, 1, False), (60, 0, False)],
)
def test_a_large_majority_of_a_small_group_has_no_figures(most, others, says_majority):
    said = release(row({"yes": most, "no": others}), POLICY)
    assert (said.status == "majority") == says_majority
    if says_majority:
        assert said.majority == ("yes",)
        assert not said.cells
        assert not said.sums
        assert said.base is not None


def test_of_several_answers_only_the_one_nearly_all_chose_loses_its_figure():
    counts = {"course": 20, "online": 9, "talk": 0}
    said = release(row(counts, shape=OPTIONS, base=20), POLICY)
    assert said.majority == ("course",)
    assert said.cells == {("share", "online"): 10, ("share", "talk"): 0}
