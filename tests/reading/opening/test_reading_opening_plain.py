"""Plain text: files, standard input, limits, quoted and broken lines, what the head tells."""

import hashlib
import io
import sys

import pytest

from foedus.reading.opening import OpeningError, open_text
from foedus.reading.opening.open import open_bytes

LONG = (
    "Northland and Eastland have kept the government of Midland alive for four years, and each of "
    "them says that it will stay until the end of the war, whatever the other one does. "
)


def opened(text, name="text.txt"):
    return open_bytes(name, text.encode())


def quotes(got):
    return [got.text[m.start : m.end] for m in got.hints if m.role == "quote"]


def test_a_file_is_read_with_the_digest_of_its_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"One line.\r\nAnother.\r\n")
    got = open_text(path)
    assert got.text == "One line.\nAnother."
    assert got.source.sha256 == hashlib.sha256(b"One line.\r\nAnother.\r\n").hexdigest()
    assert got.notes == ()


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Café.".encode())))
    assert open_text("-").text == "Café."


def test_a_page_on_standard_input_is_told_by_its_beginning(monkeypatch):
    page = f"<!DOCTYPE html><html><body><p>{LONG}</p></body></html>".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page)))
    assert open_text("-").text == LONG.strip()


def test_the_kind_can_be_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("# Heading\n\n*Text*.")
    assert open_text(path, kind="markdown").text == "Heading\n\nText."
    with pytest.raises(OpeningError, match="'word'; there are text, markdown, html, pdf"):
        open_text(path, kind="word")


def test_what_cannot_be_opened(tmp_path):
    with pytest.raises(OpeningError, match="there is no such file"):
        open_text(tmp_path / "none.txt")
    with pytest.raises(OpeningError, match="this is a folder"):
        open_text(tmp_path)
    with pytest.raises(OpeningError, match="cannot be read"):
        open_text("a\0b")
    for empty in (b"", b" \n\t\n"):
        with pytest.raises(OpeningError, match="this is empty"):
            open_bytes("a.txt", empty)
    with pytest.raises(OpeningError, match="there is no text"):
        open_bytes("a.txt", "\u202e\u200b".encode())


def test_more_than_20_mb_is_refused(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(OpeningError, match="larger than 20 MB"):
        open_text(path)


def test_an_error_is_bad_input_and_one_line():
    wrong = OpeningError("a\nb\x1b", "this is empty")
    assert wrong.bad_input
    assert str(wrong) == "a?b?: this is empty"


def test_an_address_is_not_fetched_unasked():
    with pytest.raises(OpeningError, match="this is an address: allow fetching it"):
        open_text("https://example.org/")


def test_title_author_and_date_of_the_head():
    got = opened(f"Two powers, one client\nBy Jane Porter\n3 April 2019\n\n{LONG}")
    assert (got.source.title, got.source.author, got.source.date) == (
        "Two powers, one client",
        "Jane Porter",
        "2019-04-03",
    )
    assert opened(LONG).source.title is None


def test_a_date_within_the_text_is_not_the_texts_own():
    assert opened(f"{LONG}\n\n3 April 2019 was a cold day.").source.date is None


def test_broken_lines_are_joined_without_moving_anything():
    text = (
        "A HEADLINE OF SOME WORDS\n\n"
        "Northland and Eastland have kept the government of Midland\n"
        "alive for four years, and each of them says that it will\n"
        "stay until the end of the war, whatever the other one does\n"
        "or says that it is going to do.\n"
        "- a point\n- another point\n"
    )
    got = opened(text).text
    assert got.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert len(got) == len(text.rstrip())
    assert [len(line.split()) for line in got.split("\n") if line] == [5, 9 + 12 + 12 + 8, 3, 3]


def test_lines_that_were_not_broken_stay():
    poem = "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you\n" * 3
    assert opened(poem).text == poem.strip()


def test_quoted_lines_are_marked_and_lose_their_signs():
    got = opened(f"{LONG}\n\n{LONG}\n\n> One line,\n> another.\n\n{LONG}")
    assert quotes(got) == ["One line,", "another."]
    assert ">" not in got.text


def test_indented_blocks_are_marked():
    got = opened(f"{LONG}\n\n    Neither can leave.\n\n{LONG}\n\n{LONG}")
    assert quotes(got) == ["Neither can leave."]


def test_a_text_that_is_indented_throughout_is_not_quoted():
    assert opened(f"    {LONG}\n\n    {LONG}").hints == ()
