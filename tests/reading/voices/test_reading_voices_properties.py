"""What holds for any text: order, no overlap, bounds, known roles; nothing hangs or fails."""

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.reading.model import Source
from foedus.reading.opening import Mark
from foedus.reading.text import Text
from foedus.reading.voices import voices

ROLES = {"author", "editor", "excerpt", "headline", "byline", "caption"}
LINES = st.sampled_from(
    [
        "",
        "A Headline of Some Words",
        "By Ann Other",
        "Paul Ames",
        "Paul Ames writes:",
        "He said:",
        ":",
        "“Open and",
        "shut.”",
        "- a point",
        "***",
        "PHOTO: a bridge",
        "3 May 2016",
        "— Ann Other, minister",
        "Q: why?",
        "A: so.",
        "Read more",
        "   ",
        "The two have paid for the war these four years, and neither of them is done.",
    ]
)
MARKS = st.sampled_from(["quote", "credit", "headline", "byline", "heading", "caption", "row"])


def check(text, hints=()):
    cut = Text.of(text)
    found = voices(cut, Source(), hints)
    end = 0
    for voice in found:
        assert voice.role in ROLES
        assert end <= voice.start < voice.end <= len(text)
        assert text[voice.start : voice.end].strip() == text[voice.start : voice.end]
        end = voice.end
    starts = {span.start for span in cut.paragraphs}
    assert all(any(s <= v.start for s in starts) for v in found)
    return found


@given(st.lists(LINES | st.text(max_size=40), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_lines(lines):
    check("\n".join(lines))


@given(st.lists(st.tuples(LINES, st.none() | MARKS), max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_marks(parts):
    text, marks = "", []
    for line, role in parts:
        if role and line.strip():
            start = len(text) + len(line) - len(line.lstrip())
            marks.append(Mark(start, len(text) + len(line), role))
        text += line + "\n"
    check(text, tuple(marks))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text(text):
    check(text.replace("\r", "\n"))


def test_long_and_hostile_texts_come_back():
    size = 5_000
    for text in (
        "“" * size,
        "Paul Ames writes:\nA text of his.\n" * size,
        "ANN: x\nBOB: y\n" * size,
        "A Headline of Some Words\nAnn Other\n" * size,
        "Ann Other, " * size + "writes:\nfoo bar.",
        "Paul Ames said:\n" + "“foo bar baz, and some more of it\n" * size,
        "Paul Ames writes:\n" + "He said “foo bar qux” here.\n" * size,
        "By Ann Other\n" * size,
        ":\n" * size,
    ):
        check(text)


def test_what_is_read_once_is_read_again_alike():
    text = "A Headline of Words\nBy Ann Other\n\nPaul Ames writes:\n\nA text of his that is long."
    assert [v.id for v in check(text)] == [v.id for v in check(text)]
