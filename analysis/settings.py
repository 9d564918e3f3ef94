"""How surely and how often: what many methods are asked for; knows no method."""

from __future__ import annotations

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
