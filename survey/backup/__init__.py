"""One file that brings an instance back without weakening anybody's anonymity.

Knows no command line and no page; what travels is decided in
``survey.storage.travel`` and written down in docs/decisions/0043.
"""

from survey.backup.errors import BackupError, WrongPassphrase
from survey.backup.passphrase import Cost
from survey.backup.reading import Backup, opened
from survey.backup.restoring import Restored, restore
from survey.backup.saving import Saved, save

__all__ = [
    "Backup",
    "BackupError",
    "Cost",
    "Restored",
    "Saved",
    "WrongPassphrase",
    "opened",
    "restore",
    "save",
]
