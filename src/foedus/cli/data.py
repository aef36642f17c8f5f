"""`foedus data`: the public data behind the record, got and made into panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.options import json_option

if TYPE_CHECKING:
    from foedus.record.data import Cache, Fetched, Made, Recipe, Source
    from foedus.record.data.receiving import Progress

NOT_PINNED = "not pinned: the first download's sum is kept and checked"
PINNED = "checked against the sum it should have"

cache_option = click.option(
    "--cache", "folder", metavar="DIR", type=click.Path(file_okay=False),
    help="Where data are kept; default FOEDUS_DATA, or the user's cache.",
)  # fmt: skip


@click.group("data")
def command() -> None:
    """Get the public data behind the record, and make its panels."""


@command.command("list")
@json_option
@cache_option
def listing(as_json: bool, folder: str | None) -> None:
    """List the sources and the panels, and what is in the cache. Needs no network."""
    from foedus.record.data import PANELS, SOURCES, Cache

    cache = Cache.at(folder)
    sources = [_source_facts(source, cache) for source in SOURCES.values()]
    panels = [_panel_facts(recipe, cache) for recipe in PANELS.values()]
    if as_json:
        from foedus.cli.outputs import print_json

        print_json({"cache": str(cache.folder), "sources": sources, "panels": panels})
        return
    for facts in sources:
        _say(f"{facts['name']} {facts['version']}: {facts['title']}", "")
        _say(f"cite: {facts['citation']}")
        _say(f"terms: {facts['terms']}")
        _say(f"from: {facts['url']}")
        _say(f"{PINNED if facts['pinned'] else NOT_PINNED}; {_where(facts)}")
    for facts in panels:
        _say(f"{facts['name']}: {facts['title']}", "")
        _say(f"made from: {', '.join(facts['sources'])}")
        if facts["empty"]:
            _say(f"left empty: {_empty(facts['empty'])}")
        _say(_where(facts))
    _say(f"The cache is {cache.folder}", "")


@command.command("get")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option(
    "--from", "given", metavar="URL|DIR",
    help="Take the files from there; a folder, or an address ending in /, holds them by name.",
)  # fmt: skip
@click.option("--sha256", metavar="HEX", help="The sum the file should have.")
@cache_option
def getting(
    names: tuple[str, ...], given: str | None, sha256: str | None, folder: str | None
) -> None:
    """Download sources into the cache; a panel's sources are got and the panel is made."""
    from foedus.record.data import PANELS, SOURCES, Cache, fetch, make
    from foedus.record.data.cache import checked_sum
    from foedus.record.data.receiving import Receiver
    from foedus.record.data.sources import source_named

    for name in names:
        if name not in PANELS:
            source_named(name, tuple(PANELS))
    parts = [PANELS[name].sources if name in PANELS else (name,) for name in names]
    wanted = list(dict.fromkeys(name for part in parts for name in part))
    _check_options(wanted, given, sha256)
    expected = checked_sum(sha256) if sha256 is not None else None
    cache = Cache.at(folder)
    for name in wanted:
        with _progress(name) as progress:
            found = fetch(SOURCES[name], cache, given, expected, Receiver(progress))
        _tell_source(found)
    for name in names:
        if name in PANELS:
            _tell_panel(make(PANELS[name], cache))


def _check_options(wanted: Sequence[str], given: str | None, sha256: str | None) -> None:
    if len(wanted) == 1:
        return
    if sha256 is not None:
        raise click.UsageError(f"--sha256: is of one file, but {len(wanted)} are got")
    if given is not None and "://" in given and not given.endswith("/"):
        raise click.UsageError(
            f"--from {given}: is one file, but {len(wanted)} are got; "
            "should be a folder, or end in /"
        )


def _source_facts(source: Source, cache: Cache) -> dict[str, Any]:
    path = cache.path(source)
    return {
        "name": source.name, "title": source.title, "version": source.version,
        "citation": source.citation, "terms": source.terms, "url": source.url,
        "pinned": source.sha256 is not None, "sha256": cache.expected(source),
        "cached": str(path) if path.is_file() else None,
    }  # fmt: skip


def _panel_facts(recipe: Recipe, cache: Cache) -> dict[str, Any]:
    path = cache.folder / recipe.file
    return {
        "name": recipe.name, "task": recipe.task, "title": recipe.title,
        "sources": list(recipe.sources), "empty": dict(recipe.empty),
        "cached": str(path) if path.is_file() else None,
    }  # fmt: skip


def _tell_source(found: Fetched) -> None:
    how = "was in the cache" if found.was_there else "got"
    _say(f"{found.source.name} {found.source.version}: {how}, {found.path}", "")
    _say(f"sha256 {found.sha256}")
    _say(PINNED if found.pinned else NOT_PINNED)
    _say(f"cite: {found.source.citation}")
    _say(f"terms: {found.source.terms}")


def _tell_panel(made: Made) -> None:
    years = f"{made.first} to {made.last}"
    _say(f"{made.recipe.name}: {made.rows} rows, {years}, {made.path}", "")
    if made.recipe.empty:
        _say(f"left empty, for want of data: {_empty(made.recipe.empty)}")


def _empty(empty: Mapping[str, str]) -> str:
    return ", ".join(f"{column} ({why})" for column, why in empty.items())


def _where(facts: dict[str, Any]) -> str:
    return "in the cache" if facts["cached"] else "not in the cache"


def _say(text: str, indent: str = "  ") -> None:
    """A paragraph that keeps to the screen; addresses and paths stay whole."""
    import shutil
    import textwrap

    width = max(40, min(shutil.get_terminal_size().columns, 100))
    after = indent + "  "
    click.echo(
        textwrap.fill(
            text, width, initial_indent=indent, subsequent_indent=after,
            break_long_words=False, break_on_hyphens=False,
        )
    )  # fmt: skip


@contextmanager
def _progress(name: str) -> Iterator[Progress | None]:
    """A progress bar on the error stream while a file comes; none if nobody watches."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
