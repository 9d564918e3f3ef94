"""Which statements a design allows; knows no figure and no wording."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.package import AnalysisError, Design

__all__ = ["CODED_CHANNELS", "Design", "Statements", "channel_design", "statements"]

# Only somebody who was invited holds a code; every other way in is open.
CODED_CHANNELS = frozenset({"code", "paper", "assisted"})


@dataclass(frozen=True, slots=True)
class Statements:
    """What may be printed.

    Attributes
    ----------
    intervals : bool
        Intervals of a share may be shown.
    sampling : bool
        They speak of a sample; otherwise only of people who did not answer.
    differences : str
        ``secured``: of the population, when secured; ``participants``: only
        "among those who took part".
    stability : bool
        Ranks and quadrants carry stability words instead of certainty words.
    """

    intervals: bool
    sampling: bool
    differences: str
    stability: bool


_STATEMENTS = {
    "random": Statements(True, True, "secured", False),
    "census": Statements(True, False, "secured", False),
    "open": Statements(False, False, "participants", True),
}


def statements(design: Design | str) -> Statements:
    """What a design allows to be printed.

    Examples
    --------
    >>> statements("open").intervals
    False
    """
    kind = design if isinstance(design, str) else design.kind
    if kind not in _STATEMENTS:
        message = f"The design must be one of {', '.join(_STATEMENTS)}, not {kind!r}."
        raise AnalysisError(message)
    return _STATEMENTS[kind]


def channel_design(design: Design, channel: str) -> Design:
    """The design of one channel: without a code, participation was open.

    Examples
    --------
    >>> channel_design(Design("random", 46000, 800), "link").kind
    'open'
    """
    if channel in CODED_CHANNELS:
        return design
    return Design("open", channels=(channel,))
