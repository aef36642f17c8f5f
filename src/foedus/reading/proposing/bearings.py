"""What of a case an item of evidence bears on, in which direction, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from foedus.case.models import FrontFails
from foedus.reading.model import Event
from foedus.reading.proposing.facet_words import stems_of
from foedus.reading.proposing.facets import Facets
from foedus.reading.proposing.known import Known
from foedus.reading.proposing.meaning import Meaning, alike
from foedus.reading.proposing.proposal import Bearing
from foedus.reading.proposing.rules import hits
from foedus.reading.statements.content import stem
from foedus.reading.statements.thesis_words import DOUBT, OPPOSITES
from foedus.reading.statements.words import NEGATION
from foedus.reading.text import WORD

LIKE = {"assumptions": 0.34, "hypotheses": 0.42}
"""Likeness from which on an assumption or a hypothesis is taken to be spoken of."""
LEAST_SHARED = 2
"""Words with meaning that a passage has to share with one of these to speak of it."""
FRAME_WORDS = stems_of(
    "pact alliance ally war conflict hold keep stay remain go come make take give get side "
    "nothing anything more less well better bad good other both still year month"
)
"""Words that stand in most statements about a pact and so tell none apart."""
MOST = 16
"""Bearings of one item."""
MOST_STATEMENTS = 3
"""Assumptions, and hypotheses, of one item."""


@dataclass(frozen=True)
class Board:
    """What of a case can be borne on: quantities, assumptions, hypotheses."""

    known: Known

    @cached_property
    def tails(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The quantities by the last part of their path."""
        table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for path in self.known.case.quantities():
            parts = tuple(path.split("."))
            table.setdefault(parts[-1], []).append((parts, path))
        return table

    @cached_property
    def issues(self) -> list[tuple[str, frozenset[str], str]]:
        """How much an issue matters to whom: actor, the issue's words, path."""
        found = []
        for parts, path in self.tails.get("salience", []):
            if len(parts) >= 4 and parts[-3] == "actors":
                words = frozenset(stem(word) for word in parts[-4].split("-"))
                found.append((parts[-2], words, path))
        return found

    @cached_property
    def statements(self) -> dict[str, Meaning]:
        """What the assumptions and hypotheses say, by path."""
        case = self.known.case
        said = {f"assumptions.{key}": one.says for key, one in case.assumptions.items()}
        said |= {f"hypotheses.{key}": one.says for key, one in case.hypotheses.items()}
        return {path: self.known.meaning(says) for path, says in said.items()}


def bearings(
    facets: Facets, meaning: Meaning, events: tuple[Event, ...], board: Board
) -> tuple[Bearing, ...]:
    """What it bears on: quantities by the rules, assumptions and hypotheses by their words."""
    case = board.known.case
    found: dict[str, Bearing] = {}
    for parts, sign, why in hits(facets, events, board.known.folk):
        for path in _paths(parts, board):
            found.setdefault(path, _bearing(path, case.label(path), sign, _named(why, board)))
    if facets.kind in ("stake", "aim", "red line", "pledge", "refusal"):
        for actor, words, path in board.issues:
            if actor in facets.who and not words.isdisjoint(facets.stems):
                why = f"{_name(actor, board)} speaks or acts on the issue"
                found.setdefault(path, _bearing(path, case.label(path), 1, why))
    for path, bearing in _resting(found, board).items():
        found.setdefault(path, bearing)
    spoken = [
        *_spoken(facets, meaning, board, "assumptions"),
        *_spoken(facets, meaning, board, "hypotheses"),
    ]
    for one in spoken:
        found.setdefault(one.on, one)
    return tuple(found.values())[:MOST]


def _resting(found: Mapping[str, Bearing], board: Board) -> dict[str, Bearing]:
    """The assumptions that fail with a quantity, or with the front, that it bears on."""
    case, out = board.known.case, dict[str, Bearing]()
    for key, assumption in case.assumptions.items():
        fails = assumption.fails_when
        if isinstance(fails, FrontFails):
            path = next((p for p in found if p.endswith("position.now")), "")
            sign = -1 if "improving" in fails.front else 1
        else:
            path, sign = fails.quantity, 1 if fails.above is None else -1
        if path in found:
            higher = 1 if found[path].direction == "supports" else -1
            why = f"it fails with {case.label(path)}: {found[path].why}"
            on = f"assumptions.{key}"
            out[on] = _bearing(on, assumption.says, sign * higher, why)
    return out


def _paths(parts: tuple[str, ...], board: Board) -> Iterator[str]:
    for whole, path in board.tails.get(parts[-1], []):
        if whole[-len(parts) :] == parts:
            yield path


def _spoken(facets: Facets, meaning: Meaning, board: Board, table: str) -> Iterator[Bearing]:
    case = board.known.case
    scored = []
    for path, said in board.statements.items():
        if path.startswith(table):
            score = alike(meaning, said, board.known.weights)
            shared = meaning.actors & said.actors or not said.actors
            telling = (meaning.stems & said.stems) - FRAME_WORDS
            if score >= LIKE[table] and shared and len(telling) >= LEAST_SHARED:
                scored.append((-score, path))
    for _, path in sorted(scored)[:MOST_STATEMENTS]:
        key = path.split(".", 1)[1]
        if table == "assumptions":
            says = case.assumptions[key].says
            sign = _assumed(facets, board.statements[path], _denying(says))
        else:
            hypothesis = case.hypotheses[key]
            says = hypothesis.says
            sign = facets.tone * (0 if hypothesis.holds is None else 1 if hypothesis.holds else -1)
        if sign:
            shared_words = ", ".join(sorted(meaning.stems & board.statements[path].stems))
            yield _bearing(path, says, sign, f"it speaks of the same: {shared_words}")


def _assumed(facets: Facets, said: Meaning, denying: bool) -> int:
    """Whether it speaks for an assumption or against it; 0 if that is not sure.

    Against: a challenge, a denial of what it affirms, the opposite. A condition that denies what
    the assumption affirms, or affirms what it denies, may speak for either.
    """
    if facets.kind == "challenge":
        return -1
    opposed = any(
        (said.stems & mine and facets.stems & theirs)
        for one, other in OPPOSITES
        for mine, theirs in ((one, other), (other, one))
    )
    if facets.kind in ("proviso", "premise", "thesis"):
        return 0 if opposed or facets.low != denying else 1
    doubted = (facets.low != denying) or bool(facets.stems & DOUBT)
    return -1 if opposed != doubted else 1


def _denying(says: str) -> bool:
    """Whether an assumption says that something is not."""
    low = {word.lower() for word in WORD.findall(says)}
    return not low.isdisjoint(NEGATION | {"nothing", "nobody", "none"})


def _bearing(path: str, label: str, sign: int, why: str) -> Bearing:
    return Bearing(path, label, "supports" if sign > 0 else "weakens", why)


def _named(why: str, board: Board) -> str:
    return " ".join(_name(word, board) for word in why.split(" "))


def _name(word: str, board: Board) -> str:
    actors = board.known.case.actors
    key, tail = (word[:-2], "'s") if word.endswith("'s") else (word, "")
    return actors[key].name + tail if key in actors else word
