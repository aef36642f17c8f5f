from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.reading.asking.refused import Refusal
from foedus.reading.asking.spans import everywhere, in_order, once
from foedus.reading.text import Span

ACTORS = ("Russia", "Iran", "Turkey", "the rebels", "Qatar", "Western diplomats", "Jordan", "Oman")
VERBS = ("attacked", "supported", "left", "armed", "blamed", "sheltered", "fined", "warned")
OBJECTS = ("the port", "its ally", "two bases", "the “red line”", "a cease-fire", "the air-lift")
ENDS = ("in 2015", "with 1,200 men", "for 35 days", "at 3.5 %", "on Friday", "for $40 million")
NEGATED = ("has not", "did not", "will never", "cannot", "didn’t", "won’t")
PLAIN = ("has", "then", "will", "could", "may", "would")
BATCH = 100


def made(rng: random.Random) -> list[str]:
    """Sentences, no two alike."""
    out: dict[str, None] = {}
    while len(out) < 12:
        one, other = rng.sample(ACTORS, 2)
        helper = rng.choice(NEGATED + PLAIN)
        words = f"{one} {helper} {rng.choice(VERBS)} {rng.choice(OBJECTS)} near {other}"
        out[f"{words[0].upper()}{words[1:]} {rng.choice(ENDS)}."] = None
    return list(out)


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'.,$%-]*\w[\w’'%-]*|[^\w\s]", text)


def another_word(rng: random.Random, said: str) -> str:
    parts = said.split(" ")
    parts[rng.randrange(len(parts))] = rng.choice(("gladly", "Yemen", "denied", "all", "unarmed"))
    return " ".join(parts)


def flipped(rng: random.Random, said: str) -> str:
    for negated, plain in (
        ("has not", "has"), ("did not", "did"), ("will never", "will"), ("cannot", "can"),
        ("didn’t", "did"), ("won’t", "will"),
    ):  # fmt: skip
        if negated in said:
            return said.replace(negated, plain)
    for plain in PLAIN:
        if f" {plain} " in said:
            return said.replace(f" {plain} ", f" {plain} {rng.choice(('not', 'never', 'hardly'))} ")
    return said


def dropped(rng: random.Random, said: str) -> str:
    parts = said.split(" ")
    del parts[rng.randrange(1, len(parts) - 1)]
    return " ".join(parts)


def swapped(rng: random.Random, said: str) -> str:
    lower = {actor.lower(): actor for actor in ACTORS}
    found = list(re.finditer("|".join(ACTORS), said, re.IGNORECASE))[:2]
    first, second = found if len(found) == 2 else (found[0], None)
    if second is None or rng.random() < 0.5:
        others = [a for a in ACTORS if a.lower() != first.group().lower()]
        return said[: first.start()] + rng.choice(others) + said[first.end() :]
    one, other = lower[first.group().lower()], lower[second.group().lower()]
    return (
        said[: first.start()]
        + other
        + said[first.end() : second.start()]
        + one
        + said[second.end() :]
    )


def other_number(rng: random.Random, said: str) -> str:
    digits = [m.start() for m in re.finditer(r"\d", said)]
    if not digits:
        return said.replace("Friday", "Monday")
    at = rng.choice(digits)
    how = rng.randrange(3)
    if how == 0:
        return said[:at] + str((int(said[at]) + rng.randrange(1, 10)) % 10) + said[at + 1 :]
    return said[:at] + said[at + 1 :] if how == 1 else said[:at] + "0" + said[at:]


CORRUPTIONS = (another_word, flipped, dropped, swapped, other_number)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_of_ten_thousand_corrupted_spans_none_is_found(seed: int) -> None:
    rng = random.Random(seed)
    sentences = made(rng)
    text = " ".join(sentences)
    all_words = f" {' '.join(words(text))} "
    done = 0
    while done < BATCH:
        right = rng.choice(sentences)
        assert text[slice(*_offsets(once(text, right)))] == right
        wrong = rng.choice(CORRUPTIONS)(rng, right)
        if (
            f" {' '.join(words(wrong))} " in all_words
        ):  # by chance another sentence, or no change at all
            continue
        done += 1
        with pytest.raises(Refusal) as why:
            everywhere(text, wrong)
        assert why.value.reason in ("not-found", "cut"), wrong


def _offsets(span: Span) -> tuple[int, int]:
    return span.start, span.end


DASHES = "-‐‑–—−"
VARIANTS = {
    "“": "“\"«„‟＂", "”": "”\"»“„", "’": "’'‘ʼ´`＇",
    "'": "'’‘", "-": DASHES, "–": DASHES, "—": DASHES,
    " ": [" ", "\u00a0", "  ", "\u2009", "\n", " \t", "\u202f", "\u3000"], "…": ["…", "..."],
}  # fmt: skip


