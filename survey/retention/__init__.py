"""Deletes what has come of its day, and proves it. Knows no page."""

from survey.retention.acts import Deleted, Planned, plan, run

__all__ = ["Deleted", "Planned", "plan", "run"]
