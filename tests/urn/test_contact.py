from __future__ import annotations

import pytest

from survey.urn.contact import (
    LONGEST_NAME,
    LONGEST_REACH,
    PURPOSES,
    SLOT,
    Contact,
    decode,
    encode,
    joined,
)

ANNA = Contact("anna@example.org", ("workshop",), "Anna")


@pytest.mark.parametrize(
    "contact",
    [
        ANNA,
        Contact("+49 7031 123", PURPOSES),
        Contact("界" * LONGEST_REACH, PURPOSES, "界" * LONGEST_NAME),
        Contact('"' * LONGEST_REACH, PURPOSES, "\\" * LONGEST_NAME),
        Contact("😀" * (LONGEST_REACH // 2), PURPOSES, "😀" * (LONGEST_NAME // 2)),
    ],
)
def test_every_contact_that_is_taken_fits_one_size(contact: Contact):
    slot = encode(contact)
    assert len(slot) == SLOT
    assert decode(slot) == contact


def test_what_does_not_fit_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="longer"):
        encode(Contact("x" * SLOT, PURPOSES))


@pytest.mark.parametrize(
    "again",
    [
        Contact("Anna@Example.ORG", ("raffle",)),
        Contact(" anna@example.org ", ("raffle", "workshop"), "A."),
    ],
)
def test_the_same_person_again_is_one_entry_with_both_wishes(again: Contact):
    expected = Contact("anna@example.org", ("workshop", "raffle"), "Anna")
    assert joined([ANNA], again) == [expected]


def test_a_telephone_number_is_the_same_however_it_is_spaced():
    one = Contact("07031 123-0", ("results",))
    assert joined([one], Contact("07031/1230", ("results",), "B")) == [
        Contact("07031 123-0", ("results",), "B")
    ]


def test_other_people_stand_beside_each_other():
    other = Contact("ben@example.org", ("workshop",))
    assert joined([ANNA], other) == [ANNA, other]
