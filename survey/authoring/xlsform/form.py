"""What is known of a form while its questions are taken in, and what has been kept.

Knows no single type of question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from survey.authoring.naming import Naming
from survey.authoring.xlsform import wording
from survey.authoring.xlsform.choices import EXTERNAL, ChoiceList
from survey.authoring.xlsform.known import Known
from survey.authoring.xlsform.languages import Languages
from survey.authoring.xlsform.ledger import Entry, Ledger
from survey.authoring.xlsform.outline import Leaf
from survey.authoring.xlsform.types import Type
from survey.questionnaire.rules.rule import is_usable_name


@dataclass(slots=True)
class Form:
    """``texts`` by language and key are the questionnaire's in the making.

    ``is_ours`` when the file was written by us: then nothing is made up.
    """

    languages: Languages
    lists: Mapping[str, ChoiceList]
    ledger: Ledger
    slots: Collection[str] = ()
    fields: Collection[str] = ()
    themes: Collection[str] = ()
    is_ours: bool = False
    known: Known = field(default_factory=Known)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)

    @property
    def source(self) -> str:
        """Code of the language the others are translated from."""
        return self.languages.source

    def give_names(self, leaves: Sequence[Leaf]) -> None:
        """A name for every question; those that can stay as they are come first."""
        taken_in = [leaf for leaf in leaves if not leaf.record.entry.is_refused]
        for leaf in sorted(taken_in, key=lambda leaf: not is_usable_name(leaf.name)):
            leaf.ours = self.naming.another(leaf.name)
            if leaf.type.has_other:
                self.naming.another(f"{leaf.ours}_other")

    def name(self, leaf: Leaf) -> str:
        """Our name for a question; said where it is another."""
        name, original = leaf.ours, leaf.name
        if original and name != original:
            is_taken = is_usable_name(original)
            why = f", as {original} is taken" if is_taken else ""
            leaf.record.entry.change(f"It is called {name} here{why}.")
        return name

    def list_of(self, asked: Type) -> ChoiceList | None:
        """The list a type names: in its own sheet first, then in the other."""
        external = f"{asked.list_name} ({EXTERNAL})"
        names = [asked.list_name, external]
        found = [self.lists[name] for name in names if name in self.lists]
        return found[-1 if asked.is_external else 0] if found else None

    def cleaned(self, entry: Entry, texts: Mapping[str, str]) -> dict[str, str]:
        """Texts as they are kept; said where they are others."""
        found = {}
        for code, text in texts.items():
            made = wording.clean(text, self.slots, is_plain=self.is_ours)
            for note in made.notes:
                entry.change(note)
            if len(made.text) > wording.LONGEST:
                reason = f"A text in {code} has {len(made.text)} characters."
                remedy = f"At most {wording.LONGEST} are read: make it shorter."
                entry.change(f"{reason} It is not taken.", remedy)
            elif made.text:
                found[code] = made.text
        return found

    def keep(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep a wording under its key."""
        for code, text in texts.items():
            self.texts.setdefault(code, {})[key] = text
