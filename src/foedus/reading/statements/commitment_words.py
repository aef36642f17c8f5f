"""How red lines, pledges and refusals are worded."""

from __future__ import annotations

from foedus.reading.statements.lexicon import Lexicon, forms
from foedus.reading.statements.words import words

RED_NOUN = """
red-line|redline
red-lines|redlines
red line|lines
line in the sand
line that? must|may|can|should not|never be? crossed
line not to be crossed
line which? that? cannot be crossed
"""
RED_PREDICATE = """
non-negotiable|nonnegotiable
not negotiable
not up for negotiation|discussion|debate
not open to negotiation|discussion|compromise
not subject to negotiation
unacceptable
not acceptable
intolerable
must never be? crossed
no compromise on|over|about
"""
RED_VERB = """
WONT accept|tolerate|allow|permit|countenance|condone
WONT stand for
WONT stand by|idly
WONT compromise on|over
WONT be accepted|tolerated|allowed|permitted
"""
PLEDGE = """
vow*
promise*
pledge*
guarantee*
swear*
commit* SELF to
BE committed to
has|have|had committed to
undertake* to
give* its|his|her|their word
reaffirm* its|his|her|their commitment|support|backing
reiterate* its|his|her|their commitment|support|backing
renew* its|his|her|their commitment|pledge|vow
assure*
NEVER abandon|betray|desert|forsake
NEVER walk away from
NEVER let down
will|would always
will|would|shall stand by|with
will|would continue to support|back|fight|defend|stand|help
"""
PLEDGE_NEVER = """
NEVER leave|retreat
"""
PLEDGE_NOUN = """
pledge|promise|vow|oath|undertaking|commitment|guarantee|assurance
pledges|promises|vows|oaths|undertakings|commitments|guarantees|assurances
"""
REFUSAL = """
refuse*
rule* out
reject*
rebuff*
spurn*
decline* to
turn* down
brush* off|aside
shrug* off
wave* away
dismiss* any|all|calls|demands|appeals|proposals|suggestions
oppose* any
object* to
balk|balks|balked|balking at
rule* it out
has|have|had no intention of
has|have|had no plan|plans to
WONT hear of
will|would|shall never
won't ever
"""
REFUSAL_NEVER = """
NEVER negotiate|talk|withdraw|yield|surrender|join|sign|participate|attend|recognise
NEVER recognize|support|back|send|step|bow|budge|concede|relent|agree|cede|hand
NEVER pull|back|give|take|lift|disarm|return|pay|consent|drop|extradite|release|let
"""
REFUSAL_PREDICATE = """
out of the question
off the table
"""
REFUSAL_NOUN = """
refusal|rejection|objection|objections|refusals|rejections
"""
COMMITMENTS = Lexicon.of(
    [
        ("red-noun", RED_NOUN),
        ("red-predicate", RED_PREDICATE),
        ("red-verb", RED_VERB),
        ("pledge", PLEDGE),
        ("pledge-never", PLEDGE_NEVER),
        ("pledge-noun", PLEDGE_NOUN),
        ("refusal", REFUSAL),
        ("refusal-never", REFUSAL_NEVER),
        ("refusal-noun", REFUSAL_NOUN),
        ("refusal-predicate", REFUSAL_PREDICATE),
    ]
)
NAMING = frozenset(
    word
    for verb in words("view regard see consider treat describe call name term deem portray refer")
    for word in forms(verb)
)
"""Verbs that say of something that it is a red line."""
DRAWING = frozenset(
    word for verb in words("draw set lay declare announce impose place put") for word in forms(verb)
)
CROSSING = frozenset(
    word for verb in words("cross violate breach overstep test") for word in forms(verb)
)
COPULA = words(
    "is are was were be been being remain remains remained become becomes became constitute "
    "constitutes constituted represents represented form forms"
)
LIGHT = frozenset(
    word
    for verb in words("make give issue offer repeat renew sign voice express reiterate keep")
    for word in forms(verb)
) | frozenset(["made", "gave", "given", "kept"])
"""Verbs that only carry a noun: made a promise."""
