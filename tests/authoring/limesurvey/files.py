"""Small .lss files in both layouts, as LimeSurvey would write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from survey.authoring import limesurvey
from survey.questionnaire.problem import errors_only

Words = str | dict[str, str]
Parts = list[tuple[str, Words]]
LAYOUTS = ("old", "new")


@dataclass
class Q:
    """One question; ``subs`` and ``answers`` are code and words.

    ``columns`` are the subquestions of the second scale, ``second`` its answers;
    ``settings`` may be ``{name: value}`` or ``{(name, language): value}``.
    """

    code: str
    type: str
    words: Words = "Frage?"
    help: Words = ""
    subs: Parts = field(default_factory=list)
    columns: Parts = field(default_factory=list)
    answers: Parts = field(default_factory=list)
    second: Parts = field(default_factory=list)
    settings: dict = field(default_factory=dict)
    relevance: str = "1"
    relevances: dict[str, str] = field(default_factory=dict)
    other: str = "N"
    mandatory: str = "N"
    preg: str = ""
    defaults: dict[str, str] = field(default_factory=dict)
    group: int = 1


class File:
    """The rows of one file; questions have the numbers 1000, 2000, …."""

    def __init__(
        self, *questions, languages=("de",), layout="new", groups=None, **more
    ):
        self.languages = languages
        self.is_new = layout == "new"
        self.rows: dict[str, list[dict]] = {}
        self.more = more
        self.entries = more.pop("entries", languages)
        self.survey(more)
        for number, group in enumerate(groups or [{}], start=1):
            self.group(number, group)
        for number, question in enumerate(questions, start=1):
            self.question(number * 1000, number, question)

    def add(self, section, **cells):
        self.rows.setdefault(section, []).append(cells)

    def said(self, words, language):
        return words.get(language, "") if isinstance(words, dict) else words

    def survey(self, more):
        base, *others = self.languages
        row = {"sid": 77, "language": base, "additional_languages": " ".join(others)}
        self.add("surveys", **row, **more.pop("survey", {}))
        titles = more.pop("titles", "Umfrage")
        for language in self.languages:
            self.add(
                "surveys_languagesettings",
                surveyls_survey_id=77,
                surveyls_language=language,
                surveyls_title=self.said(titles, language),
                **more.get("texts", {}),
            )
        more.pop("texts", None)

    def told(self, section, l10n, key, id, cells, texts):
        """A row with words: one per language, or apart from its words."""
        if self.is_new:
            self.add(section, **{key: id}, **cells)
        for language in self.languages:
            own = {name: self.said(words, language) for name, words in texts.items()}
            if self.is_new:
                row = {"id": 1, key: id, **own, "language": language}
                self.add(l10n, **row)
            else:
                self.add(section, **{key: id}, **cells, **own, language=language)

    def group(self, number, group):
        cells = {
            "sid": 77,
            "group_order": number,
            "grelevance": group.get("relevance", ""),
            "randomization_group": group.get("random", ""),
        }
        texts = {
            "group_name": group.get("title", ""),
            "description": group.get("text", ""),
        }
        self.told("groups", "group_l10ns", "gid", number, cells, texts)

    def question(self, id, order, q):
        cells = {
            "parent_qid": 0,
            "sid": 77,
            "gid": q.group,
            "type": q.type,
            "title": q.code,
            "preg": q.preg,
            "other": q.other,
            "mandatory": q.mandatory,
            "question_order": order,
            "relevance": q.relevance,
        }
        texts = {"question": q.words, "help": q.help}
        self.told("questions", "question_l10ns", "qid", id, cells, texts)
        self.subquestions(id, q)
        self.answers(id, q)
        for name, value in q.settings.items():
            name, language = name if isinstance(name, tuple) else (name, "")
            cells = {"qid": id, "attribute": name, "value": value}
            self.add("question_attributes", **cells, language=language)
        for part, value in q.defaults.items():
            self.default(id, self.part_id(id, q, part), value)

    def part_id(self, id, q, part):
        codes = [code for code, _ in q.subs]
        return id + 1 + codes.index(part) if part else 0

    def default(self, id, part, value):
        if self.is_new:
            number = len(self.rows.get("defaultvalues", [])) + 1
            self.add("defaultvalues", dvid=number, qid=id, scale_id=0, sqid=part)
        for language in self.languages:
            cells = {"language": language, "defaultvalue": self.said(value, language)}
            if self.is_new:
                self.add("defaultvalue_l10ns", id=1, dvid=number, **cells)
            else:
                self.add("defaultvalues", qid=id, scale_id=0, sqid=part, **cells)

    def subquestions(self, id, q):
        for scale, parts in enumerate((q.subs, q.columns)):
            for place, (code, words) in enumerate(parts):
                cells = {
                    "parent_qid": id,
                    "sid": 77,
                    "gid": q.group,
                    "title": code,
                    "question_order": place,
                    "scale_id": scale,
                    "relevance": q.relevances.get(code, "1"),
                }
                number = id + 1 + scale * 100 + place
                texts = {"question": words}
                self.told("subquestions", "question_l10ns", "qid", number, cells, texts)

    def answers(self, id, q):
        for scale, parts in enumerate((q.answers, q.second)):
            for place, (code, words) in enumerate(parts):
                cells = {"code": code, "sortorder": place, "scale_id": scale}
                number = id + scale * 100 + place
                if self.is_new:
                    self.add("answers", aid=number, qid=id, **cells)
                for language in self.languages:
                    said = {"answer": self.said(words, language), "language": language}
                    if self.is_new:
                        self.add("answer_l10ns", id=1, aid=number, **said)
                    else:
                        self.add("answers", qid=id, **cells, **said)

    def bytes(self) -> bytes:
        """The file."""
        version = 606 if self.is_new else 177
        parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<document>"]
        parts.append("<LimeSurveyDocType>Survey</LimeSurveyDocType>")
        parts.append(f"<DBVersion>{version}</DBVersion>")
        own = "".join(f"<language>{code}</language>" for code in self.entries)
        parts.append(f"<languages>{own}</languages>")
        for section, rows in {**self.rows, **self.more}.items():
            parts.append(f"<{section}><rows>")
            parts += [f"<row>{_cells(row)}</row>" for row in rows]
            parts.append(f"</rows></{section}>")
        return "\n".join([*parts, "</document>"]).encode()


def _cells(row):
    return "".join(
        f"<{name}>{escape(str(text))}</{name}>" for name, text in row.items()
    )


def inspected(content: bytes, name="umfrage.lss", **how):
    """What is read of a file with this content."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return limesurvey.inspect(path, **how)


def taken(*questions, **how):
    """What is read of a file with these questions."""
    return inspected(File(*questions, **how).bytes())


def errors(intake):
    """What the rules refuse; advice left out."""
    return errors_only(intake.problems)


def line(intake, name, place=""):
    """The line of that name, in a section where several have it."""
    [found] = [
        one for one in intake.lines if one.name == name and place in ("", one.place)
    ]
    return found


YES_NO = [("A1", "Ja"), ("A2", "Nein")]
AREAS = [("SQ1", "Wohnen"), ("SQ2", "Busse"), ("SQ3", "Parks")]
