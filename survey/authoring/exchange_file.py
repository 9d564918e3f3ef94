"""What all formats of translators' files share: size, and what a file says of itself.

Knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from survey.authoring.archive import refusal
from survey.authoring.exchange import Entry, Exchange
from survey.language.registry import CODE

LARGEST_FILE = 40_000_000
MOST_ENTRIES = 70_000  # 60,000 choices and what is asked about them


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not too large; raises ``AuthoringError``."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror or error}."
        remedy = "Check its name and your permissions."
        raise refusal(path, reason, remedy) from error
    if len(content) > LARGEST_FILE:
        reason = f"The file has more than {LARGEST_FILE:,} bytes."
        raise refusal(path, reason, "Is it the right one?")
    if not content.strip():
        raise refusal(path, "The file is empty.", "Is it the right one?")
    return content


def check_count(path: Path, count: int) -> None:
    """Refuses more entries than a questionnaire can have."""
    if count > MOST_ENTRIES:
        reason = f"The file has {count:,} texts."
        raise refusal(path, reason, f"At most {MOST_ENTRIES:,} are read.")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of itself; ``survey`` is empty where it says nothing."""

    path: Path
    survey: str
    language: str
    source_language: str
    source_hash: str

    def exchange(
        self, entries: tuple[Entry, ...], *, has_tended_states: bool = False
    ) -> Exchange:
        """The file's content; raises ``AuthoringError`` when it has none."""
        if not entries:
            reason = "There is no text in the file."
            raise refusal(self.path, reason, "Is it the right one?")
        check_count(self.path, len(entries))
        return Exchange(
            survey=self.survey,
            language=self.language,
            source_language=self.source_language,
            source_hash=self.source_hash,
            entries=entries,
            has_tended_states=has_tended_states,
        )


def heading(
    path: Path,
    *,
    survey: str,
    language: str,
    source_language: str = "",
    source_hash: str = "",
) -> Heading:
    """The heading with a usable language; raises ``AuthoringError`` without one."""
    code = language.strip().replace("_", "-").lower()
    if not CODE.fullmatch(code):
        reason = "The file does not say into which language it translates."
        if language.strip():
            reason = f"The file says that its language is {language.strip()[:40]!r}."
        remedy = "Write its code, such as ar or uk, where the exported file had it."
        raise refusal(path, reason, remedy)
    return Heading(path, survey.strip(), code, source_language, source_hash)
