"""Section: who decides at each stage, and which quantities move the outcomes; events stand in the pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import sqrt

from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import Decider, Hinge, deciders
from realpolitik.forecast.summary import hinges as all_hinges
from realpolitik.registry import section
from realpolitik.report import charts
from realpolitik.report.blocks import Block, Column, Figure, Heading, Link, Paragraph, Row, Table
from realpolitik.report.links import evidence
from realpolitik.report.wording import (
    anchor,
    bloc_name,
    on_scale,
    percent,
    points,
    quantity_name,
    remaining,
    share_of,
    stage_name,
)

__all__ = ["hinges"]

MOST = 12
"""Shown, each with the outcome that it moves most."""

STRONGEST = 3
"""Shown of every stage."""


@section("hinges", order=30)
def hinges(forecast: Forecast) -> list[Block]:
    """Who decides, and what it hangs on"""
    inputs = forecast.contest.inputs()
    strongest: dict[str, Hinge] = {}
    for hinge in all_hinges(forecast):
        strongest.setdefault(hinge.name, hinge)
    told = [hinge for hinge in strongest.values() if hinge.name in inputs]
    moving = [hinge for hinge in told if hinge.beyond_chance]
    quantities = moving[:MOST]
    found: list[Block] = _who_decides(forecast)
    if quantities:
        found += [
            Heading("Uncertain quantities"),
            Paragraph(
                "For each quantity, the outcome it moves most: how much likelier that outcome is in the highest third "
                "of its draws than in the lowest. The strongest first. It is association across draws, which for "
                "quantities that were drawn independently is effect."
            ),
            _figure(forecast, quantities),
            _table(forecast, quantities),
        ]
    if rest := remaining(len(moving) - len(quantities), len(told) - len(moving)):
        found.append(Paragraph(rest))
    return found


def _who_decides(forecast: Forecast) -> list[Block]:
    """The strongest actors or blocs of every stage."""
    rows = []
    for stage, group in groupby(deciders(forecast), key=lambda row: row.stage):
        for row in list(group)[:STRONGEST]:
            rows.append(Row((_who(forecast, row), (Link(*_stage(forecast, stage)),), _how(forecast, row))))
    if not rows:
        return []
    text = (
        "The strongest at each stage. In a chamber: the share of draws in which the result is another if the bloc "
        "stays home. In a bargain: by how much the compromise shifts because the actor takes part."
    )
    return [
        Heading("Who decides"),
        Paragraph(text),
        Table((Column("Who"), Column("Stage"), Column("How much")), tuple(rows)),
    ]


def _stage(forecast: Forecast, stage: str) -> tuple[str, str]:
    return stage_name(forecast.contest, stage), anchor("stage", stage)


def _who(forecast: Forecast, row: Decider) -> str:
    chamber = forecast.contest.pathway[row.stage].chamber
    return bloc_name(forecast.contest, chamber, row.who) if chamber else forecast.contest.actor_name(row.who)


def _how(forecast: Forecast, row: Decider) -> str:
    match row.kind:
        case "stays home":
            draws = forecast.tally.times(f"{row.stage}.happened")
            error = sqrt(row.effect * (1 - row.effect) / draws)
            return f"staying home changes the result in {share_of(row.effect, error, draws)}"
        case "moves the settlement":
            issue = forecast.contest.issues[str(row.issue)]
            shift = on_scale(abs(row.effect), issue.bounds.high - issue.bounds.low, finer=1)
            on = f" on {row.issue}" if forecast.contest.pathway[row.stage].along_with else ""
            return f"moves the compromise{on} {'up' if row.effect > 0 else 'down'} by {shift} {issue.unit}"
        case _:
            return row.kind


def _links(forecast: Forecast, found: Sequence[Hinge]) -> dict[str, Link]:
    """By hinge: its name, linked to the assumption."""
    inputs = forecast.contest.inputs()
    return {
        one.name: Link(quantity_name(forecast.contest, one.name, inputs[one.name]), anchor("quantity", one.name))
        for one in found
    }


def _figure(forecast: Forecast, found: Sequence[Hinge]) -> Figure:
    links = _links(forecast, found)
    bars = [
        charts.Bar(links[one.name].text, one.difference, one.standard_error, _points(one), f"→ {one.outcome}")
        for one in found
    ]
    caption = "Change of a probability, in percentage points. Whiskers: two standard errors."
    return Figure(
        (charts.differences(bars),), caption, "; ".join(f"{bar.name} {bar.detail}: {bar.text}" for bar in bars)
    )


def _points(hinge: Hinge) -> str:
    return points(hinge.difference, hinge.standard_error)


def _table(forecast: Forecast, found: Sequence[Hinge]) -> Table:
    numbers = (Column(title, True) for title in ("Lowest third", "Highest third", "Points"))
    columns = (Column("Quantity"), Column("Outcome"), *numbers, Column("Evidence"))
    links = _links(forecast, found)
    rows = (
        Row(
            (
                (links[one.name],),
                one.outcome,
                percent(one.low),
                percent(one.high),
                _points(one),
                evidence(one.evidence),
            )
        )
        for one in found
    )
    return Table(columns, tuple(rows))
