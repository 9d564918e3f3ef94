"""Sheets on paper: invitation letters, code slips, posters, reminder cards.

Knows codes only while a sheet is drawn and addresses of people never; what a town
wrote reaches a sheet as data, never as markup.
"""

from survey.letters.errors import LettersError
from survey.letters.invitation import Invitation, invitation

__all__ = ["Invitation", "LettersError", "invitation"]
