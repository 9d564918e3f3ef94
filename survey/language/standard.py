"""Words that stand for something a questionnaire has not worded itself."""

from survey.language.speaking import N_

DONT_KNOW = N_("Don't know")
PREFER_NOT = N_("Prefer not to say")
OTHER = N_("Other")
