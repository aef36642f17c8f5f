"""Pages: main text, headline, byline, date, marked quotations; nothing run, all bounded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_attempt import attempt

from foedus.reading.opening import OpeningError
from foedus.reading.opening.cleaning import clean
from foedus.reading.opening.open import open_bytes

PROSE = [
    "Northland and Eastland have kept the government of Midland alive for four years, and each of "
    "them says that it will stay until the end of the war, whatever the other one does.",
    "Their interests differ. Writing for the Harbour Institute, Paul Ames argues that it is fear:",
    "Neither of the two can leave without handing the prize to the other. It holds.",
    "What would break it is a peace that pays one of them and not the other, as it did before.",
    "That is a fair reading, though it says little of the client, who has views of his own.",
    "He wants both of them to stay and to pay, and neither to tell him how to govern the country.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Two powers, one client | The Example Review</title>
<meta name="author" content="Jane Porter"><meta property="og:site_name" content="Example Review">
<meta property="article:published_time" content="2019-04-03T10:00:00Z">
<link rel="canonical" href="https://example.org/two-powers">
<script>var x = "SCRIPT";</script><style>.a {{ color: STYLE }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<h1>Two powers, one client</h1><p class="byline">By <a rel="author" href="/jp">Jane Porter</a></p>
<article><figure><img src="x.jpg"><figcaption>Two ministers in May. Photo: A. Nobody</figcaption>
</figure><p>{PROSE[0]}<script>alert("SCRIPT2")</script></p><p>{PROSE[1]}</p>
<blockquote><p>{PROSE[2]}</p><p>{PROSE[3]}</p></blockquote>
<p>{PROSE[4]}</p><h2>What the client wants</h2><p>{PROSE[5]}</p>
<blockquote class="pull">He wants both of them to stay and to pay</blockquote>
<p>“We <em>shall</em> not move,” he <b>said</b>.<br>He has said <q>so</q> before.</p>
<blockquote>We have no quarrel with our friends. <cite>Ann Other, minister</cite></blockquote>
<table><tr><td>Year</td><td>Troops</td></tr></table>
<p>Nobody knows what comes next, which is the one thing on which all three agree.</p></article>
<aside><h3>Related</h3><a href="/1">Something else</a></aside>
<div id="comments"><p>First comment: I do not agree with any of this, and here is why.</p></div>
<footer>Copyright 2019 The Example Review. All rights reserved.</footer></body></html>"""


def opened(page):
    return open_bytes("page.html", page.encode())


def roles(got, role):
    return [got.text[m.start : m.end] for m in got.hints if m.role == role]


def test_the_main_text_in_order():
    lines = opened(PAGE).text.split("\n\n")
    assert lines == [
        "Two powers, one client",
        "By Jane Porter",
        "Two ministers in May. Photo: A. Nobody",
        *PROSE[:5],
        "What the client wants",
        PROSE[5],
        "“We shall not move,” he said.",
        "He has said “so” before.",
        "We have no quarrel with our friends.",
        "— Ann Other, minister",
        "Year | Troops",
        "Nobody knows what comes next, which is the one thing on which all three agree.",
    ]


def test_what_the_page_says_of_itself():
    source = opened(PAGE).source
    assert source.title == "Two powers, one client"
    assert source.author == "Jane Porter"
    assert source.publisher == "Example Review"
    assert source.date == "2019-04-03"
    assert source.url == "https://example.org/two-powers"


def test_roles_are_marked():
    got = opened(PAGE)
    assert roles(got, "headline") == ["Two powers, one client"]
    assert roles(got, "byline") == ["By Jane Porter"]
    assert roles(got, "caption") == ["Two ministers in May. Photo: A. Nobody"]
    assert roles(got, "heading") == ["What the client wants"]
    assert roles(got, "quote") == [PROSE[2], PROSE[3], "We have no quarrel with our friends."]
    assert roles(got, "credit") == ["— Ann Other, minister"]
    assert roles(got, "row") == ["Year | Troops"]


def test_entities_cannot_bring_back_what_is_taken_out():
    got = opened(f"<html><body><p>{PROSE[0]} &#x202e;abc&#8203;&#7;</p></body></html>")
    assert got.text == f"{PROSE[0]} abc"


