"""One thing `doctor` looked at; knows nothing of how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``remedy`` is the command or change that mends it."""

    place: str
    reason: str
    remedy: str = ""
    is_wrong: bool = False

    def __str__(self) -> str:
        mark = "!" if self.is_wrong else "-"
        return f"{mark} {self.place}: {self.reason} {self.remedy}".rstrip()


def wrong(place: object, reason: str, remedy: str) -> Finding:
    """Something that must be mended."""
    return Finding(str(place), reason, remedy, is_wrong=True)
