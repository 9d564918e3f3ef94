"""Tiny questionnaires and editions for these tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from survey.authoring import shipped, toml
from survey.questionnaire.edition import Edition, freeze
from survey.questionnaire.journey import Journey
from survey.questionnaire.model import Question, Questionnaire

FOLDER = Path(__file__).parent.parent / "questionnaires"
TODAY = date(2026, 10, 5)
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def questionnaire(name: str) -> Questionnaire:
    """A tiny questionnaire, or a shipped one of that name."""
    if name in NAMES:
        return toml.read(FOLDER / f"{name}.toml")
    return shipped.load(name)


@cache
def edition(name: str) -> Edition:
    """It, frozen in its own language."""
    return freeze(questionnaire(name), ["de"])


def question(name: str, item: str) -> Question:
    """One question of a tiny questionnaire."""
    return questionnaire(name).question(item)


def walk(name: str, answers=None, reached=()) -> Journey:
    """A journey today."""
    return Journey(edition(name), answers or {}, reached, today=TODAY)
