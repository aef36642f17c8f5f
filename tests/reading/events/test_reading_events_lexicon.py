"""The frame lexicon: its size, its forms, and that its tables say what the code knows."""

from __future__ import annotations

import pytest

from foedus.reading.events.inflecting import gerund, pasts, plural, third, verb_forms
from foedus.reading.events.lexicon import lexicon
from foedus.reading.events.tables import rows
from foedus.reading.events.types import TYPES


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("attack", ("attacks", "attacking", "attacked", "attacked")),
        ("deny", ("denies", "denying", "denied", "denied")),
        ("fight", ("fights", "fighting", "fought", "fought")),
        ("withdraw", ("withdraws", "withdrawing", "withdrew", "withdrawn")),
        ("expel", ("expels", "expelling", "expelled", "expelled")),
        ("impose", ("imposes", "imposing", "imposed", "imposed")),
        ("veto", ("vetoes", "vetoing", "vetoed", "vetoed")),
        ("free", ("frees", "freeing", "freed", "freed")),
    ],
)
def test_forms_of_verbs(verb: str, forms: tuple[str, str, str, str]) -> None:
    assert (third(verb), gerund(verb), *pasts(verb)) == forms


def test_verbs_in_l_are_written_both_ways() -> None:
    assert {"travelled", "traveled", "travelling", "traveling"} <= set(verb_forms("travel"))


@pytest.mark.parametrize(
    ("noun", "many"),
    [("ally", "allies"), ("militiaman", "militiamen"), ("clash", "clashes"), ("raid", "raids")],
)
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_there_are_three_hundred_lemmas_at_least() -> None:
    verbs = {lemma for *_, lemmas in rows("verbs.tsv") for lemma in lemmas.split(";")}
    nouns = {noun for *_, names in rows("nouns.tsv") for noun in names.split(";")}
    assert len(verbs) > 300
    assert len(nouns) > 100


@pytest.mark.parametrize("name", ["verbs.tsv", "nouns.tsv", "pairs.tsv"])
def test_tables_name_types_of_plover(name: str) -> None:
    assert {row[0] for row in rows(name)} <= set(TYPES)


def test_every_type_has_verbs() -> None:
    assert {row[0] for row in rows("verbs.tsv")} == set(TYPES)


def test_the_lexicon_is_built_once() -> None:
    assert lexicon() is lexicon()
