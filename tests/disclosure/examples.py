"""Protected tables written by hand, one of each kind."""

from analysis.disclosure.protected import (
    Protected,
    Secured,
    Statement,
    figure_id,
    frame,
)

FIELDS = tuple(f"f{number}" for number in range(1, 10))
SATISFACTION = ("very", "rather", "partly", "rather_not", "not")


class Sheet:
    """Collects figures of one table; every value is written down by hand."""

    def __init__(self, table: str, design: str) -> None:
        self.table = table
        self.design = design
        self.records: list[dict[str, object]] = []

    def add(
        self,
        item: str,
        statistic: str,
        *,
        category: str = "",
        group: str = "",
        variable: str = "",
        channel: str = "",
        n: int | None = None,
        base: int | None = None,
        share: float | None = None,
        low: float | None = None,
        high: float | None = None,
        sign: str = "",
    ) -> None:
        if self.design == "open":
            low = high = None
        self.records.append(
            {
                "table": self.table,
                "item": item,
                "category": category,
                "group": group,
                "n": n,
                "share": share,
                "low": low,
                "high": high,
                "sign": sign,
                "figure_id": figure_id(
                    survey="example",
                    wave="1",
                    channel=channel,
                    table=self.table,
                    item=item,
                    statistic=statistic,
                    category=category,
                    group_variable=variable,
                    group=group,
                ),
                "statistic": statistic,
                "group_variable": variable,
                "channel": channel,
                "wave": "1",
                "base": base,
                "design": self.design,
                "weighted": False,
                "package_hash": "0" * 64,
            }
        )

    def protected(self, kind: str, items: tuple[str, ...], **more: object) -> Protected:
        return Protected(
            table=self.table,
            kind=kind,
            items=items,
            group_variable=str(more.pop("group_variable", "")),
            figures=frame(self.records),
            design=self.design,
            **more,  # type: ignore[arg-type]
        )


def agreement(design: str = "random") -> Protected:
    """Nine rows of satisfaction; one small, one withheld, one of large majority."""
    sheet = Sheet("q04", design)
    rows = {
        "q04_f1": (60, 150, 120, 90, 55, 475, 60),
        "q04_f2": (35, 110, 150, 120, 75, 490, 45),
        "q04_f3": (20, 75, 105, 165, 145, 510, 20),
        "q04_f4": (70, 190, 120, 75, 30, 485, 45),
        "q04_f5": (40, 140, 155, 105, 60, 500, 35),
        "q04_f6": (25, 85, 180, 100, 50, 440, 95),
    }
    for item, (*counts, base, unknown) in rows.items():
        for category, n in zip(SATISFACTION, counts, strict=True):
            share = round(n / base, 2)
            sheet.add(
                item,
                "share",
                category=category,
                n=n,
                base=base,
                share=share,
                low=max(0, round(share - 0.04, 2)),
                high=round(share + 0.04, 2),
            )
        for statistic, n in (
            ("top2", counts[0] + counts[1]),
            ("bottom2", counts[3] + counts[4]),
            ("net", counts[0] + counts[1] - counts[3] - counts[4]),
        ):
            share = round(n / base, 2)
            low, high = round(share - 0.05, 2), round(share + 0.05, 2)
            sheet.add(item, statistic, n=n, base=base, share=share, low=low, high=high)
        sheet.add(item, "missing", category="-3", n=unknown)
        sheet.add(item, "missing", category="-4", n=5)
        sheet.add(item, "missing", category="-2", n=0)
    _small(sheet, "q04_f7")
    _withheld(sheet, "q04_f8")
    _majority(sheet, "q04_f9")
    return sheet.protected(
        "agreement",
        (*rows, "q04_f7", "q04_f8", "q04_f9"),
        statements=(
            *(Statement("median", item, "partly") for item in rows),
            Statement("majority", "q04_f9", "very"),
        ),
        base=510,
        notes=("rounded", "own_sum", "uncertain", "protected", "homogeneous"),
    )


def _small(sheet: Sheet, item: str) -> None:
    for category, n in zip(SATISFACTION, (5, 10, 5, 0, 5), strict=True):
        sheet.add(item, "share", category=category, n=n, base=25, sign="uncertain")
    for statistic in ("top2", "bottom2", "net"):
        sheet.add(item, statistic, base=25, sign="few")
    sheet.add(item, "missing", category="-3", n=480)
    sheet.add(item, "missing", category="-4", n=20)
    sheet.add(item, "missing", category="-2", n=5)


