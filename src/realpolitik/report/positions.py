"""Section: who stands where on each issue, and where the bargain ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from realpolitik.contest.actors import Issue
from realpolitik.contest.stages import brings_own_error
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import Settled, deciders, settlements
from realpolitik.registry import section
from realpolitik.report import charts
from realpolitik.report.blocks import Block, Column, Figure, Heading, Inline, Paragraph, Row, Strong, Table
from realpolitik.report.wording import TAILS, anchor, number, on_scale, percent, settlement_name, words_of

__all__ = ["positions"]

MOVED = 0.005
"""Share of the scale by which a median must move before the picture shows it."""


@section("positions", order=50)
def positions(forecast: Forecast) -> list[Block]:
    """Who stands where, and where it settles"""
    found: list[Block] = []
    for settled in settlements(forecast):
        if not forecast.truth(f"{settled.stage}.happened").any():  # not in the draws that are held
            continue
        issue = forecast.contest.issues[settled.issue]
        name = settlement_name(forecast.contest, settled)
        found.append(Heading(name, anchor("settlement", settled.result.replace(".", "-"))))
        dots, rows = zip(*_stands(forecast, settled, issue), strict=True)
        found += [*_settled(forecast, settled, issue, dots), _table(issue, rows)]
    return found


def _settled(forecast: Forecast, settled: Settled, issue: Issue, dots: Sequence[charts.Dot]) -> Iterator[Block]:
    low, middle, high = (_at(issue, settled.quantiles[str(tail)]) for tail in TAILS)
    yield Paragraph(
        f"{issue.question} Where it is settled, the median settlement is {middle} {issue.unit}; "
        f"nine in ten lie between {low} and {high}.",
        lead=True,
    )
    yield Paragraph(("The scale: ", *_points(issue), ".", *([f" {issue.note}"] if issue.note is not None else [])))
    point = forecast.worlds.inputs.get(f"issues.{settled.issue}.reference_point")
    reference = None if point is None else float(np.median(point))
    standing = f" The dashed line is the reference point, {number(reference)}." if reference is not None else ""
    yield Figure(
        (charts.positions(dots, issue.scale, reference),),
        f"Positions in {issue.unit} when it is settled: median and 90 % interval; the area of a dot is capability × "
        f"salience. An open dot shows where an actor stood before the effects of the pathway.{standing}",
        "Positions of the actors on the scale; the table below holds everything it shows.",
    )
    markers = list(_markers(forecast, settled, issue))
    values = forecast.worlds.results[settled.result][forecast.truth(f"{settled.stage}.happened")]
    yield Figure(
        (charts.settlement(values, issue.scale, markers),),
        f"Settlements in {len(values):,} draws, in {issue.unit}. Beneath, on the same scale, the mean settlement of "
        "the model and those of the simple models on the same draws.",
        "; ".join(f"{marker.name}: {marker.text}" for marker in markers),
    )


def _at(issue: Issue, value: float) -> str:
    return on_scale(value, issue.bounds.high - issue.bounds.low, finer=1)


def _points(issue: Issue) -> Iterator[Inline]:
    for index, (point, text) in enumerate(sorted(issue.scale.items())):
        yield from ("; " if index else "", Strong(f"{number(point)}\u00a0{issue.unit}"), f" {text}")


def _markers(forecast: Forecast, settled: Settled, issue: Issue) -> Iterator[charts.Marker]:
    model = forecast.manifest["models"][settled.stage]["model"]
    stage = forecast.contest.pathway[settled.stage]
    stated = stage.model_error is not None and settled.result == settled.stage
    error = " with its own errors" if brings_own_error(stage) else " with model error" if stated else ""
    text = f"{_at(issue, settled.mean)} ± {settled.standard_error:.2g}"
    yield charts.Marker(f"Forecast: {model}{error}", settled.mean, text)
    for name, value in settled.models.items():
        yield charts.Marker(f"Model: {words_of(name)}", value, _at(issue, value))


def _stands(forecast: Forecast, settled: Settled, issue: Issue) -> list[tuple[charts.Dot, Row]]:
    """Every actor as a dot and as a row, from the low end of the scale to the high."""
    found = []
    happened, details = forecast.truth(f"{settled.stage}.happened"), forecast.worlds.details
    after = details[f"{settled.result}/position"][happened]
    weight = (details[f"{settled.result}/salience"] * details[f"{settled.result}/capability"])[happened].mean(axis=0)
    pull = {
        row.who: row.effect for row in deciders(forecast) if (row.stage, row.issue) == (settled.stage, settled.issue)
    }
    width = issue.bounds.high - issue.bounds.low
    for index, actor in enumerate(issue.positions):
        before = forecast.worlds.inputs[f"issues.{settled.issue}.positions.{actor}.position"]
        low, middle, high = np.quantile(after[:, index], TAILS)
        stood = float(np.median(before[happened]))
        moved = abs(stood - middle) > MOVED * width
        name = forecast.contest.actor_name(actor)
        dot = charts.Dot(name, low, middle, high, float(weight[index]), stood if moved else None)
        spread = f"{_at(issue, low)} to {_at(issue, high)}"
        share = percent(weight[index] / (weight.sum() or 1.0))
        cells = (name, _at(issue, stood), _at(issue, middle), spread, share, _at(issue, pull[actor]))
        found.append((dot, Row(cells)))
    return sorted(found, key=lambda pair: pair[0].middle)


def _table(issue: Issue, rows: tuple[Row, ...]) -> Table:
    columns = ("Before effects", "At the settlement", "90 % interval", "Share of weight", "Moves the compromise by")
    caption = (
        "Median positions. Last column, who decides: by how much the compromise shifts because this actor takes part, "
        f"in {issue.unit}."
    )
    return Table((Column("Actor"), *(Column(title, True) for title in columns)), rows, caption)
