"""Whose a quotation in marks is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_quotes import direct, mentions, told

from foedus.reading.model import Voice
from foedus.reading.quotes import quotes
from foedus.reading.text import Text


@pytest.mark.parametrize(
    "text",
    [
        "“We stay here,” Brandt said.",
        "“We stay here,” said Brandt.",
        "“We stay here,” said the minister, Ada Brandt.",
        "“We stay here,” Norland’s foreign minister, Ada Brandt, told reporters in Sudria.",
        "“We stay here,” Brandt, who met Maric on Monday, said.",
        "“We stay here,” according to Brandt.",
        "Brandt said: “We stay here.”",
        "Brandt told Maric on Friday, “We stay here.”",
        "Brandt met Maric and said, “We stay here.”",
        "Asked about Maric, Brandt was blunt: “We stay here.”",
        "Brandt was dismissive of Maric. “We stay here.”",
        "“We stay here” — Ada Brandt",
        "“We stay here,” Brandt shrugged.",
        "“We stay here.” That was the message from Brandt on Friday.",
        "“We stay here,” was Brandt’s reply.",
        "Brandt was quoted by an agency as saying: “We stay here.”",
        "An agency quoted Brandt as saying: “We stay here.”",
        "Brandt spoke last. “We stay here,” she said.",
        "'We stay here,' said Brandt.",
        "„We stay here“, said Brandt.",
        "— We stay here, said Brandt.",
    ],
)
def test_the_speaker_is_found_before_behind_and_around(text: str) -> None:
    ((speaker, _),) = direct(text)
    assert speaker == "brandt"


def test_both_parts_of_an_interrupted_quotation_have_the_speaker() -> None:
    assert direct("“The pact,” Brandt added, “is dead.”") == [
        ("brandt", "The pact"),
        ("brandt", "is dead"),
    ]


def test_the_speaker_is_carried_over_until_another_speaks() -> None:
    text = (
        "“The pact is dead,” Brandt said. “Nobody can revive it.” Maric disagreed. “It lives,” he"
        " said.\n“We are its proof.”"
    )
    assert [speaker for speaker, _ in direct(text)] == ["brandt", "brandt", "maric", "maric"]


def test_two_who_talk_are_told_apart() -> None:
    text = "Brandt told Maric: “You must choose.” Maric replied, “We have chosen.”"
    assert [speaker for speaker, _ in direct(text)] == ["brandt", "maric"]


def test_every_paragraph_of_a_long_quotation_has_the_speaker() -> None:
    text = "“The first part.\n“The second part.\n“The last part,” Brandt said."
    assert [speaker for speaker, _ in direct(text)] == ["brandt"] * 3


def test_a_question_mark_does_not_part_a_quotation_from_its_verb() -> None:
    assert direct("“Is it over?” Maric asked. Brandt left.")[0] == ("maric", "Is it over?")


def test_an_office_stands_for_the_actor_and_a_calling_for_itself() -> None:
    assert direct("“We stay here,” a senior Norlandic official said.")[0][0] == "norland"
    assert direct("“We stay here,” one Norlandic dissident said.")[0][0] == "Norlandic dissident"
    assert direct("“We stay here,” said a resident of Hafen.")[0][0] == "resident of Hafen"
    assert direct("“We stay here,” Western diplomats said.")[0][0] == "Western diplomats"


def test_the_minister_is_the_one_last_called_so() -> None:
    text = "Norland’s minister, Ada Brandt, said so. Maric left. “We stay,” the minister said."
    assert direct(text)[0][0] == "brandt"


def test_she_is_not_he() -> None:
    text = (
        "“Yes, we do,” Brandt said. “No doubt,” she added. “We do not,” Maric said. “Never,” he"
        " added. “Never again?” she asked."
    )
    assert [speaker for speaker, _ in direct(text)][-1] == "brandt"


def test_a_pronoun_is_whom_its_mention_says() -> None:
    text = "“We will stay here,” he said."
    at = text.index("he said")
    he = replace(mentions("Maric")[0], start=at, end=at + 2, by="pronoun")
    assert quotes(Text.of(text), (), (he,))[0].speaker == "maric"


def test_a_quotation_without_a_speaker_has_none() -> None:
    assert direct("“We stay here,” read the wall.") == [(None, "We stay here")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland called the deal a “historic mistake”.", ("mixed", "norland")),
        ("Brandt vowed to “fight to the end” beside Maric.", ("mixed", "brandt")),
        ("Maric warned of “grave consequences”.", ("mixed", "maric")),
        ("What Norland calls “order” is a siege.", ("mixed", "norland")),
        ("The pact was “dead on arrival,” Brandt said.", ("mixed", "brandt")),
        ("The “moderates” are no better.", ("scare", None)),
        ("The so-called “friends of peace” met.", ("scare", None)),
        ("The base, also called “Q West”, is closed.", ("scare", None)),
        ("Her book “The Long War of Lies” sold well.", ("title", None)),
        ("In an essay entitled “Waiting”, Brandt spoke of home.", ("title", None)),
    ],
)
def test_few_words_are_mixed_scare_or_a_title(text: str, expected: tuple[str, str | None]) -> None:
    marked = [(form, speaker) for form, speaker, _ in told(text) if form != "indirect"]
    assert marked == [expected]


def test_words_that_repeat_anothers_text_are_that_others() -> None:
    excerpt = "The pact will hold as long as the front holds, says nobody."
    text = excerpt + "\nBut notice the words “as long as the front holds” in it."
    voices = (
        Voice(start=0, end=len(excerpt), role="excerpt", speaker="Ada Brandt"),
        Voice(start=len(excerpt) + 1, end=len(text), role="editor", speaker=None),
    )
    marked = [(form, speaker) for form, speaker, _ in told(text, voices) if form == "mixed"]
    assert marked == [("mixed", "Ada Brandt")]


def test_an_excerpt_is_a_block_by_its_voice_or_its_introduction() -> None:
    intro = "Writing for an institute, Ada Brandt concludes that it holds:"
    text = intro + "\nBoth states have reason to worry about it."
    for speaker in (None, "Ada Brandt"):
        voice = Voice(start=len(intro) + 1, end=len(text), role="excerpt", speaker=speaker)
        blocks = [q for q in quotes(Text.of(text), (voice,), mentions(text)) if q.form == "block"]
        assert [(q.speaker, q.start) for q in blocks] == [("brandt", len(intro) + 1)]
        assert blocks[0].verb_at is not None
        verb = blocks[0].verb_at
        assert text[verb.start : verb.end] == "concludes"
