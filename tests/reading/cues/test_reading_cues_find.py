"""Words that deny, hedge, stress, doubt, ask or make conditional."""

from __future__ import annotations

from itertools import pairwise

import pytest

from foedus.reading.cues import cues
from foedus.reading.text import Text


def found(text: str) -> list[tuple[str, str]]:
    return [(cue.type, text[cue.start : cue.end]) for cue in cues(Text.of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland has not left.", ("negation", "not")),
        ("Norland hasn’t left.", ("negation", "hasn’t")),
        ("Norland hasn't left.", ("negation", "hasn't")),
        ("Norland can't stay.", ("negation", "can't")),
        ("It is no longer there.", ("negation", "no longer")),
        ("It failed to act.", ("negation", "failed to")),
        ("Peace rather than war.", ("negation", "rather than")),
        ("It may leave.", ("hedge", "may")),
        ("May it leave soon.", ("hedge", "May")),
        ("It seems weak.", ("hedge", "seems")),
        ("It appeared to grow.", ("hedge", "appeared")),
        ("It is far from certain.", ("hedge", "far from certain")),
        ("War cannot be ruled out.", ("hedge", "cannot be ruled out")),
        ("It is not clear.", ("hedge", "not clear")),
        ("It is clearly weak.", ("booster", "clearly")),
        ("There is no doubt here.", ("booster", "There is no doubt")),
        ("By any measure it won.", ("booster", "By any measure")),
        ("It must have known.", ("booster", "must")),
        ("Stay as long as it holds.", ("conditional", "as long as")),
        ("Stay unless it breaks.", ("conditional", "unless")),
        ("Should it break, they go.", ("conditional", "Should")),
        ("Were Norland to leave, it breaks.", ("conditional", "Were")),
        ("Provided the truce holds, they stay.", ("conditional", "Provided")),
        ("In the event of war they go.", ("conditional", "In the event of")),
        ("They go if it breaks.", ("conditional", "if")),
        ("They asked if it breaks.", ("question", "if")),
        ("Is it over?", ("question", "?")),
        ("It asked whether they stay.", ("question", "whether")),
        ("It said, sincerely or not, so.", ("doubt", "sincerely or not")),
        ("The so-called friends met.", ("doubt", "so-called")),
        ("It claimed to have won.", ("doubt", "claimed to")),
        ("Norland claims it was there.", ("doubt", "claims")),
        ("What he calls order is war.", ("doubt", "What he calls")),
        ("The purported deal.", ("doubt", "purported")),
    ],
)
def test_a_cue_has_its_type_and_its_words(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The talks began in May.",
        "Early May was calm.",
        "It fought not only here but there.",
        "It appeared in court.",
        "It claimed responsibility for the raid.",
        "The claims of both are old.",
        "They acted as if at home.",
        "It lives at No. 10.",
        "It provided arms to them.",
        "They must go.",
        "They should leave.",
        "It suggested meeting there.",
        "It was so or so.",
    ],
)
def test_the_same_words_elsewhere_are_no_cue(text: str) -> None:
    assert found(text) == []


def test_several_cues_come_in_order_and_apart() -> None:
    text = "If it is not so, it may, truly or not, be clearly unlikely."
    assert [kind for kind, _ in found(text)] == [
        "conditional", "negation", "hedge", "doubt", "booster", "hedge",
    ]  # fmt: skip
    spans = cues(Text.of(text))
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_many_cues_in_one_sentence_are_all_found() -> None:
    assert len(cues(Text.of("if not " * 5000))) == 10_000
