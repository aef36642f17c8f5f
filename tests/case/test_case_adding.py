# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""Entries put into a file: whole, in order, and nothing else moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_toy import SECTIONS, TEXT, toy
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case import CaseError, loads, packaged
from foedus.case.adding import WIDTH, add, added
from foedus.case.packages import text_of
from foedus.case.tree import read

ENTRY = {"source": "paper", "says": "It rains."}
HEAD = "foedus: 1\nid: x\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


CHANGES: list[tuple[str, str, str]] = [
    (  # a block: after the last entry, before its comment's followers
        "evidence:\n  e1:\n    says: a   # why\n\n# then\npact: 1\n",
        "evidence.e2",
        "evidence:\n  e1:\n    says: a   # why\n  e2:\n    source: paper\n    says: It rains.\n\n# then\npact: 1\n",
    ),
    (
        "evidence:\n    e1: {says: a}\npact: 1\n",
        "evidence.e2",
        "evidence:\n    e1: {says: a}\n    e2:\n        source: paper\n        says: It rains.\npact: 1\n",
    ),
    (
        "evidence: {e1: {says: a}}\npact: 1\n",
        "evidence.e2",
        "evidence: {e1: {says: a}, e2: {source: paper, says: It rains.}}\npact: 1\n",
    ),
    (
        "evidence:  # none yet\npact: 1\n",
        "evidence.e2",
        "evidence:  # none yet\n  e2:\n    source: paper\n    says: It rains.\npact: 1\n",
    ),
    (
        "evidence: {}\npact: 1\n",
        "evidence.e2",
        "evidence:\n  e2:\n    source: paper\n    says: It rains.\npact: 1\n",
    ),
    ("pact: 1", "evidence.e2", "pact: 1\nevidence:\n  e2:\n    source: paper\n    says: It rains.\n"),
    ("{pact: 1}", "evidence.e2", "{pact: 1, evidence: {e2: {source: paper, says: It rains.}}}"),
    (
        "evidence:\r\n  e1: {says: a}\r\n",
        "evidence.e2",
        "evidence:\r\n  e1: {says: a}\r\n  e2:\r\n    source: paper\r\n    says: It rains.\r\n",
    ),
    (
        "evidence:\n  e1:\n    says: >\n      long\n      text\n\n\npact: 1\n",
        "evidence.e2",
        "evidence:\n  e1:\n    says: >\n      long\n      text\n\n\n  e2:\n    source: paper\n    says: It rains.\npact: 1\n",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "expected"), CHANGES)
def test_an_entry_goes_to_the_end_of_its_table(text: str, path: str, expected: str) -> None:
    assert added(text, [(path, ENTRY)]) == expected


def test_several_entries_go_in_at_once_and_the_case_is_read_back(file: Path) -> None:
    fields = {"title": "A second paper", "reliability": "C"}
    says = {"source": "second", "says": "It " + "really " * 30 + "holds.", "credibility": 3}
    case = add(file, [("sources.second", fields), ("evidence.e9", says)], SECTIONS)
    assert case.evidence["e9"].says == says["says"]
    assert case.sources["second"].reliability == "C"
    assert list(case.evidence)[:-1] == list(toy().evidence)
    new = file.read_text("utf-8").splitlines()
    assert [line for line in TEXT.splitlines() if line not in new] == []
    assert all(len(line) <= WIDTH for line in new if line not in TEXT.splitlines())
    assert "    says: >-" in new


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([("evidence.e1", ENTRY)], "is there already"),
        ([("evidence.e9", {"source": "nowhere", "says": "x"})], "nowhere"),
        ([("evidence.e9", {"source": "paper"})], "says"),
        ([("evidence.E 9", ENTRY)], "E 9"),
        ([("evidence.e9", {"source": "paper", "says": "a\x00b"})], "U\\+0000"),
        ([("title.e9", ENTRY)], "title"),
        ([("evidence", ENTRY)], "a table and an id"),
        ([("evidence.e9.says", ENTRY)], "a table and an id"),
    ],
)
def test_what_is_wrong_is_told_and_the_file_is_as_it_was(
    file: Path, entries: list[tuple[str, dict[str, object]]], says: str
) -> None:
    with pytest.raises(CaseError, match=says):
        add(file, entries, SECTIONS)
    assert file.read_text("utf-8") == TEXT
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_byte_order_mark_stays(tmp_path: Path) -> None:
    path = tmp_path / "toy.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    add(path, [("evidence.e9", ENTRY)], SECTIONS)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + TEXT[:9].encode())
    assert raw.count(b"\xef\xbb\xbf") == 1


@pytest.mark.parametrize("name", packaged())
def test_every_packaged_case_takes_an_entry(name: str) -> None:
    from foedus.lenses.table import SECTIONS as ALL

    text = text_of(name)
    source = next(iter(loads(text, ALL).sources))
    entry = {"source": source, "says": "Something new: it is said."}
    new = added(text, [("evidence.quite-new", entry)])
    case = loads(new, ALL)
    assert case.evidence["quite-new"].says == entry["says"]
    lines = new.splitlines()
    start = lines.index("  quite-new:")
    assert "\n".join(lines[:start] + lines[start + 3 :]) == "\n".join(text.splitlines())


TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="\x7f", exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]), min_size=1, max_size=300)  # fmt: skip


@given(says=TEXTS, note=TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_the_same(says: str, note: str) -> None:
    text = "a: 1\nevidence:\n  e1: {says: x}   # first\n# last\nb: 2\n"
    new = added(text, [("evidence.e2", {"says": says, "note": note})])
    data = read(new, "t").data
    assert data["evidence"]["e2"] == {"says": says, "note": note}
    assert data["b"] == 2
    assert "# first" in new
    assert "# last" in new
