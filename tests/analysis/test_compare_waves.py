"""Two waves against R, and what must not be compared."""

import math

import pandas as pd
import pytest

from analysis.compare import waves
from analysis.package import AnalysisError, open_package
from tests.analysis import synthetic
from tests.reference import table

EXPECTED = table("waves").set_index("item")


def wave(which, **columns):
    """Hits and misses of every item of the reference, as many rows as the longest."""
    data = {}
    for item, row in EXPECTED.iterrows():
        hits, n = int(row[f"{which}_hits"]), int(row[f"{which}_n"])
        data[item] = ["1"] * hits + ["0"] * (n - hits) + ["-3"] * (400 - n)
    return pd.DataFrame(data).astype(
        pd.CategoricalDtype(["0", "1", "-3"], ordered=True)
    )


def scale(values, name="q"):
    return pd.DataFrame({name: pd.Categorical(values, [1, 2, 3, 4, 5], ordered=True)})


def test_differences_intervals_and_p_are_those_of_r():
    found = waves(wave("first"), wave("second"), list(EXPECTED.index))
    for name in ("difference", "low", "high", "p", "p_holm"):
        assert found[name].to_dict() == pytest.approx(
            EXPECTED[name].to_dict(), rel=1e-9
        )
    assert found["n_first"].to_dict() == EXPECTED["first_n"].to_dict()
    assert found["secured"].tolist() == [True, False, False]


def test_items_without_order_are_compared_category_by_category():
    old = pd.DataFrame({"q": ["x"] * 30 + ["y"] * 60})
    new = pd.DataFrame({"q": ["x"] * 60 + ["y"] * 30 + [None] * 5})
    found = waves(old, new, ["q"])
    assert found.index.tolist() == ["q__x", "q__y"]
    assert found["difference"].tolist() == pytest.approx([1 / 3, -1 / 3])
    assert found["effect_name"].tolist() == ["cramers_v"] * 2
    assert found.loc["q__x", "effect"] == pytest.approx(1 / 3)


def test_options_of_a_question_with_several_answers_are_found():
    old = pd.DataFrame({"q__a": [1, 0, 0, -2], "q__b": [0, 1, 1, -2]})
    found = waves(old, old.replace({0: 1}), ["q"])
    assert found.index.tolist() == ["q__a", "q__b"]
    assert found["difference"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_scales_are_compared_by_their_favourable_end_and_delta():
    old, new = scale([1, 2, 3, 4, 5] * 20), scale([3, 4, 4, 5, 5] * 20)
    found = waves(old, new, ["q"]).loc["q"]
    assert found["first"] == pytest.approx(0.4)
    assert found["second"] == pytest.approx(0.8)
    # Of 25 pairs 16 are higher later and 4 are lower.
    assert found["effect"] == pytest.approx((16 - 4) / 25)
    assert found["effect_name"] == "cliffs_delta"
    assert found["secured"]


def test_the_second_wave_worse_is_a_negative_difference():
    found = waves(scale([4, 5] * 20), scale([1, 2] * 20), ["q"]).loc["q"]
    assert found["difference"] == -1
    assert found["effect"] == -1


def test_twenty_nine_answers_secure_nothing():
    many, few = scale([1, 2] * 50), scale([5] * 29)
    found = waves(many, few, ["q"]).loc["q"]
    assert found["p"] < 1e-6
    assert not found["secured"]


def test_weights_take_their_effect_from_the_size():
    old = scale([1, 5] * 40).assign(w=1.0)
    new = scale([5, 5, 1, 5] * 20).assign(w=[1, 1, 4, 1] * 20)
    found = waves(old, new, ["q"], weights="w").loc["q"]
    assert found["second"] == pytest.approx(3 / 7)
    plain = waves(old, new, ["q"]).loc["q"]
    assert found["high"] - found["low"] > plain["high"] - plain["low"]


def test_an_item_that_a_wave_lacks_is_marked_and_not_compared():
    found = waves(scale([1, 2]), scale([1, 2], "r"), ["q", "r", "s"])
    assert found["break_mark"].tolist() == ["missing"] * 3
    assert found["difference"].isna().all()
    assert not found["secured"].any()


def test_another_scale_is_a_break():
    new = pd.DataFrame({"q": pd.Categorical(["a", "b"], ["a", "b"], ordered=True)})
    old = pd.DataFrame({"q": pd.Categorical(["a"], ["a", "c"], ordered=True)})
    found = waves(old, new, ["q"]).loc["q"]
    assert found["break_mark"] == "scale changed"
    assert math.isnan(found["difference"])


def test_nobody_answered_or_everybody_the_same():
    found = waves(scale([None] * 40), scale([3] * 40), ["q"]).loc["q"]
    assert math.isnan(found["difference"])
    assert not found["secured"]
    same = waves(scale([5] * 40), scale([5] * 40), ["q"]).loc["q"]
    assert (same["difference"], same["p"]) == (0, 1)
    assert not same["secured"]


def test_no_items_are_an_empty_table():
    assert waves(scale([1]), scale([2]), []).empty


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    place = tmp_path_factory.mktemp("waves")
    return [
        open_package(synthetic.build(place / str(seed), answers=120, seed=seed))
        for seed in (1, 2)
    ]


def test_packages_that_ask_the_same_are_compared(packages):
    found = waves(*packages, ["q04_f1"]).loc["q04_f1"]
    assert found["break_mark"] == ""
    assert found["low"] < found["difference"] < found["high"]


def test_items_of_packages_with_options_are_known_by_their_question(packages):
    found = waves(*packages, ["q05", "nothing"])
    assert len(found) > 5
    assert found.loc["nothing", "break_mark"] == "missing"
    assert (found.drop("nothing")["break_mark"] == "").all()


def test_an_open_round_has_differences_but_no_interval(tmp_path, packages):
    folder = synthetic.build(tmp_path / "o", answers=60, seed=3, design="open")
    found = waves(open_package(folder), open_package(folder), ["q04_f1"]).loc["q04_f1"]
    assert found["difference"] == 0
    assert math.isnan(found["low"])
    assert not found["secured"]
    mixed = waves(packages[0], open_package(folder), ["q04_f1"]).loc["q04_f1"]
    assert mixed["break_mark"].startswith("mode changed: design")


def test_a_package_and_a_table_cannot_be_compared(packages):
    with pytest.raises(AnalysisError, match="not one of each"):
        waves(packages[0], packages[1].responses, ["q04_f1"])
