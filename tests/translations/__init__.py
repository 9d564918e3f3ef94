"""The gate every released language passes."""
