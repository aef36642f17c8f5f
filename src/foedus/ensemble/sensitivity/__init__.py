"""Which quantities drive an outcome: sensitivity indices from given draws, with intervals."""

from foedus.ensemble.sensitivity.analysis import sensitivity
from foedus.ensemble.sensitivity.answers import (
    ColumnIndices,
    GroupIndices,
    Index,
    Noise,
    Sensitivity,
)
from foedus.ensemble.sensitivity.swing import Swing, swings

__all__ = [
    "ColumnIndices",
    "GroupIndices",
    "Index",
    "Noise",
    "Sensitivity",
    "Swing",
    "sensitivity",
    "swings",
]
