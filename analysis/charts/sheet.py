"""A sheet of paper on which a chart is laid out, from the side reading begins.

Knows shapes and texts, not figures; how they become a file is ink's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.charts import style
from analysis.charts.text import ASCENT, CAP_HEIGHT, DESCENT, Block, Type
from analysis.language import Language

START, CENTRE, END = "start", "centre", "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet; ``top`` counts downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Whether the two are nearer to each other than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is painted, and on which layer.

    ``hatch`` is a pattern and the colour of its lines, ``dash`` the lengths of dash
    and gap (a dash without length is a dot). Shapes of one look are one artist; a
    higher layer covers a lower one.
    """

    fill: str = ""
    edge: str = ""
    thickness: float = 0.0
    hatch: tuple[str, str] = ("", "")
    dash: tuple[float, float] | None = None
    layer: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A ``rectangle``, a ``dot`` in its box, or a ``line`` across it."""

    kind: str
    box: Box
    look: Look


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its place; ``lines`` are the left ends of its baselines."""

    block: Block
    colour: str
    box: Box
    lines: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Sheet:
    """Shapes and texts; horizontal places are given from the side reading begins.

    ``room`` is the width between the margins, 0…``room`` the places in it.
    """

    language: Language
    room: float
    margin: float
    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    @property
    def width(self) -> float:
        """The width of the paper."""
        return self.room + 2 * self.margin

    @property
    def is_narrow(self) -> bool:
        """Whether words and a track do not fit beside each other."""
        return self.room < style.ROOM_FRAMED

    def type(self, size: float, *, bold: bool = False) -> Type:
        """A size of type in the sheet's language."""
        return Type(self.language, size, bold)

    def rectangle(self, box: Box, look: Look) -> None:
        """Paint a rectangle."""
        self.shapes.append(Shape("rectangle", self._mirrored(box), look))

    def dot(self, x: float, y: float, radius: float, look: Look) -> None:
        """Paint a circle around a point."""
        box = Box(x - radius, y - radius, 2 * radius, 2 * radius)
        self.shapes.append(Shape("dot", self._mirrored(box), look))

    def line(self, x: float, y: float, to_x: float, to_y: float, look: Look) -> None:
        """Draw a straight line."""
        x, to_x = self._across(x), self._across(to_x)
        self.shapes.append(Shape("line", Box(x, y, to_x - x, to_y - y), look))

    def write(
        self,
        block: Block,
        x: float,
        top: float,
        *,
        align: str = START,
        colour: str = style.INK,
    ) -> Box:
        """Write a block whose lines start, end or have their middle at ``x``."""
        baseline = top + (block.leading + (ASCENT - DESCENT) * block.size) / 2
        return self._place(block, x, baseline, align, colour)

    def figure(
        self,
        block: Block,
        x: float,
        middle: float,
        *,
        align: str = CENTRE,
        colour: str = style.INK,
    ) -> Box:
        """Write one line whose figures have their middle at height ``middle``."""
        baseline = middle + CAP_HEIGHT * block.size / 2
        return self._place(block, x, baseline, align, colour)

    def number(self, text: str, size: float, *, bold: bool = True) -> Block:
        """A number on one line, kept in order beside right-to-left words."""
        return self.type(size, bold=bold).line(self.language.isolate(text))

    def grow(self, bottom: float) -> float:
        """Make the sheet reach down to ``bottom``."""
        self.height = max(self.height, bottom)
        return bottom

    def is_free(self, box: Box, gap: float = 2.0) -> bool:
        """Whether no text stands in or nearly in a box."""
        place = self._mirrored(box)
        return not any(place.meets(label.box, gap) for label in self.labels)

    def _place(
        self, block: Block, x: float, baseline: float, align: str, colour: str
    ) -> Box:
        share = {START: 0.0, CENTRE: 0.5, END: 1.0}[align]
        share = 1.0 - share if self.language.is_right_to_left else share
        x = self._across(x)
        lines = tuple(
            (x - share * line.width, baseline + place * block.leading)
            for place, line in enumerate(block.lines)
        )
        box = Box(
            x - share * block.width,
            baseline - ASCENT * block.size,
            block.width,
            (len(lines) - 1) * block.leading + (ASCENT + DESCENT) * block.size,
        )
        self.labels.append(Label(block, colour, box, lines))
        return self._logical(box)

    def _across(self, x: float) -> float:
        """A distance from the side reading begins as a place on the paper."""
        if self.language.is_right_to_left:
            return self.width - self.margin - x
        return self.margin + x

    def _mirrored(self, box: Box) -> Box:
        sides = self._across(box.left), self._across(box.right)
        return Box(min(sides), box.top, box.width, box.height)

    def _logical(self, box: Box) -> Box:
        left = box.left - self.margin
        if self.language.is_right_to_left:
            left = self.room - left - box.width
        return Box(left, box.top, box.width, box.height)
