"""Gambit's text format: what is read, what is refused and where, and the way back."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from realpolitik.errors import ContestError, StorageError
from realpolitik.models.crisis import efg, gambit
from realpolitik.models.crisis.efg import parse_efg, read_efg, write_efg
from realpolitik.models.crisis.induction import subgame_perfect
from realpolitik.models.crisis.play import likelihood
from realpolitik.models.crisis.template import template
from realpolitik.models.crisis.tree import Chance, Choice, End
from realpolitik.registry import templates
from tests.plain import trees as plain

TEMPLATES = {name: template(name) for name in templates.names()}

HEAD = 'EFG 2 R "g" { "a" "b" } "" '


def test_outcomes_inside_information_sets_and_all_kinds_of_numbers() -> None:
    tree = parse_efg(
        'EFG 2 D "" { "a" "b" } c "" 1 "" { "x" 1/4 "x" .75 } 1 "paid" { 1, -1 }\n'
        'p "n" 1 1 "say \\"no\\"" { "" "m" } 0 t "left" 0 t "" 2 { 1.5e1 -2/4 }\n'
        'p "" 1 1 0 t "" 2 t "" 3 "end" { 0 0 }',
        "name",
    )
    assert tree.title == "name"
    assert isinstance(tree.root, Chance)
    assert tree.root.moves == ("x", "x 2")
    assert [place.name for place in tree.places] == ['say "no"']
    assert tree.places[0].moves == ("move 1", "m")
    assert tree.outcomes == ("left", "outcome 2", "end")
    ends = [node.payoffs for node in tree.nodes if isinstance(node, End)]
    assert ends == [(1.0, -1.0), (16.0, -1.5), (16.0, -1.5), (1.0, -1.0)]


def test_sets_without_and_with_the_same_name_are_told_apart() -> None:
    tree = parse_efg(HEAD + 'p "" 1 1 { "x" } 0 p "" 1 2 "n" { "x" } 0 p "" 2 1 "n" { "x" } 0 t "" 0')
    assert [place.name for place in tree.places] == ["a 1", "n", "n (b 1)"]
    assert tree.outcomes == ("(0, 0)",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "header"),
        ("NFG 2 R", "header"),
        ('EFG 2 X "g"', "R or D"),
        ('EFG 2 R { "a" }', "title"),
        ('EFG 2 R "g" "a"', "expected {"),
        ('EFG 2 R "g" { }', "players need names"),
        ('EFG 2 R "g" { "a" "a" }', "players need names"),
        (HEAD, "a node"),
        (HEAD + 'x ""', "found 'x'"),
        (HEAD + 'p "" 3 1 "" { "x" } 0', "no player 3"),
        (HEAD + 'p "" -1 1 "" { "x" } 0', "found '-1'"),
        (HEAD + 'p "" 1 1 "" { } 0', "needs a move"),
        (HEAD + 'p "" 1 1 0 t "" 0', "before its moves"),
        (HEAD + 'p "" 1 1 "" { "x" } 0 p "" 1 1 "" { "y" } 0', "other moves"),
        (HEAD + 't "" 1', "before its payoffs"),
        (HEAD + 't "" 1 { 1 }', "1 payoffs, expected 2"),
        (HEAD + 't "" 1 { 1 z }', "'z' is not a number"),
        (HEAD + 't "" 1 { 1 1/0 }', "not a number"),
        (HEAD + 't "" 1 { 1 1.5/2 }', "not a fraction"),
        (HEAD + 't "" 1 { 1 1e999 }', "not a number"),
        (HEAD + 't "" 1 { 1 ' + "9" * 50 + " }", "not a number"),
        (HEAD + 't "" 1 { 1 2 } t', "end of the file"),
        (HEAD + 't "open', "quote"),
        (HEAD + 'c "" 1 "" { "x" 1/2 } 0 t "" 0', "1 together"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(ContestError, match=message):
        parse_efg(text)


def test_the_line_is_said() -> None:
    with pytest.raises(ContestError, match=r"game\.efg:3: "):
        parse_efg('EFG 2 R "g" { "a" }\n""\nt "" one', "game.efg")


def test_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = HEAD + "".join(f'p "" 1 {step} "" {{ "x" }} 0 ' for step in range(300))
    with pytest.raises(ContestError, match="200 moves"):
        parse_efg(deep)
    monkeypatch.setattr(efg, "MOST_NODES", 3)
    with pytest.raises(ContestError, match="3 nodes"):
        parse_efg(deep)
    path = tmp_path / "g.efg"
    path.write_text(deep)
    monkeypatch.setattr(efg, "MOST_BYTES", 100)
    with pytest.raises(StorageError, match="100 bytes"):
        read_efg(path)
    with pytest.raises(StorageError, match="cannot be read"):
        read_efg(tmp_path / "none.efg")


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_survive_the_way_out_and_back(name: str) -> None:
    tree = TEMPLATES[name].tree(TEMPLATES[name].values())
    text = write_efg(tree)
    back = parse_efg(text)
    assert write_efg(back) == text
    assert (back.title, back.players, back.places, back.outcomes) == (
        tree.title, tree.players, tree.places, tree.outcomes,
    )  # fmt: skip


def test_random_games_survive_the_way_out_and_back() -> None:
    rng = Random(6)
    for index in range(50):
        tree = plain.random_tree(rng, information_sets=bool(index % 2))
        back = parse_efg(write_efg(tree))
        assert [getattr(node, "name", None) for node in back.nodes] == [
            getattr(node, "name", None) for node in tree.nodes
        ]
        assert sum(isinstance(node, Choice) for node in back.nodes) == sum(len(place.nodes) for place in tree.places)


def test_gambit_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = TEMPLATES["signal"].tree(TEMPLATES["signal"].values())
    monkeypatch.setattr(gambit, "available", lambda: False)
    assert gambit.all_equilibria(tree) is None


@pytest.mark.agreement
def test_gambit_finds_the_closed_form_of_the_signal() -> None:
    pytest.importorskip("pygambit", reason="the extra 'games' is not installed")
    found = gambit.all_equilibria(TEMPLATES["signal"].tree(TEMPLATES["signal"].values()))
    assert found is not None
    assert any(
        each["unresolved: start"] == pytest.approx((5 / 6, 1 / 6))
        and each["answer to the threat"] == pytest.approx((1 / 3, 2 / 3))
        for each in found
    )


@pytest.mark.agreement
@pytest.mark.parametrize("name", ["deterrence", "threat", "chicken"])
def test_gambit_has_every_outcome_of_a_perfect_equilibrium(name: str) -> None:
    """Off the path Gambit may let players do anything; what happens is the same."""
    pytest.importorskip("pygambit", reason="the extra 'games' is not installed")
    tree = TEMPLATES[name].tree(TEMPLATES[name].values())
    found = gambit.all_equilibria(tree)
    assert found is not None
    strategies = [{place: np.array(shares)[:, np.newaxis] for place, shares in each.items()} for each in found]
    ends = [likelihood(tree, each)[0] for each in strategies]
    for each in subgame_perfect(tree).found:
        expected = [each.outcomes.get(outcome, 0.0) for outcome in tree.outcomes]
        assert any(end == pytest.approx(expected, abs=1e-9) for end in ends)


def test_profiles_of_gambit_16_and_17_are_read_alike() -> None:
    """The newer one is iterated through, the older one has a method for each step."""
    tree = TEMPLATES["chicken"].tree(TEMPLATES["chicken"].values())
    shares = {"a": (0.25, 0.75), "b": (1.0, 0.0)}
    pairs = [[(name, list(zip(("yield", "hold"), share, strict=True)))] for name, share in shares.items()]

    class Behaviour:
        def __init__(self, actions: list) -> None:
            self.mixed_actions = lambda: iter(actions)

    class Sixteen:
        def mixed_behaviors(self) -> list:
            return [("player", Behaviour(each)) for each in pairs]

    assert gambit._read(tree, pairs) == gambit._read(tree, Sixteen()) == shares
