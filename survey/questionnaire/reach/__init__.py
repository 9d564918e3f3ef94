"""Whether a question can ever be asked: decided by trying the answers that matter.

Nothing is guessed: what cannot be decided within bounds is said to be unknown.
"""

from survey.questionnaire.reach.search import Search

__all__ = ["Search"]
