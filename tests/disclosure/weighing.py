"""Surveys with totals of a register, whose weights can be computed by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.codebook import Item
from analysis.package import Design, Package
from tests.disclosure.surveys import package

SEX = Item("sex", "single", role="demographic", options=("female", "male"))
AGE = Item(
    "age",
    "single",
    role="demographic",
    options=("young", "middle", "old"),
    is_ordinal=True,
)
ASKED = Item("q", "single", options=("yes", "no"))
RANDOM = Design("random", 46_000, 400, ("code",))


def answers(cells: Sequence[tuple[Mapping[str, str], int]]) -> pd.DataFrame:
    """Write down how many gave which answers."""
    rows = [dict(row) for row, count in cells for _ in range(count)]
    return pd.DataFrame(rows).assign(channel="code", form_language="de")


def totals(**variables: Mapping[str, int]) -> pd.DataFrame:
    """Totals of the register, as margins.csv holds them."""
    rows = [
        (variable, category, people)
        for variable, categories in variables.items()
        for category, people in categories.items()
    ]
    return pd.DataFrame(rows, columns=["variable", "category", "population"])


def survey(
    responses: pd.DataFrame,
    margins: pd.DataFrame,
    *,
    items: Sequence[Item] = (ASKED, SEX),
    design: Design = RANDOM,
    groups: Sequence[str] = ("sex",),
    **how: object,
) -> Package:
    """Return a package with totals."""
    policy = {"k": 10, "group_base": 10, "groups": list(groups)}
    made = package(responses, items=items, design=design, policy=policy, **how)
    return replace(made, margins=margins)


def women_and_men(*, design: Design = RANDOM) -> Package:
    """100 answers, 30 of them of women, of whom half of the town consists.

    Yes: 24 of 30 women, 21 of 70 men.
    """
    responses = answers(
        [
            ({"q": "yes", "sex": "female"}, 24),
            ({"q": "no", "sex": "female"}, 6),
            ({"q": "yes", "sex": "male"}, 21),
            ({"q": "no", "sex": "male"}, 49),
        ]
    )
    half = totals(sex={"female": 23_000, "male": 23_000})
    return survey(responses, half, design=design)
