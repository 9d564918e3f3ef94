"""Small groups are shown together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.merges import merge


def shown(sizes, merged):
    found = {}
    for code, size in sizes.items():
        found[merged[code]] = found.get(merged[code], 0) + size
    return {name: size for name, size in found.items() if size}


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 40, "b": 25}, {"a": "a", "b": "b"}),
        ({"a": 40, "b": 6, "c": 5}, {"a": "a", "b": "other", "c": "other"}),
        ({"a": 40, "b": 25, "c": 9}, {"a": "a", "b": "other", "c": "other"}),
        ({"a": 40, "b": 25, "c": 0}, {"a": "a", "b": "b", "c": "other"}),
        ({"a": 9, "b": 9}, {"a": "other", "b": "other"}),
        ({"a": 9}, {"a": "other"}),
        ({"a": 300}, {"a": "a"}),
        ({"a": 40, "b": 40, "c": 3}, {"a": "a", "b": "other", "c": "other"}),
        (
            {"de": 50, "fr": 4, "other": 30},
            {"de": "de", "fr": "other", "other": "other"},
        ),
    ],
)
def test_groups_under_the_base_are_other_and_the_smallest_joins_if_too_few(
    sizes, expected
):
    assert merge(sizes, 10) == expected


def test_some_groups_are_never_shown_alone_whatever_their_size():
    merged = merge(
        {"female": 300, "male": 280, "diverse": 14}, 10, never_alone=["diverse"]
    )
    assert merged == {"female": "female", "male": "male", "diverse": "other"}
    alone = merge(
        {"female": 300, "diverse": 9, "male": 290}, 10, never_alone=["diverse"]
    )
    assert alone == {"female": "female", "diverse": "other", "male": "other"}


sizes = st.dictionaries(
    st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1, max_size=8
)


@given(sizes, st.integers(5, 50))
def test_no_shown_group_is_under_the_base_unless_all_together_are(sizes, base):
    merged = merge(sizes, base)
    assert merged.keys() == sizes.keys()
    found = shown(sizes, merged)
    assert sum(found.values()) == sum(sizes.values())
    if sum(sizes.values()) >= base:
        assert all(size >= base for size in found.values())
    else:
        assert set(merged.values()) == {"other"}
