"""What a command gives out: files it is asked to write, data for programs, a screen for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.lenses.lens import Picture
    from foedus.verdict.analysis import Analysis

FILE = click.Path(dir_okay=False, writable=True)
"""A file to write."""
PICTURES = (".svg", ".png", ".html")
"""Endings of pictures that can be written."""


def check_outputs(file: str, files: Mapping[str, str]) -> None:
    """Refuse what would destroy something: a file written over the input, a device, or another."""
    taken = {Path(file).resolve(): "the file that is read"}
    for option, path in files.items():
        said = f"--{option} {path}"
        if not path:
            raise click.UsageError(f"--{option}: is empty; it should be the name of a file")
        place = Path(path).resolve()
        if place in taken:
            raise click.UsageError(f"{said}: is {taken[place]}; give another name")
        if place.exists() and not place.is_file():
            raise click.UsageError(f"{said}: is there already and no plain file")
        taken[place] = f"the file of --{option} too"


@contextmanager
def named(path: str) -> Iterator[None]:
    """Errors of the system name the file that was asked for, not the one it was to grow from."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def asked_files(file: str, wanted: Mapping[str, str | None]) -> dict[str, str]:
    """The files asked for, by option; what would destroy something or cannot be is refused."""
    picture = wanted.get("picture")
    if picture is not None and not picture.lower().endswith(PICTURES):
        raise click.UsageError(f"--picture {picture}: should end in {', '.join(PICTURES)}")
    files = {option: path for option, path in wanted.items() if path is not None}
    check_outputs(file, files)
    return files


def write_files(
    files: Mapping[str, str], picture: Callable[[], Picture], write: Callable[[str, str], None]
) -> None:
    """Write each file: the picture, and what `write` makes of any other option and its path."""
    for option, path in files.items():
        with named(path):
            if option == "picture":
                from foedus.report.alone import write_picture

                write_picture(picture(), path)
            else:
                write(option, path)


def check_endings(table: str | None, save: str | None) -> None:
    """Refuse files under names by which they could not be read back."""
    if table and not table.lower().endswith((".parquet", ".csv")):
        raise click.UsageError(f"--table {table}: should end in .parquet or .csv")
    if save and not save.lower().endswith(".foedus"):
        raise click.UsageError(f"--save {save}: should end in .foedus, by which it is read back")


def write_analysis(answer: Analysis, files: Mapping[str, str]) -> None:
    """Write what is asked for of an analysis: its report, its table, and itself."""
    for option, path in files.items():
        with named(path):
            if option == "report":
                from foedus.report import write

                write(answer, path)
            elif option == "table":
                from foedus.verdict.saving.tidy import save_table

                save_table(answer, path)
            else:
                answer.save(path)


def print_json(facts: Mapping[str, Any]) -> None:
    """Print plain data, with the version that made it first."""
    import json

    from foedus import __version__

    told = {"version": __version__, **facts}
    click.echo(json.dumps(told, ensure_ascii=False, allow_nan=False))


def print_screen(show: Callable[[Console], None], files: Mapping[str, str]) -> None:
    """Print what `show` says, and which files were written."""
    from foedus.cli.screen import page

    with page() as out:
        show(out)
    if files:
        click.echo(f"\nWritten: {', '.join(files.values())}")
