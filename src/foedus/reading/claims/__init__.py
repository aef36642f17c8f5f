"""Who holds what through whom, and how far it may be believed."""

from foedus.reading.claims.find import claims
from foedus.reading.claims.rating import Suggested, suggestions

__all__ = ["Suggested", "claims", "suggestions"]
