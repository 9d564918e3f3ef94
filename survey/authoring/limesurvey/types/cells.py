"""Several fields to type into: K and Q by rows, : and ; by rows and columns.

Every row of a table is a page of its own, as nobody fills in tables on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from survey.authoring.limesurvey import filters, limits, together
from survey.authoring.limesurvey.gathering import whole_number
from survey.authoring.limesurvey.limits import Limits
from survey.authoring.limesurvey.structure import Asked, Part, Said, Wordings
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.types.choices import apart, random_order
from survey.authoring.limesurvey.types.entries import LONGEST_LINE
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.kinds.points import MOST_POINTS
from survey.questionnaire.model import Option, Question

MOST_CELLS = 60
_LEAST, _MOST = "1", "10"  # what LimeSurvey offers where nothing is set


def numeric_rows(asked: Asked, taking: Taking) -> list[Block]:
    """Several numbers (K): points where they must make up a whole number."""
    parts = _parts(asked)
    total = asked.attribute("equals_num_value")
    if total is not None and total.value.isdigit():
        points = whole_number(total.value)
        conditions = filters.conditions(asked, parts, taking)
        if 0 < points <= MOST_POINTS and len(parts) > 1 and not conditions:
            taking.claim(total)
            return [_points(asked, taking, parts, points)]
    found = limits.of_numbers(asked, taking)
    _slider(asked, taking, found)
    block = _fields(asked, taking, parts, found, "number")
    together.of_sums(asked, taking, block)
    return [block]


def _parts(asked: Asked) -> list[Part]:
    parts = asked.of_scale(asked.parts, 0)
    if not parts:
        raise Refused("It has no subquestions.", "Add them in LimeSurvey.")
    if len(parts) > MOST_CELLS:
        raise Refused(
            f"It has {len(parts)} fields.", f"At most {MOST_CELLS} are taken."
        )
    return parts


def _points(asked: Asked, taking: Taking, parts: list[Part], total: int) -> Block:
    """Points to give away; whole ones from nothing to all."""
    name = taking.name(asked)
    options = taking.options(asked, parts, name)
    kept, refusals = apart(asked, taking, name, options)
    for setting in ("min_num_value_n", "max_num_value_n", "num_value_int_only"):
        attribute = asked.attribute(setting)
        usual = {"min_num_value_n": "0", "max_num_value_n": str(total)}
        if attribute is not None and attribute.value in (usual.get(setting, "1"),):
            taking.claim(attribute)
        else:
            reason = f"Points are whole numbers from 0 to {total}."
            taking.decline(attribute, reason)
    for setting in ("min_answers", "max_answers"):
        reason = "Whoever gives points gives them to as many parts as they like."
        attribute = asked.attribute(setting)
        if attribute is not None and attribute.value != "0":
            taking.decline(attribute, reason)
    hindrance = f"What was given to one part of {asked.code} cannot be looked at."
    for part in parts:
        taking.know(asked, f"_{part.code}", Variable(hindrance=hindrance))
    question = Question(
        name=name,
        kind="points",
        options=tuple(kept.values()),
        total=total,
        has_hint=taking.label(asked, name),
        has_random_order=random_order(asked, taking),
        **refusals,
    )
    return Block([limits.checked(asked, taking, question, Limits())])


def _slider(asked: Asked, taking: Taking, found: Limits) -> None:
    """A slider's ends are limits; the slider itself is a field here."""
    layout = asked.attribute("slider_layout")
    if layout is None or layout.value != "1":
        return
    taking.ledger.change(layout.row, "The sliders became fields.")
    for setting, bound in (("slider_min", "least"), ("slider_max", "most")):
        attribute = asked.attribute(setting)
        number = limits.spelled(attribute.value) if attribute is not None else ""
        if number and not getattr(found, bound):
            setattr(found, bound, number)
            taking.claim(attribute)


def text_rows(asked: Asked, taking: Taking) -> list[Block]:
    """Several lines (Q), or numbers where nothing else is allowed."""
    attribute = asked.attribute("numbers_only")
    if attribute is not None and attribute.value == "1":
        taking.ledger.change(attribute.row, "The lines became numbers.")
        return numeric_rows(asked, taking)
    return [_fields(asked, taking, _parts(asked), Limits(), "short_text")]


def _fields(
    asked: Asked, taking: Taking, parts: list[Part], found: Limits, kind: str
) -> Block:
    """One field for each row, on one page under the words of all."""
    conditions = filters.conditions(asked, parts, taking)
    questions = []
    for part in parts:
        name = taking.name(asked, part.code)
        taking.texts.say(f"{name}.label", part.words, part.code)
        question = _field(asked, taking, name, kind, found)
        shown_if = conditions.get(part.code, "")
        questions.append(replace(question, shown_if=shown_if))
        variable = Variable(item=name, question=name, is_number=kind == "number")
        taking.know(asked, f"_{part.code}", variable, part=part.code)
    block = Block(questions, title=asked.words, hint=asked.helps)
    together.of_fields(asked, taking, [block])
    return block


