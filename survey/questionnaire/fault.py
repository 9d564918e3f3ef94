"""What is wrong at one position of an expression; knows no grammar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, or as a warning noteworthy, at one position from 0."""

    position: int
    reason: str
    remedy: str
    is_warning: bool = False
