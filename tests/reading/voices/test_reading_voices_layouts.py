"""Whose text is which stretch, on made texts of several layouts."""

import pytest

from foedus.reading.model import Source
from foedus.reading.opening import Mark
from foedus.reading.text import Text
from foedus.reading.voices import voices

PROSE = "The two capitals have paid for the third one's war these four years, and neither is done."
OTHER = "Nobody who has seen the bill believes that it will ever be paid back in any coin at all."
THIRD = "The river that divides them is wide, and the bridges over it have been gone since May."


def told(text, source=None, hints=()):
    """Role and speaker of each stretch, and its paragraphs: from, to."""
    cut = Text.of(text)
    return [
        (v.role, v.speaker, cut.paragraph_at(v.start), cut.paragraph_at(v.end - 1))
        for v in voices(cut, source or Source(), hints)
    ]


def test_a_wire_story_has_headline_byline_subheading_credits_biography_and_tail():
    text = f"""Northland pledges more troops
By Ann Other and Jo Public | The Harbour Post
3 April 2019

HARBOUR (AP) — {PROSE}

{OTHER}

What the opposition says

{THIRD}

Reporting by Max Mild; editing by Eve Even
Ann Other covers defence for The Harbour Post.
Read more: Why Northland went to war
"""
    both = "Ann Other and Jo Public"
    assert told(text) == [
        ("headline", both, 1, 1),
        ("byline", both, 2, 3),
        ("author", both, 4, 5),
        ("headline", both, 6, 6),
        ("author", both, 7, 7),
        ("byline", None, 8, 8),
        ("editor", None, 9, 9),
    ]


def test_an_article_appended_with_headline_and_names_alone_is_its_authors():
    text = f"""PHOTO: Two ministers by the river, May 2018

{PROSE}

Writing for the Harbour Institute, Paul Ames concludes that, while it is hard, it holds:

{OTHER}

{THIRD}

It’s a bold reading, but notice the words “ever be paid back in any coin”. Can that be so?


Four Years of War: Who Pays the Bill
Paul Ames

{OTHER} And more of it stands here.

{THIRD}

Read full article….
"""
    assert told(text) == [
        ("caption", None, 1, 1),
        ("editor", None, 2, 3),
        ("excerpt", "Paul Ames", 4, 5),
        ("editor", None, 6, 6),
        ("headline", "Paul Ames", 7, 7),
        ("byline", "Paul Ames", 8, 8),
        ("author", "Paul Ames", 9, 10),
    ]


def test_an_appended_article_with_standfirst_and_dated_byline_after_a_rule():
    text = f"""{PROSE}

-----

No One Leaves First

It takes two to end a pact, and neither wants to begin.

By Jane Porter, Foreign Review, 12 May 2016

{OTHER}
"""
    assert told(text) == [
        ("editor", None, 1, 1),
        ("headline", "Jane Porter", 3, 4),
        ("byline", "Jane Porter", 5, 5),
        ("author", "Jane Porter", 6, 6),
    ]


def test_two_appended_articles_have_an_author_each():
    text = f"""A Headline of the First
By Ann Other

{PROSE}

A Headline of the Second
By Jo Public

{OTHER}
"""
    assert [(role, who) for role, who, *_ in told(text) if role in ("author", "editor")] == [
        ("editor", "Ann Other"),
        ("author", "Jo Public"),
    ]


def test_a_text_without_any_layout_is_its_authors():
    assert told(f"{PROSE}\n{OTHER}") == [("author", None, 1, 2)]
    assert told(PROSE, Source(author="Ann Other")) == [("author", "Ann Other", 1, 1)]


def test_sentences_that_begin_as_bylines_and_tails_do_are_running_text():
    text = f"""{PROSE}

By Monday the troops had left. By 2016 nobody remembered them.

By Friday

Share of the market aside, {OTHER[0].lower()}{OTHER[1:]}

Read the two sentences again, {THIRD[0].lower()}{THIRD[1:]}
"""
    assert {role for role, *_ in told(text)} <= {"author", "headline"}
    assert told(text)[0][0] == "author"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Porter", "Jane Porter"),
        ("by Jane Porter", "Jane Porter"),
        ("BY JANE PORTER", "JANE PORTER"),
        ("Written by Dana el-Amin", "Dana el-Amin"),
        ("Analysis by Maria van der Berg, Harbour Institute", "Maria van der Berg"),
        ("By A. B. Other in Harbour City", "A. B. Other"),
        (
            "By Ann Other, Jo Public & Max O’Mild — 3 May 2016",
            "Ann Other and Jo Public and Max O’Mild",
        ),
        ("Author: Jane Porter", "Jane Porter"),
    ],
)
def test_bylines_of_many_shapes(line, names):
    assert told(f"A Headline of Some Words\n{line}\n\n{PROSE}") == [
        ("headline", names, 1, 1),
        ("byline", names, 2, 2),
        ("author", names, 3, 3),
    ]


