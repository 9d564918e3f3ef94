"""Lists of choices → options of questions, shared where several questions use them.

Knows the lists' users only by what they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from survey.authoring.naming import Naming
from survey.authoring.xlsform import extras
from survey.authoring.xlsform.choices import Choice, ChoiceList
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.expressions import NAME
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.selects import OTHER
from survey.questionnaire import expression
from survey.questionnaire.model import Option, OptionList
from survey.questionnaire.rules.rule import is_usable_name

_UNUSED = "No question that is taken uses the list {}."


def give(form: Form, drafts: Sequence[Draft]) -> tuple[OptionList, ...]:
    """Options for every draft that has choices; the lists that are shared."""
    users: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.choices is not None and not _inherits(form, draft):
            users.setdefault(draft.choices.name, []).append(draft)
    names = _names(list(form.lists.values()))
    shared = []
    for name, found in form.lists.items():
        own = users.get(name, [])
        if not own and not found.is_shared:
            _refuse(found)
            continue
        _tell_apart(found)
        _remark_hidden(found, own)
        _settle_pictures(form, found, own)
        if _is_shared(form, found, own):
            shared.append(
                OptionList(names[name], _share(form, found, names[name], own))
            )
        for draft in own:
            if "options" not in draft.values:
                draft.values["options"] = _inline(form, draft, found)
    for draft in drafts:
        if draft.steps:
            draft.values["options"] = _of_steps(form, draft)
    _inherit(form, drafts)
    return tuple(shared)


def _names(lists: Sequence[ChoiceList]) -> dict[str, str]:
    """Names of our own; those that can stay as they are come first."""
    naming = Naming(taken=())
    order = sorted(lists, key=lambda found: not is_usable_name(found.name))
    return {found.name: naming.another(found.name, otherwise="list") for found in order}


def _inherits(form: Form, draft: Draft) -> bool:
    """Whether a rank takes over the options of what it ranks."""
    source = _ranked(form, draft)
    return source is not None and source is draft.choices


def _ranked(form: Form, draft: Draft) -> ChoiceList | None:
    if "picks_from" not in draft.values:
        return None
    return form.known.items[draft.value("picks_from")].choices


def _inherit(form: Form, drafts: Sequence[Draft]) -> None:
    by_name = {draft.name: draft for draft in drafts}
    for draft in drafts:
        if draft.choices is not None and _inherits(form, draft):
            source = by_name[draft.values["picks_from"]]
            options: tuple[Option, ...] = source.values["options"]
            draft.values["options"] = tuple(o for o in options if not o.exclusive)


def _refuse(found: ChoiceList) -> None:
    for choice in found.choices:
        remedy = "Leave the list out, or ask a question with it."
        choice.entry.refuse(_UNUSED.format(found.name), remedy)


def _is_shared(form: Form, found: ChoiceList, users: Sequence[Draft]) -> bool:
    if form.is_ours:
        return found.is_shared
    return len(users) > 1 or any("choice_filter" in d.values for d in users)


def _remark_hidden(found: ChoiceList, users: Sequence[Draft]) -> None:
    """Say of choices that no filter ever lets through, for want of a value."""
    needed = [_needed(draft) for draft in users]
    always = set.intersection(*needed) if needed else set()
    for choice in found.usable() if always - {NAME} else ():
        empty = [n for n in sorted(always - {NAME}) if not choice.properties.get(n)]
        if empty:
            columns = ", ".join(empty)
            reason = f"It is never shown, as it has nothing in {columns}."
            choice.entry.change(reason, "Fill it in, or widen the choice_filter.")


def _settle_pictures(form: Form, found: ChoiceList, users: Sequence[Draft]) -> None:
    """Pictures are kept by name, unless fetching one would tell who was asked."""
    if form.is_ours:
        return
    tells = any(d.values.keys() & {"shown_if", "choice_filter"} for d in users)
    for choice in found.usable():
        if choice.pictogram and tells:
            reason = "Its picture is left out: fetching it would tell who was asked."
            choice.entry.change(reason)
            choice.pictogram = ""
        elif choice.pictogram:
            is_usable = extras.are_usable(choice.entry, [choice.pictogram], "picture")
            choice.pictogram = choice.pictogram if is_usable else ""


def _needed(draft: Draft) -> set[str]:
    """Properties that must equal an answer for a choice to be shown."""
    source = draft.values.get("choice_filter", "")
    if not source:
        return set()
    read = expression.compile(source, filters_options=True)
    return {name for name, _ in read.equalities}


def _share(
    form: Form, found: ChoiceList, name: str, users: Sequence[Draft]
) -> tuple[Option, ...]:
    """The options of a shared list, given to all who can use it as it is."""
    options = _options(form, found.usable(), f"list.{name}", found)
    for draft in users:
        if not _has_own_other(draft, options):
            draft.values["options"] = options
            draft.values["options_from"] = name
    return options


def _has_own_other(draft: Draft, options: Iterable[Option]) -> bool:
    """Whether own words stand in place of a choice of the list."""
    has_other = draft.values.get("has_other", False)
    return has_other and any(option.code == OTHER for option in options)


def _inline(form: Form, draft: Draft, found: ChoiceList) -> tuple[Option, ...]:
    choices = found.usable()
    if draft.values.get("has_other"):
        choices = [choice for choice in choices if choice.code != OTHER]
    return _options(form, choices, f"{draft.name}.option", found)


def _options(
    form: Form, choices: Iterable[Choice], start: str, found: ChoiceList
) -> tuple[Option, ...]:
    made = []
    for choice in choices:
        key = f"{start}.{choice.code}"
        if choice.has_words_of_field:
            key = f"field.{choice.field_of_action}.label"
        else:
            form.keep(key, choice.texts)
        made.append(
            Option(
                choice.code,
                key,
                choice.exclusive,
                _properties(form, choice, found),
                choice.pictogram,
            )
        )
    return tuple(made)


def _properties(
    form: Form, choice: Choice, found: ChoiceList
) -> tuple[tuple[str, str], ...]:
    """What filters look at; in our own files everything that is written."""
    own = choice.properties
    if NAME in found.looked_at and NAME not in own:
        own = {**own, NAME: choice.code}
    names = own if form.is_ours else own.keys() & found.looked_at
    return tuple(sorted((name, own[name]) for name in names if own[name]))


def _of_steps(form: Form, draft: Draft) -> tuple[Option, ...]:
    """The answers of a range, in digits that every language reads."""
    for step in draft.steps:
        words = dict.fromkeys(form.languages.all(), step)
        form.keep(f"{draft.name}.option.{step}", words)
    return tuple(Option(s, f"{draft.name}.option.{s}") for s in draft.steps)


def _tell_apart(found: ChoiceList) -> None:
    """Choices that read alike get a number, unless a filter parts them."""
    seen: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for choice in found.usable():
        apart = tuple(
            choice.properties.get(name, "") for name in sorted(found.looked_at)
        )
        texts = dict(choice.texts)
        for code, text in choice.texts.items():
            key = (code, " ".join(text.split()).casefold(), apart)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                texts[code] = f"{text} ({seen[key]})"
                reason = f"In {code} it reads like another choice: a number parts them."
                choice.entry.change(reason, "Word the two differently.")
        choice.texts = texts
