"""What actors have at stake and what they are after."""

from __future__ import annotations

import pytest
from made_statements import found, said

from foedus.reading.statements import stakes

FOUND = [
    ("The harbour is vital to Arland's trade.", "stake", "arland", "The harbour"),
    ("Arland views the harbour as crucial to its trade.", "stake", "arland", "the harbour"),
    ("Arland stands to lose its harbour.", "stake", "arland", "its harbour"),
    ("The harbour matters to Drusk.", "stake", "drusk", "The harbour"),
    ("Arland has a vital interest in the strait.", "stake", "arland", "the strait"),
    ("Arland depends on Bordurian grain.", "stake", "arland", "Bordurian grain"),
    ("Arland fears a flood of refugees.", "stake", "arland", "a flood of refugees"),
    ("Orlo places great value on the talks.", "stake", "orlo", "the talks"),
    ("The harbour is hardly fundamental for Drusk.", "stake", "drusk",
     "hardly fundamental for Drusk"),
    ("While Drusk seems only mildly interested in talks, Arland waits.", "stake", "drusk",
     "only mildly interested in talks"),
    ("Arland seeks to hold the harbour.", "aim", "arland", "hold the harbour"),
    ("Arland clearly wants Drusk to bend.", "aim", "arland", "Drusk to bend"),
    ("Arland does not want a war.", "aim", "arland", "not want a war"),
    ("Arland's aim is to keep the strait open.", "aim", "arland", "keep the strait open"),
    ("In order to save face, Arland left.", "aim", "arland", "save face"),
    ("Arland, which seeks higher prices, cut output.", "aim", "arland", "higher prices"),
    ("Arland’s course is its own. It prefers to wait.", "aim", "arland", "wait"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "actor", "about"), FOUND)
def test_a_stake_or_aim_is_found(text: str, kind: str, actor: str, about: str) -> None:
    items = [i for i in found(stakes, text) if i.type == kind]
    assert [(i.actor, said(text, i.about)) for i in items] == [(actor, about)]


def test_each_of_several_aims_is_one() -> None:
    text = "Arland seeks to keep the fort, to prevent a coup, and to use the war as a lever."
    assert [said(text, i.about) for i in found(stakes, text)] == [
        "keep the fort",
        "prevent a coup",
        "use the war as a lever",
    ]


def test_each_of_several_actors_has_the_stake() -> None:
    items = found(stakes, "Both Arland and Borduria stand to lose the war.")
    assert [i.actor for i in items] == ["arland", "borduria"]


def test_a_war_of_choice_is_that_of_whom_the_paragraph_speaks() -> None:
    text = "Arland's view differs. It seeks to win the war. But it is a war of choice."
    assert [(i.actor, said(text, i.about)) for i in found(stakes, text)][-1] == (
        "arland",
        "war of choice",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Arland should seek to calm the front.",
        "We will strike Arland in order to win.",
        "It is vital to win.",
        "The wanted man lived in Arland.",
    ],
)
def test_what_nobody_wants_is_no_aim(text: str) -> None:
    assert found(stakes, text) == ()