def test_hidden_text_is_left_out():
    got = opened(
        f"<html><body><p>{PROSE[0]}</p><p class='sr-only'>Obey {PROSE[1]}</p></body></html>"
    )
    assert "Obey" not in got.text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>var a = 'text';</script>",
        "<style>p { color: red }</style><noscript>Please turn scripts on</noscript>",
        "<!-- a comment that is long enough to be taken for text by some -->",
        "<img src=x><svg><text>drawn</text></svg>",
    ],
)
def test_a_page_without_text_is_told(body):
    with pytest.raises(OpeningError, match="there is no text"):
        opened(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 50_000 + PROSE[0],
        f"<p>{PROSE[0]}</p>" + "<div><b><blockquote>" * 20_000,
        f"<p>{PROSE[0]}</p>" + "<a href=x>a</a> line " * 30_000,
        "<p>" + "<b>a</b> line " * 60_000,
        f"<p {' '.join(f'a{n}=1' for n in range(30_000))}>{PROSE[0]}",
        f"<p>{PROSE[0]}</p>" + "<figure><figcaption>word" * 20_000,
        f"<p>{PROSE[0]}</p>" + "<script>word</script> " * 60_000,
        f"<p>{PROSE[0]}</p>" + "<blockquote>word <cite>me</cite></blockquote> " * 20_000,
        f"<p>{PROSE[0]}</p>" + "<" * 300_000,
        "<p>" + "word " * 1_000_000,
        "<ul><li>hello" * 300,
        f"<script type='application/ld+json'>{'[' * 90_000}</script><p>{PROSE[0]}</p>",
    ],
    ids=lambda body: body[:20],
)
def test_large_and_deeply_nested_pages_come_back(body):
    got, wrong = attempt(opened, f"<html><body>{body}")
    assert (got is not None and got.text) or "there is no text" in wrong


def test_a_page_too_large_for_the_extractor_is_read_whole_without_what_is_around_it():
    body = "".join(f"<p>{PROSE[0]} {n}</p>" for n in range(3000))
    got = opened(
        f"<html><body><nav>Home</nav>{body}<blockquote>{PROSE[2]}</blockquote></body></html>"
    )
    assert "Home" not in got.text
    assert got.text.count(PROSE[0]) == 3000
    assert roles(got, "quote") == [PROSE[2]]
    assert "too large" in got.notes[-1]


TAGS = st.sampled_from(
    ["p", "div", "blockquote", "b", "q", "table", "tr", "td", "script", "style", "figure", "li",
     "figcaption", "cite", "h1", "ul", "pre", "a", "br"]
)  # fmt: skip
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.sampled_from([*PROSE, "<!--", "-->", "<![CDATA[", "&amp;", "&#x202e;", "<", ">", '"', "'"]),
    st.text(max_size=20),
)


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_soup_of_tags_gives_a_text_or_one_clear_line(pieces):
    got, wrong = attempt(opened, "<html><body>" + "".join(pieces))
    assert "\n" not in wrong
    if got is not None:
        assert clean(got.text)[0] == got.text
        for mark in got.hints:
            assert got.text[mark.start : mark.end].strip() == got.text[mark.start : mark.end] != ""


def test_a_page_is_read_without_the_net(monkeypatch):
    def refuse(*args):
        raise AssertionError("the net was asked")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert "prize" in opened(PAGE).text


SEEN_AND_UNSEEN = """<html><head><title>Ships</title></head><body><article><h1>Ships leave</h1>
<time datetime="2016-06-03T10:00:00Z">3 June</time>
<p>Aldia blamed Berrin for the loss of two ships, and both met at length in the old town hall.</p>
<p hidden>Corvia bombed the town.</p><p style="display: none">Corvia bombed the town.</p>
<p aria-hidden="true">Corvia bombed the town.</p>
<p>So <span hidden>Corvia bombed the town.</span> it goes, and this makes enough of a text.</p>
</article></body></html>"""


def test_words_that_nobody_sees_are_nobodys() -> None:
    opened = open_bytes("page.html", SEEN_AND_UNSEEN.encode(), kind="html")
    assert "Corvia" not in opened.text
    assert "So it goes, and this" in " ".join(opened.text.split())


def test_the_time_of_a_page_is_its_date() -> None:
    opened = open_bytes("page.html", SEEN_AND_UNSEEN.encode(), kind="html")
    assert opened.source.date == "2016-06-03"


def test_a_page_whose_text_is_too_deep_says_so() -> None:
    page = "<html><body>" + "<div>" * 20_000 + "words" + "</div>" * 20_000
    with pytest.raises(OpeningError, match="nested too deep"):
        open_bytes("page.html", page.encode(), kind="html")
