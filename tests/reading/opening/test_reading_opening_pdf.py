"""PDF: paragraphs from lines; what is no text, locked, broken or a bomb is told."""

import io
import random

import pypdf
import pytest
from opening_attempt import attempt
from opening_pdf import page, pdf

from foedus.reading.opening import OpeningError
from foedus.reading.opening.open import open_bytes
from foedus.reading.opening.pdf import LIMITS, paragraphs

PAGES = [
    [
        "The Harbour Review",
        "Two powers, one client",
        "By Jane Porter",
        "Northland and Eastland have kept Midland’s government alive for",
        "four years, and each says that it will stay until the end of the inter-",
        "vention. Their interests differ.",
        "Neither of the two can leave without handing the prize to the other. That",
        "is not trust, but it holds, and it will hold for as long as both of them are",
        "Page 1",
    ],
    ["The Harbour Review", "afraid. What would break it is a peace.", "Page 2"],
    ["The Harbour Review", "Nobody knows.", "Page 3"],
]


def opened(data):
    return open_bytes("a.pdf", data)


def encrypted(password):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([page(PAGES[0])])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_become_paragraphs_over_pages():
    got = opened(pdf([page(lines) for lines in PAGES]))
    assert got.text.split("\n\n") == [
        "Two powers, one client",
        "By Jane Porter",
        "Northland and Eastland have kept Midland’s government alive for four years, and each says "
        "that it will stay until the end of the intervention. Their interests differ.",
        "Neither of the two can leave without handing the prize to the other. That is not trust, "
        "but it holds, and it will hold for as long as both of them are afraid. What would break "
        "it is a peace.",
        "Nobody knows.",
    ]
    assert got.source.author == "Jane Porter"


def test_a_compound_keeps_its_hyphen():
    lines = "It was a quarrel over the Anglo-\nSaxon world, and it went on for\nyears."
    assert paragraphs([lines]) == [
        "It was a quarrel over the Anglo-Saxon world, and it went on for years."
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf([b""]), "no text layer"),
        (encrypted("secret"), "encrypted"),
        (b"%PDF-1.4\n" + b"\xff\x00junk" * 1000, "broken"),
        (pdf([page(PAGES[0])])[:600], "broken"),
        (pdf([page(PAGES[0])]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), "broken"),
    ],
)
def test_what_cannot_be_read_is_told(data, what):
    with pytest.raises(OpeningError, match=what):
        opened(data)


def test_no_password_is_needed_where_only_printing_is_forbidden():
    assert "Jane Porter" in opened(encrypted("")).text


def test_a_bomb_is_not_unpacked():
    bomb = b"BT (a) Tj ET " * (LIMITS["zlib_maximum_output_length"] // 13 + 1)
    with pytest.raises(OpeningError, match="1 of 1 pages could not be read"):
        opened(pdf([bomb]))
    got = opened(pdf([page(PAGES[0]), bomb]))
    assert got.notes == ("1 of 2 pages could not be read",)


def test_any_damage_gives_a_text_or_one_clear_line():
    chance = random.Random(7)
    whole = pdf([page(lines) for lines in PAGES])
    for _ in range(150):
        data = bytearray(whole[: chance.randint(len(whole) // 2, len(whole))])
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(20, len(data))] = chance.randrange(256)
        _, wrong = attempt(opened, bytes(data))
        assert "\n" not in wrong
