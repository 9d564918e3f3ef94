"""One answer out of several: L, !, O, 5, Y and G."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from survey.authoring.limesurvey import filters, limits, standard
from survey.authoring.limesurvey.defaults import default_of
from survey.authoring.limesurvey.limits import Limits
from survey.authoring.limesurvey.logic import OTHER_CODE
from survey.authoring.limesurvey.structure import Asked
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.kinds.choosing import OTHER
from survey.questionnaire.model import Option, Question

LONGEST_COMMENT = 1000
_RANDOM = (
    ("random_order", "1"),
    ("answer_order", "random"),
    ("subquestion_order", "random"),
)
_KINDS = {"!": "select"}


def listed(asked: Asked, taking: Taking) -> list[Block]:
    """A list to choose from, as buttons (L) or to open (!)."""
    name = taking.name(asked)
    parts = asked.of_scale(asked.answers, 0)
    if not parts:
        raise Refused("It has no answers.", "Add answers in LimeSurvey.")
    taken = (OTHER,) if asked.has_other else ()
    options = taking.options(asked, parts, name, taken)
    kept, refusals = apart(asked, taking, name, options)
    question = Question(
        name=name,
        kind=_KINDS.get(asked.type, "single"),
        options=tuple(kept.values()),
        has_hint=taking.label(asked, name),
        has_other=with_other(asked, taking, name),
        has_random_order=random_order(asked, taking),
        **refusals,
    )
    codes = {theirs: option.code for theirs, option in kept.items()}
    if asked.has_other:
        codes[OTHER_CODE] = OTHER
    taking.know(asked, "", Variable(item=name, question=name, codes=codes))
    question = filters.of_options(asked, taking, question, kept)
    return [Block([_with_default(asked, taking, question, codes)])]


def apart(
    asked: Asked, taking: Taking, name: str, options: dict[str, Option]
) -> tuple[dict[str, Option], dict[str, Any]]:
    """The options, and "don't know" and the like, which our own files mark."""
    kept = dict(options)
    flags: dict[str, Any] = {}
    for part, code in taking.own[asked].refusals.items():
        option = kept.pop(code, None)
        if option is None or part not in ("dont_know", "prefer_not"):
            continue
        flags[f"has_{part}"] = True
        for own in taking.texts.by_language.values():
            words = own.pop(option.text, "")
            if words:
                own[f"{name}.{part}"] = words
    return kept, flags


def with_other(asked: Asked, taking: Taking, name: str) -> bool:
    """Own words beside the options, with the author's words for it."""
    words = asked.translated("other_replace_text")
    if asked.has_other:
        taking.texts.maybe(f"{name}.other", words, ending={})
        own = Variable(item=f"{name}_{OTHER}", question=name)
        taking.alias(asked, "_other", own)
    for said in words.values():
        taking.ledger.take(said.row)
    return asked.has_other


def random_order(asked: Asked, taking: Taking) -> bool:
    """Whether the options come in an order of their own for everybody."""
    found = False
    for setting, on in _RANDOM:
        attribute = asked.attribute(setting)
        if attribute is not None and attribute.value == on:
            taking.claim(attribute)
            found = True
    return found


def _with_default(
    asked: Asked, taking: Taking, question: Question, codes: Mapping[str, str]
) -> Question:
    """The question with what is checked, and filled in beforehand."""
    question = limits.checked(asked, taking, question, Limits())
    for default in asked.defaults:
        for said in default.values.values():
            if not default.special and said.markup in codes:
                taking.claim_default(default)
                return replace(question, default=codes[said.markup])
    return replace(question, **default_of(asked, taking, only_computed=True))


def with_comment(asked: Asked, taking: Taking) -> list[Block]:
    """A list with a field for a comment on the same page (O)."""
    [block] = listed(asked, taking)
    comment = comment_on(asked, taking, "_comment")
    return [Block([*block.questions, comment])]


def comment_on(asked: Asked, taking: Taking, suffix: str) -> Question:
    """A field for a comment on a question."""
    name = taking.name(asked, "comment")
    survey = taking.survey
    words = standard.in_all(standard.COMMENT, survey.base, survey.languages)
    taking.texts.put(f"{name}.label", words)
    taking.alias(asked, suffix, Variable(item=name, question=name))
    return Question(name=name, kind="text", longest=LONGEST_COMMENT)


def fixed(
    asked: Asked, taking: Taking, answers: Mapping[str, tuple[str, str]]
) -> list[Block]:
    """Answers that LimeSurvey words itself: its code → our code and message."""
    name = taking.name(asked)
    options = fixed_options(taking, name, answers)
    question = Question(
        name=name,
        kind="single",
        options=tuple(options.values()),
        has_hint=taking.label(asked, name),
    )
    codes = {theirs: option.code for theirs, option in options.items()}
    taking.know(asked, "", Variable(item=name, question=name, codes=codes))
    return [Block([_with_default(asked, taking, question, codes)])]


def fixed_options(
    taking: Taking, name: str, answers: Mapping[str, tuple[str, str]]
) -> dict[str, Option]:
    """Options with standard words."""
    survey = taking.survey
    found = {}
    for theirs, (code, message) in answers.items():
        key = f"{name}.option.{code}"
        if message.isdigit():
            words = standard.alike(message, survey.languages)
        else:
            words = standard.in_all(message, survey.base, survey.languages)
        taking.texts.put(key, words)
        found[theirs] = Option(code, key)
    return found


def numbered(most: int) -> dict[str, tuple[str, str]]:
    """Answers from 1 upwards."""
    return {str(n): (str(n), str(n)) for n in range(1, most + 1)}


def five_points(asked: Asked, taking: Taking) -> list[Block]:
    """One to five (5)."""
    return fixed(asked, taking, numbered(5))


def yes_or_no(asked: Asked, taking: Taking) -> list[Block]:
    """Yes or no (Y)."""
    answers = {"Y": ("yes", standard.YES), "N": ("no", standard.NO)}
    return fixed(asked, taking, answers)


def gender(asked: Asked, taking: Taking) -> list[Block]:
    """Female or male (G); nobody else could answer it."""
    answers = {"F": ("female", standard.FEMALE), "M": ("male", standard.MALE)}
    [block] = fixed(asked, taking, answers)
    reason = "It knows female and male only."
    taking.ledger.change(asked.row, reason, "Add an option for everybody else.")
    return [Block([replace(block.questions[0], role="demographic")])]
