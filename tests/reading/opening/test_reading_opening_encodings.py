"""Encodings, broken bytes, and which characters a text keeps."""

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_attempt import attempt

from foedus.reading.opening import OpeningError
from foedus.reading.opening.cleaning import clean
from foedus.reading.opening.decoding import decode
from foedus.reading.opening.open import open_bytes

TEXT = "“We shall not leave,” said the café’s owner — a naïve man who paid £40."
RUSSIAN = "Президент заявил, что войска останутся в стране до конца года, несмотря ни на что. " * 3


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides(mark, encoding):
    assert decode("a", mark + TEXT.encode(encoding)) == (TEXT, ())


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
def test_without_a_mark(encoding):
    assert decode("a", TEXT.encode(encoding))[0] == TEXT


def test_what_is_declared_counts_where_it_is_no_utf8():
    assert decode("a", RUSSIAN.encode("koi8-r"), declared="koi8-r")[0] == RUSSIAN
    page = b'<html><head><meta charset="windows-1251"></head><body>' + RUSSIAN.encode("cp1251")
    assert RUSSIAN in decode("a", page)[0]
    assert decode("a", TEXT.encode(), declared="koi8-r")[0] == TEXT
    for odd in ("utf-7", "no-such", "rot13", "idna"):
        assert decode("a", TEXT.encode("cp1252"), declared=odd)[0] == TEXT


def test_latin_1_is_read_as_browsers_do():
    assert decode("a", "it’s".encode("cp1252"), declared="iso-8859-1")[0] == "it’s"


def test_a_guess_is_told():
    text, notes = decode("a", RUSSIAN.encode("cp1251"))
    assert text == RUSSIAN
    assert notes == ("read as cp1251, by guess",)


def test_utf8_that_is_cut_off_is_told():
    text, notes = decode("a", TEXT.encode()[:-1] + "é".encode()[:1])
    assert text == TEXT[:-1]
    assert notes == ("the last character is cut off: the file may be incomplete",)


def test_a_few_bad_bytes_among_utf8_are_shown_and_told():
    text, notes = decode("a", (TEXT * 3).encode() + b" \xff " + TEXT.encode())
    assert text == TEXT * 3 + " � " + TEXT
    assert notes == ("1 places were not UTF-8 and stand as �",)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04rest", "zip archive"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (b"text\0text", "NUL"),
        (b"\x01\x02\x03text", "binary"),
        (b"\x7fELF\x02", "program"),
    ],
)
def test_binary_is_refused(data, what):
    with pytest.raises(OpeningError, match=what):
        open_bytes("a.txt", data)


def test_direction_marks_and_controls_are_taken_out_and_told():
    text, notes = clean("pay \u202eton\u202c do\x07 \u200bnot\ufeff\U000e0041!")
    assert text == "pay ton do not!"
    assert notes == (
        "4 characters that cannot be seen were taken out, 2 of them turning the direction of "
        "writing",
    )


def test_soft_hyphens_and_joiners_go_without_a_word():
    assert clean("inter\xadven\u200btion") == ("intervention", ())


def test_line_ends_and_spaces():
    assert clean("a\r\nb\rc\u2028d\x0ce\xa0f\tg")[0] == "a\nb\nc\nd\ne f g"


def test_accents_join_their_letters():
    assert clean("cafe\u0301 to\u0302t")[0] == "café tôt"
    assert clean("a" + "\u0301" * 50_000)[0].startswith("á")


@given(st.text())
@settings(max_examples=300)
def test_what_is_clean_stays_and_nothing_unseen_is_left(text):
    once, _ = clean(text)
    assert clean(once) == (once, ())
    for sign in once:
        assert sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
@settings(max_examples=200)
def test_any_unicode_comes_back(text, encoding):
    got, _ = attempt(decode, "a", text.encode(encoding))
    if got is None:
        assert encoding == "utf-8"
        assert any(ord(sign) < 32 or ord(sign) == 127 for sign in text) or text[:2] in ("BZ", "PK")
    else:
        assert got[0] in (text, text.removeprefix("\ufeff"))


@given(st.binary(max_size=400))
@settings(max_examples=400, deadline=None)
def test_any_bytes_give_a_text_or_one_clear_line(data):
    got, wrong = attempt(open_bytes, "a.txt", data)
    assert "\n" not in wrong
    if got is not None:
        assert got.text.strip()
        assert clean(got.text)[0] == got.text
