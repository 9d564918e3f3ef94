from __future__ import annotations

import pytest

from survey.forms import contact
from survey.language import registry, speaking
from survey.urn.contact import Contact

BOTH = ("workshop", "raffle")


@pytest.fixture(autouse=True)
def _english():
    english = next(one for one in registry().released if one.code == "en")
    with speaking(registry().words(english)):
        yield


def cleaned(offered=BOTH, **posted):
    inputs = {f"contact_{name}": values for name, values in posted.items()}
    return contact.cleaned(contact.typed(inputs, offered))


@pytest.mark.parametrize(
    ("reach", "kept"),
    [
        ("anna@example.org", "anna@example.org"),
        ("  Anna.B@stadt.example ", "Anna.B@stadt.example"),
        ("07031 / 123-0", "07031 / 123-0"),
        ("+49 (7031) 1230", "+49 (7031) 1230"),
        ("٠٧٠٣١ ١٢٣٠", "07031 1230"),
        ("müller@gemüse.example", "müller@gemüse.example"),
    ],
)
def test_mail_and_telephone_are_taken_as_people_write_them(reach, kept):
    found, problems = cleaned(reach=[reach], **{"for": ["raffle"]})
    assert (found, problems) == (Contact(kept, ("raffle",)), ())


@pytest.mark.parametrize(
    "reach",
    [
        "",
        "Anna",
        "12345",
        "anna@",
        "@x.y",
        "a b@example.org",
        "a@b",
        "=1+1",
        "a@b.c,d@e.fg",
    ],
)
def test_what_nobody_can_be_reached_by_is_asked_for_again(reach):
    found, problems = cleaned(reach=[reach], **{"for": ["raffle"]})
    assert found is None
    assert [one.field for one in problems] == ["contact_reach"]


def test_everything_that_is_missing_is_told_at_once():
    found, problems = cleaned()
    assert found is None
    assert [one.field for one in problems] == ["contact_for", "contact_reach"]


def test_only_what_is_offered_can_be_wished_for():
    found, _ = cleaned(reach=["a@example.org"], **{"for": ["results", "workshop"]})
    assert found == Contact("a@example.org", ("workshop",))


def test_a_single_purpose_need_not_be_chosen():
    found, _ = cleaned(("results",), reach=["a@example.org"], name=["Anna\r\nB\x00"])
    assert found == Contact("a@example.org", ("results",), "Anna B")


def test_long_texts_are_counted_for_people():
    _, problems = cleaned(
        reach=["a@example.org"], name=["x" * 101], **{"for": ["raffle"]}
    )
    assert [(one.field, "101" in one.message) for one in problems] == [
        ("contact_name", True)
    ]
