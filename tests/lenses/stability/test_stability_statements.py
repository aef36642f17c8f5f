"""Statements: truth tables, precedence, errors with a column, and hostile text."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.lenses.stability.coding.statements import LONGEST, StatementError, parse

NAMES = ("a", "b", "air-campaign", "withdraws")
EVERY = np.arange(16)

# A formula is a nested tuple; it is written as text and judged here, without the parser.
LEAF = st.one_of(
    st.tuples(st.just("name"), st.integers(0, 3)),
    st.tuples(st.just("number"), st.integers(0, 3)),
    st.tuples(st.just("pattern"), st.text("YN-", min_size=4, max_size=4)),
    st.tuples(st.just("const"), st.booleans()),
)


def joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pair = st.tuples(inner, inner).map(list)
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.sampled_from(["and", "or", "->", "if", "then", "iff"]), pair),
        st.tuples(st.sampled_from(["at most", "at least", "exactly"]), st.integers(0, 4), several),
    )


FORMULA = st.recursive(LEAF, joined, max_leaves=12)
STRENGTH = {"iff": 0, "->": 1, "if": 1, "then": 1, "or": 2, "and": 3, "not": 4}


def written(formula: Any, bare: bool) -> str:
    """As text: with every parenthesis, or with those alone that precedence asks for."""
    kind, *rest = formula
    if kind == "name":
        return NAMES[rest[0]]
    if kind == "number":
        return str(rest[0] + 1)
    if kind == "pattern":
        return f'"{rest[0]}"'
    if kind == "const":
        return "TRUE" if rest[0] else "false"
    if kind in ("at most", "at least", "exactly"):
        return f"{kind} {rest[0]} of ({', '.join(written(part, bare) for part in rest[1])})"
    parts = rest[0] if isinstance(rest[0], list) else [rest[0]]
    texts = [
        text if bare and STRENGTH.get(part[0], 5) > STRENGTH[kind] else f"({text})"
        for part, text in ((part, written(part, bare)) for part in parts)
    ]
    if kind == "not":
        return f"not {texts[0]}"
    return f"if {texts[0]} then {texts[1]}" if kind == "then" else f" {kind} ".join(texts)


def judged(formula: Any, code: int) -> bool:
    kind, *rest = formula
    if kind in ("name", "number"):
        return bool(code >> rest[0] & 1)
    if kind == "pattern":
        bits = "".join("NY"[code >> o & 1] for o in range(4))
        return all(said in ("-", bit) for said, bit in zip(rest[0], bits, strict=True))
    if kind == "const":
        return bool(rest[0])
    if kind == "not":
        return not judged(rest[0], code)
    if kind in ("at most", "at least", "exactly"):
        count = sum(judged(part, code) for part in rest[1])
        return {
            "at most": count <= rest[0], "at least": count >= rest[0], "exactly": count == rest[0]
        }[kind]  # fmt: skip
    one, other = (judged(part, code) for part in rest[0])
    return {
        "and": one and other, "or": one or other, "iff": one == other, "if": one or not other,
        "->": other or not one, "then": other or not one,
    }[kind]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(FORMULA, st.booleans(), st.integers(0, 15))
def test_truth_and_what_may_still_be_true(formula: Any, bare: bool, known: int) -> None:
    statement = parse(written(formula, bare), NAMES)
    table = [judged(formula, code) for code in range(16)]
    assert statement.holds(EVERY).tolist() == table
    assert statement.holds(EVERY.reshape(4, 4)).tolist() == np.reshape(table, (4, 4)).tolist()
    assert statement.denied().holds(EVERY).tolist() == [not true for true in table]
    may, cannot = statement.may_hold(EVERY, known), statement.denied().may_hold(EVERY, known)
    for code in range(16):
        open_to = [table[other] for other in range(16) if other & known == code & known]
        assert may[code] or not any(open_to)
        assert cannot[code] or all(open_to)
    for option in range(4):
        if not statement.mentions >> option & 1:
            assert all(table[code] == table[code ^ 1 << option] for code in range(16))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("not a and b", "(not a) and b"),
        ("a or b and withdraws", "a or (b and withdraws)"),
        ("a and b -> withdraws or a", "(a and b) -> (withdraws or a)"),
        ("a -> b -> withdraws", "a -> (b -> withdraws)"),
        ("a -> b iff withdraws", "(a -> b) iff withdraws"),
        ("a or b if withdraws and a", "(withdraws and a) -> (a or b)"),
        ("if a then b or withdraws", "a -> (b or withdraws)"),
        ("if a then if b then withdraws", "a -> (b -> withdraws)"),
        ("a iff b iff withdraws", "(a iff b) iff withdraws"),
        ("a<->b", "a iff b"),
        ("a->b", "a -> b"),
        ("air-campaign->a", "air-campaign -> a"),
        ("!a & b | withdraws", "((not a) and b) or withdraws"),
        ("NOT a AnD b", "not a and b"),
        ("-3 and 2", "not air-campaign and b"),
        ("Y-N-", "a and not air-campaign"),
        ("--Y- -> a", "air-campaign -> a"),
        ("(Y---)->b", "a -> b"),
        ("'YN--' or withdraws", "(a and not b) or withdraws"),
        ("'air-campaign'", "air-campaign"),
        ("----", "true"),
        ("At  Most 1 of (a,\n b)", "not (a and b)"),
        ("exactly 1 of (not a, b and withdraws)", "(not a) iff not (b and withdraws)"),
    ],
)
def test_precedence_and_spelling(text: str, meant: str) -> None:
    assert parse(text, NAMES).holds(EVERY).tolist() == parse(meant, NAMES).holds(EVERY).tolist()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a and withdrws", "column 7: there is no option 'withdrws', did you mean 'withdraws'?"),
        ("A", "column 1: there is no option 'A'"),
        ("a or 5", "column 6: there is no option '5'; they are numbered 1 to 4"),
        ("-0", "column 1: there is no option '0'"),
        ("a or YN-", "column 6: the pattern 'YN-' has 3 letters for 4 options"),
        ("a b", "column 3: 'b' cannot stand here"),
        ("a and", "column 6: something is missing at the end"),
        ("(a or b", "column 8: something is missing at the end"),
        ("a $ b", "column 3: '\\$ b' cannot be read"),
        ("a if b -> b", "column 8: '->' cannot stand here; parentheses would say"),
        ("at most of (a)", "column 9: 'of' cannot stand here"),
        ("at least 1 of ()", "column 16: '\\)' cannot stand here"),
        ("   ", "column 1: is empty"),
        ("a and\n\tb and c", "column 14: there is no option 'c'"),
    ],
)
def test_errors_point_at_the_column(text: str, message: str) -> None:
    with pytest.raises(StatementError, match=message) as told:
        parse(text, NAMES)
    assert told.value.bad_input
    assert str(told.value).startswith(f"column {told.value.column}: ")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000,
        "(" * LONGEST,
        "not " * 499 + "a",
        "!" * 1999 + "a",
        "a->" * 600 + "a",
        "if a then " * 150 + "a",
        "at most 1 of (" * 140,
        "a" * LONGEST,
        "9" * LONGEST,
        "-" * LONGEST,
        "a and " * 5000 + "a",
    ],
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(StatementError) as told:
        parse(text, NAMES)
    assert len(str(told.value)) < 300
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        "(" * 900 + "a" + ")" * 900,
        "(a iff " * 60 + "b" + ")" * 60,
        "at most 1 of (b, " * 60 + "b" + ")" * 60,
        " and ".join(["a"] * 333),
        "a iff " * 300 + "a",
    ],
)
def test_long_and_nested_statements_are_quick(text: str) -> None:
    begun = time.process_time()
    parse(text, NAMES).may_hold(EVERY, 0b0101)
    assert time.process_time() - begun < 2


@settings(max_examples=300, deadline=None)
@given(st.text("ab()->-!&|YN19 ,'\"\nifonthe", max_size=40) | st.text(max_size=20))
def test_every_text_is_read_or_refused(text: str) -> None:
    column = 1
    try:
        parse(text, NAMES)
    except StatementError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1


def test_blocks_join() -> None:
    codes = np.arange(70_000, dtype=np.int64) % 16
    assert parse("a -> b", NAMES).holds(codes).sum() == (70_000 * 12) // 16


def test_a_bare_graph_has_states_for_names() -> None:
    statement = parse("peace or s3", ("peace", "war", "s3"), "state")
    assert statement.among(3).tolist() == [True, False, True]
    assert parse("true", ("peace", "war"), "state").among(2).tolist() == [True, True]
    with pytest.raises(StatementError, match="there is no state 'pease', did you mean 'peace'"):
        parse("pease", ("peace", "war"), "state")
