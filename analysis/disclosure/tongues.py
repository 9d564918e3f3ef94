"""Answers of one form language that stand apart. Must not know a count or a wording.

They may come from the people or from the words, so somebody should compare the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from analysis.disclosure.catalogue import FORM_LANGUAGE
from analysis.disclosure.policy import Thresholds
from analysis.disclosure.protected import Secured, Statement


def translations_to_check(
    differences: Iterable[Secured], languages: Collection[str], thresholds: Thresholds
) -> list[Statement]:
    """Return items and languages of which the wordings should be compared.

    Of secured differences those that are large in effect: Cliff's delta, which is
    the difference of shares where there are two answers, or V. Only of languages
    that are shown by themselves; "other" is no language anybody could read.
    """
    found = [
        Statement(
            "check_translation", each.item, each.group, group_variable=FORM_LANGUAGE
        )
        for each in differences
        if each.group_variable == FORM_LANGUAGE
        and each.group in languages
        and abs(each.effect) >= thresholds.difference_delta
    ]
    return list(dict.fromkeys(found))
