"""A section becomes states, moves and utilities: against brute force, and published cases."""

from __future__ import annotations

import pickle
import time
from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.stability import solve
from foedus.lenses.stability.coding.building import conflict, form, utilities
from foedus.lenses.stability.coding.feasible import TooLargeError
from foedus.lenses.stability.coding.files import model_of
from foedus.lenses.stability.coding.form import Form
from foedus.lenses.stability.coding.statements import StatementError
from foedus.lenses.stability.model import Stability, StabilityError


def section_of(data: dict[str, Any]) -> Stability:
    return Stability.model_validate(data)


def options(*owners: str, direction: str = "both") -> dict[str, Any]:
    return {f"o{o + 1}": {"by": by, "direction": direction} for o, by in enumerate(owners)}


def ways_of(said: dict[str, Any], states: int = 8, **more: Any) -> tuple[Stability, Form]:
    """Three options of two decision makers, with the same preferences."""
    both = {"a": said, "b": said}
    section = section_of({"options": options("a", "a", "b"), "preferences": both, **more})
    built = form(section)
    assert built.states == states
    return section, built


def equilibria(section: Stability, concept: str) -> list[int | str]:
    built = form(section)
    model = conflict(section, built, utilities(section, built)[0])
    return [model.ids[s] for s in np.flatnonzero(solve(model).equilibria[concept])]


# --- feasible states


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_feasible_states_are_those_that_no_entry_rules_out(data: st.DataObject) -> None:
    letters = st.text("YN---", min_size=7, max_size=7)
    never = data.draw(st.lists(letters, max_size=4))
    few = data.draw(st.lists(st.sets(st.integers(1, 7), min_size=2, max_size=3), max_size=3))
    rules = {f"n{i}": {"never": f'"{pattern}"'} for i, pattern in enumerate(never)}
    for i, chosen in enumerate(few):
        rules[f"f{i}"] = {"always": f"at most 1 of ({', '.join(map(str, chosen))})"}
    section = section_of({"options": options(*"abcabca"), "feasible": rules})
    expected = [
        sum(1 << o for o in range(7) if bits[o])
        for bits in ([bool(code >> o & 1) for o in range(7)] for code in range(128))
        if not any(
            all(p == "-" or (p == "Y") == bit for p, bit in zip(pattern, bits, strict=True))
            for pattern in never
        )
        and all(sum(bits[o - 1] for o in chosen) <= 1 for chosen in few)
    ]
    if expected:
        codes = form(section).codes
        assert codes is not None
        assert codes.tolist() == expected
    else:
        with pytest.raises(StabilityError, match="no state is left"):
            form(section)


def test_many_options_are_few_states_where_entries_say_so() -> None:
    names = ", ".join(f"o{o}" for o in range(1, 41))
    section = section_of(
        {
            "options": options(*"ab" * 20),
            "feasible": {"one": {"always": f"at most 1 of ({names})"}},
        }
    )
    built = form(section)
    assert built.codes is not None
    assert built.codes.tolist() == [0, *(1 << o for o in range(40))]


def test_the_size_is_known_before_anything_is_written_out() -> None:
    begun = time.process_time()
    rules = {f"r{o}": {"never": f"{2 * o + 1} and {2 * o + 2}"} for o in range(20)}
    with pytest.raises(TooLargeError, match="rule out states, or raise the limit") as told:
        form(section_of({"options": options(*"ab" * 20), "feasible": rules}))
    assert told.value.states == 3**20
    assert told.value.bytes == 3**20 * 2 * 8
    assert f"{3**20:,} states" in str(told.value)
    with pytest.raises(TooLargeError) as told:
        form(section_of({"options": options(*"ab" * 31)}))
    assert told.value.states == 1 << 62
    odd = " iff ".join(f"o{o}" for o in range(1, 41))
    with pytest.raises(TooLargeError, match="more than"):
        form(section_of({"options": options(*"ab" * 20), "feasible": {"odd": {"always": odd}}}),
             limit=1 << 20)  # fmt: skip
    assert time.process_time() - begun < 2


def test_the_limit_is_in_bytes_of_utilities() -> None:
    section = section_of({"options": options(*"abab")})
    assert form(section, limit=16 * 2 * 8).states == 16
    with pytest.raises(TooLargeError, match="16 states: the utilities of 2 decision makers need"):
        form(section, limit=16 * 2 * 8 - 1)
    with pytest.raises(TooLargeError, match="moves, written out because some are banned"):
        form(section_of({"options": options(*"a" * 10), "banned": {
            "x": {"from": "true", "to": "o1"}}}), limit=1 << 20)  # fmt: skip


