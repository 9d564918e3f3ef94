"""The words "go on with question 7": what paper says in place of a program.

``plan`` gives, for a frozen edition in one language, where a person goes on from
every question, computed with the evaluator that everything else uses; who
follows it meets exactly the questions that the journey would have shown.
"""

from __future__ import annotations

from survey.questionnaire.edition import Edition
from survey.questionnaire.skips.plan import END, Filter, Goal, Needed, Plan, Way
from survey.questionnaire.skips.ways import Ways


def plan(edition: Edition, language: str) -> Plan:
    """The plan of the paper in that language."""
    return Ways(edition.route, language).plan()


__all__ = ["END", "Filter", "Goal", "Needed", "Plan", "Way", "plan"]
