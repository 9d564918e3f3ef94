"""Which language each column is in, and which one the others are translated from.

Asks its author where a name may mean several languages or none that we know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.authoring import language_names
from survey.authoring.intake import Question
from survey.authoring.xlsform.headers import Heading
from survey.authoring.xlsform.ledger import Ledger
from survey.authoring.xlsform.records import Table

UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Languages:
    """``codes`` by the author's name, "" where none is named; ``source`` the first.

    ``questions`` wait for an answer; the texts of their columns are left aside.
    """

    codes: Mapping[str, str]
    source: str
    questions: tuple[Question, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Codes of all languages, the source first."""
        return tuple(dict.fromkeys([self.source, *self.codes.values()]))


class Settler:
    """Settles the languages of one form."""

    def __init__(
        self, tables: Mapping[str, Table], answers: Mapping[str, str], ledger: Ledger
    ) -> None:
        self.tables = list(tables.values())
        self.survey = tables["survey"]
        self.answers = {key.strip().casefold(): code for key, code in answers.items()}
        self.ledger = ledger
        self.questions: list[Question] = []
        self.codes: dict[str, str] = {}
        self.asked: set[str] = set()

    def settle(self, default: str) -> tuple[Languages, str]:
        """The languages, and what to say of the default language, if anything."""
        for table in self.tables:
            for heading in table.languages():
                self.column(table, heading)
        wanted = self.answer(default) if default else ""
        plain = self.plain_columns()
        source, said = self.source(default, wanted, plain)
        self.codes[""] = source
        self.twice()
        self.note_plain(plain, source, is_known=bool(wanted))
        return Languages(self.codes, source, tuple(self.questions)), said

    def column(self, table: Table, heading: Heading) -> None:
        """One column with a language's name."""
        name = heading.language
        if name in self.codes or name in self.asked:
            return
        code = self.answer(heading.text) or self.answer(name)
        if code:
            self.codes[name] = code
            self.note_unoffered(table, heading, code)
            return
        self.asked.add(name)
        words = f"Which language is {name!r}?"
        answers = language_names.codes_of(name) or tuple(self.offered())
        question = Question(table.sheet.name, heading.text, words, answers)
        self.questions.append(question)
        entry = self.ledger.entry(table.sheet.name, table.top, heading.text)
        reason = f"It is not clear which language {name!r} is."
        entry.refuse(reason, f'Say so: --language-of "{heading.text}=CODE".')

    def answer(self, name: str) -> str:
        """The code an author gave for a name, or the one it clearly means."""
        given = self.answers.get(name.strip().casefold())
        if given:
            return language_names.code_of(given) or given
        found = language_names.codes_of(name)
        return found[0] if len(found) == 1 else ""

    @staticmethod
    def offered() -> Iterable[str]:
        """Codes to choose from."""
        return language_names.offered()

    def note_unoffered(self, table: Table, heading: Heading, code: str) -> None:
        """Texts in a language that is not in the registry are kept all the same."""
        if code in self.offered():
            return
        entry = self.ledger.entry(table.sheet.name, table.top, heading.text)
        reason = f"The texts are kept as {code}; this language cannot be offered yet."
        entry.change(reason)

    def plain_columns(self) -> list[tuple[Table, Heading]]:
        """Columns of texts that name no language and have some."""
        return [
            (table, heading)
            for table in self.tables
            for heading in table.headings
            if heading.field in ("label", "hint", "constraint_message")
            and not heading.language
            and table.count(heading)
        ]

    def source(
        self, default: str, wanted: str, plain: list[tuple[Table, Heading]]
    ) -> tuple[str, str]:
        """The language the others are translated from, and what to say of it."""
        named = self.by_size()
        has_plain_labels = any(
            heading.field == "label" and table is self.survey
            for table, heading in plain
        )
        if wanted and (wanted in named or has_plain_labels or not named):
            return wanted, ""
        if named and (wanted or not has_plain_labels):
            said = ""
            if default:
                said = (
                    f"The default language {default!r} has no column; the texts in "
                    f"{named[0]} are the ones to translate from."
                )
            return named[0], said
        given = self.answer("label") if "label" in self.answers else ""
        if given:
            return given, ""
        words = "In which language are the texts whose heading names none?"
        self.questions.append(Question("survey", "label", words, tuple(self.offered())))
        return UNKNOWN, ""

    def by_size(self) -> list[str]:
        """Codes of the named languages, the one with most labels first."""
        counts: dict[str, int] = {}
        for table in self.tables:
            for heading in table.languages():
                code = self.codes.get(heading.language)
                if code and heading.field in ("label", "title"):
                    counts[code] = counts.get(code, 0) + table.count(heading)
        for code in self.codes.values():
            counts.setdefault(code, 0)
        return sorted(counts, key=lambda code: -counts[code])

    def twice(self) -> None:
        """Columns of one sheet that hold the same texts in the same language."""
        for table in self.tables:
            seen: dict[tuple[str, str], Heading] = {}
            for heading in table.languages():
                code = self.codes.get(heading.language)
                if code is None:
                    continue
                first = seen.setdefault((heading.field, code), heading)
                if first is not heading:
                    entry = self.ledger.entry(table.sheet.name, table.top, heading.text)
                    reason = f"{first.text} holds the same; this one fills its gaps."
                    entry.change(reason, "Join the two columns.")

    def note_plain(
        self, plain: list[tuple[Table, Heading]], source: str, *, is_known: bool
    ) -> None:
        """Say which language texts beside others are taken for."""
        if is_known or source == UNKNOWN or len(self.codes) == 1:
            return
        for table, heading in plain:
            entry = self.ledger.entry(table.sheet.name, table.top, heading.text)
            reason = f"The heading names no language: its texts are taken as {source}."
            entry.change(reason, f"Write {heading.text}::… with the language.")
