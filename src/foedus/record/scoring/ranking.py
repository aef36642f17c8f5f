"""Whether what happened was ranked above what did not: the area under the ROC curve."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CHUNK = 2_000_000
"""How many pairs are compared at once."""


def auc(predicted: FloatArray, event: FloatArray) -> float | None:
    """The chance that an event was given more than a non-event, ties counting half.

    The Mann–Whitney statistic (Hanley & McNeil 1982, Radiology 143). None where all rows have the
    same outcome. It says nothing of whether the probabilities are right, only of their order.
    """
    _, place = np.unique(predicted, return_inverse=True)
    yes, no = np.bincount(place, event), np.bincount(place, 1.0 - event)
    pairs = float(yes.sum() * no.sum())
    below = np.cumsum(no) - 0.5 * no
    return float((yes * below).sum()) / pairs if pairs > 0.0 else None


def resampled_auc(
    predicted: FloatArray, event: FloatArray, cluster: IntArray, times: FloatArray
) -> FloatArray:
    """The area where every cluster counts so many ``times``, (resamples, clusters): (resamples,).

    ``cluster`` are columns of ``times``, (n,). The area is a sum over pairs of an event and a
    non-event, and a pair counts as often as its two clusters multiplied, so all pairs are compared
    once and for all. NaN where a resample has but one outcome.
    """
    happened = event == 1.0
    rows = np.bincount(cluster, minlength=times.shape[1])
    yes = np.bincount(cluster, event, times.shape[1])
    pairs = (times @ yes) * (times @ (rows - yes))
    some = np.flatnonzero(yes)
    won = _won(predicted, happened, np.searchsorted(some, cluster), cluster, times.shape[1])
    above = ((times[:, some] @ won) * times).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(above / np.where(pairs > 0.0, pairs, np.nan))


def _won(
    predicted: FloatArray, happened: npt.NDArray[np.bool_], row: IntArray, column: IntArray,
    many: int,
) -> FloatArray:  # fmt: skip
    """How many pairs events of one cluster win over non-events of another, (clusters, many).

    Events stand in the ``row``, non-events in the ``column`` of their cluster, (n,) each.
    """
    order = np.argsort(column[~happened], kind="stable")
    others, whose = predicted[~happened][order], column[~happened][order]
    given, of = predicted[happened], row[happened]
    out = np.zeros((int(of.max(initial=-1)) + 1, many))
    if not others.size:
        return out
    starts = np.flatnonzero(np.r_[True, whose[1:] != whose[:-1]])
    few = max(1, CHUNK // others.size)
    for first in range(0, given.size, few):
        high = given[first : first + few, None]
        pairs = 0.5 * (high > others) + 0.5 * (high >= others)
        sums = np.add.reduceat(pairs, starts, axis=1)
        np.add.at(out, (of[first : first + few, None], whose[starts]), sums)
    return out
