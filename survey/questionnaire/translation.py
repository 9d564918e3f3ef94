"""How far a language has come: the state of every translated text, what is left.

A translation belongs to the source text it was made for. When that text changes,
the translation stays and is outdated. Knows nothing of files and of databases.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.texts import SLOT, TextKey, text_keys

STATES = ("missing", "machine_draft", "translated", "outdated", "reviewed")
MISSING, MACHINE_DRAFT, TRANSLATED, OUTDATED, REVIEWED = STATES
COMPLETE = frozenset({TRANSLATED, REVIEWED})

_FINGERPRINT = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one translation beside its words.

    Missing and outdated are no states of a mark: they follow from the texts.
    ``source_hash`` is the fingerprint of the source text it was made for, and
    ``source`` that text. ``in_file`` is the fingerprint of the wording that the
    questionnaire's own file had for it, empty when it had none: so a file that is
    taken in again is told apart from one whose wording was changed.
    """

    state: str
    source_hash: str
    source: str = ""
    reviewed_by: str = ""
    in_file: str = ""


Marks = Mapping[str, Mark]
"""Text key → mark, of one language."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A questionnaire and the marks of its translations, by language."""

    questionnaire: Questionnaire
    marks: Mapping[str, Marks]

    def of(self, language: str) -> Marks:
        """The marks of one language."""
        return self.marks.get(language, {})

    def changed(
        self, language: str, changes: Mapping[str, tuple[str, Mark]]
    ) -> Translated:
        """With these wordings and marks in a language; nothing else changes."""
        own = dict(self.questionnaire.texts.get(language, {}))
        marks = dict(self.of(language))
        for key, (wording, mark) in changes.items():
            own[key], marks[key] = wording, mark
        texts = {**self.questionnaire.texts, language: MappingProxyType(own)}
        questionnaire = replace(self.questionnaire, texts=MappingProxyType(texts))
        return Translated(questionnaire, {**self.marks, language: marks})


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language, beside its source."""

    entry: TextKey
    source: str
    wording: str
    state: str
    mark: Mark | None

    @property
    def key(self) -> str:
        """Key of the text."""
        return self.entry.key

    @property
    def is_complete(self) -> bool:
        """Whether it may be shown, as far as its state goes."""
        return self.state in COMPLETE


def fingerprint(text: str) -> str:
    """A short hash of the words; blanks and the form of accents do not matter."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if not plain:
        return ""
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:_FINGERPRINT]


def source_hash(questionnaire: Questionnaire) -> str:
    """One hash of all source texts: which state of the questionnaire was translated."""
    source = questionnaire.texts.get(questionnaire.source_language, {})
    lines = [
        f"{entry.key} {fingerprint(source.get(entry.key, ''))}"
        for entry in text_keys(questionnaire)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_FINGERPRINT]


def texts_of(translated: Translated, language: str) -> Iterator[Text]:
    """Every text a language needs, in the order people meet them."""
    questionnaire = translated.questionnaire
    source = questionnaire.texts.get(questionnaire.source_language, {})
    own = questionnaire.texts.get(language, {})
    marks = translated.of(language)
    for entry in text_keys(questionnaire):
        words = source.get(entry.key, "")
        wording = own.get(entry.key, "")
        mark = marks.get(entry.key)
        yield Text(entry, words, wording, _state(wording, words, mark), mark)


def _state(wording: str, source: str, mark: Mark | None) -> str:
    """A wording without a mark came with the questionnaire and belongs to it."""
    if not wording.strip():
        return MISSING
    if mark is None:
        return TRANSLATED
    return mark.state if mark.source_hash == fingerprint(source) else OUTDATED


def confirmed(text: Text, *, reviewed_by: str = "") -> tuple[str, Mark]:
    """An outdated translation that fits the source of today all the same.

    A draft stays a draft; what was reviewed was read against another source.
    """
    state = text.mark.state if text.mark else TRANSLATED
    if state != MACHINE_DRAFT:
        state = REVIEWED if reviewed_by else TRANSLATED
    reader = reviewed_by if state == REVIEWED else ""
    in_file = text.mark.in_file if text.mark else ""
    made_for = fingerprint(text.source)
    return text.wording, Mark(state, made_for, text.source, reader, in_file)


_PART = re.compile(r"[^\W_]")


def words_in(text: str) -> int:
    """Words to translate: parts between blanks with a letter or digit, no slots."""
    return sum(1 for part in SLOT.sub(" ", text).split() if _PART.search(part))


@dataclass(frozen=True, slots=True)
class Volume:
    """How much there is to translate; ``repeated`` words have stood before."""

    texts: int
    words: int
    repeated: int


def volume(texts: Iterator[Text] | tuple[Text, ...]) -> Volume:
    """What an agency counts: source texts, their words, and those that recur."""
    seen: set[str] = set()
    count = words = repeated = 0
    for text in texts:
        number = words_in(text.source)
        count, words = count + 1, words + number
        same = fingerprint(text.source)
        repeated += number if same in seen else 0
        seen.add(same)
    return Volume(count, words, repeated)
