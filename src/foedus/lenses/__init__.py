"""The lenses: each answers one question with one method."""
