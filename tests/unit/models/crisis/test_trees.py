"""Trees, looking ahead, subgame perfection and quantal response, against the textbook."""

from importlib import import_module
from random import Random

import numpy as np
import pytest

from realpolitik.errors import ContestError, ModelError
from realpolitik.models.crisis import tree as tree_room
from realpolitik.models.crisis.induction import backward_induction, subgame_perfect
from realpolitik.models.crisis.quantal import quantal
from realpolitik.models.crisis.tree import Chance, Choice, End, Node, Tree
from tests.plain import trees as plain

induction = import_module("realpolitik.models.crisis.induction")
quantal_room = import_module("realpolitik.models.crisis.quantal")

A = ("a",)


def tree(root: Node, players: tuple[str, ...] = A) -> Tree:
    return Tree("g", players, root)


def end(*payoffs: float) -> End:
    return End("end", payoffs)


@pytest.mark.parametrize(
    ("root", "text"),
    [
        (end(1, 2), "2 payoffs, expected 1"),
        (end(np.inf), "not a finite number"),
        (End("x", (np.ones((2, 2)),)), "not one per draw"),
        (Choice("b", "here", ("x",), (end(1),)), "not among the players"),
        (Choice("a", "here", (), ()), "0 moves"),
        (Choice("a", "here", ("x", "x"), (end(1), end(2))), "different names"),
        (Choice("a", "here", ("x", "y"), (end(1),)), "1 nodes after it"),
        (Chance("here", ("x", "y"), (0.5, 0.6), (end(1), end(2))), "1 together"),
        (Chance("here", ("x", "y"), (1.5, -0.5), (end(1), end(2))), "at least 0"),
        (Chance("here", ("x", "y"), (1.0,), (end(1), end(2))), "one for each move"),
        (Choice("a", "here", ("x",), (Choice("a", "here", ("x",), (end(1),)),)), "comes twice"),
        (
            Chance("c", ("x", "y"), (0.5, 0.5),
                   (Choice("a", "h", ("x",), (end(1),)), Choice("a", "h", ("y",), (end(1),)))),
            "other moves",
        ),
        (Choice("a", "h", ("x", "y"), (end(np.ones(2)), end(np.ones(3)))), "2, 3 draws"),
    ],
)  # fmt: skip
def test_a_tree_that_contradicts_itself_is_refused(root: Node, text: str) -> None:
    with pytest.raises(ContestError, match=text):
        tree(root)


def test_trees_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: Node = end(1)
    for step in range(tree_room.MOST_DEPTH + 1):
        deep = Choice("a", str(step), ("x",), (deep,))
    with pytest.raises(ContestError, match="200 moves"):
        tree(deep)
    monkeypatch.setattr(tree_room, "MOST_NODES", 2)
    with pytest.raises(ContestError, match="2 nodes"):
        tree(Choice("a", "h", ("x", "y"), (end(1), end(2))))


def test_looking_ahead_and_all_perfect_equilibria_equal_the_textbook() -> None:
    rng, tied = Random(1), 0
    for _ in range(200):
        game = plain.random_tree(rng)
        found, expected = subgame_perfect(game), plain.pure(game)
        assert found.complete
        assert sorted(tuple(each.moves.values()) for each in found.found) == sorted(expected)
        ahead = backward_induction(game)
        taken = {place.name: place.moves[int(ahead.strategies[place.name].argmax(axis=0)[0])] for place in game.places}
        assert tuple(taken[place.name] for place in game.places) in expected
        assert ahead.tie[0] == (len(expected) > 1)
        assert ahead.probability.sum(axis=1) == pytest.approx(1)
        tied += ahead.tie[0]
    assert 20 < tied < 180


def test_information_sets_equal_the_textbook() -> None:
    rng, none = Random(2), 0
    for _ in range(40):
        game = plain.random_tree(rng, information_sets=True)
        found = subgame_perfect(game)
        assert sorted(tuple(each.moves.values()) for each in found.found) == sorted(plain.pure(game))
        none += not found.found
        for each in found.found:
            assert sum(each.outcomes.values()) == pytest.approx(1)
        with pytest.raises(ModelError, match="information sets"):
            backward_induction(game)
    assert none > 0


