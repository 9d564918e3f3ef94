"""Dots with intervals: which share gave an answer, and how sure that is.

Knows only protected figures; an open survey has no intervals to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts import style
from analysis.charts.figures import Figure, Figures, in_order, read, shown
from analysis.charts.frame import WITHHELD, Entry, legend, sentence
from analysis.charts.marks import mark_entries
from analysis.charts.scale import RADIUS, Track, axis, plot
from analysis.charts.sheet import END, Box, Look, Sheet
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
    """One line of the chart."""

    label: str
    figure: Figure
    is_secured: bool = False


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
            y = _wide(sheet, words, rows, y, has_axis=True) + BLOCK_GAP
    return y - BLOCK_GAP


def draw_groups(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """One or more questions by groups: a line per group, its label beside its track.

    Scales show the share of the favourable answers; other questions have a block for
    each answer, ranks the share that put it first. A secured difference is bold.
    """
    figures = read(protected)
    statistic = next((name for name in GROUPED if figures.of(name)), "share")
    y = legend(sheet, y, _group_entries(protected, figures, statistic, words))
    is_first = True
    for item in protected.items:
        answers = in_order(figures.of(statistic, item=item), lambda row: row.category)
        for answer in answers:
            heading = _heading(protected, words, item, answer)
            rows = [
                Row(
                    words.group(figure.group),
                    figure,
                    _is_secured(protected, item, answer, figure.group),
                )
                for figure in figures.of(statistic, item=item, category=answer)
            ]
            y = _block(sheet, words, heading, rows, y, has_axis=is_first) + BLOCK_GAP
            is_first = False
        y = _majorities(sheet, protected, words, item, y)
    return y - BLOCK_GAP


def write_heading(sheet: Sheet, text: str, y: float) -> float:
    """Write what a block is about; where its lines begin."""
    block = sheet.type(style.BODY, bold=True).fit(text, sheet.room)
    sheet.write(block, 0, y)
    return y + block.height + (6 if sheet.is_narrow else 3)


def label_room(sheet: Sheet, rows: Sequence[Row]) -> float:
    """The width that labels beside their tracks need, after wrapping."""
    room = sheet.room * LABEL_SHARE
    kinds = [sheet.type(style.BODY, bold=row.is_secured) for row in rows]
    pairs = list(zip(kinds, rows, strict=True))
    room = max(room, *(kind.narrowest(row.label) for kind, row in pairs))
    return max(kind.fit(row.label, room).width for kind, row in pairs)


def lines(
    sheet: Sheet,
    words: Words,
    rows: Sequence[Row],
    y: float,
    *,
    room: float,
    has_axis: bool,
) -> float:
    """Lines with short labels beside their tracks, long ones above; where they end.

    On a narrow sheet all of them stand above.
    """
    if sheet.is_narrow:
        return _wide(sheet, words, rows, y, has_axis=has_axis)
    labels = [
        sheet.type(style.BODY, bold=row.is_secured).fit(row.label, room) for row in rows
    ]
    if any(len(label.lines) > MOST_LINES for label in labels):
        return _wide(sheet, words, rows, y, has_axis=has_axis)
    start = room + COLUMN_GAP + RADIUS
    track = Track(start, sheet.room - _number_width(sheet, words, rows) - COLUMN_GAP)
    y = axis(sheet, track, y) if has_axis else y
    for row, label in zip(rows, labels, strict=True):
        height = max(LINE, label.height)
        sheet.write(label, 0, y + (height - label.height) / 2)
        _line(sheet, words, track, row, y + height / 2)
        y += height + 4
    return y - 4


def _wide(
    sheet: Sheet, words: Words, rows: Sequence[Row], y: float, *, has_axis: bool
) -> float:
    track = Track(RADIUS, sheet.room - _number_width(sheet, words, rows) - COLUMN_GAP)
    y = axis(sheet, track, y) if has_axis else y
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
    number = sheet.number(
        shown(figure, words, sheet.language), NUMBER, bold=not _is_plain(row)
    )
    sheet.figure(number, sheet.room, middle, align=END)


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


def _block(
    sheet: Sheet,
    words: Words,
    heading: str,
    rows: Sequence[Row],
    y: float,
    *,
    has_axis: bool,
) -> float:
    if heading:
        if sheet.is_narrow and not has_axis:
            sheet.line(0, y, sheet.room, y, RULE)
            y += BLOCK_GAP / 2
        y = write_heading(sheet, heading, y)
    room = label_room(sheet, rows)
    return lines(sheet, words, rows, y, room=room, has_axis=has_axis)


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
            sheet.number(shown(row.figure, words, sheet.language), NUMBER).width
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
