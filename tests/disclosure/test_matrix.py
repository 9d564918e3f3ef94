"""Priority matrix: gaps, places and quadrants from published counts alone."""

import numpy as np
import pytest

from analysis.disclosure import Policy
from analysis.disclosure.counts import OPTIONS, Key, Row, Survey
from analysis.disclosure.figures import Frame, Sheet
from analysis.disclosure.matrix import add_matrix
from analysis.disclosure.protected import frame
from analysis.disclosure.released import release
from analysis.package import Design

SCALE = ("a", "b", "c", "d", "e")
POLICY = Policy()


def rated(field, satisfied, base):
    rest = base - satisfied
    cells = {("share", "a"): 0, ("share", "b"): satisfied}
    cells |= {("share", "c"): rest - 2 * (rest // 3)}
    cells |= {("share", "d"): rest // 3, ("share", "e"): rest // 3}
    return release(Row(Key(f"sat_{field}"), base, cells, scale=SCALE), POLICY)


def matrix(picked, satisfied, *, people=500, design="random", population=None, seed=1):
    survey = Survey("town", "1", Design(design, population=population))
    sheet = Sheet("priority-matrix", Frame(survey, POLICY))
    cells = {("share", field): n for field, n in picked.items()}
    pick = release(Row(Key("first"), people, cells, shape=OPTIONS), POLICY)
    rows = {
        field: rated(field, n, people if not isinstance(n, tuple) else n[1])
        if not isinstance(n, tuple)
        else rated(field, *n)
        for field, n in satisfied.items()
    }
    statements = add_matrix(sheet, pick, rows, seed=seed, resamples=2000)
    figures = frame(sheet.records).set_index(["statistic", "category"])
    said = {kind: {} for kind in ("quadrant", "stability")}
    for each in statements:
        said[each.kind][each.category] = each.value
    return figures, Said(said["quadrant"], said["stability"])


class Said(dict):
    """Quadrants by field; beside them whether a field stays in its own."""

    def __init__(self, quadrants, stability):
        super().__init__(quadrants)
        self.stability = stability


CLEAR = (
    {"f1": 300, "f2": 100, "f3": 300, "f4": 100},
    {"f1": 100, "f2": 400, "f3": 400, "f4": 100},
)


def test_the_gap_is_importance_times_what_is_missing_in_satisfaction():
    figures, quadrants = matrix(*CLEAR)
    assert figures.loc[("importance", "f1"), "share"] == 0.6
    assert figures.loc[("satisfaction", "f1"), "share"] == 0.2
    assert figures.loc[("gap", "f1"), "share"] == 0.48
    assert figures.loc[("gap", "f2"), "share"] == 0.04
    assert quadrants == {"f1": "act", "f2": "calm", "f3": "keep", "f4": "watch"}
    places = figures.loc["rank", "share"]
    assert places.to_dict() == {"f1": 1, "f2": 4, "f3": 3, "f4": 2}


def test_places_of_clear_gaps_are_certain_and_of_close_ones_are_not():
    figures, _ = matrix(CLEAR[0], {**CLEAR[1], "f3": 375})
    assert figures.loc[("rank_low", "f1"), "share"] == 1
    assert figures.loc[("rank_high", "f1"), "share"] == 1
    assert figures.loc[("rank_low", "f3"), "share"] == 2
    assert figures.loc[("rank_high", "f3"), "share"] == 3


def test_a_field_whose_interval_crosses_a_mean_is_not_decidable():
    picked = {"f1": 205, "f2": 195, "f3": 300, "f4": 100}
    _, quadrants = matrix(picked, CLEAR[1])
    assert quadrants["f1"] == "open"
    assert quadrants["f3"] == "keep"


def test_an_open_survey_has_places_and_quadrants_but_no_interval():
    figures, quadrants = matrix(*CLEAR, design="open")
    assert figures[["low", "high"]].isna().all(axis=None)
    assert quadrants["f1"] == "act"
    assert figures.loc[("rank_high", "f1"), "share"] == 1


def test_an_open_survey_says_which_fields_would_stay_where_they_stand():
    _, clear = matrix(*CLEAR, design="open")
    assert set(clear.stability.values()) == {"stable"}
    # f1 lies on the mean of importance, f3 and f4 far from it.
    picked = {"f1": 205, "f2": 195, "f3": 300, "f4": 100}
    _, close = matrix(picked, CLEAR[1], design="open")
    assert close.stability["f1"] == "changeable"
    assert close.stability["f3"] == "stable"
    assert close["f1"] == "open"


def test_a_field_close_to_both_means_is_open():
    same = {"f1": 205, "f2": 195, "f3": 305, "f4": 100}
    liked = {"f1": 205, "f2": 300, "f3": 200, "f4": 100}
    _, found = matrix(same, liked, design="open")
    assert found.stability["f1"] == "open"


def test_a_sample_says_what_is_decided_and_nothing_of_stability():
    assert matrix(*CLEAR)[1].stability == {}


def test_a_field_with_too_few_answers_has_signs_and_no_place():
    satisfied = {**CLEAR[1], "f4": (10, 24), "f3": (3, 8)}
    figures, quadrants = matrix(CLEAR[0], satisfied)
    assert figures.loc[("gap", "f4"), "sign"] == "few"
    assert figures.loc[("importance", "f3"), "sign"] == "protected"
    assert figures.loc[("gap", "f4"), ["n", "share", "base"]].isna().all()
    assert set(quadrants) == {"f1", "f2"}
    assert ("rank", "f4") not in figures.index
    assert figures.loc[("rank", "f2"), "share"] == 2


def test_without_any_usable_field_there_is_no_place_at_all():
    figures, quadrants = matrix({"f1": 4}, {"f1": (3, 8)}, people=20)
    assert quadrants == {}
    assert set(figures["sign"]) == {"protected"}


def test_the_same_seed_gives_the_same_figures_and_only_rounded_counts_matter():
    first, _ = matrix(*CLEAR)
    second, _ = matrix(*CLEAR)
    assert first.equals(second)
    other = (
        {f: n - 2 for f, n in CLEAR[0].items()},
        {f: n + 2 for f, n in CLEAR[1].items()},
    )
    third, _ = matrix(*other)
    assert first.equals(third)


@pytest.mark.parametrize("people", [60, 150, 500])
def test_the_interval_of_a_gap_covers_the_true_gap(people):
    rng = np.random.default_rng(people)
    importance, satisfaction = 0.35, 0.45
    hits = 0
    for _ in range(150):
        # People who pick the field are less satisfied: the two are not independent.
        picked = rng.random(people) < importance
        chance = np.where(picked, 0.25, 0.5577)
        satisfied = rng.random(people) < chance
        figures, _ = matrix(
            {"f1": int(picked.sum()), "f2": people // 2},
            {"f1": int(satisfied.sum()), "f2": people // 2},
            people=people,
        )
        gap = figures.loc[("gap", "f1")]
        hits += gap["low"] <= importance * (1 - satisfaction) <= gap["high"]
    assert hits / 150 >= 0.929


def test_a_known_population_makes_the_gap_more_certain():
    free, _ = matrix(*CLEAR)
    finite, _ = matrix(*CLEAR, design="census", population=520)
    wide = free.loc[("gap", "f1")]
    narrow = finite.loc[("gap", "f1")]
    assert narrow["high"] - narrow["low"] < wide["high"] - wide["low"]
