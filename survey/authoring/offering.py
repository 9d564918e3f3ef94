"""The gate "offer this language": nobody ever meets a page in two languages.

A language is offered when the interface speaks it and every text of the
questionnaire is translated and free of problems. Knows no command and no page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.authoring.translation_rules import rules_for
from survey.language.registry import Registry
from survey.questionnaire.findings import UNCONFIRMED, WRONG
from survey.questionnaire.language_status import Status, status
from survey.questionnaire.left_out import without_words
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem, QuestionnaireError
from survey.questionnaire.translation import (
    MACHINE_DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    Translated,
)

_HEADINGS = {
    MISSING: "missing",
    MACHINE_DRAFT: "drafts of a machine that nobody has confirmed",
    OUTDATED: "outdated: the source text was changed",
    WRONG: "with a mistake",
    UNCONFIRMED: "most likely not translated; a reviewer's name would settle it",
}


class NotOffered(QuestionnaireError):
    """Languages that cannot be offered; ``offers`` say why."""

    def __init__(self, slug: str, offers: Sequence[Offer]) -> None:
        self.offers = tuple(offers)
        super().__init__(_problems(slug, offers))
        self.args = ("\n".join(_told(slug, offers)),)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the gate says of one language."""

    language: str
    is_released: bool
    status: Status

    @property
    def is_open(self) -> bool:
        """Whether the language may be offered."""
        return self.is_released and not self.status.obstacles()

    def unconfirmed(self) -> Iterator[str]:
        """What no native reader has confirmed, in sentences."""
        if self.status.left_out:
            yield f"Left out, not translated yet: {', '.join(self.status.left_out)}."
        open_ones = [text for text in self.status.texts if text.state != REVIEWED]
        if open_ones:
            total = self.status.total
            yield f"{len(open_ones)} of {total} texts have no reviewer."
        doubted = {text.key for text, _ in self.status.doubts()}
        if doubted:
            yield f"{len(doubted)} texts are worth a look."


def offer(translated: Translated, language: str, languages: Registry) -> Offer:
    """Hold one language against the gate."""
    rules = rules_for(translated.questionnaire, language)
    is_released = languages.get(language) is not None
    return Offer(language, is_released, status(translated, language, rules))


def shown(translated: Translated, offers: Sequence[Offer]) -> Questionnaire:
    """The questionnaire to freeze: what a language does without has no words there."""
    questionnaire = translated.questionnaire
    for one in offers:
        names = one.status.left_out
        questionnaire = without_words(questionnaire, one.language, names)
    return questionnaire


def require(slug: str, offers: Sequence[Offer]) -> None:
    """Raise ``NotOffered``, naming every text that keeps a language back once."""
    shut = [one for one in offers if not one.is_open]
    if shut:
        raise NotOffered(slug, shut)


def _problems(slug: str, offers: Sequence[Offer]) -> Iterator[Problem]:
    for one in offers:
        for group, texts in one.status.obstacles().items():
            for text, why in texts:
                reason = f"The text in {one.language} is {_HEADINGS[group]}. {why}"
                yield Problem(slug, text.key, reason.strip(), "")


def _told(slug: str, offers: Sequence[Offer]) -> Iterator[str]:
    for one in offers:
        obstacles = one.status.obstacles()
        count = sum(map(len, obstacles.values()))
        if not one.is_released:
            yield f"{one.language} cannot be offered: the interface does not speak it."
            continue
        yield (
            f"{one.language} cannot be offered: {count} of {one.status.total} texts "
            f"are not ready. `survey translations export {slug} --language "
            f"{one.language} --format xlsx --changed-only --out FILE` writes them "
            "for a translator."
        )
        for group, texts in obstacles.items():
            yield f"  {_HEADINGS[group]} ({len(texts)}):"
            for text, why in texts:
                yield f"    {text.key}: {why}" if why else f"    {text.key}"
