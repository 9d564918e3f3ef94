"""What may be written to a log, and the one place every line goes through.

Knows no request, no setting and no survey.
"""

from survey.logs.error import kind_of, kinds_of, place_of, places
from survey.logs.gate import Gate
from survey.logs.lines import LINES, Line
from survey.logs.process import take_over

__all__ = [
    "LINES",
    "Gate",
    "Line",
    "kind_of",
    "kinds_of",
    "place_of",
    "places",
    "take_over",
]
