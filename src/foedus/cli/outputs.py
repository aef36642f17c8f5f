"""Files that a command is asked to write: what is refused, and what errors name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

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
