"""What an operator decides once: read from settings.toml and SURVEY_ variables.

Knows nothing of requests, of storage or of questionnaires.
"""

from survey.settings.model import DESCRIPTIONS, Problem, Settings, SettingsError
from survey.settings.reading import in_file, read
from survey.settings.writing import change, initialise

__all__ = [
    "DESCRIPTIONS",
    "Problem",
    "Settings",
    "SettingsError",
    "change",
    "in_file",
    "initialise",
    "read",
]
