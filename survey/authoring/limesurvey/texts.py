"""Wordings of the file → plain texts of ours by language and key.

Knows which row a wording stands in, so that every loss is told there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.markup import GAP, Plain, stripped, to_plain
from survey.authoring.limesurvey.structure import Said, Wordings

MOST_MARKUP = 6_000_000
_WAITS = "No words in {language}: a translation is missing."


class Texts:
    """Collects the texts of one questionnaire."""

    def __init__(self, base: str, languages: tuple[str, ...], ledger: Ledger) -> None:
        self.base = base
        self.by_language: dict[str, dict[str, str]] = {code: {} for code in languages}
        self.ledger = ledger
        self.budget = MOST_MARKUP

    def say(self, key: str, wordings: Wordings, otherwise: str) -> None:
        """Keep a text that must exist; ``otherwise`` stands where it has no words."""
        plain = {code: self._plain(said) for code, said in wordings.items()}
        base = plain.get(self.base)
        for code, found in plain.items():
            self._keep(key, code, found.text, wordings[code])
        if base is None or not base.text:
            self._keep_instead(key, otherwise, base, wordings)

    def maybe(self, key: str, wordings: Wordings, *, ending: Wordings) -> bool:
        """Keep a text that may be missing; whether the base language has it.

        ``ending`` is what follows it in brackets, such as a unit.
        """
        plain = {code: self._plain(said) for code, said in wordings.items()}
        ends = {code: self._plain(said).text for code, said in ending.items()}
        texts = {}
        for code in {*plain, *ends}:
            text = plain[code].text if code in plain else ""
            end = ends.get(code, "")
            texts[code] = f"{text} ({end})" if text and end else text or end
        has_base = texts.get(self.base, "") not in ("", GAP)
        for code, text in texts.items():
            if has_base and text:
                self.by_language[code][key] = text
            elif text:
                said = wordings[code] if code in wordings else ending[code]
                reason = "It is left out: nothing of it remains in the base language."
                self.ledger.change(said.row, reason)
        return has_base

    def put(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep a text that is plain already."""
        for code, text in texts.items():
            if text and code in self.by_language:
                self.by_language[code][key] = text

    def _plain(self, said: Said) -> Plain:
        markup = said.markup
        is_plain = "<" not in markup and "&" not in markup
        self.budget -= 0 if is_plain else len(markup)
        found = to_plain(markup) if self.budget > 0 else stripped(markup)
        for loss in found.losses:
            self.ledger.change(said.row, loss)
        return found

    def _keep(self, key: str, code: str, text: str, said: Said) -> None:
        if text:
            self.by_language[code][key] = text
        elif code != self.base:
            self.ledger.change(said.row, _WAITS.format(language=code))

    def _keep_instead(
        self, key: str, otherwise: str, base: Plain | None, wordings: Wordings
    ) -> None:
        stem = PurePosixPath(base.images[0]).stem if base and base.images else ""
        words = stem or otherwise
        self.by_language[self.base][key] = words
        row = wordings[self.base].row if self.base in wordings else None
        row = row or next((said.row for said in wordings.values()), None)
        if row is not None:
            reason = f"No words in {self.base}: {words!r} stands in their place."
            self.ledger.change(row, reason, "Write the words people read.")
