"""The kinds of question there are; the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey.questionnaire.kinds.base import Kind
from survey.questionnaire.kinds.battery import Battery
from survey.questionnaire.kinds.multiple import Multiple, Pick
from survey.questionnaire.kinds.rank import Rank
from survey.questionnaire.kinds.single import Single
from survey.questionnaire.kinds.text import Text
from survey.questionnaire.model import Question

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "single": Single(),
        "multiple": Multiple(),
        "pick": Pick(),
        "rank": Rank(),
        "battery": Battery(),
        "text": Text(),
    }
)


def kind_of(question: Question) -> Kind:
    """The question's kind; ``KeyError`` when it is none of ours."""
    return KINDS[question.kind]
