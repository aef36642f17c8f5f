"""The reading sheet: everything beside its sentence, nothing executed, everything escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.case import Case
from foedus.lenses.table import load
from foedus.reading import Names, read
from foedus.reading.model import Reading, Source, Voice
from foedus.reading.proposing import Bearing, NewSource, Proposal, proposals
from foedus.reading.sheet import render

TEXT = (
    "Iran may have attacked rebels near Aleppo on 3 May 2016. Nothing else came of it that day.\n\n"
    "“We will never leave Damascus,” Sergei Lavrov said, and Moscow pledged to support Iran.\n"
)
EVIL = '</style><script>alert("x")</script><img src=x onerror=alert(1)>{{ 7 * 7 }}\u202e'


class Page(HTMLParser):
    """A page's tags, its words, and the words of each element by class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def case() -> Case:
    return load("syria-2016")


@pytest.fixture(scope="module")
def reading(case: Case) -> Reading:
    return read(TEXT, Source("A day", "A. Writer", date="2016-05-04"), Names.of(case))


def rows(html: str) -> list[str]:
    return re.findall(r'<section class="row.*?</section>', html, re.DOTALL)


def left(row: str) -> str:
    """The words of the text in a row, without numbers and signs."""
    said = re.search(r'<p class="said">(.*?)</p>', row, re.DOTALL)
    assert said is not None
    bare = re.sub(r'<span class="(?:number|sign)">[^<]*</span>', "", said[1])
    return " ".join(unescape(re.sub(r"<[^>]*>", "", bare)).split())


def test_all_of_the_text_is_there_in_order(reading: Reading) -> None:
    assert " ".join(map(left, rows(render(reading)))) == " ".join(TEXT.split())


def test_what_was_found_stands_beside_its_sentence(reading: Reading) -> None:
    first, second, *_, last = rows(render(reading))
    assert left(first).startswith("Iran may")
    assert "ASSAULT" in first
    assert "Syrian rebels" in first
    assert "ASSAULT" not in second
    assert left(second).startswith("Nothing else")
    assert "pledge" in last
    assert "Lavrov" in last


def test_cues_events_and_voices_are_marked_without_colour_too(reading: Reading) -> None:
    html = render(replace(reading, items=(
        Voice(start=0, end=len(TEXT), role="author", speaker="A. Writer"), *reading.items,
    )))  # fmt: skip
    assert '<span class="cue">may</span><span class="sign">~</span>' in html
    assert re.search(
        r'<span class="event">[^<]*attacked[^<]*</span><span class="sign">¹</span>', html
    )
    assert "<h2>author: A. Writer</h2>" in html
    assert "⟨Sergei Lavrov⟩" in html


def test_each_proposal_stands_beside_its_sentence_with_chain_rating_and_bearing(
    reading: Reading, case: Case
) -> None:
    found = proposals(reading, case)
    html = render(reading, found, case)
    assert case.title in html
    assert found
    for one in found:
        sentence = " ".join(one.quoted.split())
        (row,) = [row for row in rows(html) if left(row).endswith(sentence)]
        words = unescape(re.sub(r"<[^>]*>", "", row))
        assert one.says.removeprefix("[draft] ") in words
        if one.repeats is None:
            assert f"{one.credibility}: {one.rule}" in words
            for bearing in one.bears:
                assert bearing.on in words


def test_a_repeat_says_what_it_repeats(reading: Reading, case: Case) -> None:
    (one, *_) = proposals(reading, case)
    html = render(reading, [replace(one, repeats="red-line-spring", because="said before")], case)
    assert "repeats <b>red-line-spring</b>: said before" in html
    assert "0 pieces of evidence proposed, and 1 that repeats" in html


def evil_page(case: Case) -> str:
    source = Source(EVIL, EVIL, EVIL, "2016-05", "javascript:alert(1)")
    text = f"{EVIL} Iran attacked rebels. {EVIL}"
    reading = read(text, source, Names.of(case))
    one = Proposal(
        id="x", kinds=(EVIL,), start=0, end=5, quoted=EVIL, source=EVIL, where=EVIL, by=EVIL,
        new_source=NewSource("y", EVIL), through=(EVIL,), says=EVIL, rule=EVIL, unknown=(EVIL,),
        bears=(Bearing(EVIL, EVIL, "supports", EVIL),),
    )  # fmt: skip
    return render(reading, [one, replace(one, repeats=EVIL, because=EVIL)], case)


def test_nothing_of_the_text_becomes_markup(case: Case) -> None:
    html = evil_page(case)
    page = Page(html)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "link", "form", "base"}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert "alert(1)" in "".join(page.words)
    assert "49" not in "".join(page.words)
    assert "\u202e" not in html
    assert "⟨U+202E⟩" in html
    links = [attrs.get("href") for tag, attrs in page.tags if tag == "a"]
    assert links == []


def test_the_page_may_load_and_run_nothing(reading: Reading) -> None:
    page = Page(render(reading))
    (policy,) = [
        a["content"] for tag, a in page.tags
        if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]  # fmt: skip
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules
    assert all("src" not in attrs for _, attrs in page.tags)
    assert "@page { size: A4;" in render(reading)


def test_a_source_with_an_address_is_linked(reading: Reading) -> None:
    html = render(
        replace(reading, source=replace(reading.source, url="https://example.org/a?b=1&c=2"))
    )
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer noopener">' in html


def test_the_same_reading_gives_the_same_page(reading: Reading, case: Case) -> None:
    found = proposals(reading, case)
    assert render(reading, found, case) == render(reading, found, case)


WORDS = st.text(st.sampled_from("ab <>&\"'{}%\u202e\n“”.") | st.characters(), max_size=120)


@given(text=WORDS, title=st.none() | WORDS)
@settings(max_examples=40, deadline=None)
def test_any_text_is_shown_and_stays_text(text: str, title: str | None) -> None:
    clean = "".join(c for c in text if c.isprintable() or c == "\n")
    html = render(read(clean, Source(title), Names.of()))
    told = {tag for tag, _ in Page(html).tags}
    assert "script" not in told
    assert " ".join(map(left, rows(html))).split() == clean.split()
