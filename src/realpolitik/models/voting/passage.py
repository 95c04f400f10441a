"""A chamber votes, sampled in every draw."""

from __future__ import annotations

import numpy as np

from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.cohesion import branch, split
from realpolitik.models.voting.shock import struck
from realpolitik.models.voting.vote import Vote
from realpolitik.registry import model

__all__ = ["passage"]


@model("passage", accepts=Ballot, reference="Mosimann1962")
def passage(ballot: Ballot, *, rng: np.random.Generator) -> Vote:
    """Whether a motion finds a quorum and a majority: one sampled vote in every draw.

    Given the common shocks, blocs decide independently of each other; the members of a bloc are correlated by its
    cohesion. Then members break ranks, and whole blocs boycott.
    :func:`realpolitik.models.voting.exact.exact_passage` computes the probability for one draw.

    Parameters
    ----------
    ballot : seats int[blocs]; probabilities and cohesion float[draws, blocs]; the chamber's rule.
    rng : source of chance.

    Returns
    -------
    Vote : counts int[draws, blocs]; passed bool[draws]. Its mean over draws is a probability with
        standard error sqrt(p (1 - p) / draws).

    References
    ----------
    Mosimann 1962, On the compound multinomial distribution, Biometrika 49(1/2).
    Checked: tests/reference/passage.yaml.
    """
    ballot = struck(ballot, rng)
    seats = np.broadcast_to(ballot.seats, ballot.attends.shape)
    casts, cohesion = ballot.casts, ballot.cohesion
    for_share = np.divide(ballot.yes, casts, out=np.zeros_like(casts), where=casts > 0)
    present = split(seats, ballot.attends, cohesion, rng)
    cast = split(present, casts, branch(ballot.attends, cohesion), rng)
    yes = split(cast, np.minimum(for_share, 1.0), branch(ballot.attends * casts, cohesion), rng)
    no = cast - yes
    if ballot.rebels is not None:
        to_no, to_yes = rng.binomial(yes, ballot.rebels), rng.binomial(no, ballot.rebels)
        yes, no = yes - to_no + to_yes, no - to_yes + to_no
    if ballot.boycott is not None:
        comes = rng.random(ballot.boycott.shape) >= ballot.boycott
        present, yes, no = present * comes, yes * comes, no * comes
    chair = None if ballot.casting_vote is None else rng.random(ballot.draws) < ballot.casting_vote
    method = "sampled: one Dirichlet-multinomial vote per bloc and draw"
    return Vote(ballot.blocs, ballot.total_seats, ballot.rule, present, yes, no, method, chair)
