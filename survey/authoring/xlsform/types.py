"""The column ``type`` of an XLSForm → what it asks for, or why it cannot be asked.

Knows no row beside the word in its type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_SELECTS: Mapping[str, str] = {
    "select_one": "select_one",
    "select_one_from": "select_one",
    "select1": "select_one",
    "add_select_one_prompt_using": "select_one",
    "select_one_external": "select_one",
    "select_multiple": "select_multiple",
    "select_multiple_from": "select_multiple",
    "select_all_that_apply": "select_multiple",
    "select_all_that_apply_from": "select_multiple",
    "add_select_multiple_prompt_using": "select_multiple",
    "select_multiple_external": "select_multiple",
    "select_one_from_file": "file",
    "select_multiple_from_file": "file",
    "rank": "rank",
}
PLAIN: Mapping[str, str] = {
    "string": "text",
    "text": "text",
    "integer": "integer",
    "int": "integer",
    "add_integer_prompt": "integer",
    "decimal": "decimal",
    "add_decimal_prompt": "decimal",
    "date": "date",
    "add_date_prompt": "date",
    "datetime": "datetime",
    "date_time": "datetime",
    "dateandtime": "datetime",
    "note": "note",
    "add_note_prompt": "note",
    "calculate": "calculate",
    "calculation": "calculate",
    "hidden": "hidden",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "range": "range",
    "add_text_prompt": "text",
}
_TRACKS = "No time, no device and no place is kept of anybody who answers."
_UPLOADS = "Nobody can send files: they would tell who sent them."
_PLACES = "No place on a map is asked: it would tell where somebody lives."
_REFUSED: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        [
            "start",
            "end",
            "today",
            "deviceid",
            "device_id",
            "imei",
            "subscriberid",
            "simserial",
            "phonenumber",
            "phone_number",
            "username",
            "email",
            "audit",
            "start_geopoint",
            "uri_deviceid",
            "get_today",
            "get_start_time",
            "get_end_time",
            "get_device_id",
            "get_phone_number",
            "get_sim_id",
            "get_subscriber_id",
            "last_saved",
        ],
        (_TRACKS, "Leave the row out."),
    ),
    **dict.fromkeys(
        ["geopoint", "geotrace", "geoshape", "gps", "location", "osm"],
        (_PLACES, "Ask for the part of the town with a select_one."),
    ),
    **dict.fromkeys(
        [
            "image",
            "photo",
            "audio",
            "video",
            "file",
            "signature",
            "add_image_prompt",
            "add_photo_prompt",
            "add_audio_prompt",
            "add_video_prompt",
            "add_file_prompt",
            "background_audio",
            "background_geopoint",
        ],
        (_UPLOADS, "Ask in words."),
    ),
    "barcode": (
        "Nothing can be scanned while answering.",
        "Ask for the number with an integer or a text.",
    ),
    "time": (
        "There is no question for a time of day.",
        "Ask with a select_one of times.",
    ),
    "csv_external": ("Lists in other files are not read.", "Put them into choices."),
    "xml_external": ("Lists in other files are not read.", "Put them into choices."),
    "entity": ("Entities are not kept.", "Leave the row out."),
}
_FROM_FILE = (
    "Its choices stand in another file, which is not read.",
    "Put them into the sheet choices.",
)
_FROM_ANSWERS = (
    "Its choices are answers from a repeat, and nothing is repeated.",
    "Write the choices into the sheet choices.",
)
_BLOCK = re.compile(r"(begin|end)[\s_]*(looped[\s_]group|lgroup|group|repeat|loop)")
_OTHER = re.compile(r"\s+or[\s_]+(?:specify[\s_]+)?other$", re.IGNORECASE)
_names = "|".join(sorted(_SELECTS, key=len, reverse=True)).replace("_", "[ _]")
_SELECT = re.compile(rf"({_names})\s+(\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Type:
    """``base`` is one of our words for it; ``list_name`` where it has choices.

    ``base``: select_one select_multiple rank text integer decimal date datetime note
    calculate hidden acknowledge range, begin_group end_group begin_repeat end_repeat.
    ``is_external``: the list stands in the sheet external_choices. ``refusal`` is
    reason and remedy when it cannot be asked.
    """

    base: str
    list_name: str = ""
    has_other: bool = False
    is_external: bool = False
    refusal: tuple[str, str] | None = None


def read(text: str) -> Type:
    """What a cell of the column type says."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    block = _BLOCK.fullmatch(plain.lower())
    if block:
        what = "group" if block[2] == "group" else "repeat"
        return Type(f"{block[1]}_{what}")
    select = _SELECT.fullmatch(plain)
    if select:
        word = _word(select[1])
        return _select(_SELECTS[word], select[2], is_external="external" in word)
    word = _word(plain)
    if word in PLAIN:
        return Type(PLAIN[word])
    if word in _REFUSED:
        return Type("", refusal=_REFUSED[word])
    if word in _SELECTS:
        return Type("", refusal=("No list of choices is named.", f"Write {word} LIST."))
    known = "select_one, select_multiple, rank, text, integer, decimal, date, note"
    return Type("", refusal=(f"There is no type {text!r}.", f"Use {known}."))


def _select(base: str, rest: str, *, is_external: bool) -> Type:
    has_other = _OTHER.search(rest) is not None
    list_name = _OTHER.sub("", rest).strip()
    if base == "file" or re.search(r"\.(csv|xml|geojson)$", list_name):
        return Type("", refusal=_FROM_FILE)
    if list_name.startswith("${"):
        return Type("", refusal=_FROM_ANSWERS)
    return Type(base, list_name, has_other, is_external)


def _word(text: str) -> str:
    return text.lower().replace("-", "_").replace(" ", "_")
