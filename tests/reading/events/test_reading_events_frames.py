"""Who did what to whom: active, passive, control, light verbs, nouns, relative clauses."""

from __future__ import annotations

import pytest
from reading_events_marks import read, said

A, B, C = "[Arland|arland|ARL]", "[Borduria|borduria|BOR]", "[Cartria|cartria|CAR]"
ARL, BOR = "[Arlandic|arland|ARL|nationality]", "[Bordurian|borduria|BOR|nationality]"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (f"{A} attacked {B}.", "ASSAULT"),
        (f"{B} was attacked by {A}.", "ASSAULT"),
        (f"{ARL} forces have struck {BOR} positions.", "ASSAULT"),
        (f"{A} carried out an attack on {B}.", "ASSAULT"),
        (f"{A} launched airstrikes against {B} on Tuesday.", "ASSAULT"),
        (f"{A} threatened to attack {B}.", "THREATEN"),
        (f"{A} would attack {B}.", "THREATEN"),
        (f"{A} agreed to send weapons to {B}.", "AGREE"),
        (f"{A} will provide aid to {B}.", "AGREE"),
        (f"{A} refused to meet {B}.", "REJECT"),
        (f"{A} will not cooperate with {B}.", "REJECT"),
        (f"{A} urged {B} to withdraw its troops.", "REQUEST"),
        (f"{A} called on {B} to end the war.", "REQUEST"),
        (f"{A} demanded that {B} release the prisoners.", "REQUEST"),
        (f"{A} accused {B} of violating the truce.", "ACCUSE"),
        (f"{A} is casting doubt on the quality of {B}'s commanders.", "ACCUSE"),
        (f"{ARL} officials blame {B} for the failure.", "ACCUSE"),
        (f"{A} imposed sanctions on {B}.", "SANCTION"),
        (f"{A} broke off diplomatic relations with {B}.", "SANCTION"),
        (f"Sanctions against {B} were lifted by {A}.", "RETREAT"),
        (f"{A} provided humanitarian aid to {B}.", "AID"),
        (f"{A} met with {B}.", "CONSULT"),
        (f"{A} praised {B}.", "SUPPORT"),
        (f"{A} is opposed to {BOR} membership.", "REJECT"),
        (f"{A} rejected a {BOR} proposal for a truce.", "REJECT"),
        (f"{A} fired a missile at {B}.", "ASSAULT"),
        (f"{A} drove {B} out of the valley.", "ASSAULT"),
        (f"{A} charged that {B} had crossed the border.", "ACCUSE"),
        (f"{A} rejected calls by {B} to recognise the union.", "REJECT"),
        (f"{A} gave {B} a final ultimatum to disarm.", "THREATEN"),
        (f"{A} froze the assets of {BOR} officials.", "SANCTION"),
        (f"{A} put its forces on high alert along the border with {B}.", "MOBILIZE"),
        (f"{A} fights alongside {B}.", "COOPERATE"),
        (f"{A} said it was ready to send peacekeepers to {B}.", "AGREE"),
        (f"{A} said it would cut gas supplies to {B}.", "THREATEN"),
        (f"{A} continued its campaign against {B}.", "ASSAULT"),
        (f"{A} arrested dozens of {BOR} officials.", "COERCE"),
        (f"{A} conceded nothing, but it bowed to {B}.", "CONCEDE"),
        (f"The president of {A} thanked {B} for its help.", "SUPPORT"),
        (f"{C} said that {A} had attacked {B}.", "ASSAULT"),
        (f"{ARL} support for {B} has been vital.", "SUPPORT"),
        (f"{A}'s attack on {B} was a surprise.", "ASSAULT"),
        (f"An attack on {B} by {A} was a surprise.", "ASSAULT"),
    ],
)
def test_arland_acts_on_borduria(told: str, kind: str) -> None:
    assert (kind, ("arland",), ("borduria",)) in said(told)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (f"Talks between {A} and {B} collapsed.", "CONSULT"),
        (f"{A} and {B} signed a treaty.", "SUPPORT"),
        (f"{A} and {B} restored diplomatic relations.", "SUPPORT"),
        (f"The pact between {A} and {B} may fall apart.", "COOPERATE"),
        (f"{A} and {B} failed to reach an agreement.", "REJECT"),
    ],
)
def test_what_two_do_together_has_both_on_both_sides(told: str, kind: str) -> None:
    both = ("arland", "borduria")
    assert (kind, both, both) in said(told)


