"""What every bargaining model returns."""

from __future__ import annotations

from dataclasses import dataclass

from realpolitik.models.arrays import Floats

__all__ = ["Settlement"]


@dataclass(frozen=True, eq=False)
class Settlement:
    """Where the bargain ends, in every draw."""

    issues: tuple[str, ...]
    """Names, in the order of ``outcome``."""

    outcome: Floats
    """float[draws, issues], in the unit of the issue."""

    model: str
    """Registered name of the model."""

    variant: str | None
    """Named rule set of the model; None where it has only one."""

    exact: bool
    """Whether the outcome follows from the input without sampling or an unfinished search."""

    method: str
    """How it was computed, in a sentence."""
