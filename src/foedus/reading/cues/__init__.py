"""How sure a text sounds, and on which condition: its words of doubt, with what they govern."""

from foedus.reading.cues.find import cues
from foedus.reading.cues.scope import Scopes, scope

__all__ = ["Scopes", "cues", "scope"]
