"""Language effects: pooled by code, and where a translation should be read."""

import pandas as pd

from analysis.compare import against_rest, languages


def table(**by_language):
    """Answers on a scale of five per form language."""
    rows = [
        (code, answer) for code, answers in by_language.items() for answer in answers
    ]
    frame = pd.DataFrame(rows, columns=["form_language", "q"])
    frame["q"] = pd.Categorical(frame["q"], [1, 2, 3, 4, 5], ordered=True)
    return frame


def test_a_secured_difference_asks_to_check_the_translation():
    found = languages(table(de=[4, 5] * 40, ar=[1, 2] * 20, tr=[4, 5] * 20), ["q"])
    assert found.loc[("q", "ar"), "effect"] == -1
    assert found.loc[("q", "ar"), "check_translation"]
    assert found.index.names == ["item", "language"]


def test_a_small_difference_asks_nothing():
    found = languages(
        table(de=[1, 2, 3, 4, 5] * 400, ar=[1, 2, 3, 4, 5, 5] * 300), ["q"]
    )
    assert 0 < found.loc[("q", "ar"), "effect"] < 0.147
    assert not found["check_translation"].any()


def test_few_people_ask_nothing_however_different():
    found = languages(table(de=[4, 5] * 40, ar=[1] * 29), ["q"])
    assert found.loc[("q", "ar"), "effect"] == -1
    assert not found["check_translation"].any()


def test_items_without_order_need_the_same_distance():
    frame = pd.DataFrame({"form_language": ["de"] * 600 + ["ar"] * 600})
    frame["q"] = (["x"] * 360 + ["y"] * 240) + (["x"] * 288 + ["y"] * 312)
    found = languages(frame, ["q"])
    # V is .12: a difference to report, but not one to doubt the words for.
    assert found["secured"].all()
    assert not found["check_translation"].any()


def test_one_language_has_nothing_to_compare():
    assert languages(table(de=[1, 2, 3]), ["q"]).empty


def test_the_figures_are_those_of_any_comparison_with_the_rest():
    frame = table(de=[1, 2, 3, 4] * 20, ar=[3, 4] * 20)
    wanted = against_rest(frame, ["q"], "form_language")
    found = languages(frame, ["q"])
    assert found["p_holm"].tolist() == wanted["p_holm"].tolist()
