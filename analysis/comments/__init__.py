"""Comments in people's own words, once others have read them; knows no response."""

from analysis.comments.coding import Agreement, agreement

__all__ = ["Agreement", "agreement"]
