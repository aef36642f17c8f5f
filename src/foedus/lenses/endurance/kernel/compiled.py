"""How kernels are compiled: cached on disk, free of the interpreter's lock, IEEE arithmetic."""

from __future__ import annotations

from collections.abc import Callable
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
