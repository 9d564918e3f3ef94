"""The words of one chart: labels out of the codebook, the rest from the catalogs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babel import Locale

from analysis.charts import Words
from analysis.codebook import Codebook, Item
from analysis.disclosure import Protected
from analysis.language import Language
from analysis.report import terms
from analysis.report.phrases import Phrases

Merges = Mapping[str, Mapping[str, str]]

FORM_LANGUAGE, CHANNEL = "form_language", "channel"


class Labels:
    """Labels of a survey in one language."""

    def __init__(
        self, codebook: Codebook, language: Language, merges: Merges | None = None
    ) -> None:
        self.codebook = codebook
        self.merges = merges or {}
        self.language = language
        self.fixed = terms.legend(language)
        self.no_answers = terms.no_answers(language)
        self.channels = terms.channels(language)

    def words(self, protected: Protected) -> Words:
        """Everything the chart of a table may have to say, without its sentences."""
        items = [each for each in self.codebook.items if each.name in protected.items]
        categories = dict(self._fields())
        for item in items:
            categories |= self._options(item)
        names = {item.name: self.item(item.name) for item in items}
        if protected.kind == "participation":
            categories |= self._people(protected)
            names |= {name: self.variable(name) for name in (FORM_LANGUAGE, CHANNEL)}
        return Words(
            items=names,
            categories=categories,
            groups=self._groups(protected.group_variable),
            legend=self.fixed,
            missing=self.no_answers | self._own_no_answers(items),
        )

    def item(self, name: str) -> str:
        """A question as asked, or the row of a battery."""
        return self._text(name) or name

    def question(self, protected: Protected) -> str:
        """The question of a table; for the rows of a battery the one above them."""
        names = protected.items
        if not names:
            return ""
        return self._text(protected.table.split("-by-")[0]) or self._text(names[0])

    def field(self, code: str) -> str:
        """A field of action."""
        return self._label("", code) or code

    def variable(self, name: str) -> str:
        """What a group variable is called."""
        _ = self.language.gettext
        if name == FORM_LANGUAGE:
            return _("Language of the questionnaire")
        if name == CHANNEL:
            return _("Way in")
        return self._text(name) or name

    def _text(self, item: str) -> str:
        return self._label(item, "")

    def _label(self, item: str, category: str) -> str:
        return self.codebook.labels(item, category, "label", self.language.code)

    def _fields(self) -> Iterator[tuple[str, str]]:
        for code in self.codebook.fields:
            yield code, self.field(code)

    def _options(self, item: Item) -> dict[str, str]:
        return {code: self._label(item.name, code) or code for code in item.options}

    def _pages(self) -> dict[str, str]:
        """A page is called after its first question."""
        found: dict[str, str] = {}
        for item in self.codebook.items:
            found.setdefault(item.page, self._text(item.name) or item.page)
        return found

    def _reasons(self, protected: Protected) -> dict[str, str]:
        """Reasons of exclusion; one this version does not know keeps its code."""
        known = terms.reasons(self.language)
        codes = protected.figures.query("statistic == 'excluded'")["category"]
        return {code: known.get(code, code) for code in codes}

    def _own_no_answers(self, items: list[Item]) -> dict[str, str]:
        return {
            code: text
            for item in items
            for code in ("-3", "-4")
            if (text := self._label(item.name, code))
        }

    def _people(self, protected: Protected) -> dict[str, str]:
        """Pages, reasons and channels; answers of each item under its own name."""
        found = self.channels | self._pages() | self._reasons(protected)
        rows = protected.figures.query("statistic == 'share'")
        for item in dict.fromkeys(rows["item"]):
            for code, text in self._groups(item).items():
                found[f"{item}/{code}"] = text
        return found

    def _groups(self, variable: str) -> dict[str, str]:
        """The groups of a variable; those shown together by all their names."""
        own = self._categories(variable)
        found = self.channels | own
        for shown in set(self.merges.get(variable, {}).values()):
            merged = self.merges[variable]
            names = [text for code, text in own.items() if merged.get(code) == shown]
            if names and shown not in own:
                found[shown] = Phrases(self.language).listed(names)
        return found

    def _categories(self, variable: str) -> dict[str, str]:
        if variable in {item.name for item in self.codebook.items}:
            return self._options(self.codebook.item(variable))
        return self._languages() if variable == FORM_LANGUAGE else {}

    def _languages(self) -> dict[str, str]:
        """Languages by their names in this language; "other" as in the package."""
        names = Locale.parse(self.language.babel).languages
        spoken = {code: str(names.get(code, code)) for code in self.codebook.languages}
        return spoken | {"other": self.language.gettext("other languages")}
