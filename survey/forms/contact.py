"""The small form for those who want to be reached: what it asks, what it takes.

Knows nothing of answers; what is wrong is told in the words of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.forms.problems import Complaint, in_words
from survey.language import N_, gettext
from survey.questionnaire.answers import AnswerProblem
from survey.questionnaire.kinds.words import in_latin_digits, length_of, tidied
from survey.urn.contact import LONGEST_NAME, LONGEST_REACH, PURPOSES, Contact

NAME, REACH, PURPOSE = "contact_name", "contact_reach", "contact_for"
WORDS = {
    "workshop": N_("An invitation to a workshop"),
    "raffle": N_("Taking part in the raffle"),
    "results": N_("The results, as soon as they are there"),
}
_MAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]{2,}")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()/.\-\u2010-\u2013\u00a0]{4,}[0-9]")
_LEAST_DIGITS = 6

Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as it was typed."""

    name: str = ""
    reach: str = ""
    purposes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written anything."""
        return not (self.name or self.reach)


def typed(posted: Posted, offered: Sequence[str]) -> Typed:
    """What was posted, on one line each; what is not offered is not wanted."""
    wanted = posted.get(PURPOSE, ())
    purposes = tuple(one for one in PURPOSES if one in wanted and one in offered)
    if len(offered) == 1:
        purposes = tuple(offered)
    return Typed(_line(posted, NAME), _line(posted, REACH), purposes)


def cleaned(form: Typed) -> tuple[Contact | None, tuple[Complaint, ...]]:
    """The contact, or everything that keeps it back; call it inside ``speaking``."""
    problems = [*_of_purposes(form), *_of_reach(reach := in_latin_digits(form.reach))]
    problems += _of_length(NAME, form.name, LONGEST_NAME)
    if problems:
        return None, tuple(problems)
    return Contact(reach, form.purposes, form.name), ()


def _line(posted: Posted, name: str) -> str:
    return " ".join(tidied(next(iter(posted.get(name, ())), "")).split())


def _of_purposes(form: Typed) -> Iterator[Complaint]:
    if not form.purposes:
        text = gettext("Please choose what we may contact you for.")
        yield Complaint(PURPOSE, text)


def _of_reach(text: str) -> Iterator[Complaint]:
    too_long = _of_length(REACH, text, LONGEST_REACH)
    yield from too_long
    if not too_long and not _can_be_reached(text):
        text = gettext(
            "Please write a mail address such as name@example.org, or a telephone"
            " number."
        )
        yield Complaint(REACH, text)


def _of_length(field: str, text: str, longest: int) -> tuple[Complaint, ...]:
    length = length_of(text)
    if length <= longest:
        return ()
    params = {"longest": longest, "length": length}
    return in_words([AnswerProblem(field, field, "too_long", params)], str)


def _can_be_reached(text: str) -> bool:
    if _MAIL.fullmatch(text):
        return True
    digits = sum(map(str.isdigit, text))
    return bool(_TELEPHONE.fullmatch(text)) and digits >= _LEAST_DIGITS
