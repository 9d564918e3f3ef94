"""A questionnaire → the rows of a .lss file: survey, groups and questions.

Knows which type of LimeSurvey stands for which kind of ours.
"""

from __future__ import annotations

from survey.authoring.limesurvey.out import demands, parts, settings
from survey.authoring.limesurvey.out.building import Building
from survey.authoring.limesurvey.out.saying import Name, Unsayable
from survey.authoring.limesurvey.out.sheets import USUAL_SETTINGS
from survey.questionnaire.kinds.choosing import OTHER, other_input
from survey.questionnaire.model import Page, Question, Questionnaire

OTHER_CODE = "-oth-"
LONGEST_TITLE = 200
NEVER = "0"
_DAYS, _POINTS = 1, 0  # how dates and decimals are written
_TYPES = {
    "single": ("L", "listradio"),
    "select": ("!", "list_dropdown"),
    "district": ("!", "list_dropdown"),
    "multiple": ("M", "multiplechoice"),
    "pick": ("M", "multiplechoice"),
    "rank": ("R", "ranking"),
    "battery": ("F", "arrays/array"),
    "points": ("K", "multiplenumeric"),
    "number": ("N", "numerical"),
    "date": ("D", "date"),
    "text": ("T", "longfreetext"),
    "short_text": ("S", "shortfreetext"),
    "note": ("X", "boilerplate"),
    "calculated": ("*", "equation"),
}
_WITHOUT_VALUE = ("K", "X")
_FURTHER = 1000  # more than any question has rows


def build(questionnaire: Questionnaire) -> Building:
    """All rows, and what LimeSurvey cannot say."""
    building = Building(questionnaire)
    _survey(building)
    for number, page in enumerate(questionnaire.pages, start=1):
        _page(building, page, number)
    if questionnaire.screened_out_if:
        building.lose("", "screening out: everybody goes on to the end")
    if any(page.part == "more" for page in questionnaire.pages):
        building.lose("", "the fork after the core: all pages follow one another")
    return building


def _survey(building: Building) -> None:
    base, *others = building.languages.values()
    building.sheets.add(
        "surveys",
        sid=building.survey_id,
        language=base,
        additional_languages=" ".join(others),
        **USUAL_SETTINGS,
    )
    for code, language in building.languages.items():
        building.sheets.add(
            "surveys_languagesettings",
            surveyls_survey_id=building.survey_id,
            surveyls_language=language,
            surveyls_title=building.words("title", code),
            surveyls_dateformat=_DAYS,
            surveyls_numberformat=_POINTS,
        )


def _page(building: Building, page: Page, number: int) -> None:
    """A page as a group, with its questions."""
    if not page.questions:
        building.lose(page.name, "a page without questions")
        return
    order = {"group_order": number, "sid": building.survey_id, "gid": number}
    building.sheets.add("groups", **order)
    for code, language in building.languages.items():
        title = building.words(page.key("title"), code) if page.has_title else page.name
        hint = building.words(page.key("hint"), code) if page.has_hint else ""
        building.sheets.add(
            "group_l10ns",
            id=building.sheets.next_id("group_l10ns"),
            group_name=title[:LONGEST_TITLE],
            description=hint,
            language=language,
            **order,
        )
    for place, question in enumerate(page.questions, start=1):
        _question(building, question, number, place)
    building.carried[page.questions[0].name]["page"] = {
        "name": page.name,
        "part": page.part,
        "has_title": page.has_title,
        "has_hint": page.has_hint,
        **demands.add(building, page),
    }


def _question(building: Building, question: Question, group: int, place: int) -> None:
    """One question with everything that belongs to it."""
    code = building.codes.of(question.name)
    type_, theme = _TYPES.get(question.kind, _TYPES["note"])
    id = 1 + len(building.sheets.rows["questions"]) * _FURTHER
    building.ids[question.name] = id
    building.carried[question.name] = {"name": question.name, "equations": {}}
    building.sheets.add(
        "questions",
        qid=id,
        parent_qid=0,
        sid=building.survey_id,
        gid=group,
        type=type_,
        title=code,
        other="Y" if question.has_other else "N",
        mandatory="N",
        encrypted="N",
        question_order=place,
        scale_id=0,
        same_default=0,
        relevance=_relevance(building, question),
        question_theme_name=theme,
        same_script=0,
    )
    _wordings(building, question, id)
    parts.add(building, question, type_, group)
    _know(building, question, code, type_)
    settings.add(building, question, type_)
    for what in settings.lost_of(question):
        building.lose(question.name, what)


def _wordings(building: Building, question: Question, id: int) -> None:
    for code, language in building.languages.items():
        hint = building.words(question.key("hint"), code) if question.has_hint else ""
        building.sheets.add(
            "question_l10ns",
            id=building.sheets.next_id("question_l10ns"),
            qid=id,
            question=building.words(question.key("label"), code),
            help=hint,
            language=language,
        )


def _relevance(building: Building, question: Question) -> str:
    """The condition; a question nobody could be asked rightly is never shown."""
    if not question.shown_if:
        return "1"
    try:
        equation = building.sayer().condition(question.shown_if)
    except Unsayable as error:
        equation = NEVER
        reason = f"its condition, {question.shown_if} ({error}): it is never shown"
        building.lose(question.name, reason)
    equations = building.carried[question.name]["equations"]
    equations["relevance"] = [equation, question.shown_if]
    return equation


def _know(building: Building, question: Question, code: str, type_: str) -> None:
    """How later equations call the answers."""
    given = building.option_codes.get(question.name)
    own_codes = {o.code: given.of(o.code) for o in question.options} if given else {}
    refused = tuple(building.carried[question.name].get("refusals", {}).values())
    names = building.names
    if question.has_other:
        names[other_input(question)] = Name(f"{code}_other")
    if type_ == "M":
        choices = {ours: f"{code}_{theirs}.NAOK" for ours, theirs in own_codes.items()}
        if question.has_other:
            choices[OTHER] = f"{code}_other.NAOK"
        names[question.name] = Name(code, own_codes, choices)
    elif type_ == "F":
        rows = building.row_codes[question.name]
        for row in question.rows:
            called = f"{code}_{rows.of(row.name)}"
            names[row.name] = Name(called, own_codes, refusals=refused)
    elif type_ == "R":
        places = question.at_most or len(question.options)
        names[question.name] = Name(code, own_codes, places=places, refusals=refused)
    elif type_ not in _WITHOUT_VALUE:
        if question.has_other:
            own_codes[OTHER] = OTHER_CODE
        names[question.name] = Name(code, own_codes, refusals=refused)
