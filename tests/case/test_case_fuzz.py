# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""Whatever stands in a file, it is a valid case or a CaseError, in bounded time."""

from __future__ import annotations

import math
import time
from copy import deepcopy
from typing import Any

from case_toy import SECTIONS, TEXT, toy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.case import CaseError, loads
from foedus.case.guard import decoded
from foedus.case.scalars import written

PROFILE = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
RAW = TEXT.encode()
LINES = TEXT.split("\n")
PIECES: list[bytes] = [
    b"[", b"]", b"{", b"}", b":", b": ", b"- ", b"? ", b"#", b"&a ", b"*a", b"!t ", b"!!int ", b"'",
    b'"', b"|", b">", b"%", b"\t", b"\n", b"\r", b"---\n", b"...\n", b"<<: *a\n", b"~", b"null", b"NO",
    b".nan", b"-.inf", b"1e999", b"-1", b"9" * 400, b"\xff", b"\x00", b"\xc3\xa9", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b'"\\ud800"', b'"\\x07"', b"\\", b"@", b"`", b",", b"e1", b"  ", b"[" * 100,
]  # fmt: skip


JARGON = ("input", "pydantic", "type=", "http")


def refusal(raw: bytes) -> CaseError | None:
    start = time.process_time()
    error: CaseError | None = None
    try:
        loads(decoded(raw, "f"), SECTIONS, "f")
    except CaseError as caught:
        error = caught
    assert time.process_time() - start < 5
    if error is not None:
        assert str(error)
        told = raw.decode("utf-8", "replace").lower()  # what was found may be said back
        for problem in error.problems:
            assert problem.file == "f"
            assert problem.line is not None
            assert 1 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2
            said = problem.message.lower()
            assert not any(word in said and word not in told for word in JARGON)
    return error


@settings(PROFILE, max_examples=1000)
@given(
    st.lists(
        st.tuples(st.integers(0, len(RAW)), st.integers(0, 12), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
def test_bytes_put_in_and_cut_out(cuts: list[tuple[int, int, bytes]]) -> None:
    raw = RAW
    for at, length, piece in cuts:
        raw = raw[:at] + piece + raw[at + length :]
    refusal(raw)


@settings(PROFILE, max_examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from(range(len(LINES))), st.integers(0, 3)), min_size=1, max_size=4
    )
)
def test_lines_doubled_moved_and_dropped(moves: list[tuple[int, int]]) -> None:
    lines = list(LINES)
    for at, kind in moves:
        at %= len(lines)
        if kind == 0:
            lines.insert(at, lines[at])
        elif kind == 1 and len(lines) > 1:
            del lines[at]
        elif kind == 2:
            lines[at] = "  " + lines[at]
        else:
            lines.insert(0, lines.pop(at))
    refusal("\n".join(lines).encode())


ANY: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from([0, -1, 1, 7, 10**30, 0.5, -0.5, math.nan, math.inf, -math.inf, 1e308, 5e-324])
    | st.sampled_from(["", "e1", "south", "no-such", "0.7", "true", "A", "2016", "2016-06-12", "x" * 5000])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["mode", "low", "high", "because", "e1", "x", "says", "B"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here] if here else []
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in children:
        found += places(child, (*here, key))
    return found


PLACES = places(toy().data)


@settings(PROFILE, max_examples=600)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(["set", "drop", "add", "twice"]), ANY),
        min_size=1,
        max_size=3,
    )
)
def test_any_value_anywhere(changes: list[tuple[tuple[Any, ...], str, Any]]) -> None:
    data: Any = deepcopy(dict(toy().data))
    for (*way, last), kind, value in changes:
        holder = data
        for part in way:
            fits = isinstance(holder, dict) and part in holder
            fits = fits or (
                isinstance(holder, list) and isinstance(part, int) and part < len(holder)
            )
            holder = holder[part] if fits else None
        if isinstance(holder, dict):
            if kind == "drop":
                holder.pop(last, None)
            else:
                holder[last if kind != "add" else "extra"] = value
        elif isinstance(holder, list):
            holder.append(value if kind != "twice" or not holder else holder[0])
    refusal(written(data).encode("utf-8", "surrogatepass"))


@settings(PROFILE, max_examples=300)
@given(
    st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
)
def test_noise(raw: bytes) -> None:
    assert refusal(raw)


@settings(PROFILE, max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from([".".join(map(str, place)) for place in PLACES])
        | st.text("abc.-", max_size=6),
        ANY,
        min_size=1,
        max_size=3,
    )
)
def test_any_value_set_by_hand(values: dict[str, Any]) -> None:
    error: CaseError | None = None
    try:
        toy().with_values(values)
    except CaseError as caught:
        error = caught
    assert error is None or {problem.file for problem in error.problems} == {"--set"}
