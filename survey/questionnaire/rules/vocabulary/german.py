"""German words that join, deny, rate or touch."""

from __future__ import annotations

from types import MappingProxyType

from survey.questionnaire.rules.vocabulary.words import Vocabulary, listed, words

_OPPOSITES = (
    "angenehm|bedeutend|beliebt|erheblich|fair|freundlich|gerecht|gern|gewöhnlich|"
    "interessant|klar|möglich|nötig|problematisch|sicher|üblich|verständlich|wahr|"
    "wahrscheinlich|wesentlich|wichtig|wohl|zufrieden"
)
GERMAN = Vocabulary(
    both="und",
    two_questions=words(
        r"und\s*/\s*oder",
        r"(?:und|oder|sowie)\s+(?:ob|wann|warum|was|weshalb|wem|wen|wer|wie|wieso|wo"
        r"|wodurch|wofür|woher|wohin|womit|welche[mnrs]?)",
    ),
    pairs=frozenset(
        {
            "ab und zu",
            "bus und bahn",
            "hin und her",
            "hin und wieder",
            "jung und alt",
            "tag und nacht",
        }
    ),
    between="zwischen",
    denying=listed(
        "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo kein "
        "keine keinem keinen keiner keines keinerlei weder"
    ),
    joining=frozenset({"und", "oder", "sowie", "noch", "sondern", "bzw"}),
    denied_opposite=words(
        rf"(?:nicht|kein\w*|nie)\s+(?:so\s+|sehr\s+|ganz\s+)?un(?:{_OPPOSITES})"
        r"(?:e[mnrs]?|er\w*)?",
        r"nicht\s+ohne",
        r"nicht\s+(?:missverständlich|misstrauisch|missfallen)\w*",
    ),
    rating=words(
        "Wie zufrieden",
        "Wie (?:bewerten|beurteilen)",
        "Wie gut (?:finden|funktionier(?:t|en)|ist|sind)",
        "Gibt es",
    ),
    refusing=words(
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
    agreeing=words(
        r"stimme\s.*\bzu", "stimme zu", r"(?:lehne|lehne ich)\b.*\bab", r"trifft\s.*zu"
    ),
    low=words(
        rf"un(?:{_OPPOSITES})\w*",
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
            "religion": words(
                r"religi\w+", r"konfession\w*", r"gläubig\w*", r"kirchenmitglied\w*"
            ),
            "health": words(
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
            "residence status": words(
                r"aufenthalts(?:recht|status|titel|erlaubnis|genehmigung)\w*",
                r"asyl\w*",
                r"duldung\w*",
                r"geduldet\w*",
                r"fluchtgrund\w*",
            ),
            "nationality": words(
                r"staatsangehörig\w*",
                r"staatsbürger\w*",
                r"nationalität\w*",
                r"geburtsland\w*",
                r"herkunftsland\w*",
                r"ethnisch\w*",
            ),
            "discrimination": words(r"diskriminier\w*", r"rassis\w*"),
            "sexual orientation": words(
                r"sexuell\w*", r"homosexuell\w*", r"lesbisch\w*", r"schwul\w*"
            ),
            "political opinion": words(
                r"partei(?:mitglied\w*)?", r"wahlentscheidung\w*"
            ),
        }
    ),
    personal=words(
        "Sie",
        "Ihnen",
        r"Ihr\w*",
        "du",
        "di(?:ch|r)",
        r"dein\w*",
        "ich",
        r"mein\w*",
        r"Haushalt\w*",
        r"Familie\w*",
        r"Angehörige\w*",
        r"jemand\w*",
    ),
)
