"""Rows that share one scale: F, H, A, B, C, E and the dual scale 1.

Rows with conditions of their own become questions, as a battery is shown whole.
"""

from __future__ import annotations

from collections.abc import Mapping

from survey.authoring.limesurvey import filters, standard, together
from survey.authoring.limesurvey.structure import Asked, Part, Said, Wordings
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.types.choices import apart, fixed_options, numbered
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.model import Option, Question, Row

Answers = Mapping[str, tuple[str, str]]
_ORDERS = ("random_order", "subquestion_order")


def flexible(asked: Asked, taking: Taking) -> list[Block]:
    """An array with answers of its own, by row (F) or by column (H)."""
    name = taking.name(asked)
    parts = asked.of_scale(asked.answers, 0)
    if not parts:
        raise Refused("It has no answers.", "Add answers in LimeSurvey.")
    options = taking.options(asked, parts, name)
    return _rows_of(asked, taking, name, options)


def five_points(asked: Asked, taking: Taking) -> list[Block]:
    """One to five for each row (A)."""
    return _standard(asked, taking, numbered(5))


def ten_points(asked: Asked, taking: Taking) -> list[Block]:
    """One to ten for each row (B)."""
    return _standard(asked, taking, numbered(10))


def yes_uncertain_no(asked: Asked, taking: Taking) -> list[Block]:
    """Yes, no, uncertain for each row (C)."""
    answers = {
        "Y": ("yes", standard.YES),
        "N": ("no", standard.NO),
        "U": ("uncertain", standard.UNCERTAIN),
    }
    return _standard(asked, taking, answers)


def increase_same_decrease(asked: Asked, taking: Taking) -> list[Block]:
    """More, the same, less for each row (E)."""
    answers = {
        "I": ("increase", standard.INCREASE),
        "S": ("same", standard.SAME),
        "D": ("decrease", standard.DECREASE),
    }
    return _standard(asked, taking, answers)


def _standard(asked: Asked, taking: Taking, answers: Answers) -> list[Block]:
    name = taking.name(asked)
    return _rows_of(asked, taking, name, fixed_options(taking, name, answers))


def _rows_of(
    asked: Asked, taking: Taking, name: str, options: dict[str, Option]
) -> list[Block]:
    parts = _rows(asked, taking)
    rows = tuple(_row(asked, taking, part, "") for part in parts)
    conditions = filters.conditions(asked, parts, taking)
    kept, refusals = apart(asked, taking, name, options)
    codes = {theirs: option.code for theirs, option in kept.items()}
    for part, row in zip(parts, rows, strict=True):
        owner = row.name if conditions else name
        variable = Variable(item=row.name, question=owner, codes=codes)
        taking.know(asked, f"_{part.code}", variable, part=part.code)
    if conditions:
        blocks = _apart(asked, taking, name, parts, rows, conditions, kept)
        together.of_fields(asked, taking, blocks)
        return blocks
    battery = Question(
        name=name,
        kind="battery",
        options=tuple(kept.values()),
        rows=rows,
        has_hint=taking.label(asked, name),
        **refusals,
    )
    block = Block([battery])
    together.of_fields(asked, taking, [block])
    return [block]


def _rows(asked: Asked, taking: Taking) -> list[Part]:
    parts = asked.of_scale(asked.parts, 0)
    if not parts:
        raise Refused("It has no subquestions.", "Add them in LimeSurvey.")
    for setting in _ORDERS:
        attribute = asked.attribute(setting)
        if attribute is not None and attribute.value in ("1", "random"):
            reason = "Rows keep one order, so that answers can be compared."
            taking.ledger.refuse(attribute.row, reason)
    return parts


def _row(asked: Asked, taking: Taking, part: Part, end: str) -> Row:
    name = taking.name(asked, f"{part.code}{end}")
    taking.texts.say(f"{name}.label", part.words, part.code)
    return Row(name, f"{name}.label")


def _apart(
    asked: Asked,
    taking: Taking,
    name: str,
    parts: list[Part],
    rows: tuple[Row, ...],
    conditions: dict[str, str],
    options: dict[str, Option],
) -> list[Block]:
    """Each row as a question of its own, under the words of all."""
    reason = "Each row became a question, because rows have conditions of their own."
    taking.ledger.change(asked.row, reason)
    shared = taking.share(name, options)
    questions = [
        Question(
            name=row.name,
            kind="single",
            options=shared.options,
            options_from=shared.name,
            shown_if=conditions.get(part.code, ""),
        )
        for part, row in zip(parts, rows, strict=True)
    ]
    return [Block(questions, title=asked.words, hint=asked.helps)]


def dual_scale(asked: Asked, taking: Taking) -> list[Block]:
    """Two scales side by side (1): two batteries, one after the other."""
    parts = _rows(asked, taking)
    conditions = filters.conditions(asked, parts, taking)
    what = "Each row became a question" if conditions else "It became two batteries"
    taking.ledger.change(asked.row, f"{what}, one for each scale.")
    blocks = [_scale(asked, taking, parts, conditions, number) for number in (0, 1)]
    together.of_scales(asked, taking, blocks)
    return blocks


def _scale(
    asked: Asked,
    taking: Taking,
    parts: list[Part],
    conditions: dict[str, str],
    number: int,
) -> Block:
    answers = asked.of_scale(asked.answers, number)
    if not answers:
        raise Refused(f"Its scale {number + 1} has no answers.", "Add them.")
    name = taking.name(asked, f"scale{number + 1}")
    options = taking.options(asked, answers, name)
    codes = {theirs: option.code for theirs, option in options.items()}
    rows = tuple(_row(asked, taking, part, f"_{number}") for part in parts)
    for part, row in zip(parts, rows, strict=True):
        owner = row.name if conditions else name
        variable = Variable(item=row.name, question=owner, codes=codes)
        ends = f"_{part.code}_{number}", f"{part.code}#{number}"
        taking.know(asked, ends[0], variable, part=part.code, sgqa=ends[1])
    header = asked.translated(f"dualscale_header{'AB'[number]}")
    for said in header.values():
        taking.ledger.take(said.row)
    words = _with_header(asked.words, header)
    if conditions:
        [block] = _apart(asked, taking, name, parts, rows, conditions, options)
        return Block(block.questions, title=words, hint=asked.helps)
    taking.texts.say(f"{name}.label", words, f"{asked.code} {number + 1}")
    has_hint = taking.texts.maybe(f"{name}.hint", asked.helps, ending={})
    battery = Question(
        name=name,
        kind="battery",
        options=tuple(options.values()),
        rows=rows,
        has_hint=has_hint,
    )
    return Block([battery])


def _with_header(words: Wordings, header: Wordings) -> Wordings:
    """The words of the question and, in brackets, those above the scale."""
    found = dict(words)
    for code, said in header.items():
        if code in words:
            markup = f"{words[code].markup} ({said.markup})"
            found[code] = Said(markup, words[code].row)
    return found
