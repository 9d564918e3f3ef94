"""English words that join, deny, rate or touch."""

from __future__ import annotations

from types import MappingProxyType

from survey.questionnaire.rules.vocabulary.words import Vocabulary, listed, words

_OPPOSITES = (
    r"un(?:able|aware|clear|comfortable|common|fair|familiar|friendly|happy|important"
    r"|just|kind|likely|necessary|pleasant|safe|satisfied|sure|true|usual|willing"
    r"|welcome)|dis(?:agree\w*|honest|like\w*|satisfied)|im(?:possible|polite|proper)"
    r"|in(?:appropriate|capable|convenient|correct|significant|sufficient)"
)
ENGLISH = Vocabulary(
    both="and",
    two_questions=words(
        r"and\s*/\s*or",
        r"(?:and|or)\s+(?:how|what|when|where|whether|which|who|whom|whose|why)",
    ),
    pairs=frozenset(
        {
            "buses and trains",
            "day and night",
            "now and then",
            "pros and cons",
            "young and old",
        }
    ),
    between="between",
    denying=listed(
        "not no never nobody none nothing nowhere neither cannot can't couldn't didn't "
        "doesn't don't hasn't haven't isn't aren't wasn't weren't won't wouldn't "
        "shouldn't"
    ),
    joining=frozenset({"and", "or", "nor", "but"}),
    denied_opposite=words(
        rf"(?:not|never|n't)\s+(?:so\s+|very\s+|at all\s+)?(?:{_OPPOSITES})",
        r"not\s+without",
    ),
    rating=words(
        "How satisfied",
        "How (?:would|do) you rate",
        "How good (?:is|are)",
        "How well (?:does|do|is|are) the",
        "(?:Is|Are) there",
    ),
    refusing=words(
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
    agreeing=words("agree", "disagree"),
    low=words(
        _OPPOSITES,
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
            "religion": words(r"religio\w+", r"faith", r"denomination\w*"),
            "health": words(
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
            "residence status": words(
                r"residen(?:ce|cy) (?:status|permits?|rights?|title)",
                r"right of residence",
                r"immigration status",
                r"asylum",
                r"legal status",
            ),
            "nationality": words(
                r"nationalit\w+",
                r"citizenships?",
                r"country of (?:birth|origin)",
                r"ethnic\w*",
            ),
            "discrimination": words(r"discriminat\w+", r"racis\w+"),
            "sexual orientation": words(
                r"sexual\w*", r"homosexual\w*", r"lesbian", r"gay"
            ),
            "political opinion": words(
                r"political part(?:y|ies)", r"vote[ds]? for", r"party member\w*"
            ),
        }
    ),
    personal=words(
        "you",
        "your(?:s|self)?",
        "I",
        "my",
        "mine",
        "households?",
        "famil(?:y|ies)",
        "respondent",
        "anyone",
        "someone",
    ),
)
