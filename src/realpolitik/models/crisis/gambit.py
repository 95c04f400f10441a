"""All equilibria, with dice too, by Gambit, if the extra ``games`` is installed."""

from __future__ import annotations

from collections.abc import Iterable
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
    return tuple(_read(tree, profile) for profile in found)


def _read(tree: Tree, profile: Any) -> Equilibrium:
    """By player and information set, as Gambit orders them, what is done there."""
    found: Equilibrium = {}
    for player, behaviour in enumerate(_behaviours(profile)):
        places = [place for place in tree.places if place.player == player]
        for place, (_, shares) in zip(places, behaviour, strict=True):
            found[place.name] = tuple(float(share) for _, share in shares)
    return found


def _behaviours(profile: Any) -> Iterable[Any]:
    """By player, pairs of an information set and what is done there; Gambit 16 has a method for each step."""
    if hasattr(profile, "mixed_behaviors"):
        return [behaviour.mixed_actions() for _, behaviour in profile.mixed_behaviors()]
    behaviours: Iterable[Any] = profile
    return behaviours
