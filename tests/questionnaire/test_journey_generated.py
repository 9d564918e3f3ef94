"""Generated questionnaires and answers: what holds for every journey."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire import expression
from survey.questionnaire.edition import Edition, load
from survey.questionnaire.journey import Journey
from survey.questionnaire.kinds import kind_of
from survey.questionnaire.model import Option, Page, Question, Questionnaire, Row

TODAY = date(2026, 10, 5)
CODES = ("a", "b", "c")
OPTIONS = tuple(Option(code, f"text.{code}") for code in CODES)
CONDITIONS = (
    "${%s} = 'a'",
    "selected(${%s}, 'b')",
    "${%s} != ''",
    "not(${%s} = 'a')",
    "count-selected(${%s}) >= 2",
)


@st.composite
def questions(draw, number, items, multiples):
    """One question that may look at items asked before."""
    name = f"q{number}"
    kinds = ["single", "multiple", "battery", "text", *(["rank"] if multiples else [])]
    asked = Question(name, draw(st.sampled_from(kinds)))
    if items and draw(st.booleans()):
        seen = draw(st.lists(st.sampled_from(items), min_size=1, max_size=2))
        parts = [draw(st.sampled_from(CONDITIONS)) % item for item in seen]
        joint = draw(st.sampled_from([" and ", " or "]))
        asked = replace(asked, shown_if=joint.join(parts))
    if asked.kind == "text":
        return replace(asked, longest=20)
    if asked.kind == "battery":
        rows = tuple(Row(f"{name}_{row}", f"text.{row}") for row in (1, 2))
        return replace(asked, options=OPTIONS, rows=rows)
    if asked.kind == "rank":
        source = draw(st.sampled_from(multiples))
        return replace(asked, options=OPTIONS, picks_from=source, at_most=2)
    return replace(asked, options=OPTIONS, has_dont_know=True)


@st.composite
def editions(draw):
    """Pages of one or two questions, core before more, sometimes a screen."""
    pages, items, multiples = [], [], []
    core = draw(st.integers(1, 4))
    for number in range(core + draw(st.integers(0, 3))):
        asked, before = [], list(multiples)
        for part in range(draw(st.integers(1, 2))):
            question = draw(questions(10 * number + part, list(items), before))
            asked.append(question)
            items += [item.name for item in kind_of(question).items(question)]
            multiples += [question.name] if question.kind == "multiple" else []
        part = "core" if number < core else "more"
        pages.append(Page(f"page_{number}", tuple(asked), part))
    screen = draw(st.sampled_from(["", *(f"${{{item}}} = 'c'" for item in items)]))
    empty = MappingProxyType({})
    asked = Questionnaire("made_up", "de", (), tuple(pages), empty, (), screen)
    return Edition(asked, ("de",))


@st.composite
def answered(draw, edition):
    """Some cleaned answer to some of the questions."""
    answers = {}
    for stop in edition.route.stops.values():
        for item in stop.items:
            if draw(st.booleans()):
                answers[item.name] = draw(values(stop.question))
    return answers


def values(asked):
    several = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)
    return {
        "single": st.sampled_from([*CODES, "-3"]),
        "battery": st.sampled_from(CODES),
        "multiple": st.one_of(several.map(sorted).map(tuple), st.just("-3")),
        "rank": several.map(lambda codes: tuple(codes[:2])),
        "text": st.sampled_from(["words", "more words"]),
    }[asked.kind]


@st.composite
def situations(draw):
    edition = draw(editions())
    answers = draw(answered(edition))
    names = [page.page.name for page in edition.route.pages] + ["fork"]
    reached = draw(st.lists(st.sampled_from(names), unique=True))
    return edition, answers, reached


def begun(edition, answers, reached):
    return Journey(edition, answers, reached, today=TODAY)


def walked(edition, answers):
    """A person who presses Continue until the check page comes."""
    reached, journey = [], begun(edition, answers, [])
    while not journey.is_complete:
        step = journey.step(journey.furthest)
        reached.append(step.name)
        journey = begun(edition, answers, reached)
    return journey, reached


@given(situations())
def test_a_journey_ends_and_visits_no_step_twice(situation):
    edition, answers, _ = situation
    journey, reached = walked(edition, answers)
    assert len(reached) == len(set(reached)) <= len(edition.route.pages) + 1
    assert {step.name for step in journey.steps} <= set(reached)


@given(situations())
def test_steps_are_numbered_and_every_one_but_the_fork_asks_something(situation):
    journey = begun(*situation)
    assert [s.number for s in journey.steps] == list(range(1, len(journey.steps) + 1))
    assert all(step.questions for step in journey.steps if not step.is_fork)
    assert sum(step.is_fork for step in journey.steps) <= 1
    if journey.steps:
        assert journey.step(journey.furthest) in journey.steps


@given(situations())
def test_no_page_is_shown_whose_conditions_are_false(situation):
    edition, answers, reached = situation
    journey = begun(edition, answers, reached)
    for step in journey.steps:
        mine = {i.name for q in step.questions for i in kind_of(q).items(q)}
        for asked in step.questions:
            if not asked.shown_if:
                continue
            read = expression.compile(asked.shown_if)
            is_true = read.is_true(journey.answers, today=TODAY)
            assert is_true or read.names & mine


@given(situations())
def test_an_answer_off_the_path_never_leaves(situation):
    edition, answers, reached = situation
    journey = begun(edition, answers, reached)
    closed, comments = journey.closed_answers(), dict(journey.comments())
    shown = {q.name for step in journey.steps for q in step.questions}
    for name, stop in edition.route.stops.items():
        read = expression.compile(stop.question.shown_if or "true()")
        on_path = name in shown and read.is_true(journey.answers, today=TODAY)
        posted = any(
            step.name in reached
            for step in journey.steps
            if stop.question in step.questions
        )
        if on_path and posted:
            continue
        assert name not in comments
        cells = {closed[column.name] for column in stop.kind.columns(stop.question)}
        assert cells <= {"-1", "-5"}


@given(situations())
def test_every_column_has_a_cell_of_its_item_or_one_kind_of_no_answer(situation):
    edition, answers, reached = situation
    closed = begun(edition, answers, reached).closed_answers()
    columns = []
    for stop in edition.route.stops.values():
        by_item = {}
        for column in stop.kind.columns(stop.question):
            by_item.setdefault(column.item, []).append(closed[column.name])
            columns.append(column.name)
        known = set(stop.kind.categories(stop.question))
        for cells in by_item.values():
            is_answer = set(cells) <= known
            assert is_answer or len(set(cells)) == 1
            assert set(cells) <= known | {"-1", "-2", "-3", "-5"}
    assert sorted(closed) == sorted(columns)


def dependants(edition, item):
    """Items that a change of this one can reach, over any number of conditions."""
    found = {item}
    for stop in edition.route.stops.values():
        if stop.names & found or stop.question.picks_from in found:
            found |= {other.name for other in stop.items}
    screening = edition.route.screening
    if screening and screening.names & found:
        is_behind = False
        for entry in edition.route.pages:
            for stop in entry.stops:
                if is_behind:
                    found |= {other.name for other in stop.items}
            is_behind = is_behind or entry.decides
    return found


@given(situations(), st.data())
def test_a_changed_answer_touches_only_what_depends_on_it(situation, data):
    edition, answers, reached = situation
    items = [item for stop in edition.route.stops.values() for item in stop.items]
    item = data.draw(st.sampled_from(items))
    changed = dict(answers)
    changed[item.name] = data.draw(values(item.question))
    before = begun(edition, answers, reached).closed_answers()
    after = begun(edition, changed, reached).closed_answers()
    touchable = dependants(edition, item.name)
    for stop in edition.route.stops.values():
        for column in stop.kind.columns(stop.question):
            if column.item not in touchable:
                assert before[column.name] == after[column.name]


@st.composite
def screened_situations(draw):
    """Somebody whose answer to a first page ends the questionnaire."""
    edition, answers, reached = draw(situations())
    gate = Page("gate", (Question("gate", "single", options=OPTIONS),))
    asked = replace(
        edition.questionnaire,
        pages=(gate, *edition.questionnaire.pages),
        screened_out_if="${gate} = 'b'",
    )
    return Edition(asked, ("de",)), {**answers, "gate": "b"}, [*reached, "gate"]


@given(screened_situations())
def test_who_is_screened_out_has_nothing_behind_the_screen(situation):
    journey = begun(*situation)
    assert journey.is_screened_out
    assert [step.name for step in journey.steps] == ["gate"]
    closed = journey.closed_answers()
    assert closed.pop("gate") == "b"
    assert set(closed.values()) <= {"-1"}
    assert not journey.comments()


@given(situations())
def test_an_edition_leads_the_same_way_after_it_was_kept(situation):
    edition, answers, reached = situation
    kept = load(edition.to_json())
    assert kept == edition
    one, other = begun(edition, answers, reached), begun(kept, answers, reached)
    assert one.closed_answers() == other.closed_answers()
    assert [step.name for step in one.steps] == [step.name for step in other.steps]
