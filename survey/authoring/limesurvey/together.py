"""Checks over several fields of one question → what the pages of its fields demand.

How many are filled in, what they add up to, and an equation of the author's own.
Knows settings and pages, no type of question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from survey.authoring.limesurvey import limits
from survey.authoring.limesurvey.filters import both
from survey.authoring.limesurvey.gathering import whole_number
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.structure import Asked, Attribute
from survey.authoring.limesurvey.taking import Block, Taking
from survey.questionnaire.functions import MANY
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.kinds.number import MOST_DECIMALS
from survey.questionnaire.model import Question
from survey.questionnaire.syntax import LONGEST_SOURCE

_SUMS = {
    # setting → how the sum stands to what it says
    "min_num_value": ">=",
    "min_num_value_sgqa": ">=",
    "max_num_value": "<=",
    "max_num_value_sgqa": "<=",
    "equals_num_value": "=",
    "num_value_equals_sgqa": "=",
}
_ANSWER = re.compile(r"\$\{\w+\}")
_TOO_LONG = f"Written out here it has over {LONGEST_SOURCE} characters."


def of_fields(asked: Asked, taking: Taking, blocks: Sequence[Block]) -> None:
    """How many fields are filled in, and the equation over all of them."""
    asked_in = [block.questions for block in blocks]
    for setting, sign in (("min_answers", ">="), ("max_answers", "<=")):
        attribute = asked.attribute(setting)
        value = _limit(asked, taking, attribute, is_whole=True)
        if attribute is None or not value:
            continue
        demands = _least if sign == ">=" else _most
        _demand(taking, attribute, blocks, list(demands(asked_in, value)))
    of_equation(asked, taking, blocks)


def of_scales(asked: Asked, taking: Taking, blocks: Sequence[Block]) -> None:
    """The same of two scales, where a row counts once it has both answers."""
    first, second = ([*_items(block.questions)] for block in blocks)
    pairs = zip(first, second, strict=True)
    rows = [f"if({one} != '' and {other} != '', 1, '')" for one, other in pairs]
    for setting, sign in (("min_answers", ">="), ("max_answers", "<=")):
        attribute = asked.attribute(setting)
        value = _limit(asked, taking, attribute, is_whole=True)
        if attribute is not None and value:
            demand = limits.comparison(_counted(rows), sign, value)
            _demand(taking, attribute, blocks, ["", demand])
    of_equation(asked, taking, blocks)


def of_sums(asked: Asked, taking: Taking, block: Block) -> None:
    """What numbers of one page add up to."""
    items = list(_items(block.questions))
    amount = f"sum({', '.join(items)})"
    has_decimals = any(question.decimals for question in block.questions)
    for setting, sign in _SUMS.items():
        attribute = asked.attribute(setting)
        value = _limit(asked, taking, attribute, is_whole=False)
        if attribute is None or not value:
            continue
        said = amount
        if has_decimals:  # 0.1 + 0.2 is a little more than 0.3
            said, value = _rounded(amount), _exact(value)
        _demand(taking, attribute, [block], [limits.comparison(said, sign, value)])


def of_equation(asked: Asked, taking: Taking, blocks: Sequence[Block]) -> None:
    """The author's own equation, looked at where the last field stands."""
    attribute = limits.own_equation(asked, taking)
    if attribute is not None:
        *_, last = blocks
        is_for_all = all(not question.shown_if for question in last.questions)
        if len(blocks) > 1 and not is_for_all:
            reason = "It looks at several pages, the last of which not everybody sees."
            taking.decline(attribute, reason)
        else:
            _equation(asked, taking, attribute, last)
    words = asked.translated("em_validation_q_tip")
    demanding = [block for block in blocks if block.demands]
    if demanding and not limits.is_of_page(asked, taking):
        for said in words.values():
            taking.ledger.take(said.row)
        for block in demanding:
            block.message = words


def carried(asked: Asked, taking: Taking, blocks: Sequence[Block]) -> None:
    """What our own files say of the page, at one of its questions."""
    attribute = asked.attribute("em_validation_q")
    if attribute is None or not limits.is_of_page(asked, taking):
        return
    taking.claim(attribute)
    meant = taking.own[asked].meant("together", attribute.value) or ""
    blocks[-1].demands.append(meant)
    blocks[-1].message = asked.translated("em_validation_q_tip")
    for said in blocks[-1].message.values():
        taking.ledger.take(said.row)


