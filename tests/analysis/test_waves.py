"""Two packages side by side: what may stand together, and why the rest may not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal as expect_equal

from analysis import checking, waves
from analysis.package import AnalysisError, Design, Edition, Item, Package
from analysis.package.contents import codebook_of
from analysis.responses import typed

YES_NO = ("yes", "no")
LIKING = ("much", "little")
ITEMS = (
    Item("living", "single", options=YES_NO),
    Item("liking", "single", scale="liking2", options=LIKING, is_ordinal=True),
    Item("rows_a", "battery", options=YES_NO),
    Item("clubs", "pick", multiple=True, options=("chess", "choir")),
    Item("idea", "text"),
)
TEXTS = {
    "living": "Do you live here?",
    "liking": "Do you like it?",
    "rows": "Have you seen …?",
    "rows_a": "the park",
    "clubs": "Which club?",
    "idea": "What else?",
}
BY_LINK = Design("open", channels=("link",))
ANSWERS = {
    "living": ["yes", "no", "-2"],
    "liking": ["much", "-3", "little"],
    "rows_a": ["no", "no", "yes"],
    "clubs__chess": ["1", "0", "-1"],
    "clubs__choir": ["0", "0", "-1"],
    "channel": ["code", "code", "link"],
    "form_language": ["en", "de", "en"],
    "excluded": ["", "", ""],
}


def package(
    wave="1",
    *,
    items=ITEMS,
    texts=TEXTS,
    languages=("en", "de"),
    answers=ANSWERS,
    design=BY_LINK,
    editions=(),
):
    labels = {}
    for language in languages:
        for name, text in texts.items():
            item, _, code = name.partition("=")
            labels[item, code, "label", language] = f"{text} [{language}]"
        for item in items:
            for code in item.options:
                labels.setdefault((item.name, code, "label", language), code)
    book = codebook_of(items, languages=languages, texts=labels)
    names = {column for item in items for column in item.columns}
    kept = {n: c for n, c in answers.items() if n in names or n not in ANSWERS}
    ways = ("channel", "form_language", "excluded")
    raw = pd.DataFrame({**kept, **{name: answers[name] for name in ways}})
    empty = pd.DataFrame()
    return Package(
        descriptor={"survey": "town", "wave": wave},
        design=design,
        codebook=book,
        responses=typed(raw, book),
        hash=wave * 64,
        excluded={},
        participation=empty,
        margins=empty,
        comments=empty,
        editions=editions,
    )


def with_item(name, **changes):
    return tuple(
        replace(item, **changes) if item.name == name else item for item in ITEMS
    )


def with_hashes(wordings=("w",), structures=("s",), **changes):
    """Items that carry hashes; the last of each is that of the first item."""
    return tuple(
        replace(
            item,
            wording_hash=wordings[-1] if at == 0 else wordings[0],
            structure_hash=structures[-1] if at == 0 else structures[0],
            **changes,
        )
        for at, item in enumerate(ITEMS)
    )


def told(first, second):
    """Status and difference of every item that is not the same."""
    table = waves.joinable(first, second)
    return {
        item: (status, differs)
        for item, status, differs in table.itertuples()
        if status != waves.SAME
    }


def test_a_package_is_the_same_as_itself_in_every_item():
    table = waves.joinable(package(), package("2"))
    assert list(table.index) == [item.name for item in ITEMS]
    assert set(table["status"]) == {"same"}
    assert set(table["differs"]) == {""}


def test_another_wording_is_found_by_its_label_and_quoted():
    second = package("2", texts={**TEXTS, "living": "Is this your home?"})
    assert told(package(), second) == {
        "living": (
            "wording changed",
            "label (en): “Do you live here? [en]” → “Is this your home? [en]”",
        )
    }


def test_another_wording_of_an_answer_or_of_the_question_above_rows_counts():
    second = package("2", texts={**TEXTS, "living=no": "Not me", "rows": "Seen?"})
    assert told(package(), second) == {
        "living": ("wording changed", "answer no (en): “no” → “Not me [en]”"),
        "rows_a": (
            "wording changed",
            "question (en): “Have you seen …? [en]” → “Seen? [en]”",
        ),
    }


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"options": ("no", "yes")}, "answers: yes no → no yes"),
        ({"options": ("yes", "no", "partly")}, "answers: yes no → yes no partly"),
        ({"kind": "battery"}, "kind: single → battery"),
        ({"scale": "yesno"}, "scale: none → yesno"),
        ({"reversed": True}, "favourable end: first → last"),
    ],
)
def test_other_answers_are_another_scale(changes, differs):
    second = package("2", items=with_item("living", **changes))
    assert told(package(), second) == {"living": ("scale changed", differs)}


def test_a_scale_counts_more_than_a_wording_and_both_are_told():
    second = package(
        "2",
        items=with_item("living", scale="yesno"),
        texts={**TEXTS, "living": "At home?"},
    )
    status, differs = told(package(), second)["living"]
    assert status == "scale changed"
    assert "scale: none → yesno; label (en)" in differs


def test_items_of_one_package_alone_are_missing():
    second = package("2", items=(*ITEMS[1:], Item("new", "text")))
    table = waves.joinable(package(), second)
    assert list(table.index) == ["living", "liking", "rows_a", "clubs", "idea", "new"]
    assert told(package(), second) == {
        "living": ("missing", "only in town 1"),
        "new": ("missing", "only in town 2"),
    }


def test_an_item_that_fewer_languages_were_asked_is_another_one():
    second = package("2", items=with_item("living", only_in=("de",)))
    assert told(package(), second) == {
        "living": ("asked in other languages", "asked in: all languages → de")
    }
    assert told(second, second) == {}


def test_equal_hashes_speak_for_themselves():
    """Labels have their slots filled: another town is another label, not question."""
    first = package(items=with_hashes())
    second = package("2", items=with_hashes(), texts={**TEXTS, "living": "In B?"})
    assert told(first, second) == {}


def test_other_hashes_count_where_no_label_differs():
    first = package(items=with_hashes())
    assert told(first, package("2", items=with_hashes(("w", "v")))) == {
        "living": ("wording changed", "words beside the labels (en)")
    }
    assert told(first, package("2", items=with_hashes(structures=("s", "t")))) == {
        "living": ("scale changed", "limits, units or ways of not answering")
    }


def test_hashes_of_other_languages_are_not_compared():
    german = package("2", items=with_hashes(("v",)), languages=("de", "en"))
    assert told(package(items=with_hashes()), german) == {}


def test_without_a_language_in_common_no_wording_is_the_same():
    found = told(package(), package("2", languages=("ar",)))
    assert set(found) == {item.name for item in ITEMS}
    assert set(found.values()) == {("wording changed", "no language in common")}


def test_a_wording_that_was_corrected_in_the_middle_is_not_one_wording():
    editions = (
        Edition(1, "a", ("en", "de"), ""),
        Edition(2, "b", ("en", "de"), "slip", (("living", "en"), ("liking", "de"))),
    )
    second = package("2", editions=editions)
    assert told(package(), second) == {
        "living": ("wording changed", "corrected while town 2 was open (en)")
    }


def test_design_and_channels_are_told_apart_from_items():
    second = package("2", design=Design("census", 100, 100, ("code", "link")))
    assert waves.modes(package(), second) == (
        "design: open in town 1, census in town 2",
        "channels: link in town 1, code link in town 2",
    )
    assert waves.modes(package(), package("2")) == ()


def test_what_is_the_same_stands_together_and_the_rest_is_listed():
    second = package(
        "2",
        items=with_item("clubs", options=("chess", "golf")),
        texts={**TEXTS, "liking": "How much?"},
        answers={**ANSWERS, "clubs__golf": ["1", "0", "0"], "living": ["no"] * 3},
    )
    joined = waves.join([package(), second])
    assert joined.items == ("living", "rows_a", "idea")
    names = ["wave", "channel", "form_language", "living", "rows_a"]
    assert list(joined.responses.columns) == names
    expect_equal(
        joined.responses.astype("str"),
        pd.DataFrame(
            {
                "wave": ["town 1"] * 3 + ["town 2"] * 3,
                "channel": ["code", "code", "link"] * 2,
                "form_language": ["en", "de", "en"] * 2,
                "living": ["yes", "no", "-2", "no", "no", "no"],
                "rows_a": ["no", "no", "yes"] * 2,
            }
        ).astype("str"),
    )
    found = joined.differences
    assert list(found["item"]) == ["liking", "clubs"]
    assert list(found["status"]) == ["wording changed", "scale changed"]
    assert set(found["first"]) == {"town 1"}
    assert set(found["second"]) == {"town 2"}


def test_joined_answers_keep_their_types():
    joined = waves.join([package(), package("2")]).responses
    assert joined["liking"].cat.ordered
    assert joined["living"].dtype == package().responses["living"].dtype
    assert list(joined["wave"].cat.categories) == ["town 1", "town 2"]


def test_of_three_packages_only_what_all_share_is_joined():
    second = package("2", texts={**TEXTS, "living": "At home?"})
    third = package("3", texts={**TEXTS, "liking": "How much?"})
    joined = waves.join([package(), second, third])
    assert joined.items == ("rows_a", "clubs", "idea")
    assert len(joined.responses) == 9
    assert list(joined.differences["second"]) == ["town 2", "town 3"]


def test_packages_of_one_name_are_told_apart_by_a_number():
    second = replace(package("2"), descriptor={"survey": "town", "wave": "1"})
    joined = waves.join([package(), second])
    assert list(joined.responses["wave"].cat.categories) == ["town 1", "town 1 (2)"]


def test_one_package_or_the_same_twice_is_nothing_to_join():
    with pytest.raises(AnalysisError, match="at least two"):
        waves.join([package()])
    with pytest.raises(AnalysisError, match="named twice"):
        waves.join([package(), package()])


def test_every_item_is_listed_with_the_reason_why_it_cannot_be_joined():
    second = package(
        "2",
        items=with_item("clubs", options=("choir", "chess")),
        texts={**TEXTS, "living": "At\x1b[31m home?"},
    )
    assert list(checking.comparisons([package(), second])) == [
        "town 1 and town 2: 3 of 5 items can be joined.",
        "  living: wording changed: label (en): “Do you live here? [en]” → "
        "“At [31m home? [en]”",
        "  liking: same",
        "  rows_a: same",
        "  clubs: scale changed: answers: chess choir → choir chess",
        "  idea: same",
    ]


def test_editions_of_a_corrected_survey_are_listed():
    editions = (
        Edition(1, "a", ("en", "de"), ""),
        Edition(2, "b", ("en", "de"), "a slip", (("living", "en"),)),
        Edition(3, "c", ("en", "de", "ar"), "Arabic"),
    )
    assert list(checking.corrections(package(editions=editions))) == [
        "  edition 2 of 3, a slip: reworded living (en)",
        "  edition 3 of 3, Arabic: reworded no question",
    ]
    assert list(checking.corrections(package())) == []
