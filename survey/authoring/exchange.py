"""What goes out to a translator and comes back, whatever the format of the file.

Each format is only a writer and a reader of this. Knows nothing of databases, nor of
what is done with an entry that comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.language_status import Status
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.translation import (
    OUTDATED,
    STATES,
    Text,
    fingerprint,
    source_hash,
)

_STAMP = re.compile(r"\b([mdtor])-([0-9a-f]{16})-([0-9a-f]{16}|none)\b")
_LETTERS = dict(zip("mdtor", STATES, strict=True))
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Stamp:
    """How an entry stood when it went out: state, and fingerprints of both texts.

    It travels with the entry, so that a file of yesterday shows what its translator
    changed and what the questionnaire changed meanwhile.
    """

    state: str
    source: str
    target: str

    def __str__(self) -> str:
        """As it stands in a file."""
        letter = "mdtor"[STATES.index(self.state)]
        return f"{letter}-{self.source}-{self.target or _NONE}"


def stamp_in(text: str) -> Stamp | None:
    """The stamp in a text of a file, wherever a program has put it."""
    found = _STAMP.search(text)
    if found is None:
        return None
    target = "" if found[3] == _NONE else found[3]
    return Stamp(_LETTERS[found[1]], found[2], target)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text, on the way out or back.

    ``state`` is empty where a file says nothing of it; ``previous`` the source text
    that an outdated translation was made for; ``notes`` are for the translator, and
    ``remark`` is what the translator wrote. ``place`` and ``row`` say where in the
    file it stands, ``fault`` why it could not be read.
    """

    key: str
    source: str = ""
    target: str = ""
    state: str = ""
    kind: str = ""
    context: str = ""
    previous: str = ""
    notes: tuple[str, ...] = ()
    stamp: Stamp | None = None
    remark: str = ""
    place: str = ""
    row: int = 0
    fault: str = ""

    @property
    def source_hash(self) -> str:
        """Which source text it was translated from; empty when nothing says so."""
        return self.stamp.source if self.stamp else fingerprint(self.source)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file for one survey and one language.

    ``has_tended_states`` is true of formats whose editors take the mark off a text
    as soon as somebody has worked on it; in the others it may be left over.
    """

    survey: str
    language: str
    source_language: str
    source_hash: str
    entries: tuple[Entry, ...]
    has_tended_states: bool = False


def going_out(
    slug: str, questionnaire: Questionnaire, texts: Sequence[Text], rules: LanguageRules
) -> Exchange:
    """The exchange for these texts of a questionnaire; those without source are left.

    ``texts`` come from a language's status: all of them, or only the open ones.
    """
    return Exchange(
        survey=slug,
        language=rules.language,
        source_language=questionnaire.source_language,
        source_hash=source_hash(questionnaire),
        entries=tuple(entry_of(text, rules) for text in texts if text.source.strip()),
    )


def entry_of(text: Text, rules: LanguageRules) -> Entry:
    """A text as it goes out."""
    previous = text.mark.source if text.mark and text.state == OUTDATED else ""
    return Entry(
        key=text.key,
        source=text.source,
        target=text.wording,
        state=text.state,
        kind=text.entry.kind,
        context=text.entry.context,
        previous=previous,
        notes=tuple(_glossary(text.source, rules)),
        stamp=Stamp(text.state, fingerprint(text.source), fingerprint(text.wording)),
    )


def _glossary(source: str, rules: LanguageRules) -> Iterator[str]:
    for term in rules.glossary.used_in(source):
        yield f"Glossary: {term}"


def open_only(status: Status, *, changed_only: bool) -> tuple[Text, ...]:
    """The texts to send: all, or only those that keep the language back."""
    if not changed_only:
        return status.texts
    return tuple(text for text in status.texts if status.obstacle(text))


_SPACES = re.compile(r"[\s_-]+")
_WORDS = {state.replace("_", " "): state for state in STATES}


def state_word(state: str) -> str:
    """A state as people read it."""
    return state.replace("_", " ")


def state_of_word(text: str) -> str:
    """The state a person wrote; empty for anything else."""
    return _WORDS.get(_SPACES.sub(" ", text).strip().casefold(), "")
