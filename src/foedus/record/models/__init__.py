"""Models of how long ties last: fitted on one panel, asked about another."""

from foedus.record.models.fitting import Fitted, ModelError, fit, predict
from foedus.record.models.table import DEFAULT, MODELS, Model

__all__ = ["DEFAULT", "MODELS", "Fitted", "Model", "ModelError", "fit", "predict"]
