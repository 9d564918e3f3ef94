"""One module per change; a missing package file would drop them from the wheel."""
