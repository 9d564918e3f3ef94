"""The instance of tests/urn, for those who attack it."""

from tests.urn.conftest import founded, moment, place, urn

__all__ = ["founded", "moment", "place", "urn"]
