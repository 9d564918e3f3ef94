"""What a chart says to somebody who cannot see it: finding first, then every figure."""

from __future__ import annotations

from analysis.language import Language
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
    said = [kinds[kind], f"{headline}."]
    for head, cells in table.rows:
        pairs = zip(table.columns[1:], cells, strict=True)
        parts = [
            f"{column}: {cell}" if column else cell for column, cell in pairs if cell
        ]
        said.append(f"{head} – {'; '.join(parts)}.")
        if sum(map(len, said)) > LONGEST:
            said.append(_("All figures stand in the table."))
            break
    return " ".join(said)
