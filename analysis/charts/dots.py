"""Dots with intervals: which share gave an answer, and how sure that is.

Knows only protected figures; an open survey has no intervals to draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, in_order, read, shown
from analysis.charts.frame import WITHHELD, Entry, legend, sentence
from analysis.charts.marks import mark_entries
from analysis.charts.scale import RADIUS, Track, axis, plot, register_symbol
from analysis.charts.sheet import END, Box, Look, Sheet
from analysis.charts.text import Block
from analysis.charts.words import Words
from analysis.disclosure import Protected

NUMBER, LINE = 16.0, 22.0
ROW_GAP, COLUMN_GAP, BLOCK_GAP = 12.0, 12.0, 18.0
LABEL_SHARE, MOST_LINES = 0.36, 2
GROUPED = ("top2", "first")
RULE = Look(edge=style.TRACK, thickness=1)
HEAVY = Look(style.ACTION, layer=2)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chart; ``register`` is the share of a register beside it."""

    label: str
    figure: Figure
    is_secured: bool = False
    register: float | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What labels and numbers take beside the tracks; the same for a whole chart.

    One axis serves all its lines. Where ``labels`` is 0 they stand above the tracks.
    """

    labels: float
    numbers: float

    def track(self, sheet: Sheet) -> Track:
        """The track between them."""
        start = self.labels + COLUMN_GAP if self.labels else 0.0
        return Track(start + RADIUS, sheet.room - self.numbers - COLUMN_GAP)


def draw(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """One question: a line per answer, its label above its track."""
    figures = read(protected)
    y = legend(sheet, y, mark_entries(figures.of("share"), words))
    for item in protected.items:
        majority = _majority(protected, words, item, "")
        rows = [
            Row(words.category(figure.category), figure)
            for figure in figures.of("share", item=item, group="")
        ]
        if majority:
            y = sentence(sheet, majority, y) + BLOCK_GAP
        elif rows:
            places = Columns(0.0, _number_width(sheet, words, rows))
            y = lines(sheet, words, rows, y, places=places, has_axis=True) + BLOCK_GAP
    return y - BLOCK_GAP


def draw_groups(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """One or more questions by groups: a line per group, its label beside its track.

    Scales show the share of the favourable answers; other questions have a block for
    each answer, ranks the share that put it first. A secured difference is bold.
    """
    figures = read(protected)
    statistic = next((name for name in GROUPED if figures.of(name)), "share")
    y = legend(sheet, y, _group_entries(protected, figures, statistic, words))
    blocks = {
        item: list(_blocks(protected, figures.of(statistic, item=item), words, item))
        for item in protected.items
    }
    rows = [row for found in blocks.values() for _, block in found for row in block]
    places = columns(sheet, words, rows)
    is_first = True
    for item, found in blocks.items():
        for heading, block in found:
            if heading:
                y = _begin(sheet, heading, y, is_first=is_first)
            y = lines(sheet, words, block, y, places=places, has_axis=is_first)
            y += BLOCK_GAP
            is_first = False
        y = _majorities(sheet, protected, words, item, y)
    return y - BLOCK_GAP


def _blocks(
    protected: Protected, figures: Sequence[Figure], words: Words, item: str
) -> Iterator[tuple[str, list[Row]]]:
    """The lines of a question, a block for each answer with what it is about."""
    for answer in in_order(figures, lambda figure: figure.category):
        yield (
            _heading(protected, words, item, answer),
            [
                Row(
                    words.group(figure.group),
                    figure,
                    _is_secured(protected, item, answer, figure.group),
                )
                for figure in figures
                if figure.category == answer
            ],
        )


def write_heading(sheet: Sheet, text: str, y: float) -> float:
    """Write what a block is about; where its lines begin."""
    block = sheet.type(style.BODY, bold=True).fit(text, sheet.room)
    sheet.write(block, 0, y)
    return y + block.height + (6 if sheet.is_narrow else 3)


def columns(sheet: Sheet, words: Words, rows: Sequence[Row]) -> Columns:
    """The room that labels and numbers of all these lines need.

    Labels stand beside the tracks, unless the sheet is narrow or one is too long.
    """
    numbers = _number_width(sheet, words, rows)
    if sheet.is_narrow or not rows:
        return Columns(0.0, numbers)
    kinds = [sheet.type(style.BODY, bold=row.is_secured) for row in rows]
    pairs = list(zip(kinds, rows, strict=True))
    widest = max(kind.narrowest(row.label) for kind, row in pairs)
    room = max(sheet.room * LABEL_SHARE, widest)
    labels = [kind.fit(row.label, room) for kind, row in pairs]
    if any(len(label.lines) > MOST_LINES for label in labels):
        return Columns(0.0, numbers)
    return Columns(max(label.width for label in labels), numbers)


def lines(
    sheet: Sheet,
    words: Words,
    rows: Sequence[Row],
    y: float,
    *,
    places: Columns,
    has_axis: bool,
) -> float:
    """Lines with their labels beside or above their tracks; where they end."""
    track = places.track(sheet)
    y = axis(sheet, track, y) if has_axis else y
    draw_lines = _beside if places.labels else _above
    return draw_lines(sheet, words, rows, y, places)


def _beside(
    sheet: Sheet, words: Words, rows: Sequence[Row], y: float, places: Columns
) -> float:
    track = places.track(sheet)
    for row in rows:
        kind = sheet.type(style.BODY, bold=row.is_secured)
        label = kind.fit(row.label, places.labels)
        height = max(LINE, label.height)
        sheet.write(label, 0, y + (height - label.height) / 2)
        _line(sheet, words, track, row, y + height / 2)
        y += height + 4
    return y - 4


def _above(
    sheet: Sheet, words: Words, rows: Sequence[Row], y: float, places: Columns
) -> float:
    track = places.track(sheet)
    for row in rows:
        kind = sheet.type(style.BODY, bold=row.is_secured)
        label = kind.fit(row.label, sheet.room)
        sheet.write(label, 0, y)
        y += label.height
        _line(sheet, words, track, row, y + LINE / 2)
        y += LINE + ROW_GAP
    return y - ROW_GAP


def _line(sheet: Sheet, words: Words, track: Track, row: Row, middle: float) -> None:
    """One track with its number at the end, or with the words of its sign."""
    figure = row.figure
    if figure.sign and not figure.is_uncertain:
        _words_on(sheet, track, words.say(f"sign.{figure.sign}"), figure.sign, middle)
        return
    plot(sheet, track, figure, middle)
    if row.register is not None:
        register_symbol(sheet, track.at(row.register), middle)
    sheet.figure(_number(sheet, words, row), sheet.room, middle, align=END)


def _number(sheet: Sheet, words: Words, row: Row) -> Block:
    text = shown(row.figure, words, sheet.language)
    return sheet.number(text, NUMBER, bold=not _is_plain(row))


def _is_plain(row: Row) -> bool:
    """Beside groups only secured differences are bold; elsewhere every number is."""
    return bool(row.figure.group) and not row.is_secured


def _words_on(sheet: Sheet, track: Track, text: str, sign: str, middle: float) -> None:
    block = sheet.type(style.SMALL).fit(text, sheet.room - track.start - 12)
    height = max(LINE, block.height)
    if sign == "protected":
        end = max(track.end, track.start + block.width + 12)
        box = Box(track.start, middle - height / 2, end - track.start, height)
        sheet.rectangle(box, WITHHELD)
        plate = Box(
            box.left + 4, middle - block.height / 2, block.width + 6, block.height
        )
        sheet.rectangle(plate, Look(style.WHITE, layer=2))
    x = track.start + (7 if sign == "protected" else 0)
    sheet.write(block, x, middle - block.height / 2)


def _begin(sheet: Sheet, heading: str, y: float, *, is_first: bool) -> float:
    """Write what a block is about, on a narrow sheet below a rule."""
    if sheet.is_narrow and not is_first:
        sheet.line(0, y, sheet.room, y, RULE)
        y += BLOCK_GAP / 2
    return write_heading(sheet, heading, y)


def _heading(protected: Protected, words: Words, item: str, answer: str) -> str:
    """What a block is about: the answer, or the row of a battery."""
    if answer:
        return words.category(answer)
    return words.item(item) if len(protected.items) > 1 else ""


def _majority(protected: Protected, words: Words, item: str, group: str) -> str:
    for statement in protected.statements:
        place = statement.kind, statement.item, statement.group
        if place == ("majority", item, group):
            answer = words.category(statement.value)
            return words.say("majority") % {"answer": answer}
    return ""


def _majorities(
    sheet: Sheet, protected: Protected, words: Words, item: str, y: float
) -> float:
    """Small groups with a large majority, in words below their block."""
    groups = in_order(read(protected).of("share", item=item), lambda row: row.group)
    for group in groups:
        text = _majority(protected, words, item, group)
        if text and group:
            y = sentence(sheet, f"{words.group(group)}: {text}", y) + BLOCK_GAP
    return y


def _is_secured(protected: Protected, item: str, answer: str, group: str) -> bool:
    return any(
        (each.item, each.group) == (item, group) and each.category in {"", answer}
        for each in protected.secured
    )


def _number_width(sheet: Sheet, words: Words, rows: Sequence[Row]) -> float:
    return max(
        (
            _number(sheet, words, row).width
            for row in rows
            if not row.figure.sign or row.figure.is_uncertain
        ),
        default=40.0,
    )


def _group_entries(
    protected: Protected, figures: Figures, statistic: str, words: Words
) -> list[Entry]:
    entries = mark_entries(figures.of(statistic), words)
    if statistic in GROUPED:
        entries.insert(0, Entry(_share_symbol, words.say(statistic)))
    if protected.secured:
        entries.append(Entry(None, words.say("secured"), bold=True))
    return entries


def _share_symbol(sheet: Sheet, x: float, middle: float) -> None:
    sheet.dot(x, middle, 6.5, HEAVY)
