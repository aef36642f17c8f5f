"""`foedus read`: from a text to who says what, who did what to whom, and evidence proposed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.outputs import FILE, check_outputs, named
from foedus.cli.read_model import Second, configured, refused_lines, second, show_second
from foedus.cli.review import beside

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.case import Case
    from foedus.reading.model import Reading
    from foedus.reading.opening import Opened
    from foedus.reading.proposing import Proposal

ENDINGS = (".jsonl", ".html", ".jsonld", ".csv", ".plover.json")


class PublishedType(click.ParamType[str]):
    """A day, a month or a year."""

    name = "DATE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The date, checked."""
        from foedus.case.fields import PARTIAL_MEANT, partial_date

        if partial_date(str(value)) is None:
            self.fail(f"{value!r} {PARTIAL_MEANT}", param, ctx)
        return str(value)


@click.command("read")
@click.argument("text", metavar="TEXT")
@click.option("--case", "case", metavar="CASE", help="Propose evidence for this case.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, an item a line, for programs.")
@click.option("--out", "outs", multiple=True, type=FILE, metavar="FILE",
              help="Write what was read, by the ending: .jsonl items, .html a reading sheet,"
                   " .jsonld web annotations, .csv who did what to whom, .plover.json events."
                   " May be repeated.")  # fmt: skip
@click.option("--proposals", type=FILE, metavar="FILE",
              help="Where to keep what is proposed; default beside the case.")  # fmt: skip
@click.option(
    "--fetch", is_flag=True, help="Allow fetching TEXT from the web, if it is an address."
)
@click.option(
    "--published", type=PublishedType(), help="When it was published: YYYY, YYYY-MM, YYYY-MM-DD."
)
@click.option("--no-events", "no_events", is_flag=True, help="Leave events out; twice as fast.")
@click.option("--model/--no-model", "model", default=None,
              help="Ask a language model too; default if FOEDUS_LLM_URL and FOEDUS_LLM_MODEL are"
                   " set.")  # fmt: skip
@click.option("--record", type=FILE, metavar="FILE", help="Keep what the model answers.")
@click.option("--replay", type=click.Path(dir_okay=False), metavar="FILE",
              help="Take its answers from a record, without asking.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), default=None,
              help="Processes, for a folder; default one a processor.")  # fmt: skip
def command(
    text: str, case: str | None, as_json: bool, outs: tuple[str, ...], proposals: str | None,
    fetch: bool, published: str | None, no_events: bool, model: bool | None, record: str | None,
    replay: str | None, workers: int | None,
) -> None:  # fmt: skip
    """Read TEXT: a file, - for standard input, an address, or a folder of texts.

    Says who speaks, who did what to whom, and how sure it sounds. With --case, proposes evidence;
    nothing enters the case before somebody accepts it in foedus review.
    """
    files = _files(text, outs, proposals)
    loaded = _case(case, proposals)
    if text != "-" and Path(text).is_dir():
        from foedus.cli.read_folder import read_folder

        if proposals is not None or model or record or replay:
            what = "--proposals" if proposals is not None else "a model"
            raise click.UsageError(f"{text} is a folder: {what} goes with one text at a time")
        read_folder(
            text, loaded, files, as_json=as_json, published=published, events=not no_events,
            workers=workers,
        )  # fmt: skip
        return
    asked = configured(model, record, replay)
    from foedus.reading import Names, open_text, read

    opened = open_text(text, fetch=fetch)
    if published:
        opened = replace(opened, source=replace(opened.source, date=published))
    reading = read(opened.text, opened.source, Names.of(loaded), opened.hints, events=not no_events)
    both = second(reading, loaded, record, replay) if asked else None
    if both is not None:
        reading = both.reading
    found = _proposed(reading, loaded)
    kept = _keep(found, loaded, proposals, text, reading)
    _write(files, reading, loaded, found, both)
    if as_json:
        for line in _lines(reading, both):
            click.echo(line)
        return
    _screen(reading, opened, loaded, found, kept, files, both)


