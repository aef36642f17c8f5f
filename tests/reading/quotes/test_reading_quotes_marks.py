"""Which marks belong together."""

from __future__ import annotations

import pytest

from foedus.reading.quotes.marks import pairs
from foedus.reading.text import Text


def found(text: str) -> list[str]:
    return [text[p.start : p.end] for p in pairs(text, Text.of(text).paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" twice.', ['"yes"']),
        ("He said “yes” twice.", ["“yes”"]),
        ("«Oui», dit-il.", ["«Oui»"]),
        ("Il dit « oui » deux fois.", ["« oui »"]),
        ("»Ja«, sagte er.", ["»Ja«"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("”Ja”, sa han.", ["”Ja”"]),
        ("``Yes'' he said.", ["``Yes''"]),
        ("‘Yes,’ he said.", ["‘Yes,’"]),
        ("'Yes,' he said.", ["'Yes,'"]),
        ("「はい」", ["「はい」"]),
        ('He said:"Yes" and left.', ['"Yes"']),
    ],
)
def test_every_kind_of_mark_quotes(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the allies’ war and it isn't ours.",
        "It was the '90s, rock 'n' roll and the generals' plan.",
        "Tell ’em the states’ rights are the people’s.",
        "He is 6' tall and it's 10\" long.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert found(text) == []


def test_a_possessive_inside_single_marks_does_not_end_them() -> None:
    text = "‘It is the allies’ business,’ he said. 'The allies' business,' she said."
    assert found(text) == ["‘It is the allies’ business,’", "'The allies' business,'"]


def test_single_marks_stand_inside_double_ones() -> None:
    text = "“He told me ‘go’ and I didn’t,” she said."
    assert found(text) == ["“He told me ‘go’ and I didn’t,”", "‘go’"]


def test_straight_marks_nest_when_two_close_together() -> None:
    assert found('He said "the "old" way" again.') == ['"the "old" way"', '"old"']


def test_a_quotation_that_every_paragraph_opens_again_is_one_pair_in_each() -> None:
    text = "“One.\n“Two.\n“Three,” he said."
    spans = pairs(text, Text.of(text).paragraphs)
    assert [text[p.start : p.end] for p in spans] == ["“One.", "“Two.", "“Three,”"]
    assert [p.continued for p in spans] == [True, True, False]


def test_a_quotation_runs_on_through_a_wrapped_line() -> None:
    assert found('He said "the line\nwraps here" once.') == ['"the line\nwraps here"']


def test_an_odd_mark_is_dropped_and_does_not_swallow_the_rest() -> None:
    assert found('An inch " mark.\nThen he said "yes" again.') == ['"yes"']


def test_a_quotation_left_open_at_the_start_of_a_paragraph_ends_with_it() -> None:
    assert found("“We stay, he said.\nThe next day came.") == ["“We stay, he said."]


def test_no_quotation_runs_over_the_edge_of_a_voice() -> None:
    text = 'He wrote "this\nand that" too.'
    assert pairs(text, Text.of(text).paragraphs, [text.index("\n") + 1]) == ()


@pytest.mark.parametrize("sign", ['"', "“", "”", "«", "»", "‘", "'", "“‘", ' "a', "”a ", "„“"])
def test_many_marks_stay_cheap_and_shallow(sign: str) -> None:
    text = sign * 20_000
    spans = pairs(text, Text.of("x").paragraphs)
    assert max((p.depth for p in spans), default=0) < 4
