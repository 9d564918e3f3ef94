"""An XLSForm file → a questionnaire, and a line for each of its rows.

Never raises because of what the file holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from survey.authoring.cells import Sheet, Workbook
from survey.authoring.intake import CHANGED, TAKEN, Intake, Line
from survey.authoring.problems import AuthoringError
from survey.authoring.sheets import open_tables
from survey.authoring.xlsform import (
    asking,
    batteries,
    choices,
    fields,
    headers,
    options,
    ordering,
    paging,
    settings,
    subheadings,
    tables,
    xml_names,
)
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.headers import CHOICE_COLUMNS, SURVEY_COLUMNS, TRANSLATED
from survey.authoring.xlsform.languages import Languages, Settler
from survey.authoring.xlsform.ledger import Ledger
from survey.authoring.xlsform.outline import Outline, outline
from survey.authoring.xlsform.records import Reader, Record, Table, table
from survey.authoring.xlsform.settings import Settings
from survey.questionnaire import check
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem, errors_only
from survey.questionnaire.rules.sources import MOST_WRITTEN

SHEETS = ("survey", "choices", "external_choices", "settings", "fields", "themes")
_NEEDED = {
    "survey": (headers.SURVEY, ("type",)),
    "choices": (headers.CHOICES, ("list_name", "name")),
    "external_choices": (headers.CHOICES, ("list_name", "name")),
    "settings": (headers.SETTINGS, ()),
    "fields": (headers.FIELDS, ("code",)),
    "themes": (headers.FIELDS, ("code",)),
}
_EXPRESSIONS = (
    "relevant",
    "constraint",
    "calculation",
    "choice_filter",
    "default",
    "default_from",
)


_MOST_ROUNDS = 5
MOST_ASKED = 2_000  # rows of survey; groups, notes and what is left out among them


@dataclass(slots=True)
class _File:
    """The tables of a file by the sheet's name, and what is said on the way.

    ``rows`` are those of the questions taken, by our names; ``banned`` rows broke an
    authoring rule when they were taken before.
    """

    banned: Mapping[int, Problem]
    ledger: Ledger = field(default_factory=Ledger)
    tables: dict[str, Table] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def inspect(
    path: Path,
    *,
    name: str = "",
    languages_of: Mapping[str, str] = MappingProxyType({}),
) -> Intake:
    """What came out of a workbook, a CSV file or a folder of them.

    ``name`` is used where the form has none; ``languages_of`` are an author's answers:
    heading or language as it is written → code.
    """
    try:
        book = open_tables(path, together=SHEETS)
    except AuthoringError as error:
        return Intake(None, (), error.problems)
    found = read(book, name or path.stem, languages_of)
    return replace(found, lines=(*map(_of_note, book.notes), *found.lines))


def _of_note(note: str) -> Line:
    """A line about the file; an encoding that had to be guessed is worth reading."""
    if "utf-" in note:
        return Line("file", 0, "", TAKEN, note)
    remedy = "Look whether its letters read well, or save it as UTF-8."
    return Line("file", 0, "", CHANGED, note, remedy)


def read(book: Workbook, name: str, answers: Mapping[str, str]) -> Intake:
    """What came out of tables that are open.

    A row that breaks an authoring rule is refused, and the rest read again: so no
    single row keeps all others out.
    """
    banned: dict[int, Problem] = {}
    for _ in range(_MOST_ROUNDS):
        file = _File(banned)
        found = _read(file, book, name, answers)
        wrong = {
            row: problem
            for problem in errors_only(found.problems)
            if (row := file.rows.get(problem.place.partition(".")[0]))
        }
        if not wrong:
            break
        banned = {**wrong, **banned}
    return found


def _read(file: _File, book: Workbook, name: str, answers: Mapping[str, str]) -> Intake:
    _find_tables(file, book)
    order = [sheet.name for sheet in book.sheets]
    if "survey" not in file.tables:
        reason = "There is no sheet survey with a column type."
        remedy = "An XLSForm has the sheets survey, choices and settings."
        file.ledger.entry("survey", 0, "").refuse(reason, remedy)
        return Intake(None, tuple(file.ledger.lines(order)))
    too_much = _too_much(file.tables["survey"])
    if too_much:
        file.ledger.entry("survey", 0, "").refuse(*too_much)
        return Intake(None, tuple(file.ledger.lines(order)))
    about = _settings(file)
    settler = Settler(file.tables, answers, file.ledger)
    languages, said = settler.settle(about.default_language)
    if said and about.record is not None:
        about.record.entry.change(said, "Write the name of one of the languages.")
    form = _form(file, languages, about)
    questionnaire = _questionnaire(file, form, about, name)
    problems = tuple(check.check(questionnaire, file=book.file))
    lines = tuple(file.ledger.lines(order))
    return Intake(questionnaire, lines, problems, languages.questions)


def _too_much(survey: Table) -> tuple[str, str] | None:
    """Reason and remedy where there is more than anybody asks."""
    count = len(survey.sheet.rows)
    if count > MOST_ASKED:
        reason = f"The sheet has {count:,} rows."
        remedy = f"At most {MOST_ASKED:,} are read: nobody answers so many questions."
        return reason, remedy
    columns = [h.column for h in survey.headings if h.field in _EXPRESSIONS]
    written = sum(len(row.cell(column)) for row in survey.rows() for column in columns)
    if written > MOST_WRITTEN:
        reason = f"Its expressions have {written:,} characters together."
        remedy = f"At most {MOST_WRITTEN:,} are read: calculate once what many need."
        return reason, remedy
    return None


def _find_tables(file: _File, book: Workbook) -> None:
    """Keep the sheets of a form; every other sheet is refused as a whole."""
    for sheet in book.sheets:
        title = sheet.name.strip().casefold().replace(" ", "_")
        found = None
        reason, remedy = "The sheet is no part of a form.", ""
        if title in _NEEDED and title not in file.tables:
            wanted = ", ".join(_NEEDED[title][1])
            reason = f"The sheet has no row of headings with {wanted}."
            remedy = "Write them into row 1."
            found = table(sheet, *_NEEDED[title])
        if found is not None:
            file.tables[title] = found
            _refuse_above(file, sheet, found)
        elif sheet.rows:
            file.ledger.entry(sheet.name, 0, "").refuse(reason, remedy)


def _refuse_above(file: _File, sheet: Sheet, found: Table) -> None:
    for row in sheet.rows:
        if row.number < found.top:
            entry = file.ledger.entry(sheet.name, row.number, "")
            entry.refuse("The row stands above the headings.")


def _records(
    file: _File,
    title: str,
    codes: Mapping[str, str],
    known: frozenset[str],
    *,
    named_by: str = "name",
) -> Iterator[Record]:
    if title in file.tables:
        reader = Reader(file.tables[title], codes, file.ledger, known)
        yield from reader.records(named_by=named_by)


def _settings(file: _File) -> Settings:
    """The settings, read before any language is known; titles come later."""
    known = settings.COLUMNS
    return settings.read(_records(file, "settings", {}, known, named_by="form_id"))


def _form(file: _File, languages: Languages, about: Settings) -> Form:
    """The form with its fields, themes and lists."""
    form = Form(languages, {}, file.ledger, about.slots, is_ours=about.is_ours)
    form.known.keeps_spelling = about.is_ours
    for title in ("fields", "themes"):
        found = _records(
            file, title, languages.codes, frozenset({"code"}), named_by="code"
        )
        fields.take(form, title, found)
    pairs = [
        (file.tables[title], record)
        for title in ("choices", "external_choices")
        for record in _records(file, title, languages.codes, CHOICE_COLUMNS)
    ]
    form.lists = choices.lists_of(pairs, languages.source, form.cleaned)
    return form


def _questionnaire(
    file: _File, form: Form, about: Settings, name: str
) -> Questionnaire:
    codes = form.languages.codes
    records: Iterator[Record] = _records(file, "survey", codes, SURVEY_COLUMNS)
    if form.is_ours:
        records = map(_as_ours, records)
    rows = outline(_refuse_banned(file, record) for record in records)
    _note_columns(file, form)
    drafts = _drafts(form, rows)
    lists = options.give(form, drafts)
    members = [(draft, _question(form, draft)) for draft in drafts]
    if not form.is_ours:
        file.rows = {draft.name: draft.entry.row for draft in drafts}
    pages = paging.pages(form, members)
    paging.remark(rows.groups, members)
    own = settings.slug(about, name)
    _keep_title(file, form, about, own)
    texts = {code: MappingProxyType(found) for code, found in form.texts.items()}
    return Questionnaire(
        name=own,
        source_language=form.source,
        fields=tuple(fields.all_of(form)),
        pages=pages,
        texts=MappingProxyType(texts),
        cross_cutting=tuple(form.themes),
        screened_out_if=about.record.value("screened_out_if") if about.record else "",
        settings=settings.survey_settings(about),
        lists=lists,
    )


def _refuse_banned(file: _File, record: Record) -> Record:
    """A record, refused where taking it broke a rule."""
    problem = file.banned.get(record.entry.row)
    if problem is not None:
        record.entry.refuse(problem.reason, problem.remedy, excerpt=problem.excerpt)
    return record


def _as_ours(record: Record) -> Record:
    """A record of our own file, its names as they were before they were written."""
    for column in _EXPRESSIONS:
        if column in record.values:
            record.values[column] = xml_names.read_in(record.values[column])
    if "name" in record.values:
        name = record.value("page") or xml_names.read(record.value("name"))
        record.values["name"] = name
    return record


def _drafts(form: Form, rows: Outline) -> list[Draft]:
    """All questions in order, each able to look at those before it."""
    leaves = rows.leaves if form.is_ours else ordering.ordered(rows.leaves)
    form.give_names(leaves)
    for leaf in leaves:
        form.known.later.add(leaf.name)
        if leaf.record.value("type").strip().lower() == "today" and leaf.name:
            form.known.meant[leaf.name] = "today()"
    found: list[Draft] = []
    seen: set[int] = set()
    for unit in tables.units(leaves):
        if isinstance(unit, tables.Table):
            draft = batteries.ask(form, unit)
        else:
            draft = asking.ask(form, unit)
        if draft is not None:
            found += [*subheadings.above(form, draft, seen), draft]
    return found


def _question(form: Form, draft: Draft) -> Question:
    """The question of a draft; its texts are kept on the way."""
    values = {key: value for key, value in draft.values.items() if value}
    made = Question(draft.name, draft.kind, **values)
    for part, texts in draft.words.items():
        form.keep(made.key(part), texts)
    return made


def _keep_title(file: _File, form: Form, about: Settings, name: str) -> None:
    """The title out of the first row of settings, now that languages are known."""
    texts: dict[str, str] = {}
    if about.record is not None:
        found = file.tables["settings"]
        for row in found.rows():
            if row.number == about.record.entry.row:
                reader = Reader(found, form.languages.codes, Ledger(), frozenset())
                made = reader.record(row, about.record.entry)
                texts = form.cleaned(about.record.entry, made.texts.get("title", {}))
    codes = [form.source, *(code for code in form.texts if code != form.source)]
    form.keep("title", settings.titles(about, texts, codes, name))


def _note_columns(file: _File, form: Form) -> None:
    """Say once of every column that is none of ours."""
    found = file.tables["survey"]
    for heading in found.headings:
        known = heading.field in SURVEY_COLUMNS or heading.field in TRANSLATED
        if known or not found.count(heading):
            continue
        entry = file.ledger.entry(found.sheet.name, found.top, heading.text)
        entry.change("The column is not used.")
