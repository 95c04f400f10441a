"""Section: every outcome if an event happens, and if it does not."""

from __future__ import annotations

from realpolitik.forecast.condition import Side, pairs
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import hinges
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Column, Link, Paragraph, Row, Small, Table
from realpolitik.report.wording import anchor, share_of, truth_name

__all__ = ["conditional_pairs", "events_of"]

MOST = 8
"""Events, those that go with the largest differences."""


@section("pairs", order=32)
def conditional_pairs(forecast: Forecast) -> list[Block]:
    """If one thing happens"""
    events = events_of(forecast)
    if not events:
        return []
    partly = "" if forecast.partly is None else f" {forecast.partly}"
    text = (
        "Every outcome over the draws in which an event happens, and over those in which it does not. To suppose is "
        "not to do: an event also tells about what came before it. Any other condition: ",
        Code("realpolitik condition"),
        f".{partly}",
    )
    columns = (Column("Suppose"), *(Column(name, True) for name in forecast.contest.outcomes))
    rows: list[Row] = []
    for name in events:
        link = Link(truth_name(forecast.contest, name), anchor("stage", name.partition(".")[0]))
        found = pairs(forecast, [name])
        rows.append(Row(((link,), *(_side(pair.holds) for pair in found))))
        rows.append(Row(((Small("… does not happen"),), *(_side(pair.fails) for pair in found))))
    return [Paragraph(text), Table(columns, tuple(rows))]


def events_of(forecast: Forecast) -> list[str]:
    """Truths of stages that move an outcome beyond chance, the strongest first."""
    inputs = forecast.contest.inputs()
    told = [hinge.name for hinge in hinges(forecast) if hinge.beyond_chance and hinge.name not in inputs]
    return list(dict.fromkeys(told))[:MOST]


def _side(side: Side) -> str:
    if side.probability is None or side.standard_error is None:
        return "too few draws"
    return share_of(side.probability, side.standard_error, side.draws)
