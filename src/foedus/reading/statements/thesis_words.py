"""How conditions are worded, and how a condition is called into question."""

from __future__ import annotations

from foedus.reading.statements.content import stem
from foedus.reading.statements.lexicon import Lexicon
from foedus.reading.statements.words import words

PROVISO = """
as long as
so long as
for as long as
just so long as
provided that?
providing that?
unless
except if
on condition that
on the condition that
under the condition that
on the assumption that
on the premise that
on the understanding that
assuming that?
if and only if
only if
only as long as
only so long as
only when
"""
CONDITION = """
if
in the event that
should it turn out that
"""
RESTING = """
hinge* on|upon
depend* on|upon whether|how
rest* on the assumption|premise|belief|condition that
BE contingent|conditional|predicated|premised on|upon
presuppose* that?
assume|assumes|assumed that
"""
THESES = Lexicon.of([("proviso", PROVISO), ("condition", CONDITION), ("resting", RESTING)])
NOT_CONDITIONAL = words(
    "as even see sees saw know knows knew ask asks asked asking wonder wonders wondered unclear "
    "doubt doubts question decide check wondering asking seeing knowing what uncertain sure "
    "test determine little rarely only or tell"
)
"""Words before `if` that make it something else: as if, even if, asked if."""
BARE_IF = words("any not so anything possible necessary only ever you")
"""Words after `if` that make it an aside."""
MEASURES = words(
    "possible necessary needed required a the ago another two three four five six seven eight "
    "nine ten twenty"
)
"""Words after `as long as` that make it a measure."""
NAMED = frozenset(
    stem(word)
    for word in words(
        "assumption assumptions premise premises condition conditions proviso caveat "
        "supposition presumption hypothesis precondition"
    )
)
"""What a condition is called when the text speaks of it."""
POINTING = words("that this the such his her their its")
DOUBT = frozenset(
    stem(word)
    for word in words(
        "doubt doubtful questionable dubious uncertain unclear fail failed failure wrong "
        "mistaken flawed challenge challenged longer untrue false unlikely unrealistic shaky "
        "optimistic premature contradict contradicts collapse eroded undermine undermined weak "
        "outdated maintained overtaken sceptical skeptical far lacking lack disputed"
    )
)
OPPOSITES = tuple(
    (frozenset(stem(w) for w in words(one)), frozenset(stem(w) for w in words(other)))
    for one, other in (
        ("improve improving better gain grow strengthen advance rise recover",
         "deteriorate deteriorating worsen worse decline weaken setback defeat reverse fall lose"),
        ("hold holds stay remain last survive united together support supports back backing",
         "break collapse leave quit withdraw withdrawal split divided abandon defect desert"),
        ("win winning victory success succeed", "lose losing defeat failure fail stalemate"),
        ("high rise rising", "low fall falling drop slump plunge"),
        ("strong strength able", "weak weakness unable exhausted"),
        ("peace truce calm ceasefire", "war fighting escalate escalation violence"),
        ("open continue continues flow", "closed stop stopped cut halt halted end ended"),
        ("agree agreement consent", "disagree dispute refuse refused reject"),
        ("pay paid", "unpaid default owe"),
    )
)  # fmt: skip
