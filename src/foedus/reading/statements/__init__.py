"""What a text says that binds or divides: commitments, blame, theses, stakes and aims."""

from foedus.reading.statements.blame import blame
from foedus.reading.statements.commitments import commitments
from foedus.reading.statements.stakes import stakes
from foedus.reading.statements.theses import theses

__all__ = ["blame", "commitments", "stakes", "theses"]
