"""From a sheet to files: SVG with outlined letters, PNG; the same bytes every time.

Imports matplotlib, so it is loaded only after `fonts.start`; knows no charts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Transform
from numpy.typing import NDArray
from PIL import Image

from analysis.charts import style
from analysis.charts.fonts import EM, font_files
from analysis.charts.sheet import Box, Label, Look, Shape, Sheet

POINTS = 72.0
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "charts",
    "svg.id": None,
    "text.parse_math": False,
    "text.hinting": "none",
    "text.antialiased": True,
    "path.simplify": False,
}
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
UNITS = 500  # outlines are written in parts of an em
HATCH_LINE = 1.5
PLACES = 2  # decimals of a place on the paper
# PNG: how many colours, and how many bits of each of its parts tell colours apart.
COLOURS, KEPT, DROPPED = 256, 5, 3
COMPRESSION = 4
Colour = tuple[int, int, int]
# What follows a code of matplotlib's paths: the command, how many points it takes.
COMMANDS = {1: ("m", 1), 2: ("l", 1), 3: ("q", 2), 4: ("c", 3), 79: ("z", 1)}


def print_svg(sheet: Sheet) -> bytes:
    """The sheet as SVG; every text stands in it as a comment."""
    with rc_context(SETTINGS):
        figure = _figure(sheet)
        paper = io.StringIO()
        pen: Any = Pen(sheet.width, sheet.height, paper)
        figure.draw(pen)
        pen.finalize()
    return paper.getvalue().encode()


def print_png(sheet: Sheet) -> bytes:
    """The sheet as PNG in few colours: flat ground and smooth letters need no more."""
    with rc_context(SETTINGS):
        figure = _figure(sheet)
        figure.set_dpi(style.PNG_DPI)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
    colours = _palette(sheet)
    pixels = np.asarray(canvas.buffer_rgba()).view("<u4")[:, :, 0]
    image = Image.fromarray(_reduced(pixels, _nearest(colours)))
    image.putpalette([part for colour in colours for part in colour])
    paper = io.BytesIO()
    dpi = (style.PNG_DPI, style.PNG_DPI)
    image.save(paper, "PNG", dpi=dpi, compress_level=COMPRESSION)
    return paper.getvalue()


def _reduced(pixels: NDArray[np.uint32], nearest: NDArray[np.uint8]) -> Any:
    """Pixels as places in the palette; looked up once for each run of one colour."""
    flat = pixels.ravel()
    starts = np.concatenate(([0], np.flatnonzero(np.diff(flat)) + 1))
    lengths = np.diff(np.concatenate((starts, [flat.size])))
    red, green, blue = (
        ((flat[starts] >> shift) & 0xFF) >> DROPPED for shift in (0, 8, 16)
    )
    places = nearest[(red << 2 * KEPT) | (green << KEPT) | blue]
    return np.repeat(places, lengths).reshape(pixels.shape)


def _palette(sheet: Sheet) -> tuple[Colour, ...]:
    """The colours of the sheet, and what lies between two at the edge of a shape."""
    used = {style.WHITE, style.INK} | {label.colour for label in sheet.labels}
    for shape in sheet.shapes:
        used |= {shape.look.fill, shape.look.edge, shape.look.hatch[1]} - {""}
    colours = [_parts(colour) for colour in sorted(used)]
    white, ink = _parts(style.WHITE), _parts(style.INK)
    pairs = [(colour, white, share / 8) for colour in colours for share in range(1, 8)]
    pairs += [(colour, ink, share / 4) for colour in colours for share in range(1, 4)]
    mixed = [
        (
            round(a[0] + (b[0] - a[0]) * share),
            round(a[1] + (b[1] - a[1]) * share),
            round(a[2] + (b[2] - a[2]) * share),
        )
        for a, b, share in pairs
    ]
    return tuple(dict.fromkeys([*colours, *mixed]))[:COLOURS]


def _parts(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@lru_cache(64)
def _nearest(colours: tuple[Colour, ...]) -> NDArray[np.uint8]:
    """For every colour in coarse steps the place of the nearest in the palette."""
    steps = np.arange(1 << KEPT, dtype=np.float32) * (1 << DROPPED)
    steps += (1 << DROPPED) / 2
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
    palette = np.array(colours, dtype=np.float32)
    distance = (palette**2).sum(axis=1) - 2 * grid @ palette.T
    nearest: NDArray[np.uint8] = distance.argmin(axis=1).astype(np.uint8)
    for place in range(len(colours) - 1, -1, -1):
        red, green, blue = (part >> DROPPED for part in colours[place])
        nearest[(red << 2 * KEPT) | (green << KEPT) | blue] = place
    return nearest


class Pen(RendererSVG):
    """Writes letters as references to outlines that stand in the file once."""

    def __init__(self, width: float, height: float, paper: io.StringIO) -> None:
        super().__init__(  # type: ignore[no-untyped-call]  # matplotlib has no types here
            width, height, paper, image_dpi=72, metadata=NO_METADATA
        )
        self._paper = paper
        self._written: set[str] = set()

    def write_label(self, label: Label) -> None:
        """Write one text: the whole of it as a comment, then its lines."""
        writer: Any = self.writer
        writer.comment(label.block.text)
        size = label.block.size / UNITS
        for line, (x, y) in zip(label.block.lines, label.lines, strict=True):
            run = shaped(line.text, label.block.weight)
            new = [name for name in run.outlines if name not in self._written]
            if new:
                self._paper.write(f"<defs>{''.join(map(outline, new))}</defs>\n")
                self._written.update(new)
            self._paper.write(
                f"<g fill={quoteattr(label.colour)} transform="
                f'"translate({x:.2f} {y:.2f}) scale({size:.4f} {-size:.4f})">'
                f"{run.letters}</g>\n"
            )


class Written(Artist):
    """A label as an artist of a figure."""

    def __init__(self, label: Label, page: Transform) -> None:
        super().__init__()
        self.label = label
        self._page = page
        self.set_zorder(3)

    def draw(self, renderer: RendererBase) -> None:
        """Draw every line where the sheet has it."""
        if isinstance(renderer, Pen):
            renderer.write_label(self.label)
            return
        block = self.label.block
        size = block.size / EM
        context = renderer.new_gc()
        context.set_linewidth(0)
        ink = to_rgba(self.label.colour)
        for line, place in zip(block.lines, self.label.lines, strict=True):
            stand = Affine2D().scale(size, -size).translate(*place) + self._page
            renderer.draw_path(context, outlined(line.text, block.weight), stand, ink)
        context.restore()


class Dots(Artist):
    """Circles of one size; in SVG the round ends of lines, which are far shorter."""

    def __init__(self, boxes: list[Box], look: Look, page: Transform) -> None:
        super().__init__()
        width = boxes[0].width
        middles = [(box.left + width / 2, box.top + width / 2) for box in boxes]
        points = [np.round(middle, PLACES) for middle in middles]
        self._round = [
            _patch(look, [Path.circle(tuple(at), width / 2) for at in points], page)
        ]
        self._short = []
        lines = [Path([at, at + (10**-PLACES, 0)]) for at in points]
        rims = (look.edge, width + look.thickness), (look.fill, width - look.thickness)
        for colour, thickness in rims:
            if colour:
                end = _patch(Look(edge=colour, thickness=thickness), lines, page)
                end.set_capstyle("round")
                self._short.append(end)

    def draw(self, renderer: RendererBase) -> None:
        """Draw every circle."""
        for patch in self._short if isinstance(renderer, Pen) else self._round:
            patch.draw(renderer)


class Run:
    """Letters placed on a line, ready to be written, and the outlines they need."""

    __slots__ = ("letters", "outlines", "places")

    def __init__(self, places: list[tuple[str, float, float]]) -> None:
        self.places = places
        self.letters = "".join(
            f'<use xlink:href="#{_short(name)}" x="{x * UNITS / EM:.0f}"'
            + (f' y="{y * UNITS / EM:.0f}"' if y else "")
            + "/>"
            for name, x, y in places
        )
        self.outlines = tuple(dict.fromkeys(name for name, *_ in places))


@lru_cache(65536)
def shaped(text: str, weight: int) -> Run:
    """Shape a line of text once; the same words are written from memory."""
    font = get_font(font_files(weight))
    font.set_size(EM, POINTS)
    shapes = _shapes()
    places, new, _ = text_to_path.get_glyphs_with_font(
        font, text, glyph_map=shapes, return_new_glyphs_only=True
    )
    shapes.update(new)
    return Run([(name, x, y) for name, x, y, _ in places if len(shapes[name][0])])


@lru_cache(4096)
def outlined(text: str, weight: int) -> Path:
    """A line of text as one path, one em being ``EM`` units."""
    shapes = _shapes()
    corners, codes = [np.empty((0, 2))], [np.empty(0, dtype=np.uint8)]
    for name, x, y in shaped(text, weight).places:
        outline_corners, outline_codes = shapes[name]
        corners.append(outline_corners + (x, y))
        codes.append(np.asarray(outline_codes, dtype=np.uint8))
    return Path(np.concatenate(corners), np.concatenate(codes))


@lru_cache(4096)
def outline(name: str) -> str:
    """The outline of a letter as an element that others refer to."""
    corners, codes = _shapes()[name]
    pieces: list[str] = []
    at = (0, 0)
    points = [(round(x), round(y)) for x, y in corners * (UNITS / EM)]
    place = 0
    while place < len(codes):
        command, count = COMMANDS[int(codes[place])]
        group = points[place : place + count]
        if command == "z":
            pieces.append(command)
        else:
            steps = " ".join(f"{x - at[0]} {y - at[1]}" for x, y in group)
            pieces.append(f"{command}{steps}")
            at = group[-1]
        place += count
    return f'<path id="{_short(name)}" d="{"".join(pieces)}"/>'


@lru_cache
def _shapes() -> dict[str, Any]:
    """The outlines of all letters drawn so far, by matplotlib's name of the glyph."""
    return {}


