"""The words of one chart: labels out of the codebook, the rest from the catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from babel import Locale

from analysis.charts import Words
from analysis.charts.figures import Figures, in_order
from analysis.codebook import Codebook, Item
from analysis.disclosure import Protected
from analysis.language import Language
from analysis.report import ends, terms
from analysis.report.people import BETWEEN, PEOPLE
from analysis.report.phrases import END, FIRST_STRONG, Phrases
from analysis.report.plain import plain

Merges = Mapping[str, Mapping[str, str]]

FORM_LANGUAGE, CHANNEL = "form_language", "channel"
BATTERY = "battery"
COMPARED_BY = "-by-"


class Labels:
    """Labels of a survey in one language."""

    def __init__(
        self, codebook: Codebook, language: Language, merges: Merges | None = None
    ) -> None:
        self.codebook = codebook
        self.merges = merges or {}
        self.language = language
        self.fixed = {
            is_open: terms.legend(language, is_open=is_open)
            for is_open in (False, True)
        }
        self.no_answers = terms.no_answers(language)
        self.channels = terms.channels(language)

    def words(self, protected: Protected, figures: Figures) -> Words:
        """Everything the chart of a table may have to say, without its sentences."""
        items = [each for each in self.codebook.items if each.name in protected.items]
        categories = dict(self._fields)
        for item in items:
            categories |= self.options(item)
        names = {item.name: self.item(item.name) for item in items}
        if protected.kind == "participation":
            categories |= self._people(figures)
            names |= {name: self.variable(name) for name in (FORM_LANGUAGE, CHANNEL)}
        if protected.kind == PEOPLE:
            categories |= self._three_groups(protected.group_variable, figures)
        groups = self.groups(protected.group_variable or CHANNEL)
        groups |= self._cells(protected, figures, categories)
        met = {row.group for row in figures.rows} | {
            row.channel for row in figures.rows
        }
        words = Words(
            items=names,
            categories=categories,
            groups=self._complete(groups, met, protected.group_variable),
            legend=self.fixed[protected.design == "open"],
            missing=self.no_answers | self._own_no_answers(items),
        )
        return self._naming_favourable(words, protected)

    def _naming_favourable(self, words: Words, protected: Protected) -> Words:
        """Say which answers of a scale are counted as favourable."""
        scale = self.scale(protected)
        if scale is None:
            return words
        said = ends.named(ends.favourable(scale), words, self.language)
        return replace(words, legend={**words.legend, "top2": said})

    def scale(self, protected: Protected) -> Item | None:
        """The item whose scale a table is about, if it is about one."""
        if protected.kind not in ("agreement", "groups"):
            return None
        return ends.scale_of(protected.items, self.codebook)

    def item(self, name: str) -> str:
        """A question as asked, or the row of a battery."""
        return self._text(name) or name

    def whole(self, name: str) -> str:
        """A question as asked; of a battery's row the question above it, too."""
        kind = self.codebook.item(name).kind
        above = self._text(name.rpartition("_")[0]) if kind == BATTERY else ""
        own = self.item(name)
        return Phrases(self.language).detailed(above, own) if above else own

    def subjects(self, protected: Protected) -> dict[str, str]:
        """Short names of the rows of a battery: their fields of action."""
        return {
            item.name: self.field(item.field)
            for item in self.codebook.items
            if item.name in protected.items and item.kind == BATTERY and item.field
        }

    def question(self, protected: Protected) -> str:
        """The question of a table; for the rows of a battery the one above them."""
        names = protected.items
        if not names:
            return ""
        return self._text(question_of(protected.table)) or self.item(names[0])

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
        text = self.codebook.labels(item, category, "label", self.language.code)
        return plain(text) if text else self._as_asked(item, category)

    def _as_asked(self, item: str, category: str) -> str:
        """A label of what was not asked in this language, as others met it."""
        for code in self.codebook.partial_languages:
            text = self.codebook.labels(item, category, "label", code)
            if text:
                return f"{FIRST_STRONG}{plain(text)}{END}"
        return ""

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        return {code: self.field(code) for code in self.codebook.fields}

    def options(self, item: Item) -> dict[str, str]:
        """The answers of an item by their codes."""
        return {code: self._label(item.name, code) or code for code in item.options}

    def silences(self, item: Item) -> dict[str, str]:
        """The kinds of no answer, in the questionnaire's words where it has some."""
        return self.no_answers | self._own_no_answers([item])

    def _own_no_answers(self, items: list[Item]) -> dict[str, str]:
        return {
            code: text
            for item in items
            for code in ("-3", "-4")
            if (text := self._label(item.name, code))
        }

    def _pages(self) -> dict[str, str]:
        """A page is called after its first question, a battery by its own."""
        found: dict[str, str] = {}
        for item in self.codebook.items:
            above = item.name.rpartition("_")[0] if item.kind == BATTERY else ""
            text = (self._text(above) if above else "") or self.item(item.name)
            found.setdefault(item.page, text)
        return found

    def _people(self, figures: Figures) -> dict[str, str]:
        """Pages and reasons; answers of each item under its own name."""
        reasons = terms.reasons(self.language)
        codes = {row.category for row in figures.of("excluded", "reached")}
        found = self._complete(self._pages() | reasons, codes, "")
        shares = figures.of("share")
        for item in in_order(shares, lambda row: row.item):
            met = {row.category for row in shares if row.item == item}
            known = self._complete(self.groups(item), met, item)
            found |= {f"{item}/{code}": text for code, text in known.items()}
        return found

    def _three_groups(self, variables: str, figures: Figures) -> dict[str, str]:
        """The groups of each of three variables under its own name."""
        cells = [row.group.split(BETWEEN) for row in figures.rows]
        found: dict[str, str] = {}
        for side, variable in enumerate(variables.split(BETWEEN)):
            met = {groups[side] for groups in cells}
            known = self._complete(self.groups(variable), met, variable)
            found |= {f"{variable}/{code}": text for code, text in known.items()}
        return found

    def _cells(
        self, protected: Protected, figures: Figures, categories: Mapping[str, str]
    ) -> dict[str, str]:
        """Cells of three groups at once by the names of all three."""
        if protected.kind != PEOPLE:
            return {}
        variables = protected.group_variable.split(BETWEEN)
        listed = Phrases(self.language).listed
        return {
            row.group: listed(
                [
                    categories[f"{variable}/{code}"]
                    for variable, code in zip(
                        variables, row.group.split(BETWEEN), strict=True
                    )
                ]
            )
            for row in figures.rows
        }

    def _complete(
        self, known: Mapping[str, str], met: Iterable[str], variable: str
    ) -> dict[str, str]:
        """Words for every code that was met, such as the name of a link.

        Languages are named; any other code nobody has words for names itself.
        """
        names = self._tongues if variable == FORM_LANGUAGE else {}
        found = {code: plain(str(names.get(code, code))) for code in sorted(met)}
        return found | dict(known)

    def groups(self, variable: str) -> dict[str, str]:
        """The groups of a variable; those shown together by all their names."""
        own = self._categories(variable)
        found = self.channels | own
        merged = self.merges.get(variable, {})
        for shown in dict.fromkeys(merged.values()):
            names = [text for code, text in own.items() if merged.get(code) == shown]
            if names and shown not in own:
                found[shown] = Phrases(self.language).listed(names)
        return found

    def _categories(self, variable: str) -> dict[str, str]:
        if variable in {item.name for item in self.codebook.items}:
            return self.options(self.codebook.item(variable))
        return self._languages if variable == FORM_LANGUAGE else {}

    @cached_property
    def _tongues(self) -> Mapping[str, str]:
        return dict(Locale.parse(self.language.babel).languages)

    @cached_property
    def _languages(self) -> dict[str, str]:
        """Languages by their names in this language; "other" as in the package."""
        codes = self.codebook.languages
        spoken = {code: str(self._tongues.get(code, code)) for code in codes}
        return spoken | {"other": self.language.gettext("other languages")}


def question_of(table: str) -> str:
    """The table whose groups a comparison compares; its own name if it is none."""
    return table.split(COMPARED_BY)[0]
