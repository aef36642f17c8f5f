"""The rules by which evidence bears on the quantities of a case: field, sign and reason.

A rule names the last parts of a quantity's path; `x` stands for who acts or speaks, `y` for the
member it is about. It never says by how much.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.reading.model import Event
from foedus.reading.proposing.facet_words import (
    BENDING,
    DIFFER,
    GAIN,
    KEEPING,
    LEAVING,
    LOSS,
    QUARREL,
    SKILL,
    TALKS,
    WORRY,
)
from foedus.reading.proposing.facets import Facets
from foedus.reading.proposing.folk import Folk

Hit = tuple[tuple[str, ...], int, str]
"""The parts of a path, 1 for higher or -1 for lower, and why."""


def hits(facets: Facets, events: tuple[Event, ...], folk: Folk) -> Iterator[Hit]:
    """Which quantities does it bear on?"""
    members = [one for one in facets.who if folk.member(one)]
    for x in members:
        others = [y for y in facets.whom if folk.member(y) and y != x]
        foes = [z for z in facets.whom if folk.opponent(z)]
        if facets.kind == "blame":
            yield from _blame(x, others, facets)
        elif facets.kind in ("red line", "pledge", "refusal"):
            yield from _committed(x, others, foes, facets)
        elif facets.kind == "stake":
            yield from _stake(x, others, foes, facets)
        elif facets.kind == "aim":
            yield from _aim(x, others, foes, facets)
        yield from _person(x, facets)
    yield from _front(facets, folk)
    for event in events:
        yield from _event(event, folk)


def _person(x: str, facets: Facets) -> Iterator[Hit]:
    """What a member holds of the one whose place is at issue: the issue the members differ on."""
    if facets.kind in ("claim", "aim", "red line", "pledge") and x == facets.who[0]:
        for person in facets.persons:
            sign = -1 if facets.low or not facets.stems.isdisjoint(LEAVING | BENDING) else 1
            yield ("members", x, "aim"), sign, f"{x} speaks or acts on the place of {person}"


def _blame(x: str, others: list[str], facets: Facets) -> Iterator[Hit]:
    for y in others:
        yield ("members", y, "trust"), -1, f"{x} lays a failing at {y}"
        yield ("blame", "repair"), -1, f"{x} blames {y}"
        yield from _tie(x, y, -1, f"{x} blames {y}")
        if not facets.stems.isdisjoint(SKILL):
            yield ("members", y, "capability"), -1, f"{x} doubts what {y}'s side can do"
        if not facets.stems.isdisjoint(BENDING):
            yield ("divergence_cost",), 1, f"{x} and {y} differ about the course"
            yield ("members", x, "presence_cost"), 1, f"{y} makes it hard for {x}"


def _committed(x: str, others: list[str], foes: list[str], facets: Facets) -> Iterator[Hit]:
    if facets.kind == "refusal":
        if others:
            yield ("divergence_cost",), 1, f"{x} refuses what {' and '.join(others)} wants"
        if foes or not facets.stems.isdisjoint(TALKS):
            yield ("settlement", "chance"), -1, f"{x} refuses a step towards a settlement"
            yield ("members", x, "outside_option"), -1, f"{x} refuses an offer from outside"
        return
    sign = -1 if not facets.stems.isdisjoint(LEAVING) and not facets.low else 1
    yield ("members", x, "stake"), sign, f"{x} has bound itself"
    yield ("members", x, "exit_cost"), sign, f"leaving would break {x}'s word"
    for y in others:
        yield ("members", x, "gets_from", y), sign, f"{x} has bound itself to {y}"
        yield from _tie(x, y, sign, f"{x} has bound itself to {y}")


def _stake(x: str, others: list[str], foes: list[str], facets: Facets) -> Iterator[Hit]:
    talks = not facets.stems.isdisjoint(TALKS)
    sign = -1 if facets.low else 1
    if talks:
        yield ("settlement", "chance"), sign, f"what {x} cares for is a settlement"
        if foes:
            yield ("members", x, "outside_option"), sign, f"{x} looks to {' and '.join(foes)}"
        return
    if not facets.stems.isdisjoint(WORRY):
        yield ("members", x, "effort_cost"), 1, f"{x} has reason to fear what it costs"
        yield ("members", x, "presence_cost"), 1, f"{x} has reason to fear what it costs"
        return
    reason = f"{x} has {'little' if facets.low else 'much'} at stake"
    for field in ("stake", "stake_outside", *(("exit_cost",) if facets.low else ())):
        yield ("members", x, field), sign, reason
    for y in others:
        yield ("members", x, "gets_from", y), sign, reason
        yield ("values", x, y), sign, reason


def _aim(x: str, others: list[str], foes: list[str], facets: Facets) -> Iterator[Hit]:
    if not facets.stems.isdisjoint(BENDING) and others:
        reason = f"{x} wants {' and '.join(others)} to change course"
        yield ("divergence_cost",), 1, reason
        yield ("members", x, "presence_cost"), 1, reason
        return
    if foes and not facets.low:
        yield ("members", x, "outside_option"), 1, f"{x} looks to {' and '.join(foes)}"
        for z in foes:
            yield ("values", x, z), 1, f"{x} wants something of {z}"
    sign = -1 if not facets.stems.isdisjoint(LEAVING) or facets.low else 1
    if sign < 0 or not facets.stems.isdisjoint(KEEPING) or foes:
        yield ("members", x, "stake"), sign, f"it is what {x} is after"
        for y in others:
            yield ("members", x, "gets_from", y), sign, f"{x} gets this from {y}"


def _front(facets: Facets, folk: Folk) -> Iterator[Hit]:
    """Gains and losses in the field, whoever tells of them."""
    named = (*facets.who, *facets.whom)
    ours = sorted({n for n in named if folk.member(n)})
    theirs = any(folk.opponent(n) for n in named)
    if facets.kind not in ("event", "claim", "challenge", "premise", "proviso"):
        return
    lost = not facets.stems.isdisjoint(LOSS) and theirs
    won = not facets.stems.isdisjoint(GAIN) and not lost
    if ours and (lost or won):
        sign = 1 if won and not facets.low else -1
        side = "the members'" if sign > 0 else "the other"
        yield ("position", "now"), sign, f"the field moves to {side} side"
        if lost:
            yield ("opponents", "strength"), 1, "the other side wins ground"
            for x in facets.beaten:
                yield ("members", x, "effort_cost"), 1, f"{x} suffers losses"
                yield ("members", x, "capability"), -1, f"{x} is beaten"
    if len(ours) > 1 and not facets.stems.isdisjoint(QUARREL):
        for x in ours:
            yield ("members", x, "trust"), -1, "the members quarrel"
        yield from _tie(ours[0], ours[1], -1, "the members quarrel")
    if len(ours) > 1 and not facets.stems.isdisjoint(DIFFER):
        yield ("divergence_cost",), 1, "the members differ"


def _event(event: Event, folk: Folk) -> Iterator[Hit]:
    if event.polarity == "denied" or event.modality not in ("actual", "ongoing", "habitual"):
        return
    sources = {folk.top(n) for n in event.source}
    targets = {folk.top(n) for n in event.target}
    for x in sorted(sources):
        for y in sorted(targets - {x}):
            if folk.member(x) and folk.member(y):
                yield from _among(event.type, x, y)
            elif folk.member(x) and folk.opponent(y):
                yield from _across(event.type, x, y)
            elif folk.opponent(x) and folk.member(y) and event.type == "ASSAULT":
                yield ("position", "now"), -1, f"{x} attacks {y}"
                yield ("members", y, "effort_cost"), 1, f"{x} attacks {y}"
                yield ("opponents", "strength"), 1, f"{x} attacks {y}"


def _among(type_: str, x: str, y: str) -> Iterator[Hit]:
    if type_ in ("AGREE", "SUPPORT", "COOPERATE", "AID"):
        yield ("members", x, "trust"), 1, f"{x} stands by {y}"
        yield from _tie(x, y, 1, f"{x} stands by {y}")
        if type_ in ("AID", "SUPPORT"):
            yield ("members", y, "gets_from", x), 1, f"{x} helps {y}"
            yield ("members", x, "stake"), 1, f"{x} puts something into {y}"
    elif type_ in ("ACCUSE", "REJECT", "THREATEN", "PROTEST", "COERCE", "SANCTION", "ASSAULT"):
        yield ("members", y, "trust"), -1, f"{x} turns on {y}"
        yield from _tie(x, y, -1, f"{x} turns on {y}")
        if type_ == "REJECT":
            yield ("divergence_cost",), 1, f"{x} refuses {y}"
    elif type_ == "REQUEST":
        yield ("divergence_cost",), 1, f"{x} asks of {y} what it does not do"


def _across(type_: str, x: str, z: str) -> Iterator[Hit]:
    if type_ in ("AGREE", "CONSULT", "COOPERATE", "AID", "CONCEDE"):
        yield ("members", x, "outside_option"), 1, f"{x} deals with {z}"
        yield ("settlement", "chance"), 1, f"{x} deals with {z}"
    elif type_ in ("REJECT", "THREATEN", "SANCTION", "COERCE"):
        yield ("members", x, "outside_option"), -1, f"{x} and {z} are at odds"
        yield ("settlement", "chance"), -1, f"{x} and {z} are at odds"
    elif type_ == "ASSAULT":
        yield ("position", "now"), 1, f"{x} attacks {z}"
        yield ("members", x, "effort_cost"), 1, f"{x} fights {z}"


def _tie(x: str, y: str, sign: int, why: str) -> Iterator[Hit]:
    yield ("ties", f"{x}-{y}", "weight"), sign, why
    yield ("ties", f"{y}-{x}", "weight"), sign, why
