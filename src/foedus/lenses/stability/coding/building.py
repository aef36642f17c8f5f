"""A section becomes a graph model: first its states and moves, then, with utilities, a conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.coding.feasible import (
    DEFAULT_LIMIT,
    ContradictionError,
    Rules,
    TooLargeError,
    factors,
)
from foedus.lenses.stability.coding.form import Form, understood
from foedus.lenses.stability.coding.preferences import much_pairs, unknown_pairs, utilities
from foedus.lenses.stability.coding.shape import shape_faults
from foedus.lenses.stability.conflict import Conflict, Floats, Ints, Moves, Option, option_arrays
from foedus.lenses.stability.kernel.arcs import most_moves, option_moves
from foedus.lenses.stability.model import Stability, StabilityError

__all__ = ["conflict", "form", "utilities"]

ARC_BYTES = 40
"""What a move takes at most while moves are written out."""


def form(
    section: Stability, names: Mapping[str, str] | None = None, limit: int = DEFAULT_LIMIT
) -> Form:
    """Find the states and moves of a section; `names` are what people call decision makers.

    Raises StabilityError at the first thing that is wrong, and TooLargeError when the utilities of
    all states, or moves that have to be written out, would take more than `limit` bytes.
    """
    for place, message in shape_faults(section):
        raise StabilityError(place, message)
    if not section.options and not section.states:
        raise StabilityError(("options",), "there is none; a graph model needs options or states")
    dms = section.decision_makers
    called = tuple((names or {}).get(dm, dm) for dm in dms)
    if section.states:
        found = _graph(section, Form(dms, called, section.atoms, limit=limit))
    else:
        found = _option_form(section, Form(dms, called, section.atoms, limit=limit))
        if section.banned or section.coalesce or section.blind:
            found = replace(found, moves=_written_out(found))
    if section.banned or section.blind:
        found = _restricted(section, found)
    if section.coalesce:
        found = _merged(section, found)
    found = replace(found, status_quo=_status_quo(section, found))
    if section.holds_when is not None:
        place = ("holds_when",)
        holds = found.truth(found.statement(section.holds_when, place), place)
        found = replace(found, holds=holds)
    return found


def conflict(
    section: Stability,
    form: Form,
    utility: Floats,
    values: Mapping[str, float] | None = None,
    title: str = "",
) -> Conflict:
    """The conflict with these utilities, `(N, S)`: one draw of `utilities`.

    What is unknown or much preferred is written out only if the section speaks of it; `values` is
    the draw, by path, for thresholds that are uncertain. Raises StabilityError and TooLargeError.
    """
    unknown = unknown_pairs(section, form)
    much = much_pairs(section, form, utility, values or {})
    if unknown is not None and much is not None:
        much &= ~unknown
    return Conflict(
        form.dms,
        utility,
        form.options,
        form.codes,
        form.moves,
        form.ids,
        form.status_quo,
        unknown,
        much,
        title,
    )


def _option_form(section: Stability, empty: Form) -> Form:
    options = tuple(
        Option(name, empty.dms.index(choice.by), choice.direction, choice.says or "")
        for name, choice in section.options.items()
    )
    rules = rules_of(section)
    try:
        codes = factors(len(options), rules, empty.limit, len(empty.dms)).codes()
    except ContradictionError as error:
        raise StabilityError(("feasible", error.rules[0]), str(error)) from None
    ids = range(1, codes.size + 1)
    return replace(empty, options=options, codes=codes, ids=ids, rules=rules)


def rules_of(section: Stability) -> Rules:
    """What is true in every feasible state, by the entry that says so. Raises StabilityError."""
    rules = {}
    for name, rule in section.feasible.items():
        if rule.always is not None:
            place = ("feasible", name, "always")
            rules[name] = understood(rule.always, section.atoms, "option", place)
        elif rule.never is not None:
            place = ("feasible", name, "never")
            rules[name] = understood(rule.never, section.atoms, "option", place).denied()
    return rules


def _graph(section: Stability, empty: Form) -> Form:
    ids = tuple(section.states)
    needs = 8 * len(ids) * len(empty.dms)
    if needs > empty.limit:
        raise TooLargeError(len(ids), needs, empty.limit, "the utilities")
    places = {name: s for s, name in enumerate(ids)}
    table = [
        {places[s]: [places[t] for t in there] for s, there in section.moves.get(dm, {}).items()}
        for dm in empty.dms
    ]
    labels = {places[name]: state.says for name, state in section.states.items() if state.says}
    return replace(empty, moves=Moves.of(table, len(ids)), ids=ids, labels=labels)


def _written_out(form: Form) -> Moves:
    """All moves that the options allow, if they are not too many."""
    assert form.codes is not None
    owner, direction = option_arrays(form.options)
    arcs = most_moves(form.codes, owner, len(form.dms))
    if ARC_BYTES * arcs > form.limit:
        what = f"{arcs:,} moves, written out because some are banned or states count as one,"
        raise TooLargeError(form.states, ARC_BYTES * arcs, form.limit, what)
    return Moves(*option_moves(form.codes, owner, direction, len(form.dms)))


def _arcs(moves: Moves, i: int) -> tuple[slice, Ints]:
    """Where the moves of a decision maker stand, and the state each starts from."""
    first = moves.first[i]
    source = np.repeat(np.arange(first.size - 1), np.diff(first))
    return slice(int(first[0]), int(first[-1])), source


def _restricted(section: Stability, form: Form) -> Form:
    """Without banned moves, and without those to and from states that the mover does not see."""
    assert form.moves is not None
    keep = np.ones(form.moves.to.size, np.bool_)
    bans = []
    for name, ban in section.banned.items():
        before, after = ("banned", name, "from"), ("banned", name, "to")
        start = form.truth(form.statement(ban.from_, before), before)
        end = form.truth(form.statement(ban.to, after), after)
        bans.append((ban.by or form.dms, start, end))
    for i, dm in enumerate(form.dms):
        rows, source = _arcs(form.moves, i)
        target = form.moves.to[rows]
        for by, start, end in bans:
            if dm in by:
                keep[rows] &= ~(start[source] & end[target])
        if dm in section.blind:
            place = ("blind", dm, "when")
            unseen = form.truth(form.statement(section.blind[dm].when, place), place)
            keep[rows] &= ~(unseen[source] | unseen[target])
    return replace(form, moves=form.moves.without(keep))


def _merged(section: Stability, form: Form) -> Form:
    """States that count as one made one: it can move wherever one of its members can."""
    assert form.codes is not None
    assert form.moves is not None
    leader = np.arange(form.states)
    by: dict[int, str] = {}
    for name, merge in section.coalesce.items():
        place = ("coalesce", name, "when")
        members = np.flatnonzero(form.truth(form.statement(merge.when, place), place))
        if not members.size:
            raise StabilityError(place, "is true in no feasible state")
        for other in by:
            both = members[leader[members] == other]
            if both.size:
                shared = form.pattern(int(form.codes[both[0]]))
                raise StabilityError(place, f"{shared} already counts as {by[other]!r}")
        leader[members] = members[0]
        by[int(members[0])] = name
    kept, new = np.unique(leader, return_inverse=True)
    named = {name: int(new[first]) for first, name in by.items()}
    return replace(
        form,
        codes=form.codes[kept],
        moves=_between(form.moves, new.astype(np.int64), kept.size),
        ids=range(1, kept.size + 1),
        labels={s: section.coalesce[name].says or name for name, s in named.items()},
        named=named,
        merged={s: form.codes[new == s] for s in named.values()},
    )


def _between(moves: Moves, new: Ints, states: int) -> Moves:
    """The moves between the states that old ones have become."""
    n = moves.first.shape[0]
    first = np.zeros((n, states + 1), np.int64)
    parts: list[NDArray[np.int32]] = []
    for i in range(n):
        rows, source = _arcs(moves, i)
        start, end = new[source], new[moves.to[rows]]
        pairs = np.unique(start[start != end] * states + end[start != end])
        begun = sum(part.size for part in parts)
        first[i] = begun + np.searchsorted(pairs, np.arange(states + 1) * states)
        parts.append((pairs % states).astype(np.int32))
    return Moves(first, np.concatenate(parts))


def _status_quo(section: Stability, form: Form) -> int | None:
    said = section.status_quo
    if said is None:
        return None
    if not isinstance(said, tuple):
        return form.find(said, ("status_quo",))
    code = 0
    for place, name in enumerate(said):
        statement = form.statement(name, ("status_quo", place))
        code |= statement.mentions
    return form.of_code(code, ("status_quo",))
