"""The `power` command with a third choice: how often a voter decides by yes, no, abstaining or staying away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.power import called, number, power_of_ten, refuse_paths
from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import ContestError, Fault, nearest
from realpolitik.models.voting.power import TernaryGame, TernaryPower, ternary_power
from realpolitik.models.voting.rules import GRAMMAR, written

__all__ = ["refuse_others", "run"]

COUNTS = ("yes_not_no", "yes_not_third", "third_not_no", "no_not_third")
"""One choice passes the motion, the other one defeats it."""

WORDS = {"abstain": ("abstaining", "abstain"), "absent": ("staying away", "away")}


def run(texts: Sequence[str], *, third: str, quorum: str | None, vetoes: Sequence[str], plain: bool) -> None:
    """Read a game with a third choice, count who decides it, and print it.

    Parameters
    ----------
    texts : one rule, whose quota may be words as 'majority of present'.
    third : ``abstain`` or ``absent``.
    quorum : members who must take part, in words or as a number.
    vetoes : voters whose no defeats a motion; ``permanent`` stands for ``permanent 1``, ``permanent 2`` ….
    plain : whether to print JSON.

    Raises
    ------
    RealpolitikError : no such game, or one too large to be counted.
    """
    found = _game(texts, third, quorum, vetoes)
    counted = ternary_power(found)
    if plain:
        typer.echo(json.dumps(_as_json(found, counted), indent=2, allow_nan=False))
    else:
        _print(found, counted)


def refuse_others(*options: object) -> None:
    """Options of the other kind of game do not go together with a third choice.

    Raises
    ------
    ContestError : one of them is given.
    """
    if any(options):
        raise ContestError(
            "--index, --coalitions, --position and --refuse are for games of yes and no, without --third."
        )


def _game(texts: Sequence[str], third: str, quorum: str | None, vetoes: Sequence[str]) -> TernaryGame:
    refuse_paths(texts)
    if len(texts) != 1:
        raise ContestError("with --third, state one rule; several rules are counted without abstention only.")
    try:
        one = written(texts[0])
    except ContestError as error:
        raise ContestError([*error.faults, Fault((), f"With --third, state one rule. {GRAMMAR}")]) from None
    names = tuple(name or str(place) for place, name in enumerate(one.names, start=1))
    faults = [Fault((), f"voter '{name}' stands twice.") for name in dict.fromkeys(names) if names.count(name) > 1]
    if faults:
        raise ContestError(faults)
    weights = dict(zip(names, one.weights, strict=True))
    rule = DecisionRule.parse(passes=one.quota, quorum=quorum)
    seats = sum(one.weights)
    for where, threshold in (("quota", rule.passes), ("quorum", rule.quorum)):
        if threshold is not None and threshold.base is None and threshold.share > seats:
            faults.append(Fault((where,), f"{threshold} is more than {seats}, the weight of everybody."))
    refusing: list[str] = []
    for name in vetoes:
        group = [
            one for one in names if one == name or (one.rpartition(" ")[0] == name and one[len(name) + 1 :].isdigit())
        ]
        if not group:
            faults.append(Fault(("--veto",), f"there is no voter '{name}'. {nearest(name, names)}"))
        refusing += group
    if faults:
        raise ContestError(faults)
    return TernaryGame(weights, rule, third, tuple(dict.fromkeys(refusing)))  # type: ignore[arg-type]  # it checks


def _as_json(game: TernaryGame, found: TernaryPower) -> dict[str, Any]:
    rule = game.rule
    return {
        "voters": list(found.names),
        "weights": list(game.weights.values()),
        "rule": {
            "passes": str(rule.passes),
            "quorum": None if rule.quorum is None else str(rule.quorum),
            "quorum_needed": rule.quorum_needed(seats=game.seats),
            "third": game.third,
            "vetoes": list(game.vetoes),
        },
        "profiles": str(found.profiles),
        "passing": str(found.passing),
        "power_to_act": number(found.power_to_act),
        "counts": {name: dict(zip(found.names, map(str, getattr(found, name)), strict=True)) for name in COUNTS},
        "probabilities": {
            name: {voter: number(Fraction(count, found.others)) for voter, count in _by_voter(found, name).items()}
            for name in COUNTS
        },
    }


def _by_voter(found: TernaryPower, name: str) -> Mapping[str, int]:
    return dict(zip(found.names, getattr(found, name), strict=True))


def _print(game: TernaryGame, found: TernaryPower) -> None:
    out, rule = show.console(), game.rule
    choice, away = WORDS[game.third]
    quorum = "no quorum" if rule.quorum is None else f"quorum {rule.quorum}"
    unit = "" if rule.passes.base else f" of {game.seats:,}"
    out.print(f"[bold]{len(found.names)} voter{'s' * (len(found.names) != 1)}[/bold], "
              f"passes with {rule.passes}{unit}, {quorum}; the third choice is {choice}.")  # fmt: skip
    out.print(f"{power_of_ten(found.passing)} of {power_of_ten(found.profiles)} profiles pass "
              f"({float(found.power_to_act):.4%}).")  # fmt: skip
    pairs = ("yes/no", f"yes/{away}", f"{away}/no", f"no/{away}")
    columns = [("voters", "left"), ("each", "right"), *((pair, "right") for pair in pairs)]
    shown = [name for name in COUNTS if name != "no_not_third" or any(found.no_not_third)]
    table = show.listing("\nHow often a choice decides", *columns[: 2 + len(shown)])
    kinds: dict[tuple[int, bool], list[str]] = {}
    for name, weight in game.weights.items():
        kinds.setdefault((weight, name in game.vetoes), []).append(name)
    for (weight, veto), names in sorted(kinds.items(), reverse=True):
        numbers = [f"{float(Fraction(_by_voter(found, name)[names[0]], found.others)):.6f}" for name in shown]
        table.add_row(escape(called(names)) + " (veto)" * veto, f"{weight:,}", *numbers)
    out.print(table)
    out.print(f"yes/{away}: a motion passes if the voter says yes, and fails by {choice}; the others alike.")
    if any(found.no_not_third):
        out.print(f"no/{away} is the no-show paradox: the motion passes because somebody came to vote against it.")
