"""The models there are, and which one each task is forecast by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from foedus.record.models.discounted import fit_discounted
from foedus.record.models.drifting import fit_age, fit_drifting, fit_still
from foedus.record.models.hierarchical import fit_hierarchical
from foedus.record.models.survival import fit_cox, fit_weibull
from foedus.record.panels import FloatArray, Panel


class Predictor(Protocol):
    """What a fitted model can do."""

    def predict(self, panel: Panel) -> FloatArray:
        """`(n,)` chances of the event, one a row."""

    def describe(self) -> dict[str, Any]:
        """What was fitted, as plain data."""


@dataclass(frozen=True, slots=True)
class Model:
    """A way to get chances from a training panel."""

    says: str
    fit: Callable[[Panel], Predictor]
    slow: bool = False
    """Whether it is too slow, or needs a library too heavy, to be fitted for every year."""


MODELS: Mapping[str, Model] = MappingProxyType({
    "drifting-hazard": Model("few covariates, shrunk, on a level that drifts", fit_drifting),
    "still-hazard": Model("the same covariates on a level that stays", fit_still),
    "drifting-age": Model("age alone on a level that drifts", fit_age),
    "class-rates": Model("rates of classes, drawn to wider ones", fit_hierarchical),
    "discounted-rate": Model("one rate that forgets", fit_discounted),
    "cox": Model("Cox's proportional hazards", fit_cox, slow=True),
    "weibull": Model("Weibull's accelerated lifetimes", fit_weibull, slow=True),
})  # fmt: skip
DEFAULT: Mapping[str, str] = MappingProxyType({
    "sponsor-exit": "drifting-hazard", "alliance-end": "drifting-hazard",
})  # fmt: skip
