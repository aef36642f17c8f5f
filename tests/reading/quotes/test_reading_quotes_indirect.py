"""What another is said to have said, and by whom."""

from __future__ import annotations

import pytest
from made_quotes import indirect, told


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Norland said that the war was over.", "norland", "the war was over"),
        ("Norland said the war was over.", "norland", "the war was over"),
        ("Norland denied that it was over.", "norland", "it was over"),
        ("Hafen has even said—sincerely or not—that it may go.", "norland", "it may go"),
        ("Brandt, who met Maric, warned that it was over.", "brandt", "it was over"),
        ("Brandt met Maric and said that it was over.", "brandt", "it was over"),
        ("Brandt told reporters the war was over.", "brandt", "the war was over"),
        ("Brandt said on Friday, in a speech, that it was over.", "brandt", "it was over"),
        ("On Friday Brandt said it was over.", "brandt", "it was over"),
        ("In a speech, the minister Ada Brandt said it was over.", "brandt", "it was over"),
        ("Norlandic officials believe that it is over.", "norland", "it is over"),
        ("Analysts believe it is over.", "Analysts", "it is over"),
        ("According to Brandt, the war is over.", "brandt", "the war is over"),
        ("The war is over, according to Brandt.", "brandt", "The war is over"),
        ("In Norland’s view, the war is over.", "norland", "the war is over"),
        ("The war is over, in the view of Brandt.", "brandt", "The war is over"),
        ("The war is over, Brandt said.", "brandt", "The war is over"),
        ("As Brandt put it, the war is over.", "brandt", "the war is over"),
        ("Norland’s claim that it won is disputed.", "norland", "it won is disputed"),
        ("The claim by Norland that it won was heard.", "norland", "it won was heard"),
        ("Hafen rejected the claim that it had armed them.", "norland", "it had armed them"),
        ("Brandt’s conclusion is that the pact holds.", "brandt", "the pact holds"),
        ("Norland made it clear that it would stay.", "norland", "it would stay"),
        ("Brandt is convinced that it will stay.", "brandt", "it will stay"),
        ("An agency quoted Brandt as saying that it was over.", "brandt", "it was over"),
        ("Norland accused Sudria of a breach.", "norland", "Sudria of a breach"),
        ("Brandt wondered aloud whether it was over.", "brandt", "whether it was over"),
        ("Paris and Brandt said they would stay.", "Paris and Brandt", "they would stay"),
    ],
)  # fmt: skip
def test_the_holder_and_the_words_of_indirect_speech(text: str, speaker: str, words: str) -> None:
    text = text.replace("Paris", "Sudria")
    assert indirect(text)[-1] == (speaker.replace("Paris", "Sudria"), words)


@pytest.mark.parametrize(
    "text",
    [
        "Norland did not say that it would stay.",
        "Brandt declined to say whether it would stay.",
        "Norland has claimed responsibility for the raid.",
        "Few believe that the truce will last.",
        "Norland will maintain the pact that is vital to Brandt.",
        "The reports were read by many.",
        "Brandt spoke about the role that troops will play.",
    ],
)
def test_what_nobody_says_is_no_speech(text: str) -> None:
    assert indirect(text) == []


def test_chains_nest() -> None:
    text = "According to Western diplomats, Hafen has said that it could leave."
    assert indirect(text) == [
        ("Western diplomats", "Hafen has said that it could leave"),
        ("norland", "it could leave"),
    ]


def test_the_narrator_takes_over_again() -> None:
    text = "Norland said that the war was over, and it has repeated the words since."
    assert indirect(text) == [("norland", "the war was over")]
    text = "Brandt says that it is over, but Maric says that it goes on."
    assert indirect(text) == [("brandt", "it is over"), ("maric", "it goes on")]


def test_a_few_words_in_marks_inside_indirect_speech_belong_to_it() -> None:
    text = "Norland declared that the future was a “red line”."
    assert told(text) == [
        ("indirect", "norland", "the future was a “red line"),
        ("mixed", "norland", "red line"),
    ]
