"""What a questionnaire is and does; knows the standard library and lark only."""
