"""Proper scores: what only an honest forecast does best at (Gneiting & Raftery 2007, JASA 102)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def log_losses(predicted: FloatArray, event: FloatArray) -> FloatArray:
    """How surprised each forecast was: −ln of the chance it gave to what happened, (n,).

    ``predicted`` are probabilities, ``event`` is 0 or 1, (n,) each. Infinite where what happened
    was called impossible (Good 1952, Rational decisions, JRSS B 14).
    """
    with np.errstate(divide="ignore"):
        return np.where(event == 1.0, -np.log(predicted), -np.log1p(-predicted))


def square_losses(predicted: FloatArray, event: FloatArray) -> FloatArray:
    """Squared distance of each probability from what happened, (n,)."""
    return (predicted - event) ** 2


def log_score(predicted: FloatArray, event: FloatArray) -> float:
    """The mean negative log likelihood, in nats a row; lower is better."""
    return float(log_losses(predicted, event).mean())


def brier_score(predicted: FloatArray, event: FloatArray) -> float:
    """The mean squared distance from what happened (Brier 1950); lower is better.

    Of a yes-or-no question it is the continuous ranked probability score as well.
    """
    return float(square_losses(predicted, event).mean())


def checked(predicted: npt.ArrayLike, rows: int) -> FloatArray:
    """Forecasts as an array, (rows,); ValueError if they are not as many probabilities."""
    values = np.asarray(predicted, dtype=np.float64)
    if values.shape != (rows,):
        raise ValueError(f"there should be {rows} forecasts, one a row, not {values.shape}")
    wrong = np.flatnonzero(~((values >= 0.0) & (values <= 1.0)))
    if wrong.size:
        k = int(wrong[0])
        raise ValueError(f"forecast {k + 1} is {values[k]}; it should be from 0 to 1")
    return values
