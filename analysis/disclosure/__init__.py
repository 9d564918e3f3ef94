"""The only door from counts to anything that leaves. Must not know charts or words."""

from analysis.disclosure.protected import (
    FIGURE_COLUMNS,
    KINDS,
    NOTES,
    QUADRANTS,
    SIGNS,
    STATISTICS,
    Protected,
    Publication,
    Secured,
    Statement,
)

__all__ = [
    "FIGURE_COLUMNS",
    "KINDS",
    "NOTES",
    "QUADRANTS",
    "SIGNS",
    "STATISTICS",
    "Protected",
    "Publication",
    "Secured",
    "Statement",
]
