"""Questions and the groups around them → pages.

A group that is shown at once is one page, cut where a question depends on another of
the same page; everything else stands on a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from survey.authoring.naming import Naming
from survey.authoring.xlsform.draft import Draft
from survey.authoring.xlsform.form import Form
from survey.authoring.xlsform.outline import Group
from survey.authoring.xlsform.tables import BATTERY
from survey.questionnaire.model import Page, Question
from survey.questionnaire.route import FORK
from survey.questionnaire.rules.rule import is_usable_name

PAGE = "page"
_ALONE = "Each of its questions stands on a page of its own; its label is not shown."
_CUT = "It is {} pages, so that everybody meets only what follows from the answers."
_UNCHECKED = "Its constraint is left out: a form demands something of questions only."
_NO_LABEL = "Without a label it cannot be one page: each question stands on its own."


def page_group(draft: Draft) -> Group | None:
    """The outermost group around a question that is shown at once, if any."""
    for group in draft.leaf.groups:
        if group.record.value("kind") == PAGE or "field-list" in group.appearance:
            return group
    return None


@dataclass(frozen=True, slots=True)
class _Made:
    """A page before it has a name of its own."""

    name: str
    questions: tuple[Question, ...]
    part: str
    title: Mapping[str, str] = field(default_factory=dict)
    hint: Mapping[str, str] = field(default_factory=dict)
    constraint: str = ""
    message: Mapping[str, str] = field(default_factory=dict)


Member = tuple[Draft, Question]


def pages(form: Form, members: Sequence[Member]) -> tuple[Page, ...]:
    """All pages in order; their texts are kept on the way."""
    made: list[_Made] = []
    for group, found in groupby(members, key=lambda member: page_group(member[0])):
        if group is None:
            made += [_single(draft, question) for draft, question in found]
        else:
            made += _of_group(form, group, list(found))
    return _named(form, made)


def _single(draft: Draft, question: Question) -> _Made:
    part = "more" if draft.value("part") == "more" else "core"
    return _Made(draft.name, (question,), part)


def _of_group(form: Form, group: Group, members: Sequence[Member]) -> Iterator[_Made]:
    """The pages of a group that is shown at once."""
    record = group.record
    title = form.cleaned(record.entry, record.texts.get("label", {}))
    if len(members) > 1 and form.source not in title:
        record.entry.change(_NO_LABEL, "Write a label for the group.")
        yield from (_single(draft, question) for draft, question in members)
        return
    hint = form.cleaned(record.entry, record.texts.get("hint", {}))
    part = "more" if record.value("part") == "more" else "core"
    chunks = list(_chunks(group, members))
    if len(chunks) > 1:
        record.entry.change(_CUT.format(len(chunks)))
    constraint, message = _demanded(form, group)
    for chunk in chunks:
        name = record.value("name") or chunk[0][0].name
        questions = tuple(question for _, question in chunk)
        yield _Made(name, questions, part, title, hint, constraint, message)
        hint = {}


def _demanded(form: Form, group: Group) -> tuple[str, dict[str, str]]:
    """What the answers of a page of ours must fulfil, and what is said otherwise."""
    record = group.record
    if not form.is_ours or record.value("kind") != PAGE:
        return "", {}
    message = form.cleaned(record.entry, record.texts.get("constraint_message", {}))
    return record.value("constraint"), message


def _chunks(group: Group, members: Sequence[Member]) -> Iterator[list[Member]]:
    """Members cut where one looks at another, unless the author made the page."""
    chunk: list[Member] = []
    answered: set[str] = set()
    for draft, question in members:
        if draft.looks_at & answered and not _stays(group, draft, chunk):
            yield chunk
            chunk, answered = [], set()
        chunk.append((draft, question))
        answered |= {draft.name, f"{draft.name}_other"}
        answered |= {row.name for row in question.rows}
    yield chunk


def _stays(group: Group, draft: Draft, chunk: Sequence[Member]) -> bool:
    """Pages of our own files stay; so does what hangs on something sensitive."""
    if group.record.value("kind") == PAGE:
        return True
    looked_at = [q for _, q in chunk if q.name in draft.looks_at]
    return draft.values.get("is_sensitive", False) or any(
        question.is_sensitive for question in looked_at
    )


def _named(form: Form, made: Sequence[_Made]) -> tuple[Page, ...]:
    """Pages with names of their own; those that can stay come first."""
    naming = Naming(taken={FORK})
    order = sorted(range(len(made)), key=lambda at: not is_usable_name(made[at].name))
    names = {at: naming.another(made[at].name, otherwise="page") for at in order}
    found = []
    for at, one in enumerate(made):
        page = Page(
            names[at],
            one.questions,
            one.part,
            form.source in one.title,
            form.source in one.hint,
            one.constraint,
            form.source in one.message,
        )
        form.keep(page.key("title"), one.title if page.has_title else {})
        form.keep(page.key("hint"), one.hint if page.has_hint else {})
        said = one.message if page.has_constraint_message else {}
        form.keep(page.key("constraint_message"), said)
        found.append(page)
    return tuple(found)


def remark(groups: Sequence[Group], members: Sequence[Member]) -> None:
    """Say of every group that is no page what becomes of its label."""
    inside = {group.number for draft, _ in members for group in draft.leaf.groups}
    paged = {group.number for draft, _ in members if (group := page_group(draft))}
    within = {
        group.number
        for draft, _ in members
        if (page := page_group(draft)) is not None
        for group in draft.leaf.groups[draft.leaf.groups.index(page) :]
    }
    for group in groups:
        entry = group.record.entry
        is_table = group.record.value("kind") == BATTERY or group.is_table
        if entry.is_refused or is_table:
            continue
        if group.record.value("constraint") and group.record.value("kind") != PAGE:
            entry.change(_UNCHECKED, "Write it at the last question it looks at.")
        if group.number in paged | within:
            continue
        if group.number not in inside:
            entry.refuse("Nothing in it is taken.")
        elif group.record.texts.get("label"):
            entry.change(_ALONE)
