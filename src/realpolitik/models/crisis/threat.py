"""A threat is made, met, withdrawn or carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.crisis.game import ENDS, NODES, ThreatGame
from realpolitik.registry import model

__all__ = ["Crisis", "threat"]

Variant = Literal["backward-induction", "logit"]


@dataclass(frozen=True, eq=False)
class Crisis:
    """How the crisis ends, in every draw."""

    probability: Floats
    """float[draws, 5]: probability of each of ``ends``; 0 or 1 under backward induction."""

    end: Counts
    """int[draws]: index into ``ends`` of how it ended; sampled in the logit variant."""

    escalates: Floats
    """float[draws, 4]: probability that the mover goes on at each of ``nodes``, reached or not.

    Where the threat has already been made, the first is 1.
    """

    tie: Bools
    """bool[draws]: whether some mover was exactly indifferent, so that another end may be as rational.

    Always False in the logit variant, where nobody is.
    """

    variant: str
    """Named rule set of the model."""

    exact: bool
    """Whether ``end`` follows without sampling; ``probability`` always does."""

    method: str
    """How it was computed, in a sentence."""

    ends: tuple[str, ...] = ENDS
    """Names, in the order of ``probability``."""

    nodes: tuple[str, ...] = NODES
    """Names, in the order of ``escalates``."""


@model("threat", accepts=ThreatGame, reference="LacyNiou2004", variants=get_args(Variant))
def threat(
    game: ThreatGame, *, variant: Variant = "backward-induction", rng: np.random.Generator | None = None
) -> Crisis:
    """Whether a threat is made, whether it works, and whether it is carried out.

    Both sides know the payoffs of their draw; that the analyst does not is what the draws are for.

    Parameters
    ----------
    game : payoffs float[draws, 5]; precision float[draws] for the logit variant.
    variant : ``backward-induction``: each mover looks ahead and takes what is better for it; whoever is
        indifferent does not escalate (makes no threat, complies, backs down, gives in).
        ``logit``: agent quantal response; each mover takes the better move with probability
        1 / (1 + exp(-precision * advantage)), knowing that the others do the same.
    rng : source of chance; needed by the logit variant to sample the end.

    Returns
    -------
    Crisis : probability float[draws, 5], end int[draws].

    Raises
    ------
    ModelError : the logit variant without a precision or without an rng.
    UnknownName : no such variant.

    References
    ----------
    Lacy & Niou 2004, A theory of economic sanctions and issue linkage, Journal of Politics 66(1), for the
    order of moves; McKelvey & Palfrey 1998, Quantal response equilibria for extensive form games,
    Experimental Economics 1, for the logit. Checked: tests/reference/threat.yaml.

    Examples
    --------
    >>> game = ThreatGame.from_stakes(
    ...     sender_stake=3, sender_cost=1, sender_audience_cost=2, target_stake=4, target_cost=10
    ... )
    >>> ENDS[threat(game).end[0]]
    'complied'
    """
    if variant == "logit":
        return _logit(game, rng)
    if variant != "backward-induction":
        raise UnknownName("threat variant", variant, get_args(Variant))
    escalates, tie = _look_ahead(game, None)
    probability = _ends(escalates)
    method = "backward induction in every draw; who is indifferent does not escalate"
    return Crisis(probability, probability.argmax(axis=1), escalates, tie, variant, True, method)


def _logit(game: ThreatGame, rng: np.random.Generator | None) -> Crisis:
    if game.precision is None or rng is None:
        missing = "precision" if game.precision is None else "rng"
        raise ModelError(f"The logit variant needs: {missing}. Give it, or use 'backward-induction'.")
    escalates, tie = _look_ahead(game, game.precision)
    probability = _ends(escalates)
    reached = np.cumsum(probability, axis=1)
    end = (rng.random(game.draws)[:, np.newaxis] * reached[:, -1:] >= reached).sum(axis=1)
    method = "agent logit response, exact in every draw; the end is sampled"
    return Crisis(probability, end, escalates, tie, "logit", False, method)


def _look_ahead(game: ThreatGame, precision: Floats | None) -> tuple[Floats, Bools]:
    """Probability that each mover escalates float[draws, 4], and whether one was indifferent bool[draws]."""
    ahead = [game.sender[:, -1], game.target[:, -1]]
    escalates = np.ones((game.draws, len(NODES)))
    tie = np.zeros(game.draws, dtype=bool)
    for node in reversed(range(int(game.threat_already_made), len(NODES))):
        stop = (game.sender[:, node], game.target[:, node])
        mover = node % len(stop)
        advantage = ahead[mover] - stop[mover]
        if precision is None:
            go_on = (advantage > 0).astype(np.float64)
            tie |= advantage == 0
        else:
            go_on = 0.5 + 0.5 * np.tanh(precision * advantage / 2)
        escalates[:, node] = go_on
        ahead = [(1 - go_on) * stay + go_on * further for stay, further in zip(stop, ahead, strict=True)]
    return escalates, tie


def _ends(escalates: Floats) -> Floats:
    """Probability of each end: go on at all nodes before it, and stop there."""
    reach = np.cumprod(escalates, axis=1)
    arrive = np.concatenate([np.ones((len(reach), 1)), reach], axis=1)
    stop = np.concatenate([1 - escalates, np.ones((len(reach), 1))], axis=1)
    ends: Floats = arrive * stop
    return ends