def test_four_million_states_are_quickly_there() -> None:
    section = section_of({"options": options(*"abcd" * 5, "a", "b")})
    begun = time.process_time()
    codes = form(section).codes
    assert codes is not None
    assert (codes == np.arange(1 << 22)).all()
    assert time.process_time() - begun < 2


def test_entries_that_contradict_each_other_are_named_alone() -> None:
    rules = {"x": {"never": "o3"}, "y": {"always": "o1"}, "z": {"never": "o1 or o2"}}
    with pytest.raises(StabilityError, match="'y', 'z' rule out every one") as told:
        form(section_of({"options": options(*"aab"), "feasible": rules}))
    assert told.value.place == ("feasible", "y")
    with pytest.raises(StabilityError, match="'x' rules out every one"):
        form(section_of({"options": options("a"), "feasible": {"x": {"always": "false"}}}))


# --- preferences


WISHES = ["o1", "not o2", "o1 iff o3", "o2 or o3", "true"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WISHES), st.integers(1, 3)), min_size=1, max_size=5))
def test_statements_compare_as_tuples_of_counts(wishes: list[tuple[str, int]]) -> None:
    said = {f"w{i}": {"when": when, "priority": p} for i, (when, p) in enumerate(wishes)}
    section, built = ways_of({"statements": said})
    truth = {
        "o1": lambda x, y, z: x, "not o2": lambda x, y, z: not y, "true": lambda x, y, z: True,
        "o1 iff o3": lambda x, y, z: x == z, "o2 or o3": lambda x, y, z: y or z,
    }  # fmt: skip
    keys = [
        tuple(
            sum(truth[when](*bits) for when, level in wishes if level == p)
            for p in sorted({level for _, level in wishes})
        )
        for bits in ([bool(code >> o & 1) for o in range(3)] for code in range(8))
    ]
    found = utilities(section, built)[0, 0]
    ranks = sorted(set(keys))
    assert found.tolist() == [ranks.index(key) for key in keys]


def test_priorities_drawn_give_an_order_per_draw() -> None:
    said = {"x": {"when": "o1"}, "y": {"when": "o2", "priority": {"mode": 3, "low": 0, "high": 3}}}
    section, built = ways_of({"statements": said})
    path = "stability.preferences.a.statements.y.priority"
    found = utilities(section, built, {path: np.array([3.0, 0.5, 1.0])})
    assert found.shape == (3, 2, 8)
    assert found[0, 0, :4].tolist() == [0, 2, 1, 3]
    assert found[1, 0, :4].tolist() == [0, 1, 2, 3]
    assert found[2, 0, :4].tolist() == [0, 1, 1, 2]
    assert (found[:, 1, :4] == [0, 2, 1, 3]).all()


def test_there_is_no_limit_on_the_number_of_statements() -> None:
    said = {f"w{i}": {"when": "o1" if i < 99 else "o2"} for i in range(100)}
    section, built = ways_of({"statements": said})
    assert utilities(section, built)[0, 0, :4].tolist() == [0, 2, 1, 3]
    tied = {name: {**wish, "priority": 1} for name, wish in said.items()}
    section, built = ways_of({"statements": tied})
    assert utilities(section, built)[0, 0, :4].tolist() == [0, 2, 1, 3]


def test_weights_and_terms_are_added_draw_by_draw() -> None:
    said = {
        "weights": {"o1": 1, "o3": {"mode": -1, "low": -2, "high": 0}},
        "terms": {"t": {"when": "o1 and o2", "worth": {"mode": 5, "low": 4, "high": 6}}},
    }
    section, built = ways_of(said)
    assert utilities(section, built)[0, 0].tolist() == [0, 1, 0, 6, -1, 0, -1, 5]
    drawn = {
        "stability.preferences.a.weights.o3": np.array([-0.5, -2.0]),
        "stability.preferences.a.terms.t.worth": np.array([4.0, 4.5]),
    }
    found = utilities(section, built, drawn)
    assert found[0, 0].tolist() == [0, 1, 0, 5, -0.5, 0.5, -0.5, 4.5]
    assert found[1, 0].tolist() == [0, 1, 0, 5.5, -2, -1, -2, 3.5]
    assert found[1, 1].tolist() == utilities(section, built)[0, 0].tolist()


