"""How kernels are compiled: cached on disk, free of the interpreter's lock, IEEE arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


def jit(function: Function) -> Function:
    """Compile a function that Python calls."""
    return cast(Function, numba.njit(**OPTIONS)(function))


def inner(function: Function) -> Function:
    """Compile a function that only compiled code calls.

    No wrappers for Python and C are built, which shortens the first compilation.
    """
    options = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return cast(Function, numba.njit(**options)(function))


def forget_stale_code(folder: Path = Path(__file__).parent) -> None:
    """Drop compiled code that was made from other sources than those in the folder.

    numba looks only at the file a function stands in, so code compiled into a caller would outlive
    a change of what it calls.
    """
    cache = folder / "__pycache__"
    digest = sha256()
    for source in sorted(folder.glob("*.py")):
        digest.update(source.read_bytes())
    stamp = cache / "sources.sha256"
    with suppress(OSError):
        if stamp.exists() and stamp.read_text() == digest.hexdigest():
            return
        cache.mkdir(exist_ok=True)
        for compiled in (*cache.glob("*.nbi"), *cache.glob("*.nbc")):
            compiled.unlink(missing_ok=True)
        stamp.write_text(digest.hexdigest())


forget_stale_code()
