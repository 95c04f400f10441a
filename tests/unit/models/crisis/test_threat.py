"""The threat: reference games, ties, the logit and its limits, and a plain tree walk on random games."""

from typing import Any

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.models.crisis import ENDS, ThreatGame, threat
from tests.plain import crisis as plain
from tests.references import cases


def game_of(case: dict[str, Any], precision: float | None = None) -> ThreatGame:
    payoffs = np.array(case["payoffs"], dtype=float)
    sharpness = None if precision is None else np.array([precision])
    return ThreatGame(payoffs[np.newaxis, :, 0], payoffs[np.newaxis, :, 1], sharpness)


def random_game(rng: np.random.Generator, draws: int, **fields: Any) -> ThreatGame:
    """Whole payoffs from 0 to 4, so that ties are common."""
    sender, target = rng.integers(0, 5, (2, draws, len(ENDS))).astype(float)
    return ThreatGame(sender, target, **fields)


@pytest.mark.parametrize("case", cases("threat"), ids=lambda case: str(case["name"]))
def test_reference(case: dict[str, Any]) -> None:
    crisis = threat(game_of(case))
    assert ENDS[crisis.end[0]] == case["expected"]["end"]
    assert crisis.escalates[0].tolist() == case["expected"]["moves"]
    assert crisis.probability[0].tolist() == [float(end == case["expected"]["end"]) for end in ENDS]
    assert (crisis.tie.tolist(), crisis.exact, crisis.variant) == ([False], True, "backward-induction")


