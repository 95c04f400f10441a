"""All equilibria, with dice too, by Gambit, if the extra ``games`` is installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from io import StringIO

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
    return tuple(_read(tree, profile) for profile in pygambit.nash.enumpoly_solve(game).equilibria)


def _read(tree: Tree, profile: Iterable[Iterable[tuple[object, Mapping[str, float]]]]) -> Equilibrium:
    """By player and information set, as Gambit orders them, what is done there."""
    found: Equilibrium = {}
    for player, behaviour in enumerate(profile):
        places = [place for place in tree.places if place.player == player]
        for place, (_, shares) in zip(places, behaviour, strict=True):
            found[place.name] = tuple(float(shares[move]) for move in place.moves)
    return found
