"""Runs every authoring rule, so that all problems are reported together.

Knows the model, not the file it came from.
"""

from __future__ import annotations

from dataclasses import replace

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problem import Problem
from survey.questionnaire.rules import (
    comparing,
    conditions,
    fields,
    length,
    names,
    orders,
    pages,
    picks,
    protection,
    reach,
    reading,
    references,
    scales,
    sequence,
    sources,
    where_translated,
    wording,
)
from survey.questionnaire.rules.rule import Rule

SIZES: tuple[Rule, ...] = (
    pages.pages_are_few_enough,
    sources.expressions_are_short_together,
)
RULES: tuple[Rule, ...] = (
    names.questionnaire_is_named,
    names.names_are_usable,
    names.names_are_free,
    names.names_are_unique,
    pages.pages_exist,
    pages.pages_have_questions,
    pages.parts_are_in_order,
    pages.kinds_are_known,
    pages.kinds_have_what_they_need,
    pages.attributes_fit_the_kind,
    pages.roles_are_known,
    pages.option_codes_are_usable,
    pages.option_codes_are_unique,
    pages.options_are_few_enough,
    pages.exclusive_options_have_others,
    pages.media_tell_nothing,
    fields.fields_are_known,
    fields.themes_are_known,
    fields.groups_can_be_released,
    fields.three_groups_are_named,
    fields.settings_are_in_range,
    fields.language_groups_are_coarse,
    fields.slots_are_filled,
    references.conditions_can_be_read,
    references.references_are_known,
    references.codes_are_known,
    references.properties_are_known,
    conditions.conditions_look_at_answers,
    conditions.constraints_look_at_the_answer,
    conditions.page_constraints_look_at_the_page,
    conditions.filters_look_at_properties,
    comparing.comparisons_can_hold,
    sequence.conditions_run_in_no_circle,
    sequence.conditions_look_back,
    sequence.page_constraints_look_back,
    sequence.filters_stand_on_a_later_page,
    sequence.sensitive_follow_ups_stand_together,
    picks.ranks_follow_their_picks,
    where_translated.what_some_are_not_asked_decides_nothing,
    where_translated.what_some_are_not_asked_is_not_compared,
    wording.source_texts_exist,
    wording.slots_are_known,
    wording.braces_are_slots,
    wording.translations_keep_slots,
    wording.letters_are_visible,
    wording.texts_are_short_enough,
    wording.options_read_differently,
    orders.numbers_keep_their_order,
    orders.lists_are_translated_alike,
    orders.scales_run_the_same_way,
    reach.questions_can_be_reached,
    reach.conditions_decide_something,
    reach.some_are_screened_out,
    protection.dates_are_coarse,
    protection.numbers_have_limits,
    protection.sensitive_words_are_marked,
    scales.batteries_are_short,
    scales.ratings_have_dont_know,
    scales.refusals_stand_apart,
    scales.scale_points_have_words,
    scales.agreement_is_not_asked,
    reading.sentences_are_short,
    reading.one_thing_is_asked,
    reading.negations_stand_alone,
    length.parts_take_few_minutes,
)


def check(questionnaire: Questionnaire, *, file: str = "") -> list[Problem]:
    """Every problem of a questionnaire, warnings among them.

    Of one that is too large only this is said: nobody reads thousands of problems.
    """
    found = [problem for rule in SIZES for problem in rule(questionnaire)]
    if not found:
        found = [problem for rule in RULES for problem in rule(questionnaire)]
    name = file or f"{questionnaire.name}.toml"
    return [replace(problem, file=name) for problem in found]


__all__ = ["RULES", "Problem", "check"]
