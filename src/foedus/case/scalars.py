"""Plain words of a file as values: the core schema of YAML 1.2, and nothing beyond it."""

from __future__ import annotations

import json
import math
import re
from typing import TypeGuard

Scalar = None | bool | int | float | str

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")
_EXACT_DIGITS = 18


def is_number(value: object) -> TypeGuard[int | float]:
    """Is it a number? In a case, true and "0.7" are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def scalar(text: str) -> Scalar:
    """Return what an unquoted word means: null, a truth value, a number, or itself.

    A whole number too long to be exact is read as a float, so no word costs more than its length.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= _EXACT_DIGITS else float(text)
    if _BASED.fullmatch(text) and len(text) <= _EXACT_DIGITS:
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def written(value: object) -> str:
    """Write a value on one line so that reading it gives the same value back.

    Raises ``TypeError`` for what a case file cannot hold.
    """
    if isinstance(value, str):
        plain = len(value) <= 80 and _PLAIN.fullmatch(value) and scalar(value) == value
        return value if plain else json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)}: {written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(v) for v in value) + "]"
    raise TypeError(f"a case file cannot hold {type(value).__name__}")


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return repr(value)
