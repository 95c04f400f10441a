"""All equilibria, with dice too, by Gambit, if the extra ``games`` is installed."""

from __future__ import annotations

from importlib.util import find_spec
from io import StringIO
from typing import Any

from realpolitik.models.crisis.efg import write_efg
from realpolitik.models.crisis.tree import Tree

__all__ = ["Equilibrium", "all_equilibria", "available"]

Equilibrium = dict[str, tuple[float, ...]]
"""By place, the probability of each move."""


def available() -> bool:
    """Whether Gambit's Python package is installed."""
    return find_spec("pygambit") is not None


def all_equilibria(tree: Tree, draw: int = 0) -> tuple[Equilibrium, ...] | None:
    """Nash equilibria of one possible world by enumeration of supports, subgame-perfect or not.

    Isolated ones are all found; where there is a continuum, some of it is.

    Returns
    -------
    tuple : the equilibria; None where the extra ``games`` is not installed.
    """
    if not available():
        return None
    import pygambit

    game = pygambit.read_efg(StringIO(write_efg(tree, draw)))
    found = pygambit.nash.enumpoly_solve(game).equilibria
    return tuple(_read(tree, game, profile) for profile in found)


def _read(tree: Tree, game: Any, profile: Any) -> Equilibrium:
    """What is done at each place; by action, which Gambit 16 and 17 have in common."""
    found: Equilibrium = {}
    for number, player in enumerate(game.players):
        places = [place for place in tree.places if place.player == number]
        for place, known in zip(places, player.infosets, strict=True):
            found[place.name] = tuple(float(profile[action]) for action in known.actions)
    return found
