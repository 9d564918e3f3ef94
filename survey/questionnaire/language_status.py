"""Where a language stands: counts by state, problems, and whether it can be offered.

Knows nothing of the interface's own languages and of where texts are kept.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from survey.questionnaire import findings
from survey.questionnaire.findings import DOUBTFUL, UNCONFIRMED, WRONG, Finding
from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.left_out import left_out, without_words
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.rules.rule import option_lists
from survey.questionnaire.rules.wording import twins
from survey.questionnaire.texts import asked_in, text_keys
from survey.questionnaire.translation import (
    COMPLETE,
    MACHINE_DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    STATES,
    Text,
    Translated,
    Volume,
    texts_of,
    volume,
)

LONG_LIST, NAMES = 10, 0.5
"""In a list of so many options, so many of them the source's words, all may be."""
GROUPS = (MISSING, MACHINE_DRAFT, OUTDATED, WRONG, UNCONFIRMED)
"""Why a text keeps a language from being offered, in this order."""


@dataclass(frozen=True, slots=True)
class Status:
    """All texts of one language with their states and what was found about them.

    ``left_out`` are questions asked only where they are translated that are not
    ready here; ``optional`` the keys of texts that therefore keep nothing back.
    """

    language: str
    texts: tuple[Text, ...]
    found: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """How many texts a language needs."""
        return len(self.texts)

    def counts(self) -> Mapping[str, int]:
        """How many texts are in which state."""
        counted = Counter(text.state for text in self.texts)
        return {state: counted[state] for state in STATES}

    def open_texts(self) -> tuple[Text, ...]:
        """What a translator still has to look at."""
        return tuple(text for text in self.texts if text.state not in COMPLETE)

    def to_translate(self) -> Volume:
        """What has to be translated, for the quotation."""
        return volume(self.open_texts())

    def obstacles(self) -> Mapping[str, tuple[tuple[Text, str], ...]]:
        """By group the texts that keep the language back, each once, with why."""
        groups: dict[str, list[tuple[Text, str]]] = {name: [] for name in GROUPS}
        for text in self.texts:
            obstacle = self.obstacle(text)
            if obstacle and text.key not in self.optional:
                groups[obstacle[0]].append((text, obstacle[1]))
        return {name: tuple(texts) for name, texts in groups.items() if texts}

    def obstacle(self, text: Text) -> tuple[str, str] | None:
        """Why a text cannot be shown: the group, and the reason if there is one."""
        if text.state not in COMPLETE:
            return text.state, ""
        for weight in (WRONG, UNCONFIRMED):
            reasons = [f.reason for f in self.problems(text) if f.weight == weight]
            if reasons:
                return weight, "; ".join(reasons)
        return None

    def problems(self, text: Text) -> tuple[Finding, ...]:
        """What keeps a text back: a reader's name stands for what a check doubts."""
        excused = {DOUBTFUL, UNCONFIRMED} if text.state == REVIEWED else {DOUBTFUL}
        found = self.found.get(text.key, ())
        return tuple(one for one in found if one.weight not in excused)

    def doubts(self) -> Iterator[tuple[Text, Finding]]:
        """What is worth a look and keeps nothing back."""
        for text in self.texts:
            if text.state == REVIEWED:
                continue
            for found in self.found.get(text.key, ()):
                if found.weight == DOUBTFUL:
                    yield text, found


def status(translated: Translated, language: str, rules: LanguageRules) -> Status:
    """Where a language stands, the one it was written in as well."""
    is_source = language == translated.questionnaire.source_language
    texts = tuple(texts_of(translated, language))
    found = {
        text.key: tuple(_findings(text, rules, is_source=is_source))
        for text in texts
        if text.wording.strip()
    }
    names = () if is_source or rules.script else _names(translated, language)
    found |= {key: tuple(map(_doubted, found[key])) for key in names if key in found}
    for key, twin in _twins(translated.questionnaire, language):
        alike = Finding(WRONG, f"reads like the option {twin}")
        if alike not in found.get(key, ()):
            found[key] = (alike, *found.get(key, ()))
    plain = Status(language, texts, {key: own for key, own in found.items() if own})
    return plain if is_source else _with_gaps(plain, translated.questionnaire)


def _with_gaps(plain: Status, questionnaire: Questionnaire) -> Status:
    """The status, once questions are found that this language does without."""
    if not any(q.is_asked_where_translated for q in questionnaire.questions()):
        return plain
    not_ready = {text.key for text in plain.texts if plain.obstacle(text)}
    names = left_out(questionnaire, not_ready)
    shown = without_words(questionnaire, plain.language, names)
    asked = {entry.key for entry in text_keys(asked_in(shown, plain.language))}
    optional = frozenset({text.key for text in plain.texts} - asked)
    return replace(plain, left_out=names, optional=optional)


def _findings(
    text: Text, rules: LanguageRules, *, is_source: bool
) -> Iterator[Finding]:
    wording = unicodedata.normalize("NFC", text.wording)
    if is_source:
        yield from findings.of_text(wording, rules, kind=text.entry.kind)
        return
    source = unicodedata.normalize("NFC", text.source)
    yield from findings.of_translation(source, wording, rules, kind=text.entry.kind)


def _names(translated: Translated, language: str) -> Iterator[str]:
    """Keys of long lists that hardly differ from their source: places, not words."""
    texts = translated.questionnaire.texts
    source = texts.get(translated.questionnaire.source_language, {})
    own = texts.get(language, {})
    for _, options in option_lists(translated.questionnaire):
        keys = [option.text for option in options]
        same = sum(own.get(key) == source.get(key) for key in keys)
        if len(keys) >= LONG_LIST and same >= NAMES * len(keys):
            yield from keys


def _doubted(found: Finding) -> Finding:
    return replace(found, weight=DOUBTFUL) if found.weight == UNCONFIRMED else found


def _twins(questionnaire: Questionnaire, language: str) -> Iterator[tuple[str, str]]:
    """Keys of texts that read like an earlier option of the same list."""
    own = questionnaire.texts.get(language, {})
    for _, option, twin in twins(questionnaire, own):
        yield option.text, twin.code
