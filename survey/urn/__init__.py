"""The sealed urn: codes, boxes, keys, release. Knows no web framework."""

from survey.storage.shapes import Shape, shape_of
from survey.urn.ballot import Ballot, Comment
from survey.urn.batch import Verdict
from survey.urn.closing import Closed, Outcome, WhenFew
from survey.urn.codes import draft_mark
from survey.urn.release import Released
from survey.urn.repair import Repaired
from survey.urn.sheets import Entered, Entering
from survey.urn.urn import CodeState, Status, Urn

__all__ = [
    "Ballot",
    "Closed",
    "CodeState",
    "Comment",
    "Entered",
    "Entering",
    "Outcome",
    "Released",
    "Repaired",
    "Shape",
    "Status",
    "Urn",
    "Verdict",
    "WhenFew",
    "draft_mark",
    "shape_of",
]
