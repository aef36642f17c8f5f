"""A small case in a file, and proposals for it."""

from __future__ import annotations

from dataclasses import replace

from foedus.reading.proposing import DRAFT, Bearing, NewSource, Proposal
from foedus.reading.reviewing.offered import Offered, offers

CASE = """\
# what we know
foedus: 1
id: strait
title: The pact of Aldia and Berrin
question: Will Aldia and Berrin hold the strait together?
as_of: 2024-03-01
horizon: 2025-03-01
sources:
  gazette: {title: Harbour Gazette, date: 2024-02-20, reliability: B}  # a daily
evidence:
  # what they say
  vital:
    source: gazette
    says: Berrin calls the strait vital.   # in March
    credibility: 2

# who
actors:
  aldia: {name: Aldia, kind: state}
  berrin: {name: Berrin, kind: state}
  corvia: {name: Corvia, kind: state}
  envoy: {name: A Corvian envoy, kind: person, part_of: corvia}
pact: {members: [aldia, berrin], opponents: [corvia]}
"""
SHA = "ab" * 32
COURIER = NewSource("courier", "The Courier", "B. Reporter", None, "2024-02-27", None)
LETTER = NewSource("letter", "A letter in The Courier", "C. Writer")
PLEDGE = Proposal(
    id="aldia-pledge-squadron", kinds=("commitment",), start=0, end=30,
    quoted="Aldia will keep its squadron in the strait, the envoy said.", source="courier",
    new_source=COURIER, where="paragraph 2", by="envoy", through=("letter",),
    says=f"{DRAFT}Pledge of Aldia: keep its squadron in the strait.", date="2024-02",
    credibility=3, rule="attributed (3)",
    bears=(Bearing("endurance.members.aldia.stake", "Aldia: stake", "supports", "it is bound"),),
)  # fmt: skip
BLAME = replace(
    PLEDGE, id="berrin-blame-outposts", kinds=("blame", "event"), start=31, end=60, source="letter",
    new_source=LETTER, through=(), by=None, unknown=("some officers",), bears=(), date=None,
    says=f"{DRAFT}Complaint against Aldia: the loss of the outposts.", where="paragraph 3",
)  # fmt: skip
AGAIN = replace(
    PLEDGE, id="berrin-strait-vital", kinds=("stake",), start=61, end=80, source="gazette",
    new_source=None, through=(), by="berrin", says=f"{DRAFT}The strait is vital.",
    repeats="vital", because="published before",
)  # fmt: skip
OFFERS: tuple[Offered, ...] = offers((PLEDGE, BLAME, AGAIN), "courier.txt", SHA)
