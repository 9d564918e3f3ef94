"""Make a data package of a table from elsewhere. Knows no statistic and no chart."""

from analysis.intake.taking_in import Survey, take_in

__all__ = ["Survey", "take_in"]
