"""The types of question LimeSurvey has; the only list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from survey.authoring.limesurvey.structure import Asked
from survey.authoring.limesurvey.taking import Block, Refused, Taking
from survey.authoring.limesurvey.types import (
    arrays,
    cells,
    choices,
    entries,
    several,
    without,
)

MOST_PARTS = 1000

Take = Callable[[Asked, Taking], list[Block]]

TYPES: Mapping[str, Take] = MappingProxyType(
    {
        "L": choices.listed,
        "!": choices.listed,
        "O": choices.with_comment,
        "5": choices.five_points,
        "Y": choices.yes_or_no,
        "G": choices.gender,
        "M": several.several,
        "P": several.with_comments,
        "R": several.ranking,
        "F": arrays.flexible,
        "H": arrays.flexible,
        "A": arrays.five_points,
        "B": arrays.ten_points,
        "C": arrays.yes_uncertain_no,
        "E": arrays.increase_same_decrease,
        "1": arrays.dual_scale,
        ":": cells.numbers,
        ";": cells.texts,
        "K": cells.numeric_rows,
        "Q": cells.text_rows,
        "N": entries.number,
        "S": entries.short,
        "T": entries.long,
        "U": entries.huge,
        "D": entries.date,
        "X": without.note,
        "*": without.calculated,
        "I": without.language_switch,
        "|": without.upload,
    }
)


def take(asked: Asked, taking: Taking) -> list[Block]:
    """Our questions for one of LimeSurvey's; raises ``Refused``."""
    count = len(asked.parts) + len(asked.answers)
    if count > MOST_PARTS:
        raise Refused(
            f"It has {count} answers and subquestions.",
            f"At most {MOST_PARTS} are taken: use several questions.",
        )
    found = TYPES.get(asked.type)
    if found is None:
        raise Refused(
            f"The type {asked.type!r} is not known here.",
            "Use another type of question in LimeSurvey.",
        )
    return found(asked, taking)
