"""Pages and questions of a questionnaire → rows of the sheet ``survey``.

Whatever XLSForm has no column for stands in a column of our own, so that reading the
file again loses nothing; other programs pass over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from survey.authoring.xlsform import limits, xml_names
from survey.authoring.xlsform.headings_out import Headings
from survey.authoring.xlsform.paging import PAGE
from survey.authoring.xlsform.tables import BATTERY
from survey.questionnaire.model import Page, Question, Questionnaire, Row

Cells = dict[str, str]
YES = "yes"
_APPEARANCES = {"month": "month-year", "year": "year"}


class SurveyRows:
    """The rows of one questionnaire; ``lists`` names the list of each question."""

    def __init__(
        self, questionnaire: Questionnaire, headings: Headings, lists: Mapping[str, str]
    ) -> None:
        self.questionnaire = questionnaire
        self.headings = headings
        self.lists = lists
        self.source = questionnaire.texts.get(questionnaire.source_language, {})
        self.taken = {
            name
            for question in questionnaire.questions()
            for name in (question.name, *(row.name for row in question.rows))
        }

    def all(self) -> Iterator[Cells]:
        """Every row in order."""
        for page in self.questionnaire.pages:
            yield from self.page(page)

    def page(self, page: Page) -> Iterator[Cells]:
        """A page as a group that is shown at once; one plain question needs none."""
        is_plain = [question.name for question in page.questions] == [page.name]
        part = {"part": page.part} if page.part != "core" else {}
        if is_plain and not (page.has_title or page.has_hint or _demands(page)):
            for question in page.questions:
                first, *rest = self.question(question)
                yield first | part
                yield from rest
            return
        group = {"type": "begin_group", "kind": PAGE, "appearance": "field-list"}
        group |= self.page_name(page)
        if page.has_title:
            group |= self.headings.cells("label", page.key("title"))
        if page.has_hint:
            group |= self.headings.cells("hint", page.key("hint"))
        yield group | self.demands(page) | part
        for question in page.questions:
            yield from self.question(question)
        yield {"type": "end_group"}

    def demands(self, page: Page) -> Cells:
        """What answers must fulfil together; other programs look at questions only."""
        cells: Cells = {}
        if page.constraint:
            cells["constraint"] = xml_names.written_in(page.constraint)
        if page.has_constraint_message:
            key = page.key("constraint_message")
            cells |= self.headings.cells("constraint_message", key)
        return cells

    def page_name(self, page: Page) -> Cells:
        """A name no question has, since other programs know one of each only."""
        name = page.name
        while name in self.taken:
            name += "_page"
        own = {"page": page.name} if name != page.name else {}
        return {"name": xml_names.written(name)} | own

    def question(self, question: Question) -> Iterator[Cells]:
        """A question; a battery is a group with a row for each of its rows."""
        cells = {"name": xml_names.written(question.name), "kind": question.kind}
        cells |= self.headings.cells("label", question.key("label"))
        cells |= self.words(question) | self.logic(question) | attributes(question)
        if not question.rows:
            yield cells | _TYPES[question.kind](question, self.lists)
            return
        yield cells | {"type": "begin_group", "appearance": "table-list"}
        for row in question.rows:
            yield self.row(question, row)
        yield {"type": "end_group"}

    def row(self, question: Question, row: Row) -> Cells:
        """One row of a battery."""
        cells = {"type": f"select_one {self.lists[question.name]}"}
        cells["name"] = xml_names.written(row.name)
        cells |= self.headings.cells("label", row.text)
        if row.field_of_action:
            cells["field_of_action"] = row.field_of_action
            if row.text == f"field.{row.field_of_action}.label":
                cells["words_of_field"] = YES
        return cells

    def words(self, question: Question) -> Cells:
        """All texts beside the label; yes where the standard words are offered."""
        cells: Cells = {}
        if question.has_hint:
            cells |= self.headings.cells("hint", question.key("hint"))
        for part, is_offered in (
            ("dont_know", question.has_dont_know),
            ("prefer_not", question.has_prefer_not),
            ("other", question.has_other),
        ):
            key = question.key(part)
            if is_offered:
                own = self.headings.cells(part, key) if key in self.source else {}
                cells |= own or {part: YES}
        if question.has_constraint_message:
            key = question.key("constraint_message")
            cells |= self.headings.cells("constraint_message", key)
        if question.has_audio:
            cells |= self.headings.cells("media::audio", question.key("audio"))
        return cells

    def logic(self, question: Question) -> Cells:
        """Conditions, and limits in the words other programs know."""
        said = limits.said(question.least, question.most, question.at_most)
        if question.picks_from:
            said = ""
        found = {
            "relevant": question.shown_if,
            "constraint": limits.joined(said, question.constraint),
            "calculation": question.calculation,
            "choice_filter": question.choice_filter,
            "default": question.default or question.default_from,
            "default_from": question.default_from,
        }
        return {n: xml_names.written_in(text) for n, text in found.items() if text}


def _demands(page: Page) -> bool:
    return bool(page.constraint) or page.has_constraint_message


def attributes(question: Question) -> Cells:
    """What is no text and no condition."""
    numbers = ("at_most", "longest", "decimals", "total")
    texts = ("field_of_action", "scale", "picks_from", "least", "most")
    found = {name: str(getattr(question, name) or "") for name in (*numbers, *texts)}
    found |= {
        "role": "" if question.role == "other" else question.role,
        "cross_cutting": " ".join(question.cross_cutting),
        "sensitive": YES if question.is_sensitive else "",
        "reversed": YES if question.is_reversed else "",
        "where_translated": YES if question.is_asked_where_translated else "",
        "parameters": "randomize=true" if question.has_random_order else "",
        "media::image": question.pictogram,
    }
    return {name: text for name, text in found.items() if text}


Lists = Mapping[str, str]


def _select(word: str, appearance: str = "") -> Callable[[Question, Lists], Cells]:
    def cells(question: Question, lists: Lists) -> Cells:
        other = " or_other" if question.has_other else ""
        found = {"type": f"{word} {lists[question.name]}{other}"}
        return found | ({"appearance": appearance} if appearance else {})

    return cells


def _plain(word: str, appearance: str = "") -> Callable[[Question, Lists], Cells]:
    def cells(question: Question, lists: Lists) -> Cells:
        found = {"type": word}
        return found | ({"appearance": appearance} if appearance else {})

    return cells


def _number(question: Question, lists: Lists) -> Cells:
    return {"type": "decimal" if question.decimals else "integer"}


def _date(question: Question, lists: Lists) -> Cells:
    appearance = _APPEARANCES.get(question.precision, "")
    return {"type": "date"} | ({"appearance": appearance} if appearance else {})


_TYPES: Mapping[str, Callable[[Question, Lists], Cells]] = {
    "single": _select("select_one"),
    "select": _select("select_one", "minimal"),
    "district": _select("select_one", "minimal"),
    "multiple": _select("select_multiple"),
    "pick": _select("select_multiple"),
    "points": _select("select_multiple"),
    "rank": _select("rank"),
    "text": _plain("text", "multiline"),
    "short_text": _plain("text"),
    "number": _number,
    "date": _date,
    "note": _plain("note"),
    "calculated": _plain("calculate"),
    BATTERY: _plain("note"),  # without rows there is nothing to ask
}