def retyped(rng: random.Random, said: str) -> str:
    out = []
    for character in said:
        out.append(rng.choice(VARIANTS.get(character, [character])))
        if character.isalpha() and rng.random() < 0.1:
            out.append(rng.choice(("\u00ad", "\u200b", "\u2060", "\u200e", "\ufeff")))
    told = (
        "".join(out).replace("fi", rng.choice(("fi", "ﬁ"))).replace("ff", rng.choice(("ff", "ﬀ")))
    )
    return unicodedata.normalize(rng.choice(("NFC", "NFD")), told)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_every_typographic_variant_is_found_where_it_stands(seed: int) -> None:
    rng = random.Random(seed)
    sentences = [
        *made(rng), "Erdoğan’s office — “sincerely or not” — offered a cease-fire…",
        "Côte d’Ivoire didn’t finance the far-off effort of 1990–95.",
    ]  # fmt: skip
    text = retyped(rng, " ".join(sentences))
    said = rng.choice(sentences)
    found = once(text, retyped(rng, said))
    assert bare(text[found.start : found.end]) == bare(said)


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Iran is unlikely to leave.", "likely to leave"),
        ("Russia can't stay in Syria.", "Russia can"),
        ("Russia can’t stay in Syria.", "t stay in Syria"),
        ("It met anti-Assad forces there.", "Assad forces there"),
        ("It met anti–Assad forces there.", "Assad forces there"),
        ("They shelled a non-aligned state.", "They shelled a non"),
        ("They lost 1,200 men in May.", "200 men in May"),
        ("They lost 1,200 men in May.", "They lost 1"),
        ("They lost 3.5 planes a day.", "5 planes a day"),
        ("It fell to -5 degrees there.", "5 degrees there"),
        ("It gave $40 million to Cairo.", "40 million to Cairo"),
        ("It gave $40 million to Cairo.", "It gave $40"),
        ("It gave $40 million to Cairo.", "million to Cairo"),
        ("Only 35% voted for it.", "Only 35"),
        ("Only 35 percent voted for it.", "Only 35"),
        ("It killed two hundred there.", "It killed two"),
        ("The U.S.-led force left.", "led force left"),
        ("The de\u0301tente ended.", "tente ended"),
        ("It was cafe\u0301 talk.", "It was cafe"),
    ],
)
def test_a_quotation_cannot_be_cut_out_of_a_word_or_number(text: str, quote: str) -> None:
    with pytest.raises(Refusal) as why:
        once(text, quote)
    assert why.value.reason in ("cut", "not-found")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It covers 10² villages.", "It covers 102 villages"),
        ("It took ½ of them.", "It took 1 of them"),
        ("It took ½ of them.", "It took 1⁄2 of them"),
        ("It took ⑤ of them.", "It took 5 of them"),
        ("The US left.", "The us left"),
        ("Iran left Syria.", "Iran leftSyria"),
        ("The résumé of Iran.", "The resume of Iran"),
        ("Russia and Iran, too", "Russia and Iran too"),
        ("Russia … stayed in Syria", "Russia stayed in Syria"),
        ("Аssad (a Cyrillic А) left", "Assad (a Cyrillic A) left"),
        ("Russia left Syria.", "Russia ... Syria"),
        ("Russia left Syria.", ""),
        ("Russia left Syria.", " \u00ad\u200b "),
    ],
)
def test_what_means_something_is_no_typography(text: str, quote: str) -> None:
    with pytest.raises(Refusal) as why:
        once(text, quote)
    assert why.value.reason == "not-found"


@pytest.mark.parametrize(
    ("text", "quote", "there"),
    [
        ("Moscow said—sincerely or not—that it left.", "sincerely or not", "sincerely or not"),
        ("Moscow said -- sincerely or not -- that.", "said—sincerely or not—that", None),
        ("An “ally” left.", "'ally' left", "“ally” left"),
        ("An “ally” left.", "ally", "ally"),
        ("Iran’s allies’ troops left.", "Iran's allies' troops", "Iran’s allies’ troops"),
        ("They met in Da\u00admas\u00adcus.", "in Damascus", "in Da\u00admas\u00adcus"),
        ("They met in Damascus, then left.", "They met in Damascus", "They met in Damascus"),
        ("It fell to −5 degrees.", "to -5 degrees", "to −5 degrees"),
        ("Turkey, Qatar ﬁned it.", "Qatar fined it", "Qatar ﬁned it"),
    ],
)
def test_offsets_are_those_of_the_text_as_it_is(text: str, quote: str, there: str | None) -> None:
    found = once(text, quote)
    if there is not None:
        assert text[found.start : found.end] == there


def test_only_between_the_offsets_named() -> None:
    text = "Iran left. Iran left."
    assert once(text, "Iran left", 5) == Span(11, 20)
    with pytest.raises(Refusal, match="2 times"):
        once(text, "Iran left")
    with pytest.raises(Refusal, match="do not stand there"):
        once(text, "Iran left", 1, 12)


def span(start: int) -> Span:
    return Span(start, start + 5)


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ([[0], [10, 30], [20]], [0, 10, 20]),
        ([[0, 20], [10], [0, 20]], [0, 10, 20]),
        ([[0, 10], [0, 10]], [0, 10]),
        ([[0, 10], [0, 10], [0, 10]], [None, None, None]),
        ([[0, 10]], [None]),
        ([[20], [0, 30], [10]], [20, None, 10]),
        ([[0], [10, 20, 40], [30]], [0, None, 30]),
        ([], []),
    ],
)
def test_order_settles_what_is_meant_or_does_not(
    found: list[list[int]], meant: list[int | None]
) -> None:
    told = in_order([[span(at) for at in places] for places in found])
    assert told == [None if at is None else span(at) for at in meant]


def test_many_places_stay_cheap() -> None:
    text = "ab " * 1_300
    assert len(everywhere(text, "ab")) == 1_300
    with pytest.raises(Refusal):
        everywhere(text, "a" * 3_000_000)
