"""How kernels are compiled: cached on disk, free of the interpreter's lock, IEEE arithmetic."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def jit(function: Function) -> Function:
    """Compile a function that Python calls."""
    return _compiled(function, OPTIONS)


def inner(function: Function) -> Function:
    """Compile a function that only compiled code calls.

    No wrappers for Python and C are built, which shortens the first compilation.
    """
    return _compiled(function, OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _compiled(function: Function, options: dict[str, Any]) -> Function:
    forget_stale_code(Path(function.__code__.co_filename).parent)
    return cast(Function, numba.njit(**options)(function))


@cache
def forget_stale_code(folder: Path) -> None:
    """Drop compiled code that was made from other sources than those in the folder.

    numba looks only at the file a function stands in, so code compiled into a caller would outlive
    a change of what it calls.
    """
    kept = folder / "__pycache__"
    digest = sha256()
    for source in sorted(folder.glob("*.py")):
        digest.update(source.read_bytes())
    stamp = kept / "sources.sha256"
    with suppress(OSError):
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        kept.mkdir(exist_ok=True)
        for compiled in (*kept.glob("*.nbi"), *kept.glob("*.nbc")):
            compiled.unlink(missing_ok=True)
        stamp.write_text(digest.hexdigest())


def is_cold(folder: Path) -> bool:
    """Whether no compiled function is kept below a folder, or where numba is told to keep them."""
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    kept = Path(elsewhere) if elsewhere else folder
    return os.access(kept, os.W_OK) and not any(kept.rglob("*.nbi"))
