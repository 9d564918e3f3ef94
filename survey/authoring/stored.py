"""What is kept of a questionnaire between import and publishing, as text.

Documents are kept since every detail survives in them; a TOML file that somebody
kept before is still read.
"""

from __future__ import annotations

from survey.authoring import toml
from survey.questionnaire import document
from survey.questionnaire.model import Questionnaire


def write(questionnaire: Questionnaire) -> str:
    """The text to keep."""
    return document.write(questionnaire)


def read(text: str, *, name: str) -> Questionnaire:
    """The questionnaire; raises ``QuestionnaireError`` with every problem."""
    if text.startswith("{"):
        return document.read(text)
    return toml.read(text.encode(), name=name)
