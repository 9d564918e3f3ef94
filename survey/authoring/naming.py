"""Names of our own for what strangers named by other rules.

Knows nothing of files; the same name always gets the same new name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from survey.questionnaire.rules.names import RESERVED
from survey.questionnaire.rules.rule import LONGEST_NAME, is_usable_name

_OTHER = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l"})


class Naming:
    """Gives out names, each once; ``taken`` are those it must not give."""

    def __init__(self, taken: Iterable[str] = RESERVED) -> None:
        self._given: dict[str, str] = {}
        self._taken = set(taken)
        self._counted: dict[str, int] = {}  # how often a name was wanted so far

    def name(self, original: str, *, otherwise: str = "q") -> str:
        """The usable name for an original one.

        ``otherwise`` stands where nothing of the original can be used, as with
        names in other scripts.
        """
        known = self._given.get(original)
        if known is None:
            known = self._given[original] = self.another(original, otherwise=otherwise)
        return known

    def another(self, original: str, *, otherwise: str = "q") -> str:
        """A usable name nobody has yet, also where the original was named before."""
        name = self._free(plain(original) or otherwise)
        self._taken.add(name)
        return name

    def _free(self, wanted: str) -> str:
        name, number = wanted, self._counted.get(wanted, 1)
        while name in self._taken:
            number += 1
            self._counted[wanted] = number
            end = f"_{number}"
            name = wanted[: LONGEST_NAME - len(end)].rstrip("_") + end
        return name


def plain(original: str) -> str:
    """An original name in small letters, digits and single ``_``; may be empty."""
    if is_usable_name(original):
        return original
    spelled = original.lower().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", spelled)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _OTHER.sub("_", bare).strip("_")[:LONGEST_NAME].strip("_")
