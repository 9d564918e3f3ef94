"""How much space a draft takes: the same for everybody who answers an edition.

The length of a ciphertext would tell, to whoever copies the files at the moment
of sending, who wrote a long text. Knows no draft and no key.
"""

from __future__ import annotations

from functools import lru_cache

from survey.questionnaire.edition import Edition
from survey.respond import kept_way
from survey.storage.shapes import shape_of

STEP = 512
"""Rounded up to this many bytes; the same for everybody all the same."""
FRAME = 1152
"""More bytes than claim, keys, time, the names of the record's parts, and words to
finish later with what they open can take."""
AROUND_NAME = 8
"""More than the lengths that stand before a name and its answer can take."""


@lru_cache(maxsize=64)
def room_of(edition: Edition) -> int:
    """Bytes of every draft and receipt: all answers as long as they may be.

    Only texts whose letters take more than two bytes, all written to their end, or
    what was typed and could not be taken, may need more; they are deflated first.
    """
    shape = shape_of(edition)
    names = sum(len(column) + AROUND_NAME for column in shape.columns)
    pages = edition.questionnaire.pages
    reached = sum(len(page.name) + AROUND_NAME for page in pages)
    whole = FRAME + shape.slot + names + reached + kept_way.most_bytes(edition)
    return -(-whole // STEP) * STEP
