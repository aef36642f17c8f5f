"""Markdown: signs go, roles stay."""

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_attempt import attempt

from foedus.reading.opening.markdown import LARGEST
from foedus.reading.opening.open import open_bytes

TEXT = """---
title: "Two powers, one client"
author: Jane Porter
date: 2019-04-03
---

# Two powers, one client

Northland and *Eastland* have kept [Midland's](http://x.example) government
alive for four years.

Writing for the Post, Paul Ames argues:

> Neither of the two can leave
> without the other.
>
> > Nested.

## What next?

- one thing

![A map of Midland](x.png)

<script>alert(1)</script>

```
code
```

| a | b |
|---|---|
| c | d |

Nobody knows &amp; nobody asks.
"""


def opened(text):
    return open_bytes("a.md", text.encode())


def test_paragraphs_and_roles():
    got = opened(TEXT)
    roles = {got.text[m.start : m.end]: m.role for m in got.hints}
    assert got.text.split("\n\n") == [
        "Two powers, one client",
        "By Jane Porter",
        "Northland and Eastland have kept Midland's government alive for four years.",
        "Writing for the Post, Paul Ames argues:",
        "Neither of the two can leave without the other.",
        "Nested.",
        "What next?",
        "one thing",
        "A map of Midland",
        "a | b",
        "c | d",
        "Nobody knows & nobody asks.",
    ]
    assert roles["Neither of the two can leave without the other."] == "quote"
    assert roles["What next?"] == "heading"
    assert roles["A map of Midland"] == "caption"


def test_front_matter_tells_the_source():
    source = opened(TEXT).source
    assert (source.title, source.author, source.date) == (
        "Two powers, one client",
        "Jane Porter",
        "2019-04-03",
    )


def test_a_first_heading_is_the_title():
    assert opened("Title\n=====\n\nText.").source.title == "Title"


def test_a_rule_is_no_front_matter():
    assert opened("---\n\nText: this.\n").text.endswith("Text: this.")


def test_too_large_a_text_is_read_as_plain():
    got = opened("*word* " * (LARGEST // 7 + 1))
    assert got.text.startswith("*word*")
    assert "plain text" in got.notes[-1]


@given(st.text(alphabet="*_[]()>#-`!<&|\n ab1.:\\", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_signs_give_a_text_or_one_clear_line(text):
    got, wrong = attempt(opened, text)
    assert "\n" not in wrong
    assert got is None or got.text.strip()
