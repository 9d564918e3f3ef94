"""What becomes of everything in a file that is no question: told, section by section.

Knows sections and columns, no question.
"""

from __future__ import annotations

from collections.abc import Iterator

from survey.authoring.limesurvey.document import Document, Row
from survey.authoring.limesurvey.ledger import Ledger

_SECTIONS = {
    "quota": "Quotas are not taken: nobody is turned away in the middle of a survey.",
    "quota_members": "Quotas are not taken.",
    "quota_languagesettings": "Quotas are not taken.",
    "assessments": "Assessments are not taken: answers are not marked with points.",
    "survey_url_parameters": "Nothing is known of a person from an address here.",
    "plugin_settings": "Settings of LimeSurvey's plugins are not taken.",
    "themes": "How pages look is the same for all surveys here.",
    "themes_inherited": "How pages look is the same for all surveys here.",
    "survey_menu": "Menus of LimeSurvey are not taken.",
    "labelsets": "Label sets are not taken; questions have their answers.",
    "permissions": "Accounts are not taken.",
}
_TAKEN = ("LimeSurveyDocType", "DBVersion")
_QUESTIONS = (
    "languages",
    "groups",
    "group_l10ns",
    "questions",
    "subquestions",
    "question_l10ns",
    "question_attributes",
    "answers",
    "answer_l10ns",
    "conditions",
    "defaultvalues",
    "defaultvalue_l10ns",
)
_TEXTS = {
    "surveyls_description": "description",
    "surveyls_welcometext": "welcome text",
    "surveyls_endtext": "end text",
    "surveyls_policy_notice": "privacy notice",
    "surveyls_policy_error": "privacy error",
    "surveyls_url": "end address",
}
_ABOUT = (
    "Not taken: {what}. The about page, the thank-you page and the privacy notice "
    "say these things here, in every language."
)
_SET_ELSEWHERE = (
    "Only language and format are taken; who may answer, how long and how it looks "
    "is set here when the survey is opened."
)


def account(document: Document, ledger: Ledger) -> None:
    """One verdict for each row that is no question."""
    for section in document:
        for row in ledger.whole(section):
            _whole(section, row, document[section].text.strip(), ledger)
    for number, row in enumerate(_rows(document, "surveys")):
        if number:
            ledger.refuse(row, "There is more than one survey in the file.")
        else:
            ledger.change(row, _SET_ELSEWHERE, name=row["sid"])
    for row in _rows(document, "surveys_languagesettings"):
        _languagesettings(row, ledger)
    for row in _rows(document, "groups"):
        _group(row, ledger)


def _whole(section: str, row: Row, text: str, ledger: Ledger) -> None:
    """Sections that are told as a whole, or have no rows."""
    reason = _SECTIONS.get(section)
    if reason is not None:
        ledger.refuse(row, reason, name=_name(row))
    elif section in _TAKEN or (section in _QUESTIONS and not row.cells):
        ledger.take(row, text)


def _rows(document: Document, section: str) -> list[Row]:
    return document[section].rows if section in document else []


def _name(row: Row) -> str:
    return row["name"] or row["id"] or next(iter(row.cells.values()), "").strip()[:40]


def _languagesettings(row: Row, ledger: Ledger) -> None:
    ledger.name(row, row["surveyls_language"])
    if ledger.is_refused(row):
        return
    ledger.take(row)
    lost = list(_lost(row))
    if lost:
        ledger.change(row, _ABOUT.format(what=", ".join(lost)))
    if any(column.startswith("surveyls_email") and row[column] for column in row.cells):
        ledger.change(row, "E-mails are not taken: residents are never mailed.")


def _lost(row: Row) -> Iterator[str]:
    for column, words in _TEXTS.items():
        if row[column]:
            yield words


def _group(row: Row, ledger: Ledger) -> None:
    if row["randomization_group"] and not ledger.is_refused(row):
        reason = "Groups keep their order: orders at random are for options only."
        ledger.change(row, reason)
