"""The folder that holds what was got, and the sums by which it is known again."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.case import write_atomically
from foedus.record.data.errors import DataError
from foedus.record.data.sources import Source

VARIABLE = "FOEDUS_DATA"
"""The environment variable that names the folder."""
SUMS = "checksums.json"
CHUNK = 1 << 20
HEX = re.compile(r"[0-9a-f]{64}")


def default_folder() -> Path:
    """Where data are kept if nothing else is said: `FOEDUS_DATA`, or the user's cache."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given).expanduser()
    try:
        import pooch
    except ImportError:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
        return Path(base).expanduser() / "foedus"
    return Path(pooch.os_cache("foedus"))


def sum_of(path: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def checked_sum(text: str) -> str:
    """A sum as a user gave it, in small letters; DataError if it is none."""
    given = text.strip().lower().removeprefix("sha256:")
    if not HEX.fullmatch(given):
        raise DataError(f"--sha256 {text}: should be 64 hexadecimal digits, a SHA-256 sum")
    return given


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of raw files, with `checksums.json`: the sum of each, as it was first got."""

    folder: Path

    @classmethod
    def at(cls, folder: str | os.PathLike[str] | None = None) -> Cache:
        """The cache in this folder, or where data are kept by default."""
        return cls(Path(folder) if folder is not None else default_folder())

    def path(self, source: Source) -> Path:
        """Where the file of a source is, or would be."""
        return self.folder / source.file

    def sums(self) -> dict[str, str]:
        """The sum of every file that was got, by file name.

        Raises DataError if the list is damaged.
        """
        place = self.folder / SUMS
        try:
            told = json.loads(place.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, UnicodeDecodeError):
            told = None
        if not isinstance(told, Mapping) or not all(
            isinstance(name, str) and isinstance(value, str) and HEX.fullmatch(value)
            for name, value in told.items()
        ):
            raise DataError(
                f"{place}: should map file names to SHA-256 sums; delete it, and get the data again"
            )
        return dict(told)

    def expected(self, source: Source) -> str | None:
        """The sum that the file of a source should have; None if it was never got."""
        return source.sha256 or self.sums().get(source.file)

    def keep(self, source: Source, found: str) -> None:
        """Note the sum of a file, whole or not at all."""
        kept = {**self.sums(), source.file: found}
        text = json.dumps(dict(sorted(kept.items())), indent=2) + "\n"
        write_atomically(self.folder / SUMS, text)
