"""A page is rendered once and filled for everybody."""

import pytest

from survey.forms.prepared import Filling, Marks, prepare

place = Marks()


def test_a_text_without_places_stays_as_it_is():
    assert prepare("<p>a</p>").fill(Filling()) == "<p>a</p>"


def test_a_word_stands_where_its_place_is_and_is_empty_when_not_given():
    page = prepare(f"<i>{place.word('token')}</i>")
    assert page.fill(Filling(words={"token": "xyz"})) == "<i>xyz</i>"
    assert page.fill(Filling()) == "<i></i>"


def test_one_of_two_texts_stands_depending_on_a_fact():
    page = prepare(f"<input{place.when('q01=yes', ' checked', ' data-off')}>")
    assert page.fill(Filling(facts={"q01=yes"})) == "<input checked>"
    assert page.fill(Filling()) == "<input data-off>"


def test_a_block_and_all_places_in_it_are_left_out_unless_its_fact_holds():
    page = prepare(
        f"a{place.begin('late')}[{place.word('w')}{place.begin('x')}!{place.end()}]"
        f"{place.end()}b"
    )
    assert page.fill(Filling(words={"w": "W"})) == "ab"
    assert page.fill(Filling(facts={"late"}, words={"w": "W"})) == "a[W]b"
    assert page.fill(Filling(facts={"late", "x"}, words={"w": "W"})) == "a[W!]b"


@pytest.fixture
def options():
    parts = [
        f"\n  {place.part('q05', code)}<{code}{place.when(f'q05={code}', '*')}>"
        f"{place.end()}"
        for code in ("f1", "f2", "f3")
    ]
    return prepare("(" + "".join(parts) + "\n)")


def test_parts_keep_the_written_order_when_no_other_is_given(options):
    assert options.fill(Filling()).split() == ["(", "<f1><f2><f3>", ")"]


def test_in_the_written_order_what_was_chosen_is_marked(options):
    page = options.fill(Filling(facts={"q05=f2", "elsewhere"}))
    assert page.split() == ["(", "<f1><f2*><f3>", ")"]


def test_a_part_with_a_block_or_a_word_in_it_says_what_holds():
    block = place.begin("wrong") + "!" + place.end()
    blocks = prepare(place.part("q", "1") + "a" + block + place.end())
    assert blocks.fill(Filling()) == "a"
    assert blocks.fill(Filling(facts={"wrong"})) == "a!"
    word = prepare(place.part("q", "1") + "a" + place.word("w") + place.end())
    assert word.fill(Filling(words={"w": "W"})) == "aW"


def test_parts_follow_the_given_order_and_those_not_named_are_left_out(options):
    filling = Filling(facts={"q05=f1"}, orders={"q05": ("f3", "f1")})
    assert options.fill(filling).split() == ["(", "<f3><f1*>", ")"]


def test_two_groups_beside_each_other_stay_apart():
    page = prepare(
        place.part("a", "1")
        + "x"
        + place.end()
        + place.part("b", "1")
        + "y"
        + place.end()
    )
    assert page.fill(Filling(orders={"a": ()})) == "y"


@pytest.mark.parametrize(
    "text", [place.end(), place.begin("x"), place.begin("x") + place.end() * 2]
)
def test_places_that_do_not_pair_are_refused(text):
    with pytest.raises(ValueError, match="place"):
        prepare(text)
