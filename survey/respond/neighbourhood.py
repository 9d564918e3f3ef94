"""Counts acts by part of the network for an hour, without keeping an address.

A prefix is counted under a key that lives in memory and changes every hour: what is
kept can be laid beside no list of addresses, and beside nothing of another hour.
Counts per process; knows nothing of what is counted.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
from datetime import datetime

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

_PREFIX = {4: 24, 6: 56}
# Whoever owns a large part of the network could fill the memory otherwise; those
# who come after so many different neighbourhoods are counted as one.
MOST_KEPT = 20_000
CROWD = "crowd"


class Neighbourhoods:
    """How often something may happen in an hour, per part of the network and in all."""

    def __init__(self, each: int, *, everybody: int) -> None:
        self._each = RateLimitItemPerHour(each, namespace="each")
        self._everybody = RateLimitItemPerHour(everybody, namespace="everybody")
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._lock = threading.Lock()
        self._hour = -1
        self._key = b""
        self._known: set[str] = set()

    def within(self, address: str, now: datetime) -> bool:
        """Count one more, and say whether neither limit is passed.

        What a neighbourhood does beyond its own limit is not counted for all: it
        must not use up what is meant for the others.
        """
        mark = self._mark(address, now)
        return self._limiter.hit(self._each, mark) and self._limiter.hit(
            self._everybody, self._key.hex()
        )

    def is_passed(self, address: str, now: datetime) -> bool:
        """Whether a limit has been passed, counting nothing."""
        mark = self._mark(address, now)
        return not (
            self._limiter.test(self._each, mark)
            and self._limiter.test(self._everybody, self._key.hex())
        )

    def is_everybody_passed(self) -> bool:
        """Whether all together have passed their limit, counting nothing."""
        return not self._limiter.test(self._everybody, self._key.hex())

    def _mark(self, address: str, now: datetime) -> str:
        hour = int(now.timestamp()) // 3600
        with self._lock:
            if hour != self._hour:
                self._hour, self._key = hour, secrets.token_bytes(32)
                self._known.clear()
            prefix = prefix_of(address).encode()
            mark = hmac.digest(self._key, prefix, "sha256").hex()
            if mark not in self._known and len(self._known) >= MOST_KEPT:
                return CROWD + self._key.hex()
            self._known.add(mark)
            return mark


def prefix_of(address: str) -> str:
    """The part of the network an address stands for: /24, or /56 in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    length = _PREFIX[parsed.version]
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))
