"""What keeps a backup from being made or restored, in words for an operator."""

from __future__ import annotations

from survey.storage.errors import StorageError


class BackupError(StorageError):
    """A backup cannot be made or restored; the message says why and what to do."""


class WrongPassphrase(BackupError):
    """The sealed part does not open with this passphrase."""
