"""The `combine` command: several analysts' versions of one contest as one forecast."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app.bar import bar_of
from realpolitik.app.compare import signed
from realpolitik.app.forecast_shown import drawn, with_progress
from realpolitik.app.show import console, listing, percent
from realpolitik.contest.file import load
from realpolitik.errors import ContestError, Fault
from realpolitik.forecast.combine import Combination, as_json, combine
from realpolitik.forecast.disagree import Disagreement, disagreements, of_other_kinds
from realpolitik.forecast.disagree import as_json as disagreement_as_json
from realpolitik.forecast.forecast import alike
from realpolitik.report.wording import count

__all__ = ["Asked", "run"]

MOST = 10
"""Disagreements that the terminal shows."""


@dataclass(frozen=True)
class Asked:
    """Who speaks, and with what weight."""

    folders: Sequence[Path]
    opinions: Sequence[str]
    base_rate: str | None
    weights: Mapping[str, str]
    extremity: float | None
    draws: int
    seed: int


def run(asked: Asked, plain: bool) -> None:
    """Forecast every version, pool, and say what the analysts disagree about.

    Raises
    ------
    RealpolitikError : an opinion cannot be read, or the contests do not fit together.
    """
    opinions = _opinions(asked.opinions)
    base = None if asked.base_rate is None else _shares("--base-rate", asked.base_rate)
    weights = {name: _number(f"--weight {name}", text) for name, text in asked.weights.items()}
    contests = {name: load(folder) for name, folder in _named(asked.folders).items()}
    forecasts = {name: with_progress(each, asked.draws, asked.seed) for name, each in contests.items()}
    forecasts = dict(zip(forecasts, alike(list(forecasts.values())), strict=True))
    first = next(iter(forecasts.values()))
    found = combine(forecasts, opinions, base_rate=base, weights=weights, extremity=asked.extremity)
    with bar_of("walks") as bar:
        apart = disagreements(forecasts, progress=bar.to)
    others = of_other_kinds(forecasts)
    if plain:
        more = {
            "disagreements": [disagreement_as_json(each) for each in apart],
            "other_differences": [
                {"first": first, "second": second, "paths": paths} for (first, second), paths in others.items()
            ],
        }
        typer.echo(json.dumps(as_json(found) | drawn(first) | more, indent=2))
        return
    _show(first.contest.title, found)
    _show_apart(apart, others)
    if first.partly is not None:
        console().print(first.partly)
    console().print("Errors are those of sampling alone (one standard error).")


def _named(folders: Sequence[Path]) -> dict[str, Path]:
    """Folders by their last name, or in full where two have the same."""
    short = [(folder.parent if folder.is_file() else folder).absolute().name for folder in folders]
    names = [own if short.count(own) == 1 else str(folder) for own, folder in zip(short, folders, strict=True)]
    if len(set(names)) < len(names):
        raise ContestError("A contest is given twice. Keep one, or give it more weight with --weight NAME=2.")
    return dict(zip(names, folders, strict=True))


def _opinions(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        name, colon, rest = text.partition(":")
        if not colon or not name.strip():
            raise ContestError(f"'{text}' is no opinion; write --opinion 'NAME: OUTCOME=0.2, OUTCOME=0.5'.")
        if name.strip() in found:
            raise ContestError(f"The opinion '{name.strip()}' is given twice. Keep one.")
        found[name.strip()] = _shares(name.strip(), rest)
    return found


def _shares(who: str, text: str) -> dict[str, float]:
    """Probabilities by outcome out of ``OUTCOME=0.2, OUTCOME=0.5``."""
    found: dict[str, float] = {}
    for pair in text.split(","):
        name, equals, value = pair.rpartition("=")
        if not equals or not name.strip():
            raise ContestError([Fault((who,), f"'{pair.strip()}' is not OUTCOME=PROBABILITY, e.g. 'peace=0.2'")])
        if name.strip() in found:
            raise ContestError([Fault((who,), f"'{name.strip()}' is given twice. Keep one.")])
        found[name.strip()] = _number(who, value)
    return found


def _number(who: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ContestError([Fault((who,), f"'{text.strip()}' is no number")]) from None


def _show(title: str, found: Combination) -> None:
    out = console()
    out.print(f"[bold]{escape(title)}[/bold]")
    heard = sum(voice.weight > 0 for voice in found.voices)
    out.print(f"{count(heard, 'voice')} with a weight; contests on the same {found.draws:,} worlds, seed {found.seed}.")
    columns = (("weight", "right"), *((escape(name), "right") for name in found.outcomes))
    table = listing("\nEach by itself", ("", "left"), *columns)
    for voice in found.voices:
        table.add_row(escape(voice.name), f"{voice.weight:g}", *(percent(p) for p in voice.probabilities))
    out.print(table)
    table = listing("\nTogether", ("", "left"), *((escape(name), "right") for name in found.outcomes))
    for pool in found.pools:
        name = pool.method if pool.method != "extremised" else f"log odds × {pool.extremity:.2f}"
        told = zip(pool.probabilities, pool.standard_errors, strict=True)
        table.add_row(name, *(f"{percent(p)} ± {100 * error:.1f}" for p, error in told))
    out.print(table)
    centre = "equal shares" if found.base is None else "the base rate"
    out.print(f"The last row draws the mean of the log odds away from {centre}.")
    for each in found.settlements:
        table = listing(f"\nSettlement of {escape(each.issue)} ({escape(each.unit)})", ("", "left"),
                        *((f"{float(level):.0%}", "right") for level in each.mixture))  # fmt: skip
        rows = {**each.analysts, "mixture of all": each.mixture, "mean of quantiles": each.by_quantiles}
        for who, quantiles in rows.items():
            table.add_row(escape(who), *(f"{value:.1f}" for value in quantiles.values()))
        out.print(table)


def _show_apart(apart: Sequence[Disagreement], others: Mapping[tuple[str, str], list[str]]) -> None:
    out = console()
    if apart:
        columns = (("judged", "left"), ("moves", "left"), ("by points", "right"), ("± s.e.", "right"))
        table = listing("\nWhat they disagree about, by what it does", ("", "left"), *columns)
        for each in apart[:MOST]:
            moved = each.strongest
            judged = f"{each.first}: {each.before}\n{each.second}: {each.after}"
            points, error = signed(100 * moved.difference), f"{100 * moved.standard_error:.1f}"
            table.add_row(escape(each.address), escape(judged), escape(moved.name), points, error)
        out.print(table)
        out.print("Each row: the first one's contest with the second one's value, everything else left.")
    if len(apart) > MOST:
        out.print(f"{count(len(apart) - MOST, 'more quantity', 'more quantities')} differ and move less.")
    for (first, second), paths in others.items():
        listed = ", ".join(paths[:MOST]) + (" …" if len(paths) > MOST else "")
        out.print(f"Not taken apart: {escape(first)} and {escape(second)} also differ at {escape(listed)}.")
