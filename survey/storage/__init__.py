"""The only place that speaks SQL; knows no request, no page and no urn key."""
