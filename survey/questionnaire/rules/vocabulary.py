"""What the rules know of a language: words that join, deny, rate or touch.

Only German and English are known; what is written in another language is not judged
by its words. Knows no questionnaire.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language.

    ``both`` joins two things that are rated; ``two_questions`` is found where two
    are asked in one sentence; ``pairs`` are joined words that mean one thing.
    ``denying`` are single words, ``joining`` those that may stand between two of
    them without turning the sense around; ``denied_opposite`` is a double negation
    in itself. ``rating`` begins questions that not everybody can judge.
    ``refusing`` reads as don't know or prefer not to say, ``no`` and ``yes`` as an
    answer, ``agreeing`` as an answer to a statement, ``low`` as the bad or rare
    end of a scale. ``sensitive`` maps what the law protects to its words.
    """

    both: str
    two_questions: Pattern
    pairs: frozenset[str]
    between: str
    denying: frozenset[str]
    joining: frozenset[str]
    denied_opposite: Pattern
    rating: Pattern
    refusing: Pattern
    yes: frozenset[str]
    no: frozenset[str]
    agreeing: Pattern
    low: Pattern
    sensitive: Mapping[str, Pattern]


def _words(*alternatives: str) -> Pattern:
    """Any of these as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GERMAN_OPPOSITES = (
    "angenehm|bedeutend|beliebt|erheblich|fair|freundlich|gerecht|gern|gewöhnlich|"
    "interessant|klar|möglich|nötig|problematisch|sicher|üblich|verständlich|wahr|"
    "wahrscheinlich|wesentlich|wichtig|wohl|zufrieden"
)
GERMAN = Vocabulary(
    both="und",
    two_questions=_words(
        r"und\s*/\s*oder",
        r"(?:und|oder|sowie)\s+(?:ob|wann|warum|was|weshalb|wem|wen|wer|wie|wieso|wo"
        r"|wodurch|wofür|woher|wohin|womit|welche[mnrs]?)",
    ),
    pairs=frozenset(
        {"ab und zu", "hin und wieder", "hin und her", "jung und alt", "tag und nacht"}
    ),
    between="zwischen",
    denying=_listed(
        "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo kein "
        "keine keinem keinen keiner keines keinerlei weder"
    ),
    joining=frozenset({"und", "oder", "sowie", "noch", "sondern", "bzw"}),
    denied_opposite=_words(
        rf"(?:nicht|kein\w*|nie)\s+(?:so\s+|sehr\s+|ganz\s+)?un(?:{_GERMAN_OPPOSITES})"
        r"(?:e[mnrs]?|er\w*)?",
        r"nicht\s+ohne",
        r"nicht\s+(?:missverständlich|misstrauisch|missfallen)\w*",
    ),
    rating=_words(
        "Wie zufrieden",
        "Wie (?:bewerten|beurteilen)",
        "Wie gut (?:finden|funktionier(?:t|en)|ist|sind)",
        "Gibt es",
    ),
    refusing=_words(
        "weiß (?:ich )?nicht",
        "weiss (?:ich )?nicht",
        "keine Ahnung",
        "keine Angaben?",
        "k\\. ?A\\.",
        "(?:kann|möchte) ich nicht (?:beurteilen|sagen|beantworten)",
        "nicht beurteilen",
        "möchte (?:ich )?nicht antworten",
    ),
    yes=frozenset({"ja"}),
    no=frozenset({"nein"}),
    agreeing=_words(
        r"stimme\s.*\bzu", "stimme zu", r"(?:lehne|lehne ich)\b.*\bab", r"trifft\s.*zu"
    ),
    low=_words(
        rf"un(?:{_GERMAN_OPPOSITES})\w*",
        "nicht",
        "nie",
        r"kein\w*",
        r"schlecht\w*",
        r"wenig\w*",
        r"selten\w*",
        r"schwer\w*",
        r"niedrig\w*",
        r"lehne\b.*\bab",
    ),
    sensitive=MappingProxyType(
        {
            "religion": _words(
                r"religi\w+", r"konfession\w*", r"gläubig\w*", r"kirchenmitglied\w*"
            ),
            "health": _words(
                r"gesundheit(?:lich\w*|sproblem\w*|szustand\w*)?",
                r"krank\w*",
                r"erkrank\w*",
                r"(?:schwer)?behinder(?:ung\w*|te[mnrs]?)",
                r"pflegebedürftig\w*",
                r"psychisch\w*",
                r"depress\w+",
                r"schwanger\w*",
                r"medikament\w*",
                r"diagnose\w*",
                r"suchtkrank\w*",
            ),
            "residence status": _words(
                r"aufenthalts(?:recht|status|titel|erlaubnis|genehmigung)\w*",
                r"asyl\w*",
                r"duldung\w*",
                r"geduldet\w*",
                r"fluchtgrund\w*",
            ),
            "nationality": _words(
                r"staatsangehörig\w*",
                r"staatsbürger\w*",
                r"nationalität\w*",
                r"geburtsland\w*",
                r"herkunftsland\w*",
                r"ethnisch\w*",
            ),
            "discrimination": _words(r"diskriminier\w*", r"rassis\w*"),
            "sexual orientation": _words(
                r"sexuell\w*", r"homosexuell\w*", r"lesbisch\w*", r"schwul\w*"
            ),
            "political opinion": _words(
                r"partei(?:mitglied\w*)?", r"wahlentscheidung\w*"
            ),
        }
    ),
)
_ENGLISH_OPPOSITES = (
    r"un(?:able|aware|clear|comfortable|common|fair|familiar|friendly|happy|important"
    r"|just|kind|likely|necessary|pleasant|safe|satisfied|sure|true|usual|willing"
    r"|welcome)|dis(?:agree\w*|honest|like\w*|satisfied)|im(?:possible|polite|proper)"
    r"|in(?:appropriate|capable|convenient|correct|significant|sufficient)"
)
ENGLISH = Vocabulary(
    both="and",
    two_questions=_words(
        r"and\s*/\s*or",
        r"(?:and|or)\s+(?:how|what|when|where|whether|which|who|whom|whose|why)",
    ),
    pairs=frozenset(
        {"day and night", "now and then", "young and old", "pros and cons"}
    ),
    between="between",
    denying=_listed(
        "not no never nobody none nothing nowhere neither cannot can't couldn't didn't "
        "doesn't don't hasn't haven't isn't aren't wasn't weren't won't wouldn't "
        "shouldn't"
    ),
    joining=frozenset({"and", "or", "nor", "but"}),
    denied_opposite=_words(
        rf"(?:not|never|n't)\s+(?:so\s+|very\s+|at all\s+)?(?:{_ENGLISH_OPPOSITES})",
        r"not\s+without",
    ),
    rating=_words(
        "How satisfied",
        "How (?:would|do) you rate",
        "How good (?:is|are)",
        "How well (?:does|do|is|are) the",
        "(?:Is|Are) there",
    ),
    refusing=_words(
        "(?:I )?don[’']t know",
        "(?:I )?do not know",
        "not sure",
        "no opinion",
        "no answer",
        "(?:I )?prefer not to (?:say|answer)",
        "(?:I )?(?:can[’']t|cannot) (?:say|judge)",
    ),
    yes=frozenset({"yes"}),
    no=frozenset({"no"}),
    agreeing=_words("agree", "disagree"),
    low=_words(
        _ENGLISH_OPPOSITES,
        "not",
        "never",
        "no",
        "bad(?:ly)?",
        "poor(?:ly)?",
        "little",
        "rarely",
        "seldom",
        "worst",
        "hard",
        "low",
    ),
    sensitive=MappingProxyType(
        {
            "religion": _words(r"religio\w+", r"faith", r"denomination\w*"),
            "health": _words(
                r"health\w*",
                r"ill(?:ness\w*)?",
                r"disabilit\w*",
                r"disabled",
                r"diseases?",
                r"depress\w+",
                r"pregnan\w+",
                r"medication\w*",
                r"diagnos\w+",
                r"addict\w*",
            ),
            "residence status": _words(
                r"residen(?:ce|cy) (?:status|permits?|rights?|title)",
                r"right of residence",
                r"immigration status",
                r"asylum",
                r"legal status",
            ),
            "nationality": _words(
                r"nationalit\w+",
                r"citizenships?",
                r"country of (?:birth|origin)",
                r"ethnic\w*",
            ),
            "discrimination": _words(r"discriminat\w+", r"racis\w+"),
            "sexual orientation": _words(
                r"sexual\w*", r"homosexual\w*", r"lesbian", r"gay"
            ),
            "political opinion": _words(
                r"political part(?:y|ies)", r"vote[ds]? for", r"party member\w*"
            ),
        }
    ),
)
KNOWN: Mapping[str, Vocabulary] = MappingProxyType({"de": GERMAN, "en": ENGLISH})


def of(language: str) -> Vocabulary | None:
    """The words of a language, plain and regional variants included."""
    return KNOWN.get(language.partition("-")[0])
