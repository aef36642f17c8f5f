"""A second reader: a language model, where one is configured, beside the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from foedus.case import Case
    from foedus.reading.asking import Answers, Config, Mark
    from foedus.reading.model import Item, Reading

MOST = 8
"""Items, and refusals, that are listed on the screen."""


@dataclass(frozen=True)
class Second:
    """What both readers read together, and which of them read what."""

    reading: Reading
    marks: tuple[Mark, ...]
    answers: Answers

    @property
    def read_by(self) -> Mapping[str, str]:
        """Of each item that both were asked for, by its id: rules, model or both."""
        found = {m.rules.id: m.read_by for m in self.marks if m.rules is not None}
        found |= {m.model.id: m.read_by for m in self.marks if m.rules is None and m.model}
        return found

    def count(self, read_by: str) -> int:
        """How many items were read by whom."""
        return sum(mark.read_by == read_by for mark in self.marks)

    def alone(self) -> tuple[Item, ...]:
        """What the model alone read."""
        return tuple(m.model for m in self.marks if m.read_by == "model" and m.model)


def configured(model: bool | None, record: str | None, replay: str | None) -> bool:
    """Whether a model is to be asked: if one is configured, unless it is left out.

    Raises UsageError for what does not go together.
    """
    if model is False:
        if record or replay:
            raise click.UsageError("--record and --replay do not go with --no-model")
        return False
    if replay:
        return True
    from foedus.reading.asking import Config

    if Config.of() is None:
        if model or record:
            raise click.UsageError(
                "no language model is configured: set FOEDUS_LLM_URL and FOEDUS_LLM_MODEL"
            )
        return False
    return True


def second(reading: Reading, case: Case | None, record: str | None, replay: str | None) -> Second:
    """Ask a model about a text that the rules have read, and put both together."""
    from foedus.reading.asking import Config, agree, ask
    from foedus.reading.text import Text

    config: Config | None = Config.of()
    with _progress(config) as progress:
        answers = ask(
            Text.of(reading.text), reading.items, config, case=case, record=record,
            replay=replay, progress=progress,
        )  # fmt: skip
    marks = agree(reading.items, answers.items)
    found = Second(reading, marks, answers)
    items = sorted((*reading.items, *found.alone()), key=lambda i: (i.start, -i.end, i.kind))
    return replace(found, reading=replace(reading, items=tuple(items)))


def refused_lines(found: Second) -> Iterator[dict[str, Any]]:
    """What the model said that the text does not bear out, as plain data."""
    return (one.to_dict() for one in found.answers.refused)


def show_second(found: Second, out: Console) -> None:
    """Print how far both readers agree, what the model alone read, and what was refused."""
    from foedus.cli.printing import say

    answers, text = found.answers, found.reading.text
    say(out, f"{answers.model} was asked about {answers.asked} pieces: both read"
             f" {found.count('both')} items, the rules alone {found.count('rules')}, the model"
             f" alone {found.count('model')}; {len(answers.refused)} answers refused.",
        "bold")  # fmt: skip
    for item in found.alone()[:MOST]:
        words = " ".join(text[item.start : item.end].split())
        say(out, f"  model alone: {item.kind}: {words[:120]}", "dim")
    for one in answers.refused[:MOST]:
        say(out, f"  refused, paragraph {one.paragraph}: {one.of}: {one.detail}", "dim")
    rest = max(len(answers.refused) - MOST, 0)
    if rest:
        say(out, f"  and {rest} more refused; --json lists them all", "dim")


@contextmanager
def _progress(config: Config | None) -> Iterator[Callable[[int, int], None] | None]:
    if config is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(f"asking {config.model}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("asking", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