@lru_cache(4096)
def _short(name: str) -> str:
    """A glyph's name in the file: initials of the font, number of the glyph."""
    font, _, glyph = name.rpartition("-")
    return "".join(letter for letter in font if letter.isupper()) + glyph


def _figure(sheet: Sheet) -> Figure:
    """The sheet as a figure without axes."""
    figure = Figure(figsize=(sheet.width / POINTS, sheet.height / POINTS), dpi=POINTS)
    figure.set_facecolor(style.WHITE)
    page = (
        Affine2D().scale(1, -1).translate(0, sheet.height).scale(1 / POINTS)
        + figure.dpi_scale_trans
    )
    for place, (look, shapes) in enumerate(_by_look(sheet.shapes).items()):
        for artist in _artists(look, shapes, page):
            artist.set_zorder(1 + place / 1000)
            figure.add_artist(artist)
    for label in sheet.labels:
        figure.add_artist(Written(label, page))
    return figure


def _by_look(shapes: list[Shape]) -> dict[Look, list[Shape]]:
    """Shapes of the same look are one artist; looks in the order of their layers."""
    groups: dict[Look, list[Shape]] = {}
    for shape in sorted(shapes, key=lambda each: each.look.layer):
        groups.setdefault(shape.look, []).append(shape)
    return groups


