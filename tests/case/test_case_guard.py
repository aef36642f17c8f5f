# ruff: noqa: E501 (rows of expected lines are easier to read whole)
"""What is refused before anything is built from it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from case_toy import SECTIONS, TEXT, changed, refusals

from foedus.case import CaseError, load, loads, packaged
from foedus.case.errors import SHOWN
from foedus.case.guard import DEEPEST, LARGEST

REFUSED: list[tuple[str, str, str]] = [
    ("stake: 1.5", "stake: &s 1.5", "35: anchors (&s) are not used in case files"),
    ("stake: 1.5", "stake: *s", "35: aliases (*s) are not used in case files"),
    ("stake: 1.5", "stake: !!float 1.5", "35: tags (!) are not used in case files"),
    ("stake: 1.5", "stake: !!python/object/apply:os.system [x]", "35: tags (!) are not used in case files"),
    ("stake: 1.5", "<<: {stake: 1}", "35: toy.members.north-land: merge keys (<<) are not used in case files"),
    ("stake: 1.5", "stake: 1\n      stake: 2", "36: toy.members.north-land: the key 'stake' stands twice, first on line 35"),
    ("stake: 1.5", "stake: 1\n      'stake': 2", "36: toy.members.north-land: the key 'stake' stands twice, first on line 35"),
    ("stake: 1.5", "1: 2", "35: toy.members.north-land: a key should be a word, here it is '1'"),
    ("stake: 1.5", "1.5: 2", "35: toy.members.north-land: a key should be a word, here it is '1.5'"),
    ("stake: 1.5", "null: 2", "35: toy.members.north-land: a key should be a word, here it is 'null'"),
    ("stake: 1.5", ": 2", "35: toy.members.north-land: a key should be a word, here it is nothing"),
    ("stake: 1.5", "? [a]\n      : 2", "35: toy.members.north-land: a key should be a word, not a list or a mapping"),
    ("stake: 1.5", "stake: 1.5\n---\na: 1", "36: a second document starts here; one file is one case"),
    ("# A case", "%YAML 1.1\n---\n# A case", "1: directives (%) are not used in case files"),
    ("stake: 1.5", 'stake: "\\0"', "35: holds the unprintable character U+0000; take it out"),
    ("stake: 1.5", 'stake: "\\ud800"', "35: holds the unprintable character U+D800; take it out"),
    ("stake: 1.5", "stake: \x00", "35: holds the unprintable character U+0000; take it out"),
    ("stake: 1.5", "stake: \x1b[0m", "35: holds the unprintable character U+001B; take it out"),
    ("stake: 1.5", "stake: \u2028", "35: holds the unprintable character U+2028; take it out"),
    ("stake: 1.5", "stake: \ud800", "35: holds the unprintable character U+D800; take it out"),
    ("stake: 1.5", "\tstake: 1", "35: is not YAML: found character '\\t' that cannot start any token"),
    ("stake: 1.5", "stake: [1", "36: is not YAML: expected ',' or ']', but got '<scalar>'"),
    ("stake: 1.5", 'stake: "\\U99999999"', "35: is not YAML: cannot be read from here on"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), REFUSED)
def test_what_is_not_plain_yaml_is_refused_by_line(old: str, new: str, said: str) -> None:
    assert refusals(changed((old, new))) == [f"toy.yaml:{said}"]


def test_an_unquoted_country_code_is_text() -> None:
    text = changed(("south: 0.5", "NO: 0.5"), ("title: The toy pact", "title: NO"))
    case = loads(text, SECTIONS)
    assert case.title == "NO"
    assert "toy.members.north-land.trust.NO" in case.quantities()


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
def test_depth_is_refused_not_survived(opening: str) -> None:
    said = f"toy.yaml:1: is nested more than {DEEPEST} levels deep"
    assert refusals(opening * (LARGEST // len(opening))) == [said]


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    said = "has 1,000,001 bytes; a case file has at most 1,000,000"
    assert refusals("#" * (LARGEST + 1)) == [f"toy.yaml:1: {said}"]
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(CaseError) as caught:
        load(path, SECTIONS)
    assert str(caught.value) == f"{path}:1: {said}"


def test_bytes_that_are_not_utf8_are_placed(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: 1\nb: café\n".encode("latin-1"))
    with pytest.raises(CaseError) as caught:
        load(path, SECTIONS)
    assert str(caught.value) == f"{path}:2: is not UTF-8 text (byte 11); save it as UTF-8"


def test_a_byte_order_mark_and_windows_lines_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(("\ufeff" + TEXT.replace("\n", "\r\n")).encode())
    assert load(path, SECTIONS).hash == loads(TEXT, SECTIONS).hash


N = LARGEST - 1000
SLOW: dict[str, str] = {
    "digits": changed(("stake: 1.5", "stake: " + "9" * (N - 2000))),
    "exponent": changed(("stake: 1.5", "stake: 1e" + "9" * (N - 2000))),
    "one long word": changed(("title: The toy pact", "title: " + "x" * (N - 2000))),
    "one long quote": changed(("title: The toy pact", 'title: "' + "\\n" * ((N - 2000) // 2) + '"')),
    "equal keys": "a: 1\n" * (N // 5),
    "many keys": "".join(f"k{n}: 1\n" for n in range(80_000)),
    "many values": "[" + "1," * (N // 2) + "]",
    "open flow": "[" + "a:," * (N // 3),
    "open quote": 'a: "' + "x y" * (N // 3),
    "colons": "a:" * (N // 2),
    "comments": "#\n" * (N // 2),
    "directives": "%a\n" * (N // 3),
    "documents": "---\n" * (N // 4),
    "misspelled keys": TEXT + "".join(f"toy{n}: 1\n" for n in range(9_000)),
    "dangling ids": changed(("[e1]}\n  members", "[" + "ev, " * 15_000 + "]}\n  members")),
    "long path": changed(("  lost: {", "  lost:\n    ? " + "a." * 400_000 + "b\n    : 1\n  more: {")),
    "large scenarios": changed(
        ("  lost: {toy.position.now: -0.5}\n", "".join(f"  s{n}: {{toy.position.now: 7}}\n" for n in range(23))),
        ("stake: 1.5   # by guess\n      trust: {south: 0.5", "stake: 1.5\n      trust: {south: 0.5" + "".join(f", t{n}: 0.5" for n in range(9_000))),
    ),
    "many scenarios": changed(
        ("scenarios:\n", "scenarios:\n" + "".join(f"  s{n}: {{toy.position.now: 7}}\n" for n in range(4_000)))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_file_of_a_megabyte_hangs(name: str) -> None:
    start = time.process_time()
    assert refusals(SLOW[name])
    assert time.process_time() - start < 8


def test_only_so_many_problems_are_printed() -> None:
    said = refusals("".join(f"k{n}: 1\n" for n in range(300)))
    assert len(said) == SHOWN + 1
    assert said[-1] == "and 208 more"


def test_an_unknown_case_or_file(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="there is no file and no packaged case 'no-such-thing'"):
        load("no-such-thing", SECTIONS)
    with pytest.raises(CaseError, match=r"cannot be read: Is a directory"):
        load(tmp_path, SECTIONS)
    with pytest.raises(CaseError, match=r"cannot be read: embedded null byte"):
        load("a\0b", SECTIONS)
    for name in packaged():
        with pytest.raises(CaseError, match=f"did you mean '{name}'"):
            load(f"{name}x", SECTIONS)
