"""What becomes of the translations when their questionnaire is taken in anew.

A town's change never costs a language: whatever a translator wrote stays, also for
questions that are gone, and is outdated where its source text was changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.translation import (
    TRANSLATED,
    Mark,
    Marks,
    Translated,
    fingerprint,
)


@dataclass(frozen=True, slots=True)
class Passed:
    """Two wordings of one text, of which one was passed over; both in full."""

    language: str
    key: str
    kept: str
    passed: str
    is_file_s: bool

    def __str__(self) -> str:
        """One line for whoever took the file in."""
        other = "the file's" if self.is_file_s else "the earlier one"
        return (
            f"{self.language} {self.key}: {self.kept!r} stays, {other}: {self.passed!r}"
        )


@dataclass(frozen=True, slots=True)
class Carried:
    """The new questionnaire with everything that was translated before."""

    translated: Translated
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What one language has of one text, before and in the new file."""

    language: str
    key: str
    source: str
    was: str
    mark: Mark
    is_marked: bool
    in_file: str


def carried(new: Questionnaire, before: Translated) -> Carried:
    """Take a questionnaire in that was kept before, in an earlier form or the same.

    A wording that the file has and had the same before gives way to what a
    translator made of it since; one that the file has newly changed counts, unless a
    translator has worked on the same text: then what is kept stays.
    """
    texts = {language: dict(own) for language, own in new.texts.items()}
    marks: dict[str, dict[str, Mark]] = {}
    passed: list[Passed] = []
    for found in _all(new, before):
        own = texts.setdefault(found.language, {})
        wording, mark, lost = _decided(found)
        own[found.key] = wording
        if mark is not None:
            marks.setdefault(found.language, {})[found.key] = mark
        if lost is not None:
            passed.append(lost)
    wordings = {language: MappingProxyType(own) for language, own in texts.items()}
    questionnaire = replace(new, texts=MappingProxyType(wordings))
    return Carried(Translated(questionnaire, marks), tuple(passed))


def _all(new: Questionnaire, before: Translated) -> Iterator[_Found]:
    """Every translation there was, beside what the new file has."""
    old = before.questionnaire
    was_source = old.texts.get(old.source_language, {})
    source = new.texts.get(new.source_language, {})
    for language, own in old.texts.items():
        if language == new.source_language:
            continue
        known: Marks = before.of(language)
        file: Mapping[str, str] = new.texts.get(language, {})
        for key, wording in own.items():
            # what was the source itself was a translation of nothing
            made_for = (
                was_source.get(key, "") if language != old.source_language else ""
            )
            mark = known.get(key) or Mark(
                TRANSLATED, fingerprint(made_for), made_for, "", fingerprint(wording)
            )
            yield _Found(
                language,
                key,
                source.get(key, ""),
                wording,
                mark,
                key in known,
                file.get(key, ""),
            )


def _decided(found: _Found) -> tuple[str, Mark | None, Passed | None]:
    """The wording that counts from now on, its mark, and one that was passed over."""
    here, there = fingerprint(found.was), fingerprint(found.in_file)
    mark = replace(found.mark, in_file=there or found.mark.in_file)
    is_current = found.mark.source_hash == fingerprint(found.source)
    if there in ("", here) or there == found.mark.in_file:
        return found.was, None if _says_nothing(found, is_current) else mark, None
    if here == found.mark.in_file or not found.is_marked:
        return found.in_file, None, None
    if is_current:
        lost = Passed(found.language, found.key, found.was, found.in_file, True)
        return found.was, mark, lost
    lost = Passed(found.language, found.key, found.in_file, found.was, False)
    return found.in_file, None, lost


def _says_nothing(found: _Found, is_current: bool) -> bool:
    """Whether a mark would only repeat what holds without one."""
    return not found.is_marked and is_current and bool(found.source)
