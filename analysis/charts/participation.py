"""Participation: who was asked, who began, who sent, and who they are, as plain steps.

Knows only protected figures.
"""

from __future__ import annotations

from analysis.charts import style
from analysis.charts.dots import Row, columns, lines, write_heading
from analysis.charts.figures import Figure, Figures, in_order, read, shown
from analysis.charts.frame import Entry, legend
from analysis.charts.marks import mark_entries
from analysis.charts.scale import register_symbol
from analysis.charts.sheet import END, Box, Look, Sheet
from analysis.charts.words import Words
from analysis.disclosure import Protected

STEPS = ("invited", "undeliverable", "started", "completed")
PARTS = ("partial", "ineligible", "excluded")
RATES = ("response_rate", "cooperation_rate", "completion_rate")
THICK, THIN, NUMBER = 22.0, 14.0, 18.0
ROW_GAP, BLOCK_GAP, COLUMN_GAP = 10.0, 20.0, 12.0
BAR, PART = Look(style.ACTION), Look(style.SEQUENTIAL[2])
GROUND = Look("#F0F0F0", layer=0)


def draw(sheet: Sheet, protected: Protected, words: Words, y: float) -> float:
    """Lay out steps, rates, channels and people below ``y``; where they end."""
    figures = read(protected)
    entries = mark_entries(figures.of("share"), words)
    if figures.of("register"):
        entries.append(Entry(register_symbol, words.say("register")))
    y = legend(sheet, y, entries)
    for block in (_steps, _rates, _channels):
        y = block(sheet, figures, words, y)
    y = _people(sheet, figures, words, y)
    return y - BLOCK_GAP


def _steps(sheet: Sheet, figures: Figures, words: Words, y: float) -> float:
    """From the invited to those who sent, each as a bar of its count."""
    rows = [row for row in figures.of(*STEPS, *PARTS) if not row.channel and row.n]
    order = (*STEPS, *PARTS)
    rows.sort(key=lambda row: order.index(row.statistic))
    longest = max((row.n or 0 for row in rows), default=1)
    for row in rows:
        label = words.say(row.statistic)
        if row.category:
            label = f"{label}: {words.category(row.category)}"
        is_part = row.statistic in PARTS
        y = _bar(sheet, label, row, longest, y, is_part=is_part) + ROW_GAP
    return y + BLOCK_GAP - ROW_GAP if rows else y


def _bar(
    sheet: Sheet, label: str, row: Figure, longest: int, y: float, *, is_part: bool
) -> float:
    """A label above a bar that ends with its count."""
    look, thick, size = (PART, THIN, style.BODY) if is_part else (BAR, THICK, NUMBER)
    block = sheet.type(style.SMALL if is_part else style.BODY).fit(label, sheet.room)
    sheet.write(block, 0, y)
    y += block.height + 2
    room = sheet.room - COLUMN_GAP - sheet.number(_count(sheet, longest), NUMBER).width
    sheet.rectangle(Box(0, y, room, thick), GROUND)
    sheet.rectangle(Box(0, y, room * (row.n or 0) / longest, thick), look)
    number = sheet.number(_count(sheet, row.n or 0), size)
    sheet.figure(number, sheet.room, y + thick / 2, align=END)
    return y + thick


def _rates(sheet: Sheet, figures: Figures, words: Words, y: float) -> float:
    """Rates as sentences with a large number; only where somebody was invited."""
    rows = [
        row
        for row in figures.of(*RATES)
        if not row.channel and not row.sign and row.share is not None
    ]
    for row in rows:
        number = sheet.number(shown(row, words, sheet.language), style.HEADLINE)
        room = sheet.room - number.width - COLUMN_GAP
        block = sheet.type(style.BODY).fit(words.say(row.statistic), room)
        height = max(block.height, style.HEADLINE + 6)
        sheet.write(block, 0, y + (height - block.height) / 2)
        sheet.figure(number, sheet.room, y + height / 2, align=END)
        y += height + 4
    return y + BLOCK_GAP - 4 if rows else y


def _channels(sheet: Sheet, figures: Figures, words: Words, y: float) -> float:
    """Those who sent, by the way they came; left out where there is one way."""
    rows = [row for row in figures.of("completed") if row.channel]
    if len(rows) < 2:
        return y
    y = write_heading(sheet, words.say("channels"), y)
    longest = max(row.n or 0 for row in rows) or 1
    for row in rows:
        label = words.group(row.channel)
        if row.sign:
            label = f"{label}: {words.say(f'sign.{row.sign}')}"
        y = _bar(sheet, label, row, longest, y, is_part=True) + ROW_GAP
    return y + BLOCK_GAP - ROW_GAP


def _people(sheet: Sheet, figures: Figures, words: Words, y: float) -> float:
    """Who they are: a block for each question about the person that tells apart.

    Where answers were weighted, the share of the register stands beside theirs.
    """
    rows = figures.of("share")
    aims = {(row.item, row.category): row.share for row in figures.of("register")}
    kinds = in_order(rows, lambda row: row.item)
    told = [item for item in kinds if sum(row.item == item for row in rows) > 1]
    people = [
        Row(
            words.category(row.category, row.item),
            row,
            register=aims.get((row.item, row.category)),
        )
        for row in rows
        if row.item in told
    ]
    places = columns(sheet, words, people)
    for item in told:
        y = write_heading(sheet, words.item(item), y)
        block = [each for each in people if each.figure.item == item]
        first = item == told[0]
        y = lines(sheet, words, block, y, places=places, has_axis=first) + BLOCK_GAP
    return y


def _count(sheet: Sheet, n: int) -> str:
    return sheet.language.number(n)
