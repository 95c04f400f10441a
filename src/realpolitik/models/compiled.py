"""Functions that Numba turns into machine code when they are first needed, and not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

__all__ = ["compile_in_place"]


def compile_in_place(module: ModuleType, names: Sequence[str]) -> None:
    """Replace functions of a module by compiled ones, so that importing the module does not import Numba.

    Machine code is kept beside the module or, where that folder cannot be written, in the user's cache
    folder. Where neither can be, it is compiled again in every process.

    Parameters
    ----------
    names : functions in the order in which they call each other, the innermost first.
    """
    for name in names:
        setattr(module, name, _compiled(getattr(module, name)))


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    try:
        kept: Callable[..., Any] = njit(cache=True)(function)
    except RuntimeError:  # Numba found no folder that it can write to
        kept = njit(function)
    return kept
