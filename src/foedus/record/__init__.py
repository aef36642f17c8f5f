"""The track record: real pacts whose end is known, plain baselines, and scores."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.record.models import MODELS, Fitted, fit, predict
    from foedus.record.panels import Panel, PanelError
    from foedus.record.scoring.rolling import rolling
    from foedus.record.scoring.score import Score, score
    from foedus.record.tasks import TASKS, Task

__all__ = [
    "MODELS",
    "TASKS",
    "Fitted",
    "Panel",
    "PanelError",
    "Score",
    "Task",
    "fit",
    "predict",
    "rolling",
    "score",
]

_HOMES = {
    "MODELS": "foedus.record.models",
    "TASKS": "foedus.record.tasks",
    "Fitted": "foedus.record.models",
    "Panel": "foedus.record.panels",
    "PanelError": "foedus.record.panels",
    "Score": "foedus.record.scoring.score",
    "Task": "foedus.record.tasks",
    "fit": "foedus.record.models",
    "predict": "foedus.record.models",
    "rolling": "foedus.record.scoring.rolling",
    "score": "foedus.record.scoring.score",
}


def __getattr__(name: str) -> Any:
    # imported when first used: the forecast log needs none of the models
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'foedus.record' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
