"""The sentences around the charts: base line, notes, summary, how to read."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.charts.figures import Figure, Figures
from analysis.disclosure import Protected, Publication
from analysis.language import Language
from analysis.report import terms
from analysis.report.about import About
from analysis.report.corrections import corrections
from analysis.report.labels import Labels
from analysis.report.phrases import Phrases

MOST_COMPARISONS = 5  # in the summary
PROTECTED = "protected"
OF_TABLES = (
    "gap",
    "ranges",
    "stability",
    "weighted",
)  # notes about columns that no picture has


class Lines:
    """Sentences about one survey in one language."""

    def __init__(
        self, about: About, language: Language, rate: Figure | None = None
    ) -> None:
        self.about = about
        self.language = language
        self.rate = rate
        self.phrases = Phrases(language)
        self.notes_by_name = terms.notes(language)

    def base_line(self, protected: Protected, figures: Figures) -> str:
        """About how many answers, how people were chosen, when, where from."""
        _ = self.language.gettext
        source = _("Source: %(title)s")
        facts = (
            self._answers(protected, figures),
            self.asked_in(protected),
            self.design(),
            self._rate(),
            self._dates(),
            source % {"title": self.about.title(self.language.code)},
        )
        return " · ".join(fact for fact in facts if fact)

    def asked_in(self, protected: Protected) -> str:
        """In which languages it was asked, where not in all of them."""
        spoken = self.about.only_in(protected.items)
        if not spoken:
            return ""
        names = [self.language.called(code) for code in spoken]
        text = self.language.ngettext(
            "asked in %(languages)s only", "asked only in %(languages)s", len(names)
        )
        return text % {"languages": self.language.together(names)}

    def _answers(self, protected: Protected, figures: Figures) -> str:
        """How many answered; where groups stand beside each other, how many in each."""
        if protected.kind == "groups":
            return self._answers_by_group(figures)
        if protected.base is None:
            return ""
        text = self.language.gettext("about %(count)s answers")
        return text % {"count": self.phrases.count(protected.base)}

    def _answers_by_group(self, figures: Figures) -> str:
        _ = self.language.gettext
        bases = [row.base for row in figures.rows if row.base and row.sign != PROTECTED]
        if not bases:
            return ""
        low, high = min(bases), max(bases)
        if low == high:
            text = _("per group about %(count)s answers")
            return text % {"count": self.phrases.count(low)}
        text = _("per group about %(low)s to %(high)s answers")
        return text % {
            "low": self.phrases.count(low),
            "high": self.phrases.count(high),
        }

    def design(self) -> str:
        """How people were chosen, in a few words."""
        _ = self.language.gettext
        invited, population = self.about.invited, self.about.population
        if self.about.design == "random" and invited and population:
            text = _("random sample: %(invited)s invited of %(population)s")
            return text % {
                "invited": self.phrases.count(invited),
                "population": self.phrases.count(population),
            }
        if self.about.design == "random":
            return _("random sample")
        if self.about.design == "census":
            return _("everybody was invited")
        return _("open participation, not a random sample")

    def _rate(self) -> str:
        """The response rate, where somebody was invited."""
        if self.rate is None:
            return ""
        text = self.language.gettext("response rate %(share)s")
        return text % {"share": self.phrases.share(self.rate)}

    def _dates(self) -> str:
        start, end = self.about.start, self.about.end
        if start is None or end is None:
            return ""
        if start == end:
            return self.phrases.day(start)
        text = self.language.gettext("%(start)s to %(end)s")
        return text % {"start": self.phrases.day(start), "end": self.phrases.day(end)}

    def notes(self, protected: Protected, figures: Figures) -> list[str]:
        """What has to be known to read one table and its picture."""
        return self._texts(self._notes(protected, figures))

    def notes_on_picture(self, protected: Protected, figures: Figures) -> list[str]:
        """What has to be known to read a picture that stands for itself."""
        names = self._notes(protected, figures)
        return self._texts([name for name in names if name not in OF_TABLES])

    def _notes(self, protected: Protected, figures: Figures) -> list[str]:
        names = [note.partition(":")[0] for note in protected.notes]
        has_own = bool(figures.of("first", "points_middle"))
        if has_own and "multiple" in names:
            names.remove("multiple")
        language = self.language.code
        return [*names, *_further(protected, figures, self.about, language)]

    def _texts(self, names: list[str]) -> list[str]:
        texts = [self.notes_by_name.get(name) for name in dict.fromkeys(names)]
        return [text for text in texts if text]

    def principle(self) -> str:
        """What the way people were chosen allows to say; stands on every page."""
        _ = self.language.gettext
        if self.about.design == "random":
            return _(
                "A random sample was invited. The ranges of uncertainty hold for "
                "everybody it was drawn from, as far as those who answered do not "
                "differ from those who did not."
            )
        if self.about.design == "census":
            return _(
                "Everybody was invited. The figures assume that those who answered "
                "do not differ from those who did not."
            )
        return _(
            "Open participation, not a random sample: the figures speak of those "
            "who took part and of nobody else."
        )

    def how_to_read(self) -> list[str]:
        """How the figures were protected and what the words mean."""
        return list(self._how_to_read())

    def _how_to_read(self) -> Iterator[str]:
        _ = self.language.gettext
        yield _(
            "To protect people, every count is rounded to a multiple of 5, and small "
            "groups are shown together. Rounded parts need not add up."
        )
        yield _(
            "“Don’t know” and “prefer not to say” are counted apart. A base holds "
            "those who gave an answer, unless it says otherwise."
        )
        if self.about.design != "open":
            yield _(
                "A difference is put into words only where it is secured: large enough "
                "to matter, and too large for chance, all comparisons considered."
            )
        yield _("People answered in their own language; all languages count together.")
        yield from corrections(self.about, self.language)

    def summary(self, publication: Publication, headlines: dict[str, str]) -> list[str]:
        """The findings that a council should hear first."""
        if publication.is_below_minimum:
            return [self.notes_by_name["below_minimum"]]
        leading = ("participation", "priority-matrix", *_overviews(publication))
        found = [headlines[name] for name in leading if name in headlines]
        comparisons = _strongest(publication)
        labels = Labels(self.about.codebook, self.language)
        return [
            *found,
            *(self._compared(each, labels, headlines) for each in comparisons),
        ]

    def _compared(
        self, table: Protected, labels: Labels, headlines: dict[str, str]
    ) -> str:
        """A difference between groups with the questions that it is about."""
        detailed = self.phrases.detailed
        said = detailed(labels.variable(table.group_variable), headlines[table.table])
        is_named = len(table.items) > 1  # the headline itself names the row
        return said if is_named else detailed(labels.question(table), said)


def _further(
    protected: Protected, figures: Figures, about: About, language: str
) -> Iterator[str]:
    """Notes that follow from what a table shows."""
    known = {item.name: item for item in about.codebook.items}
    kinds = {known[name].kind for name in protected.items if name in known}
    spoken = about.only_in(protected.items)
    if spoken:
        yield "only_in"
    if spoken and language not in spoken:
        yield "as_asked"
    if protected.kind == "matrix" and figures.of("gap"):
        yield "gap"
    if any(each.kind == "stability" for each in protected.statements):
        yield "stability"
    if kinds == {"points"}:
        yield "points"
    if kinds == {"pick"} and protected.kind != "matrix":
        yield "saw"
    if figures.of("net") and protected.kind == "agreement":
        yield "net"
    shown = [row for row in figures.rows if row.has_interval and not row.sign]
    has_columns = protected.kind in ("dots", "participation")
    is_alone = protected.kind == "agreement" and len(protected.items) == 1
    if shown and not has_columns and not is_alone:
        yield "ranges"


def _overviews(publication: Publication) -> Iterator[str]:
    for table in publication.tables:
        if table.kind == "agreement" and len(table.items) > 1:
            yield table.table


def _strongest(publication: Publication) -> list[Protected]:
    """The comparisons with the largest secured differences."""
    found = [table for table in publication.tables if table.secured]
    found.sort(key=lambda table: -max(abs(each.effect) for each in table.secured))
    return found[:MOST_COMPARISONS]
