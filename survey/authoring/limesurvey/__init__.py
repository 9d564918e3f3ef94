"""Questionnaires as LimeSurvey's .lss files, in and out."""

from survey.authoring.limesurvey.reading import inspect
from survey.authoring.limesurvey.writing import unrepresented, write

__all__ = ["inspect", "unrepresented", "write"]
