"""What many methods are asked for: items, how surely, how often; knows no method."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.package import AnalysisError


def check_confidence(confidence: float) -> None:
    """Raise `AnalysisError` unless a level of confidence lies between 0 and 1.

    Examples
    --------
    >>> check_confidence(95)
    Traceback (most recent call last):
    analysis.package.problems.AnalysisError: The confidence must lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        message = "The confidence must lie between 0 and 1."
        raise AnalysisError(message)


def check_resampling(resamples: int, confidence: float) -> None:
    """Raise `AnalysisError` unless there is something to draw, and a level to keep."""
    check_confidence(confidence)
    if not resamples >= 1:
        message = "Draw at least once."
        raise AnalysisError(message)


def item_names(items: Sequence[str]) -> list[str]:
    """Names of several items; one alone would be read letter by letter.

    Examples
    --------
    >>> item_names(["q1", "q2"])
    ['q1', 'q2']
    """
    if isinstance(items, str):
        message = f"Give a list of items, for example [{items!r}], not one name."
        raise AnalysisError(message)
    return list(items)
