"""Every chart as a table of words, for those who cannot or do not want to see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.charts.figures import Figure, in_order
from analysis.report import terms
from analysis.report.ends import favourable, named, unfavourable
from analysis.report.finding import Finding
from analysis.report.participation import participation
from analysis.report.people import people
from analysis.report.rows import Cells, Display, Row

REFUSALS = ("-3", "-4")


def display(finding: Finding) -> Display:
    """The table of a chart; empty where nothing is published."""
    protected = finding.protected
    if finding.says_nothing:
        return Display((), ())
    writer = WRITERS[protected.kind]
    if protected.kind == "agreement" and len(protected.items) > 1:
        writer = _battery
    if finding.figures.of("points_middle"):
        writer = _points
    return writer(finding)


@dataclass(frozen=True)
class _Shares:
    """How shares of one question are set in columns."""

    finding: Finding

    @property
    def has_ranges(self) -> bool:
        rows = self.finding.figures.of("share", "top2")
        return any(row.has_interval for row in rows)

    @property
    def has_weights(self) -> bool:
        return any(row.is_weighted for row in self.finding.figures.of("share", "top2"))

    @property
    def columns(self) -> tuple[str, ...]:
        _ = self.finding.gettext
        ranges = (_("Range of uncertainty"),) if self.has_ranges else ()
        weights = (_("Weighted share"), *ranges) if self.has_weights else ()
        return (_("Answer"), _("Share"), *ranges, *weights, _("Answers"))

    def cells(self, row: Figure) -> Cells:
        phrases = self.finding.phrases
        beside = (phrases.share(row.weighted), phrases.interval(row.weighted))
        return self._set(self.finding.share(row), phrases.interval(row), beside, row)

    def points(self, row: Figure) -> Cells:
        phrases = self.finding.phrases
        weighted = row.weighted
        beside = (phrases.signed(weighted), phrases.signed_interval(weighted))
        return self._set(
            phrases.signed(row), phrases.signed_interval(row), beside, None
        )

    def missing(self, row: Figure) -> Cells:
        sign = self.finding.phrases.signs.get(row.sign, "")
        return self._set(sign, "", ("", ""), row)

    def _set(
        self, share: str, span: str, beside: tuple[str, str], counted: Figure | None
    ) -> Cells:
        """Weighted percent and unweighted count always stand together."""
        ends = 2 if self.has_ranges else 1
        weights = beside[:ends] if self.has_weights else ()
        count = self.finding.phrases.counted(counted) if counted else ""
        return (*(share, span)[:ends], *weights, count)


def _one_way(finding: Finding) -> Display:
    """Every answer, then what is counted together, then who gave none."""
    shares = _Shares(finding)
    name = finding.words.category
    rows: list[Row] = [
        (name(row.category), shares.cells(row)) for row in finding.figures.of("share")
    ]
    rows += [
        (name_of_end(finding, row.statistic), shares.cells(row))
        for row in finding.figures.of("top2", "bottom2")
    ]
    rows += [
        (finding.words.say("net"), shares.points(row))
        for row in finding.figures.of("net")
    ]
    rows += [
        (name(row.category), shares.missing(row))
        for row in finding.figures.of("missing")
    ]
    return Display(shares.columns, tuple(rows))


def _points(finding: Finding) -> Display:
    """Who gave an option anything, and how much the people in the middle gave."""
    _, phrases = finding.gettext, finding.phrases
    shares = _Shares(finding)
    *before, count = shares.columns
    rows: list[Row] = []
    for row in finding.figures.of("share"):
        low, middle, high = (
            finding.figures.one(name, item=row.item, category=row.category)
            for name in ("points_low", "points_middle", "points_high")
        )
        *cells, counted = shares.cells(row)
        half = (phrases.points(middle), phrases.places(low, high))
        rows.append((finding.words.category(row.category), (*cells, *half, counted)))
    columns = (*before, _("Median of points"), _("Middle half of points"), count)
    return Display(columns, tuple(rows))


def name_of_end(finding: Finding, statistic: str) -> str:
    """Which answers ``top2`` or ``bottom2`` count."""
    if finding.scale is None:
        return finding.words.say(statistic)
    end = favourable if statistic == "top2" else unfavourable
    return named(end(finding.scale), finding.words, finding.language)


def _battery(finding: Finding) -> Display:
    categories = in_order(finding.figures.of("share"), lambda row: row.category)
    found = finding.figures.of("missing")
    refusals = in_order(
        [row for row in found if row.category in REFUSALS], lambda row: row.category
    )
    top = name_of_end(finding, "top2")
    columns = (
        "",
        *(finding.words.category(code) for code in categories),
        top,
        *_weighted_heads(finding, (top,), finding.figures.of("top2")),
        finding.words.say("net"),
        *(finding.words.category(code) for code in refusals),
        finding.gettext("Base"),
    )
    rows = tuple(
        (finding.words.item(item), _battery_row(finding, item, categories, refusals))
        for item in finding.protected.items
    )
    return Display(columns, rows)


def _battery_row(
    finding: Finding,
    item: str,
    categories: tuple[str, ...],
    refusals: tuple[str, ...],
) -> Cells:
    one, phrases = finding.figures.one, finding.phrases
    shares = [one("share", item=item, category=code) for code in categories]
    top, net = one("top2", item=item), one("net", item=item)
    refused = [one("missing", item=item, category=code) for code in refusals]
    return (
        *(finding.share(row) if row else "" for row in shares),
        finding.said(top),
        *_weighted_cells(finding, (top,), finding.figures.of("top2")),
        phrases.signed(net) if net else "",
        *(finding.said(row) for row in refused),
        phrases.base(shares[0]) if shares and shares[0] else "",
    )


def _weighted_heads(
    finding: Finding, names: Sequence[str], rows: Sequence[Figure]
) -> Cells:
    """Heads of the weighted columns, where the table has any."""
    text = finding.gettext("%(name)s, weighted")
    is_weighted = any(row.is_weighted for row in rows)
    return tuple(text % {"name": name} for name in names if is_weighted)


def _weighted_cells(
    finding: Finding, rows: Sequence[Figure | None], among: Sequence[Figure]
) -> Cells:
    """The weighted shares of a line with their ranges, where the table has any."""
    if not any(row.is_weighted for row in among):
        return ()
    return tuple(finding.phrases.ranged(row.weighted) if row else "" for row in rows)


def _by_group(finding: Finding) -> Display:
    """A row for every answer, a column for every group, the bases below."""
    figures = finding.figures
    rows = figures.of("share", "top2", "first", "ranked")
    if len(finding.protected.items) > 1 and figures.of("top2"):
        rows = figures.of("top2")
    groups = in_order(rows, lambda row: row.group)
    lines: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for row in rows:
        line = lines.setdefault((row.item, row.statistic, row.category), {})
        line[row.group] = row
    table: list[Row] = [
        (
            _head(finding, *place),
            tuple(finding.said(line.get(group)) for group in groups),
        )
        for place, line in lines.items()
    ]
    if len(finding.protected.items) == 1:
        table.append((finding.gettext("Base"), _bases(finding, rows, groups)))
    columns = ("", *(finding.words.group(group) for group in groups))
    return Display(columns, tuple(table))


def _head(finding: Finding, item: str, statistic: str, category: str) -> str:
    """What a row of a comparison is about."""
    if statistic in ("first", "ranked"):
        name = finding.words.category(category)
        return finding.phrases.detailed(name, finding.words.say(statistic))
    has_rows = len(finding.protected.items) > 1
    if has_rows and category:
        name = finding.words.item(item)
        return finding.phrases.detailed(name, finding.words.category(category))
    if category:
        return finding.words.category(category)
    return finding.words.item(item) if has_rows else name_of_end(finding, statistic)


def _bases(
    finding: Finding, rows: tuple[Figure, ...], groups: tuple[str, ...]
) -> Cells:
    bases = {row.group: row for row in rows if row.base is not None}
    return tuple(
        finding.phrases.base(bases[group]) if group in bases else "" for group in groups
    )


def _matrix(finding: Finding) -> Display:
    codes = in_order(finding.figures.of("importance"), lambda row: row.category)
    has_places = bool(finding.figures.of("rank_low"))
    columns = (
        finding.gettext("Field of action"),
        finding.words.say("importance"),
        finding.words.say("satisfaction"),
        *((finding.gettext("Places by gap"),) if has_places else ()),
        finding.gettext("Where it stands"),
    )
    rows = tuple(
        (
            finding.words.category(code),
            (
                _of(finding, "importance", code),
                _of(finding, "satisfaction", code),
                *((_places(finding, code),) if has_places else ()),
                _corner(finding, code),
            ),
        )
        for code in codes
    )
    return Display(columns, rows)


def _corner(finding: Finding, code: str) -> str:
    """Where a field stands, and in open participation whether it would stay there."""
    said = {
        each.kind: each.value
        for each in finding.protected.statements
        if each.category == code
    }
    value = said.get("quadrant", "open")
    corner = finding.gettext("not decidable")
    if value != "open":
        corner = finding.words.say(f"corner.{value}")
    if "stability" not in said:
        return corner
    text = finding.gettext("%(corner)s (%(stability)s)")
    known = terms.stabilities(finding.language)
    return text % {"corner": corner, "stability": known[said["stability"]]}


def _of(finding: Finding, statistic: str, category: str) -> str:
    return finding.said(_figure(finding, statistic, category))


def _figure(finding: Finding, statistic: str, category: str) -> Figure | None:
    found = finding.figures.of(statistic, category=category)
    return found[0] if found else None


def _places(finding: Finding, category: str) -> str:
    low = finding.figures.of("rank_low", category=category)
    high = finding.figures.of("rank_high", category=category)
    return finding.phrases.places(low[0] if low else None, high[0] if high else None)


def _ranks(finding: Finding) -> Display:
    codes = in_order(finding.figures.of("rank", "first"), lambda row: row.category)
    has_places = bool(finding.figures.of("rank_low"))
    names = (finding.words.say("first"), finding.words.say("ranked"))
    among = finding.figures.of("first", "ranked")
    columns = (
        finding.gettext("Answer"),
        finding.words.say("rank"),
        *((finding.words.say("rank_interval"),) if has_places else ()),
        *names,
        *_weighted_heads(finding, names, among),
    )
    rows = tuple(
        (
            finding.words.category(code),
            (
                _place(finding, code),
                *((_places(finding, code),) if has_places else ()),
                _of(finding, "first", code),
                _of(finding, "ranked", code),
                *_weighted_cells(
                    finding,
                    [_figure(finding, name, code) for name in ("first", "ranked")],
                    among,
                ),
            ),
        )
        for code in codes
    )
    return Display(columns, rows)


def _place(finding: Finding, category: str) -> str:
    found = finding.figures.of("rank", category=category)
    return finding.phrases.points(found[0] if found else None)


WRITERS: dict[str, Callable[[Finding], Display]] = {
    "agreement": _one_way,
    "dots": _one_way,
    "groups": _by_group,
    "matrix": _matrix,
    "ranks": _ranks,
    "participation": participation,
    "people": people,
}
