"""The sentences around the charts: base line, notes, summary, how to read."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.disclosure import Protected, Publication
from analysis.language import Language
from analysis.report import terms
from analysis.report.about import About
from analysis.report.phrases import Phrases


class Lines:
    """Sentences about one survey in one language."""

    def __init__(self, about: About, language: Language) -> None:
        self.about = about
        self.language = language
        self.phrases = Phrases(language)
        self.notes_by_name = terms.notes(language)

    def base_line(self, protected: Protected) -> str:
        """About how many answers, how people were chosen, when, where from."""
        _ = self.language.gettext
        facts = [self._answers(protected.base), self.design(), self._dates()]
        facts.append(
            _("Source: %(title)s") % {"title": self.about.title(self.language.code)}
        )
        return " · ".join(fact for fact in facts if fact)

    def _answers(self, base: int | None) -> str:
        if base is None:
            return ""
        text = self.language.gettext("about %(count)s answers")
        return text % {"count": self.phrases.count(base)}

    def design(self) -> str:
        """How people were chosen, in a few words."""
        _ = self.language.gettext
        if self.about.design == "random":
            text = _("random sample: %(invited)s invited of %(population)s")
            return text % {
                "invited": self.phrases.count(self.about.invited or 0),
                "population": self.phrases.count(self.about.population or 0),
            }
        if self.about.design == "census":
            return _("everybody was invited")
        return _("open participation, not a random sample")

    def _dates(self) -> str:
        start, end = self.about.start, self.about.end
        if start is None or end is None:
            return ""
        if start == end:
            return self.language.isolate(self.language.date(start))
        text = self.language.gettext("%(start)s to %(end)s")
        return text % {
            "start": self.language.isolate(self.language.date(start)),
            "end": self.language.isolate(self.language.date(end)),
        }

    def notes(self, protected: Protected) -> list[str]:
        """What has to be known to read one table."""
        found: dict[str, None] = {}
        for note in protected.notes:
            text = self.notes_by_name.get(note.partition(":")[0])
            if text:
                found[text] = None
        return list(found)

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
        yield self.principle()
        yield _(
            "To protect people, every count is rounded to a multiple of 5, and small "
            "groups are shown together. Rounded parts need not add up."
        )
        yield _(
            "“Don’t know” and “prefer not to say” are counted apart and are in no base."
        )
        if self.about.design != "open":
            yield _(
                "A difference is put into words only where it is secured: large enough "
                "to matter, and too large for chance, all comparisons considered."
            )
        yield _("People answered in their own language; all languages count together.")

    def summary(self, publication: Publication, headlines: dict[str, str]) -> list[str]:
        """The findings that a council should hear first."""
        if publication.is_below_minimum:
            return [self.notes_by_name["below_minimum"]]
        leading = ("participation", "priority-matrix", *self._overviews(publication))
        return [headlines[name] for name in leading if name in headlines]

    @staticmethod
    def _overviews(publication: Publication) -> Iterator[str]:
        for table in publication.tables:
            if table.kind == "agreement" and len(table.items) > 1:
                yield table.table
        for table in publication.tables:
            if table.kind == "groups" and table.secured:
                yield table.table
