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
BEGUN_BYTES = 5
BY_CODE = "code"
_SEPARATOR = "."
_HEAD = PERSON_BYTES + BEGUN_BYTES + 2


@dataclass(frozen=True, slots=True)
class Claim:
    """Who may answer here: enough to rebuild a draft that has expired.

    ``person`` tells apart people who use one browser; ``admission`` is the mark
    of a code, or what stands in its place for somebody without one who has gone
    on elsewhere; empty otherwise. ``begun`` (seconds) and ``is_trapped`` say how
    an open link was used and are only ever counted.
    """

    person: int
    channel: str
    admission: bytes = b""
    begun: int = 0
    is_trapped: bool = False

    @property
    def has_code(self) -> bool:
        """Whether the person came with a code."""
        return self.channel == BY_CODE


def write(key: bytes, page: str, claim: Claim) -> str:
    """The field's value for one page."""
    content = (
        claim.person.to_bytes(PERSON_BYTES, "big")
        + claim.begun.to_bytes(BEGUN_BYTES, "big")
        + bytes([claim.is_trapped, len(claim.admission)])
        + claim.admission.ljust(MARK_BYTES, b"\0")
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
    is_trapped, length = content[_HEAD - 2 : _HEAD]
    return Claim(
        person=int.from_bytes(content[:PERSON_BYTES], "big"),
        channel=content[_HEAD + MARK_BYTES :].decode(),
        admission=content[_HEAD : _HEAD + length],
        begun=int.from_bytes(content[PERSON_BYTES : _HEAD - 2], "big"),
        is_trapped=bool(is_trapped),
    )
