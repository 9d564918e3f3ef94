"""Which editions a survey had, and what each said otherwise; no time, no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.questionnaire.edition import Edition
from survey.questionnaire.identity import reworded

COLUMNS = ("order", "edition", "languages", "note", "reworded")


@dataclass(frozen=True)
class Asked:
    """One edition that people were given, and why it took the place of another."""

    edition: Edition
    note: str


def rows(asked: Sequence[Asked]) -> Iterator[Mapping[str, str]]:
    """One line per edition, from 1; ``reworded`` lists items with their languages."""
    before = asked[0].edition
    for order, one in enumerate(asked, start=1):
        changed = reworded(before, one.edition)
        yield {
            "order": str(order),
            "edition": one.edition.hash,
            "languages": " ".join(one.edition.languages),
            "note": one.note,
            "reworded": " ".join(f"{item}:{language}" for item, language in changed),
        }
        before = one.edition