@pytest.mark.parametrize("line", ["The Long War", "Next Steps", "Talks in Crisis", "What Now"])
def test_a_subtitle_is_no_byline(line):
    assert all(who is None for _, who, *_ in told(f"A Headline of Some Words\n{line}\n\n{PROSE}"))


@pytest.mark.parametrize(
    "line",
    [
        "Photo: the bridge in May",
        "PHOTO CREDIT: A. Nobody",
        "Image: a map of the river",
        "Figure 3: Costs by year",
        "Soldiers cross the river at dawn, May 2018 (Reuters)",
        "The president at his desk. Jo Snap/AFP/Getty Images",
    ],
)
def test_captions(line):
    assert told(f"{PROSE}\n\n{line}\n\n{OTHER}")[1] == ("caption", None, 2, 2)


@pytest.mark.parametrize(
    "line",
    [
        "Read full article….",
        "Read more: Why they went to war",
        "Continue reading →",
        "Click here to subscribe",
        "Tags: war, peace",
        "© 2019 The Harbour Post. All rights reserved.",
        "Originally published at harbour.example",
        "* * *",
    ],
)
def test_tails_and_rules_are_nobodys(line):
    assert told(f"{PROSE}\n\n{line}\n\n{OTHER}") == [("author", None, 1, 1), ("author", None, 3, 3)]


def test_an_editors_note_is_the_editors():
    text = f"Editor’s note: this was first printed in 2015.\n\nThe End\nBy Jane Porter\n\n{PROSE}"
    assert told(text)[0] == ("editor", None, 1, 1)
    assert told(text)[-1] == ("author", "Jane Porter", 4, 4)


def test_an_interview_gives_questions_to_the_author_and_answers_to_another():
    text = f"{PROSE}\n\nQ: Will it hold?\nA: As long as both pay.\nQ: And then?\nA: We shall see."
    roles = [role for role, *_ in told(text, Source(author="Ann Other"))]
    assert roles == ["author", "excerpt", "author", "excerpt"]


def test_a_transcript_names_who_speaks_until_the_next_does():
    text = """LAVINSKY: We have talked for five hours.

We shall meet again in June.

BROWNE: Most is not all.
LAVINSKY: No.
BROWNE: Good."""
    assert told(text)[:2] == [("excerpt", "LAVINSKY", 1, 2), ("excerpt", "BROWNE", 3, 3)]


def test_lines_of_a_list_are_not_headings():
    text = f"{PROSE}\n\nMoney from the north\nArms from the east\nBread from the south\n\n{OTHER}"
    assert told(text) == [("author", None, 1, 5)]


def marked(parts):
    """A text of paragraphs, and marks for those with a role."""
    text, marks = "", []
    for told_, role in parts:
        if role:
            marks.append(Mark(len(text), len(text) + len(told_), role))
        text += told_ + "\n\n"
    return text, tuple(marks)


def test_marks_of_headline_byline_heading_and_caption_count():
    text, marks = marked(
        [
            ("A Headline", "headline"),
            ("By Jane Porter", "byline"),
            ("Two men shake hands.", "caption"),
            (PROSE, None),
            ("A heading that ends with a stop.", "heading"),
            (OTHER, None),
        ]
    )
    assert told(text, Source(author="Jane Porter"), marks) == [
        ("headline", "Jane Porter", 1, 1),
        ("byline", "Jane Porter", 2, 2),
        ("caption", None, 3, 3),
        ("author", "Jane Porter", 4, 4),
        ("headline", "Jane Porter", 5, 5),
        ("author", "Jane Porter", 6, 6),
    ]


def test_marked_quotations_are_named_before_them_or_beneath():
    text, marks = marked(
        [
            ("In an essay, Paul Ames argues that fear holds it.", None),
            (OTHER, "quote"),
            (THIRD, "quote"),
            ("He sees little else.", None),
            ("“None leaves.”", "quote"),
            ("— Maria Lind, minister of trade", "credit"),
            ("That was all.", None),
            (PROSE, "quote"),
        ]
    )
    excerpts = [v for v in told(text, Source(author="Ann Other"), marks) if v[0] == "excerpt"]
    assert excerpts == [
        ("excerpt", "Paul Ames", 2, 3),
        ("excerpt", "Maria Lind", 5, 5),
        ("excerpt", None, 8, 8),
    ]