def test_sums_that_are_equal_on_paper_are_equal() -> None:
    section, built = ways_of({"weights": {"o1": 0.1, "o2": 0.2, "o3": 0.3}})
    found = utilities(section, built)[0, 0]
    assert found.tolist() == [0, 0.1, 0.2, 0.3, 0.3, 0.4, 0.5, 0.6]
    section, built = ways_of({"weights": {"o1": 1e-9, "o2": 1e12}})
    assert len(set(utilities(section, built)[0, 0].tolist())) == 2
    section, built = ways_of({"weights": {"o1": 0}})
    assert utilities(section, built)[0, 0].tolist() == [0] * 8


def test_rankings_and_payoffs_name_states_by_id_or_pattern() -> None:
    ranking = [8, ["YNN", 3], "NNN", 4, "NNY", [6, 7]]
    section, built = ways_of({"ranking": ranking})
    assert utilities(section, built)[0, 0].tolist() == [4, 5, 5, 3, 2, 1, 1, 6]
    payoffs = {str(s): float(s % 3) for s in range(1, 8)} | {
        "YYY": {"mode": 0, "low": 0, "high": 9}
    }
    section, built = ways_of({"payoffs": payoffs})
    found = utilities(section, built, {"stability.preferences.b.payoffs.YYY": np.array([1.5, 7])})
    assert found[:, 1, 7].tolist() == [1.5, 7]
    assert found[:, 0].tolist() == [[1, 2, 0, 1, 2, 0, 1, 0]] * 2


def test_who_can_choose_but_prefers_nothing_is_named() -> None:
    section = section_of(
        {"options": options(*"ab"), "preferences": {"a": {"ranking": [1, 2, 3, 4]}}}
    )
    assert section.lacking() == ("stability.preferences.b",)
    with pytest.raises(StabilityError, match="preferences: b can choose, but has no preferences"):
        utilities(section, form(section))


def test_who_only_watches_has_utilities_and_no_moves() -> None:
    said = {"a": {"weights": {"o1": 1}}, "c": {"weights": {"o1": -1}}}
    section = section_of({"options": options("a"), "preferences": said})
    built = form(section, {"a": "Alba", "c": "Cleve", "d": "Dor"})
    assert built.dms == ("a", "c")
    assert built.names == ("Alba", "Cleve")
    model = conflict(section, built, utilities(section, built)[0])
    assert model.arcs.first[1].tolist() == [model.arcs.to.size] * 3
    assert equilibria(section, "nash") == [2]


# --- beyond crisp


def test_an_order_says_what_is_known_and_what_is_strong() -> None:
    section, built = ways_of(
        {"order": ["4 >> 3 ~ 2 > 1", "5 > 1"]}, 5, feasible={"x": {"never": "o3 and (o1 or o2)"}}
    )
    worth = utilities(section, built)[0]
    model = conflict(section, built, worth)
    assert model.unknown is not None
    assert model.much is not None
    unknown = {(s + 1, t + 1) for s, t in np.argwhere(model.unknown[0])}
    assert unknown == {(5, t) for t in (2, 3, 4)} | {(t, 5) for t in (2, 3, 4)}
    assert {(s + 1, t + 1) for s, t in np.argwhere(model.much[0])} == {(1, 4), (2, 4), (3, 4)}
    one, two, three, four, five = worth[0]
    assert four > three == two > one < five


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=3, unique=True), max_size=4))
def test_what_follows_from_chains(chains: list[list[int]]) -> None:
    said = {"order": ["1 > 2", *(" > ".join(map(str, chain)) for chain in chains)]}
    section = section_of({
        "options": options(*"aab"),
        "preferences": {"a": said, "b": said},
        "feasible": {"x": {"never": "o3 and (o1 or o2)"}},
    })  # fmt: skip
    built = form(section)
    pairs = {(1, 2)} | {pair for chain in chains for pair in pairwise(chain)}
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    if any(a == b for a, b in pairs):
        with pytest.raises(StabilityError, match=r"go in a circle: (\d) > .*\1"):
            utilities(section, built)
        return
    worth = utilities(section, built)[0]
    model = conflict(section, built, worth)
    assert model.much is None
    assert model.unknown is not None or len(pairs) == 10
    for a, b in permutations(range(1, 6), 2):
        known = (a, b) in pairs or (b, a) in pairs
        assert model.unknown is None or model.unknown[0, a - 1, b - 1] == (not known)
        if (a, b) in pairs:
            assert worth[0, a - 1] > worth[0, b - 1]


