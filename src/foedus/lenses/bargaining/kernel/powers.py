"""Exponentials and logarithms of whole rows, written so that they become vector instructions.

The C library's functions take one number at a time, and powers are most of the work of a round.
Both are accurate to a few units in the last place over the range in which they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from foedus.lenses.compiled import inner

Floats = NDArray[np.float64]

TINY = 1e-300
"""Stands for nought under a logarithm: its powers vanish."""
_LEAST = -700.0
_LOG2E = 1.4426950408889634
_ROUND = (
    6755399441055744.0  # 1.5 * 2**52: a sum with it is rounded to a whole number in its last bits
)
_LN2_HIGH = 0.6931471803691238  # the leading bits of ln 2, so that a product with k is exact
_LN2_LOW = 1.9082149292705877e-10
_ONE = 1023 << 52
_ROOT_HALF = 0x3FE6A09E667F3BCD  # the bits of the square root of one half


def _bits_of(_: Any, number: Any) -> Any:
    def build(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), build


def _number_of(_: Any, bits: Any) -> Any:
    def build(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(types.float64))

    return types.float64(types.int64), build


_bits: Callable[[float], int] = cast(Any, intrinsic(_bits_of))
_number: Callable[[int], float] = cast(Any, intrinsic(_number_of))


@inner
def raised(out: Floats, logs: Floats, exponents: Floats, count: int) -> None:
    """Fill the first `count` numbers of `out` with e^(log x exponent), the product below 700.

    A product below -700 counts as -700. Taylor's series on half a binary place.
    """
    for t in range(count):
        product = logs[t] * exponents[t]
        x = product if product > _LEAST else _LEAST
        shifted = x * _LOG2E + _ROUND
        k = shifted - _ROUND
        y = (x - k * _LN2_HIGH) - k * _LN2_LOW
        p = 1.0 / 479001600.0
        p = p * y + 1.0 / 39916800.0
        p = p * y + 1.0 / 3628800.0
        p = p * y + 1.0 / 362880.0
        p = p * y + 1.0 / 40320.0
        p = p * y + 1.0 / 5040.0
        p = p * y + 1.0 / 720.0
        p = p * y + 1.0 / 120.0
        p = p * y + 1.0 / 24.0
        p = p * y + 1.0 / 6.0
        p = p * y + 0.5
        p = p * y + 1.0
        p = p * y + 1.0
        out[t] = p * _number((_bits(shifted) << 52) + _ONE)


@inner
def logarithms(out: Floats, row: Floats, side: float, plus: float, count: int) -> None:
    """Fill the first `count` numbers of `out` with log(plus + side x), none of them negative.

    Nought counts as `TINY`. With s = (m - 1)/(m + 1) for the mantissa m, log m = 2 artanh s.
    """
    for t in range(count):
        number = plus + side * row[t]
        x = number if number > TINY else TINY
        bits = _bits(x)
        k = (bits - _ROOT_HALF) >> 52
        m = _number(bits - (k << 52)) - 1.0
        s = m / (2.0 + m)
        z = s * s
        p = 2.0 / 21.0
        p = p * z + 2.0 / 19.0
        p = p * z + 2.0 / 17.0
        p = p * z + 2.0 / 15.0
        p = p * z + 2.0 / 13.0
        p = p * z + 2.0 / 11.0
        p = p * z + 2.0 / 9.0
        p = p * z + 2.0 / 7.0
        p = p * z + 2.0 / 5.0
        p = p * z + 2.0 / 3.0
        out[t] = k * _LN2_HIGH + (2.0 * s + (s * z * p + k * _LN2_LOW))
