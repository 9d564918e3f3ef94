"""Rows of a .lss file → its structure, in either layout; dangling rows are refused.

The old layout repeats a row for every language; the new one keeps the words in
sections of their own (``*_l10ns``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from survey.authoring.limesurvey.document import Document, Row
from survey.authoring.limesurvey.languages import Languages
from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.structure import (
    Asked,
    Attribute,
    Default,
    Group,
    Part,
    Said,
    Survey,
    Wordings,
)

# Names that settings had before version 1.92.
_RENAMED = {
    "dropdown_dates_year_min": "date_min",
    "dropdown_dates_year_max": "date_max",
    "exclude_all_other": "exclude_all_others",
}
# Settings in words; before version 1.92 they had no language.
_TRANSLATED = (
    "dualscale_headerA",
    "dualscale_headerB",
    "em_validation_q_tip",
    "other_replace_text",
    "suffix",
)
MOST_QUESTIONS = 600  # a questionnaire of ours may have 500


def gather(document: Document, languages: Languages, ledger: Ledger) -> Survey:
    """The survey as the file has it."""
    return _Gathering(document, languages, ledger).survey()


def whole_number(text: str) -> int:
    """A whole number; 0 for whatever is none."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return 0
    return int(text)


class _Gathering:
    def __init__(
        self, document: Document, languages: Languages, ledger: Ledger
    ) -> None:
        self.document = document
        self.languages = languages
        self.ledger = ledger
        self.questions: dict[str, Asked] = {}
        self.parts: dict[str, Part] = {}

    def survey(self) -> Survey:
        groups = self.groups()
        self.read_questions()
        self.read_parts()
        self.read_answers()
        self.read_attributes()
        self.read_defaults()
        self.read_conditions()
        for question in self.questions.values():
            group = groups.get(question.group)
            if group is not None:
                group.questions.append(question)
                continue
            reason = f"Its group {question.group!r} is not in the file."
            for row in question.rows():
                self.ledger.refuse(row, reason)
        return self.put_together(list(groups.values()))

    def put_together(self, groups: list[Group]) -> Survey:
        for group in groups:
            group.questions.sort(key=lambda question: question.order)
        groups.sort(key=lambda group: group.order)
        settings = next(iter(self.rows("surveys")), None)
        known = [c for c in self.languages.codes.values() if c != self.languages.base]
        titles: Wordings = {}
        formats = {}
        for row in self.rows("surveys_languagesettings"):
            language = self.language(row, "surveyls_language")
            if language:
                titles.setdefault(language, Said(row["surveyls_title"], row))
                formats[language] = row["surveyls_dateformat"]
        return Survey(
            id=settings["sid"] if settings else "",
            base=self.languages.base,
            languages=(self.languages.base, *known),
            titles=titles,
            groups=groups,
            settings=settings.cells if settings else {},
            date_formats=formats,
        )

    def rows(self, section: str) -> list[Row]:
        return self.document[section].rows if section in self.document else []

    def language(self, row: Row, column: str = "language") -> str:
        """Our code of a row's language; empty, and refused, for one unknown."""
        name = row[column]
        code = self.languages.codes.get(name, "")
        if not code:
            reason = f"{name!r} is not among the languages of the survey."
            self.ledger.refuse(row, reason)
        return code

    def told(
        self, section: str, id_column: str
    ) -> Iterator[tuple[str, Row, str, bool]]:
        """Id, row, language and whether the id is new, each once for a language.

        Rows without a language belong to the new layout; the base language
        comes first, because it speaks for the others.
        """
        base = self.languages.base
        seen: set[tuple[str, str]] = set()
        met: set[str] = set()
        rows = [
            (row, self.language(row) if "language" in row.cells else "")
            for row in self.rows(section)
        ]
        for row, language in sorted(rows, key=lambda pair: pair[1] not in ("", base)):
            if self.ledger.is_refused(row):
                continue
            id = row[id_column]
            if (id, language) in seen or not id:
                reason = f"The {id_column} {id!r} stands twice."
                self.ledger.refuse(row, reason if id else f"It has no {id_column}.")
                continue
            seen.add((id, language))
            yield id, row, language, id not in met
            met.add(id)

    def words(
        self,
        section: str,
        id_column: str,
        keep: Callable[[str, str, Row], str],
        judge: Callable[[Row, str], None] | None = None,
    ) -> None:
        """Hand over the words of the new layout; ``keep`` gives the owner's name.

        ``judge`` is told the row and its name; without it the row is taken.
        """
        seen: set[tuple[str, str]] = set()
        for row in self.rows(section):
            id, language = row[id_column], self.language(row)
            if not language:
                continue
            if (id, language) in seen:
                self.ledger.refuse(row, f"It stands twice in {language}.")
                continue
            seen.add((id, language))
            owner = keep(id, language, row)
            if owner:
                (judge or self.ledger.take)(row, f"{owner} ({language})")
            else:
                self.ledger.refuse(row, f"There is no {id_column} {id!r} in the file.")

    def groups(self) -> dict[str, Group]:
        found: dict[str, Group] = {}
        for id, row, language, is_new in self.told("groups", "gid"):
            if is_new:
                found[id] = Group(row, id, whole_number(row["group_order"]))
            if language:
                _say(found[id].titles, language, row, "group_name")
                _say(found[id].descriptions, language, row, "description")
            self.ledger.take(row, row["group_name"] or id)

        def keep(id: str, language: str, row: Row) -> str:
            if id not in found:
                return ""
            _say(found[id].titles, language, row, "group_name")
            _say(found[id].descriptions, language, row, "description")
            return row["group_name"] or id

        self.words("group_l10ns", "gid", keep)
        return found

    def read_questions(self) -> None:
        for id, row, language, is_new in self.told("questions", "qid"):
            if id not in self.questions and len(self.questions) >= MOST_QUESTIONS:
                reason = f"At most {MOST_QUESTIONS} questions are read."
                self.ledger.refuse(row, reason, name=row["title"])
                continue
            if is_new:
                self.questions[id] = Asked(
                    row=row,
                    id=id,
                    group=row["gid"],
                    code=row["title"],
                    type=row["type"],
                    order=whole_number(row["question_order"]),
                )
            question = self.questions[id]
            self.say_question(question, language, row)
            self.ledger.take(row, _in(question.code, language if not is_new else ""))

    def say_question(self, question: Asked, language: str, row: Row) -> None:
        if language:
            _say(question.words, language, row, "question")
            _say(question.helps, language, row, "help")

    def read_parts(self) -> None:
        for id, row, language, is_new in self.told("subquestions", "qid"):
            owner = self.questions.get(row["parent_qid"])
            if owner is None:
                self.ledger.refuse(
                    row, f"Its question {row['parent_qid']!r} is missing."
                )
                continue
            if is_new:
                self.parts[id] = _part(row, id, row["title"], row["question_order"])
                owner.parts.append(self.parts[id])
            if id in self.parts and language:
                _say(self.parts[id].words, language, row, "question")
            self.ledger.take(row, _in(f"{owner.code}_{row['title']}", language))
        for question in self.questions.values():
            question.parts.sort(key=lambda part: (part.scale, part.order))

        def keep(id: str, language: str, row: Row) -> str:
            if id in self.questions:
                self.say_question(self.questions[id], language, row)
                return self.questions[id].code
            if id in self.parts:
                _say(self.parts[id].words, language, row, "question")
                owner = self.questions[self.parts[id].row["parent_qid"]]
                return f"{owner.code}_{self.parts[id].code}"
            return ""

        self.words("question_l10ns", "qid", keep)

    def read_answers(self) -> None:
        ids: dict[str, Part] = {}
        known: dict[tuple[str, ...], Part] = {}
        for row in self.rows("answers"):
            owner = self.questions.get(row["qid"])
            language = self.language(row) if "language" in row.cells else ""
            if self.ledger.is_refused(row):
                continue
            if owner is None:
                self.ledger.refuse(row, f"Its question {row['qid']!r} is missing.")
                continue
            name = f"{owner.code}.{row['code']}"
            key = (owner.id, row["code"], row["scale_id"])
            if key in known and (not language or language in known[key].words):
                reason = f"The answer {row['code']!r} stands twice."
                self.ledger.refuse(row, reason, name=name)
                continue
            if key not in known:
                known[key] = _part(row, row["aid"], row["code"], row["sortorder"])
                owner.answers.append(known[key])
            ids.setdefault(row["aid"], known[key])
            if language:
                _say(known[key].words, language, row, "answer")
            self.ledger.take(row, _in(name, language))
        for question in self.questions.values():
            question.answers.sort(key=lambda part: (part.scale, part.order))

        def keep(id: str, language: str, row: Row) -> str:
            if id not in ids:
                return ""
            _say(ids[id].words, language, row, "answer")
            owner = self.questions[ids[id].row["qid"]]
            return f"{owner.code}.{ids[id].code}"

        self.words("answer_l10ns", "aid", keep)

    def read_attributes(self) -> None:
        for row in self.rows("question_attributes"):
            owner = self.questions.get(row["qid"])
            language = self.language(row) if row["language"] else ""
            if owner is None:
                part = self.parts.get(row["qid"])
                reason = f"Its question {row['qid']!r} is missing."
                if part is not None:
                    reason = "Settings of single rows are not taken."
                self.ledger.refuse(row, reason, name=row["attribute"])
            elif language or not row["language"]:
                name = _in(f"{owner.code}.{row['attribute']}", language)
                self.ledger.name(row, name)
                owner.attributes += self.attributes(row, language)

    def attributes(self, row: Row, language: str) -> list[Attribute]:
        """A setting; words that have no language are those of every language."""
        name = _RENAMED.get(row["attribute"], row["attribute"])
        if language or name not in _TRANSLATED:
            return [Attribute(name, row["value"], language, row)]
        codes = self.languages.codes.values()
        return [Attribute(name, row["value"], code, row) for code in codes]

    def read_defaults(self) -> None:
        ids: dict[str, Default] = {}
        known: dict[tuple[str, ...], Default] = {}
        for row in self.rows("defaultvalues"):
            owner = self.questions.get(row["qid"])
            if owner is None:
                self.ledger.refuse(row, f"Its question {row['qid']!r} is missing.")
                continue
            language = self.language(row) if row["language"] else ""
            if row["language"] and not language:
                continue
            key = (owner.id, row["sqid"], row["specialtype"], row["scale_id"])
            if key not in known:
                known[key] = Default(row, row["sqid"], row["specialtype"])
                owner.defaults.append(known[key])
            ids.setdefault(row["dvid"], known[key])
            if language:
                _say(known[key].values, language, row, "defaultvalue")
            self.ledger.name(row, _in(f"{owner.code}, default", language))

        def keep(id: str, language: str, row: Row) -> str:
            if id not in ids:
                return ""
            _say(ids[id].values, language, row, "defaultvalue")
            return "default"

        self.words("defaultvalue_l10ns", "dvid", keep, judge=self.ledger.name)

    def read_conditions(self) -> None:
        for row in self.rows("conditions"):
            owner = self.questions.get(row["qid"])
            if owner is None:
                self.ledger.refuse(row, f"Its question {row['qid']!r} is missing.")
            else:
                owner.conditions.append(row)
                self.ledger.take(row, owner.code)


def _part(row: Row, id: str, code: str, order: str) -> Part:
    part = Part(row, id, code, whole_number(row["scale_id"]), whole_number(order))
    part.relevance = row["relevance"]
    return part


def _say(wordings: Wordings, language: str, row: Row, column: str) -> None:
    wordings.setdefault(language, Said(row[column], row))


def _in(name: str, language: str) -> str:
    return f"{name} ({language})" if language else name
