"""Headings of the columns we write, one per language where a text is translated."""

from __future__ import annotations

from survey.authoring.language_names import endonym
from survey.questionnaire.model import Questionnaire


class Headings:
    """Names the languages of one questionnaire, the source first."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        source = questionnaire.source_language
        codes = [source, *sorted(set(questionnaire.texts) - {source})]
        self.texts = questionnaire.texts
        self.languages = {code: f"{endonym(code)} ({code})" for code in codes}
        self.source = self.languages[source]

    def heading(self, field: str, code: str) -> str:
        """The heading of a translated column."""
        return f"{field}::{self.languages[code]}"

    def cells(self, field: str, key: str) -> dict[str, str]:
        """A wording in every language that has it."""
        return {
            self.heading(field, code): self.texts[code][key]
            for code in self.languages
            if self.texts.get(code, {}).get(key)
        }

    def order(self, columns: list[str], fields: list[str]) -> list[str]:
        """Columns in the order of ``fields``, each followed by its languages."""
        found: list[str] = []
        for field in fields:
            wanted = [field, *(self.heading(field, code) for code in self.languages)]
            found += [column for column in wanted if column in columns]
        return found + [column for column in columns if column not in found]
