"""From a reading to evidence items that a person can accept into a case."""

from foedus.reading.proposing.proposal import DRAFT, Bearing, NewSource, Proposal
from foedus.reading.proposing.proposals import proposals

__all__ = ["DRAFT", "Bearing", "NewSource", "Proposal", "proposals"]
