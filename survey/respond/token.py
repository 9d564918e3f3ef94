"""The hidden field of every answer form: which page it is, and whose.

Names the page in clear (the browser shows that page anyway, and the address must
not name it); everything else is sealed under the browser's key. Knows nothing of
requests.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from survey.respond import sealing

PERSON_BYTES = 4
MARK_BYTES = 16
_SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class Claim:
    """Who may answer here: enough to rebuild a draft that has expired.

    ``person`` tells apart people who use one browser; ``admission`` is the mark
    of a code, empty when the person came without one.
    """

    person: int
    channel: str
    admission: bytes = b""


def write(key: bytes, page: str, claim: Claim) -> str:
    """The field's value for one page."""
    content = (
        claim.person.to_bytes(PERSON_BYTES, "big")
        + claim.admission.ljust(MARK_BYTES, b"\0")
        + bytes([len(claim.admission)])
        + claim.channel.encode()
    )
    sealed = sealing.seal(key, content, bound_to=page.encode())
    text = base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
    return f"{page}{_SEPARATOR}{text}"


def page_of(text: str) -> str:
    """The page a token names; proves nothing."""
    return text.partition(_SEPARATOR)[0]


def read(key: bytes, text: str) -> Claim | None:
    """The claim, or ``None`` when the token was not written under this key."""
    page, _, sealed = text.partition(_SEPARATOR)
    try:
        box = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except (binascii.Error, ValueError):
        return None
    content = sealing.unseal(key, box, bound_to=page.encode())
    if content is None:
        return None
    marks = content[PERSON_BYTES : PERSON_BYTES + MARK_BYTES]
    rest = content[PERSON_BYTES + MARK_BYTES :]
    return Claim(
        person=int.from_bytes(content[:PERSON_BYTES], "big"),
        channel=rest[1:].decode(),
        admission=marks[: rest[0]],
    )
