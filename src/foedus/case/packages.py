"""The cases that come with the package."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from foedus.case.errors import CaseError, Problem
from foedus.case.nearest import did_you_mean, quoted

_SUFFIX = ".yaml"


def _folder() -> Traversable:
    return files("foedus.case") / "packaged"


def packaged() -> tuple[str, ...]:
    """Which cases come with the package? Their ids, sorted."""
    folder = _folder()
    if not folder.is_dir():
        return ()
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(_SUFFIX) for n in names if n.endswith(_SUFFIX)))


def packaged_file(name: str) -> Traversable:
    """Return the file of a packaged case."""
    return _folder() / f"{name}{_SUFFIX}"


def text_of(name: str) -> str:
    """Return the text of a packaged case. Raises ``CaseError`` if there is none of that id."""
    if name not in packaged():
        message = f"there is no packaged case {quoted(name)}{did_you_mean(name, packaged())}"
        raise CaseError([Problem(name, None, "", message)])
    return packaged_file(name).read_text(encoding="utf-8")
