"""Tables of a TOML file → a questionnaire; shapes only, the rules are check's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from survey.authoring.library import KEY as LIBRARY
from survey.authoring.library import taken_field, taken_question
from survey.authoring.problems import Report
from survey.authoring.tables import Table
from survey.questionnaire.model import (
    FieldOfAction,
    Option,
    OptionList,
    Page,
    Question,
    Questionnaire,
    Row,
    SurveySettings,
)

FIELDS = "fields"
FLAGS = {
    "sensitive": "is_sensitive",
    "reversed": "is_reversed",
    "random_order": "has_random_order",
    "where_translated": "is_asked_where_translated",
}
NUMBERS = ("at_most", "longest", "decimals", "total")
TEXTS = (
    "scale",
    "shown_if",
    "choice_filter",
    "constraint",
    "calculation",
    "default",
    "default_from",
    "precision",
    "pictogram",
)
KNOWN_SLOTS = ("place", "help_address")


class Reader:
    """Reads one file; texts are collected by language and key on the way."""

    def __init__(self, root: Table, name: str) -> None:
        self.root = root
        self.report: Report = root.report
        self.name = name
        self.language = "de"
        self.texts: dict[str, dict[str, str]] = {}
        self.fields: tuple[FieldOfAction, ...] = ()
        self.themes: tuple[str, ...] = ()
        self.lists: dict[str, tuple[Option, ...]] = {}

    def questionnaire(self) -> Questionnaire:
        """The questionnaire, as far as it can be read."""
        root = self.root
        name = root.text("name") or self.name
        self.language = self.required(root, "language", "de") or "de"
        self.texts[self.language] = {}
        self.words(root, "title", "title")
        self.fields = tuple(self.read_fields())
        self.themes = tuple(self.read_themes())
        lists = tuple(self.read_lists())
        pages = tuple(self.read_pages())
        questionnaire = Questionnaire(
            name=name,
            source_language=self.language,
            fields=self.fields,
            pages=_with_ranked_options(pages),
            texts=MappingProxyType(
                {code: MappingProxyType(own) for code, own in self.texts.items()}
            ),
            cross_cutting=self.themes,
            screened_out_if=root.text("screened_out_if"),
            settings=self.read_settings(),
            lists=lists,
        )
        for key in ("name", "title", "screened_out_if", "pages"):
            self.report.lines[key] = root.line_of(key) or 1
        root.close()
        return questionnaire

    def required(self, table: Table, key: str, example: str) -> str:
        """A text that must be there."""
        text = table.text(key)
        if not text and (not table.has(key) or table.data[key] == ""):
            table.complain(key, f"The {key} is missing.", f'Write {key} = "{example}".')
        return text

    def words(self, table: Table, key: str, text_key: str) -> bool:
        """Keep a wording; whether the file has one."""
        for language, wording in table.words(key, self.language).items():
            self.texts.setdefault(language, {})[text_key] = wording
        self.report.lines[text_key] = table.line_of(key)
        return table.has(key)

    def taken(
        self, table: Table, take: Callable[[Table, str], Table | None]
    ) -> Table | None:
        """The table with what it takes from the library, if it takes anything."""
        return take(table, self.language) if table.has(LIBRARY) else table

    def read_fields(self) -> Iterator[FieldOfAction]:
        """Fields of action with their labels."""
        for written in self.root.tables("fields"):
            table = self.taken(written, taken_field)
            if table is None:
                continue
            code = self.required(table, "code", "f1")
            table.named(f"field.{code}" if code else "")
            self.words(table, "label", f"field.{code}.label")
            self.words(table, "short", f"field.{code}.short")
            self.report.lines[f"field.{code}"] = table.line
            table.close()
            if code:
                yield FieldOfAction(code)

    def read_themes(self) -> Iterator[str]:
        """Codes of the cross-cutting themes."""
        for table in self.root.tables("cross_cutting"):
            code = self.required(table, "code", "children")
            table.named(f"cross_cutting.{code}" if code else "")
            self.words(table, "label", f"cross_cutting.{code}.label")
            self.report.lines[f"cross_cutting.{code}"] = table.line
            table.close()
            if code:
                yield code

    def read_lists(self) -> Iterator[OptionList]:
        """Lists of options that questions share."""
        for table in self.root.tables("lists"):
            name = self.required(table, "name", "districts")
            prefix = table.named(f"list.{name}" if name else "")
            self.report.lines[prefix] = table.line
            options = tuple(self.read_options(table, prefix, "options", part=""))
            table.close()
            if name:
                self.lists[name] = options
                yield OptionList(name, options)

    def read_pages(self) -> Iterator[Page]:
        """Pages with their questions."""
        for table in self.root.tables("pages"):
            name = self.required(table, "name", "q01")
            table.named(f"page.{name}" if name else "")
            self.report.lines[f"page.{name}"] = table.line
            page = Page(
                name=name,
                questions=tuple(self.read_questions(table)),
                part=table.text("part") or "core",
                has_title=self.words(table, "title", f"page.{name}.title"),
                has_hint=self.words(table, "hint", f"page.{name}.hint"),
                constraint=table.text("constraint"),
                has_constraint_message=self.words(
                    table, "constraint_message", f"page.{name}.constraint_message"
                ),
            )
            for key in ("part", "constraint"):
                self.report.lines[f"page.{name}.{key}"] = table.line_of(key)
            table.close()
            if name:
                yield page

    def read_questions(self, page: Table) -> Iterator[Question]:
        """The questions of one page."""
        codes = [field.code for field in self.fields]
        take = partial(taken_question, fields=codes, themes=self.themes)
        for written in page.tables("questions"):
            table = self.taken(written, take)
            if table is None:
                self.report.excused.add(page.place)
                continue
            name = table.named(self.required(table, "name", "q01"))
            self.report.lines[name] = table.line
            question = self.read_question(table, name)
            table.close()
            if name:
                yield question

    def read_question(self, table: Table, name: str) -> Question:
        """One question; its texts are kept on the way."""
        for key in table.data:
            self.report.lines[f"{name}.{key}"] = table.line_of(key)
        self.words(table, "label", f"{name}.label")
        return Question(
            name=name,
            kind=self.required(table, "kind", "single"),
            options=self.read_all_options(table, name),
            rows=tuple(self.read_rows(table, name)),
            field_of_action=table.text("field"),
            cross_cutting=table.names("cross_cutting"),
            role=table.text("role") or "other",
            picks_from=table.text("picks_from"),
            options_from=table.text("options_from"),
            has_hint=self.words(table, "hint", f"{name}.hint"),
            has_dont_know=self.read_refusal(table, name, "dont_know"),
            has_prefer_not=self.read_refusal(table, name, "prefer_not"),
            has_other=self.read_refusal(table, name, "other"),
            has_constraint_message=self.words(
                table, "constraint_message", f"{name}.constraint_message"
            ),
            has_audio=self.words(table, "audio", f"{name}.audio"),
            least=table.quantity("least"),
            most=table.quantity("most"),
            **read_attributes(table),
        )

    def read_all_options(self, table: Table, name: str) -> tuple[Option, ...]:
        """Own options, or those of a shared list."""
        own = (*self.read_options(table, name, "options"),)
        extra = (*self.read_options(table, name, "extra_options"),)
        listed = table.text("options_from")
        if not listed:
            return own + extra
        if own or extra:
            reason = "The question has options of its own and a shared list."
            table.complain("options_from", reason, "Leave one of them out.")
        if listed not in self.lists:
            reason = f"There is no list {listed!r}."
            table.complain("options_from", reason, "Write it under [[lists]].")
        return self.lists.get(listed, ())

    def read_refusal(self, table: Table, name: str, key: str) -> bool:
        """True, false, or words of the question's own."""
        if isinstance(table.data.get(key), bool):
            return table.flag(key)
        return self.words(table, key, f"{name}.{key}")

    def read_options(
        self, table: Table, name: str, key: str, part: str = ".option"
    ) -> Iterator[Option]:
        """Options; a bare text stands for the field of action of that code."""
        if table.data.get(key) == FIELDS:
            table.text(key)
            for field in self.fields:
                yield Option(field.code, f"field.{field.code}.label")
            return
        for entry in table.parts(key, dict, str):
            if isinstance(entry, str):
                yield Option(entry, f"field.{entry}.label")
                continue
            code = self.required(entry, "code", "yes")
            text_key = entry.named(f"{name}{part}.{code}" if code else "")
            self.words(entry, "label", text_key)
            self.report.lines[text_key] = entry.line
            option = Option(
                code,
                text_key,
                entry.flag("exclusive"),
                read_properties(entry),
                entry.text("pictogram"),
            )
            entry.close()
            if code:
                yield option

    def read_rows(self, table: Table, name: str) -> Iterator[Row]:
        """Rows; a bare text stands for the field of action of that code."""
        if table.data.get("rows") == FIELDS:
            table.text("rows")
            for field in self.fields:
                yield _row_of_field(name, field.code)
            return
        for part in table.parts("rows", dict, str):
            if isinstance(part, str):
                yield _row_of_field(name, part)
                continue
            row_name = part.named(self.required(part, "name", f"{name}_1"))
            self.words(part, "label", f"{row_name}.label")
            self.report.lines[row_name] = part.line
            row = Row(row_name, f"{row_name}.label", part.text("field"))
            part.close()
            if row_name:
                yield row

    def read_settings(self) -> SurveySettings:
        """The table ``[settings]``; what a text may insert, and the policy."""
        table = self.root.table("settings")
        if table is None:
            return SurveySettings()
        defaults = SurveySettings()
        for key in table.data:
            self.report.lines[f"settings.{key}"] = table.line_of(key)
        slots = {key: table.text(key) for key in KNOWN_SLOTS if table.has(key)}
        own = table.table("slots")
        if own is not None:
            slots.update({key: own.text(key) for key in own.data})
        settings = replace(
            defaults,
            slots=MappingProxyType(slots),
            privacy_profile=table.text("privacy_profile") or defaults.privacy_profile,
            groups=table.names("groups"),
            three_way=table.names("three_way"),
            language_groups=table.names("language_groups"),
            group_base=table.number("group_base", defaults.group_base),
            interim=table.flag("interim"),
            release_hour=table.number("release_hour", defaults.release_hour),
            review_rules=table.names("review_rules"),
        )
        for key in KNOWN_SLOTS:
            table.text(key)
        table.close()
        return settings


def read_attributes(table: Table) -> dict[str, Any]:
    """What is written as it is kept."""
    flags = {attribute: table.flag(key) for key, attribute in FLAGS.items()}
    numbers = {key: table.number(key) for key in NUMBERS}
    return {**flags, **numbers, **{key: table.text(key) for key in TEXTS}}


def read_properties(entry: Table) -> tuple[tuple[str, str], ...]:
    """What a choice filter looks at: a table of texts, sorted by name."""
    table = entry.table("properties")
    if table is None:
        return ()
    pairs = tuple(sorted((name, table.text(name)) for name in table.data))
    return tuple(pair for pair in pairs if pair[1])


def _row_of_field(name: str, code: str) -> Row:
    return Row(f"{name}_{code}", f"field.{code}.label", code)


def _with_ranked_options(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """A rank without options of its own takes those it picks from."""
    sources = {q.name: q for page in pages for q in page.questions}

    def completed(question: Question) -> Question:
        source = sources.get(question.picks_from)
        if source is None or question.options:
            return question
        ranked = tuple(option for option in source.options if not option.exclusive)
        return replace(question, options=ranked)

    return tuple(
        replace(page, questions=tuple(completed(q) for q in page.questions))
        for page in pages
    )
