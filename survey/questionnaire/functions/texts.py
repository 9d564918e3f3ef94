"""Functions on texts; what an answer is, they do not know."""

from __future__ import annotations

from survey.questionnaire.functions.parts import CallError, Part, Parts, as_text
from survey.questionnaire.pattern import compile_pattern
from survey.questionnaire.pattern_source import PatternError


def string(parts: Parts) -> Part:
    """The value as a text."""
    return Part("text", as_text(parts[0]))


def concat(parts: Parts) -> Part:
    """The values as texts, one after the other."""
    texts = [as_text(part) for part in parts]
    return Part("text", lambda scope: "".join([text(scope) for text in texts]))


def normalize_space(parts: Parts) -> Part:
    """Without spaces at the ends, inside one at a time."""
    text = as_text(parts[0])
    return Part("text", lambda scope: " ".join(text(scope).split()))


def string_length(parts: Parts) -> Part:
    """How many characters there are."""
    text = as_text(parts[0])
    return Part("number", lambda scope: float(len(text(scope))))


def contains(parts: Parts) -> Part:
    """Whether the second stands somewhere in the first."""
    text, wanted = as_text(parts[0]), as_text(parts[1])
    return Part("boolean", lambda scope: wanted(scope) in text(scope))


def starts_with(parts: Parts) -> Part:
    """Whether the first begins with the second."""
    text, wanted = as_text(parts[0]), as_text(parts[1])
    return Part("boolean", lambda scope: text(scope).startswith(wanted(scope)))


def regex(parts: Parts) -> Part:
    """Whether the whole text fits a pattern."""
    if parts[1].literal is None:
        raise CallError(
            "The pattern of regex is not a quoted text.",
            "Write it as regex(${name}, '[0-9]+').",
            1,
        )
    try:
        pattern = compile_pattern(parts[1].literal)
    except PatternError as error:
        remedy = "Use letters, [ ], ( ), |, *, +, ?, {2,5}, ., \\d, \\w, \\s, \\p{L}."
        raise CallError(str(error), remedy, 1, error.position + 1) from error
    text = as_text(parts[0])
    return Part("boolean", lambda scope: pattern.fits(text(scope)))
