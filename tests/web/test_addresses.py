"""Addresses lead to the same page the second time, and remember nobody's."""

from __future__ import annotations

import pytest

from survey.app import MOST_KNOWN


def found(app, path, method="GET"):
    with app.test_request_context(path, method=method) as context:
        return context.request.endpoint, context.request.view_args


def test_a_known_address_is_found_as_a_new_one(app):
    first, again = found(app, "/de/town/p3"), found(app, "/de/town/p3")
    assert first == again
    assert again[0] == "question.show"
    assert again[1]["number"] == 3
    assert found(app, "/de/town/p3", "POST")[0] == "question.take"


def test_values_of_an_address_belong_to_one_request(app):
    _, one = found(app, "/de/town/p3")
    one["number"] = 99
    assert found(app, "/de/town/p3")[1]["number"] == 3


@pytest.mark.parametrize("path", ["/xx/town/p3", "/de/town/p", "/de/town/p3/", "/%00"])
def test_what_leads_nowhere_leads_nowhere_again(app, path):
    assert found(app, path) == found(app, path) == (None, None)


def test_a_flood_of_addresses_is_not_kept(app):
    for number in range(MOST_KNOWN + 10):
        found(app, f"/de/made-up-{number}/p1")
    assert len(app._known) <= MOST_KNOWN


def test_a_method_no_page_has_is_refused_each_time(resident):
    for _ in range(2):
        assert resident.open("/de/town/p3", method="DELETE").status_code == 405
