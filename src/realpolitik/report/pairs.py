"""Section: every outcome if an event happens, and if it does not."""

from __future__ import annotations

from realpolitik.forecast.condition import Pair, Side, pairs
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import hinges
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Link, Paragraph, Rich, Row, Table
from realpolitik.report.wording import MINUS, anchor, share_of, truth_name

__all__ = ["conditional_pairs"]

MOST = 8
"""Events, those that go with the largest differences."""


@section("pairs", order=32)
def conditional_pairs(forecast: Forecast) -> list[Block]:
    """If one thing happens"""
    inputs = forecast.contest.inputs()
    told = [hinge.name for hinge in hinges(forecast) if hinge.beyond_chance and hinge.name not in inputs]
    events = list(dict.fromkeys(told))[:MOST]
    if not events:
        return []
    text = (
        "Every outcome over the draws in which an event happens, and over those in which it does not. To suppose "
        "is not to do: an event also tells about what came before it. 'realpolitik condition' asks for any other."
    )
    columns = (
        Column("Suppose"), Column("Outcome"), Column("If not", True), Column("If so", True), Column("Points", True)
    )  # fmt: skip
    rows: list[Row] = []
    for name in events:
        what = (Link(truth_name(forecast.contest, name), anchor("stage", name.partition(".")[0])),)
        rows += [_row(what, pair) for pair in pairs(forecast, [name])]
    return [Paragraph(text), Table(columns, tuple(rows))]


def _row(what: Rich, pair: Pair) -> Row:
    difference, error = pair.difference, pair.difference_error
    told = "" if difference is None or error is None else f"{100 * difference:+.1f} ± {100 * error:.1f}"
    return Row((what, pair.outcome, _side(pair.fails), _side(pair.holds), told.replace("-", MINUS)))


def _side(side: Side) -> str:
    if side.probability is None or side.standard_error is None:
        return "too few draws"
    return share_of(side.probability, side.standard_error, side.draws)
