"""Formulas over options, and where they are true, or may be while some options are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Atom:
    """An option is chosen."""

    option: int


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true; true without parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part is true; false without parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """The first two parts are both true or both false, that and the third, and so on."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least and at most so many of the parts are true."""

    least: int
    most: int
    parts: tuple[Node, ...]


Node = Atom | Not | All | Some | Same | Count
Pair = tuple[Any, Any]
"""Where something may be true, and where it must be: one and the same if nothing is open."""
Chosen = Callable[[int], Pair]
"""Where each option is chosen."""


def evaluate(node: Node, chosen: Chosen) -> Pair:
    """Where may it be true, and where must it be? Scalars stand for all states.

    With open options this is Kleene's logic (1938): every mention is looked at by itself.
    """
    match node:
        case Atom(option):
            return chosen(option)
        case Not(part):
            may, must = evaluate(part, chosen)
            denied = np.logical_not(must)
            return denied, denied if may is must else np.logical_not(may)
        case All(parts):
            return _each(np.logical_and, [(True, True), *(evaluate(p, chosen) for p in parts)])
        case Some(parts):
            return _each(np.logical_or, [(False, False), *(evaluate(p, chosen) for p in parts)])
        case Same(parts):
            return reduce(_agree, (evaluate(part, chosen) for part in parts))
        case Count(least, most, parts):
            many, few = _each(np.add, [(_NONE, _NONE), *(evaluate(p, chosen) for p in parts)])
            may = (many >= least) & (few <= most)
            return may, may if many is few else (few >= least) & (many <= most)


_NONE = np.int16(0)


def _each(join: Callable[[Any, Any], Any], pairs: list[Pair]) -> Pair:
    """Join what may be and, where that differs, what must be."""
    may = reduce(join, (pair[0] for pair in pairs))
    if all(pair[0] is pair[1] for pair in pairs):
        return may, may
    return may, reduce(join, (pair[1] for pair in pairs))


def _agree(one: Pair, other: Pair) -> Pair:
    (high, low), (above, below) = one, other
    may = np.logical_or(np.logical_and(high, above), np.logical_not(np.logical_or(low, below)))
    if high is low and above is below:
        return may, may
    return may, np.logical_or(
        np.logical_and(low, below), np.logical_not(np.logical_or(high, above))
    )


def mentions(node: Node) -> int:
    """The options it speaks of, as the bits of a number."""
    match node:
        case Atom(option):
            return 1 << option
        case Not(part):
            return mentions(part)
        case All(parts) | Some(parts) | Same(parts) | Count(_, _, parts):
            mask = 0
            for part in parts:
                mask |= mentions(part)
            return mask
