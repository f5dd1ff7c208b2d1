"""What all kernels share: float arrays, and marking elements that have no value."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

import numpy as np
import numpy.typing as npt

from klantwaarde_xl.errors import CellError

Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.ArrayLike
Element: TypeAlias = Floats | float  # what an elementwise kernel's argument may be

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])


def flag(values: Numbers, *cases: tuple[CellError, Any]) -> Floats:
    """Return values with an error where a case's mask is true; the first case that fits wins."""
    result = np.asarray(values, dtype=np.float64)
    for error, mask in reversed(cases):
        result = np.where(mask, error.nan, result)
    return result


def elementwise(kernel: _Kernel) -> _Kernel:
    """Make a kernel of float arrays accept anything array-like, broadcast, and never warn.

    Scalars in give a float out; arrays in give an array of the broadcast shape. An element
    that overflows to infinity is #NUM!, as in the spreadsheet itself.
    """

    @functools.wraps(kernel)
    def broadcast(*args: Numbers, **kwargs: Numbers) -> Any:
        floats = [np.asarray(value, dtype=np.float64) for value in args]
        named = {key: np.asarray(value, dtype=np.float64) for key, value in kwargs.items()}
        with np.errstate(all="ignore"):
            result = np.asarray(kernel(*floats, **named))
            result = np.where(np.isinf(result), CellError.NUM.nan, result)
        return result[()] if result.ndim else float(result)

    broadcast.is_elementwise = True  # type: ignore[attr-defined]
    return cast(_Kernel, broadcast)


def is_elementwise(kernel: Callable[..., Any]) -> bool:
    """Tell whether a kernel broadcasts its arguments."""
    return bool(getattr(kernel, "is_elementwise", False))


def outside(values: Element, low: float, high: float) -> Any:
    """Mask of the elements below low or above high."""
    return (values < low) | (values > high)


ALIKE = 1e-9  # of the largest value; what a search finds differs by some 1e-10 between machines


def descending(values: Floats) -> npt.NDArray[np.intp]:
    """Return the places from the highest value to the lowest, missing ones last.

    Values that differ by less than a billionth of the largest are equal and stay in their order:
    their last digits depend on the machine, and the order of a table may not.
    """
    largest = np.max(np.abs(values), where=np.isfinite(values), initial=0.0)
    steps = np.round(values / (largest * ALIKE)) if largest > 0 else values
    return np.argsort(-steps, kind="stable")


def annuity(periods: Element, ratio: Element) -> Floats:
    """Sum 1 + q + q² + … over a number of periods; a broken last period counts for its part.

    periods ≥ 0, ratio q ≥ 0. At q = 1 the sum is the number of periods itself.
    """
    whole = np.floor(periods)
    part = periods - whole
    with np.errstate(all="ignore"):
        # log1p and expm1 keep all digits where q is close to one
        last = np.where(whole == 0, 1.0, np.exp(whole * np.log(ratio)))
        sums = np.where(
            ratio == 1, whole, -np.expm1(whole * np.log1p(ratio - 1)) / np.where(ratio == 1, 1, 1 - ratio)
        )
        sums = np.where(whole == 0, 0.0, np.where(ratio == 0, 1.0, sums))
    return cast(Floats, sums + np.where(part == 0, 0.0, part * last))
