"""What can go wrong with the stores, as one family of exceptions.

Knows nothing of requests or of what residents are told about it.
"""

from __future__ import annotations


class StorageError(Exception):
    """Something about the stored data that a person has to put right."""


class StoreUnavailable(StorageError):
    """The store cannot be reached at the moment: full, locked, read-only, gone.

    Nothing was acknowledged and nothing is lost; the same request may be made
    again.
    """


class Overtaken(StoreUnavailable):
    """Another lane was faster; nothing was written and trying at once may help."""


class SurveyError(StorageError):
    """A survey cannot take the step asked for, for example opening it twice."""
