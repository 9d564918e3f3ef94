"""The re-identification check before the start, from register totals.

Pure: a questionnaire and the totals a planner types in; no answers, no files.
"""

from survey.questionnaire.register.assessment import (
    Assessment,
    Finding,
    Proposal,
    assess,
)
from survey.questionnaire.register.table import Register, RegisterError, empty
from survey.questionnaire.register.totals import read
from survey.questionnaire.register.variables import variables

__all__ = [
    "Assessment",
    "Finding",
    "Proposal",
    "Register",
    "RegisterError",
    "assess",
    "empty",
    "read",
    "variables",
]
