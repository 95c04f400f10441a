"""Arrays of an input view: made read-only, checked for shape and range, every fault named with its place."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.errors import ContestError, Fault

__all__ = ["Axis", "Bools", "Counts", "Floats", "checked", "draws_of", "named", "refuse", "whole"]

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]

Axis = tuple[str, int | Sequence[str]]
"""What an axis runs over: ``("draw", 1000)`` or ``("actor", ("usa", "iran"))``."""


def checked(
    label: str,
    values: ArrayLike,
    axes: Sequence[Axis],
    faults: list[Fault],
    *,
    least: float | Floats = -inf,
    most: float | Floats = inf,
    where: Bools | None = None,
) -> Floats:
    """Return ``values`` as a read-only float array; add what is wrong with it to ``faults``.

    Parameters
    ----------
    label : name of the field, for messages.
    axes : what each axis runs over, in order.
    least, most : closed bounds, anything that broadcasts to the axes.
    where : bool, broadcasts to the axes; entries outside are not looked at.
    """
    try:
        array = np.asarray(values, dtype=np.float64).view()
    except (TypeError, ValueError):
        faults.append(Fault((label,), "is not an array of numbers."))
        return np.empty(0)
    array.flags.writeable = False
    if _misshapen(label, array.shape, axes, faults):
        return array
    bad = ~(np.isfinite(array) & (array >= least) & (array <= most))
    if where is not None:
        bad &= where
    if bad.any():
        place = tuple(int(index) for index in np.argwhere(bad)[0])
        low, high = (float(np.broadcast_to(np.asarray(bound), array.shape)[place]) for bound in (least, most))
        text = f"{_place(place, axes)}: {label} is {array[place]:g}, expected {_range(low, high)}."
        more = int(bad.sum()) - 1
        faults.append(Fault((label,), text + (f" {more} more are out of range." if more else "")))
    return array


def whole(label: str, values: ArrayLike, axes: Sequence[Axis], faults: list[Fault], *, least: int = 0) -> Counts:
    """Return ``values`` as a read-only int64 array of counts; add what is wrong with it to ``faults``."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        faults.append(Fault((label,), f"is counted in whole numbers, not in {array.dtype}."))
        return np.zeros(0, dtype=np.int64)
    checked(label, array, axes, faults, least=least)
    counts = array.astype(np.int64, copy=False).view()
    counts.flags.writeable = False
    return counts


def named(label: str, names: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    """Return names as a tuple; none at all, or the same twice, is a fault."""
    kept = tuple(names)
    twice = sorted({name for name in kept if kept.count(name) > 1})
    if not kept:
        faults.append(Fault((label,), "is empty; at least one is needed."))
    if twice:
        faults.append(Fault((label,), f"names {', '.join(map(repr, twice))} twice."))
    return kept


def draws_of(values: ArrayLike) -> int:
    """Length of the leading axis; 1 if there is none, so that the shape check can speak."""
    shape = np.shape(values)
    return shape[0] if shape else 1


def refuse(faults: Sequence[Fault]) -> None:
    """Raise a ContestError that holds all the faults, if there are any."""
    if faults:
        raise ContestError(faults)


def _misshapen(label: str, shape: tuple[int, ...], axes: Sequence[Axis], faults: list[Fault]) -> bool:
    expected = tuple(size if isinstance(size, int) else len(size) for _, size in axes)
    if shape == expected and 0 not in shape:
        return False
    words = ", ".join(f"{name}s {size}" for (name, _), size in zip(axes, expected, strict=True))
    faults.append(Fault((label,), f"has shape {list(shape)}, expected [{words}], none of them 0."))
    return True


def _place(place: tuple[int, ...], axes: Sequence[Axis]) -> str:
    """Say where an entry stands, names before numbers: ``actor 'usa', draw 3``."""
    parts = [
        (isinstance(size, int), f"{name} {index}" if isinstance(size, int) else f"{name} '{size[index]}'")
        for index, (name, size) in zip(place, axes, strict=True)
    ]
    return ", ".join(text for _, text in sorted(parts, key=lambda part: part[0]))


def _range(low: float, high: float) -> str:
    if low == -inf and high == inf:
        return "a finite number"
    return f"{low:g} to {high:g}" if high < inf else f"a finite number of at least {low:g}"
