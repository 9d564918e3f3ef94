"""How often wrong codes may be tried from one part of the network.

No address is kept: a prefix is counted under a key that lives in memory and
changes every hour. An exhausted budget slows wrong codes down and never touches a
right one. Counts per process.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime

from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

# A family or a town-hall desk mistypes a few codes; with 15 random digits even a
# thousand times as many guesses an hour would find nothing in the life of a survey.
WRONG_CODES_AN_HOUR = 30
DELAY_SECONDS = 2.0
# So few may wait at once that guessing cannot occupy the worker's threads.
WAITING_AT_ONCE = 2
_PREFIX = {4: 24, 6: 56}


class CodeBudget:
    """Counts wrong codes and slows them down once there are too many."""

    def __init__(
        self,
        allowed: int = WRONG_CODES_AN_HOUR,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limit = RateLimitItemPerHour(allowed)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._sleep = sleep
        self._waiting = threading.BoundedSemaphore(WAITING_AT_ONCE)
        self._hour = -1
        self._key = b""

    def wrong(self, address: str, now: datetime) -> bool:
        """Count one wrong code; ``False`` when it cannot even be made to wait."""
        if self._limiter.hit(self._limit, self._mark(address, now)):
            return True
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            self._sleep(DELAY_SECONDS)
        finally:
            self._waiting.release()
        return True

    def _mark(self, address: str, now: datetime) -> str:
        hour = int(now.timestamp()) // 3600
        if hour != self._hour:
            self._hour, self._key = hour, secrets.token_bytes(32)
        return hmac.digest(self._key, prefix_of(address).encode(), "sha256").hex()


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