@pytest.mark.parametrize("information_sets", [False, True])
def test_quantal_response_is_a_fixed_point(information_sets: bool) -> None:
    rng, found = Random(3), 0
    for _ in range(60):
        game = plain.random_tree(rng, information_sets=information_sets)
        precision = rng.choice([0.0, 0.3, 1.0, 2.5])
        answer = quantal(game, precision)
        profile = {name: tuple(map(float, share[:, 0])) for name, share in answer.strategies.items()}
        if answer.found[0]:
            found += 1
            again = plain.response(game, profile, precision)
            for name, share in profile.items():
                assert share == pytest.approx(again[name], abs=1e-7)
        assert answer.worth[0] == pytest.approx(plain.worth(game, game.root, profile))
    assert found == 60


def matching(stake: float = 1.0) -> Tree:
    second = tuple(
        Choice("b", "b", ("heads", "tails"), (End("same", (s, -s)), End("other", (-s, s)))) for s in (stake, -stake)
    )
    return Tree("Matching pennies", ("a", "b"), Choice("a", "a", ("heads", "tails"), second))


def test_dice_only() -> None:
    assert subgame_perfect(matching()).found == ()
    assert subgame_perfect(matching()).complete
    assert quantal(matching(), 50.0).strategies["a"][:, 0] == pytest.approx([0.5, 0.5])


def test_draws_are_worked_out_together() -> None:
    stakes = np.array([0.5, 1.0, 3.0])
    p = np.array([0.1, 0.5, 0.9])
    root = Choice("a", "h", ("rest", "risk"), (end(0), Chance("c", ("x", "y"), (p, 1 - p), (end(stakes), end(-1)))))
    game = tree(root)
    together = quantal(game, 2.0)
    for draw in range(3):
        luck = Chance("c", ("x", "y"), (p[draw], 1 - p[draw]), (end(stakes[draw]), end(-1)))
        alone = Choice("a", "h", ("rest", "risk"), (end(0), luck))
        assert together.probability[draw] == pytest.approx(quantal(tree(alone), 2.0).probability[0])
        assert backward_induction(game).worth[draw] == backward_induction(tree(alone)).worth[0]
        assert subgame_perfect(game, draw).found[0].worth == subgame_perfect(tree(alone)).found[0].worth


def test_a_branch_that_chance_never_takes_does_no_harm() -> None:
    sides = tuple(
        Choice("a", f"s{i}", ("x", "y"), (end(0), Choice("a", "t", ("l", "r"), (end(i), end(2))))) for i in (0, 1)
    )
    game = tree(Chance("c", ("never", "always"), (0.0, 1.0), sides))
    answer = quantal(game, 1.0)
    assert answer.found.all()
    assert answer.strategies["t"][1, 0] == pytest.approx(1 / (1 + np.exp(-1)))


@pytest.mark.parametrize("precision", [-1.0, np.inf, [1.0, 2.0]])
def test_precision_is_checked(precision: float) -> None:
    with pytest.raises(ModelError, match="precision"):
        quantal(matching(), precision)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantal_room, "MOST_UNKNOWNS", 1)
    with pytest.raises(ModelError, match="2 unknowns"):
        quantal(matching(), 1.0)
    monkeypatch.setattr(induction, "MOST_PROFILES", 3)
    with pytest.raises(ModelError, match="4 ways to play"):
        subgame_perfect(matching())


def test_many_ties_are_said_to_be_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = tuple(Choice("a", str(i), ("x", "y"), (end(0), end(0))) for i in range(4))
    game = tree(Chance("c", tuple("0123"), (0.25,) * 4, answers))
    assert len(subgame_perfect(game).found) == 16
    monkeypatch.setattr(induction, "MOST_SOLUTIONS", 5)
    found = subgame_perfect(game)
    assert (len(found.found), found.complete) == (5, False)


def test_a_path_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantal_room, "MOST_STEPS", 2)
    assert not quantal(matching(), 9.0).found.any()


def test_a_path_that_breaks_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantal_room, "CLOSE", -1.0)
    assert not quantal(matching(), 9.0).found.any()
