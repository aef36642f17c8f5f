"""The graph model once more: slow, plain sets, straight from the definitions, to test the lens by.

A model is who can move where and who prefers what; every concept is its sentence written out.
Nothing here is shared with the lens. States and decision makers are numbers from 0; a concept is
`nash`, `gmr`, `smr`, `seq` or `sim`, for coalitions `cnash`, `cgmr`, `csmr` or `cseq`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, permutations, product

CONCEPTS = ("nash", "gmr", "smr", "seq", "sim")
COALITION_CONCEPTS = ("cnash", "cgmr", "csmr", "cseq")
READINGS = ("a", "b", "c", "d")

Compares = Callable[[int, int, int], bool]
"""(i, s, t): what decision maker i thinks of t as seen from s."""


@dataclass(frozen=True, eq=False)
class Model:
    """Plain data of a conflict.

    `moves[i][s]`: where i can move from s. `utility[i][s]`: the more, the better. `codes[s]`: the
    options chosen, as bits, if there are any. `unknown` has (i, s, t) and (i, t, s) where it is not
    known which i prefers, whatever the utilities say; `much` has (i, s, t) where i much prefers t
    to s.
    """

    moves: Sequence[Sequence[frozenset[int]]]
    utility: Sequence[Sequence[float]]
    codes: Sequence[int] | None = None
    unknown: frozenset[tuple[int, int, int]] = frozenset()
    much: frozenset[tuple[int, int, int]] = frozenset()

    @property
    def dms(self) -> range:
        return range(len(self.utility))

    @property
    def states(self) -> range:
        return range(len(self.utility[0]))

    def unsure(self, i: int, s: int, t: int) -> bool:
        return (i, s, t) in self.unknown

    def better(self, i: int, s: int, t: int) -> bool:
        """It is known that i prefers t to s."""
        return self.utility[i][t] > self.utility[i][s] and not self.unsure(i, s, t)

    def not_better(self, i: int, s: int, t: int) -> bool:
        """It is known that i does not prefer t to s."""
        return self.utility[i][t] <= self.utility[i][s] and not self.unsure(i, s, t)

    def much_worse(self, i: int, s: int, t: int) -> bool:
        return (i, t, s) in self.much

    def others(self, group: Iterable[int]) -> tuple[int, ...]:
        return tuple(i for i in self.dms if i not in set(group))


def option_moves(
    codes: Sequence[int], owners: Sequence[int], directions: Sequence[str], dms: int
) -> list[list[frozenset[int]]]:
    """Every change of one's own options to another feasible state that the directions allow."""

    def may(i: int, s: int, t: int) -> bool:
        for o, (owner, direction) in enumerate(zip(owners, directions, strict=True)):
            old, new = s >> o & 1, t >> o & 1
            if old != new and (owner != i or direction == ("backward", "forward")[old]):
                return False
        return s != t

    return [
        [frozenset(t for t, b in enumerate(codes) if may(i, a, b)) for a in codes]
        for i in range(dms)
    ]


def perceiving(m: Model, blind: Sequence[Iterable[int]]) -> Model:
    """Nobody moves from or to a state it does not perceive."""
    return replace(
        m,
        moves=[
            [frozenset() if s in unseen else row - unseen for s, row in enumerate(rows)]
            for rows, unseen in zip(m.moves, map(frozenset, blind), strict=True)
        ],
    )


def any_move(j: int, a: int, b: int) -> bool:
    """Legal sequences of moves whatever the movers think of them."""
    return True


def reach(m: Model, group: Iterable[int], s: int, step: Compares = any_move) -> set[int]:
    """R_H(s): ends of legal sequences of moves by members of H, none twice in a row.

    With `step`, every move must be so for its mover, seen from where the move starts. The state s
    itself is left out even if a sequence comes back to it: that answers nothing. Only reading c of
    unknown preferences would notice.
    """
    movers = tuple(group)
    seen: set[tuple[int, int]] = set()  # a state and who moved last
    todo = [(s, -1)]
    while todo:
        here, last = todo.pop()
        for j in movers:
            if j != last:
                new = {(t, j) for t in m.moves[j][here] if step(j, here, t)} - seen
                seen |= new
                todo += new
    return {t for t, _ in seen} - {s}


@lru_cache(maxsize=64)
def reaches(m: Model, group: tuple[int, ...]) -> list[set[int]]:
    """R_H(s) for every s."""
    return [reach(m, group, s) for s in m.states]


# What one decision maker can live with ------------------------------------------------------------