def _withheld(sheet: Sheet, item: str) -> None:
    for category in SATISFACTION:
        sheet.add(item, "share", category=category, sign="protected")
    for statistic in ("top2", "bottom2", "net"):
        sheet.add(item, statistic, sign="protected")
    for category in ("-3", "-4", "-2"):
        sheet.add(item, "missing", category=category, sign="protected")


def _majority(sheet: Sheet, item: str) -> None:
    for category in SATISFACTION:
        sheet.add(item, "share", category=category, base=20, sign="protected")
    for statistic in ("top2", "bottom2", "net"):
        sheet.add(item, statistic, base=20, sign="protected")
    for category, n in (("-3", 485), ("-4", 5), ("-2", 20)):
        sheet.add(item, "missing", category=category, n=n)


def dots(design: str = "random") -> Protected:
    """One question with one answer, in a small town: percentages in steps of 5."""
    sheet = Sheet("q15", design)
    for category, n, share, low, high in (
        ("yes", 10, 0.10, 0.05, 0.20),
        ("rather_yes", 25, 0.30, 0.19, 0.42),
        ("rather_no", 35, 0.40, 0.29, 0.53),
        ("no", 15, 0.20, 0.10, 0.29),
    ):
        sheet.add(
            "q15",
            "share",
            category=category,
            n=n,
            base=85,
            share=share,
            low=low,
            high=high,
        )
    sheet.add("q15", "missing", category="-2", n=30)
    return sheet.protected(
        "dots",
        ("q15",),
        statements=(Statement("median", "q15", "rather_no"),),
        base=85,
        notes=("rounded", "own_sum", "about", "nonresponse_over_20"),
    )


def multiple(design: str = "random") -> Protected:
    """One question with several answers; an observed zero has no sign."""
    sheet = Sheet("q14", design)
    for category, n, share, low, high in (
        ("bulletin", 240, 0.45, 0.40, 0.50),
        ("website", 310, 0.58, 0.53, 0.63),
        ("app", 185, 0.35, 0.30, 0.39),
        ("letter", 90, 0.17, 0.13, 0.21),
        ("notice", 0, 0.00, 0.00, 0.02),
    ):
        sheet.add(
            "q14",
            "share",
            category=category,
            n=n,
            base=535,
            share=share,
            low=low,
            high=high,
        )
    sheet.add("q14", "missing", category="-2", n=45)
    return sheet.protected("dots", ("q14",), base=535, notes=("rounded", "multiple"))


def groups(design: str = "random") -> Protected:
    """One question by a released group variable, with one secured difference."""
    sheet = Sheet("q13-by-d3", design)
    rows = {
        "self": (10, 20, 35, 45, 20, 130),
        "parents": (15, 20, 15, 10, 5, 65),
        "no": (95, 130, 80, 40, 10, 355),
    }
    categories = ("very_well", "well", "partly", "badly", "not_at_all")
    for group, (*counts, base) in rows.items():
        step = 0.05 if base < 100 else 0.01
        for category, n in zip(categories, counts, strict=True):
            share = round(round(n / base / step) * step, 2)
            sheet.add(
                "q13",
                "share",
                category=category,
                group=group,
                variable="d3",
                n=n,
                base=base,
                share=share,
                low=max(0, round(share - 0.08, 2)),
                high=round(share + 0.08, 2),
            )
        n = counts[0] + counts[1]
        share = round(round(n / base / step) * step, 2)
        low, high = round(share - 0.09, 2), round(share + 0.09, 2)
        sheet.add(
            "q13",
            "top2",
            group=group,
            variable="d3",
            n=n,
            base=base,
            share=share,
            low=low,
            high=high,
        )
    for category in categories:
        sheet.add(
            "q13",
            "share",
            category=category,
            group="other",
            variable="d3",
            sign="protected",
        )
    sheet.add("q13", "top2", group="other", variable="d3", sign="protected")
    return sheet.protected(
        "groups",
        ("q13",),
        group_variable="d3",
        secured=(
            Secured("q13", "self", -0.41, 0.0002, group_variable="d3"),
            Secured("q13", "no", 0.38, 0.0004, group_variable="d3"),
        ),
        base=355,
        notes=("rounded", "own_sum", "about", "protected", "merged:d3"),
    )


