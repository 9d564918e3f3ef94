"""Small XLSForms for tests, as lists of rows, and what became of them."""

from __future__ import annotations

from survey.authoring import xlsform
from tests.authoring.workbooks import workbook

YES_NO = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Ja"],
    ["yn", "no", "Nein"],
]
GERMAN = [["form_title", "default_language"], ["Umfrage", "de"]]


class Forms:
    """Writes forms into a folder and reads them."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(
        self, survey, choices=YES_NO, settings=GERMAN, *, answers=None, **more
    ):
        sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
        found = {title: rows for title, rows in sheets.items() if rows}
        path = workbook(self.folder / "form.xlsx", **found)
        return xlsform.inspect(path, languages_of=answers or {})

    def asked(self, survey, choices=YES_NO, settings=GERMAN, **more):
        """The questionnaire, which must be one that can be kept."""
        found = self(survey, choices, settings, **more)
        assert not [p for p in found.problems if not p.is_warning], found.problems
        assert not found.questions
        return found.questionnaire

    def one(self, *row, heads=("type", "name", "label"), choices=YES_NO, **more):
        """A form of one row: its question, and its line."""
        found = self([list(heads), list(row)], choices, **more)
        [line] = lines(found, "survey", 2)
        questions = list(found.questionnaire.questions())
        return (questions[0] if questions else None), line


def lines(found, place, row=None):
    """Lines of a sheet, or of one of its rows."""
    return [
        line
        for line in found.lines
        if line.place == place and row in (None, line.row) and row != 1
    ]


def texts(asked, key):
    """A wording in every language that has it."""
    return {code: own[key] for code, own in asked.texts.items() if key in own}
