"""What becomes of settings of a question that nothing has asked for.

Knows LimeSurvey's settings by name; what the types of question use, they have
claimed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.authoring.limesurvey.ledger import Ledger
from survey.authoring.limesurvey.structure import Asked, Attribute

_OFF = frozenset({"", "0", "N", "none", "normal", "default", "inherit"})
_LOOKS = "It is about how the question looks; questions look alike here."
_STATISTICS = "It is about LimeSurvey's own statistics."
_TIME = "There is no time limit here, as nobody is rushed."
_CHECKS = "This check does not fit the kind of question it became."
_ORDER = "The order is that of the file, in every language."
_RANDOM = "Questions keep their order: orders at random are for options only."
_OWN_WORDS = "Own words stand last, beside the options, and are never required."
_FILTER = "This question has no parts that could be filtered."
_PLACE = "Places on a map are not asked here."
_FILES = "Files are not taken here."

_REASONS = {
    _LOOKS: """
        answer_width answer_width_bycolumn array_filter_style
        bootstrap_buttons category_separator choice_title choice_title
        clear_default crop_or_resize cssclass display_columns display_rows
        display_type dropdown_dates dropdown_dates_minute_step
        dropdown_dates_month_style dropdown_prefix dropdown_prepostfix
        dropdown_separators dropdown_size hide_tip horizontal_scroll
        input_boxes input_size keep_aspect label_input_columns
        multiflexible_checkbox multiflexible_step num_value_int_only page_break
        placeholder prefix printable_help rank_title removetext
        repeat_headings reverse samechoiceheight samelistheight show_comment
        show_grand_total show_title show_totals showpopups slider_accuracy
        slider_custom_handle slider_default slider_default_set slider_handle
        slider_layout slider_max slider_middlestart slider_min
        slider_orientation slider_rating slider_reset slider_reversed
        slider_separator slider_showminmax text_input_columns text_input_width
        thousands_separator use_dropdown use_image_dimensions
        value_range_allows_missing em_validation_sq_tip
    """,
    _STATISTICS: """
        assessment_value public_statistics save_as_default scale_export
        statistics_graphtype statistics_showgraph statistics_showmap
    """,
    _TIME: """
        time_limit time_limit_action time_limit_countdown_message
        time_limit_disable_next time_limit_disable_prev time_limit_message
        time_limit_message_delay time_limit_message_style
        time_limit_timer_style time_limit_warning time_limit_warning_2
        time_limit_warning_2_display_time time_limit_warning_2_message
        time_limit_warning_2_style time_limit_warning_display_time
        time_limit_warning_message time_limit_warning_style
    """,
    _CHECKS: """
        date_format date_max date_min em_validation_q em_validation_q_tip
        em_validation_sq equals_num_value max_answers max_num_value
        max_num_value_n max_num_value_sgqa maximum_chars max_subquestions
        min_answers min_num_value min_num_value_n min_num_value_sgqa
        multiflexible_max multiflexible_min num_value_equals_sgqa numbers_only
        other_numbers_only nosubmit
    """,
    _ORDER: """
        alphasort answer_order answer_order_fixed keep_codes_order random_order
        subquestion_order
    """,
    _RANDOM: "random_group",
    _OWN_WORDS: """
        exclude_all_others_auto other_comment_mandatory other_position
        other_position_code
    """,
    _FILTER: "array_filter array_filter_exclude",
    _PLACE: """
        location_city location_country location_defaultcoordinates
        location_mapheight location_mapservice location_mapwidth
        location_mapzoom location_nodefaultfromip location_postal
        location_state
    """,
    _FILES: "allowed_filetypes max_filesize max_num_of_files min_num_of_files",
}
_REASON_OF = {
    name: reason for reason, names in _REASONS.items() for name in names.split()
}
_USUAL = {
    "assessment_value": "1",
    "display_columns": "1",
    "location_mapheight": "300",
    "location_mapwidth": "500",
    "location_mapzoom": "11",
    "max_filesize": "10240",
    "max_num_of_files": "1",
    "other_position": "end",
    "show_totals": "X",
    "slider_separator": "|",
    "statistics_showgraph": "1",
    "time_limit_action": "1",
}
_VALUE = re.compile(r"\s+")
_SHOWN = 40


def settle(asked: Asked, ledger: Ledger) -> None:
    """A verdict for every setting that has none yet."""
    for attribute in asked.attributes:
        if not ledger.is_judged(attribute.row):
            _judge(attribute, ledger)


def _judge(attribute: Attribute, ledger: Ledger) -> None:
    usual = _USUAL.get(attribute.name, "")
    value = attribute.value
    if value in _OFF or value == usual:
        ledger.take(attribute.row)
        return
    known = _REASON_OF.get(attribute.name)
    shown = _VALUE.sub(" ", value)[:_SHOWN]
    reason = known or f"The setting {attribute.name} is not known here."
    ledger.refuse(attribute.row, f"{reason} It says {shown!r}.")


def hindrances(asked: Asked) -> Iterator[str]:
    """Settings under which a question cannot be taken at all."""
    if asked.value("hidden") == "1" and asked.type != "*":
        yield (
            "It is hidden in LimeSurvey: its answer would come from an address or "
            "a default, not from a person."
        )
