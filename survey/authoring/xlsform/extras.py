"""Columns of our own: roles, fields of action, refusals, pictures and sounds.

Knows no type of question.
"""

from __future__ import annotations

from collections.abc import Mapping

from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.ledger import Entry
from survey.questionnaire.kinds import KINDS
from survey.questionnaire.model import ROLES

YES = frozenset({"yes", "true", "1", "x", "ja"})
FLAGS = {
    "sensitive": "is_sensitive",
    "reversed": "is_reversed",
    "where_translated": "is_asked_where_translated",
}
ENDINGS = {
    "picture": (".png", ".jpg", ".jpeg", ".webp", ".svg"),
    "sound": (".mp3", ".ogg", ".opus", ".m4a"),
}
_BY_KIND = frozenset().union(*(kind.attributes for kind in KINDS.values()))


def take(draft: Draft) -> None:
    """Whatever our own columns say about a draft."""
    _take_flags(draft)
    _take_role(draft)
    for part in ("dont_know", "prefer_not"):
        _take_words(draft, part, f"has_{part}")
    if draft.values.get("has_other"):
        _take_words(draft, "other", "has_other")
    _take_files(draft)


def fits(draft: Draft, attribute: str) -> bool:
    """Whether the draft's kind has an attribute; said when it has not."""
    if attribute not in _BY_KIND or attribute in KINDS[draft.kind].attributes:
        return True
    word = attribute.removeprefix("has_").removeprefix("is_")
    draft.entry.change(f"A question of kind {draft.kind} has no {word}.")
    return False


def _take_flags(draft: Draft) -> None:
    for column, attribute in FLAGS.items():
        if draft.record.flag(column) and fits(draft, attribute):
            draft.values[attribute] = True


def _take_role(draft: Draft) -> None:
    role = draft.value("role")
    if role in ROLES:
        draft.values["role"] = role
    elif role:
        remedy = f"Use one of {', '.join(ROLES)}."
        draft.entry.change(f"There is no role {role!r}; it is left out.", remedy)
    if draft.value("scale") and fits(draft, "scale"):
        draft.values["scale"] = draft.value("scale")
    field = draft.value("field_of_action")
    if field in draft.form.fields:
        draft.values["field_of_action"] = field
    elif field:
        reason = f"There is no field of action {field}; it is left out."
        draft.entry.change(reason, "Write it into the sheet fields.")
    themes = draft.value("cross_cutting").replace(",", " ").split()
    known = tuple(theme for theme in themes if theme in draft.form.themes)
    if known:
        draft.values["cross_cutting"] = known
    if len(known) < len(themes):
        reason = f"Not all themes of {draft.value('cross_cutting')} are known."
        draft.entry.change(reason, "Write them into the sheet themes.")


def _take_words(draft: Draft, part: str, attribute: str) -> None:
    """Yes for standard words, or words of the question's own."""
    texts = draft.record.texts.get(part, {})
    if not texts or not fits(draft, attribute):
        return
    draft.values[attribute] = True
    if not is_yes(texts):
        draft.words[part] = draft.text(part)


def is_yes(texts: Mapping[str, str]) -> bool:
    """Whether a cell only says yes."""
    return {text.lower() for text in texts.values()} <= YES


def _take_files(draft: Draft) -> None:
    pictures = sorted(set(draft.record.texts.get("image", {}).values()))
    if pictures and _is_kept(draft, pictures[:1], "picture"):
        draft.values["pictogram"] = pictures[0]
        if len(pictures) > 1:
            draft.entry.change("One picture is shown in all languages.")
    sounds = draft.record.texts.get("audio", {})
    is_heard = draft.form.source in sounds
    if is_heard and _is_kept(draft, list(sounds.values()), "sound"):
        draft.values["has_audio"] = True
        draft.words["audio"] = dict(sounds)


def _is_kept(draft: Draft, names: list[str], what: str) -> bool:
    """Whether a question can have files; what is fetched must tell nothing."""
    if draft.form.is_ours:
        return True
    if draft.values.get("shown_if") or draft.values.get("choice_filter"):
        reason = f"Its {what} is left out: fetching it would tell who was asked."
        draft.entry.change(reason)
        return False
    return are_usable(draft.entry, names, what)


def are_usable(entry: Entry, names: list[str], what: str) -> bool:
    """Whether files of these names are shown or heard; said either way."""
    if all(name.lower().endswith(ENDINGS[what]) for name in names):
        entry.change(f"Its {what} is kept by name; the file comes apart.")
        return True
    endings = ", ".join(ENDINGS[what])
    entry.change(f"Its {what} is left out: files end in {endings}.")
    return False
