from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.lenses.dependence.game import GameError, Hedonic
from foedus.lenses.dependence.hedonic import (
    NOTIONS,
    additively_separable,
    masks_of,
    stability,
    stable_partitions,
)
from foedus.lenses.dependence.kernel.hedonic import deviations, stable
from foedus.lenses.dependence.kernel.hedonic_all import BIT, survey
from foedus.lenses.dependence.kernel.partitions import blocks_of, growth
from foedus.lenses.dependence.moving import path

BELL = [1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147, 115975]
LETTERS = "abcdefghijklmnopqrst"


def separable(values: object) -> Hedonic:
    table = np.array(values, np.float64)
    return Hedonic(tuple(LETTERS[: table.shape[0]]), additively_separable(table))


def whole(n: int, entries: st.SearchStrategy[int]) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.int64, (n, n), elements=entries)


FEW = st.integers(-2, 2)
TABLES = st.integers(2, 5).flatmap(lambda n: whole(n, FEW))
UTILITIES = st.integers(1, 4).flatmap(lambda n: arrays(np.int64, (n, 1 << n), elements=FEW))


# An oracle in plain sets


class Oracle:
    """Stability straight from the definitions, on frozen sets."""

    def __init__(self, utility: np.ndarray, blocks: list[int]) -> None:
        self.utility, self.n = utility, utility.shape[0]
        self.sets = [self.as_set(block) for block in blocks]

    def as_set(self, mask: int) -> frozenset[int]:
        return frozenset(i for i in range(self.n) if mask >> i & 1)

    def u(self, i: int, group: frozenset[int]) -> float:
        return float(self.utility[i, sum(1 << j for j in group)])

    def home(self, i: int) -> frozenset[int]:
        return next(group for group in self.sets if i in group)

    def moves(self) -> Iterator[tuple[int, frozenset[int], frozenset[int]]]:
        for i in range(self.n):
            for there in [*self.sets, frozenset[int]()]:
                new = there | {i}
                if there != self.home(i) and self.u(i, new) > self.u(i, self.home(i)):
                    yield i, there, new

    def holds(self) -> dict[str, bool]:
        moves = list(self.moves())
        welcome = [
            (i, there, new)
            for i, there, new in moves
            if all(self.u(j, new) >= self.u(j, there) for j in there)
        ]
        free = [
            i
            for i, _, _ in welcome
            if all(
                self.u(j, self.home(i) - {i}) >= self.u(j, self.home(i)) for j in self.home(i) - {i}
            )
        ]
        groups = [self.as_set(mask) for mask in range(1, 1 << self.n)]
        changes = [[self.u(i, group) - self.u(i, self.home(i)) for i in group] for group in groups]
        return {
            "individually_rational": all(there for _, there, _ in moves),
            "nash": not moves,
            "individual": not welcome,
            "contractual": not free,
            "core": not any(min(change) > 0 for change in changes),
            "strict_core": not any(min(c) >= 0 and max(c) > 0 for c in changes),
        }


def test_partitions_are_as_many_as_bell_says() -> None:
    for n in range(1, 11):
        strings = growth(n)
        assert strings.shape == (BELL[n], n)
    known = [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1], [0, 1, 2]]
    np.testing.assert_array_equal(growth(3), known)
    np.testing.assert_array_equal(
        blocks_of(growth(3)), [[7, 0, 0], [3, 4, 0], [5, 2, 0], [1, 6, 0], [1, 2, 4]]
    )


def test_partitions_are_all_different_and_cover_everybody() -> None:
    blocks = blocks_of(growth(6))
    assert len({tuple(row) for row in blocks}) == BELL[6]
    assert (blocks.sum(axis=1) == 63).all()
    assert (np.bitwise_or.reduce(blocks, axis=1) == 63).all()


@given(UTILITIES)
@settings(max_examples=60, deadline=None)
def test_every_partition_is_judged_as_the_definitions_say(utility: np.ndarray) -> None:
    found = survey(utility.astype(np.float64))
    for blocks, code in zip(blocks_of(found.strings), found.codes, strict=True):
        masks = [int(block) for block in blocks if block]
        known = Oracle(utility, masks).holds()
        assert {name: not code & bit for name, bit in BIT.items()} == known
        one = stable(utility.astype(np.float64), masks)
        assert {name: bool(holds) for name, holds in one.items()} == known


@given(UTILITIES)
@settings(max_examples=40, deadline=None)
def test_notions_imply_each_other_as_in_the_literature(utility: np.ndarray) -> None:
    bad = survey(utility.astype(np.float64)).codes
    held = {name: bad & bit == 0 for name, bit in BIT.items()}
    chains = ["nash individual contractual", "individual individually_rational",
              "strict_core core individually_rational", "strict_core individual"]  # fmt: skip
    for chain in chains:
        for one, other in itertools.pairwise(chain.split()):
            assert (held[other] | ~held[one]).all(), (one, other)


