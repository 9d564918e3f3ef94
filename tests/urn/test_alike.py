"""Rows of few are made alike at the close, at the least cost, and tell no way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.telling import Asked
from survey.urn.alike import made_alike
from survey.urn.ballot import Ballot, Comment
from survey.urn.looks import Ways

K = 5
CHILD = frozenset({"child"})
WAYS = Ways(
    (
        Asked("place", 0, ("place",)),
        Asked("child", 1, ("child",)),
        Asked("care", 2, ("care__a", "care__b"), by=CHILD),
        Asked("bus", 3, ("bus",)),
        Asked("pram", 3, ("pram",), by=CHILD),
        Asked("heads", None, ("heads",), by=CHILD, is_derived=True),
        Asked("end", 4, ("end",)),
    )
)
COLUMNS = tuple(column for asked in WAYS.questions for column in asked.columns)


def person(*, child: str = "no", pages: int = 5, language: str = "de") -> Ballot:
    """Who has a child is asked about care and prams; ``pages`` were posted."""
    has = child == "yes"
    cells = {
        0: {"place": "north"},
        1: {"child": child, "heads": "3" if has else "2"},
        2: {"care__a": "1", "care__b": "0"}
        if has
        else {"care__a": "-1", "care__b": "-1"},
        3: {"bus": "rare", "pram": "yes" if has else "-1"},
        4: {"end": "well"},
    }
    closed = dict.fromkeys(COLUMNS, "-5")
    for page in range(pages):
        closed |= cells[page]
    comment = Comment("words", language, "a word")
    return Ballot(closed, (comment,), "link", language)


def alike(*ballots: Ballot) -> list[Ballot]:
    return made_alike(ballots, WAYS, K)


def said(ballot: Ballot) -> dict[str, str]:
    """What a row says, without its gaps."""
    return {name: cell for name, cell in ballot.closed.items() if cell[:1] != "-"}


def shown(ballot: Ballot) -> object:
    """What tells rows apart without any answer: the look, and what is not told."""
    gone = tuple(name for name, cell in ballot.closed.items() if cell == "-5")
    return WAYS.look(ballot), gone


def times(count: int, make: Callable[[], Ballot]) -> Iterator[Ballot]:
    return (make() for _ in range(count))


def test_where_k_share_every_look_nothing_is_changed():
    given = [*times(5, person), *times(7, lambda: person(child="yes"))]
    assert Counter(map(str, alike(*given))) == Counter(map(str, given))


def test_a_language_of_few_goes_first_and_takes_as_many_of_another_with_it():
    found = alike(*times(12, person), *times(2, lambda: person(language="ar")))
    assert Counter(one.form_language for one in found) == {"de": 9, "other": 5}
    assert all(said(one) == said(person()) for one in found)
    # words follow: beside a lone "ar" they would name it
    assert Counter(c.language for one in found for c in one.comments) == {
        "de": 9,
        "other": 5,
    }


def test_a_page_of_few_goes_with_whatever_tells_who_met_it():
    found = alike(*times(5, person), *times(4, lambda: person(child="yes")))
    assert all(
        said(one) == {"place": "north", "bus": "rare", "end": "well"} for one in found
    )
    gone = {"child", "care__a", "care__b", "pram", "heads"}
    assert all(
        {name for name, cell in one.closed.items() if cell == "-5"} == gone
        for one in found
    )


def test_who_stopped_early_stands_with_others_who_did():
    early = [
        person(pages=3),
        *times(2, lambda: person(pages=4)),
        *times(2, lambda: person(pages=3)),
    ]
    found = alike(*times(10, person), *early)
    assert Counter(len(said(one)) for one in found) == {5: 10, 3: 5}


def test_one_alone_says_nothing_rather_than_take_the_words_of_k_others():
    found = alike(*times(5, person), person(pages=1))
    (silent,) = (one for one in found if not said(one))
    assert set(silent.closed.values()) == {"-5"}
    assert silent.form_language == "other"
    assert [comment.text for comment in silent.comments] == ["a word"]
    assert sum(said(one) == said(person()) for one in found) == 5


def test_who_lost_an_answer_is_no_cover_for_those_who_did_not():
    """Three who stopped before care still tell the child; the others do not."""
    stopped = [*times(3, lambda: person(pages=2))]
    mixed = [
        *times(3, lambda: person(pages=4)),
        *times(3, lambda: person(child="yes", pages=4)),
    ]
    found = alike(*stopped, *mixed)
    seen = Counter(shown(one) for one in found if said(one))
    assert all(n >= K for n in seen.values())


def test_another_way_in_is_never_pretended():
    typed = Ballot(person(pages=2).closed, (), "paper", "ar")
    code = Ballot(person().closed, (), "code", "de")
    found = alike(typed, *times(6, person), *(code for _ in range(5)))
    assert Counter(one.channel for one in found) == {"link": 6, "code": 5, "paper": 1}
    assert typed in found


def test_fewer_than_k_by_one_way_are_alike_among_themselves():
    found = alike(person(), person(), person(child="yes"), person(language="ar"))
    assert len(found) == 4
    speaking = [one for one in found if said(one)]
    assert len({WAYS.look(one) for one in speaking}) == 1


def test_nobody_is_nothing():
    assert alike() == []


PEOPLE = st.builds(
    person,
    child=st.sampled_from(["yes", "no", "-2"]),
    pages=st.integers(1, 5),
    language=st.sampled_from(["de", "ar", "other"]),
)


@given(people=st.lists(PEOPLE, min_size=1, max_size=60), seed=st.integers(0, 9))
def test_whoever_comes_every_look_is_one_of_k_or_says_nothing(
    people: list[Ballot], seed: int
):
    random.Random(seed).shuffle(people)
    found = alike(*people)
    assert len(found) == len(people)
    seen = Counter(shown(one) for one in found if said(one))
    assert len(seen) <= 1 or all(n >= K for n in seen.values())
    # nothing is invented: a cell that says something was said by somebody
    before = Counter(pair for one in people for pair in said(one).items())
    after = Counter(pair for one in found for pair in said(one).items())
    assert after <= before
    texts = [c.text for one in found for c in one.comments]
    assert len(texts) == len(people)


@settings(max_examples=40)
@given(people=st.lists(PEOPLE, min_size=10, max_size=40))
def test_in_no_class_an_answer_tells_who_met_a_page_that_is_not_told(
    people: list[Ballot],
):
    """Where care is not told, neither are the child, the pram and the heads."""
    classes: dict[object, list[Ballot]] = {}
    for one in alike(*people):
        classes.setdefault(shown(one), []).append(one)
    for members in classes.values():
        telling = {(one.closed["child"], one.closed["heads"]) for one in members}
        care = {one.closed["care__a"] for one in members}
        met_page_2 = {one.closed["bus"] for one in members} - {"-5"}
        if care == {"-5"} and met_page_2:
            assert len(telling) == 1
            assert len({one.closed["pram"] for one in members}) == 1


@pytest.mark.parametrize("count", [150])
def test_many_looks_take_seconds_at_most(count: int):
    columns = tuple(f"q{at}" for at in range(40))
    ways = Ways(tuple(Asked(name, at, (name,)) for at, name in enumerate(columns)))
    rng = random.Random(1)
    people = [
        Ballot({name: rng.choice(["a", "a", "a", "-1"]) for name in columns})
        for _ in range(count)
    ]
    found = made_alike(people, ways, 10)
    looks = Counter(ways.look(one) for one in found if said(one))
    assert all(n >= 10 for n in looks.values())
