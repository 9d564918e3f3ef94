"""Sheets that carry codes: letters and slips, a volume of them at a time.

Codes come in and go out onto paper; nothing here keeps one or its place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from survey.letters import qr, wording
from survey.letters.invitation import Invitation
from survey.letters.sender import line
from survey.letters.typesetting import typeset
from survey.urn.codes import group

VOLUME = 1000
"""Codes in one file: what a print shop opens with ease and a child can draw."""
LANGUAGES_OF_A_VOLUME = 3
"""With more languages on a sheet fewer sheets are drawn at a time."""
PER_SHEET = (10, 20)


def volumes(codes: Sequence[str], languages: int) -> Iterator[Sequence[str]]:
    """The codes in portions, one for each file."""
    size = VOLUME * LANGUAGES_OF_A_VOLUME // max(LANGUAGES_OF_A_VOLUME, languages)
    for start in range(0, len(codes), size):
        yield codes[start : start + size]


def letters(invitation: Invitation, codes: Sequence[str]) -> bytes:
    """A letter for each code, in this order."""
    voices = [wording.letter(invitation, voice) for voice in invitation.voices]
    shared = {
        "contact": [[x._asdict() for x in g] for g in invitation.sender.contact()]
    }
    data = _data(invitation, codes, quiet=0) | shared | {"voices": voices}
    return typeset("letters", data)


def slips(invitation: Invitation, codes: Sequence[str], *, per_sheet: int) -> bytes:
    """Slips to cut apart, ``per_sheet`` (10 or 20) on each sheet."""
    voices = [wording.slip(invitation, voice) for voice in invitation.voices]
    own = {"per_sheet": per_sheet, "voices": voices}
    return typeset("slips", _data(invitation, codes, quiet=qr.QUIET) | own)


def _data(
    invitation: Invitation, codes: Sequence[str], *, quiet: int
) -> dict[str, object]:
    first = invitation.voices[0]
    drawn = qr.symbols(invitation.address, codes)
    return first.tags | {
        "title": wording.document_title(first),
        "town": line(invitation.sender.town)._asdict(),
        "address": invitation.sender.typed(f"/s/{invitation.slug}"),
        "symbol_alt": wording.symbol_alt(first),
        "codes": [
            {"groups": group(code), "svg": qr.svg(symbol, quiet=quiet)}
            for code, symbol in zip(codes, drawn, strict=True)
        ],
    }


def shuffled(codes: Sequence[str]) -> list[str]:
    """The codes in an order that nobody can know and nothing keeps.

    The list for the print shop and the sheets are shuffled apart: an order that can
    be worked out, such as by number, would turn an address list in order into a list
    of who got which code.
    """
    mixed = list(codes)
    random.SystemRandom().shuffle(mixed)
    return mixed
