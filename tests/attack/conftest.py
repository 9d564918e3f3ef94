"""The instance of tests/urn, for those who attack it."""

from tests.urn.conftest import founded, founded_on_server, moment, place, urn

__all__ = ["founded", "founded_on_server", "moment", "place", "urn"]
