"""The command ``crisis``: a template or a game in a file, how it is played, and where that changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.crisis_map import draw
from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError, Fault
from realpolitik.models.crisis.base_rates import SOURCE, TIES
from realpolitik.models.crisis.efg import read_efg, write_efg
from realpolitik.models.crisis.gambit import all_equilibria
from realpolitik.models.crisis.induction import Solution, subgame_perfect
from realpolitik.models.crisis.play import Strategies
from realpolitik.models.crisis.quantal import Quantal, quantal
from realpolitik.models.crisis.regimes import regimes, statics
from realpolitik.models.crisis.template import Played, Template, Values, template
from realpolitik.models.crisis.tree import Tree
from realpolitik.registry import templates

__all__ = ["listing", "run"]

PRECISION = 1.0
"""Per unit of payoff, where nothing is said: a unit of advantage makes a move 73 % likely."""

CERTAIN = 0.9995
"""Probability from which a move is said without a number."""

MOST_SHOWN = 10
"""Equilibria printed; the JSON has all."""


def listing(plain: bool) -> None:
    """Print the templates and their parameters."""
    known = [template(name) for name in templates.names()]
    if plain:
        keys = ("name", "summary", "source", "method")
        found = [
            {**{key: getattr(each, key) for key in keys}, "parameters": [asdict(one) for one in each.parameters]}
            for each in known
        ]
        print(json.dumps({"templates": found}, indent=2))
        return
    out = show.console()
    for each in known:
        out.print(f"[bold]{each.name}[/bold]  {escape(each.summary)}")
        table = show.listing(None, ("", "left"), ("default", "right"), ("range", "left"), ("what it is", "left"))
        for one in each.parameters:
            table.add_row(f"  {one.name}", f"{one.default:g}", f"{one.low:g} to {one.high:g}", escape(one.meaning))
        out.print(table)
        out.print()


def run(name: str, given: Mapping[str, str], precision: float | None, plain: bool, out: Path | None,
        regions: Sequence[str] = ()) -> None:  # fmt: skip
    """Solve what is named and print it; write the game to a file if asked."""
    sharp = PRECISION if precision is None else precision
    if name in templates.names() or not (name.endswith(".efg") or Path(name).exists()):
        chosen = template(name)
        values = _values(chosen, given)
        if regions:
            draw(chosen, values, list(regions), sharp, plain, out)
            return
        tree = chosen.tree(values)
        found = of_template(chosen, values, sharp)
    else:
        if regions:
            raise ContestError(
                "--map changes the parameters of a template; a game in a file has none. Name a template."
            )
        if given:
            raise ContestError("--set changes a template; a game in a file is solved as it stands. Edit the file.")
        tree = read_efg(Path(name))
        found = of_tree(tree, sharp)
    if out is not None:
        write_whole(out, write_efg(tree))
    if plain:
        print(json.dumps(found, indent=2))
    else:
        _print(found, show.console())


def _values(chosen: Template, given: Mapping[str, str]) -> Values:
    faults, read = [], {}
    for name, text in given.items():
        try:
            read[name] = float(text)
        except ValueError:
            faults.append(Fault((name,), f"'{text}' is not a number."))
    try:
        values = chosen.values(read)
    except ContestError as error:
        raise ContestError((*faults, *error.faults)) from None
    if faults:
        raise ContestError(faults)
    return values


def of_template(chosen: Template, values: Values, precision: float) -> dict[str, Any]:
    """All that is known of a template at these values, as plain data."""
    tree = chosen.tree(values)
    response = quantal(tree, precision)
    played = None if chosen.play is None else chosen.play(values)
    moving = [one.name for one in chosen.parameters if not one.whole]
    return {
        "template": chosen.name,
        "title": tree.title,
        "summary": chosen.summary,
        "source": chosen.source,
        "method": chosen.method,
        "parameters": {one.name: float(values[one.name][0]) for one in chosen.parameters},
        "meanings": {one.name: one.meaning for one in chosen.parameters},
        "equilibrium": None if played is None else _played(tree, played),
        "quantal": _response(tree, response, precision),
        "regimes": {name: [asdict(one) for one in regimes(chosen, values, name, precision)] for name in moving},
        "statics": [asdict(one) for one in statics(chosen, values, precision)],
        "base_rates": {"source": SOURCE, "records": [asdict(one) for one in TIES]} if chosen.sanctions else None,
    }


def of_tree(tree: Tree, precision: float) -> dict[str, Any]:
    """All that is known of a game from a file, as plain data."""
    solution: Solution = subgame_perfect(tree)
    others = all_equilibria(tree)
    return {
        "template": None,
        "title": tree.title,
        "players": list(tree.players),
        "subgame_perfect": {
            "complete": solution.complete,
            "method": solution.method,
            "found": [
                {"moves": dict(each.moves), "worth": list(each.worth), "outcomes": dict(each.outcomes)}
                for each in solution.found
            ],
        },
        "nash": None if others is None else [{place: list(p) for place, p in each.items()} for each in others],
        "quantal": _response(tree, quantal(tree, precision), precision),
    }


def _shares(names: Sequence[str], row: Any) -> dict[str, float]:
    return {name: float(p) for name, p in zip(names, row, strict=True)}


def _play(tree: Tree, strategies: Strategies) -> dict[str, Any]:
    return {
        place.name: {
            "player": tree.players[place.player],
            "moves": _shares(place.moves, strategies[place.name][:, 0]),
        }
        for place in tree.places
    }


def _played(tree: Tree, played: Played) -> dict[str, Any]:
    return {
        "regime": played.regimes[int(played.regime[0])],
        "tie": bool(played.tie[0]),
        "outcomes": _shares(played.outcomes, played.probability[0]),
        "play": _play(tree, played.strategies),
    }


def _response(tree: Tree, found: Quantal, precision: float) -> dict[str, Any]:
    return {
        "precision": precision,
        "found": bool(np.all(found.found)),
        "method": found.method,
        "outcomes": _shares(found.outcomes, found.probability[0]),
        "play": _play(tree, found.strategies),
    }


def _print(found: Mapping[str, Any], out: Console) -> None:
    out.print(f"[bold]{escape(found['title'])}[/bold]")
    if found["template"] is None:
        _solutions(found, out)
    else:
        out.print(escape(found["summary"]))
        table = show.listing("\nParameters", ("", "left"), ("value", "right"), ("what it is", "left"))
        for name, value in found["parameters"].items():
            table.add_row(name, f"{value:g}", escape(found["meanings"][name]))
        out.print(table)
        _equilibrium(found["equilibrium"], found["method"], out)
    _outcomes(found, out)
    if found["template"] is not None:
        _boundaries(found, out)
        _statics(found, out)
        if found["base_rates"] is not None:
            _records(out)


def _equilibrium(played: Mapping[str, Any] | None, method: str, out: Console) -> None:
    out.print(f"\n[bold]How it is played[/bold] ({escape(method)})")
    if played is None:
        return
    regime = played["regime"]
    out.print(f"{escape(regime[:1].upper() + regime[1:])}.")
    for place, each in played["play"].items():
        out.print(f"  {escape(place)}: {escape(_sentence(each))}")
    if played["tie"]:
        out.print("Somebody is exactly indifferent: there are other equilibria.")


def _sentence(each: Mapping[str, Any]) -> str:
    likely = sorted(((p, move) for move, p in each["moves"].items() if p > 1 - CERTAIN), reverse=True)
    if likely[0][0] >= CERTAIN:
        return f"{each['player']} – {likely[0][1]}"
    return f"{each['player']} – " + ", ".join(f"{move} {_percent(p)}" for p, move in likely)


def _percent(p: float) -> str:
    return f"{100 * p:.1f} %"


def _solutions(found: Mapping[str, Any], out: Console) -> None:
    perfect = found["subgame_perfect"]
    number = len(perfect["found"])
    counted = f"{number}{'' if perfect['complete'] else ' or more'}"
    out.print(f"Players: {escape(', '.join(found['players']))}. Subgame-perfect without dice: {counted}.")
    for each in perfect["found"][:MOST_SHOWN]:
        ends = ", ".join(f"{name} {_percent(p)}" for name, p in each["outcomes"].items())
        moves = "; ".join(f"{place}: {move}" for place, move in each["moves"].items())
        out.print(f"  {escape(ends)} – {escape(moves)}")
    if number > MOST_SHOWN:
        out.print(f"  and {number - MOST_SHOWN} more; --json has them")
    if number > 1:
        out.print("Somebody is indifferent, or they must guess each other's choice: theory alone does not decide.")
    if found["nash"] is not None:
        out.print(f"Nash equilibria with dice too, by Gambit: {len(found['nash'])}; --json has them.")
    elif not number:
        out.print("There are equilibria with dice only; the extra 'games' (Gambit) lists them.")


def _outcomes(found: Mapping[str, Any], out: Console) -> None:
    response = found["quantal"]
    exact = (found.get("equilibrium") or {}).get("outcomes")
    columns = (("", "left"), *((("equilibrium", "right"),) if exact else ()), ("quantal response", "right"))
    table = show.listing("\nOutcome", *columns)
    for name, p in response["outcomes"].items():
        table.add_row(escape(name), *((_percent(exact[name]),) if exact else ()), _percent(p))
    out.print(table)
    out.print(
        f"Quantal response with precision {response['precision']:g} per unit of payoff is the forecast: the better "
        "move is likelier, not certain."
    )
    if not response["found"]:
        out.print("Its path broke off before this precision; the numbers are where it stopped. Try a lower one.")


def _boundaries(found: Mapping[str, Any], out: Console) -> None:
    table = show.listing("\nWhere the outcome changes", ("", "left"), ("now", "right"), ("from", "right"),
                         ("to", "right"), ("what happens there, the rest as it is", "left"))  # fmt: skip
    still = []
    for name, stretches in found["regimes"].items():
        if len(stretches) == 1:
            still.append(name)
        for each in stretches if len(stretches) > 1 else ():
            now = found["parameters"][name]
            here = f"{now:g}" if each["low"] <= now <= each["high"] else ""
            table.add_row(name, here, f"{each['low']:.6g}", f"{each['high']:.6g}", escape(each["regime"]))
    if table.row_count:
        out.print(table)
    if still:
        out.print(f"{'Alone, within their' if table.row_count else 'Within their'} ranges, no change from: "
                  f"{', '.join(still)}.")  # fmt: skip


def _statics(found: Mapping[str, Any], out: Console) -> None:
    table = show.listing("\nWhat a small change does to the forecast", ("", "left"), ("from", "right"),
                         ("to", "right"), ("percentage points", "left"))  # fmt: skip
    for each in found["statics"]:
        moves = sorted(each["change"].items(), key=lambda pair: pair[1])
        down, up = moves[0], moves[-1]
        text = f"{up[0]} {100 * up[1]:+.1f}, {down[0]} {100 * down[1]:+.1f}"
        table.add_row(each["parameter"], f"{each['start']:g}", f"{each['end']:g}", escape(text))
    out.print(table)


def _records(out: Console) -> None:
    out.print(show.sanctions("\nHow such threats ended before", TIES))
    out.print(f"{SOURCE}. They stand beside the forecast and are not used in it.")