def test_actors_in_a_list_all_act() -> None:
    assert said(f"{A}, {B} and {C} condemned [Dystopia|dystopia|DYS].") == [
        ("ACCUSE", ("arland", "borduria", "cartria"), ("dystopia",))
    ]


def test_a_relative_clause_does_not_change_the_subject_of_the_rest() -> None:
    assert said(f"{A}, which has backed {B}, met with {C}.") == [
        ("SUPPORT", ("arland",), ("borduria",)),
        ("CONSULT", ("arland",), ("cartria",)),
    ]


def test_people_armed_by_another_act_themselves() -> None:
    told = f"[Redshirts|redshirts||movement] backed by {A} attacked {B}."
    assert said(told) == [
        ("SUPPORT", ("arland",), ("redshirts",)),
        ("ASSAULT", ("redshirts",), ("borduria",)),
    ]


def test_a_verb_after_and_has_the_subject_before_it() -> None:
    assert ("ASSAULT", ("arland",), ("cartria",)) in said(f"{A} warned {B} and attacked {C}.")


def test_a_clause_after_and_has_its_own_subject() -> None:
    told = f"{A} has met with officials in [Ruritania||RUR|place] and {B} attacked {C}."
    assert ("ASSAULT", ("borduria",), ("cartria",)) in said(told)


def test_defeats_of_someone_by_those_before_the_noun() -> None:
    told = f"Tensions were heightened by a series of rebel defeats of {ARL} forces."
    assert ("ASSAULT", ("rebel",), ("arland",)) in said(told)


def test_in_their_fight_is_the_fight_of_those_before() -> None:
    told = f"{A} supports {B} in their fight against {C}."
    assert ("ASSAULT", ("borduria",), ("cartria",)) in said(told)


def test_it_and_they_are_those_who_said_so() -> None:
    assert said(f"{A} said it had attacked {B}.") == [("ASSAULT", ("arland",), ("borduria",))]


def test_who_reports_does_nothing() -> None:
    told = f"{A} attacked {B}, {C} said on Monday."
    assert said(told) == [("ASSAULT", ("arland",), ("borduria",))]


def test_a_thing_that_an_actor_has_is_not_the_actor() -> None:
    assert said(f"{A}'s position has rejected {B}.") == []


def test_what_somebody_is_accused_of_or_asked_for_is_no_event() -> None:
    assert said(f"{A} accused {B} of attacking {C}.") == [("ACCUSE", ("arland",), ("borduria",))]
    assert said(f"{A} urged {B} to attack {C}.") == [("REQUEST", ("arland",), ("borduria",))]


def test_airstrikes_in_support_of_someone_are_not_on_him() -> None:
    assert said(f"{ARL} airstrikes in support of {B} were many.") == [
        ("SUPPORT", ("arland",), ("borduria",))
    ]


def test_words_of_saying_alone_are_no_event() -> None:
    assert said(f"{A} said that {B} was large.") == []


def test_a_text_without_actors_has_no_events() -> None:
    assert said("Prices attacked by inflation rose and support fell.") == []


def test_people_of_a_state_go_by_their_own_name() -> None:
    event = read("[Arlandic|arland|ARL|nationality] rebels attacked the town.")
    assert event == [] or event[0].source == ("Arlandic rebels",)
    told = read(f"[Arlandic|arland|ARL|nationality] rebels attacked {B}.")[0]
    assert (told.source, told.source_codes) == (("Arlandic rebels",), ("ARL",))


def test_an_unless_clause_tells_whom_a_threat_is_for() -> None:
    told = f"{A} threatened to hold a general strike unless {B} gave way."
    assert ("THREATEN", ("arland",), ("borduria",)) in said(told)


def test_a_state_is_not_its_own_target() -> None:
    assert ("AID", ("arland",), ("arland",)) not in said(f"{A} armed {ARL} forces.")
