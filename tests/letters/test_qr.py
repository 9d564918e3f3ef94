from __future__ import annotations

import segno
import zxingcpp

from survey.letters import qr
from survey.urn import codes

ADDRESS = "https://umfrage.musterstadt.example/s/zusammenleben"


def by_segno(text: str, mask: int) -> str:
    made = segno.make(text, error="m", micro=False, boost_error=False, mask=mask)
    return "".join(str(int(module)) for row in made.matrix for module in row)


def test_a_symbol_put_together_from_bits_is_the_one_segno_draws():
    made = codes.generate(50)
    drawn = list(qr.symbols(ADDRESS, made))
    (mask,) = {
        mask
        for mask in range(8)
        if by_segno(f"{ADDRESS}#{made[0]}", mask) == drawn[0].modules
    }
    assert [one.modules for one in drawn] == [
        by_segno(f"{ADDRESS}#{code}", mask) for code in made
    ]


def test_symbols_come_in_the_order_of_their_codes():
    made = codes.generate(3)
    there = [one.modules for one in qr.symbols(ADDRESS, made)]
    back = [one.modules for one in qr.symbols(ADDRESS, made[::-1])]
    assert there == back[::-1]


def test_every_digit_at_every_place_can_be_read():
    # ten codes that hold each digit at each of the sixteen places
    turned = ["".join(str((at + turn) % 10) for at in range(16)) for turn in range(10)]
    for code, drawn in zip(turned, qr.symbols(ADDRESS, turned), strict=True):
        assert read(drawn) == [f"{ADDRESS}#{code}"]


def read(drawn: qr.Symbol) -> list[str]:
    from PIL import Image

    rows = [
        drawn.modules[at : at + drawn.size]
        for at in range(0, len(drawn.modules), drawn.size)
    ]
    side = drawn.size + 8
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if module == "1" else 255)
    return [
        x.text for x in zxingcpp.read_barcodes(picture.resize((side * 6, side * 6)))
    ]


def test_a_picture_is_one_path_with_or_without_a_quiet_zone():
    drawn = qr.Symbol(2, "1001")
    assert qr.svg(drawn) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        '<path d="M4 4h1v1h-1zM5 5h1v1h-1z"/></svg>'
    )
    assert 'viewBox="0 0 2 2"' in qr.svg(drawn, quiet=0)


def test_a_long_address_takes_a_larger_symbol():
    (small,) = qr.symbols("https://a.example/s/b", ["4539148803436467"])
    (large,) = qr.symbols(f"https://{'a' * 200}.example/s/b", ["4539148803436467"])
    assert small.size < large.size
    assert read(large) == [f"https://{'a' * 200}.example/s/b#4539148803436467"]
