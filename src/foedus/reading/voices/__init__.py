"""Whose text is which stretch: author, editor, excerpt, headline, byline, caption."""

from foedus.reading.voices.voices import voices

__all__ = ["voices"]
