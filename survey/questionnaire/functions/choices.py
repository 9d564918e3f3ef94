"""Functions that look at answers: what was chosen, what was given; no question."""

from __future__ import annotations

from collections.abc import Callable

from survey.questionnaire import values
from survey.questionnaire.functions.parts import (
    Part,
    Parts,
    Scope,
    as_number,
    as_text,
    as_truth,
)


def _chosen(part: Part) -> Callable[[Scope], tuple[str, ...]]:
    """The codes of a multiple answer."""
    if part.name is not None:
        name = part.name

        def look_up(scope: Scope) -> tuple[str, ...]:
            value = scope.answers.get(name)
            if isinstance(value, tuple):
                return value
            return tuple(values.read(value).split())

        return look_up
    text = as_text(part)
    return lambda scope: tuple(text(scope).split())


def selected(parts: Parts) -> Part:
    """Whether a code was chosen; with an empty code, whether none was."""
    chosen, code = _chosen(parts[0]), as_text(parts[1])

    def run(scope: Scope) -> bool:
        codes, wanted = chosen(scope), code(scope).strip()
        return wanted in codes if wanted else not codes

    return Part("boolean", run)


def selected_at(parts: Parts) -> Part:
    """The code at a place, counted from 0; empty beyond the last."""
    chosen, index = _chosen(parts[0]), as_number(parts[1])

    def run(scope: Scope) -> str:
        codes, at = chosen(scope), index(scope)
        if not (at.is_integer() and 0 <= at < len(codes)):
            return ""
        return codes[int(at)]

    return Part("text", run)


def count_selected(parts: Parts) -> Part:
    """How many codes were chosen."""
    chosen = _chosen(parts[0])
    return Part("number", lambda scope: float(len(chosen(scope))))


def negated(parts: Parts) -> Part:
    """The opposite."""
    truth = as_truth(parts[0])
    return Part("boolean", lambda scope: not truth(scope))


def boolean(parts: Parts) -> Part:
    """The value as true or false."""
    return Part("boolean", as_truth(parts[0]))


def choice(parts: Parts) -> Part:
    """One of two values; the other is not computed."""
    truth, then, otherwise = as_truth(parts[0]), parts[1], parts[2]
    gives = then.gives if then.gives == otherwise.gives else "any"
    return Part(
        gives,
        lambda scope: then.run(scope) if truth(scope) else otherwise.run(scope),
    )


def coalesce(parts: Parts) -> Part:
    """The first that is not empty."""
    texts = [as_text(part) for part in parts]
    return Part(
        "text", lambda scope: next(filter(None, (text(scope) for text in texts)), "")
    )


def count(parts: Parts) -> Part:
    """How many are not empty."""
    texts = [as_text(part) for part in parts]
    return Part("number", lambda scope: float(sum(text(scope) != "" for text in texts)))


def position(parts: Parts) -> Part:
    """Nothing is repeated here, so it is always the first."""
    return Part("number", lambda scope: 1.0)


def once(parts: Parts) -> Part:
    """What is there already, otherwise the argument."""
    text = as_text(parts[0])
    return Part("text", lambda scope: values.read(scope.current) or text(scope))


def always(parts: Parts) -> Part:
    """True."""
    return Part("boolean", lambda scope: True)


def never(parts: Parts) -> Part:
    """False."""
    return Part("boolean", lambda scope: False)
