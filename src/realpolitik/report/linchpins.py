"""Section: which piece of evidence carries the forecast."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.contest.contest import Contest
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.linchpins import Dropped, Linchpin
from realpolitik.registry import section
from realpolitik.report import charts
from realpolitik.report.blocks import Block, Column, Figure, Paragraph, Rich, Row, Small, Table, plain
from realpolitik.report.links import claim_link
from realpolitik.report.svg import clip
from realpolitik.report.wording import count, percent, points

__all__ = ["linchpins"]

MOST, MOST_BARS = 25, 10
"""Rows of the table, and bars of the picture."""

LONGEST = 70
"""Characters of a claim's words; all of them stand in the table of evidence."""


@section("linchpins", order=36)
def linchpins(forecast: Forecast) -> list[Block]:
    """What the evidence carries"""
    found = forecast.studies.linchpins
    if not found:
        return []
    text = (
        "If this claim, source or reader were wrong: a quantity that rests on nothing else becomes unknown, one that "
        "rests on other claims too becomes unknown in part. Unknown means any value that the field allows, or the "
        "order of magnitude where it has no upper end. Everything else, chance included, is as in the forecast. Shown "
        "is the outcome that moves most. A recorded vote stays as it is."
    )
    if found[0].draws < forecast.drawn:
        text += f" Worked out on the first {found[0].draws:,} draws."
    if forecast.partly is not None:
        text += f" {forecast.partly}"
    told = [each for each in found if each.beyond_chance]
    blocks: list[Block] = [Paragraph(text)]
    if told:
        blocks += [_figure(forecast.contest, told[:MOST_BARS]), _table(forecast.contest, told[:MOST])]
    more, still = max(len(told) - MOST, 0), len(found) - len(told)
    rest = [
        f"{count(more, 'more moves', 'more move')} an outcome, by less." if more else "",
        f"{count(still, 'other moves', 'others move')} no outcome by more than chance would." if still else "",
    ]
    if any(rest):
        blocks.append(Paragraph(" ".join(part for part in rest if part)))
    return blocks


def _figure(contest: Contest, found: Sequence[Linchpin]) -> Figure:
    bars = [
        charts.Bar(
            f"Without {plain(_what(contest, each.dropped, words=False))}",
            each.strongest.difference,
            each.strongest.standard_error,
            _points(each),
            f"→ {each.strongest.outcome}",
        )
        for each in found
    ]
    caption = "Change of a probability, in percentage points. Whiskers: two standard errors."
    return Figure(
        (charts.differences(bars),), caption, "; ".join(f"{bar.name} {bar.detail}: {bar.text}" for bar in bars)
    )


def _points(found: Linchpin) -> str:
    return points(found.strongest.difference, found.strongest.standard_error)


def _table(contest: Contest, found: Sequence[Linchpin]) -> Table:
    columns = (
        Column("Without"), Column("Outcome"), Column("Now", True), Column("Then", True), Column("Points", True),
        Column("Rest on it alone", True), Column("Rest on it in part", True),
    )  # fmt: skip
    rows = []
    for each in found:
        shift, dropped = each.strongest, each.dropped
        numbers = (percent(shift.before), percent(shift.after), _points(each))
        resting = (str(len(dropped.only)), str(len(dropped.partly)))
        rows.append(Row((_what(contest, dropped), shift.outcome, *numbers, *resting)))
    return Table(columns, tuple(rows))


def _what(contest: Contest, dropped: Dropped, *, words: bool = True) -> Rich:
    match dropped.kind:
        case "claim":
            said = (Small(f" “{clip(contest.claims[dropped.name].text, LONGEST)}”"),) if words else ()
            return ("claim ", claim_link(dropped.name), *said)
        case "source":
            return f"source “{contest.sources[dropped.name].title}”, {count(len(dropped.claims), 'claim')}"
        case _:
            return f"reader {dropped.name}, {count(len(dropped.claims), 'claim')}"
