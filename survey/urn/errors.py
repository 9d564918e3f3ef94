"""What can go wrong at the urn, for its callers; knows no page and no wording."""

from __future__ import annotations

from survey.storage.errors import StorageError, StoreUnavailable


class LaneBusy(StoreUnavailable):
    """Another process kept the lane for longer than the deadline."""


class KeyMissing(StoreUnavailable):
    """A key that a box or a code needs is not there or not the right one.

    Nothing is destroyed; ``survey repair`` says what is lost.
    """


class KeyExposed(StoreUnavailable):
    """A key file can be read by others than the owner."""


class SurveyClosed(StorageError):
    """The survey does not take codes or answers in its present state."""


class CeilingReached(StorageError):
    """No more spare codes today; somebody may be collecting them."""


class CodesCollide(StorageError):
    """A new code equals one that somebody may hold: none of them is kept."""


class TooLarge(StorageError):
    """An answer does not fit into the one size all answers are padded to."""


class BallotError(ValueError):
    """An answer does not have the columns of the survey: a fault of the caller."""


class KeysMisplaced(StoreUnavailable):
    """The folder of the keys is where overwriting would not destroy a key."""
