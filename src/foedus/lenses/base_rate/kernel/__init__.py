"""Rates of classes: shrinkage, drift of the era, and survival with exits that come together."""

from foedus.lenses.base_rate.kernel.frailty import joint_chance, together, yearly_force
from foedus.lenses.base_rate.kernel.shrinkage import (
    Shrunk,
    concentration,
    log_odds,
    narrowed,
)
from foedus.lenses.base_rate.kernel.survival import survive

__all__ = [
    "Shrunk",
    "concentration",
    "joint_chance",
    "log_odds",
    "narrowed",
    "survive",
    "together",
    "yearly_force",
]