def matrix(design: str = "random") -> Protected:
    """Nine fields of action: importance, satisfaction, gap, places, quadrants."""
    sheet = Sheet("priority-matrix", design)
    values = {
        "f1": (0.42, 0.44, "keep", True, 2, 5),
        "f2": (0.38, 0.30, "act", True, 1, 3),
        "f3": (0.61, 0.19, "act", True, 1, 1),
        "f4": (0.33, 0.54, "keep", False, 4, 7),
        "f5": (0.29, 0.36, "watch", False, 3, 7),
        "f6": (0.14, 0.25, "watch", True, 6, 9),
        "f7": (0.11, 0.58, "calm", True, 8, 9),
        "f8": (0.34, 0.39, "act", False, 2, 6),
        "f9": (0.21, 0.47, "calm", False, 6, 8),
    }
    for field, (importance, satisfaction, _, _, low, high) in values.items():
        for statistic, value in (
            ("importance", importance),
            ("satisfaction", satisfaction),
            ("gap", round(importance * (1 - satisfaction), 2)),
        ):
            sheet.add(
                "",
                statistic,
                category=field,
                n=None if statistic == "gap" else round(value * 100) * 5,
                base=500,
                share=value,
                low=round(value - 0.04, 2),
                high=round(value + 0.04, 2),
            )
        sheet.add("", "rank_low", category=field, share=low, base=500)
        sheet.add("", "rank_high", category=field, share=high, base=500)
    return sheet.protected(
        "matrix",
        ("q05", "q04"),
        statements=tuple(
            Statement("quadrant", "", name if decided else "open", category=field)
            for field, (_, _, name, decided, _, _) in values.items()
        ),
        base=500,
        notes=("rounded",),
    )


def ranks(design: str = "random") -> Protected:
    """What the residents put first; the third place is shared."""
    sheet = Sheet("q06", design)
    values = {
        "f3": (1, 1, 1, 150, 310),
        "f2": (2, 2, 3, 85, 195),
        "f1": (3, 2, 5, 70, 215),
        "f8": (3, 3, 5, 45, 175),
        "f4": (5, 4, 6, 45, 170),
        "f5": (6, 5, 7, 40, 150),
        "f9": (7, 6, 8, 30, 105),
        "f6": (8, 7, 9, 15, 70),
        "f7": (9, 8, 9, 10, 55),
    }
    for field, (rank, low, high, first, ranked) in values.items():
        for statistic, n in (("first", first), ("ranked", ranked)):
            share = round(n / 490, 2)
            sheet.add(
                "q06",
                statistic,
                category=field,
                n=n,
                base=490,
                share=share,
                low=max(0, round(share - 0.04, 2)),
                high=round(share + 0.04, 2),
            )
        for statistic, place in (
            ("rank", rank),
            ("rank_low", low),
            ("rank_high", high),
        ):
            sheet.add("q06", statistic, category=field, share=place, base=490)
    return sheet.protected("ranks", ("q06",), base=490, notes=("rounded",))


def participation(design: str = "random") -> Protected:
    """Who took part: channels, rates, people, pages."""
    sheet = Sheet("participation", design)
    invited = None if design == "open" else 800
    for channel, n, rate in (("", 600, 0.75), ("code", 560, 0.70), ("paper", 40, None)):
        sheet.add(
            "",
            "completed",
            channel=channel,
            n=n,
            base=invited if channel == "" else None,
        )
        sheet.add(
            "",
            "response_rate",
            channel=channel,
            base=invited,
            share=rate if design != "open" else None,
            sign="" if rate is not None and design != "open" else "not_meaningful",
        )
    if invited:
        sheet.add("", "invited", n=invited)
        sheet.add("", "undeliverable", n=10)
    sheet.add("", "started", n=655)
    sheet.add("", "partial", n=35, base=600, share=0.06)
    sheet.add("", "ineligible", n=5, base=600, share=0.01)
    sheet.add("", "excluded", n=0, category="identical")
    for page, n in (("q01", 655), ("q02", 640), ("q05", 625), ("q04", 610)):
        sheet.add("", "reached", category=page, n=n, base=655, share=round(n / 655, 2))
    for item, category, n in (
        ("d1", "16_24", 60),
        ("d1", "25_44", 185),
        ("d1", "45_64", 210),
        ("d1", "65", 115),
        ("d3", "self", 135),
        ("d3", "parents", 70),
        ("d3", "no", 365),
    ):
        sheet.add(
            item, "share", category=category, n=n, base=570, share=round(n / 570, 2)
        )
    return sheet.protected("participation", ("d1", "d3"), base=600, notes=("rounded",))


def below_minimum() -> Protected:
    """A survey that too few people answered: nothing but this fact."""
    return Sheet("participation", "open").protected(
        "participation", (), notes=("below_minimum",)
    )


def every_kind(design: str = "random") -> tuple[Protected, ...]:
    """Return one table of each kind."""
    kinds = (participation, agreement, dots, multiple, groups, matrix, ranks)
    return tuple(kind(design) for kind in kinds)
