"""What a translator's file had and was not taken, as a file of its own.

Knows no format, and decides nothing.
"""

from __future__ import annotations

from dataclasses import replace

from survey.authoring.exchange import Entry, Exchange, entry_of
from survey.authoring.taking import Taking, Verdict, fits_today
from survey.questionnaire.language_rules import LanguageRules
from survey.questionnaire.translation import (
    OUTDATED,
    TRANSLATED,
    Text,
    Translated,
    source_hash,
    texts_of,
)


def left_over(
    exchange: Exchange, taking: Taking, translated: Translated, rules: LanguageRules
) -> Exchange:
    """A file of what was not taken, to be looked at, corrected and sent again.

    It goes out anew: whoever sends it back has seen what the questionnaire says, so
    its words then count. Texts the questionnaire no longer has cannot be in it.
    """
    texts = {text.key: text for text in texts_of(translated, exchange.language)}
    entries = [
        _sent_again(one, texts[one.entry.key], rules)
        for one in taking.verdicts
        if one.is_left and one.entry.key in texts
    ]
    today = source_hash(translated.questionnaire)
    return replace(exchange, entries=tuple(entries), source_hash=today)


def _sent_again(one: Verdict, text: Text, rules: LanguageRules) -> Entry:
    sent = entry_of(text, rules)
    is_current = fits_today(one.entry, text)
    return replace(
        sent,
        target=one.entry.target,
        state=TRANSLATED if is_current else OUTDATED,
        previous="" if is_current else one.entry.source,
        notes=(*sent.notes, one.reason),
    )
