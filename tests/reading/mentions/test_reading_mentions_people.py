"""People: titles, names by their shape, names that are places as well, family names alone."""

from __future__ import annotations

import pytest

from foedus.reading.mentions import Names, mentions
from foedus.reading.model import Mention
from foedus.reading.text import Text

NAMES = Names.of(None)


def found(text: str) -> list[tuple[str, Mention]]:
    return [(text[m.start : m.end], m) for m in mentions(Text.of(text), NAMES)]


def people(text: str) -> list[str]:
    return [words for words, mention in found(text) if mention.type == "person"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foreign Minister Anton Gruber spoke.", "Foreign Minister Anton Gruber"),
        ("Austrian Foreign Minister Anton Gruber spoke.", "Austrian Foreign Minister Anton Gruber"),
        ("Lt. Gen. Zed Q. Okoro spoke.", "Lt. Gen. Zed Q. Okoro"),
        ("Secretary of State Zed Okoro spoke.", "Secretary of State Zed Okoro"),
        ("Jordan Smith spoke.", "Jordan Smith"),
        ("Chad Brown spoke.", "Chad Brown"),
        ("Jack London spoke.", "Jack London"),
        ("Sheikh Hamad bin Khalifa al-Thani spoke.", "Sheikh Hamad bin Khalifa al-Thani"),
        ("Zed Okoro, who knew, spoke.", "Zed Okoro"),
        ("An analyst spoke.", "analyst"),
    ],
)
def test_a_person_is_found(text: str, name: str) -> None:
    assert people(text) == [name]


def test_a_family_name_alone_is_the_person_named_before() -> None:
    text = "Foreign Minister Anton Gruber came. Gruber left."
    assert [(words, m.name) for words, m in found(text)] == [
        ("Foreign Minister Anton Gruber", "Anton Gruber"),
        ("Gruber", "Anton Gruber"),
    ]
    assert people("Gruber left.") == []


def test_a_person_introduced_goes_before_a_known_one_of_that_name() -> None:
    text = "Senator Bob Kerry came. Kerry left."
    assert [m.name for _, m in found(text)] == ["Bob Kerry", "Bob Kerry"]
    assert [m.actor for _, m in found("Kerry left.")] == ["john-kerry"]


def test_a_state_is_no_person() -> None:
    assert people("Jordan and Chad signed.") == []
    assert people("The Jordan River is low.") == []


def test_an_office_stands_for_whoever_held_it_last() -> None:
    text = "Austrian Foreign Minister Anton Gruber came. The foreign minister left. The king left."
    told = [(words, m.name) for words, m in found(text)]
    assert told[1] == ("foreign minister", "Anton Gruber")
    assert "Anton Gruber" not in [name for words, name in told if words == "king"]


def test_an_office_of_a_state_without_a_name_acts_for_the_state() -> None:
    (told,) = found("The Turkish ambassador left.")
    assert (told[0], told[1].actor, told[1].code) == ("Turkish ambassador", "turkey", "TUR")


@pytest.mark.parametrize("text", ["A major issue arose.", "The general view is that it failed."])
def test_an_adjective_is_no_office(text: str) -> None:
    assert people(text) == []


def test_a_ship_is_no_person() -> None:
    assert people("The frigate FS Charles de Gaulle sailed.") == []
