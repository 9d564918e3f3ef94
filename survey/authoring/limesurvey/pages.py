"""Groups of questions → pages: short groups together, everything else one by one.

A question whose condition looks at another one never stands on its page, because
pages work without scripts. Knows no type of question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.authoring.limesurvey.filters import both
from survey.authoring.limesurvey.own import Own
from survey.authoring.limesurvey.structure import Group, Wordings
from survey.authoring.limesurvey.taking import Block, Taking
from survey.authoring.naming import Naming
from survey.questionnaire import expression
from survey.questionnaire.expression import ExpressionError
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Page, Question
from survey.questionnaire.route import FORK

MOST_TOGETHER = 4
MOST_OPTIONS = 7
LONGEST_LINE = 200
_ONE_BY_ONE = "S"


@dataclass(slots=True)
class Taken:
    """What became of one question of a group."""

    blocks: list[Block]
    own: Own


class Pages:
    """Lays out pages; names them after their first question."""

    def __init__(self, taking: Taking) -> None:
        self.taking = taking
        self.naming = Naming((FORK,))
        self.pages: list[Page] = []

    def lay_out(self, group: Group, taken: list[Taken]) -> None:
        """The pages of one group."""
        blocks = [block for one in taken for block in one.blocks]
        if not blocks:
            return
        if any(one.own.page for one in taken):
            self._as_written(taken, group)
        elif self._fits_together(blocks):
            questions = [q for block in blocks for q in block.questions]
            self._page(Block(questions), group, is_first=True)
            self._account(group, len(blocks), is_together=True)
        else:
            for number, block in enumerate(blocks):
                self._page(block, group, is_first=number == 0)
            self._account(group, len(blocks), is_together=False)

    def _fits_together(self, blocks: list[Block]) -> bool:
        questions = [question for block in blocks for question in block.questions]
        names = {question.name for question in questions}
        return (
            self.taking.survey.settings.get("format") != _ONE_BY_ONE
            and 1 < len(questions) <= MOST_TOGETHER
            and not any(block.title or block.demands for block in blocks)
            and all(_is_short(question) for question in questions)
            and not any(names.intersection(looked_at(q)) for q in questions)
        )

    def _account(self, group: Group, count: int, *, is_together: bool) -> None:
        if is_together or count == 1:
            return
        reason = f"It became {count} pages, as each must fit on a phone."
        self.taking.ledger.change(group.row, reason)

    def _page(self, block: Block, group: Group, *, is_first: bool) -> None:
        name = self.naming.name(block.questions[0].name)
        title, hint = block.title, block.hint
        base = self.taking.survey.base
        needs_title = len(block.questions) > 1
        if is_first and title:
            self._lose_title(group)
        if not title and (is_first or needs_title):
            title = group.titles
            hint = group.descriptions if is_first else {}
        has_title = needs_title or bool(base in title and title[base].markup.strip())
        if has_title:
            self.taking.texts.say(f"page.{name}.title", title, _otherwise(group))
        has_hint = self.taking.texts.maybe(f"page.{name}.hint", hint, ending={})
        page = Page(
            name, tuple(block.questions), has_title=has_title, has_hint=has_hint
        )
        self.pages.append(self._demanding(page, [block]))

    def _demanding(self, page: Page, blocks: list[Block]) -> Page:
        """The page with what its answers must fulfil together, and its words."""
        constraint = both([page.constraint, *(d for b in blocks for d in b.demands)])
        messages = [block.message for block in blocks if block.message]
        if not messages:
            return replace(page, constraint=constraint)
        key = page.key("constraint_message")
        has_words = self.taking.texts.maybe(key, messages[0], ending={})
        return replace(page, constraint=constraint, has_constraint_message=has_words)

    def _lose_title(self, group: Group) -> None:
        reason = "Its first page has the words of its first question above it instead."
        for said in (*group.titles.values(), *group.descriptions.values()):
            self.taking.ledger.change(said.row, reason)

    def _as_written(self, taken: list[Taken], group: Group) -> None:
        """Pages as our own files mark them, on the first question of each."""
        for one in taken:
            questions = [q for block in one.blocks for q in block.questions]
            if one.own.page or not self.pages:
                page = self._own_page(one.own, questions)
                self._say(page, group)
                self.pages.append(self._demanding(page, one.blocks))
            else:
                last = self.pages[-1]
                page = replace(last, questions=(*last.questions, *questions))
                self.pages[-1] = self._demanding(page, one.blocks)

    def _say(self, page: Page, group: Group) -> None:
        """Heading and hint of a page of ours."""
        texts = self.taking.texts
        if page.has_title:
            texts.say(page.key("title"), group.titles, _otherwise(group))
        if page.has_hint:
            texts.maybe(page.key("hint"), group.descriptions, ending={})

    def _own_page(self, own: Own, questions: list[Question]) -> Page:
        known = own.page.get("name")
        name = known if isinstance(known, str) else questions[0].name
        part, constraint = own.page.get("part"), own.page.get("constraint")
        return Page(
            name=self.naming.name(name),
            questions=tuple(questions),
            part=part if isinstance(part, str) else "core",
            has_title=own.page.get("has_title") is True,
            has_hint=own.page.get("has_hint") is True,
            constraint=constraint if isinstance(constraint, str) else "",
            has_constraint_message=own.page.get("has_constraint_message") is True,
        )


def _otherwise(group: Group) -> str:
    titles: Wordings = group.titles
    return next((s.markup for s in titles.values() if s.markup), f"Group {group.id}")


def _is_short(question: Question) -> bool:
    kind = kind_of(question)
    return (
        kind.is_asked
        and not (kind.is_multiple or question.rows)
        and len(question.options) <= MOST_OPTIONS
        and question.longest <= LONGEST_LINE
    )


def _names(source: str) -> frozenset[str]:
    try:
        return expression.compile(source, filters_options=True).names
    except ExpressionError:  # a rule of the questionnaire reports it
        return frozenset()


def looked_at(question: Question) -> Iterator[str]:
    """Items that decide about a question."""
    for source in (question.shown_if, question.choice_filter, question.constraint):
        if source:
            yield from _names(source)
    if question.picks_from:
        yield question.picks_from
