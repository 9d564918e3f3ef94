"""Takes a translator's file into a questionnaire that may have changed meanwhile.

Nothing entered is lost: what is kept stays unless the file has something newer for
the same source text, and every entry gets a verdict. Knows no file format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from survey.authoring.exchange import Entry, Exchange, state_word
from survey.authoring.intake import REFUSED, TAKEN, Line
from survey.questionnaire.findings import WRONG, of_translation
from survey.questionnaire.language_rules import LanguageRules, nothing
from survey.questionnaire.tidying import tidy
from survey.questionnaire.translation import (
    COMPLETE,
    MACHINE_DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    TRANSLATED,
    Mark,
    Text,
    Translated,
    fingerprint,
    texts_of,
)

UNCHANGED, CONFLICT = "unchanged", "conflict"
VERDICTS = (TAKEN, UNCHANGED, CONFLICT, REFUSED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one entry; ``change`` is what is kept from now on."""

    entry: Entry
    verdict: str
    reason: str = ""
    remedy: str = ""
    change: tuple[str, Mark] | None = None

    @property
    def is_left(self) -> bool:
        """Whether there are words in the file that were not taken."""
        return self.verdict in (CONFLICT, REFUSED) and bool(self.entry.target.strip())

    @property
    def is_worth_saying(self) -> bool:
        """Whether there is more to say than that it was taken or untouched."""
        return bool(self.reason)

    def line(self) -> Line:
        """As it is shown; wordings that are not taken stand below in full."""
        entry = self.entry
        excerpt = f"    {entry.target.strip()}" if self.is_left else ""
        return Line(
            entry.place,
            entry.row,
            entry.key,
            self.verdict,
            self.reason,
            self.remedy,
            excerpt,
        )


@dataclass(frozen=True, slots=True)
class Taking:
    """What became of a file: a verdict for every entry, and what is to be kept."""

    verdicts: tuple[Verdict, ...]

    def counts(self) -> Mapping[str, int]:
        """How many entries have which verdict."""
        found = Counter(one.verdict for one in self.verdicts)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def claims_review(self) -> bool:
        """Whether somebody has set a text to reviewed in the file."""
        return any(
            one.entry.state == REVIEWED
            and (one.entry.stamp is None or one.entry.stamp.state != REVIEWED)
            for one in self.verdicts
        )

    def changes(self) -> Mapping[str, tuple[str, Mark]]:
        """Text key → wording and mark of everything taken."""
        return {one.entry.key: one.change for one in self.verdicts if one.change}


def take(
    exchange: Exchange,
    translated: Translated,
    rules: LanguageRules,
    *,
    reviewed_by: str = "",
) -> Taking:
    """Compare a file with the questionnaire of today.

    ``reviewed_by`` names the person who has read all of the file: what is translated
    in it, and made for today's source, counts as reviewed.
    """
    texts = {text.key: text for text in texts_of(translated, exchange.language)}
    seen: dict[str, str] = {}
    # A letter that the charts lack keeps a language from being offered, not a text
    # from being kept.
    keeping = replace(rules, undrawable=nothing)
    desk = _Desk(exchange.has_tended_states, keeping, reviewed_by)
    verdicts = []
    for entry in exchange.entries:
        text = texts.get(entry.key)
        earlier = seen.setdefault(entry.key, entry.target)
        if entry.fault or text is None or earlier != entry.target:
            found = _unusable(entry, text)
        else:
            found = desk.verdict(_tidied(entry, text), text)
        verdicts.append(_remarked(found, entry))
    return Taking(tuple(verdicts))


def _remarked(found: Verdict, entry: Entry) -> Verdict:
    """The verdict with what else a person wrote into the file."""
    reasons = [found.reason] if found.reason else []
    written, sent = fingerprint(entry.source), entry.source_hash
    if written and written != sent:
        reasons.append(f"The source was changed in the file, not here: {entry.source}")
    if entry.remark:
        reasons.append(f"Note: {entry.remark}")
    return replace(found, reason=" ".join(reasons))


def _unusable(entry: Entry, text: Text | None) -> Verdict:
    if entry.fault:
        return Verdict(entry, REFUSED, entry.fault)
    if text is None:
        reason = "The questionnaire has no such text (any more)."
        return Verdict(entry, REFUSED, reason, "Ask its author where it belongs now.")
    reason = "The file has this text twice, with different words."
    return Verdict(entry, CONFLICT, reason, "The first one counts.")