def _files(text: str, outs: tuple[str, ...], proposals: str | None) -> dict[str, str]:
    """The files asked for, by ending."""
    files: dict[str, str] = {}
    for path in outs:
        ending = next((e for e in (".plover.json", *ENDINGS) if path.lower().endswith(e)), None)
        if ending is None:
            raise click.UsageError(f"--out {path}: should end in {', '.join(ENDINGS)}")
        if ending in files:
            raise click.UsageError(f"--out {path}: one {ending} file is enough")
        files[ending] = path
    wanted = {f"out {ending}": path for ending, path in files.items()}
    check_outputs(text, wanted | ({"proposals": proposals} if proposals is not None else {}))
    return files


def _case(case: str | None, proposals: str | None) -> Case | None:
    if case is None:
        if proposals is not None:
            raise click.UsageError("--proposals goes with --case: nothing is proposed without one")
        return None
    from foedus.lenses.table import load

    loaded = load(case)
    if loaded.path is not None:
        check_outputs(str(loaded.path), {"proposals": proposals} if proposals else {})
    return loaded


def _proposed(reading: Reading, case: Case | None) -> tuple[Proposal, ...]:
    if case is None:
        return ()
    from foedus.reading.proposing import proposals

    return proposals(reading, case)


def _keep(
    found: tuple[Proposal, ...], case: Case | None, asked: str | None, text: str, reading: Reading
) -> Path | None:
    """Keep what is proposed, beside the case if it has a file and nothing else is asked."""
    if case is None or (asked is None and case.path is None):
        return None
    from foedus.reading.reviewing.offered import keep_offers, offers

    assert asked is not None or case.path is not None
    path = Path(asked) if asked is not None else beside(Path(case.path or ""), "reading")
    digest = reading.source.sha256
    with named(str(path)):
        keep_offers(path, offers(found, text, digest), text, digest)
    return path


def _lines(reading: Reading, both: Second | None, *, whole: bool = False) -> Iterator[str]:
    """The items as lines; with a second reader, who read each, and what was refused of him."""
    from foedus.reading.telling import lines

    if both is None:
        yield from lines(reading, whole=whole)
        return
    yield from lines(reading, whole=whole, read_by=both.read_by)
    for one in refused_lines(both):
        yield json.dumps(one, ensure_ascii=False)


def _write(
    files: Mapping[str, str], reading: Reading, case: Case | None, found: tuple[Proposal, ...],
    both: Second | None,
) -> None:  # fmt: skip
    from foedus.case import write_atomically

    for ending, path in files.items():
        with named(path):
            write_atomically(path, _told(ending, reading, case, found, both))


def _told(
    ending: str, reading: Reading, case: Case | None, found: tuple[Proposal, ...],
    both: Second | None,
) -> str:  # fmt: skip
    from foedus.reading.model import Event

    if ending == ".jsonl":
        return "".join(f"{line}\n" for line in _lines(reading, both, whole=True))
    if ending == ".jsonld":
        from foedus.reading.annotation import to_annotations

        return json.dumps(to_annotations(reading), ensure_ascii=False, indent=1) + "\n"
    if ending == ".csv":
        from foedus.reading.events.dyads import to_csv

        return str(to_csv(reading.of(Event)))
    if ending == ".plover.json":
        from foedus.reading.events.plover import to_plover

        told = [to_plover(e, reading.text, reading.source.date) for e in reading.of(Event)]
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    from foedus.reading.sheet import render

    return render(reading, found, case)


def _screen(
    reading: Reading, opened: Opened, case: Case | None, found: tuple[Proposal, ...],
    kept: Path | None, files: Mapping[str, str], both: Second | None,
) -> None:  # fmt: skip
    from foedus.cli.outputs import print_screen
    from foedus.cli.screen_read import show, show_proposed
    from foedus.reading.wording import Called

    def shown(out: Console) -> None:
        show(reading, Called.of(reading, case), opened.notes, out)
        if both is not None:
            show_second(both, out)
        if case is not None:
            show_proposed(found, case, kept, reading.source.date, out)

    print_screen(shown, {f"out {ending}": path for ending, path in files.items()})
