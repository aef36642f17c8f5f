"""What proposed evidence bears on: fields of the case by actor and frame, and never a number."""

from __future__ import annotations

import re

from proposing_made import reading, syria

from foedus.reading.proposing import Proposal, proposals

CASE = syria()


def borne(text: str) -> dict[str, str]:
    return {b.on: b.direction for one in proposals(reading(text), CASE) for b in one.bears}


def test_blame_between_members_weakens_trust_in_the_blamed_and_repair() -> None:
    found = borne("Iran blames Moscow for the loss of a convoy.")
    assert found["endurance.members.russia.trust"] == "weakens"
    assert found["endurance.blame.repair"] == "weakens"
    assert found["balance.ties.russia-iran.weight"] == "weakens"
    assert "endurance.members.iran.trust" not in found


def test_an_assumption_that_fails_with_a_quantity_moves_with_it() -> None:
    found = borne("Iran blames Moscow for the loss of a convoy.")
    assert found["assumptions.trust-repairable"] == "weakens"


def test_a_red_line_supports_stake_and_the_cost_of_leaving() -> None:
    found = borne("Iran called Assad a red line.")
    assert found["endurance.members.iran.stake"] == "supports"
    assert found["endurance.members.iran.exit_cost"] == "supports"
    assert found["endurance.members.iran.aim"] == "supports"


def test_a_war_of_choice_weakens_the_stake() -> None:
    found = borne("It is a war of choice for Moscow.")
    assert found["endurance.members.russia.stake"] == "weakens"


def test_a_vital_thing_supports_the_stake() -> None:
    found = borne("The port is vital to Moscow.")
    assert found["endurance.members.russia.stake"] == "supports"


def test_wanting_something_of_an_opponent_supports_the_outside_option() -> None:
    found = borne("Moscow seeks to win the respect of Washington.")
    assert found["endurance.members.russia.outside_option"] == "supports"


def test_a_proviso_supports_its_assumption_and_a_challenge_weakens_it() -> None:
    text = (
        "The pact of Moscow and Tehran will hold as long as their position in the war improves. "
        "Has the position of Tehran in the war not failed to improve?"
    )
    by_kind: dict[str, Proposal] = {one.kinds[0]: one for one in proposals(reading(text), CASE)}
    for kind, direction in (("thesis", "supports"), ("challenge", "weakens")):
        found = {b.on: b.direction for b in by_kind[kind].bears}
        assert found["assumptions.improving"] == direction


def test_an_actor_outside_the_pact_bears_on_no_field_of_a_member() -> None:
    assert [on for on in borne("Ruritania vowed to stay.") if ".members." in on] == []


def test_every_path_is_there_and_no_number_is_proposed() -> None:
    text = "Iran blames Moscow for 12 losses. Moscow vowed to send 300 men. Iran fears a long war."
    known = {
        *CASE.quantities(),
        *(f"assumptions.{key}" for key in CASE.assumptions),
        *(f"hypotheses.{key}" for key in CASE.hypotheses),
    }
    for one in proposals(reading(text), CASE):
        for bearing in one.bears:
            assert bearing.on in known
            assert bearing.direction in ("supports", "weakens")
            assert not re.search(r"\d", bearing.why)
            assert bearing.label