def _tidied(entry: Entry, text: Text) -> Entry:
    return replace(entry, target=tidy(entry.target, has_lines="\n" in text.source))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Decides entry by entry; knows the rules and who has read the file."""

    has_tended_states: bool
    rules: LanguageRules
    reviewed_by: str

    def verdict(self, entry: Entry, text: Text) -> Verdict:
        """What becomes of an entry whose text exists."""
        if not entry.target:
            is_emptied = entry.stamp is not None and bool(entry.stamp.target)
            reason = "Empty in the file; what is kept stays." if is_emptied else ""
            return Verdict(entry, UNCHANGED, reason)
        if fingerprint(entry.target) == fingerprint(text.wording):
            return self._same_words(entry, text)
        if entry.stamp and fingerprint(entry.target) == entry.stamp.target:
            reason = "Not touched in the file; the questionnaire has newer words."
            return Verdict(entry, UNCHANGED, reason)
        return self._other_words(entry, text)

    def _same_words(self, entry: Entry, text: Text) -> Verdict:
        """Only the state can be new: confirmed, reviewed, or doubted."""
        is_new = entry.stamp is None or entry.state != entry.stamp.state
        if not is_new and (not self.reviewed_by or _is_doubted(entry)):
            return Verdict(entry, UNCHANGED)
        if not entry.state and not self.reviewed_by:
            return Verdict(entry, UNCHANGED)
        if not fits_today(entry, text):
            is_confirmed = is_new and not _is_doubted(entry)
            reason = "Its source text was changed meanwhile; it stays outdated."
            return Verdict(entry, UNCHANGED, reason if is_confirmed else "")
        mark = self._mark(entry, text, MACHINE_DRAFT if _is_doubted(entry) else "")
        is_less = (mark.state, text.state) == (TRANSLATED, REVIEWED)
        if is_less or (mark.state, mark.reviewed_by) == (text.state, _reader(text)):
            return Verdict(entry, UNCHANGED)
        return Verdict(entry, TAKEN, change=(text.wording, mark))

    def _other_words(self, entry: Entry, text: Text) -> Verdict:
        wrong = self._wrong(entry, text)
        if wrong:
            return Verdict(entry, REFUSED, wrong, "Correct it and send it again.")
        is_left_over = entry.stamp is not None and entry.state == entry.stamp.state
        is_finished = is_left_over and not self.has_tended_states
        is_draft = _is_doubted(entry) and not is_finished
        mark = self._mark(entry, text, MACHINE_DRAFT if is_draft else "")
        state = mark.state if fits_today(entry, text) else OUTDATED
        if text.state == MISSING:
            return _taken(entry, text, mark, state)
        if text.state in COMPLETE and state == OUTDATED:
            return _conflict(entry, text)
        if entry.stamp and fingerprint(text.wording) == entry.stamp.target:
            return _taken(entry, text, mark, state)
        if text.state not in COMPLETE and state in COMPLETE:
            return _taken(entry, text, mark, state)
        return _conflict(entry, text)

    def _wrong(self, entry: Entry, text: Text) -> str:
        reasons = [
            found.reason
            for found in of_translation(
                text.source, entry.target, self.rules, kind=text.entry.kind
            )
            if found.weight == WRONG
        ]
        return f"The text {'; it '.join(reasons)}." if reasons else ""

    def _mark(self, entry: Entry, text: Text, state: str) -> Mark:
        """The mark of an entry whose words are kept; no state: it is finished."""
        is_current, reader = fits_today(entry, text), ""
        if not state:
            reader = self.reviewed_by if is_current else ""
            state = REVIEWED if reader else TRANSLATED
        in_file = text.mark.in_file if text.mark else fingerprint(text.wording)
        if is_current:
            return Mark(state, fingerprint(text.source), text.source, reader, in_file)
        return Mark(state, entry.source_hash, entry.source, "", in_file)


def _is_doubted(entry: Entry) -> bool:
    """Whether the file itself says that a text is not finished."""
    return entry.state in (MACHINE_DRAFT, OUTDATED)


def fits_today(entry: Entry, text: Text) -> bool:
    """Whether the file's translation was made for the source text of today."""
    return entry.source_hash in ("", fingerprint(text.source))


def _reader(text: Text) -> str:
    return text.mark.reviewed_by if text.mark else ""


def _conflict(entry: Entry, text: Text) -> Verdict:
    why = "Both sides changed it."
    if not fits_today(entry, text):
        why = "Its source text was changed meanwhile, and translated anew."
    reason = f"{why} The questionnaire keeps: {text.wording}"
    return Verdict(entry, CONFLICT, reason)


def _taken(entry: Entry, text: Text, mark: Mark, state: str) -> Verdict:
    """Taken; words of the questionnaire that nobody has sent out are named."""
    reasons = []
    if state == OUTDATED:
        reasons.append("Taken as outdated: its source text was changed meanwhile.")
    is_known = entry.stamp is not None and (
        fingerprint(text.wording) == entry.stamp.target
    )
    if text.wording and not is_known:
        reasons.append(f"It replaces what was {state_word(text.state)}: {text.wording}")
    return Verdict(entry, TAKEN, " ".join(reasons), change=(entry.target, mark))
