# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""Values changed in a file: only those, checked first, never half."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from case_toy import SECTIONS, TEXT, changed, toy
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case import CaseError, edit, load, loads, write_atomically
from foedus.case.placing import placed
from foedus.case.splice import spliced
from foedus.case.tree import read
from foedus.case.writing import edited


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


CHANGES: list[tuple[dict[str, object], list[tuple[str, str]]]] = [
    ({"toy.members.north-land.stake": 2}, [("stake: 1.5   # by", "stake: 2   # by")]),
    ({"toy.position.now.mode": -0.1}, [("{mode: 0.1,", "{mode: -0.1,")]),
    ({"toy.position.now": 0.3}, [("{mode: 0.1, low: -0.2, high: 0.4, because: [e1]}", "0.3")]),
    ({"toy.position.pace": 0.3}, [("because: [e1]}\n  mem", "because: [e1]}\n    pace: 0.3\n  mem")]),
    ({"toy.members.south.stake.high": 3}, [("high: 2\n", "high: 3\n")]),
    ({"toy.members.south.stake.because": ["e2"]}, [("because:\n        - e1\n        - e2\n", "because: [e2]\n")]),
    (
        {"toy.members.south.stake": 1},
        [("stake:       # judged\n        mode: 1\n        low: 0.5\n        high: 2\n        because:\n        - e1\n        - e2\n        prior: 1.2\n", "stake: 1       # judged\n")],
    ),
    ({"toy.members.north-land.trust.south": 1}, [("{south: 0.5}", "{south: 1}")]),
    ({"toy.members.north-land.trust.envoy": 1}, [("{south: 0.5}", "{south: 0.5, envoy: 1}")]),
    ({"toy.members.south.trust.envoy": 1}, [("prior: 1.2\n", "prior: 1.2\n      trust: {envoy: 1}\n")]),
    (
        {"toy.members.north-land.stake.low": 1, "toy.members.north-land.stake.high": 2},
        [("stake: 1.5 ", "stake: {mode: 1.5, low: 1, high: 2} ")],
    ),
    ({"other.weight": 4}, [("It held.}\n", "It held.}\nother: {weight: 4}\n")]),
    ({"evidence.e2.says": "No: it breaks."}, [(">\n      It may\n      not hold.\n", '"No: it breaks."\n')]),
    ({"evidence.e2.note": "x"}, [("credibility: 2\n", "credibility: 2\n    note: x\n")]),
    ({"title": "Ünï #1"}, [("The toy pact", '"Ünï #1"')]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "swaps"), CHANGES)
def test_only_the_value_changes(
    file: Path, values: dict[str, object], swaps: list[tuple[str, str]]
) -> None:
    case = edit(file, values, SECTIONS)
    assert file.read_text(encoding="utf-8") == changed(*swaps)
    assert case.hash == toy().with_values(values).hash == load(file, SECTIONS).hash
    assert case.path == file


def test_windows_lines_and_the_byte_order_mark_stay(file: Path) -> None:
    file.write_bytes(("\ufeff" + TEXT.replace("\n", "\r\n")).encode())
    edit(file, {"toy.position.pace": 0.3, "toy.members.south.stake": 1}, SECTIONS)
    raw = file.read_bytes()
    assert raw.startswith("\ufeff".encode())
    assert raw.count(b"\n") == raw.count(b"\r\n") == TEXT.count("\n") + 1 - 7


def test_a_file_without_a_last_line_break(file: Path) -> None:
    file.write_text(TEXT.rstrip("\n"), encoding="utf-8")
    edit(file, {"other.weight": 4}, SECTIONS)
    assert file.read_text(encoding="utf-8") == TEXT + "other: {weight: 4}\n"


def test_a_wrong_value_leaves_the_file_as_it_was(file: Path) -> None:
    before = file.stat()
    with pytest.raises(CaseError, match=r"--set toy\.position\.now: mode is 7"):
        edit(file, {"toy.position.now": 7, "title": "x"}, SECTIONS)
    assert file.read_text(encoding="utf-8") == TEXT
    assert file.stat().st_mtime_ns == before.st_mtime_ns


ODD = """\
a : { b : 1 , "c d": [1,2], e: , f}   # flow
'g': {}
h:   # nothing
i:
  - 1
  # inside
  - {x: 1}
j:
- 1
- 2
? k
: l
m: |+
  text

n: >-
  folded
  text  # not a comment
o: "quoted # text"
p:
    q:
        r: 1
        # last words
    s: {t: {u: 1,
            # between
            v: 2,}, }
# the end
"""


def ways(value: object, here: tuple[str, ...] = ()) -> list[str]:
    found = [".".join(here)] if here else []
    for key, inner in value.items() if isinstance(value, dict) else ():
        found += ways(inner, (*here, key))
    return found


@pytest.mark.parametrize("new", [2, None, "a: 'b' #c\n", [1, {"x": []}], {"mode": 1, "z": {}}])
@pytest.mark.parametrize("text", [TEXT, ODD, ODD.replace("\n", "\r\n"), ODD[: ODD.index("# last")]])
def test_every_place_of_any_spelling_can_be_changed(text: str, new: object) -> None:
    tree = read(text, "f")
    there = ways(tree.data)
    open_to_more = [w for w in there if "." not in w or w.count(".") < 3]
    for path in [*there, *(f"{way}.new" for way in open_to_more), "new", "new.deep.er"]:
        try:
            wanted = placed(tree.data, path, new)
        except KeyError:
            continue
        assert read(spliced(text, tree, path, new), "f").data == wanted, path


PATHS = [path for path in toy().quantities() if not path.endswith("pace")]


@st.composite
def quantity(draw: st.DrawFn) -> object:
    low, mode, high = sorted(draw(st.lists(st.floats(0.01, 1), min_size=3, max_size=3)))
    because = draw(st.lists(st.sampled_from(["e1", "e2"]), max_size=2, unique=True))
    whole = {"mode": mode, "low": low, "high": high, "because": because, "note": "a: #b"}
    return draw(st.sampled_from([mode, whole]))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), quantity(), min_size=1, max_size=4))
def test_an_edit_keeps_comments_and_order(values: dict[str, object]) -> None:
    text = edited(TEXT, values, SECTIONS)
    case = loads(text, SECTIONS)
    assert case.hash == toy().with_values(values).hash
    comments = re.findall("# [a-zA-Z ]+", TEXT)
    assert len(comments) == 5
    assert re.findall("# [a-zA-Z ]+", text) == comments
    assert list(case.data) == list(toy().data)
    assert list(case.data["toy"]["members"]) == ["north-land", "south"]


def test_saving_keeps_permissions_and_links(tmp_path: Path) -> None:
    target = tmp_path / "real.yaml"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(target)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_atomically(tmp_path / "a.yaml", b"\x00raw")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == 0o644
    assert (tmp_path / "a.yaml").read_bytes() == b"\x00raw"


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"foedus.case.atomic.os.{call}", broken)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with pytest.raises(OSError, match=r"is no file|is a folder"):
            write_atomically(target, "text")
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