def test_many_games_are_judged_as_each_alone_whatever_stands_beside() -> None:
    utility = np.random.default_rng(3).integers(-2, 3, (40, 4, 16)).astype(np.float64)
    together = stable(utility, (0b0011, 0b1100))
    for notion in NOTIONS:
        assert 0 < together[notion].sum() < 40 or notion == "contractual"
        parts = [stable(utility[k], (0b0011, 0b1100))[notion] for k in range(40)]
        np.testing.assert_array_equal(together[notion], parts)
    halves = deviations(utility[7:9], (0b0011, 0b1100)).gain
    assert halves.tobytes() == deviations(utility, (0b0011, 0b1100)).gain[7:9].tobytes()


# Theorems


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_symmetric_values_leave_a_nash_stable_partition_that_has_most(table: np.ndarray) -> None:
    """Bogomolnaia and Jackson 2002: the partition with the greatest sum is one."""
    game = separable(table + table.T)
    every = stable_partitions(game)
    partitions = [every.partition(string) for string in every.survey.strings]
    totals = [sum(stability(game, each).utility.values()) for each in partitions]
    best = partitions[int(np.argmax(totals))]
    holds = stability(game, best).holds
    assert holds["nash"]
    assert best in every.listed("nash")


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_paths_of_symmetric_games_come_to_rest(table: np.ndarray) -> None:
    game = separable(table + table.T)
    found = path(game, [[member] for member in game.members])
    assert found.ended == "stable"
    assert stability(game, found.end).holds["nash"]


@given(st.integers(2, 5).flatmap(lambda n: arrays(np.bool_, (n, n))))
@settings(max_examples=60, deadline=None)
def test_friends_appreciation_leaves_a_partition_in_the_core(friends: np.ndarray) -> None:
    """Dimitrov, Borm, Hendrickx and Sung 2006: a friend is worth n, anybody else -1."""
    n = friends.shape[0]
    every = stable_partitions(separable(np.where(friends, n, -1)))
    assert every.count("strict_core") > 0
    strong = _strong_components(friends)
    assert strong in [set(map(frozenset, each)) for each in every.listed("strict_core")]


def _strong_components(friends: np.ndarray) -> set[frozenset[str]]:
    n = friends.shape[0]
    reach = friends | np.eye(n, dtype=bool)
    for _ in range(n):
        reach = reach | (reach[:, :, None] & reach[None]).any(axis=1)
    both = reach & reach.T
    return {frozenset(LETTERS[j] for j in range(n) if both[i, j]) for i in range(n)}


@given(st.integers(2, 5).flatmap(lambda n: arrays(np.bool_, (n, n))))
@settings(max_examples=60, deadline=None)
def test_enemies_aversion_leaves_a_partition_in_the_core(friends: np.ndarray) -> None:
    """The same paper: a friend is worth 1, anybody else -n."""
    n = friends.shape[0]
    assert stable_partitions(separable(np.where(friends, 1, -n))).count("core") > 0


def test_a_ring_of_pursuit_never_comes_to_rest() -> None:
    """Each would be with the next one, who cannot stand it: nobody lets anybody in."""
    game = separable([[0, 2, -3], [-3, 0, 2], [2, -3, 0]])
    every = stable_partitions(game)
    assert every.count("nash") == 0
    alone = (("a",), ("b",), ("c",))
    for notion in ("individually_rational", "individual", "core", "strict_core"):
        assert every.listed(notion) == (alone,)
    assert path(game, alone).ended == "cycle"
    assert path(game, alone, "individual").steps == ()


def test_a_ring_of_choice_has_an_empty_core() -> None:
    """Each would best be with the next, else with the one before, else alone, and not with both."""
    utility = np.full((3, 8), np.nan)
    likes = {0: (0b011, 0b101), 1: (0b110, 0b011), 2: (0b101, 0b110)}
    for i, (first, second) in likes.items():
        utility[i, [first, second, 1 << i, 0b111]] = 3.0, 2.0, 1.0, 0.0
    every = stable_partitions(Hedonic(("a", "b", "c"), utility))
    assert every.partitions == 5
    for notion in ("nash", "individual", "core", "strict_core"):
        assert every.count(notion) == 0, notion
    assert every.count("individually_rational") == 4
    assert every.count("contractual") == 3


# Reasons


def test_reasons_say_who_would_do_what() -> None:
    game = separable([[0, 5, 1], [-1, 0, 4], [2, 3, 0]])
    found = stability(game, [["a", "b"], ["c"]])
    assert found.utility == {"a": 5.0, "b": -1.0, "c": 0.0}
    alone = found.reasons["individually_rational"]
    assert alone is not None
    assert (alone.who, alone.joins, alone.gains) == (("b",), (), (1.0,))
    nash = found.reasons["nash"]
    # b would go over to c for 5, c would join both for 5 too; b comes first
    assert nash is not None
    assert (nash.who, nash.joins, nash.gains) == (("b",), ("c",), (5.0,))
    core = found.reasons["core"]
    assert core is not None
    assert (core.who, core.gains) == (("b", "c"), (5.0, 3.0))
    assert found.reasons["contractual"] is not None
    assert found.reasons["contractual"].who == ("c",)


def test_a_stable_partition_has_no_reasons() -> None:
    found = stability(separable([[0, 1], [1, 0]]), [["a", "b"]])
    assert found.holds == dict.fromkeys(NOTIONS, True)
    assert set(found.reasons.values()) == {None}


