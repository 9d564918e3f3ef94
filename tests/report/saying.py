"""Small tables for one claim each, and what the report says of them."""

from __future__ import annotations

from dataclasses import replace

from analysis.codebook import codebook_of
from analysis.disclosure import Protected, Publication, Secured
from analysis.language import registry
from analysis.package import Item
from analysis.report import About, Chart, compose
from tests.disclosure.examples import Sheet
from tests.report import example

ENGLISH = registry().get("en")
LANGUAGES = registry().choose(["de", "en", "ar"])
# A share with its interval: 0.40, 0.35 … 0.45
Share = tuple[float, float, float]


def about_of(*items: Item, design="random", language=ENGLISH) -> About:
    """A survey of these questions; labels are their names and codes in words."""
    code = language.code
    known = {("", "", "label", code): "A survey"}
    for item in items:
        known[item.name, "", "label", code] = f"Question {item.name}?"
        for option in item.options:
            known[item.name, option, "label", code] = option.replace("_", " ")
    fields = tuple(dict.fromkeys(item.field for item in items if item.field))
    book = codebook_of(items, fields=fields, languages=(code,), texts=known)
    return replace(example.about(design), codebook=book)


def shown(protected: Protected, *items: Item, language=ENGLISH, merges=None) -> Chart:
    """The chart of one table; items of the example unless others are given."""
    about = example.about(protected.design)
    if items:
        about = about_of(*items, design=protected.design, language=language)
    publication = Publication((protected,), merges or {})
    return compose(publication, about, [language]).charts[0]


def headline(protected: Protected, *items: Item, **more) -> str:
    """What stands above the chart of one table, in English."""
    return shown(protected, *items, **more).words.headline


def single(
    shares: dict[str, Share | None],
    *,
    design="random",
    kind="dots",
    item="q50",
    sums=None,
    **more,
) -> Protected:
    """One question; ``None`` is a withheld share."""
    sheet = Sheet(item, design)
    for category, value in shares.items():
        add(sheet, item, "share", value, category=category)
    for statistic, value in (sums or {}).items():
        add(sheet, item, statistic, value)
    return sheet.protected(kind, (item,), base=400, **more)


def add(sheet: Sheet, item: str, statistic: str, value: Share | None, **names) -> None:
    """One figure with base 400, or one that is withheld."""
    if value is None:
        sheet.add(item, statistic, sign="protected", **names)
        return
    share, low, high = value
    n = round(share * 80) * 5
    sheet.add(item, statistic, n=n, base=400, share=share, low=low, high=high, **names)


def battery(tops: dict[str, Share | None], *, design="random") -> Protected:
    """Rows of a battery, told by their favourable answers."""
    sheet = Sheet("q60", design)
    for item, value in tops.items():
        for category in ("good", "bad"):
            add(sheet, item, "share", value, category=category)
        add(sheet, item, "top2", value)
    return sheet.protected("agreement", tuple(tops), base=400)


def rows_of(tops: dict[str, Share | None]) -> tuple[Item, ...]:
    """The items of such a battery."""
    return tuple(
        Item(name, "battery", options=("good", "bad"), is_ordinal=True) for name in tops
    )


def by_group(
    shares: dict[str, Share | None],
    *secured: Secured,
    design="random",
    item="q50",
    statistic="top2",
    category="",
    variable="d9",
) -> Protected:
    """One figure of one question for each group of a variable."""
    sheet = Sheet(f"{item}-by-{variable}", design)
    for group, value in shares.items():
        add(
            sheet,
            item,
            statistic,
            value,
            group=group,
            variable=variable,
            category=category,
        )
    return sheet.protected(
        "groups", (item,), group_variable=variable, base=400, secured=secured
    )


def scale(*options: str, name="q50", **more) -> Item:
    """A question with an ordered scale, favourable end first unless reversed."""
    return Item(name, "single", options=options, is_ordinal=True, **more)


def choice(*options: str, name="q50", kind="single", **more) -> Item:
    """A question without an order."""
    return Item(name, kind, options=options, **more)
