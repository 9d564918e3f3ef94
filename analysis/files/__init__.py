"""Tables for people in the formats their programs read; all behind the gate."""