def test_a_weak_objection_needs_somebody_better_off() -> None:
    game = separable([[0, 0], [1, 0]])
    found = stability(game, [["a"], ["b"]])
    assert found.holds["core"]
    weak = found.reasons["strict_core"]
    assert weak is not None
    assert (weak.who, weak.gains) == (("a", "b"), (0.0, 1.0))


def test_rounding_makes_no_move() -> None:
    table = np.zeros((3, 3))
    table[0, 1], table[0, 2] = 0.1 + 0.2, 0.3
    assert table[0, 1] > table[0, 2]
    game = separable(table)
    assert stability(game, [["a", "c"], ["b"]]).holds["nash"] is True
    assert stability(game, [["a"], ["c"], ["b"]]).holds["nash"] is False


def test_units_and_names_do_not_matter() -> None:
    table = np.random.default_rng(5).integers(-3, 4, (5, 5))
    base = stable_partitions(separable(table))
    scaled = stable_partitions(separable(table * 1e7 / 3.0))
    np.testing.assert_array_equal(base.survey.codes, scaled.survey.codes)
    order = [3, 1, 4, 0, 2]
    moved = stable_partitions(separable(table[np.ix_(order, order)]))
    for notion in NOTIONS:
        renamed = {
            frozenset(frozenset(LETTERS[order[LETTERS.index(m)]] for m in s) for s in each)
            for each in moved.listed(notion)
        }
        assert renamed == {frozenset(map(frozenset, each)) for each in base.listed(notion)}


def test_values_add_up_over_a_set_and_the_diagonal_is_not_looked_at() -> None:
    values = np.arange(9.0).reshape(3, 3)
    found = additively_separable(values)
    assert found[0, 0b111] == 1.0 + 2.0
    assert found[2, 0b101] == 6.0
    assert found[1, 0b010] == 0.0
    assert np.isnan(found[0, 0b110])
    np.testing.assert_array_equal(additively_separable(np.stack([values, values]))[1], found)


# Paths


def test_a_path_tells_every_step() -> None:
    game = separable([[0, 1, -2], [1, 0, -2], [3, 3, 0]])
    found = path(game, [["a"], ["b"], ["c"]])
    assert [(step.who, step.joins, step.gain) for step in found.steps] == [
        ("c", ("a",), 3.0), ("a", ("b",), 3.0), ("c", ("a", "b"), 6.0), ("a", (), 1.0),
        ("b", ("a",), 3.0),
    ]  # fmt: skip
    assert [step.leaves for step in found.steps] == [(), ("c",), (), ("b", "c"), ("c",)]
    assert (found.ended, found.cycle) == ("cycle", 3)
    welcome = path(game, [["a"], ["b"], ["c"]], "individual")
    assert (welcome.ended, welcome.end) == ("stable", (("a", "b"), ("c",)))


@given(st.integers(2, 6).flatmap(lambda n: whole(n, FEW)))
@settings(max_examples=40, deadline=None)
def test_moves_that_nobody_minds_come_to_rest(table: np.ndarray) -> None:
    game = separable(table)
    found = path(game, [game.members], "contractual")
    assert found.ended == "stable"
    assert stability(game, found.end).holds["contractual"]


def test_large_games_have_a_path_but_no_list() -> None:
    table = np.random.default_rng(2).normal(size=(14, 14))
    game = separable(table + table.T)
    with pytest.raises(GameError, match="up to 10 members, not 14"):
        stable_partitions(game)
    found = path(game, [game.members])
    assert found.ended == "stable"
    assert stability(game, found.end).holds["nash"]


# What is refused


@pytest.mark.parametrize(
    ("partition", "said"),
    [
        ([["a", "b"]], "leaves out 'c'"),
        ([["a", "b"], ["b", "c"]], "names 'b' twice"),
        ([["a", "a", "b"], ["c"]], "names 'a' twice"),
        ([["a", "b"], ["d"]], "'d', who is no member"),
        ([["a", "b", "c"], []], "a set of the partition is empty"),
        ([], "leaves out 'a', 'b', 'c'"),
    ],
)
def test_partitions_that_are_none_are_refused(partition: list[list[str]], said: str) -> None:
    with pytest.raises(GameError, match=said):
        stability(separable(np.zeros((3, 3))), partition)


def test_a_path_of_another_kind_is_refused() -> None:
    with pytest.raises(GameError, match="not 'core'"):
        path(separable(np.zeros((2, 2))), [["a", "b"]], "core")
    with pytest.raises(ValueError, match="at most 10"):
        survey(np.zeros((11, 2048)))


def test_masks_follow_the_order_of_the_members() -> None:
    assert masks_of(("a", "b", "c"), [["c", "a"], ["b"]]) == (0b101, 0b010)


@pytest.mark.parametrize("kind", ["random", "indifferent"])
def test_all_partitions_of_ten_are_gone_through(kind: str) -> None:
    utility = np.zeros((10, 1024))
    if kind == "random":
        utility = np.random.default_rng(1).normal(size=utility.shape)
    assert survey(utility).codes.size == BELL[10]
