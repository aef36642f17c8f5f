"""What decision makers say they prefer becomes utilities, draw by draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Quantity
from foedus.case.tree import Place, dotted
from foedus.lenses.stability.coding.feasible import TooLargeError
from foedus.lenses.stability.coding.form import Form
from foedus.lenses.stability.coding.formulas import Atom
from foedus.lenses.stability.coding.orders import order
from foedus.lenses.stability.coding.statements import Statement
from foedus.lenses.stability.conflict import Bools, Floats, Ints
from foedus.lenses.stability.model import Preference, Stability, StabilityError

DIGITS = 12
"""Sums of worth that agree in so many digits are equal: 0.1 + 0.2 is 0.3."""
BLOCK = 1 << 14
"""So many states are summed together, so that their truth values stay in the cache."""
WIDEST = 1 << 62


@dataclass(frozen=True)
class _Told:
    """What one decision maker says, and the draws of it."""

    preference: Preference
    form: Form
    place: Place
    values: Mapping[str, Floats]
    draws: int

    def drawn(self, quantity: Quantity, *place: str) -> Floats:
        """Every draw of a quantity; its mode where nothing was drawn."""
        drawn = self.values.get(dotted(("stability", *self.place, *place)))
        return np.full(self.draws, quantity.mode) if drawn is None else np.asarray(drawn)


def utilities(section: Stability, form: Form, values: Mapping[str, Floats] | None = None) -> Floats:
    """What every state is worth to every decision maker in every draw, `(P, N, S)`.

    `values` are draws `(P,)` by path (`stability.preferences…`); without any, one draw with every
    quantity at its mode. Raises StabilityError for preferences that do not fit the states.
    """
    values = values or {}
    draws = next((len(drawn) for drawn in values.values()), 1)
    out = np.empty((draws, len(form.dms), form.states))
    for i, dm in enumerate(form.dms):
        if dm not in section.preferences:
            raise StabilityError(("preferences",), f"{dm} can choose, but has no preferences")
        out[:, i] = worth(section, form, dm, values, draws)
    return out


def worth(
    section: Stability,
    form: Form,
    dm: str,
    values: Mapping[str, Floats] | None = None,
    draws: int = 1,
) -> Floats:
    """What every state is worth to one decision maker: `(P, S)`, or `(S,)` for all draws alike.

    Raises StabilityError.
    """
    preference = section.preferences[dm]
    told = _Told(preference, form, ("preferences", dm), values or {}, draws)
    return _WAYS[preference.way](told)


def _ranking(told: _Told) -> Floats:
    assert told.preference.ranking is not None
    levels = [tied if isinstance(tied, tuple) else (tied,) for tied in told.preference.ranking]
    place = (*told.place, "ranking")
    found: dict[int, float] = {}
    for number, tied in enumerate(levels):
        for name in tied:
            state = told.form.find(name, (*place, number))
            if state in found:
                raise StabilityError((*place, number), f"the state {name} stands twice")
            found[state] = float(len(levels) - number)
    return _of_all(found, told.form, place)


def _of_all(found: Mapping[int, float], form: Form, place: Place) -> Floats:
    """The numbers as an array. Raises StabilityError that names the states that have none."""
    _complete(found, form, place)
    return np.array([found[s] for s in range(form.states)])


def _complete(found: Mapping[int, object], form: Form, place: Place) -> None:
    absent = [s for s in range(form.states) if s not in found]
    if absent:
        more = ", …" if len(absent) > 8 else ""
        shown = ", ".join(_called(form, s) for s in absent[:8])
        raise StabilityError(place, f"misses {len(absent)} of {form.states} states: {shown}{more}")


def _called(form: Form, state: int) -> str:
    if form.codes is None:
        return str(form.ids[state])
    return f"{form.ids[state]} ({form.labels.get(state) or form.pattern(int(form.codes[state]))})"


def _payoffs(told: _Told) -> Floats:
    place = (*told.place, "payoffs")
    found: dict[int, Floats] = {}
    for name, payoff in told.preference.payoffs.items():
        state = told.form.find(name, (*place, name))
        if state in found:
            raise StabilityError((*place, name), f"the state {name} stands twice")
        found[state] = told.drawn(payoff, "payoffs", name)
    _complete(found, told.form, place)
    return np.stack([found[s] for s in range(told.form.states)], axis=1)


def _order(told: _Told) -> Floats:
    assert told.preference.order is not None
    chains = order(told.preference.order, told.form, (*told.place, "order"))
    return chains.level.astype(np.float64)


def _terms(told: _Told) -> Floats:
    """The sum of what is worth something and true."""
    counted = list(_counted(told))
    states = told.form.states
    if not counted:
        return np.zeros(states)
    worths = np.stack([drawn for _, _, drawn in counted], axis=1)
    most = np.maximum(np.abs(worths).sum(axis=1, keepdims=True), 1e-200)
    unit = 10.0 ** (DIGITS - np.ceil(np.log10(most)))
    sums = np.empty((told.draws, states))
    for first in range(0, states, BLOCK):
        part = slice(first, first + BLOCK)
        true = np.stack([told.form.truth(said, place, part) for said, place, _ in counted])
        sums[:, part] = np.rint(worths @ true.astype(np.float64) * unit) / unit
    return sums


def _counted(told: _Told) -> Iterator[tuple[Statement, Place, Floats]]:
    """Every statement that counts, where it stands, and the draws of its worth."""
    atoms = told.form.atoms
    for name, weight in told.preference.weights.items():
        place = (*told.place, "weights", name)
        if not (weight.fixed and weight.mode == 0):
            said = Statement(name, Atom(atoms.index(name)))
            yield said, place, told.drawn(weight, "weights", name)
    for name, term in told.preference.terms.items():
        place = (*told.place, "terms", name, "when")
        if not (term.worth.fixed and term.worth.mode == 0):
            said = told.form.statement(term.when, place)
            yield said, place, told.drawn(term.worth, "terms", name, "worth")


def _wishes(told: _Told) -> Floats:
    """Dense ranks of the states, the wishes of most weight compared first.

    States in which the same wishes are true are ranked together, and draws that put the wishes in
    the same order are too.
    """
    said = told.preference.statements
    form = told.form
    kind, kinds = np.zeros(form.states, np.int64), 1
    read = []
    for name, wish in said.items():
        place = (*told.place, "statements", name, "when")
        read.append((form.statement(wish.when, place), place))
        kind, kinds = _dense(kind * 2 + form.truth(*read[-1]), 2 * kinds)
    example = np.empty(kinds, np.int64)
    example[kind] = np.arange(form.states)
    table = np.stack([form.truth(*one, example) for one in read])
    priorities = np.stack(
        [
            np.full(told.draws, float(place))
            if wish.priority is None
            else told.drawn(wish.priority, "statements", name, "priority")
            for place, (name, wish) in enumerate(said.items(), start=1)
        ],
        axis=1,
    )
    before = (priorities[:, None, :] < priorities[:, :, None]).sum(axis=2)
    orders, which = np.unique(before, axis=0, return_inverse=True)
    ranks = np.stack([_ranks(table, levels) for levels in orders]).astype(np.float64)
    if len(orders) == 1:
        return ranks[0][kind]
    return ranks[which.ravel()][:, kind]


def _ranks(table: Bools, levels: Ints) -> Ints:
    """Ranks of the columns: by how many wishes of the lowest level are true, then of the next."""
    rank, ranks = np.zeros(table.shape[1], np.int64), 1
    for level in np.unique(levels):
        group = table[levels == level]
        rank = rank * (len(group) + 1) + group.sum(axis=0)
        ranks *= len(group) + 1
        if ranks > WIDEST // (len(levels) + 1):
            rank, ranks = _dense(rank, ranks)
    return _dense(rank, ranks)[0]


def _dense(keys: Ints, span: int) -> tuple[Ints, int]:
    """Keys below `span` as ranks 0, 1, 2, … without gaps, and how many ranks there are."""
    if span > 4 * keys.size + 64:
        kept, ranks = np.unique(keys, return_inverse=True)
        return ranks.astype(np.int64), kept.size
    seen = np.zeros(span, np.bool_)
    seen[keys] = True
    rank = np.cumsum(seen) - 1
    return rank[keys], int(rank[-1]) + 1


_WAYS: dict[str, Callable[[_Told], Floats]] = {
    "ranking": _ranking,
    "order": _order,
    "statements": _wishes,
    "terms": _terms,
    "payoffs": _payoffs,
}


def unknown_pairs(section: Stability, form: Form) -> Bools | None:
    """Between which states is it not known what someone prefers? `(N, S, S)`, None if nowhere said.

    Raises StabilityError and TooLargeError.
    """
    asked = [p.order is not None or bool(p.unknown) for p in section.preferences.values()]
    if not any(asked):
        return None
    pairs = _no_pairs(form)
    for i, dm in enumerate(form.dms):
        preference = section.preferences.get(dm)
        if preference is None:
            continue
        place: Place = ("preferences", dm)
        if preference.order is not None:
            known = order(preference.order, form, (*place, "order"))
            pairs[i] = ~(known.better | known.better.T | known.alike)
        for name, doubt in preference.unknown.items():
            here, there = (*place, "unknown", name, "between"), (*place, "unknown", name, "and")
            one = form.truth(form.statement(doubt.between, here), here)
            other = form.truth(form.statement(doubt.and_, there), there)
            pairs[i] |= np.outer(one, other) | np.outer(other, one)
        np.fill_diagonal(pairs[i], False)
    return pairs if pairs.any() else None


def much_pairs(
    section: Stability, form: Form, utility: Floats, values: Mapping[str, float]
) -> Bools | None:
    """Which states does someone much prefer to which? `(N, S, S)`, None if nowhere said.

    Raises StabilityError and TooLargeError.
    """
    if not any(_speaks_of_strength(p) for p in section.preferences.values()):
        return None
    pairs = _no_pairs(form)
    for i, dm in enumerate(form.dms):
        preference = section.preferences.get(dm)
        if preference is not None and preference.order is not None:
            pairs[i] = order(preference.order, form, ("preferences", dm, "order")).much
        elif preference is not None and preference.much_above is not None:
            least = values.get(f"stability.preferences.{dm}.much_above", preference.much_above.mode)
            close = least * (1 - 1e-9)
            pairs[i] = utility[i][None, :] - utility[i][:, None] >= close
    return pairs


def _speaks_of_strength(preference: Preference) -> bool:
    chains: Sequence[str] = preference.order or ()
    return preference.much_above is not None or any(">>" in chain for chain in chains)


def _no_pairs(form: Form) -> Bools:
    n, states = len(form.dms), form.states
    if n * states * states > form.limit:
        what = "pairs of states of which something is unknown or much preferred"
        raise TooLargeError(states, n * states * states, form.limit, what)
    return np.zeros((n, states, states), np.bool_)
