"""Every chart as a table of words, for those who cannot or do not want to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.charts import Words
from analysis.charts.figures import Figure, Figures, in_order, read
from analysis.disclosure import Protected
from analysis.language import Language
from analysis.report.phrases import Phrases


@dataclass(frozen=True)
class Display:
    """A table as people read it; the first column heads the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def display(protected: Protected, words: Words, language: Language) -> Display:
    """The table of a chart."""
    if protected.figures.empty:
        return Display((), ())
    writer = WRITERS[protected.kind]
    if protected.kind == "agreement" and len(protected.items) > 1:
        writer = _battery
    return writer(_Table(protected, words, language))


class _Table:
    """One table, read, with what is needed to say its figures."""

    def __init__(self, protected: Protected, words: Words, language: Language) -> None:
        self.protected = protected
        self.words = words
        self.figures: Figures = read(protected)
        self.phrases = Phrases(language)
        self.gettext: Callable[[str], str] = language.gettext

    def has_intervals(self, *statistics: str) -> bool:
        return any(row.has_interval for row in self.figures.of(*statistics))

    def named(self, name: str, value: str) -> str:
        """A label that says more precisely what another one names."""
        text = self.gettext("%(name)s: %(value)s")
        return text % {"name": name, "value": value}

    def share_columns(self, *statistics: str) -> tuple[str, ...]:
        columns = [self.gettext("Share")]
        if self.has_intervals(*statistics):
            columns.append(self.gettext("Range of uncertainty"))
        return (*columns, self.gettext("Answers"))

    def share_cells(self, row: Figure, *statistics: str) -> tuple[str, ...]:
        cells = [self.phrases.share(row)]
        if self.has_intervals(*statistics):
            cells.append(self.phrases.interval(row))
        counted = self.phrases.count(row.n) if row.n is not None else ""
        return (*cells, counted)


def _one_way(table: _Table) -> Display:
    rows = [
        (table.words.category(row.category), table.share_cells(row, "share"))
        for row in table.figures.of("share")
    ]
    rows += [
        (table.words.category(row.category), _missing_cells(table, row))
        for row in table.figures.of("missing")
    ]
    columns = (table.gettext("Answer"), *table.share_columns("share"))
    return Display(columns, tuple(rows))


def _missing_cells(table: _Table, row: Figure) -> tuple[str, ...]:
    counted = table.phrases.count(row.n) if row.n is not None else ""
    said = table.phrases.signs.get(row.sign, "")
    blank = ("",) * (len(table.share_columns("share")) - 2)
    return (said, *blank, counted)


def _battery(table: _Table) -> Display:
    categories = in_order(table.figures.of("share"), lambda row: row.category)
    refusals = in_order(
        [row for row in table.figures.of("missing") if row.category in ("-3", "-4")],
        lambda row: row.category,
    )
    columns = (
        "",
        *(table.words.category(code) for code in categories),
        table.words.say("net"),
        *(table.words.category(code) for code in refusals),
        table.gettext("Base"),
    )
    rows = []
    for item in table.protected.items:
        cells = [
            _said(table.figures.one("share", item=item, category=code), table)
            for code in categories
        ]
        net = table.figures.one("net", item=item)
        cells.append(table.phrases.signed(net) if net else "")
        cells += [
            _said(table.figures.one("missing", item=item, category=code), table)
            for code in refusals
        ]
        first = table.figures.of("share", item=item)
        cells.append(table.phrases.base(first[0]) if first else "")
        rows.append((table.words.item(item), tuple(cells)))
    return Display(columns, tuple(rows))


def _said(row: Figure | None, table: _Table) -> str:
    return table.phrases.share(row) if row is not None else ""


def _by_group(table: _Table) -> Display:
    many = len(table.protected.items) > 1
    statistic = "top2" if many else "share"
    rows = table.figures.of(statistic)
    heads = in_order(rows, lambda row: row.item if many else row.category)
    groups = in_order(rows, lambda row: row.group)
    name = table.words.item if many else table.words.category
    lines = []
    for group in groups:
        found = {
            (row.item if many else row.category): row
            for row in rows
            if row.group == group
        }
        cells = [_said(found.get(head), table) for head in heads]
        bases = [row for row in found.values() if row.base is not None]
        if not many:
            cells.append(table.phrases.base(bases[0]) if bases else "")
        lines.append((table.words.group(group), tuple(cells)))
    last = () if many else (table.gettext("Base"),)
    columns = (table.gettext("Group"), *(name(head) for head in heads), *last)
    return Display(columns, tuple(lines))


