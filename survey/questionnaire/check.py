"""Authoring rules; knows the model, not the file it came from."""

from __future__ import annotations

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem


def check(questionnaire: Questionnaire, *, file: str = "") -> list[Problem]:
    """Every problem of a questionnaire, warnings among them."""
    return []


__all__ = ["Problem", "check"]
