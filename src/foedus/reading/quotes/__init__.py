"""Who is quoted: direct, mixed, indirect and block quotations with their speakers."""

from foedus.reading.quotes.find import quotes

__all__ = ["quotes"]