def _artists(look: Look, shapes: list[Shape], page: Transform) -> Iterator[Artist]:
    """Shapes of one look as one artist; circles of one size as another."""
    dots = [shape.box for shape in shapes if shape.kind == "dot"]
    for width in sorted({box.width for box in dots}):
        yield Dots([box for box in dots if box.width == width], look, page)
    if paths := [_path(each) for each in shapes if each.kind != "dot"]:
        yield _patch(look, paths, page)


def _patch(look: Look, paths: list[Path], page: Transform) -> PathPatch:
    pattern, colour = look.hatch
    is_dotted = look.dash is not None and look.dash[0] < 1
    patch = PathPatch(
        Path.make_compound_path(*paths),
        facecolor=look.fill or "none",
        edgecolor=look.edge or "none",
        linewidth=look.thickness,
        linestyle=(0, look.dash) if look.dash else "solid",
        capstyle="round" if is_dotted else "butt",
        hatch=pattern or None,
        hatchcolor=colour or None,
        transform=page,
    )
    patch.set_hatch_linewidth(HATCH_LINE)
    return patch


def _path(shape: Shape) -> Path:
    box = shape.box
    if shape.kind == "line":
        corners = [(box.left, box.top), (box.right, box.bottom)]
        return Path(np.round(corners, PLACES))
    square = Path.unit_rectangle()
    sides = np.asarray(square.vertices) * (box.width, box.height)
    return Path(np.round(sides + (box.left, box.top), PLACES), square.codes)
