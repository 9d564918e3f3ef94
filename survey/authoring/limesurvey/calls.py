"""The functions of LimeSurvey's equations, said in our language one by one.

Each knows its own arguments; what has no counterpart is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from survey.authoring.limesurvey.logic import (
    BOTH,
    PRODUCT,
    RELATION,
    SAME,
    SUM,
    WHOLE,
    Said,
    joined,
    negated,
    quoted,
    selected,
)
from survey.authoring.limesurvey.script import ScriptError
from survey.authoring.limesurvey.variables import Variable
from survey.questionnaire.pattern import compile_pattern
from survey.questionnaire.pattern_source import PatternError
from survey.questionnaire.tree import Node

if TYPE_CHECKING:
    from survey.authoring.limesurvey.logic import Translator

_ANYTHING = r"[\s\S]*"
_ALL_FIELDS = ("self", "self.NAOK", "self.nocomments", "self.value")


def truth(translator: Translator, node: Node) -> Said:
    """A call read as true or false."""
    if node.value in _TRUTHS:
        least, most, say = _TRUTHS[node.value]
        return say(translator, _counted(node, least, most))
    if node.value == "if":
        _counted(node, 2, 3)
        test, then, *rest = (translator.truth(part) for part in node.parts)
        otherwise = rest[0].text if rest else "false()"
        return Said(f"if({test.text}, {then.text}, {otherwise})")
    return Said(f"{value(translator, node).within(RELATION)} != 0", SAME)


def value(translator: Translator, node: Node) -> Said:
    """A call read as a value."""
    if node.value in _TRUTHS:
        return truth(translator, node)
    if node.value not in _VALUES:
        known = ", ".join(sorted({*_TRUTHS, *_VALUES}))
        reason = f"The function {node.value} is not known here."
        raise ScriptError(node.at, reason, f"Known are {known}.")
    least, most, say = _VALUES[node.value]
    return say(translator, _counted(node, least, most))


def _counted(node: Node, least: int, most: int) -> Node:
    if not least <= len(node.parts) <= most:
        reason = f"{node.value} has {len(node.parts)} arguments."
        raise ScriptError(node.at, reason, "Look at the equation in LimeSurvey.")
    return node


def _is_empty(translator: Translator, node: Node) -> Said:
    part = node.parts[0]
    if part.form == "reference":
        return translator.emptiness(part, is_empty=True)
    if part.form in ("text", "number"):
        return Said("false()" if part.value.strip() else "true()")
    if part.form == "call" and part.value in _VALUES:
        return Said(f"{value(translator, part).within(RELATION)} = ''", SAME)
    return negated(translator.truth(part))


def _is_numeric(translator: Translator, node: Node) -> Said:
    number = f"number({translator.result(node.parts[0]).text})"
    return Said(f"{number} = {number}", SAME)


def _is_int(translator: Translator, node: Node) -> Said:
    text = translator.result(node.parts[0]).text
    return Said(f"regex({text}, '-?[0-9]+')")


def _regex(translator: Translator, node: Node) -> Said:
    pattern, subject = node.parts
    if pattern.form != "text":
        reason = "The pattern is not written out."
        raise ScriptError(pattern.at, reason, 'Write it as "/[0-9]+/".')
    text = translator.result(subject).text
    whole = whole_pattern(pattern.value, pattern.at + 1)
    return Said(f"regex({text}, {quoted(whole, pattern.at)})")


def whole_pattern(written: str, position: int = 0) -> str:
    """A pattern that is looked for, as one that fits the whole text.

    Raises ``ScriptError`` for one that our patterns cannot say.
    """
    mark = written[:1]
    end = written.rfind(mark)
    if len(written) < 3 or mark.isalnum() or end < 2:
        raise ScriptError(position, "There is no pattern between marks.", "Write /…/.")
    body, flags = written[1:end].replace(f"\\{mark}", mark), written[end + 1 :]
    if flags.strip("u"):
        reason = f"The pattern has the flag {flags!r}."
        raise ScriptError(position + end + 1, reason, "Write it without flags.")
    is_whole = body.startswith("^") and re.search(r"(?<!\\)(?:\\\\)*\$$", body)
    if is_whole and not _has_bare_choice(body):
        pattern = body[1:-1]
    else:
        pattern = f"{_ANYTHING}(?:{body}){_ANYTHING}"
    try:
        compile_pattern(pattern)
    except PatternError as error:
        remedy = "Use letters, sets, groups, alternatives and repetition."
        raise ScriptError(position, str(error), remedy) from error
    return pattern


def _has_bare_choice(body: str) -> bool:
    """Whether an alternative stands outside brackets, where anchors part."""
    depth = 0
    for sign in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", body):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            return True
    return False


def _listed(translator: Translator, parts: tuple[Node, ...]) -> list[Variable | Node]:
    """Arguments, with ``that.Q1`` and ``self`` written out."""
    found: list[Variable | Node] = []
    for part in parts:
        is_name = part.form == "reference"
        if is_name and part.value.startswith("that."):
            found += translator.variables.all_of(part.value, part.at)
        elif is_name and translator.whole and part.value in _ALL_FIELDS:
            found += translator.variables.all_of(f"that.{translator.whole}", part.at)
        else:
            found.append(part)
    return found


def _value_of(translator: Translator, part: Variable | Node) -> str:
    """One of several arguments; empty when it has no answer."""
    if isinstance(part, Node):
        if part.form != "reference" or translator.is_current(part):
            return translator.result(part).text
        part = translator.use(part)
    if part.code:
        return f"if({selected(part).text}, 1, '')"
    if part.place:
        return f"selected-at(${{{part.item}}}, {part.place - 1})"
    return f"${{{part.item}}}"


def _count(translator: Translator, node: Node) -> Said:
    listed = _listed(translator, node.parts)
    is_whole = len(node.parts) == 1 and node.parts[0] not in listed
    items = {part.item for part in listed if isinstance(part, Variable) and part.code}
    if is_whole and len(items) == 1:
        return Said(f"count-selected(${{{items.pop()}}})")
    return Said(f"count({_all(translator, listed)})")


def _all(translator: Translator, listed: list[Variable | Node]) -> str:
    return ", ".join(_value_of(translator, part) for part in listed)


def _count_if(translator: Translator, node: Node) -> Said:
    wanted, *rest = node.parts
    counted = []
    for part in _listed(translator, tuple(rest)):
        found = _matches(translator, part, wanted)
        counted.append(f"if({found.text}, 1, '')")
    return Said(f"count({', '.join(counted)})")


def _matches(translator: Translator, part: Variable | Node, wanted: Node) -> Said:
    if isinstance(part, Node):
        return translator.compared(Node("chain", part.at, "", (part, wanted), ("=",)))
    if part.code:
        return translator.chosen(part, "=", wanted)
    if part.codes:
        code = quoted(translator.code(part, wanted), wanted.at)
        return Said(f"{_value_of(translator, part)} = {code}", SAME)
    value_of = _value_of(translator, part)
    return translator.weighed(value_of, "=", wanted, is_number=part.is_number)


def _over_numbers(name: str) -> Callable[[Translator, Node], Said]:
    def say(translator: Translator, node: Node) -> Said:
        return Said(f"{name}({_all(translator, _listed(translator, node.parts))})")

    return say


def _if(translator: Translator, node: Node) -> Said:
    test = translator.truth(node.parts[0]).text
    results = [translator.result(part).text for part in node.parts[1:]]
    otherwise = results[1] if len(results) > 1 else "''"
    return Said(f"if({test}, {results[0]}, {otherwise})")


def _round(translator: Translator, node: Node) -> Said:
    numbers = [translator.number(part).text for part in node.parts]
    return Said(f"round({', '.join(numbers)})")


def _int(translator: Translator, node: Node) -> Said:
    return Said(f"int({translator.number(node.parts[0]).text})")


def _float(translator: Translator, node: Node) -> Said:
    return Said(f"number({translator.number(node.parts[0]).text})")


def _floor(translator: Translator, node: Node) -> Said:
    return Said(f"round({translator.number(node.parts[0]).within(SUM)} - 0.5)")


def _ceil(translator: Translator, node: Node) -> Said:
    number = translator.number(node.parts[0]).within(WHOLE)
    return Said(f"-round(-{number} - 0.5)", PRODUCT)


def _abs(translator: Translator, node: Node) -> Said:
    number = translator.number(node.parts[0])
    inner = number.within(WHOLE)
    return Said(f"if({number.within(SUM)} < 0, -{inner}, {number.text})")


def _length(translator: Translator, node: Node) -> Said:
    return Said(f"string-length({translator.result(node.parts[0]).text})")


def _same(translator: Translator, node: Node) -> Said:
    return translator.result(node.parts[0])


def _join(translator: Translator, node: Node) -> Said:
    texts = [translator.result(part).text for part in node.parts]
    return Said(f"concat({', '.join(texts)})")


def _date(translator: Translator, node: Node) -> Said:
    form = node.parts[0]
    if form.form != "text" or form.value != "Y-m-d":
        reason = "Only today's date as 'Y-m-d' is known here."
        raise ScriptError(form.at, reason, 'Write date("Y-m-d").')
    return Said("today()")


def _in_array(translator: Translator, node: Node) -> Said:
    name, *rest = node.parts
    chains = (Node("chain", part.at, "", (name, part), ("=",)) for part in rest)
    return joined("or", [translator.compared(chain) for chain in chains], 1)


def _unique(translator: Translator, node: Node) -> Said:
    texts = [_value_of(translator, p) for p in _listed(translator, node.parts)]
    pairs = [
        Said(f"({one} = '' or {one} != {other})")
        for at, one in enumerate(texts)
        for other in texts[at + 1 :]
    ]
    return joined("and", pairs, BOTH) if pairs else Said("true()")


_MANY = 100
Say = Callable[["Translator", Node], Said]
_TRUTHS: dict[str, tuple[int, int, Say]] = {
    "is_empty": (1, 1, _is_empty),
    "is_numeric": (1, 1, _is_numeric),
    "is_int": (1, 1, _is_int),
    "regexMatch": (2, 2, _regex),
    "in_array": (2, _MANY, _in_array),
    "unique": (1, 12, _unique),
}
_VALUES: dict[str, tuple[int, int, Say]] = {
    "abs": (1, 1, _abs),
    "ceil": (1, 1, _ceil),
    "count": (1, _MANY, _count),
    "countif": (2, _MANY, _count_if),
    "date": (1, 1, _date),
    "floatval": (1, 1, _float),
    "floor": (1, 1, _floor),
    "if": (2, 3, _if),
    "intval": (1, 1, _int),
    "join": (1, _MANY, _join),
    "max": (1, _MANY, _over_numbers("max")),
    "min": (1, _MANY, _over_numbers("min")),
    "round": (1, 2, _round),
    "strlen": (1, 1, _length),
    "sum": (1, _MANY, _over_numbers("sum")),
    "trim": (1, 1, _same),
}