def _matrix(table: _Table) -> Display:
    codes = in_order(table.figures.of("importance"), lambda row: row.category)
    decided = {
        each.category: each.value
        for each in table.protected.statements
        if each.kind == "quadrant"
    }
    with_places = bool(table.figures.of("rank_low"))
    rows = []
    for code in codes:
        importance = table.figures.of("importance", category=code)
        satisfaction = table.figures.of("satisfaction", category=code)
        cells = [
            _said(found[0] if found else None, table)
            for found in (importance, satisfaction)
        ]
        if with_places:
            low = table.figures.of("rank_low", category=code)
            high = table.figures.of("rank_high", category=code)
            cells.append(
                table.phrases.places(low[0] if low else None, high[0] if high else None)
            )
        value = decided.get(code, "open")
        place = "undecided" if value == "open" else f"corner.{value}"
        text = table.gettext("not decidable")
        cells.append(text if place == "undecided" else table.words.say(place))
        rows.append((table.words.category(code), tuple(cells)))
    columns = (
        table.gettext("Field of action"),
        table.words.say("importance"),
        table.words.say("satisfaction"),
        *((table.gettext("Place by gap"),) if with_places else ()),
        table.gettext("Where it stands"),
    )
    return Display(columns, tuple(rows))


def _ranks(table: _Table) -> Display:
    codes = in_order(table.figures.of("rank", "first"), lambda row: row.category)
    with_places = bool(table.figures.of("rank_low"))
    rows = []
    for code in codes:
        place = table.figures.one("rank", item=table.protected.items[0], category=code)
        cells = [_place(place, table)]
        if with_places:
            low = table.figures.of("rank_low", category=code)
            high = table.figures.of("rank_high", category=code)
            cells.append(
                table.phrases.places(low[0] if low else None, high[0] if high else None)
            )
        first = table.figures.of("first", category=code)
        cells.append(_said(first[0] if first else None, table))
        rows.append((table.words.category(code), tuple(cells)))
    columns = (
        table.gettext("Answer"),
        table.words.say("rank"),
        *((table.words.say("rank_interval"),) if with_places else ()),
        table.words.say("first"),
    )
    return Display(columns, tuple(rows))


def _place(row: Figure | None, table: _Table) -> str:
    if row is None or row.share is None:
        return table.phrases.signs.get(row.sign, "") if row else ""
    return table.phrases.count(round(row.share))


STEPS = (
    "invited",
    "undeliverable",
    "started",
    "completed",
    "partial",
    "ineligible",
    "excluded",
    "response_rate",
    "cooperation_rate",
    "completion_rate",
)


def _participation(table: _Table) -> Display:
    rows: list[tuple[str, tuple[str, ...]]] = []
    for row in table.figures.of(*STEPS):
        label = table.words.say(row.statistic)
        if row.channel:
            label = table.named(label, table.words.group(row.channel))
        if row.category:
            label = table.named(label, table.words.category(row.category))
        rows.append((label, _step_cells(row, table)))
    for row in table.figures.of("share"):
        label = table.named(
            table.words.item(row.item), table.words.category(row.category, row.item)
        )
        rows.append((label, _step_cells(row, table)))
    for row in table.figures.of("reached"):
        label = table.named(
            table.words.say("reached"), table.words.category(row.category)
        )
        rows.append((label, _step_cells(row, table)))
    columns = (table.gettext("Step"), table.gettext("Answers"), table.gettext("Share"))
    return Display(columns, tuple(rows))


def _step_cells(row: Figure, table: _Table) -> tuple[str, str]:
    counted = table.phrases.count(row.n) if row.n is not None else ""
    if row.share is None and not row.sign:
        return counted, ""
    return counted, table.phrases.share(row)


Writer = Callable[[_Table], Display]
WRITERS: dict[str, Writer] = {
    "agreement": _one_way,
    "dots": _one_way,
    "groups": _by_group,
    "matrix": _matrix,
    "ranks": _ranks,
    "participation": _participation,
}
