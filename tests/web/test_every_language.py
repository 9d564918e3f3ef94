"""Every page of the frame in every released language; a missing text raises."""

from __future__ import annotations

from datetime import date

import pytest

from survey.language import registry

LANGUAGES = registry().released
RELEASED = [language.code for language in LANGUAGES]
INFORMATION = ("privacy", "accessibility", "barrier", "imprint")


@pytest.mark.parametrize("code", RELEASED)
def test_no_page_of_the_frame_lacks_a_text(resident, publish, report, code):
    report("village", tuple(RELEASED))
    publish(
        "zusammenleben",
        slug="open",
        languages=tuple(RELEASED),
        until=date(2026, 12, 20),
    )
    accept = {"Accept-Language": code}
    first = resident.get("/", headers=accept)
    assert f'<html lang="{code}"' in first.text
    for name in (*INFORMATION, "", "village/results/", "village/results/fields/"):
        answer = resident.get(f"/{code}/{name}")
        assert answer.status_code == 200
        assert f'<html lang="{code}"' in answer.text
    assert resident.get(f"/{code}/nothing/", headers=accept).status_code == 404


def test_each_page_calls_its_language_as_the_registry_does(resident, publish):
    publish("zusammenleben", languages=tuple(RELEASED))
    for language in LANGUAGES:
        page = resident.get(f"/{language.code}/").text
        assert f'aria-current="true">{language.endonym}</a>' in page
