"""What every bargaining model returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from realpolitik.models.arrays import Bools, Counts, Floats

__all__ = ["Move", "Round", "Settlement"]

Choice = str | float | int | bool


@dataclass(frozen=True)
class Move:
    """One actor gave way, or was made to."""

    draw: int
    """Index of the draw."""

    round: int
    """From one."""

    actor: str
    """Who moved."""

    because_of: str | None
    """Whose offer or pressure moved it; None where the theory names nobody."""

    issue: str
    """On what."""

    start: float
    """Where it stood, in the unit of the issue."""

    end: float
    """Where it stands now, in the unit of the issue."""


@dataclass(frozen=True, eq=False)
class Round:
    """Where everybody stands after a round; the first one is the start."""

    position: Floats
    """float[draws, actors, issues], in the unit of the issue; NaN only where an actor takes no part."""

    mean: Floats
    """float[draws, issues]: the mean weighted by capability times salience."""

    median: Floats
    """float[draws, issues]: the median weighted by capability times salience."""


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

    rules: Mapping[str, Choice] = field(default_factory=dict)
    """Every choice of the rule set by name, for a model that has choices."""

    converged: Bools | None = None
    """bool[draws]: whether the rounds came to rest; None for a model without rounds."""

    reasons: tuple[str, ...] = ()
    """Why the rounds ended, as sentences."""

    reason: Counts | None = None
    """int[draws]: index into ``reasons``; None for a model without rounds."""

    rounds: tuple[Round, ...] = ()
    """Positions by round, the start first; empty unless the model was called with ``history=True``."""

    moves: tuple[Move, ...] = ()
    """Who moved because of whom, in order; empty unless the model was called with ``history=True``."""

    coalition: Bools | None = None
    """bool[draws, actors]: the winning coalition, where the theory defines one."""

    details: Mapping[str, Any] = field(default_factory=dict)
    """What only this model has to tell, under the names that its docstring gives; empty unless ``history=True``."""
