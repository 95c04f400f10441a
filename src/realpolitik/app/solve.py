"""The `solve` command: a table of actors in, every bargaining model's settlement out, side by side."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.tables import Options, PlainTable, read_table
from realpolitik.errors import ContestError, Fault, ModelError, UnknownName
from realpolitik.forecast.medians import table_at_medians
from realpolitik.models.bargaining import ActorTable, Settlement
from realpolitik.models.bargaining.drivers import CAMP, Drivers, drivers
from realpolitik.models.bargaining.pooled.model import QUANTILES
from realpolitik.registry import models

__all__ = ["Answer", "answers", "as_json", "reference_points", "run"]

MOST_ISSUES = 4
"""Issues beside each other in one table of the terminal."""

FIGURES = 4
"""Significant digits of the scale's width that settlements are printed with."""

MOST_DECIMALS = 9

DICHOTOMOUS = 0.75
"""Share of the weight at the two ends from which positions are called nearly dichotomous, with a camp at each."""


@dataclass(frozen=True)
class Answer:
    """What one model says about a table."""

    model: str
    variant: str | None
    settlement: Settlement | None
    """None where the model does not apply."""

    refusal: str = ""
    """Why it does not."""


def run(
    path: Path, names: Sequence[str], *, everything: bool, variant: str | None, options: Options, seed: int, plain: bool
) -> None:
    """Read a table, ask the models, and print what they say.

    Parameters
    ----------
    path : a table or a contest folder.
    names : models; none of them means all.
    everything : all models, said explicitly.
    variant : named rules, where exactly one model is asked.
    options : what the table does not say itself.
    seed : for models that draw lots.
    plain : whether to print JSON.

    Raises
    ------
    RealpolitikError : the table is faulty, a name is unknown, or the only model asked for does not apply.
    """
    if everything and names:
        raise ContestError("--all and --model exclude each other. Name models, or ask all of them.")
    if variant is not None and len(names) != 1:
        raise ContestError("--variant names the rules of one model. Say which: --model NAME --variant V.")
    chosen = [_known(name, variant) for name in dict.fromkeys(names or models.names(accepts=ActorTable))]
    read = _read(path, options)
    table = _actor_table(read)
    found = answers(table, chosen, seed)
    if names and len(found) == 1 and found[0].settlement is None:
        raise ModelError(found[0].refusal)
    if plain:
        for note in read.notes:
            typer.echo(f"realpolitik: {note}", err=True)
        printed: Any = [as_json(answer, table) for answer in found]
        typer.echo(json.dumps(printed[0] if names and len(printed) == 1 else printed, indent=2, allow_nan=False))
    else:
        _print(read, table, found)


def _known(name: str, variant: str | None) -> tuple[str, str | None]:
    """A model and its variant, the first one if none is named."""
    fitting = models.names(accepts=ActorTable)
    if name not in fitting:
        raise UnknownName("bargaining model", name, fitting)
    variants = models.get(name).about["variants"]
    if variant is not None and variant not in variants:
        raise UnknownName(f"{name} variant", variant, variants)
    return name, variant or next(iter(variants), None)


def reference_points(pairs: Sequence[str]) -> dict[str, float]:
    """Reference points from ``VALUE`` or ``ISSUE=VALUE``, by issue; the only issue may go without its name.

    Raises
    ------
    ContestError : a value is no finite number, or an issue is named twice.
    """
    points: dict[str, float] = {}
    faults = []
    for pair in pairs:
        issue, _, text = pair.rpartition("=")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            faults.append(Fault((), f"--reference: '{pair}' is neither VALUE nor ISSUE=VALUE with a finite number."))
        elif issue.strip() in points:
            faults.append(Fault((), f"--reference: '{pair}' is a second value for the same issue."))
        else:
            points[issue.strip()] = value
    if faults:
        raise ContestError(faults)
    return points


def _read(path: Path, options: Options) -> PlainTable:
    if not path.is_dir() and path.name != CONTEST:
        return read_table(path, options)
    if options != Options():
        raise ContestError("--percent, --scale and --reference are for tables; a contest states these itself.")
    return table_at_medians(load(path))