def _equation(asked: Asked, taking: Taking, attribute: Attribute, last: Block) -> None:
    try:
        demand = taking.looking_over(asked).check(attribute.value)
    except ScriptError as error:
        taking.refuse_equation(attribute, attribute.value, error)
        return
    _demand(taking, attribute, [last], [demand])


def _limit(
    asked: Asked, taking: Taking, attribute: Attribute | None, *, is_whole: bool
) -> str:
    """A limit as a number or an expression; empty for none or one not taken."""
    if attribute is None:
        return ""
    if is_whole and not attribute.value.strip("0"):
        taking.claim(attribute)
        return ""
    if is_whole and whole_number(attribute.value) > 0:
        return str(whole_number(attribute.value))
    if not is_whole and limits.spelled(attribute.value):
        return limits.spelled(attribute.value)
    return limits.decided(taking.looking_over(asked), taking, attribute)


def _demand(
    taking: Taking, attribute: Attribute, blocks: Sequence[Block], demands: list[str]
) -> None:
    """Each page with what it demands, or none of them."""
    pairs = list(zip(blocks, demands, strict=True))
    if any(len(both([*b.demands, demand])) > LONGEST_SOURCE for b, demand in pairs):
        taking.decline(attribute, _TOO_LONG)
        return
    for block, demand in pairs:
        block.demands += [demand] if demand else []
    taking.claim(attribute)


def _most(pages: Sequence[Sequence[Question]], value: str) -> Iterator[str]:
    """On each page: not too many up to here."""
    for at in range(1, len(pages) + 1):
        so_far = [question for page in pages[:at] for question in page]
        is_possible = not value.isdigit() or sum(map(_size, so_far)) > int(value)
        amount = _counted_in(so_far)
        yield limits.comparison(amount, "<=", value) if is_possible else ""


def _least(pages: Sequence[Sequence[Question]], value: str) -> Iterator[str]:
    """On each page: enough can still be filled in; on the last one it is enough."""
    for at in range(1, len(pages) + 1):
        so_far = [question for page in pages[:at] for question in page]
        to_come = [question for page in pages[at:] for question in page]
        if any(not question.shown_if for question in to_come):
            yield ""  # a later page, which everybody sees, decides
            continue
        terms = [_counted_in(so_far), *_possible(to_come)]
        yield limits.comparison(" + ".join(terms), ">=", value)


def _possible(questions: Sequence[Question]) -> Iterator[str]:
    """How many fields are still to come, each under its condition."""
    sizes: dict[str, int] = {}
    for question in questions:
        size = sizes.get(question.shown_if, 0) + _size(question)
        sizes[question.shown_if] = size
    for condition, size in sizes.items():
        yield f"if({condition}, {size}, 0)"


def _size(question: Question) -> int:
    if kind_of(question).is_multiple:
        return len(question.options)
    return len(question.rows) or 1


def _items(questions: Sequence[Question]) -> Iterator[str]:
    """The answers of fields and rows."""
    for question in questions:
        for item in kind_of(question).items(question):
            yield f"${{{item.name}}}"


def _counted_in(questions: Sequence[Question]) -> str:
    """How many fields have an answer, boxes to tick counted one by one."""
    boxes = [q for q in questions if kind_of(q).is_multiple]
    fields = [q for q in questions if q not in boxes]
    terms = [_counted(list(_items(fields)))] if fields else []
    terms += [f"count-selected(${{{question.name}}})" for question in boxes]
    return " + ".join(terms)


def _counted(parts: list[str]) -> str:
    some = (parts[at : at + MANY] for at in range(0, len(parts), MANY))
    return " + ".join(f"count({', '.join(each)})" for each in some)


def _rounded(amount: str) -> str:
    return f"round({amount}, {MOST_DECIMALS})"


def _exact(value: str) -> str:
    """A limit that may be compared with what was rounded."""
    is_one = _ANSWER.fullmatch(value) or limits.spelled(value)
    return value if is_one else _rounded(value)
