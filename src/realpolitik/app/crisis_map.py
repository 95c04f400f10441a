"""The map of a crisis over two parameters: letters in the terminal, JSON, or a picture."""

from __future__ import annotations

import json
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError
from realpolitik.models.crisis.maps import RegionMap, region_map
from realpolitik.models.crisis.template import Template, Values
from realpolitik.report.regions import regions

__all__ = ["draw"]

MOST_LINES = 22
"""Of the map in the terminal."""

HERE = "+"
"""Stands where the values are now."""


def draw(
    chosen: Template, values: Values, parameters: list[str], precision: float, plain: bool, out: Path | None
) -> None:
    """Print the map of two parameters, or write its picture to a file.

    Raises
    ------
    ContestError : not two parameters, or the file is not an .svg.
    """
    if len(parameters) != 2:
        raise ContestError(f"A map has two parameters, found {len(parameters)}. Give --map twice.")
    if out is not None and out.suffix != ".svg":
        raise ContestError(f"'{out}' is no .svg file; a map is written as a picture. Name it map.svg.")
    across, up = parameters
    found = region_map(chosen, values, across, up, precision)
    if out is not None:
        write_whole(out, regions(found, chosen.tree(values).title).markup)
    if plain:
        print(json.dumps(_plain(chosen, found), indent=2))
    else:
        _print(chosen, found, show.console())


def _plain(chosen: Template, found: RegionMap) -> dict[str, Any]:
    return {
        "template": chosen.name,
        "across": found.across.name,
        "up": found.up.name,
        "here": list(found.here),
        "x": found.x.tolist(),
        "y": found.y.tolist(),
        "regimes": list(found.regimes),
        "regime": found.regime.tolist(),
        "area": found.area,
        "boundaries": [
            {"between": list(pair), "points": [list(point) for point in points]}
            for pair, points in found.boundaries.items()
        ],
    }


def _print(chosen: Template, found: RegionMap, out: Console) -> None:
    out.print(f"[bold]{escape(chosen.summary)}[/bold]")
    out.print(f"{escape(found.up.name)} up, {escape(found.across.name)} across; the rest as it is.\n")
    step = -(-len(found.y) // MOST_LINES)
    rows = list(range(0, len(found.y), step))
    column = round((len(found.x) - 1) * _share(found.here[0], found.x[0], found.x[-1]))
    line = min(rows, key=lambda row: abs(found.y[row] - found.here[1]))
    for row in reversed(rows):
        letters = [ascii_uppercase[index % 26] for index in found.regime[row]]
        if row == line:
            letters[column] = HERE
        out.print(f"{found.y[row]:>8.3g} {escape(''.join(letters))}")
    low, high = f"{found.x[0]:g}", f"{found.x[-1]:g}"
    out.print(f"{'':>8} {low}{high:>{len(found.x) - len(low)}}")
    table = show.listing(None, ("", "left"), ("of the map", "right"), ("what happens there", "left"))
    for index, (name, share) in enumerate(found.area.items()):
        table.add_row(ascii_uppercase[index % 26], f"{100 * share:.1f} %", escape(name))
    out.print()
    out.print(table)
    out.print(f"{HERE} stands where the values are now. Boundaries, by bisection, are in --json and in --out map.svg.")


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low)