def stable_by(
    m: Model,
    i: int,
    concept: str,
    incentive: Compares,
    sanction: Compares,
    reply: Compares,
    asked: Iterable[int] | None = None,
) -> set[int]:
    """The states (of those asked for) that are stable for i, all three comparisons being given.

    `incentive`: i would like to move there; `sanction`: there the move was not worth it; `reply`:
    another would make this move (SEQ).
    """

    @cache
    def replies(s1: int) -> set[int]:
        return reach(m, m.others([i]), s1, reply if concept == "seq" else any_move)

    def met(s: int, s1: int) -> bool:
        """Whether some reply to i's move from s to s1 deters it."""
        if concept == "nash":
            return False
        return any(
            sanction(i, s, s2)
            and (concept != "smr" or all(sanction(i, s, s3) for s3 in m.moves[i][s2]))
            for s2 in (together(m, i, s, s1, reply) if concept == "sim" else replies(s1))
        )

    return {
        s
        for s in (m.states if asked is None else asked)
        if all(met(s, s1) for s1 in m.moves[i][s] if incentive(i, s, s1))
    }


def together(m: Model, i: int, s: int, s1: int, reply: Compares) -> set[int]:
    """SIM: where the others can lead by improvements made at once with i's move from s to s1.

    Everybody else stays or changes its own options as in one of its improvements from s (not from
    s1, which it has not seen yet); what comes of it has to be feasible.
    """
    assert m.codes is not None
    place = {code: t for t, code in enumerate(m.codes)}
    now = m.codes[s]
    changes = [
        [0, *(m.codes[t] ^ now for t in m.moves[j][s] if reply(j, s, t))] for j in m.others([i])
    ]
    out = set()
    for chosen in product(*changes):
        code = m.codes[s1]
        for change in chosen:
            code ^= change
        if code in place:
            out.add(place[code])
    return out


def stable(m: Model, i: int, concept: str, asked: Iterable[int] | None = None) -> set[int]:
    """The states stable for i, preferences being known. A sanction is "not better": ties count."""
    return stable_by(m, i, concept, m.better, m.not_better, m.better, asked)


def equilibria(m: Model, concept: str) -> set[int]:
    return set.intersection(*(stable(m, i, concept) for i in m.dms))


# Unknown preferences and strength -----------------------------------------------------------------
# Li, Hamouda, Kilgour & Hipel 2004; Hamouda, Kilgour & Hipel 2004; Xu, Hipel, Kilgour & Chen 2010.
# Of these papers only abstracts were at hand. Confirmed: that there are four readings (abstract of
# 2004), and that with strength the replies are legal sequences of mild or strong improvements
# (a later paper, IJERPH 15(2) 393, 2018). From memory, not confirmed: what each reading counts,
# replies R^{+,U} in SEQ in all four, that a strong sanction is much worse (c, d: or unknown).


def reading_stable(
    m: Model, i: int, concept: str, reading: str, strongly: bool = False
) -> set[int]:
    """Stable for i, or strongly stable, with unknown preferences in one of four readings.

    | reading | unknown is an incentive | unknown is a sanction |
    |---|---|---|
    | a | yes | no |
    | b | no | no |
    | c | yes | yes |
    | d | no | yes |

    Another's reply in SEQ is a move it prefers or of which that is not known, whatever the reading.
    """

    def tempting(i: int, s: int, t: int) -> bool:
        return m.better(i, s, t) or (reading in "ac" and m.unsure(i, s, t))

    def deterring(i: int, s: int, t: int) -> bool:
        sure = m.much_worse if strongly else m.not_better
        return sure(i, s, t) or (reading in "cd" and m.unsure(i, s, t))

    def possible(j: int, s: int, t: int) -> bool:
        return m.better(j, s, t) or m.unsure(j, s, t)

    return stable_by(m, i, concept, tempting, deterring, possible)


def strongly_stable(m: Model, i: int, concept: str) -> set[int]:
    """Every improvement, mild or strong, is met by what is much worse; Nash is strong anyway."""
    return stable_by(m, i, concept, m.better, m.much_worse, m.better)


def weakly_stable(m: Model, i: int, concept: str) -> set[int]:
    """Stable, but not strongly."""
    return stable(m, i, concept) - strongly_stable(m, i, concept)


# Coalitions ---------------------------------------------------------------------------------------


def coalitions(group: Iterable[int]) -> list[tuple[int, ...]]:
    """Every non-empty subset."""
    members = tuple(group)
    return [h for size in range(1, len(members) + 1) for h in combinations(members, size)]


def joint_improvements(m: Model, group: tuple[int, ...], s: int) -> set[int]:
    """What H can reach from s and every member prefers to s, though not each step on the way."""
    return {t for t in reaches(m, group)[s] if all(m.better(k, s, t) for k in group)}


