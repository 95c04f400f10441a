"""The `power` command: a weighted game in, who decides it and which coalitions can carry it out."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.errors import ContestError, Fault, ModelError, UnknownName
from realpolitik.models.voting.coalitions import Parliament
from realpolitik.models.voting.games import WeightedGame
from realpolitik.models.voting.governments import Formation, Government, governments
from realpolitik.models.voting.least_weights import least_weights
from realpolitik.models.voting.power import INDICES, Power, index, power

__all__ = ["called", "number", "positions", "power_of_ten", "refusals", "refuse_paths", "run"]

MOST_SHOWN = 20
"""Governments in the terminal; JSON has all."""

MOST_COLUMNS = 3
"""Indices beside each other in one table of the terminal."""

LONGEST_PATH = 255
"""Characters of a text that might be a path."""

MOST_NAMES = 4
"""Voters of one kind that are named beside each other."""

LONGEST_FRACTION = 26
"""Characters of a fraction that the terminal shows; JSON has every digit."""

LARGEST_PLAIN = 10**12
"""Counts from here on are shown by their power of ten; JSON has every digit."""

FROM_MINIMAL = ("deegan-packel", "holler")
"""Indices that count the minimal winning coalitions."""


def run(texts: Sequence[str], names: Sequence[str], *, parliament: Mapping[str, Any] | None, plain: bool) -> None:
    """Read a game, measure power in it, and print it.

    Parameters
    ----------
    texts : rules as ``[39; 7x5, 1x10]``; all must be met.
    names : indices; none of them means all.
    parliament : positions and vetoes of :class:`Parliament` if coalitions are asked for, else None.
    plain : whether to print JSON.

    Raises
    ------
    RealpolitikError : no game, an unknown name, or too many coalitions to count for the indices that were named.
    """
    refuse_paths(texts)
    game = WeightedGame.parse(*texts)
    chosen = list(dict.fromkeys(names or INDICES))
    for name in chosen:
        if name not in INDICES:
            raise UnknownName("power index", name, tuple(INDICES))
    found = power(game)
    values, refused = _values(found, chosen)
    if refused and (names or not values):
        raise ModelError(next(iter(refused.values())))
    minimal = found.minimal_winning if set(values).intersection(FROM_MINIMAL) else None
    data = _as_json(found, values, minimal)
    formed = None
    if parliament is not None:
        formed = governments(Parliament(game, **parliament))
        data |= {
            "least_weights": _least(game),
            "minimal_winning": None if formed.minimal_winning is None else str(formed.minimal_winning),
            "governments": [_government(one) for one in formed.governments],
            "governments_left_out": list(formed.left_out),
            "none_can_form": formed.none_can_form,
        }
    if plain:
        typer.echo(json.dumps(data, indent=2, allow_nan=False))
    else:
        _print(found, values, refused, minimal)
        if formed is not None:
            _print_governments(game, formed, data["least_weights"])


def refuse_paths(texts: Sequence[str]) -> None:
    """A file or folder is not a game.

    Raises
    ------
    ContestError : a text has no bracket and is a path that exists.
    """
    for text in texts:
        if text and "[" not in text and len(text) <= LONGEST_PATH and Path(text).exists():
            raise ContestError(
                f"'{text}' is a file or folder, and power reads a game such as '[39; 7x5, 1x10]'. "
                f"The chambers of a contest, with quorum and boycott, are asked by: realpolitik chamber {text}"
            )


def _values(found: Power, names: Sequence[str]) -> tuple[dict[str, tuple[Fraction, ...]], dict[str, str]]:
    """Indices, and why those that are missing could not be computed."""
    values, refused = {}, {}
    for name in names:
        try:
            values[name] = index(found, name)
        except ModelError as error:
            refused[name] = str(error)
    return values, refused


def positions(pairs: Sequence[str]) -> dict[str, float]:
    """Positions from ``NAME=VALUE``.

    Raises
    ------
    ContestError : not of that form, no finite number, or a name twice; all faults at once.
    """
    found: dict[str, float] = {}
    faults = []
    for pair in pairs:
        name, _, text = (part.strip() for part in pair.rpartition("="))
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not name or not math.isfinite(value):
            faults.append(Fault((), f"--position: '{pair}' is not NAME=VALUE with a finite number."))
        elif name in found:
            faults.append(Fault((), f"--position: '{pair}' is a second place for the same party."))
        else:
            found[name] = value
    if faults:
        raise ContestError(faults)
    return found


def refusals(pairs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs from ``NAME,NAME``.

    Raises
    ------
    ContestError : not two names.
    """
    found = [tuple(name.strip() for name in pair.split(",")) for pair in pairs]
    faults = [
        Fault((), f"--refuse: '{pair}' is not two parties, e.g. 'Sunni,Kurdish'.")
        for pair, names in zip(pairs, found, strict=True)
        if len(names) != 2 or not all(names)
    ]
    if faults:
        raise ContestError(faults)
    return tuple((names[0], names[1]) for names in found)


