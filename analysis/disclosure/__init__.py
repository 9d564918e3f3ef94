"""The only door from counts to anything that leaves. Must not know charts or words."""

from analysis.disclosure.correction import Change, Correction, Total
from analysis.disclosure.gate import protect
from analysis.disclosure.interim import interim
from analysis.disclosure.policy import Policy
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
from analysis.disclosure.publication import publish
from analysis.disclosure.rows import (
    AnalysisFile,
    Column,
    LeftOut,
    analysis_file,
    every_row,
)
from analysis.disclosure.workbench import Workbench

__all__ = [
    "FIGURE_COLUMNS",
    "KINDS",
    "NOTES",
    "QUADRANTS",
    "SIGNS",
    "STATISTICS",
    "AnalysisFile",
    "Change",
    "Column",
    "Correction",
    "LeftOut",
    "Policy",
    "Protected",
    "Publication",
    "Secured",
    "Statement",
    "Total",
    "Workbench",
    "analysis_file",
    "every_row",
    "interim",
    "protect",
    "publish",
]
