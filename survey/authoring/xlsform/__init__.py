"""Questionnaires as XLSForm, in and out; docs/administrators.md says what is taken."""

from survey.authoring.xlsform.reading import inspect
from survey.authoring.xlsform.writing import unrepresented, write

__all__ = ["inspect", "unrepresented", "write"]
