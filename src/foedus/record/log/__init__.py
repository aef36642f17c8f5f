"""The forecast log: dated forecasts, what came of them, and how good they were."""

from foedus.record.log.entry import Chance, Forecast, Judgement, Resolution
from foedus.record.log.errors import LogError
from foedus.record.log.file import add, read, resolve
from foedus.record.log.reading import Log

__all__ = [
    "Chance",
    "Forecast",
    "Judgement",
    "Log",
    "LogError",
    "Resolution",
    "add",
    "read",
    "resolve",
]
