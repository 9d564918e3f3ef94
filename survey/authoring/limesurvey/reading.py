"""A .lss file → a questionnaire and a line for every row of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from survey.authoring.intake import REFUSED, Intake, Line
from survey.authoring.limesurvey import (
    attributes,
    filters,
    merging,
    own,
    settings,
    together,
)
from survey.authoring.limesurvey.conditions import as_equation
from survey.authoring.limesurvey.document import Document, Unreadable, open_document
from survey.authoring.limesurvey.gathering import gather
from survey.authoring.limesurvey.languages import settle
from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.own import Own
from survey.authoring.limesurvey.pages import Pages, Taken
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked, Group, Survey
from survey.authoring.limesurvey.taking import Block, Refused, Taking, explained
from survey.authoring.limesurvey.texts import Texts
from survey.authoring.limesurvey.types import take
from survey.authoring.limesurvey.variables import Variables
from survey.authoring.naming import Naming, plain
from survey.authoring.problems import Report
from survey.questionnaire import check
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules.sources import MOST_WRITTEN
from survey.questionnaire.texts import text_keys

_OPTIONAL = ("Y", "S")


def inspect(
    path: Path, *, name: str = "", languages_of: Mapping[str, str] | None = None
) -> Intake:
    """What can be taken of a file, and what became of each of its rows.

    ``name`` is used where the file has none; ``languages_of`` answers questions
    about languages. Raises ``AuthoringError`` only when the file cannot be opened.
    """
    try:
        document = open_document(path)
    except Unreadable as stop:
        return _unreadable(path.name, stop)
    return read(document, path.name, name or path.stem, languages_of or {})


def read(
    document: Document, file: str, name: str, languages_of: Mapping[str, str]
) -> Intake:
    """The same, of sections that are read already."""
    too_much = _too_much(document)
    if too_much is not None:
        return _unreadable(file, too_much)
    ledger = Ledger(document)
    languages = settle(document, languages_of, ledger)
    if languages.questions:
        return Intake(None, (), (), languages.questions)
    if not languages.base:
        reason = "The file names no language."
        remedy = "Export the survey structure again."
        return _unreadable(file, Unreadable("surveys", 0, 1, reason, remedy))
    survey = gather(document, languages, ledger)
    reading = _Reading(survey, ledger, plain(name) or "survey")
    questionnaire = pruned(reading.questionnaire())
    settings.account(document, ledger)
    report = Report(file)
    report.lines = reading.lines
    report.take(check.check(questionnaire))
    return Intake(questionnaire, ledger.lines(), report.sorted())


def _too_much(document: Document) -> Unreadable | None:
    """Where there is more to read in conditions than anybody writes."""
    written = 0
    for section in document.values():
        for row in section.rows:
            written += len(row["relevance"]) + len(row["grelevance"])
            if written > MOST_WRITTEN:
                reason = f"The conditions up to here have {written:,} characters."
                remedy = f"At most {MOST_WRITTEN:,} are read: make them simpler."
                place = section.name
                return Unreadable(place, row.number, row.line, reason, remedy)
    return None


def read_back(document: Document, name: str) -> Questionnaire:
    """What our own rows say, with idle texts, for comparing."""
    ledger = Ledger(document)
    languages = settle(document, {}, ledger)
    survey = gather(document, languages, ledger)
    return _Reading(survey, ledger, name).questionnaire()


def pruned(questionnaire: Questionnaire) -> Questionnaire:
    """Without texts that nothing shows."""
    keys = {entry.key for entry in text_keys(questionnaire)}
    for question in questionnaire.questions():
        keys |= {question.key(part) for part in ("dont_know", "prefer_not", "other")}
    texts = {
        code: MappingProxyType({key: own[key] for key in own if key in keys})
        for code, own in questionnaire.texts.items()
    }
    return replace(questionnaire, texts=MappingProxyType(texts))


def _unreadable(file: str, stop: Unreadable) -> Intake:
    line = Line(stop.place, stop.number, "", REFUSED, stop.reason, stop.remedy)
    problem = Problem(file, stop.place, stop.reason, stop.remedy, stop.line)
    return Intake(None, (line,), (problem,))


class _Reading:
    """Takes over the questions of one survey, in the order they are asked."""

    def __init__(self, survey: Survey, ledger: Ledger, name: str) -> None:
        self.survey = survey
        self.ledger = ledger
        self.name = name
        self.lines: dict[str, int] = {}
        carried = {asked: own.of(asked) for asked in survey.questions()}
        for _, rows in carried.values():
            for attribute in rows:
                ledger.take(attribute.row)
        self.carried = {asked: found for asked, (found, _) in carried.items()}
        self.whole = next((o for o in self.carried.values() if o.questionnaire), Own())
        self.lists = merging.lists_of(self.whole)
        later = {asked.code: asked.code for asked in survey.questions()}
        self.taking = Taking(
            survey=survey,
            ledger=ledger,
            texts=Texts(survey.base, survey.languages, ledger),
            naming=Naming(),
            variables=Variables(later),
            own=self.carried,
        )
        self.types = {asked.id: asked.type for asked in survey.questions()}

    def questionnaire(self) -> Questionnaire:
        """The questionnaire as far as it can be taken."""
        self.taking.texts.say("title", self.survey.titles, self.name)
        pages = Pages(self.taking)
        for group in self.survey.groups:
            pages.lay_out(group, self.taken(group))
        texts = self.taking.texts.by_language
        questionnaire = Questionnaire(
            name=self.name,
            source_language=self.survey.base,
            fields=(),
            pages=tuple(pages.pages),
            texts=MappingProxyType({c: MappingProxyType(o) for c, o in texts.items()}),
        )
        return self.completed(questionnaire)

    def completed(self, questionnaire: Questionnaire) -> Questionnaire:
        """With shared lists, with what we carry ourselves, without idle texts."""
        used = {question.options_from for question in questionnaire.questions()}
        lists = {one.name: one for one in (*self.lists, *self.taking.lists)}
        kept = tuple(one for one in lists.values() if one.name in used)
        if self.lists:
            kept = (*self.lists, *(one for one in kept if one not in self.lists))
        questionnaire = replace(questionnaire, lists=kept)
        questionnaire = merging.whole(questionnaire, self.whole.questionnaire)
        for carried in self.carried.values():
            if carried.texts:
                questionnaire = merging.with_texts(questionnaire, carried.texts)
        return questionnaire

    def taken(self, group: Group) -> list[Taken]:
        """What became of each question of a group."""
        try:
            condition = self.condition_of(group)
        except Refused as refused:
            self.ledger.refuse(
                group.row, refused.reason, refused.remedy, excerpt=refused.excerpt
            )
            for asked in group.questions:
                reason = "The condition of its group cannot be taken."
                self.refuse(asked, Refused(reason, excerpt=refused.excerpt))
            return []
        found = []
        for asked in group.questions:
            try:
                blocks = self.blocks(asked, condition)
            except Refused as refused:
                self.refuse(asked, refused)
            else:
                found.append(Taken(blocks, self.carried[asked]))
        return found

    def condition_of(self, group: Group) -> str:
        """The condition of a whole group; raises ``Refused``."""
        equation = group.row["grelevance"]
        if not equation:
            return ""
        try:
            return self.taking.looking_back().condition(equation)
        except ScriptError as error:
            reason, remedy, excerpt = explained(equation, error)
            what = f"Its condition cannot be taken: {reason}"
            raise Refused(what, remedy, excerpt) from error

    def blocks(self, asked: Asked, of_group: str) -> list[Block]:
        """The questions that one became; raises ``Refused``."""
        for hindrance in attributes.hindrances(asked):
            raise Refused(hindrance, "Show it, or leave it out.")
        condition = filters.both([of_group, self.condition(asked)])
        found = take(asked, self.taking)
        together.carried(asked, self.taking, found)
        for block in found:
            block.questions = [self.shown(q, condition) for q in block.questions]
        if len(found) == 1 and len(found[0].questions) == 1:
            found[0].questions = [self.merged(asked, found[0].questions[0])]
        for block in found:
            for question in block.questions:
                self.note(asked, question)
        if asked.row["mandatory"] in _OPTIONAL:
            self.ledger.change(asked.row, "Every answer is optional here.")
        attributes.settle(asked, self.ledger)
        self.taking.settle_defaults(asked)
        return found

    def condition(self, asked: Asked) -> str:
        """The condition of a question; raises ``Refused``."""
        equation = asked.row["relevance"]
        meant = self.carried[asked].meant("relevance", equation)
        if meant is not None:
            return meant
        if asked.conditions and equation in ("", "1"):
            equation = as_equation(asked.conditions, self.types)
        try:
            return self.taking.looking_back().condition(equation)
        except ScriptError as error:
            reason, remedy, excerpt = explained(equation, error)
            what = f"Its condition cannot be taken: {reason}"
            raise Refused(what, remedy, excerpt) from error

    @staticmethod
    def shown(question: Question, condition: str) -> Question:
        """The question under a condition, beside its own."""
        shown_if = filters.both([condition, question.shown_if])
        return replace(question, shown_if=shown_if)

    def merged(self, asked: Asked, question: Question) -> Question:
        """The question with what our own attributes say."""
        texts = self.taking.texts.by_language
        return merging.merged(question, self.carried[asked], texts, self.lists)

    def note(self, asked: Asked, question: Question) -> None:
        """Remember where a question stands and when it is shown."""
        self.lines[question.name] = asked.row.line
        self.lines[f"page.{question.name}"] = asked.row.line
        self.taking.shown_if[question.name] = question.shown_if
        for row in question.rows:
            self.lines[row.name] = asked.row.line

    def refuse(self, asked: Asked, refused: Refused) -> None:
        """Nothing of a question is taken."""
        self.taking.variables.refuse(asked.code, f"{asked.code} was not taken.")
        self.ledger.refuse(
            asked.row, refused.reason, refused.remedy, excerpt=refused.excerpt
        )
        reason = f"Its question {asked.code} is not taken."
        for row in asked.rows():
            if row is not asked.row:
                self.ledger.refuse(row, reason)
