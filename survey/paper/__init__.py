"""Paper questionnaires typed in by the office: read, checked, compared.

Knows the questionnaire and tables of strangers; no urn, no page, no wording.
"""

from survey.paper.columns import TypedColumn, columns_of
from survey.paper.comparing import Difference, differences
from survey.paper.stack import MOST_SHEETS, PaperError, Sheet, Stack, read
from survey.paper.template import template
from survey.paper.walking import Walked, walk

__all__ = [
    "MOST_SHEETS",
    "Difference",
    "PaperError",
    "Sheet",
    "Stack",
    "TypedColumn",
    "Walked",
    "columns_of",
    "differences",
    "read",
    "template",
    "walk",
]
