"""A chamber votes, sampled in every draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.cohesion import branch, mood
from realpolitik.models.voting.shock import struck
from realpolitik.models.voting.vote import Vote
from realpolitik.registry import model

__all__ = ["passage"]


@model("passage", accepts=Ballot, reference="Mosimann1962")
def passage(ballot: Ballot, *, rng: np.random.Generator) -> Vote:
    """Whether a motion finds a quorum and a majority: one sampled vote in every draw.

    Given the common shocks, blocs decide independently of each other; the members of a bloc are correlated by its
    cohesion. Then members break ranks, and whole blocs boycott. A second reading is voted after the first.
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
    first, moods = _reading(ballot.readings[0], None, rng)
    if ballot.second is None:
        return first
    kept = None
    if ballot.same_mood is not None:
        kept = rng.random(ballot.attends.shape) < ballot.same_mood[:, np.newaxis]
    second, _ = _reading(ballot.readings[1], None if kept is None else _Kept(moods, kept), rng)
    return replace(first, second=second)


@dataclass(frozen=True, eq=False)
class _Kept:
    """Moods of a reading before, and which blocs are in them still; float or bool[draws, blocs]."""

    moods: list[Floats]
    where: Bools

    def over(self, place: int, new: Floats) -> Floats:
        return np.where(self.where, self.moods[place], new)


def _reading(ballot: Ballot, before: _Kept | None, rng: np.random.Generator) -> tuple[Vote, list[Floats]]:
    """A vote, and the moods in which blocs came, voted and said yes, and whether they came at all."""
    casts, cohesion = ballot.casts, ballot.cohesion
    for_share = np.divide(ballot.yes, casts, out=np.zeros_like(casts), where=casts > 0)
    branches = (
        (ballot.attends, cohesion),
        (casts, branch(ballot.attends, cohesion)),
        (np.minimum(for_share, 1.0), branch(ballot.attends * casts, cohesion)),
    )
    moods: list[Floats] = []
    counts: list[Counts] = [np.broadcast_to(ballot.seats, ballot.attends.shape)]
    for place, (share, tie) in enumerate(branches):
        new = mood(share, tie, rng)
        moods.append(new if before is None else before.over(place, new))
        counts.append(rng.binomial(counts[-1], moods[-1]))
    _, present, cast, yes = counts
    no = cast - yes
    if ballot.rebels is not None:
        to_no, to_yes = rng.binomial(yes, ballot.rebels), rng.binomial(no, ballot.rebels)
        yes, no = yes - to_no + to_yes, no - to_yes + to_no
    if ballot.boycott is not None:
        whim = rng.random(ballot.boycott.shape)
        moods.append(whim if before is None else before.over(len(branches), whim))
        comes = moods[-1] >= ballot.boycott
        present, yes, no = present * comes, yes * comes, no * comes
    chair = None if ballot.casting_vote is None else rng.random(ballot.draws) < ballot.casting_vote
    method = "sampled: one Dirichlet-multinomial vote per bloc and draw"
    return Vote(ballot.blocs, ballot.total_seats, ballot.rule, present, yes, no, method, chair), moods