def _actor_table(read: PlainTable) -> ActorTable:
    """The table as models read it, in one draw."""
    position, salience, capability = (values[np.newaxis] for values in (read.position, read.salience, read.capability))
    takes_part = ~np.isnan(read.position)
    ends, stay = (read.low, read.high), read.reference_point
    return ActorTable(read.actors, read.issues, position, salience, capability, *ends, takes_part, stay)


def answers(table: ActorTable, chosen: Sequence[tuple[str, str | None]], seed: int) -> list[Answer]:
    """Ask models in their variants; one that refuses the table says why.

    Parameters
    ----------
    chosen : names and variants.
    seed : every model starts from it by itself.
    """
    found = []
    for name, variant in chosen:
        named = {} if variant is None else {"variant": variant}
        try:
            entry = models.get(name)
            settlement = entry(table, history=True, rng=np.random.default_rng(seed), **named)
            if entry.about.get("predictive"):
                settlement = _middle(settlement)
        except (ModelError, ContestError) as error:
            found.append(Answer(name, variant, None, str(error)))
        else:
            found.append(Answer(name, variant, settlement))
    return found


def _middle(settled: Settlement) -> Settlement:
    """What a predictive distribution says in one number, its median, and its interval in the sentence on the method."""
    quantiles = settled.details["quantiles"]
    low, middle, high = (quantiles[..., QUANTILES.index(share)] for share in (0.1, 0.5, 0.9))
    inside = ", ".join(
        f"{issue} {lower:.4g} to {upper:.4g}"
        for issue, lower, upper in zip(settled.issues, low[0], high[0], strict=True)
    )
    return replace(settled, outcome=middle, method=f"median of a predictive distribution; 80 % lie in: {inside}")


def as_json(answer: Answer, table: ActorTable) -> dict[str, Any]:
    """An answer as plain data; the keys are the same whether the model applies or not."""
    head = {"model": answer.model, "variant": answer.variant}
    if (settled := answer.settlement) is None:
        empty: dict[str, Any] = {"settlement": {}, "rounds": [], "moves": [], "converged": None}
        return {**head, **empty, "reason": f"not applicable: {answer.refusal}"}
    told = {"quantiles": _quantiles(settled)} if models.get(answer.model).about.get("predictive") else {}
    return {
        **head,
        "settlement": _by_issue(settled.issues, settled.outcome[0]),
        "rounds": [
            {
                "mean": _by_issue(table.issues, each.mean[0]),
                "median": _by_issue(table.issues, each.median[0]),
                "positions": {
                    issue: {
                        actor: float(each.position[0, row, column])
                        for row, actor in enumerate(table.actors)
                        if table.takes_part[row, column]
                    }
                    for column, issue in enumerate(table.issues)
                },
            }
            for each in settled.rounds
        ],
        "moves": [
            {"round": move.round, "actor": move.actor, "because_of": move.because_of, "issue": move.issue,
             "from": float(move.start), "to": float(move.end)}
            for move in settled.moves
        ],
        "converged": None if settled.converged is None else bool(settled.converged[0]),
        "reason": _reason(settled),
        **told,
    }  # fmt: skip


def _quantiles(settled: Settlement) -> dict[str, dict[str, float]]:
    """Quantiles of a predictive distribution by issue and probability."""
    values = settled.details["quantiles"][0]
    return {
        issue: {f"{share:g}": float(value) for share, value in zip(QUANTILES, own, strict=True)}
        for issue, own in zip(settled.issues, values, strict=True)
    }


def _by_issue(issues: Sequence[str], values: Any) -> dict[str, float]:
    return {issue: float(value) for issue, value in zip(issues, values, strict=True)}


def _reason(settled: Settlement) -> str | None:
    return None if settled.reason is None else settled.reasons[int(settled.reason[0])]


def _print(read: PlainTable, table: ActorTable, found: Sequence[Answer]) -> None:
    out = show.console()
    counts = f"{len(table.actors)} actor{'s' * (len(table.actors) != 1)}, {len(table.issues)} issue"
    out.print(f"[bold]{escape(read.format)}[/bold]: {counts}{'s' * (len(table.issues) != 1)}.")
    for note in read.notes:
        out.print(f"Note: {escape(note)}")
    applied = {_label(answer): answer.settlement for answer in found if answer.settlement is not None}
    for first in range(0, len(table.issues), MOST_ISSUES):
        _settlements(out, table, applied, range(len(table.issues))[first : first + MOST_ISSUES])
    ends = show.listing("\nHow it ended", ("model", "left"), ("rounds", "right"), ("at rest", "left"), ("why", "left"))
    for answer in found:
        ends.add_row(_label(answer), *_end(answer))
    out.print(ends)
    _differences(out, table, applied)


