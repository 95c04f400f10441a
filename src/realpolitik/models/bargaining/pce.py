"""The probabilistic Condorcet election between the positions of the actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np

from realpolitik.errors import UnknownName
from realpolitik.models.arrays import Bools, Floats
from realpolitik.models.bargaining.settlement import Settlement
from realpolitik.models.bargaining.spatial import kernel
from realpolitik.models.bargaining.spatial.rules import ElectionRules, switches
from realpolitik.models.bargaining.spatial.scaled import ScaledTable, elected_outcome
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["ELECTIONS", "pce", "winning_chances"]

Variant = Literal["mean", "most-likely"]

ELECTIONS: Mapping[Variant, ElectionRules] = {
    "mean": ElectionRules(),
    "most-likely": ElectionRules(outcome="most-likely"),
}
"""Named rule sets, the default first."""


@dataclass(frozen=True, eq=False)
class _Elected:
    """What an election gives in every draw, in the order of the table."""

    chance: Floats
    """float[draws, actors]: chance of the candidate that holds each actor's position."""

    outcome: Floats
    """float[draws, issues]."""

    coalition: Bools
    """bool[draws, actors]: who prefers the likeliest candidate to the next likeliest at another position."""


@model("pce", accepts=ActorTable, reference="Wise2015", variants=get_args(Variant))
def pce(table: ActorTable, *, variant: Variant = "mean", rules: ElectionRules | None = None) -> Settlement:
    """Every position is a candidate; its chance to win grows with the strength of those who prefer it.

    Between two candidates each actor throws in its capability times what it stands to gain, and the chances
    are as the strengths of the two coalitions. An actor values a candidate by its distance over all issues,
    weighted by its salience.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0. An actor whose
        capability differs by issue has the mean of it weighted by its salience.
    variant : the ``mean`` of the candidates weighted by their chances, or the ``most-likely`` one.
    rules : any other choices instead of a variant.

    Returns
    -------
    Settlement : outcome float[draws, issues], exact. For the chances see :func:`winning_chances`.

    Raises
    ------
    ModelError : somebody has no position; nobody with capability cares for an issue in some draw.
    UnknownName : no such variant.

    References
    ----------
    Wise, Lester and Efird 2015, papers on the KAPSARC Toolkit for Behavioral Analysis (KTAB), and its source.
    Checked: tests/reference/pce.yaml.
    """
    if variant not in ELECTIONS:
        raise UnknownName("pce variant", variant, tuple(ELECTIONS))
    chosen = ELECTIONS[variant] if rules is None else rules
    elected = _elected(table, chosen)
    method = f"probabilistic Condorcet election ({chosen.election}), {chosen.outcome} of the candidates"
    named = variant if rules is None else None
    return Settlement(
        table.issues,
        elected.outcome,
        "pce",
        named,
        True,
        method,
        rules=asdict(chosen),
        coalition=elected.coalition,
    )


def winning_chances(table: ActorTable, rules: ElectionRules | None = None) -> Floats:
    """Chance that each actor's position wins the election.

    Actors at one position share its chance, so that the sum over actors may exceed one.

    Parameters
    ----------
    rules : choices of the election; None: the default ones.

    Returns
    -------
    float[draws, actors] in [0, 1].

    Raises
    ------
    ModelError : as in :func:`pce`.

    Examples
    --------
    >>> table = ActorTable.one_issue(
    ...     positions={"usa": 10, "iran": 100}, salience={"usa": 1, "iran": 1}, capability={"usa": 80, "iran": 20}
    ... )
    >>> winning_chances(table).round(6)
    array([[0.8, 0.2]])
    """
    return _elected(table, rules or ElectionRules()).chance


def _elected(table: ActorTable, rules: ElectionRules) -> _Elected:
    scaled, numbers = ScaledTable.of(table, "pce", rules.first), switches(rules)
    kernel.prepare(table.draws * len(table.actors) ** 3)
    cells = table.position.shape[:2]
    elected = _Elected(np.empty(cells), np.empty((table.draws, len(table.issues))), np.empty(cells, dtype=np.bool_))
    for draw in range(table.draws):
        position, capability = scaled.position[draw], scaled.capability[draw]
        away = kernel.distances(position, scaled.salience[draw])
        risk = np.zeros(len(position))
        if rules.risk == "inferred":
            risk = kernel.attitudes(away, capability, numbers)
        chance, named = kernel.chances(position, away, risk, capability, numbers)
        elected.chance[draw] = scaled.listed(draw, chance)
        elected.coalition[draw] = scaled.listed(draw, _winners(away, chance))
        elected.outcome[draw] = elected_outcome(scaled.stands(draw), chance, named, rules.outcome)
    return elected


def _winners(away: Floats, chance: Floats) -> Bools:
    """Who prefers the likeliest candidate to the likeliest of those at other positions; everybody if there is none.

    Parameters
    ----------
    away : float[actors, candidates]: distance of each candidate as the actor sees it.
    chance : float[candidates].
    """
    best = int(chance.argmax())
    others = np.flatnonzero((away != away[:, [best]]).any(axis=0))
    if not len(others):
        return np.ones(len(chance), dtype=np.bool_)
    rival = others[chance[others].argmax()]
    return np.asarray(away[:, best] < away[:, rival])
