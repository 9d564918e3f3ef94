"""Ways into and out of the model of a questionnaire; knows no web framework."""
