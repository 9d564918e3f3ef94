"""Numbered, forward-only changes of the main database's structure."""