def _as_json(found: Power, values: Mapping[str, Sequence[Fraction]], minimal: int | None) -> dict[str, Any]:
    game = found.game
    return {
        "voters": list(game.names),
        "rules": [{"quota": rule.quota, "weights": list(rule.weights)} for rule in game.rules],
        "ways": [list(way) for way in game.enough],
        "coalitions": str(found.coalitions),
        "winning": str(found.winning),
        "minimal_winning": None if minimal is None else str(minimal),
        "power_to_act": number(found.power_to_act),
        "swings": dict(zip(game.names, map(str, found.swings), strict=True)),
        "indices": {
            name: dict(zip(game.names, map(number, each), strict=True)) for name, each in values.items()
        },
    }  # fmt: skip


def number(value: Fraction) -> dict[str, Any]:
    """A fraction exactly and as a decimal."""
    return {"fraction": str(value), "value": float(value)}


def _government(one: Government) -> dict[str, Any]:
    return {
        "members": list(one.members),
        "weights": list(one.weights),
        "can_form": one.can_form,
        "minimal": one.minimal,
        "connected": one.connected,
        "policy_range": one.policy_range,
        "refusals": [list(pair) for pair in one.refusals],
        "reasons": list(one.reasons),
    }


def _least(game: WeightedGame) -> dict[str, Any]:
    try:
        rule = least_weights(game)
    except ModelError as error:
        return {"quota": None, "weights": [], "reason": str(error)}
    return {"quota": rule.quota, "weights": list(rule.weights), "reason": None}


def _print(
    found: Power, values: Mapping[str, Sequence[Fraction]], refused: Mapping[str, str], minimal: int | None
) -> None:
    out, game = show.console(), found.game
    each = [
        f"{rule.quota:,} of {rule.total:,}{' (no majority)' if 2 * rule.quota <= rule.total else ''}"
        for rule in game.rules
    ]
    ways = [" and ".join(each[rule] for rule in way) for way in game.enough]
    rules = " or ".join(f"({way})" if " and " in way and len(ways) > 1 else way for way in ways)
    out.print(f"[bold]{len(game.names)} voter{'s' * (len(game.names) != 1)}[/bold], quota {rules}.")
    needed = "" if minimal is None else f"; {power_of_ten(minimal)} need every member"
    out.print(
        f"{power_of_ten(found.winning)} of {power_of_ten(found.coalitions)} coalitions win "
        f"({float(found.power_to_act):.4%}){needed}."
    )
    for name, reason in refused.items():
        out.print(f"Not shown: {name}. {escape(reason)}")
    for first in range(0, len(values), MOST_COLUMNS):
        _print_table(out, game, dict(list(values.items())[first : first + MOST_COLUMNS]))


def _print_table(out: Console, game: WeightedGame, values: Mapping[str, Sequence[Fraction]]) -> None:
    """Indices beside each other, a row for each kind of voters; one index alone is shown as a fraction too."""
    alone = len(values) == 1
    columns = [("voters", "left"), ("each", "right"), *((name, "right") for name in values)]
    table = show.listing("\nPower", *columns, *([("exactly", "right")] if alone else []))
    for kind in game.types:
        weights = " · ".join(f"{rule.weights[kind[0]]:,}" for rule in game.rules)
        numbers = [f"{float(each[kind[0]]):.6f}" for each in values.values()]
        exact = [_short(each[kind[0]]) for each in values.values()] if alone else []
        table.add_row(escape(called([game.names[voter] for voter in kind])), weights, *numbers, *exact)
    out.print(table)


def _short(value: Fraction) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_FRACTION else "–"


def power_of_ten(count: int) -> str:
    """A count; a long one by its power of ten."""
    return f"{count:,}" if count < LARGEST_PLAIN else f"{Decimal(count):.3E}"


def called(names: Sequence[str]) -> str:
    """Voters of one kind; of many the first and the last."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{names[0]} … {names[-1]} ({len(names)})"


def _print_governments(game: WeightedGame, formed: Formation, least: Mapping[str, Any]) -> None:
    out: Console = show.console()
    if least["reason"] is None:
        weights = ", ".join(f"{name} {weight}" for name, weight in zip(game.names, least["weights"], strict=True))
        out.print(f"\nWorth as much as a quota of {least['quota']} with the weights {escape(weights)}.")
    else:
        out.print(f"\n{escape(least['reason'])}")
    columns = (("members", "left"), ("weight", "right"), ("range", "right"), ("forms", "left"), ("why", "left"))
    table = show.listing("\nGovernments", *columns)
    for one in formed.governments[:MOST_SHOWN]:
        width = "–" if one.policy_range is None else f"{one.policy_range:g}"
        weights = " · ".join(f"{weight:,}" for weight in one.weights)
        forms = "can" if one.can_form else "cannot"
        table.add_row(escape(", ".join(one.members)), weights, width, forms, escape("; ".join(one.reasons)))
    if formed.governments:
        out.print(table)
    if (more := len(formed.governments) - MOST_SHOWN) > 0:
        out.print(f"{more} more {'is' if more == 1 else 'are'} in the JSON.")
    if formed.left_out:
        count = "An unknown number of" if formed.minimal_winning is None else power_of_ten(formed.minimal_winning)
        out.print(f"\n{count} coalitions win and need every member.")
    for reason in formed.left_out:
        out.print(escape(reason))
    if formed.none_can_form:
        out.print("No majority can form: each of them contains two parties that refuse each other.")
