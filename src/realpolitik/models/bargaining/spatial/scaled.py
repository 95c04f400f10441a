"""A table of actors as the spatial model reads it: one scale, one capability, one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import ModelError
from realpolitik.models.arrays import Counts, Floats
from realpolitik.models.bargaining.mean import nonzero_total
from realpolitik.models.bargaining.spatial.kernel import TIE
from realpolitik.models.bargaining.spatial.rules import First, Outcome
from realpolitik.models.bargaining.table import ActorTable

__all__ = ["ScaledTable", "elected_outcome"]

Number = TypeVar("Number", np.float64, np.int64, np.bool_)

STRONGEST = 100.0
"""Capability of the strongest actor in a draw, so that its unit does not matter beside the tiny constants."""


@dataclass(frozen=True, eq=False)
class ScaledTable:
    """Positions in [0, 1], saliences that add up to at most one, one capability for each actor.

    The actors of each draw stand as listed, or in an order that follows from their numbers alone: the
    strongest first, then by position on the first issue, on the others, and by salience. The first has it in
    a tie.
    """

    table: ActorTable
    """As given."""

    order: Counts
    """int[draws, actors]: whom of the table the entries of the other arrays are about."""

    position: Floats
    """float[draws, actors, issues] in [0, 1]: share of the scale."""

    salience: Floats
    """float[draws, actors, issues]: adds up to at most one over the issues."""

    capability: Floats
    """float[draws, actors], the largest of a draw 100."""

    @classmethod
    def of(cls, table: ActorTable, model: str, first: First) -> ScaledTable:
        """Scale a table.

        Parameters
        ----------
        model : its name, for messages.
        first : which actor stands first.

        Raises
        ------
        ModelError : somebody has no position; nobody with capability cares for some issue in some draw.
        """
        if not table.takes_part.all():
            actor, issue = np.argwhere(~table.takes_part)[0]
            raise ModelError(
                f"Actor '{table.actors[actor]}' has no position on issue '{table.issues[issue]}', and the model "
                f"'{model}' needs everybody on every issue. Leave the actor or the issue out, or use 'compromise'."
            )
        nonzero_total(table, table.weight("capability", "salience"))
        position = np.clip((table.position - table.low) / (table.high - table.low), 0.0, 1.0)
        salience, capability = _fitted(table.salience), _capability(table)
        keys = np.concatenate([salience[..., ::-1], position[..., ::-1], -capability[..., np.newaxis]], axis=-1)
        order = np.lexsort(np.moveaxis(keys, -1, 0), axis=-1)
        if first == "listed":
            order = np.broadcast_to(np.arange(len(table.actors)), order.shape)
        rows = order[..., np.newaxis]
        return cls(
            table,
            order,
            np.take_along_axis(position, rows, axis=1),
            np.take_along_axis(salience, rows, axis=1),
            np.take_along_axis(capability, order, axis=1),
        )

    def listed(self, draw: int, values: NDArray[Number]) -> NDArray[Number]:
        """Put [..., actors] values of a draw into the order of the table."""
        found = np.empty_like(values)
        found[..., self.order[draw]] = values
        return found

    def stands(self, draw: int) -> Floats:
        """float[actors, issues]: positions as given, in the order of the other arrays."""
        found: Floats = self.table.position[draw][self.order[draw]]
        return found

    def unscaled(self, draw: int, position: Floats) -> Floats:
        """Positions float[turns, actors, issues] in the unit of the issues and in the order of the table.

        Whoever stands where it started stands there to the last digit.
        """
        listed = np.moveaxis(self.listed(draw, np.moveaxis(position, 1, -1)), -1, 1)
        start = np.moveaxis(self.listed(draw, self.position[draw].T), -1, 0)
        low, high = self.table.low, self.table.high
        moved = np.clip(low + listed * (high - low), low, high)
        return np.where(listed == start, self.table.position[draw], moved)


def _fitted(salience: Floats) -> Floats:
    """Divide the saliences of a draw by the largest total of an actor, if that exceeds one."""
    largest = salience.sum(axis=2).max(axis=1)
    fitted: Floats = salience / np.maximum(largest, 1.0)[:, np.newaxis, np.newaxis]
    return fitted


def _capability(table: ActorTable) -> Floats:
    """Mean capability of each actor over the issues weighted by its salience, the largest scaled to 100."""
    share = table.capability / table.capability.max(axis=(1, 2), keepdims=True)
    care = np.where(table.salience.sum(axis=2, keepdims=True) > 0, table.salience, 1.0)
    own = (share * care).sum(axis=2) / care.sum(axis=2)
    same = (share == share[..., :1]).all(axis=2)
    capability = np.where(same, share[..., 0], own)
    scaled: Floats = capability * (STRONGEST / capability.max(axis=1, keepdims=True))
    return scaled


def elected_outcome(stands: Floats, chance: Floats, named: Counts, outcome: Outcome) -> Floats:
    """Mean of the candidates weighted by their chances, or the likeliest of them; float[issues].

    Parameters
    ----------
    stands : float[actors, issues]; chance : float[actors]; named : int[actors], by whose position each
        actor's candidate is named, so that it counts once.
    """
    once = np.where(named == np.arange(len(named)), chance, -1.0)
    if outcome == "most-likely":
        likeliest: Floats = stands[(once >= once.max() - TIE).argmax()]
        return likeliest
    weights = np.maximum(once, 0.0)
    mean: Floats = np.clip(weights @ stands / weights.sum(), stands.min(axis=0), stands.max(axis=0))
    return mean