def test_a_circle_through_states_that_tie() -> None:
    section, built = ways_of({"order": ["1 > 2 ~ 3", "3 > 4 ~ 1"]})
    with pytest.raises(StabilityError, match="the preferences go in a circle: 3 > 4 ~ 1 > 2 ~ 3"):
        utilities(section, built)
    section, built = ways_of({"order": ["1 > 2 ~ 1"]})
    with pytest.raises(StabilityError, match="the preferences go in a circle: 1 > 2 ~ 1"):
        utilities(section, built)


def test_strength_and_doubt_are_written_out_only_when_asked_for() -> None:
    said = {"weights": {"o1": 1, "o2": 2}}
    section, built = ways_of(said)
    model = conflict(section, built, utilities(section, built)[0])
    assert model.unknown is None
    assert model.much is None
    doubt = {"unknown": {"x": {"between": "YN-", "and": "NY-"}}, "much_above": 2}
    section, built = ways_of({**said, **doubt})
    worth = utilities(section, built)[0]
    model = conflict(section, built, worth)
    assert model.unknown is not None
    assert model.much is not None
    for s, t in product(range(8), repeat=2):
        doubted = {s % 4, t % 4} == {1, 2}
        assert model.unknown[0, s, t] == doubted
        assert model.much[0, s, t] == (worth[0, t] - worth[0, s] >= 2)
    path = "stability.preferences.a.much_above"
    much = conflict(section, built, worth, {path: 3}).much
    assert much is not None
    assert much[0].sum() == 4
    assert much[1].sum() == model.much[1].sum()


# --- banned, blind and coalesced


def test_bans_take_moves_away() -> None:
    ban = {"x": {"from": "o1", "to": "not o1"}, "y": {"by": ["b"], "from": "true", "to": "NNY"}}
    _, built = ways_of({"weights": {"o1": 1}}, banned=ban)
    assert built.moves is not None
    rows = [[built.moves.row(i, s).tolist() for s in range(8)] for i in range(2)]
    for s, t in product(range(8), repeat=2):
        assert (t in rows[0][s]) == (s != t and s >> 2 == t >> 2 and not (s & 1 and not t & 1))
        assert (t in rows[1][s]) == (s ^ t == 4 and t != 4)


def test_states_that_count_as_one() -> None:
    war = {"war": {"when": "o1 and o3", "says": "General war"}}
    ranking = [1, 2, 3, 4, 5, "war", 7]
    section, built = ways_of({"ranking": ranking}, 7, coalesce=war, status_quo="YYY")
    assert built.codes is not None
    assert built.moves is not None
    assert built.codes.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert built.merged[5].tolist() == [5, 7]
    assert built.labels == {5: "General war"}
    assert built.status_quo == 5
    assert utilities(section, built)[0, 0].tolist() == [7, 6, 5, 4, 3, 2, 1]
    assert built.moves.row(1, 1).tolist() == [5]
    assert built.moves.row(1, 3).tolist() == [5]
    assert built.moves.row(1, 5).tolist() == [1, 3]
    assert built.moves.row(0, 5).tolist() == [4, 6]
    assert [built.find(name) for name in (6, "war", "YYY", "YNY", "Y-Y")] == [5] * 5


def test_preferences_agree_within_what_counts_as_one() -> None:
    war = {"war": {"when": "o1 and o3"}}
    for said, place in (
        ({"weights": {"o2": 1}}, ("weights", "o2")),
        ({"terms": {"t": {"when": "o2", "worth": 1}}}, ("terms", "t", "when")),
        ({"statements": {"w": {"when": "o2"}}}, ("statements", "w", "when")),
    ):
        section, built = ways_of(said, 7, coalesce=war)
        message = "is true in YYY and false in YNY, which count as one state \\(war\\)"
        with pytest.raises(StabilityError, match=message) as told:
            utilities(section, built)
        assert told.value.place == ("preferences", "a", *place)
    section, built = ways_of({"terms": {"t": {"when": "o2 and not o3", "worth": 1}},
                              "weights": {"o2": 0}}, 7, coalesce=war)  # fmt: skip
    assert utilities(section, built)[0, 0].tolist() == [0, 0, 1, 1, 0, 0, 0]
    with pytest.raises(StabilityError, match="holds_when: is true in YYY and false in YNY"):
        ways_of({"weights": {"o1": 1}}, 7, coalesce=war, holds_when="o2")


