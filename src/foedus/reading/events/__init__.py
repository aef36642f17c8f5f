"""Events: who did what to whom, in PLOVER's types; signed dyads; PLOVER JSON and CSV."""

from foedus.reading.events.dyads import Dyad, dyads, to_csv
from foedus.reading.events.finding import events
from foedus.reading.events.plover import PloverError, from_plover, to_plover
from foedus.reading.events.types import SIGNS, TYPES

__all__ = [
    "SIGNS",
    "TYPES",
    "Dyad",
    "PloverError",
    "dyads",
    "events",
    "from_plover",
    "to_csv",
    "to_plover",
]
