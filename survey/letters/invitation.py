"""What every sheet of a survey says: which survey, who asks, until when, in what.

Knows the frozen edition; a language is offered on paper only where the survey
speaks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.language import Language, Registry, Words
from survey.language.glyphs import undrawable
from survey.letters.errors import LettersError
from survey.letters.sender import Sender, sender
from survey.questionnaire.duration import minutes
from survey.questionnaire.edition import Edition
from survey.settings import Settings
from survey.storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class Voice:
    """One language of a sheet: its words and what the survey is called in it."""

    language: Language
    words: Words
    title: str

    @property
    def tags(self) -> dict[str, str]:
        """How a document names the language and its direction."""
        # a document knows languages by two or three letters
        lang = self.language.html.partition("-")[0]
        return {
            "code": self.language.code,
            "lang": lang,
            "dir": self.language.direction,
        }


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the sheets of one survey have in common."""

    slug: str
    sender: Sender
    voices: tuple[Voice, ...]
    until: date | None
    minutes: int
    is_by_lot: bool

    @property
    def address(self) -> str:
        """The short address of the survey; ``#`` and a code may follow."""
        return f"{self.sender.public_url}/s/{self.slug}"


def invitation(
    settings: Settings,
    survey: Survey,
    edition: Edition,
    registry: Registry,
    *,
    languages: Sequence[str] = (),
) -> Invitation:
    """The invitation in ``languages``, by default in all of the survey.

    ``LettersError`` names what hinders it.
    """
    chosen = _chosen(survey, registry, languages)
    voices = tuple(
        Voice(one, registry.words(one), edition.filled("title", one.code))
        for one in chosen
    )
    for voice in voices:
        if foreign := undrawable(voice.title):
            raise LettersError(
                f"No font has {foreign} of the title in {voice.language.code}. "
                "Correct the title or the slot it is filled from."
            )
    return Invitation(
        slug=survey.slug,
        sender=sender(settings),
        voices=voices,
        until=survey.until,
        minutes=minutes(edition, part="core"),
        is_by_lot=survey.design == "random",
    )


def _chosen(
    survey: Survey, registry: Registry, languages: Sequence[str]
) -> list[Language]:
    wanted = list(languages) or list(survey.languages)
    unknown = [
        code
        for code in wanted
        if code not in survey.languages or registry.get(code) is None
    ]
    if unknown:
        raise LettersError(
            f"{survey.slug} does not speak {', '.join(unknown)}, "
            f"only {', '.join(survey.languages)}."
        )
    return [found for code in wanted if (found := registry.get(code))]
