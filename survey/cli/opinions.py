"""A made-up town: who lives there and what they think, for demonstrations and trials.

The differences between groups stand in one table, so that what an analysis finds can
be held against what was put in. Knows nothing of storage.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Share of the people who would answer in each language, before a survey's own
# languages are cut out of it.
LANGUAGES = {"de": 0.72, "en": 0.10, "ar": 0.18}

# Item → option code → weight; what is not named here is drawn evenly over scales
# that fall off from the third answer on.
BACKGROUND: Mapping[str, Mapping[str, float]] = {
    "q01": {"yes": 0.92, "works_here": 0.07, "no": 0.01},
    "d1": {"16_24": 0.14, "25_44": 0.34, "45_64": 0.32, "65_up": 0.20},
    "d2": {"female": 0.51, "male": 0.48, "diverse": 0.01},
}
IMMIGRATED = {"de": 0.16, "en": 0.80, "ar": 0.92}
PARENTS_IMMIGRATED = 0.10


@dataclass(frozen=True)
class Tilt:
    """People with this answer lean this far towards the low end of an item's scale.

    ``strength`` is in steps of log-odds per option: 0.5 is plain to see in a few
    hundred answers, 0 is no difference at all.
    """

    variable: str
    code: str
    item: str
    strength: float


# The known differences: who immigrated is less content with housing, the young with
# mobility.
# Known to be absent: any difference between women and men, in any item.
KNOWN: tuple[Tilt, ...] = (
    Tilt("d3", "self", "q04_f3", 0.75),
    Tilt("d1", "16_24", "q04_f8", 1.0),
)

# How the town as a whole leans: items not named stand at 0.
LEANING = {
    "q02": -0.55,
    "q04_f1": -0.25,
    "q04_f3": 0.20,
    "q04_f4": 0.05,
    "q04_f7": -0.60,
    "q04_f8": 0.15,
    "q15": 0.10,
}
# What people pick first, as weights of the fields.
PICKED = {"f3": 3.2, "f8": 2.3, "f4": 2.0, "f1": 1.8, "f5": 1.0, "f9": 0.9, "f2": 0.8}
COMMENTS: Mapping[str, Sequence[str]] = {
    "de": (
        "Mehr bezahlbare Wohnungen für Familien.",
        "Der Bus soll abends länger fahren.",
        "Ein Sprachkurs am Abend wäre gut.",
        "Mehr Bänke und Schatten auf dem Marktplatz.",
    ),
    "en": (
        "More homes people can pay for.",
        "Forms in plain words, please.",
        "A place where neighbours can meet.",
    ),
    "ar": (
        "نحتاج إلى دورات لغة مسائية.",
        "مساكن بأسعار مناسبة للعائلات.",
        "حافلات أكثر في المساء.",
    ),
}


@dataclass
class Person:
    """One made-up resident; ``traits`` are the demographic answers, known before."""

    language: str
    traits: dict[str, str]
    stops_early: bool

    def weights(
        self, item: str, codes: Sequence[str], *, is_scale: bool
    ) -> list[float]:
        """How likely each option is for this person, in the order given."""
        if item in self.traits and self.traits[item] in codes:
            return [float(code == self.traits[item]) for code in codes]
        if item in BACKGROUND:
            return [BACKGROUND[item].get(code, 0.01) for code in codes]
        if "f1" in codes:
            return [PICKED.get(code, 0.6) for code in codes]
        if not is_scale:
            return [_popularity(item, code) for code in codes]
        lean = LEANING.get(item, 0.0) + sum(
            tilt.strength
            for tilt in KNOWN
            if tilt.item == item and self.traits.get(tilt.variable) == tilt.code
        )
        middle = (len(codes) - 1) / 2
        return [
            math.exp(lean * (place - middle) - 0.22 * (place - middle) ** 2)
            for place in range(len(codes))
        ]


def _popularity(item: str, code: str) -> float:
    """How often an answer is chosen: any value, but the same every time."""
    lot = hashlib.sha256(f"{item}/{code}".encode()).digest()[0] / 255
    return 0.1 + 0.9 * lot**2


def draw_person(rng: random.Random, languages: Sequence[str]) -> Person:
    """Somebody who lives in the made-up town and answers in one of ``languages``."""
    shares = [LANGUAGES.get(code, 0.05) for code in languages]
    language = rng.choices(list(languages), shares)[0]
    traits = {}
    for item in ("d1", "d2"):
        table = BACKGROUND[item]
        traits[item] = rng.choices(list(table), list(table.values()))[0]
    immigrated = rng.random() < IMMIGRATED.get(language, 0.5)
    if immigrated:
        traits["d3"] = "self"
    else:
        traits["d3"] = "parents" if rng.random() < PARENTS_IMMIGRATED else "no"
    return Person(language, traits, stops_early=rng.random() < 0.35)


def draw_comment(rng: random.Random, language: str) -> str:
    """A sentence somebody might write, or nothing."""
    return rng.choice(COMMENTS[language]) if language in COMMENTS else ""