def _field(
    asked: Asked, taking: Taking, name: str, kind: str, found: Limits
) -> Question:
    own = replace(found, conditions=list(found.conditions))
    unit = asked.translated("suffix")
    for said in unit.values():
        taking.ledger.change(said.row, "The unit stands in brackets below.")
    question = Question(
        name=name,
        kind=kind,
        has_hint=taking.texts.maybe(f"{name}.hint", {}, ending=unit),
        least=own.least,
        most=own.most,
        decimals=own.decimals,
        longest=_longest(asked, taking) if kind == "short_text" else 0,
    )
    return limits.of_each(asked, taking, question, own)


def _longest(asked: Asked, taking: Taking) -> int:
    attribute = asked.attribute("maximum_chars")
    length = whole_number(attribute.value) if attribute is not None else 0
    if 0 < length <= LONGEST_LINE:
        taking.claim(attribute)
        return length
    if attribute is not None:
        reason = f"A line has at most {LONGEST_LINE} characters: it became that."
        taking.ledger.change(attribute.row, reason)
    return LONGEST_LINE


def numbers(asked: Asked, taking: Taking) -> list[Block]:
    """A table of numbers (:), or of boxes to tick."""
    if asked.value("multiflexible_checkbox") == "1":
        taking.claim(asked.attribute("multiflexible_checkbox"))
        return _boxes(asked, taking)
    found = Limits()
    for setting, bound, otherwise in (
        ("multiflexible_min", "least", _LEAST),
        ("multiflexible_max", "most", _MOST),
    ):
        attribute = asked.attribute(setting)
        number = limits.spelled(attribute.value if attribute else otherwise)
        sign = ">=" if bound == "least" else "<="
        if number:
            setattr(found, bound, number)
            taking.claim(attribute)
        elif attribute is not None:
            limits.compared(asked, taking, attribute, ".", sign, found.conditions)
    step = asked.attribute("multiflexible_step")
    if step is not None and step.value not in ("1", "0"):
        found.decimals = len(limits.spelled(step.value).partition(".")[2])
        taking.ledger.change(step.row, "Every number between the limits can be typed.")
    return _table(asked, taking, found, "number")


def texts(asked: Asked, taking: Taking) -> list[Block]:
    """A table of lines (;)."""
    if asked.value("numbers_only") == "1":
        attribute = asked.attribute("numbers_only")
        taking.claim(attribute)
        return _table(asked, taking, limits.of_numbers(asked, taking), "number")
    return _table(asked, taking, Limits(), "short_text")


def _columns(asked: Asked) -> tuple[list[Part], list[Part]]:
    rows = asked.of_scale(asked.parts, 0)
    columns = asked.of_scale(asked.parts, 1)
    if not rows or not columns:
        raise Refused("It has no rows or no columns.", "Add them in LimeSurvey.")
    if len(rows) * len(columns) > MOST_CELLS:
        raise Refused(
            f"The table has {len(rows) * len(columns)} fields.",
            f"At most {MOST_CELLS} are taken: ask for less, or use several questions.",
        )
    return rows, columns


def _table(asked: Asked, taking: Taking, found: Limits, kind: str) -> list[Block]:
    rows, columns = _columns(asked)
    reason = "Each row of the table became a page with a field for each column."
    taking.ledger.change(asked.row, reason)
    conditions = filters.conditions(asked, rows, taking)
    blocks = []
    for row in rows:
        questions = []
        for column, name in _named(asked, taking, row, columns):
            taking.texts.say(f"{name}.label", column.words, column.code)
            question = _field(asked, taking, name, kind, found)
            shown_if = conditions.get(row.code, "")
            questions.append(replace(question, shown_if=shown_if))
            variable = Variable(item=name, question=name, is_number=kind == "number")
            taking.know(asked, f"_{row.code}_{column.code}", variable)
        title = _titled(asked.words, row.words)
        blocks.append(Block(questions, title=title, hint=asked.helps))
    together.of_fields(asked, taking, blocks)
    return blocks


def _named(
    asked: Asked, taking: Taking, row: Part, columns: list[Part]
) -> Iterator[tuple[Part, str]]:
    for column in columns:
        yield column, taking.name(asked, f"{row.code}_{column.code}")


def _titled(words: Wordings, ends: Wordings) -> Wordings:
    """The words of the table and, behind a dash, those of the row."""
    found = dict(words)
    for code, said in ends.items():
        if code in words and said.markup:
            markup = f"{words[code].markup} – {said.markup}"
            found[code] = Said(markup, words[code].row)
    return found


def _boxes(asked: Asked, taking: Taking) -> list[Block]:
    """One question with several answers for each row."""
    rows, columns = _columns(asked)
    taking.ledger.change(asked.row, "Each row became a question with several answers.")
    conditions = filters.conditions(asked, rows, taking)
    questions = []
    for row in rows:
        name = taking.name(asked, row.code)
        taking.texts.say(f"{name}.label", row.words, row.code)
        options: dict[str, Option] = taking.options(asked, columns, name)
        for column in columns:
            code = options[column.code].code
            variable = Variable(item=name, question=name, code=code)
            taking.know(asked, f"_{row.code}_{column.code}", variable)
        questions.append(
            Question(
                name=name,
                kind="multiple",
                options=tuple(options.values()),
                shown_if=conditions.get(row.code, ""),
            )
        )
    block = Block(questions, title=asked.words, hint=asked.helps)
    together.of_fields(asked, taking, [block])
    return [block]