def joint_replies(m: Model, group: Iterable[int]) -> list[set[int]]:
    """By state: ends of successive joint improvements of subcoalitions, none twice in a row."""
    parts = {h: [joint_improvements(m, h, s) for s in m.states] for h in coalitions(group)}

    def ends(s: int) -> set[int]:
        seen: set[tuple[int, tuple[int, ...]]] = set()
        todo: list[tuple[int, tuple[int, ...]]] = [(s, ())]
        while todo:
            here, last = todo.pop()
            for h in parts:
                if h != last:
                    new = {(t, h) for t in parts[h][here]} - seen
                    seen |= new
                    todo += new
        return {t for t, _ in seen}

    return [ends(s) for s in m.states]


def coalition_stable(m: Model, group: Iterable[int], concept: str) -> set[int]:
    """The states stable for the coalition: a sanction is not better for at least one member."""
    members, others = tuple(group), m.others(group)
    own = reaches(m, members)
    replies = joint_replies(m, others) if concept == "cseq" else reaches(m, others)

    def deterred(s: int, t: int) -> bool:
        return any(m.not_better(k, s, t) for k in members)

    def met(s: int, s1: int) -> bool:
        return concept != "cnash" and any(
            deterred(s, s2) and (concept != "csmr" or all(deterred(s, s3) for s3 in own[s2]))
            for s2 in replies[s1]
        )

    tempting = [joint_improvements(m, members, s) for s in m.states]
    return {s for s in m.states if all(met(s, s1) for s1 in tempting[s])}


def universally_stable(m: Model, concept: str) -> set[int]:
    """The states stable for every non-empty coalition."""
    return set.intersection(*(coalition_stable(m, h, concept) for h in coalitions(m.dms)))


# Foresight ----------------------------------------------------------------------------------------


def farther(m: Model, i: int, ends: tuple[list[int], list[int]]) -> tuple[list[int], list[int]]:
    """One more move of foresight: where it ends if i moves next, and if the others do, by state.

    The others act as one coalition C, which moves to t in R_C(s). Whoever stays ends the conflict
    there, and moves only to an end better than staying, for C better for each member. Of those i
    takes its best, among equals what is worst for the others in turn. C takes, of what no other
    choice dominates for its members, the worst for i, among equals the best for its members in
    turn. Two decision makers: each its best, among equals the worst for the other.
    """
    u, rest = m.utility, m.others([i])
    mine, theirs = [], []
    for s in m.states:
        wanted = {ends[1][t] for t in m.moves[i][s] if u[i][ends[1][t]] > u[i][s]}
        order = [(-u[i][e], *(u[k][e] for k in rest), e) for e in wanted]
        mine.append(int(min(order)[-1]) if order else s)

        ahead = {ends[0][t] for t in reaches(m, rest)[s]}
        wanted = {e for e in ahead if all(u[k][e] > u[k][s] for k in rest)}
        order = [
            (u[i][e], *(-u[k][e] for k in rest), e)
            for e in wanted
            if not any(
                all(u[k][f] >= u[k][e] for k in rest) and any(u[k][f] > u[k][e] for k in rest)
                for f in wanted
            )
        ]
        theirs.append(int(min(order)[-1]) if order else s)
    return mine, theirs


def limited_move_stable(m: Model, i: int, horizon: int) -> set[int]:
    """L_h (Kilgour 1985; Fang, Hipel & Kilgour 1993): i stays, foreseeing so many moves.

    For more than two decision makers the others are one cooperating coalition, see `farther`.
    """
    ends = (list(m.states), list(m.states))
    for _ in range(horizon):
        ends = farther(m, i, ends)
    return {s for s in m.states if ends[0][s] == s}


def non_myopically_stable(m: Model, i: int) -> set[int]:
    """Stable for every horizon from some horizon on.

    The ends at one horizon follow from those at the one before, so they come round again; stable
    for ever is stable all round.
    """
    ends = (list(m.states), list(m.states))
    seen: list[tuple[list[int], list[int]]] = []
    while ends not in seen:
        seen.append(ends)
        ends = farther(m, i, ends)
    cycle = seen[seen.index(ends) :]
    return {s for s in m.states if all(mine[s] == s for mine, _ in cycle)}


# Inverse ------------------------------------------------------------------------------------------


def rankings_that_hold(m: Model, i: int, s: int, concept: str) -> int:
    """How many strict rankings of i, the others' preferences fixed, make s stable for i."""
    count = 0
    for ranks in permutations(m.states):
        utility = [list(ranks) if j == i else row for j, row in enumerate(m.utility)]
        count += s in stable(replace(m, utility=utility), i, concept, [s])
    return count
