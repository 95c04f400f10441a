"""Functions that Numba turns into machine code when they are first needed, and not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

__all__ = ["cached", "compile_in_place", "compiled"]


def compiled(module: ModuleType, names: Sequence[str]) -> ModuleType:
    """Return a copy of a module whose functions are compiled; the module itself stays plain Python.

    So importing the module does not load Numba, and which of the two is used can depend on the input alone:
    they differ in the last digits. Machine code is kept beside the module or, where that folder cannot be
    written, in the user's cache folder. Where neither can be, it is compiled again in every process.

    Parameters
    ----------
    names : functions in the order in which they call each other, the innermost first.
    """
    spec = spec_from_file_location(module.__name__, getattr(module, "__file__", None))
    if spec is None or spec.loader is None:
        raise ImportError(f"{module.__name__} was not read from a file, so it cannot be compiled")
    copy = module_from_spec(spec)
    spec.loader.exec_module(copy)
    for name in names:
        setattr(copy, name, cached(getattr(copy, name)))
    return copy


def compile_in_place(module: ModuleType, names: Sequence[str], **options: Any) -> None:
    """Replace functions of a module by compiled ones; for kernels that give the same bits either way.

    Parameters
    ----------
    names : functions in the order in which they call each other, the innermost first.
    options : what ``numba.njit`` is told besides, e.g. ``nogil``.
    """
    for name in names:
        setattr(module, name, cached(getattr(module, name), **options))


def cached(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    """Compile a function when it is first called, and keep the machine code if there is a place for it."""
    from numba import njit

    try:
        kept: Callable[..., Any] = njit(cache=True, **options)(function)
    except RuntimeError:  # Numba found no folder that it can write to
        kept = njit(**options)(function)
    return kept
