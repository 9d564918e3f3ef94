"""What makes a questionnaire usable: one function per rule, grouped by subject."""
