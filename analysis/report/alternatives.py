"""What a chart says to somebody who cannot see it: finding first, then every figure."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.language import Language
from analysis.report.phrases import Phrases
from analysis.report.tables import Display

LONGEST = 4000  # a reader can go to the table; an attribute without end helps nobody


def alternative(kind: str, headline: str, table: Display, language: Language) -> str:
    """The alternative text of a picture."""
    _ = language.gettext
    kinds = {
        "agreement": _("Bar chart."),
        "dots": _("Dot chart."),
        "groups": _("Dot chart of groups."),
        "matrix": _("Chart of importance and satisfaction."),
        "ranks": _("Chart of places."),
        "participation": _("Bars of participation."),
    }
    said = [kinds[kind], _("%(text)s.") % {"text": headline}]
    for head, cells in table.rows:
        said.append(_row(head, table.columns[1:], cells, language))
        if sum(map(len, said)) > LONGEST:
            said.append(_("All figures stand in the table."))
            break
    return " ".join(said)


def _row(
    head: str, columns: Sequence[str], cells: Sequence[str], language: Language
) -> str:
    """One row of the table as a line to be heard."""
    _ = language.gettext
    named = _("%(name)s: %(value)s")
    parts = [
        named % {"name": column, "value": cell} if column else cell
        for column, cell in zip(columns, cells, strict=True)
        if cell
    ]
    said = Phrases(language).listed(parts) if parts else ""
    return _("%(row)s – %(figures)s.") % {"row": head, "figures": said}
