"""Asking a language model to read a text, believing nothing that the text does not bear out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.reading.asking.building import Ground
from foedus.reading.asking.config import Config
from foedus.reading.asking.denial import Denial
from foedus.reading.asking.errors import AskingError
from foedus.reading.asking.forms import FORMS, KINDS
from foedus.reading.asking.instructions import breaks_out
from foedus.reading.asking.judging import Judged, judged, refusal
from foedus.reading.asking.people import People, speaking
from foedus.reading.asking.pieces import LONGEST, Piece, pieces
from foedus.reading.asking.questions import Question, question
from foedus.reading.asking.refused import Refused, shown
from foedus.reading.asking.replies import Reply
from foedus.reading.asking.tape import Recorder, Replay
from foedus.reading.claims.chains import Chains
from foedus.reading.cues import cues
from foedus.reading.mentions import Names, mentions
from foedus.reading.model import Blame, Cue, Event, Item, Mention, Quote, Voice
from foedus.reading.text import Text

if TYPE_CHECKING:
    from foedus.case import Case

OFFLINE = "http://127.0.0.1/replayed"
"""Stands for an address where none is needed."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model read, as far as it stands; and everything else it said, with the reason."""

    items: tuple[Item, ...]
    """In the order of the text; the same kinds as the rules'."""
    refused: tuple[Refused, ...]
    model: str
    asked: int
    """Pieces of text that were asked about."""
    silent: int
    """Pieces that were not, as they name nobody."""


def ask(
    text: Text,
    items: Sequence[Item],
    config: Config | None,
    *,
    case: Case | None = None,
    kinds: Sequence[str] = KINDS,
    paragraphs: Collection[int] | None = None,
    record: str | Path | None = None,
    replay: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answers:
    """What does a language model read in a text, and what of that does the text bear out?

    `items` is what the rules read: mentions (found here if there are none), cues, voices,
    quotations, events and blame, by which answers are checked. `kinds` are some of claim, event,
    commitment, blame, thesis and stake; `paragraphs` their numbers, all if None. `record` names a
    file to which what came is added; `replay` one from which it is taken, without any network, and
    `config` may then be None. `progress` is told how many of how many pieces are done.

    Nothing raises for what a model says: it stands, or it is listed in `refused`. Raises
    ``AskingError`` for what cannot be asked at all.
    """
    kinds = _kinds(kinds)
    tape = Replay.read(replay) if replay is not None else None
    if tape is not None and record is not None:
        raise AskingError("a record is either written or replayed, not both at once")
    config = config or _offline(tape)
    ground = _ground(text, items, case)
    plan = _plan(text, ground.people, config, kinds, paragraphs)
    done: list[Judged] = []

    def taken(one: Question, reply: Reply) -> None:
        done.append(judged(one.piece, reply, kinds, ground))
        if progress is not None:
            progress(len(done), len(plan.questions))

    with ExitStack() as open_files:
        if tape is not None:
            for one in plan.questions:
                taken(one, tape.get(one))
        elif plan.questions:
            recorder = open_files.enter_context(Recorder(record)) if record is not None else None
            _send(plan.questions, config, recorder, taken)
    return _answers(done, plan, config)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked, and what is not."""

    questions: list[Question]
    refused: list[Refused]
    silent: int


def _plan(
    text: Text, people: People, config: Config, kinds: Sequence[str],
    paragraphs: Collection[int] | None,
) -> Plan:  # fmt: skip
    plan, silent = Plan([], [], 0), 0
    for piece in pieces(text, paragraphs):
        actors = people.vocabulary(piece.start, piece.end)
        words = text.text[piece.start : piece.end]
        why = _not_asked(piece, words, len(plan.questions) >= config.most, config)
        if not actors:
            silent += 1
        elif why is not None:
            plan.refused.append(refusal(piece, "piece", *why))
        else:
            plan.questions.append(question(piece, words, actors, kinds, config))
    return Plan(plan.questions, plan.refused, silent)


def _not_asked(piece: Piece, words: str, full: bool, config: Config) -> tuple[str, str] | None:
    if piece.too_long:
        return "not-asked", f"a sentence of more than {LONGEST} characters"
    mark = breaks_out(words)
    if mark is not None:
        return "instruction", f"not asked: marks of a machine's message, {shown(mark, 40)}"
    return ("not-asked", f"more than {config.most} pieces of text") if full else None


def _send(
    questions: Sequence[Question],
    config: Config,
    recorder: Recorder | None,
    taken: Callable[[Question, Reply], None],
) -> None:
    from foedus.reading.asking.sending import send

    def kept(one: Question, reply: Reply) -> None:
        if recorder is not None:
            recorder.add(one, reply)
        taken(one, reply)

    send(questions, config, kept)


def _answers(done: Iterable[Judged], plan: Plan, config: Config) -> Answers:
    judged_ = list(done)
    items = [item for one in judged_ for item in one.items]
    refused = [*plan.refused, *(r for one in judged_ for r in one.refused)]
    return Answers(
        tuple(sorted(items, key=lambda item: item.start)),
        tuple(sorted(refused, key=lambda r: r.start)),
        config.model, len(plan.questions), plan.silent,
    )  # fmt: skip


def _ground(text: Text, items: Sequence[Item], case: Case | None) -> Ground:
    named = [i for i in items if isinstance(i, Mention)] or list(mentions(text, Names.of(case)))
    said = [i for i in items if isinstance(i, Quote)]
    cued = [i for i in items if isinstance(i, Cue)] or list(cues(text))
    voiced = [i for i in items if isinstance(i, Voice)]
    rules = [i for i in items if isinstance(i, Event | Blame)]
    chains = Chains(voiced, named, said)
    people = People([*named, *said], case, speaking(text.text, said, chains))
    return Ground(text, people, Denial(text, cued), chains, rules)


def _kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in FORMS:
            raise AskingError(
                f"a model is not asked for {kind!r}; the kinds are {', '.join(FORMS)}"
            )
    return tuple(kind for kind in FORMS if kind in kinds)


def _offline(tape: Replay | None) -> Config:
    if tape is None:
        raise AskingError(
            "no language model is named; set FOEDUS_LLM_URL and FOEDUS_LLM_MODEL, or replay a "
            "record"
        )
    if len(tape.models) != 1:
        told = ", ".join(tape.models) or "none"
        raise AskingError(
            f"the record holds answers of {told}; set FOEDUS_LLM_MODEL to one of them"
        )
    return Config(OFFLINE, tape.models[0])
