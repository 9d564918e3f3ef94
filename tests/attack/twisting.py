"""Twists right files: their bytes, their lines, their cells, their XML."""

from __future__ import annotations

import io
import random
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable, Sequence

from defusedxml.ElementTree import fromstring

from tests.attack import twisted_expressions

BYTES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r\n", b"\x1a", b"\x80" * 40,
    b"<", b">", b"&", b"'", b'"', b"[", b"]", b"{", b"}", b"=", b"#", b"\\", b"%",
    b"A" * 5000, b"[" * 300, b"{a=" * 200, b"\xed\xa0\x80", b"&e;", b"]]>",
)  # fmt: skip
WORDS = (
    "", " ", "\t", "\u200b", "????", "\ufffd\ufffd", "Ã¤Ã¶", "\x1b[31m", "\u202eabc",
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "-1", "1e999", "NaN", "TRUE", "0x10",
    "a" * 3000, "ä" * 300, "نعم", "漢字", "😀" * 50, "x__y", "Q 1", "q1", "__proto__",
    "${", "${q1}", "${nothing}", "{place}", "{", "<b>x</b>", "<![CDATA[", "&amp;",
    "select_one", "select_one nothing", "begin group", "end group", "begin_repeat",
    "label::xx", "label::English (en)", "media::image", "type", "name", "or_other",
    "None", "null", "2026-13-45", "99999999999999999999", "%s%n", "../../etc/passwd",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-32", "cp1252", "cp1256", "cp437", "latin-1", "utf-8-sig")

MOST_ELEMENTS = 2_000
MOST_BYTES = 1_000_000  # by which one twist makes a file longer
Twist = Callable[[random.Random, bytes], bytes]


def _word(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return twisted_expressions.made(rng.randrange(10**6))[:500]
    return rng.choice(WORDS)


def bytes_of(rng: random.Random, content: bytes) -> bytes:
    """Some bytes left out, doubled, turned, put in, or all behind a place cut off."""
    at, to = sorted(rng.randint(0, len(content)) for _ in range(2))
    to = min(to, at + rng.choice((1, 8, 200, 10**6)))
    form = rng.randrange(5)
    if form == 0:
        return content[:at] + content[to:]
    if form == 1:
        return content[: min(to, at + MOST_BYTES)] + content[at:]
    if form == 2:
        return (
            content[:at]
            + bytes(b ^ 1 << rng.randrange(8) for b in content[at:to][:20])
            + content[at + len(content[at:to][:20]) :]
        )
    if form == 3:
        return content[:at] + rng.choice(BYTES) + content[at:]
    return content[:at]


def lines_of(rng: random.Random, content: bytes) -> bytes:
    """Some lines left out, doubled, moved, repeated, or words put into them."""
    lines = content.decode("utf-8", "replace").split("\n")
    at = rng.randrange(len(lines))
    form = rng.randrange(7)
    if form == 0:
        del lines[at : at + rng.randint(1, 5)]
    elif form == 1:
        lines.insert(at, rng.choice(lines))
    elif form == 2:
        rng.shuffle(lines)
    elif form == 3:
        count = rng.choice((2, 30, 2000))
        lines[at:at] = [lines[at]] * min(count, 2 + MOST_BYTES // (len(lines[at]) + 1))
    elif form == 4:
        lines[at] = _in_quotes(rng, lines[at])
    else:
        place = rng.randint(0, len(lines[at]))
        lines[at] = f"{lines[at][:place]}{_word(rng)}{lines[at][place:]}"
    text = "\n".join(lines)
    if form == 6 and rng.random() < 0.3:
        return text.encode(rng.choice(ENCODINGS), "replace")
    return text.encode("utf-8", "surrogatepass")


def _in_quotes(rng: random.Random, line: str) -> str:
    """Another text in place of one in quotes."""
    parts = line.split('"')
    if len(parts) > 2:
        parts[1 + 2 * rng.randrange(len(parts) // 2)] = _word(rng)
    return '"'.join(parts)


def xml_of(rng: random.Random, content: bytes) -> bytes:
    """Elements left out, doubled, moved, renamed, filled otherwise, or nested."""
    try:
        root = fromstring(content)
    except (ET.ParseError, ValueError, LookupError):
        return bytes_of(rng, content)
    for _ in range(rng.randint(1, 4)):
        _twist_element(rng, root)
    return ET.tostring(
        root, encoding=rng.choice(("utf-8", "utf-8", "utf-16", "latin-1"))
    )


def _twist_element(rng: random.Random, root: ET.Element) -> None:
    elements = list(root.iter())
    parents = [element for element in elements if len(element)] or [root]
    parent, element = rng.choice(parents), rng.choice(elements)
    form = rng.randrange(7)
    if form == 0 and len(parent):
        parent.remove(rng.choice(list(parent)))
    elif form == 1 and len(parent):
        count = rng.choice((1, 3, 500)) if len(elements) < MOST_ELEMENTS else 1
        parent.extend([rng.choice(list(parent))] * count)
    elif form == 2:
        element.tag = rng.choice(elements).tag
    elif form == 3:
        element.text = "".join(c for c in _word(rng) if c.isprintable())
    elif form == 4:
        element.text = rng.choice(elements).text
    elif form == 5:
        for _ in range(rng.choice((3, 300))):
            element = ET.SubElement(element, rng.choice(elements).tag)
    else:
        element.set("language", "xx")


def archive_of(rng: random.Random, content: bytes) -> bytes:
    """One file inside an archive twisted, left out, doubled or renamed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            files = {name: given.read(name) for name in given.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError):
        return bytes_of(rng, content)
    name = rng.choice(sorted(files) or [""])
    form = rng.randrange(6) if files else 6
    if form == 0:
        del files[name]
    elif form == 1:
        files[rng.choice(("../x", "xl/workbook.bin", "word/document.xml"))] = files[
            name
        ]
    elif files:
        twist = rng.choice((xml_of, xml_of, lines_of, bytes_of))
        files[name] = twist(rng, files[name])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for inner, part in files.items():
            made.writestr(inner, part)
    return file.getvalue()


def cells_of(
    rng: random.Random, rows: Sequence[Sequence[object]]
) -> list[list[object]]:
    """Cells filled otherwise, rows and columns left out, doubled or moved."""
    twisted = [list(row) for row in rows]
    width = max(map(len, twisted), default=0)
    for _ in range(rng.randint(1, 6)):
        if not twisted:
            return [[_word(rng)]]
        row, column = rng.choice(twisted), rng.randint(0, width)
        form = rng.randrange(8)
        if form == 0:
            twisted.remove(row)
        elif form == 1:
            twisted.insert(rng.randint(0, len(twisted)), row[:])
        elif form == 2:
            for each in twisted:
                del each[column : column + 1]
        elif form == 3:
            rng.shuffle(twisted)
        elif form == 4:
            twisted[0:0] = [[""] * width] * rng.choice((1, 3, 900))
        else:
            row.extend([""] * (column + 1 - len(row)))
            row[column] = rng.choice((_word(rng), _word(rng), 1.5, -7, True, False))
    return twisted
