"""The way out: a questionnaire of ours → rows of a .lss file."""
