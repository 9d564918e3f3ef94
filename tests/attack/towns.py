"""Generated towns for the attackers: twelve languages, six districts."""

from dataclasses import replace

from analysis.codebook import Item
from tests.disclosure.surveys import ITEMS, answers, package

SPOKEN = ("de", "ar", "tr", "uk", "ru", "ro", "pl", "fa", "bg", "sq", "hr", "ti")
LANGUAGES = {code: 0.55 / (place + 1) ** 1.3 for place, code in enumerate(SPOKEN)}
DISTRICTS = ("centre", "north", "east", "south", "west", "mills")
DISTRICT = Item("district", "single", role="demographic", options=DISTRICTS)
ASKED = (*ITEMS, DISTRICT)
POLICY = {"k": 10, "group_base": 10, "groups": ["age", "sex", "district"]}


def town(people, seed, *, spread=1.2, empty=0.06, items=ASKED, **how):
    """A package of a town in memory; its twelve languages are the released ones."""
    drawn = answers(
        people, seed, languages=LANGUAGES, items=items, spread=spread, empty=empty
    )
    survey = package(
        drawn, items=items, policy={**POLICY, **how.pop("policy", {})}, **how
    )
    return replace(survey, descriptor={"survey": "town", "wave": "1"})
