"""Small surveys in memory, with whatever answers a test wants."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.codebook import Item
from analysis.package import Design, Package
from analysis.package.answers import typed
from analysis.package.contents import codebook_of

SCALE = ("very", "rather", "partly", "rather_not", "not")
FIELDS = ("f1", "f2", "f3")
MISSING = ("-1", "-2", "-3", "-4", "-5")
STAGES = ("channel", "stage", "page", "count")

ITEMS = (
    Item("liking", "single", scale="liking5", options=SCALE, is_ordinal=True),
    *(
        Item(
            f"sat_{field}",
            "battery",
            scale="satisfaction5",
            field=field,
            role="satisfaction",
            options=SCALE,
            is_ordinal=True,
        )
        for field in FIELDS
    ),
    Item("place", "single", options=("yes", "partly", "no", "not_me")),
    Item("help", "multiple", options=("course", "online", "talk", "none")),
    Item("first", "pick", role="pick", options=(*FIELDS, "none")),
    Item("order", "rank", role="rank", options=FIELDS),
    Item("worse", "single", options=("yes", "no"), sensitive=True),
    Item("idea", "text"),
    Item("age", "single", role="demographic", options=("young", "middle", "old")),
    Item("sex", "single", role="demographic", options=("female", "male", "diverse")),
)
POLICY: Mapping[str, object] = {"k": 10, "group_base": 10, "groups": ["age", "sex"]}


def package(
    responses: pd.DataFrame,
    *,
    items: Sequence[Item] = ITEMS,
    design: Design | None = None,
    policy: Mapping[str, object] = POLICY,
    merges: Mapping[str, Mapping[str, str]] | None = None,
    excluded: Mapping[str, int] | None = None,
    stages: Sequence[tuple[str, str, str, int]] = (),
    excluded_rows: pd.DataFrame | None = None,
) -> Package:
    """Open a table of answers as if it came from a package."""
    book = codebook_of(items, fields=FIELDS)
    return Package(
        descriptor={"survey": "village", "wave": "1"},
        design=design or Design("open", channels=("link",)),
        codebook=book,
        responses=typed(responses.astype("str"), book),
        hash="0" * 64,
        excluded=excluded or {},
        participation=pd.DataFrame(list(stages), columns=list(STAGES)),
        margins=pd.DataFrame(),
        comments=pd.DataFrame(),
        policy=policy,
        merges=merges or {},
        excluded_rows=(
            pd.DataFrame()
            if excluded_rows is None
            else typed(excluded_rows.astype("str"), book)
        ),
    )


def answers(
    people: int,
    seed: int,
    *,
    languages: Mapping[str, float] | None = None,
    empty: float = 0.05,
    channel: str = "link",
    items: Sequence[Item] = ITEMS,
    spread: float = 1.0,
) -> pd.DataFrame:
    """Draw answers; a small ``spread`` makes nearly everybody answer the same."""
    rng = np.random.default_rng(seed)
    spoken = languages or {"de": 0.8, "ar": 0.15, "tr": 0.05}
    columns: dict[str, Sequence[str]] = {}
    for item in items:
        columns |= _cells(item, people, rng, empty, spread)
    columns["channel"] = [channel] * people
    columns["form_language"] = rng.choice(
        list(spoken), people, p=np.array(list(spoken.values())) / sum(spoken.values())
    ).tolist()
    return pd.DataFrame(columns)


def _cells(
    item: Item, people: int, rng: np.random.Generator, empty: float, spread: float
) -> dict[str, Sequence[str]]:
    if not item.columns:
        return {}
    size = len(item.options)
    popularity = rng.dirichlet(np.full(size, spread)) + 1e-9
    popularity /= popularity.sum()
    silent = np.where(
        rng.random(people) < empty, rng.choice(list(MISSING[1:]), people), ""
    )
    if len(item.columns) == 1:
        chosen = rng.choice(item.options, people, p=popularity)
        return {item.name: np.where(silent == "", chosen, silent).tolist()}
    rows = [_several(item, rng, popularity) for _ in range(people)]
    return {
        column: [silent[person] or rows[person][place] for person in range(people)]
        for place, column in enumerate(item.columns)
    }


def _several(item: Item, rng: np.random.Generator, popularity: np.ndarray) -> list[str]:
    size = len(item.options)
    many = int(rng.integers(1, size))
    chosen = rng.choice(size, many, replace=False, p=popularity).tolist()
    if item.kind == "rank":
        return [str(chosen.index(n) + 1) if n in chosen else "" for n in range(size)]
    return [str(int(n in chosen)) for n in range(size)]