@pytest.mark.parametrize("case", cases("threat"), ids=lambda case: str(case["name"]))
def test_a_sharp_logit_is_backward_induction(case: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    sharp = threat(game_of(case, precision=1e4), variant="logit", rng=rng)
    assert sharp.probability == pytest.approx(threat(game_of(case)).probability, abs=1e-12)
    assert ENDS[sharp.end[0]] == case["expected"]["end"]


def test_a_blunt_logit_tosses_coins() -> None:
    rng = np.random.default_rng(0)
    blunt = threat(random_game(rng, 3, precision=np.zeros(3)), variant="logit", rng=rng)
    assert blunt.probability.tolist() == [[1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16]] * 3
    assert not blunt.exact
    assert not blunt.tie.any()


@pytest.mark.parametrize("already", [False, True])
def test_equals_a_walk_of_the_tree_on_random_games(already: bool) -> None:
    rng = np.random.default_rng(1990)
    precision = rng.uniform(0, 4, 400)
    game = random_game(rng, 400, precision=precision, threat_already_made=already)
    sure, soft = threat(game), threat(game, variant="logit", rng=rng)
    for draw in range(game.draws):
        sides = game.sender[draw].tolist(), game.target[draw].tolist()
        assert (sure.end[draw], sure.tie[draw]) == plain.backward(*sides, already)
        expected = plain.logit(*sides, precision[draw], already)
        assert soft.probability[draw].tolist() == pytest.approx(expected, abs=1e-12)
    assert soft.probability.sum(axis=1) == pytest.approx(np.ones(400), abs=1e-12)
    assert sure.tie.any()
    for crisis in (sure, soft):
        assert crisis.probability[:, 0].any() != already


def test_nobody_gains_by_another_move() -> None:
    """One-step deviation: at every node the chosen move is worth at least as much as the other."""
    game = random_game(np.random.default_rng(3), 1000)
    choices = threat(game).escalates
    worth = [game.sender[:, -1], game.target[:, -1]]
    for node in reversed(range(4)):
        stop = [game.sender[:, node], game.target[:, node]]
        go_on = choices[:, node] == 1
        mover = node % 2
        chosen = np.where(go_on, worth[mover], stop[mover])
        assert (chosen >= np.maximum(worth[mover], stop[mover])).all()
        worth = [np.where(go_on, further, stay) for further, stay in zip(worth, stop, strict=True)]


def test_the_end_is_sampled_with_its_probability() -> None:
    draws = 40_000
    rng = np.random.default_rng(5)
    one = random_game(rng, 1)
    game = ThreatGame(np.repeat(one.sender, draws, 0), np.repeat(one.target, draws, 0), np.full(draws, 0.7))
    crisis = threat(game, variant="logit", rng=rng)
    share = np.bincount(crisis.end, minlength=5) / draws
    error = np.sqrt(crisis.probability[0] * (1 - crisis.probability[0]) / draws)
    assert (abs(share - crisis.probability[0]) <= 4 * error).all()


def test_who_is_indifferent_does_not_escalate() -> None:
    crisis = threat(ThreatGame(np.zeros((1, 5)), np.zeros((1, 5))))
    assert (ENDS[crisis.end[0]], crisis.tie.tolist()) == ("no-threat", [True])
    made = threat(ThreatGame(np.zeros((1, 5)), np.zeros((1, 5)), threat_already_made=True))
    assert (ENDS[made.end[0]], made.escalates[0].tolist()) == ("complied", [1.0, 0.0, 0.0, 0.0])


def test_a_large_payoff_makes_no_false_tie() -> None:
    sender = np.array([[1.0, 0.0, 1e17, 0.0, 2.0]])
    target = np.array([[0.0, 1e17, 0.0, 1e17, 2e17]])
    crisis = threat(ThreatGame(sender, target))
    assert (ENDS[crisis.end[0]], bool(crisis.tie[0])) == ("no-threat", False)


def test_stakes_become_payoffs() -> None:
    game = ThreatGame.from_stakes(
        sender_stake=[5, 6], sender_cost=2, sender_audience_cost=1, target_stake=4, target_cost=10,
        paid_before_yielding=0.5, precision=[1, 2], threat_already_made=True,
    )  # fmt: skip
    assert game.sender.tolist() == [[0, 5, -1, 4, -2], [0, 6, -1, 5, -2]]
    assert game.target.tolist() == [[0, -4, 0, -9, -10]] * 2
    assert game.precision is not None
    assert (game.precision.tolist(), game.threat_already_made, game.draws) == ([1, 2], True, 2)


STAKES: dict[str, Any] = {
    "sender_stake": 1, "sender_cost": 1, "sender_audience_cost": 1, "target_stake": 1, "target_cost": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sender_cost": -1}, "sender_cost: draw 0: sender_cost is -1"),
        ({"target_cost": np.inf}, "target_cost is inf"),
        ({"paid_before_yielding": 1.5}, "paid_before_yielding is 1.5, expected 0 to 1"),
        ({"precision": -1}, "precision is -1"),
        ({"sender_stake": [1, 2], "sender_cost": [1, 2, 3]}, r"sender_stake: has shape \[2\], expected \[draws 3\]"),
    ],
)
def test_says_what_is_wrong_with_the_stakes(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ContestError, match=message):
        ThreatGame.from_stakes(**{**STAKES, **changed})


def test_says_what_is_wrong_with_the_payoffs() -> None:
    with pytest.raises(ContestError) as caught:
        ThreatGame(np.zeros((1, 4)), np.full((1, 5), 1e200), np.array([np.nan]))
    assert [fault.path for fault in caught.value.faults] == [("sender",), ("target",), ("precision",)]


def test_the_logit_needs_a_precision_and_an_rng() -> None:
    game = ThreatGame.from_stakes(**STAKES)
    with pytest.raises(ModelError, match="needs: precision"):
        threat(game, variant="logit", rng=np.random.default_rng(0))
    with pytest.raises(ModelError, match="needs: rng"):
        threat(ThreatGame.from_stakes(**STAKES, precision=1), variant="logit")


def test_refuses_an_unknown_variant() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'logit'"):
        threat(ThreatGame.from_stakes(**STAKES), variant="logits")  # type: ignore[arg-type]
