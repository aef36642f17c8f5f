"""What holds of every text: where mentions stand, that nothing else sways them, that they end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.reading.mentions import Names, mentions
from foedus.reading.mentions.known import known, states
from foedus.reading.mentions.tables import rows
from foedus.reading.text import Text

NAMES = Names.of(None)
TYPES = {"state", "person", "organisation", "movement", "nationality", "place"}
WAYS = {"alias", "table", "capital", "demonym", "pronoun", "shape"}
PIECES = st.sampled_from(
    [
        "Iran",
        "Iranian",
        "Russia's",
        "Moscow",
        "the",
        "of",
        "and",
        ",",
        ".",
        "“",
        "”",
        "(",
        ")",
        "forces",
        "rebels",
        "President",
        "Zed",
        "Okoro",
        "Jordan",
        "he",
        "it",
        "its",
        "ally",
        "both",
        "countries",
        "-",
        "–",
        "U.S.",
        "UN",
        "IS",
        "WHO",
        "in",
        "to",
        "Ministry",
        "Defence",
        "al-Assad",
        "d'Orsay",
        "’",
        "'",
        "Western-backed",
        "pro-Iranian",
        "Gen.",
        "300",
        "\n",
        "é",
        "漢",
        "\u202e",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_mentions_lie_in_their_text_in_order_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    told = mentions(Text.of(text), NAMES)
    assert told == mentions(Text.of(text), NAMES)
    last = (0, 0)
    for mention in told:
        words = text[mention.start : mention.end]
        assert words
        assert words == words.strip()
        assert (mention.start, mention.end) == last or mention.start >= last[1]
        assert mention.type in TYPES
        assert mention.by in WAYS
        assert mention.role in ("actor", "place")
        assert mention.name
        last = (mention.start, mention.end)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for mention in mentions(Text.of(text), NAMES):
        assert 0 <= mention.start < mention.end <= len(text)


def test_texts_read_one_after_another_do_not_sway_each_other() -> None:
    text = Text.of("Okoro left.")
    alone = mentions(text, NAMES)
    mentions(Text.of("President Zed Okoro came. Okoro left."), NAMES)
    assert mentions(text, NAMES) == alone == ()


def test_one_endless_sentence_is_read() -> None:
    for piece in ("they ", "Iran ", "Georgia ", "the two ", "Iran's ", "deputy ", "Ministry of "):
        mentions(Text.of(piece * 60_000), NAMES)


def test_every_state_has_an_id_of_its_own_and_three_letters() -> None:
    codes = [code for _, code in states().values()]
    assert len(states()) == len(rows("states")) == len(set(codes))
    assert all(len(code) == 3 and code.isupper() and code.isalpha() for code in codes)


def test_every_name_of_the_tables_can_be_found_by_itself() -> None:
    missed = []
    for entry in known():
        words = list(entry.words)
        hit = NAMES.at([word.lower() for word in words], words, 0)
        if hit is None or hit[0] != len(words):
            missed.append(words)
    assert missed == []


def test_a_name_of_the_tables_means_one_but_for_a_few() -> None:
    meant: dict[tuple[str, ...], set[str | None]] = {}
    for entry in known():
        meant.setdefault(entry.words, set()).add(entry.actor)
    shared = {" ".join(words) for words, actors in meant.items() if len(actors) > 1}
    assert shared == {"Congolese"}
