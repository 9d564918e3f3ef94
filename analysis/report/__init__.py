"""The planner's report: protected tables in words, pictures, pages and one file.

Sees only what the disclosure gate returned.
"""

from __future__ import annotations

from analysis.report import terms
from analysis.report.about import About
from analysis.report.contents import Chart, Contents, compose
from analysis.report.folder import ReportError, figures_csv, harmless, write
from analysis.report.labels import Labels

__all__ = [
    "About",
    "Chart",
    "Contents",
    "Labels",
    "ReportError",
    "compose",
    "figures_csv",
    "harmless",
    "terms",
    "write",
]
