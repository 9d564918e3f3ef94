"""Questionnaires as LimeSurvey's .lss files."""

from survey.authoring.limesurvey.reading import inspect

__all__ = ["inspect"]
