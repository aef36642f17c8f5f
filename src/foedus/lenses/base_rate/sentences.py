"""The base_rate finding in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from foedus.lenses.lens import percent
from foedus.lenses.wording import listed, sentence

Called = Mapping[str, str]

KINDS = {
    "treaty-alliance": "treaty alliances",
    "war-coalition": "partners in an interstate war",
    "government-sponsor": "sponsors of a government in a civil war",
    "rebel-sponsor": "sponsors of rebels in a civil war",
    "established-sponsor": "sponsors of a government in a civil war, four years and more",
    "coalition-government": "cabinets",
    "cartel": "international cartels",
}
ENDS = {
    "treaty-alliance": "end",
    "war-coalition": "leave",
    "government-sponsor": "leave",
    "rebel-sponsor": "leave",
    "established-sponsor": "leave",
    "coalition-government": "fall",
    "cartel": "end",
}
ATTRIBUTES = {
    "age": "of {} years",
    "obligation": "of {}",
    "cabinet": "of a coalition",
}
EITHER = {
    "client": {"government": "for a government", "rebels": "for rebels"},
    "troops": {"yes": "some sponsor's troops there", "no": "no sponsor's troops there"},
    "wartime": {"yes": "made in wartime", "no": "made in peace"},
}
TELLING = 0.2
"""Log odds by which an era has to differ to be told."""
FAR = 5.0
"""Years outside the table's from which it is worth a warning."""


def class_words(key: Mapping[str, str]) -> str:
    """A class in words; `all` for the widest."""
    out = []
    for attribute, value in key.items():
        either = EITHER.get(attribute)
        out.append(either[value] if either else ATTRIBUTES[attribute].format(value))
    return ", ".join(out) or "all"


def alike(
    classes: Mapping[str, Sequence[Mapping[str, Any]]], called: Called
) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Ties with their classes, those with the same classes together, by name."""
    out: list[tuple[list[str], Sequence[Mapping[str, Any]]]] = []
    for name, chain in classes.items():
        who = called.get(name, "the pact")
        same = next((names for names, known in out if known == chain), None)
        if same is None:
            out.append(([who], chain))
        else:
            same.append(who)
    return [(listed(names), chain) for names, chain in out]


def headline(data: Mapping[str, Any]) -> str:
    """The answer in one sentence."""
    holds, kind, end = data["holds"], KINDS[data["kind"]], ENDS[data["kind"]]
    return (
        f"Going by how often {kind} {end}, the pact holds with {percent(holds['value'])}"
        f" ({percent(holds['low'])} to {percent(holds['high'])})."
    )


def reasons(data: Mapping[str, Any], called: Called) -> tuple[str, ...]:
    """From which class each rate comes, and how it was drawn to the wider one."""
    out = []
    for who, chain in alike(data["classes"], called):
        last, wide = chain[-1], chain[0]
        text = (
            f"{_chance(last['rate'])} a year, for {KINDS[data['kind']]},"
            f" {class_words(last['class'])} ({last['ends']} of {last['n']:,} ended)"
        )
        if len(chain) > 1:
            text += f"; all of the table {_chance(wide['rate'])}"
        out.append(f"{sentence(who)}: {text}.")
    together = data["together"]
    if together is not None and len(called) > 1:
        out.append(
            "Exits come together: what members share in a year has a variance of"
            f" {together['value']:.2g} ({together['low']:.2g} to {together['high']:.2g}), where 0"
            " would be none."
        )
    if data["shared_alike"] and len(called) > 1:
        out.append(
            "The table tells when such a pact ended, not who ended it:"
            f" {listed(list(called.values()))} share the rate alike."
        )
    odds = exp(data["era"]["level"])
    if abs(data["era"]["level"]) > TELLING:
        out.append(
            "Going by the years before it, the odds of an end were then"
            f" {odds:.2g} times those of the whole table; the chances to hold allow for that."
        )
    first, last_year = data["table"]["years"]
    out.append(f"Source: {data['table']['cite']}; {first} to {last_year}.")
    return tuple(out)


def warnings(data: Mapping[str, Any], called: Called) -> tuple[str, ...]:
    """What sets the case apart from its class."""
    far, out = data["distance"], []
    first, last = data["table"]["years"]
    if far["years_after"] > FAR:
        out.append(f"The table ends in {last}, {far['years_after']:.0f} years before this case.")
    if far["knows_later"]:
        out.append(
            f"The table goes on to {last}, after this case: what sets classes apart was counted"
            " over years that were not known yet."
        )
    if far["years_before"] > 0.0:
        out.append(
            f"The table begins in {first}, after this case: its rate was not known then, and may be"
            " of another era."
        )
    for name, lost in far["fell_back"].items():
        out.append(f"No rows for {_who(name, called)} by {listed(lost)}: the wider class is used.")
    for name, rows in far["thin"].items():
        out.append(
            f"Only {rows} rows for {_who(name, called)}: its rate is mostly the wider class's."
        )
    if far["ignored"]:
        out.append(
            f"The table does not tell pacts apart by {listed(far['ignored'])}: that is not used."
        )
    if far["established"]:
        out.append(
            "Ties of four years and more to a government, with three sponsors at most, have a class"
            " of their own, counted to 2017: established-sponsor."
        )
    if far["not_said"]:
        out.append(
            f"The case does not say {listed(far['not_said'])}: a narrower class is possible."
        )
    if data["kind"] in ("war-coalition", "coalition-government", "cartel"):
        out.append(sentence(data["table"]["note"]))
    return tuple(out)


def _who(name: str, called: Called) -> str:
    return called.get(name, "the pact")


def _chance(rate: Mapping[str, float]) -> str:
    low, high = rate["low"], rate["high"]
    return f"{100 * rate['value']:.2g} % ({100 * low:.2g} to {100 * high:.2g})"
