"""What the threat model promises in any game."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.models.crisis import ENDS, ThreatGame, threat

PAYOFFS = st.lists(st.integers(-6, 6), min_size=5, max_size=5).map(lambda values: np.array([values], dtype=float))


def solve(sender: Any, target: Any, precision: float | None = None, already: bool = False) -> Any:
    """Answer of either variant, by whether a precision is given."""
    if precision is None:
        return threat(ThreatGame(sender, target, threat_already_made=already))
    game = ThreatGame(sender, target, np.array([precision]), already)
    return threat(game, variant="logit", rng=np.random.default_rng(0))


@given(sender=PAYOFFS, target=PAYOFFS, shift=st.integers(-9, 9), scale=st.sampled_from([0.5, 1.0, 4.0]))
def test_units_of_either_side_do_not_matter(sender: Any, target: Any, shift: int, scale: float) -> None:
    assert solve(sender * scale + shift, target).end == solve(sender, target).end
    assert solve(sender, target * scale + shift).end == solve(sender, target).end


@given(sender=PAYOFFS, target=PAYOFFS, precision=st.sampled_from([0.0, 0.1, 1.0, 1e9]), already=st.booleans())
def test_probabilities_sum_to_one(sender: Any, target: Any, precision: float, already: bool) -> None:
    crisis = solve(sender, target, precision, already)
    assert crisis.probability.sum() == pytest.approx(1, abs=1e-12)
    assert (crisis.probability >= 0).all()
    assert crisis.probability[0, crisis.end[0]] > 0
    assert not (already and crisis.probability[0, 0])


@given(sender=PAYOFFS, target=PAYOFFS)
def test_a_dearer_retreat_never_invites_one(sender: Any, target: Any) -> None:
    dearer = sender.copy()
    dearer[:, ENDS.index("backed-down")] -= 3
    assert solve(dearer, target).escalates[0, 2] >= solve(sender, target).escalates[0, 2]


@given(sender=PAYOFFS, target=PAYOFFS)
def test_without_ties_a_sharp_logit_is_backward_induction(sender: Any, target: Any) -> None:
    sure = solve(sender, target)
    if not sure.tie[0]:
        assert solve(sender, target, 1e6).probability == pytest.approx(sure.probability, abs=1e-9)
