"""The kinds of question there are; the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey.questionnaire.kinds.base import Kind
from survey.questionnaire.kinds.battery import Battery
from survey.questionnaire.kinds.calculated import Calculated
from survey.questionnaire.kinds.date import Date
from survey.questionnaire.kinds.multiple import Multiple, Pick
from survey.questionnaire.kinds.note import Note
from survey.questionnaire.kinds.number import Number
from survey.questionnaire.kinds.points import Points
from survey.questionnaire.kinds.rank import Rank
from survey.questionnaire.kinds.single import District, Select, Single
from survey.questionnaire.kinds.text import ShortText, Text
from survey.questionnaire.model import Question

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Single(),
            Select(),
            District(),
            Multiple(),
            Pick(),
            Rank(),
            Battery(),
            Points(),
            Number(),
            Date(),
            Text(),
            ShortText(),
            Note(),
            Calculated(),
        )
    }
)


def kind_of(question: Question) -> Kind:
    """The question's kind; ``KeyError`` when it is none of ours."""
    return KINDS[question.kind]
