"""Forms of English verbs and nouns."""

from __future__ import annotations

from foedus.reading.events.words import DOUBLED, PAST

VOWELS = "aeiou"
PLURALS = {"man": "men", "woman": "women", "child": "children", "person": "people"}
SIBILANTS = ("s", "x", "z", "ch", "sh")


def third(verb: str) -> str:
    """Third person singular, and a noun's plural."""
    if verb.endswith(SIBILANTS) or verb in {"go", "do", "veto", "echo", "hero"}:
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def gerund(verb: str) -> str:
    """The form in -ing."""
    if verb in DOUBLED:
        return f"{verb}{verb[-1]}ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + "ing"


def pasts(verb: str) -> tuple[str, str]:
    """Past tense and past participle."""
    if verb in PAST:
        return PAST[verb]
    if verb in DOUBLED:
        return (f"{verb}{verb[-1]}ed",) * 2
    if verb.endswith("e"):
        return (verb + "d",) * 2
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return (verb[:-1] + "ied",) * 2
    return (verb + "ed",) * 2


def verb_forms(verb: str) -> dict[str, str]:
    """Each form and what it can be: b base, z third person, d past, n participle, g gerund."""
    past, participle = pasts(verb)
    out: dict[str, str] = {verb: "b", third(verb): "z", gerund(verb): "g"}
    for form, what in ((past, "d"), (participle, "n")):
        out[form] = out.get(form, "") + what
    if verb.endswith("l") and verb[-2:-1] in VOWELS and verb[-3:-2] not in VOWELS and len(verb) > 4:
        out |= {f"{verb}ed": "dn", f"{verb}led": "dn", f"{verb}ing": "g", f"{verb}ling": "g"}
    return out


def plural(noun: str) -> str:
    """The plural; of several words, of the last."""
    first, _, last = noun.rpartition(" ")
    head = f"{first} " if first else ""
    if last in PLURALS:
        return head + PLURALS[last]
    for one, many in PLURALS.items():
        if last.endswith(one) and one != "person":
            return head + last[: -len(one)] + many
    return head + third(last)
