"""Actor dictionaries of users: what is read, which code holds when, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.reading.mentions import Names, mentions
from foedus.reading.mentions.dictionary import DictionaryError, entries
from foedus.reading.text import Text

TEXT = """\
# a comment
<!-- one more
over two lines -->
ATLANTIS_ [ATL] ; where it stood
+ATLANTEAN_
+OLD ATLANTIS
ZED_OKORO_  # a minister
+ZED_Q._OKORO_
\t[ATLGOV 19900101-991231]
\t[ATLOPP >20000101]
SEA_PEOPLE_OF_THE_WEST [ATLREB]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    out = tmp_path / "made-up.actors.txt"
    out.write_text(TEXT)
    return out


def test_every_phrase_is_a_name(path: Path) -> None:
    assert [entry.words for entry in entries(path)] == [
        ("Atlantis",),
        ("Atlantean",),
        ("Old", "Atlantis"),
        ("Zed", "Okoro"),
        ("Zed", "Q.", "Okoro"),
        ("Sea", "People", "of", "the", "West"),
    ]


@pytest.mark.parametrize(
    ("on", "code"), [("19950601", "ATLGOV"), ("20010101", "ATLOPP"), (None, "ATLOPP")]
)
def test_the_code_of_the_day_holds(path: Path, on: str | None, code: str) -> None:
    assert {e.code for e in entries(path, on) if e.actor == "zed-okoro"} == {code}


def test_without_a_code_for_the_day_there_is_no_name(path: Path) -> None:
    assert not [e for e in entries(path, "19800101") if e.actor == "zed-okoro"]


def test_its_names_are_found_in_a_text_and_known_names_stay(path: Path) -> None:
    path.write_text(f"{TEXT}IRAN_ [ATL]\n")
    names = Names.of(None).with_dictionary(path)
    told = mentions(Text.of("Atlantis met Iran and Zed Okoro."), names)
    assert [m.actor for m in told] == ["atlantis", "iran", "zed-okoro"]
    assert mentions(Text.of("Atlantis met them."), Names.of(None))[0].actor is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("+ATLANTEAN_\n", 1, "without a phrase"),
        ("\t[ATL]\n", 1, "without a phrase"),
        ("ATLANTIS_ [ATL\n", 1, "not closed"),
        ("A_\n\t[ATL 1990]\n", 2, "no time"),
        ("A_\n\t[ATL <19x0]\n", 2, "no date"),
        ("A_ [A B]\n", 1, "no code"),
        ("A_\n\n_ [ATL]\n", 3, "no phrase"),
        (f"{'A' * 3000}_ [ATL]\n", 1, "3007 characters"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(text)
    with pytest.raises(DictionaryError, match=rf"wrong\.txt: line {line}: .*{says}"):
        list(entries(path))


@pytest.mark.parametrize("data", [b"", b"# only this\n", b"\0\1\2", b"<!-- never closed\nA_ [B]\n"])
def test_what_is_no_dictionary_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "wrong.txt"
    path.write_bytes(data)
    with pytest.raises(DictionaryError, match=r"wrong\.txt"):
        list(entries(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=r"absent\.txt: cannot be read"):
        list(entries(tmp_path / "absent.txt"))
