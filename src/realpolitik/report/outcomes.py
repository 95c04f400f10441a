"""Section: the probabilities of the outcomes."""

from __future__ import annotations

from itertools import pairwise

from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import WORDS, Probability
from realpolitik.forecast.summary import outcomes as probabilities_of
from realpolitik.registry import section
from realpolitik.report import charts
from realpolitik.report.blocks import Block, Code, Column, Figure, Note, Paragraph, Row, Strong, Table
from realpolitik.report.wording import anchor, day_of, percent, spell

__all__ = ["outcomes"]


@section("outcomes", order=10)
def outcomes(forecast: Forecast) -> list[Block]:
    """What happens, and how likely"""
    found = probabilities_of(forecast)
    first = max(found, key=lambda one: one.probability)
    lead = ("The likeliest outcome is ", Strong(first.name), f": {spell(first)}. In words: {first.words}.")
    bars = [charts.Bar(one.name, one.probability, one.standard_error, spell(one)) for one in found]
    alt = "; ".join(f"{one.name}: {spell(one)}" for one in found)
    caption = f"Probability of each outcome by {day_of(forecast.contest.horizon)}. Whiskers: two standard errors."
    return [
        Paragraph(lead, lead=True),
        Figure((charts.probabilities(bars),), caption, f"Bars. {alt}."),
        _table(forecast, found),
        _words(),
        Note(
            "The standard error says how far the shares would move with other random numbers. It says nothing of how "
            "good the judgements and the models are; see “What this cannot tell you”."
        ),
    ]


def _table(forecast: Forecast, found: list[Probability]) -> Table:
    conditions = forecast.contest.outcomes
    rows = [
        Row((one.name, spell(one), one.words, (Code(conditions[one.name].text),)), anchor("outcome", one.name))
        for one in found
    ]
    columns = (Column("Outcome"), Column("Probability", True), Column("In words"), Column("Holds if"))
    return Table(columns, tuple(rows), "The first condition that holds makes the outcome.")


def _words() -> Table:
    limits = [0.0, *(min(limit, 1.0) for limit, _ in WORDS)]
    rows = []
    for index, ((low, high), (_, word)) in enumerate(zip(pairwise(limits), WORDS, strict=True)):
        whose = "ours" if index in (0, len(WORDS) - 1) else "ICD 203"
        rows.append(Row((word, f"{percent(low, 0)} to {percent(high, 0)}", whose)))
    caption = (
        "Words for probabilities after Intelligence Community Directive 203. It has no words below 1 % and above 99 %: "
        "“practically excluded” and “practically certain” are ours."
    )
    columns = (Column("Word"), Column("Probability", True), Column("After"))
    return Table(columns, tuple(rows), caption, "What the words mean")