def _label(answer: Answer) -> str:
    return answer.model if answer.variant is None else f"{answer.model}, {answer.variant}"


def _end(answer: Answer) -> tuple[str, str, str]:
    """Rounds, whether it came to rest, and why; a model without rounds says how it settles."""
    settled = answer.settlement
    if settled is None:
        return "–", "–", f"not applicable: {escape(answer.refusal)}"
    rest = "–" if settled.converged is None else "yes" if settled.converged[0] else "no"
    rounds = str(len(settled.rounds) - 1) if settled.rounds else "–"
    return rounds, rest, escape(_reason(settled) or settled.method)


def _number(value: float, width: float) -> str:
    return f"{value:,.{min(MOST_DECIMALS, max(0, FIGURES - math.ceil(math.log10(width))))}f}"


def _settlements(out: Console, table: ActorTable, applied: Mapping[str, Settlement], issues: range) -> None:
    columns = [(escape(table.issues[issue]), "right") for issue in issues]
    listing = show.listing("\nSettlement by model", ("model", "left"), *columns)
    width = table.high - table.low
    for label, settled in applied.items():
        listing.add_row(label, *(_number(settled.outcome[0, issue], width[issue]) for issue in issues))
    out.print(listing)


def _differences(out: Console, table: ActorTable, applied: Mapping[str, Settlement]) -> None:
    """What drives the difference between the models."""
    out.print("\n[bold]What drives the difference[/bold]")
    try:
        about = drivers(table)
    except ModelError as error:
        out.print(escape(str(error)))
        return
    for issue, (name, driver) in enumerate(zip(table.issues, about, strict=True)):
        width = float(table.high[issue] - table.low[issue])
        sentences = [_range(table, applied, issue), *_sentences(driver, width), _moved(table, applied, issue)]
        out.print(f"[bold]{escape(name)}[/bold]: {escape(' '.join(filter(None, sentences)))}")


def _range(table: ActorTable, applied: Mapping[str, Settlement], issue: int) -> str:
    values = {label: float(settled.outcome[0, issue]) for label, settled in applied.items()}
    if len(values) < 2:
        return ""
    low, high = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
    width = float(table.high[issue] - table.low[issue])
    if values[low] == values[high]:
        return f"All models settle at {_number(values[low], width)}."
    apart = (values[high] - values[low]) / width
    return (
        f"Models run from {_number(values[low], width)} ({low}) to {_number(values[high], width)} ({high}), "
        f"{apart:.0%} of the scale apart."
    )


def _sentences(driver: Drivers, width: float) -> list[str]:
    who = driver.strongest[0] if len(driver.strongest) == 1 else f"each of {len(driver.strongest)} actors"
    found = [
        f"{who} holds {driver.largest_share:.0%} of the weight, which is spread as if over "
        f"{driver.effective_actors:.1f} equal actors.",
        f"Weighted mean {_number(driver.mean, width)} and median {_number(driver.median, width)} stand "
        f"{abs(driver.mean - driver.median) / width:.0%} of the scale apart; positions span {driver.span:.0%} of it.",
    ]
    low, high = driver.ends
    if (camps := driver.camps) is not None:
        found.append(
            f"There are two camps: {camps.share_below:.0%} of the weight at {_number(camps.below, width)} or below, "
            f"{1 - camps.share_below:.0%} at {_number(camps.above, width)} or above."
        )
    elif min(low, high) >= CAMP and low + high >= DICHOTOMOUS:
        found.append(
            f"Positions are nearly dichotomous: {low:.0%} of the weight at the low end, {high:.0%} at the top."
        )
    return found


def _moved(table: ActorTable, applied: Mapping[str, Settlement], issue: int) -> str:
    """How many actors changed their position, by model with rounds."""
    counts = []
    for label, settled in applied.items():
        if settled.rounds:
            first, last = (settled.rounds[index].position[0, :, issue] for index in (0, -1))
            moved = int(((first != last) & table.takes_part[:, issue]).sum())
            counts.append(f"{moved} in {label}")
    return f"Actors who end elsewhere than they began: {', '.join(counts)}." if counts else ""
