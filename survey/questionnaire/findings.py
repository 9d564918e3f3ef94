"""What is wrong, unconfirmed or doubtful about one text of a questionnaire.

Weighs the checks: what no reader could want stops a language, what a check cannot
decide waits for a person or is only named. Knows no files and no states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire import translation_checks as checks
from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.rules.wording import LONGEST_TEXT

WRONG, UNCONFIRMED, DOUBTFUL = WEIGHTS = ("wrong", "unconfirmed", "doubtful")

NOT_DRAWN = frozenset({"hint", "constraint_message"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint about a text.

    ``wrong`` is never shown to anybody; ``unconfirmed`` is most likely a mistake and
    passes only where a named person has read it; ``doubtful`` is worth a look.
    """

    weight: str
    reason: str


def of_text(text: str, rules: LanguageRules, *, kind: str) -> Iterator[Finding]:
    """What can be said of a text alone, in the source language as well.

    Nothing of normal forms: an edition composes all its letters when it is frozen.
    """
    for reason in (
        *checks.no_controls(text),
        *checks.no_bidi_controls(text),
        *_braces(text),
        *_length(text),
    ):
        yield Finding(WRONG, reason)
    if damage := rules.damage(text):
        yield Finding(WRONG, damage)
    if kind not in NOT_DRAWN and (letter := rules.undrawable(text)):
        yield Finding(WRONG, f"the charts cannot draw {letter}")


def of_translation(
    source: str, target: str, rules: LanguageRules, *, kind: str
) -> list[Finding]:
    """Everything that can be said of a translation, the worst first."""
    found = list(of_text(target, rules, kind=kind))
    found += [Finding(WRONG, reason) for reason in checks.slots(source, target)]
    found += [Finding(UNCONFIRMED, why) for why in _untranslated(source, target, rules)]
    found += [
        Finding(DOUBTFUL, reason)
        for reason in (
            *checks.length(source, target),
            *checks.edges(target),
            *checks.letters(target, rules),
            *checks.address(target, rules),
            *rules.glossary.missed(source, target),
        )
    ]
    return found


def _untranslated(source: str, target: str, rules: LanguageRules) -> list[str]:
    found = checks.really_translated(source, target, rules.same)
    if not found and rules.script and target not in rules.same:
        found = checks.own_script(target, rules.script)
    return found


def _braces(text: str) -> list[str]:
    left = checks.PLACEHOLDER.sub("", text)
    return ["has braces that are no slot"] if "{" in left or "}" in left else []


def _length(text: str) -> list[str]:
    if len(text) <= LONGEST_TEXT:
        return []
    return [f"has {len(text)} characters; at most {LONGEST_TEXT} are read"]
