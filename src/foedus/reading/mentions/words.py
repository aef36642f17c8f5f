"""Words beside names: titles, groups of people, kinds of organisation, what is no name."""

from __future__ import annotations

from foedus.reading.mentions.tables import listed

TITLE_HEADS = listed("title heads")
"""A person is called so; before a name or alone."""
TITLE_WORDS = TITLE_HEADS | listed("title words")
"""May stand before the head of a title."""
OFFICES = listed("offices")
SPEAKS_FOR_STATE = listed("speaks for state")
"""Of a nationality and without a name, such a person acts for the state."""

OWN = listed("own")
"""People and things of a state that act for it: Iranian forces."""
OTHERS = listed("others")
"""Other groups of people: of a nationality, but not acting for the state."""
PEOPLE = listed("people")
ALONE = OTHERS - listed("alone more") | listed("alone")
"""Groups that are told even without a nationality."""
PAIRED = listed("paired")
"""With one of these right before, any group is told: opposition forces, foreign ministers."""
SINGLE = listed("single")
"""One person of a group."""
DEFINITE = listed("definite")
"""Told with an article: the regime, the opposition."""
BODIES = listed("bodies")
"""Told with an article if a body of that kind was named before."""
ORGANISED = listed("organised")
"""Groups that are organisations."""
BETWEEN = listed("between")
"""May stand between a nationality and its group: Iraqi security forces."""
ORG_HEADS = listed("org heads")
"""A run of capitals that ends or begins with one of these is an organisation."""
SPEECH = listed("speech")
PARTICLES = listed("particles")
SUFFIXES = listed("suffixes")
CALENDAR = listed("calendar")
NO_PEOPLE = listed("no people")
"""Words that may begin the name of a body but no person's."""
NOT_NAMES = CALENDAR | listed("not names")
"""Words that may stand capitalised without being a name."""
ACRONYMS_OF_THINGS = listed("acronyms of things")
"""Short forms that are no bodies."""
SHIPS = listed("ships")
PRONOUNS = listed("pronouns")
POSSESSIVES = listed("possessives")
BOTH = listed("both")
COUNTRIES = listed("countries")
FACES = listed("faces")
"""Adjectives and nouns of peoples that are no state's."""
GROUPS = OWN | OTHERS | DEFINITE | BODIES | SINGLE
TOLD = GROUPS | PRONOUNS | BOTH | TITLE_WORDS | FACES
"""Words that are looked at even without a capital."""
