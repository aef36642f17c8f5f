"""Getting a source into the cache: received beside it, checked, and only then given its name."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from foedus.record.data.archives import check_kind
from foedus.record.data.cache import Cache, sum_of
from foedus.record.data.errors import DataError
from foedus.record.data.receiving import Receiver
from foedus.record.data.sources import Source


@dataclass(frozen=True, slots=True)
class Fetched:
    """A source in the cache: where, its sum, and whether it was there already."""

    source: Source
    path: Path
    sha256: str
    was_there: bool
    pinned: bool
    """Whether the sum was known before (from the makers or from the user), not noted now."""


def address(source: Source, given: str | None) -> str:
    """Where to take a source from: its own address, or what was given with `--from`.

    A folder, and an address that ends in `/`, hold the file under its name in the cache or under
    that of its own address.
    """
    if given is None:
        return source.url
    theirs = source.url.rsplit("/", 1)[-1]
    if "://" in given:
        return given + theirs if given.endswith("/") else given
    place = Path(given).expanduser()
    if place.is_dir():
        for name in (source.file, theirs):
            if (place / name).is_file():
                return str(place / name)
        raise DataError(f"{given}: has neither {theirs} nor {source.file} in it")
    if not place.exists():
        raise DataError(f"--from {given}: should be a folder, a file, or an address with https://")
    return str(place)


def fetch(
    source: Source,
    cache: Cache,
    given: str | None = None,
    sha256: str | None = None,
    receiver: Receiver | None = None,
) -> Fetched:
    """Get a source, unless it is in the cache as it should be.

    ``sha256`` is the sum the file should have; without it, the one of the source, or the one that
    was noted when it was first got. Raises DataError for all that can go wrong, and then the cache
    is as it was.
    """
    expected = sha256 or cache.expected(source)
    target = cache.path(source)
    if target.is_file():
        found = sum_of(target)
        if found == expected:
            cache.keep(source, found)
            return Fetched(source, target, found, was_there=True, pinned=True)
    place = address(source, given)
    _retrieve(source, cache, place, expected, receiver or Receiver())
    found = sum_of(target)
    cache.keep(source, found)
    return Fetched(source, target, found, was_there=False, pinned=expected is not None)


def _retrieve(
    source: Source, cache: Cache, place: str, expected: str | None, receiver: Receiver
) -> None:
    try:
        import pooch
    except ImportError as error:
        raise DataError("getting data needs the extra: pip install 'foedus[data]'") from error
    pooch.get_logger().setLevel(logging.ERROR)

    def checked(url: str, output_file: str, _pooch: object) -> None:
        receiver(url, output_file)
        check_kind(Path(output_file), Path(source.file).suffix, place)
        found = sum_of(Path(output_file))
        if expected is not None and found != expected:
            raise DataError(
                f"{place}: is not the file it should be: its SHA-256 sum is {found}, not "
                f"{expected}; if it is a new edition that you trust, give its sum with --sha256"
            )
        # what is written by pooch only its owner may read; a cache may be shared
        os.chmod(output_file, 0o644)  # noqa: PTH101

    cache.folder.mkdir(parents=True, exist_ok=True)
    # under a name of its own, for pooch would take an altered file of that name as it is
    beside = cache.folder / f".{source.file}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    try:
        pooch.retrieve(place, expected, fname=beside.name, path=cache.folder, downloader=checked)
        beside.replace(cache.path(source))
    finally:
        beside.unlink(missing_ok=True)
