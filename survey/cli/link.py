"""What the office is told of an open link: its pauses, and what it was marked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.cli.context import Instance
    from survey.storage.surveys import Survey

MARKS = {
    "marked:fast": "sent through the open link faster than anybody reads",
    "marked:trap": "began with a field filled in that only machines see",
}


def lines(instance: Instance, survey: Survey) -> Iterator[str]:
    """Nothing, unless there is an open link and something to say about it."""
    from survey.storage import pauses

    pause = pauses.last(instance.settings.instance, survey.slug)
    if pause is not None:
        is_paused = datetime.now(UTC) < pause.until
        yield (
            f"open link: {'paused now, ' if is_paused else ''}"
            f"paused {pause.times} times because very many answers came at once"
        )
    counts = instance.urn(survey.slug).counts()
    for name, words in MARKS.items():
        number = 10 * round(counts.get(name, 0) / 10)
        if number:
            yield f"{words}: about {number}"