ELMIRA = """\
options:
  modify: {by: moe, direction: forward}
  delay: {by: uniroyal, direction: backward}
  accept: {by: uniroyal}
  abandon: {by: uniroyal, direction: forward}
  insist: {by: local}
feasible:
  one: {always: "exactly 1 of (delay, accept, abandon)"}
status_quo: [delay]
"""


def test_elmira_with_and_without_coalescing() -> None:
    """Elmira groundwater: Kilgour, Hipel & Fang; 12 states as in the guide to GMCR+ (2014)."""
    whole = (
        ELMIRA
        + """
preferences:
  moe: {ranking: [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]]}
  uniroyal: {ranking: [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8]}
  local: {ranking: [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]]}
"""
    )
    section = model_of(whole).section
    assert form(section).status_quo == 0
    assert equilibria(section, "seq") == [5, 6, 7, 10, 11, 12]
    merged = (
        ELMIRA
        + """
coalesce:
  gone: {when: abandon}
preferences:
  moe: {ranking: [8, 3, 4, 9, 6, 1, 2, 7, gone]}
  uniroyal: {ranking: [1, 4, 9, 6, gone, 2, 3, 8, 7]}
  local: {ranking: [8, 3, 6, 1, 9, 7, 4, 2, ---Y-]}
"""
    )
    section = model_of(merged).section
    assert form(section).states == 9
    assert equilibria(section, "seq") == [5, 6, 9]  # abandoned; and two of those above


SYRIA = {
    "options": {
        "release": {"by": "syria"}, "escalate": {"by": "syria"}, "attack": {"by": "iraq"}
    },
    "feasible": {"choice": {"never": "YY-"}},
    "preferences": {
        "syria": {"ranking": [1, 3, 6, 2, 4, 5]}, "iraq": {"ranking": [2, 4, 6, 1, 5, 3]}
    },
}  # fmt: skip
BLIND = {"syria": {"when": "YN-"}, "iraq": {"when": "not release and not escalate"}}


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sim"])
def test_who_does_not_see_a_state_moves_neither_to_nor_from_it(concept: str) -> None:
    """Syria and Iraq in 1975, with and without misperception, as GMCR+ has it (`SI_misp`)."""
    crisp = {"nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sim": [6]}
    assert equilibria(section_of(SYRIA), concept) == crisp[concept]
    assert equilibria(section_of({**SYRIA, "blind": BLIND}), concept) == [1, 2, 6]


def test_a_bare_graph() -> None:
    section = section_of(
        {
            "states": {"peace": {"says": "Peace"}, "war": {}, "truce": {}},
            "moves": {"n": {"peace": ["war", "truce"], "war": ["truce"]}},
            "banned": {"x": {"from": "peace", "to": "truce"}},
            "preferences": {"n": {"terms": {"t": {"when": "war or truce", "worth": 2}}}},
            "status_quo": "peace",
            "holds_when": "not war",
        }
    )
    built = form(section)
    assert built.moves is not None
    assert built.codes is None
    assert list(built.ids) == ["peace", "war", "truce"]
    assert built.labels == {0: "Peace"}
    assert built.status_quo == 0
    assert built.holds is not None
    assert built.holds.tolist() == [True, False, True]
    assert [built.moves.row(0, s).tolist() for s in range(3)] == [[1], [2], []]
    assert utilities(section, built)[0].tolist() == [[0, 2, 2]]
    assert equilibria(section, "nash") == ["war", "truce"]


def test_errors_cross_processes() -> None:
    for error in (
        StabilityError(("feasible", "x"), "is wrong"),
        StatementError("is wrong", 7),
        TooLargeError(9, 72, 8, "the utilities"),
    ):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        assert error.bad_input


def test_what_cannot_be_built_says_where() -> None:
    with pytest.raises(StabilityError, match=r"stability\.options: there is none"):
        form(Stability())
    with pytest.raises(
        StabilityError, match=r"feasible\.x\.never: column 1: there is no option 'z'"
    ):
        form(section_of({"options": options("a"), "feasible": {"x": {"never": "z"}}}))
    with pytest.raises(StabilityError, match="status_quo: YN is not feasible because of feasible"):
        form(section_of({"options": options(*"ab"), "feasible": {"x": {"never": "o1"}},
                         "status_quo": ["o1"]}))  # fmt: skip
