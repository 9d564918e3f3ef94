"""What can go wrong with sheets, in sentences for the town hall."""

from __future__ import annotations


class LettersError(Exception):
    """A sheet cannot be made; the words say why and what to do."""
