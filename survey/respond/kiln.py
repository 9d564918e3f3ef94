"""From the words somebody noted to the key of their draft: slow on purpose.

Each try costs 64 MiB and a fifth of a second, so that whoever has stolen the store
cannot try them all; and one at a time, so that whoever asks for many cannot take
the machine's memory or all its threads. Knows no request.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from survey.baton import OURS

# the second recommendation of RFC 9106, on one lane
MEMORY_KIB = 64 * 1024
ROUNDS = 3
AT_ONCE = 1
# waiting for their turn; who comes when it is full is asked to press again
WAITING = 3
# of these, from where too many wrong words came
WAITING_SUSPECTS = 1
PATIENCE_SECONDS = 5.0
# rotation keeps old secrets for a while; each one costs a try
MOST_SECRETS = 2


class TooBusy(Exception):
    """So many try at this moment that this one has to press again."""


class Kiln:
    """Turns words into keys, one at a time; one per process."""

    def __init__(self, *, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._places = threading.BoundedSemaphore(AT_ONCE + WAITING)
        self._suspects = threading.BoundedSemaphore(WAITING_SUSPECTS)
        self._fire = threading.BoundedSemaphore(AT_ONCE)

    def keys(
        self,
        words: bytes,
        *,
        secrets: Iterable[bytes],
        slug: str,
        is_suspect: bool = False,
    ) -> Iterator[bytes]:
        """Under every secret the key that these words open; the current one first.

        Raises ``TooBusy``.
        """
        for secret in list(secrets)[:MOST_SECRETS]:
            salt = hmac.digest(secret, b"finish later " + slug.encode(), "sha256")
            yield self._in_turn(words, salt, is_suspect=is_suspect)

    def _in_turn(self, words: bytes, salt: bytes, *, is_suspect: bool) -> bytes:
        if is_suspect:
            with _held(self._suspects, 0):
                return self._burn(words, salt)
        return self._burn(words, salt)

    def _burn(self, words: bytes, salt: bytes) -> bytes:
        from argon2.low_level import Type, hash_secret_raw

        with (
            OURS.laid_down(),
            _held(self._places, 0),
            _held(self._fire, self._patience),
        ):
            return hash_secret_raw(
                words,
                salt,
                time_cost=ROUNDS,
                memory_cost=MEMORY_KIB,
                parallelism=1,
                hash_len=32,
                type=Type.ID,
            )


@contextmanager
def _held(places: threading.BoundedSemaphore, seconds: float) -> Iterator[None]:
    """A place taken for as long as a block lasts, or ``TooBusy``."""
    if not places.acquire(timeout=seconds):
        raise TooBusy
    try:
        yield
    finally:
        places.release()
