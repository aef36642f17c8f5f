"""Who and what a text names: actors of the case, states, people, organisations, places."""

from foedus.reading.mentions.mentioning import mentions
from foedus.reading.mentions.names import Names

__all__ = ["Names", "mentions"]
