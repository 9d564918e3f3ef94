"""Hand-made tables at the edge: crowded, empty, withheld, unanimous, long."""

from __future__ import annotations

from analysis.charts import Words
from analysis.disclosure import Protected, Secured, Statement
from analysis.language import Language
from tests.charts.examples import CATEGORIES, FIELDS, LEGEND, MISSING
from tests.disclosure.examples import Sheet

SEVEN = tuple(f"s{step}" for step in range(1, 8))
MANY = tuple(f"o{option}" for option in range(1, 10))
LONG = {
    "de": "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung "
    "und Nachbarschaftshilfe",
    "en": "Incomprehensibilities of interdepartmental responsibilities and anything "
    "else that a town may call by a long name",
    "ar": "المسؤوليات المشتركة بين الإدارات وكل ما قد تسميه البلدية باسم طويل "
    "مثل \u2068Gemeindeverwaltungsverband\u2069",
}


def words(language: Language) -> Words:
    """Words of these tables; every other label is a long one."""
    code = language.code
    usual = list(CATEGORIES[code].values())
    labels = {
        name: LONG[code] if place % 2 else usual[place]
        for place, name in enumerate((*SEVEN, *MANY, *(f"g{n}" for n in range(1, 6))))
    }
    fields = {f"f{n}": FIELDS[code][(n - 1) % 9] for n in range(1, 16)}
    return Words(
        headline=LONG[code],
        subtitle=LONG[code],
        base_line=LONG[code],
        items={"q1": LONG[code], "q2": usual[0], "q3": LONG[code]},
        categories={**labels, **fields},
        groups={"": usual[3], **labels},
        legend=LEGEND[code],
        missing=MISSING[code],
        notes=(LONG[code],),
    )


def seven_steps() -> Protected:
    """A scale of seven: tiny parts side by side, one answer for all, nobody."""
    sheet = Sheet("seven", "random")
    rows = {
        "q1": (0.01, 0.02, 0.03, 0.88, 0.03, 0.02, 0.04),
        "q2": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        "q3": (0.2, 0.2, 0.2, 0.2, 0.15, 0.05, 0.1),
    }
    for item, shares in rows.items():
        for code, share in zip(SEVEN, shares, strict=True):
            n = round(share * 100) * 20
            sheet.add(item, "share", category=code, n=n, base=2000, share=share)
        sheet.add(item, "net", share=-1.0 if item == "q2" else 0.0, base=2000)
        sheet.add(item, "missing", category="-3", n=12345)
    return sheet.protected("agreement", tuple(rows), notes=("own_sum", "reversed"))


def nobody() -> Protected:
    """A scale that nobody answered; a single question, so no label."""
    sheet = Sheet("nobody", "open")
    for code in SEVEN[:5]:
        sheet.add("q1", "share", category=code, sign="few")
    sheet.add("q1", "net", sign="few")
    return sheet.protected("agreement", ("q1",))


def options_by_groups() -> Protected:
    """Nine options by five groups, some withheld, some uncertain, one unanimous."""
    sheet = Sheet("options-by-d9", "random")
    for place, group in enumerate(("g1", "g2", "g3", "g4", "g5")):
        for number, code in enumerate(MANY):
            where = {"category": code, "group": group, "variable": "d9"}
            if group == "g3":
                sheet.add("q1", "share", **where, sign="protected")
            elif group == "g4":
                sheet.add("q1", "share", **where, n=5, base=20, sign="uncertain")
            else:
                share = round(0.05 + number / 10, 2)
                ends = {"low": max(0, share - 0.1), "high": min(1, share + 0.12)}
                sheet.add("q1", "share", **where, n=5, base=300, share=share, **ends)
        assert place < 5
    return sheet.protected(
        "groups",
        ("q1",),
        group_variable="d9",
        secured=(
            Secured("q1", "g2", 0.3, 0.001, "d9", category="o4"),
            Secured("q1", "g5", 0.2, 0.001, "d9", category="o2"),
        ),
        statements=(Statement("majority", "q1", "o2", group="g3"),),
        notes=("multiple",),
    )


def unanimous() -> Protected:
    """One question of which only the large majority may be said."""
    sheet = Sheet("unanimous", "open")
    for code in MANY[:3]:
        sheet.add("q1", "share", category=code, base=20, sign="protected")
    return sheet.protected(
        "dots", ("q1",), statements=(Statement("majority", "q1", "o2"),)
    )


def crowded_matrix() -> Protected:
    """Fifteen fields, most of them at the same place, one withheld."""
    sheet = Sheet("crowded", "random")
    for number in range(1, 16):
        code = f"f{number}"
        near = number % 5 / 100
        values = (0.30 + near, 0.50 + (number % 3) / 100)
        for statistic, share in zip(
            ("importance", "satisfaction"), values, strict=True
        ):
            if number == 9:
                sheet.add("", statistic, category=code, sign="protected")
                continue
            ends = {"low": share - 0.03, "high": share + 0.03}
            sheet.add("", statistic, category=code, n=5, base=500, share=share, **ends)
    return sheet.protected(
        "matrix",
        ("q1", "q2"),
        statements=tuple(
            Statement("quadrant", "", "open", category=f"f{number}")
            for number in range(1, 16, 2)
        ),
    )


def all_tied() -> Protected:
    """Nine options on one place, without a range; one withheld."""
    sheet = Sheet("tied", "open")
    for code in MANY[:-1]:
        sheet.add("q1", "rank", category=code, share=1, base=50)
    sheet.add("q1", "rank", category=MANY[-1], sign="protected")
    return sheet.protected("ranks", ("q1",))


def nothing() -> Protected:
    """A survey of too few answers."""
    return Sheet("participation", "open").protected("participation", ())


def empty(kind: str) -> Protected:
    """A table of a kind without a single figure."""
    return Sheet("empty", "random").protected(kind, ("q1",))


def firsts_by_groups() -> Protected:
    """What was put first, by two groups."""
    sheet = Sheet("ranked-by-d9", "random")
    for group in ("g1", "g3"):
        for number, code in enumerate(("f1", "f2", "f3")):
            where = {"category": code, "group": group, "variable": "d9"}
            for statistic, share in (("first", number / 10), ("ranked", number / 5)):
                sheet.add("q1", statistic, **where, n=5, base=300, share=share)
    return sheet.protected("groups", ("q1",), group_variable="d9")


def every_extreme() -> tuple[Protected, ...]:
    """All of them."""
    return (
        seven_steps(),
        nobody(),
        options_by_groups(),
        unanimous(),
        crowded_matrix(),
        all_tied(),
        firsts_by_groups(),
        nothing(),
    )
