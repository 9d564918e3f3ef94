"""What a chart says to somebody who cannot see it: its kind and its finding.

The figures stand in the table beside it; hearing all of them twice helps nobody.
"""

from __future__ import annotations

from analysis.language import Language
from analysis.report.rows import Display


def alternative(kind: str, headline: str, table: Display, language: Language) -> str:
    """The alternative text of a picture; where nothing is drawn, its headline."""
    if not table.rows:
        return headline
    _ = language.gettext
    kinds = {
        "agreement": _("Bar chart."),
        "dots": _("Dot chart."),
        "groups": _("Dot chart of groups."),
        "matrix": _("Chart of importance and satisfaction."),
        "ranks": _("Chart of places."),
        "participation": _("Bars of participation."),
    }
    if kind not in kinds:  # a table without a picture
        return headline
    finding = _("%(text)s.") % {"text": headline}
    return " ".join((kinds[kind], finding, _("All figures stand in the table.")))
