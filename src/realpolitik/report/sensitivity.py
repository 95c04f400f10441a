"""Section: shares of variance, tornado and interactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from realpolitik.contest.contest import Contest
from realpolitik.forecast.factors import Factor
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.sensitivity import Effect, Sensitivity, Whole
from realpolitik.forecast.sobol import Index
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Figure, Heading, Inline, Link, Paragraph, Row, Table
from realpolitik.report.links import joined
from realpolitik.report.tornado import Range, tornado
from realpolitik.report.wording import anchor, count, percent, quantity_name

__all__ = ["sensitivity"]

MOST, MOST_PAIRS = 8, 10
"""Quantities of each outcome, and interactions, that are shown."""


@section("sensitivity", order=34)
def sensitivity(forecast: Forecast) -> list[Block]:
    """Which quantity moves which outcome"""
    found = forecast.studies.sensitivity
    if found is None or not found.effects:
        return []
    text = (
        f"From {found.rows:,} rows of Sobol' points, walked afresh. A share is one of the outcome's variance, with its "
        "95 % interval: alone, what would go if the quantity became known; in all, what would stay if it alone "
        "were unknown. Chance is what stays when every quantity is known: votes, judgements and choices that fall. "
        "Quantities that are correlated count as one. A model error is a quantity here, though no report can make it "
        "known."
    )
    blocks: list[Block] = [Paragraph(text)]
    for whole in found.outcomes:
        blocks += _outcome(found, whole)
    return [*blocks, *_interactions(found)]


def _outcome(found: Sensitivity, whole: Whole) -> Iterator[Block]:
    yield Heading(whole.outcome)
    if whole.quantities is None or whole.chance is None:
        yield Paragraph("It comes always or never in these rows, so that nothing moves it.")
        return
    yield Paragraph(
        f"All quantities together: {_share(whole.quantities)}. Chance: {_share(whole.chance)} of the variance."
    )
    rows = [effect for effect in found.of(whole.outcome) if effect.total.beyond_chance][:MOST]
    if not rows:
        yield Paragraph("No single quantity’s share can be told from zero.")
        return
    if ranges := list(_ranges(found.contest, rows)):
        caption = (
            f"Probability of “{whole.outcome}” as each quantity goes from its 5 % to its 95 % quantile and all else "
            f"is as drawn; blue where it rises, orange where it falls. The line is {percent(whole.probability)}."
        )
        if any(max(each.low, each.high) < whole.probability for each in ranges):
            caption += " A bar left of the line: the outcome is likeliest somewhere in between."
        words = "; ".join(f"{each.name}: {each.text}" for each in ranges)
        yield Figure((tornado(ranges, whole.probability),), caption, words)
    columns = (Column("Quantity"), Column("In all", True), Column("Alone", True), Column("5 % → 95 %", True))
    yield Table(columns, tuple(_row(found.contest, effect) for effect in rows))


def _ranges(contest: Contest, rows: Sequence[Effect]) -> Iterator[Range]:
    for effect in rows:
        if effect.swing is not None:
            yield Range(_name(contest, effect.factor), effect.swing.low, effect.swing.high, _ends(effect))


def _row(contest: Contest, effect: Effect) -> Row:
    return Row((_links(contest, effect.factor), _share(effect.total), _share(effect.first), _ends(effect)))


def _ends(effect: Effect) -> str:
    return "" if effect.swing is None else f"{percent(effect.swing.low)} → {percent(effect.swing.high)}"


def _name(contest: Contest, factor: Factor) -> str:
    first = quantity_name(contest, factor.members[0], contest.inputs()[factor.members[0]])
    others = len(factor.members) - 1
    return first + (f" (with {count(others, 'other')} correlated with it)" if others else "")


def _links(contest: Contest, *some: Factor) -> tuple[Inline, ...]:
    inputs = contest.inputs()
    return joined(
        Link(quantity_name(contest, address, inputs[address]), anchor("quantity", address))
        for factor in some
        for address in factor.members
    )


def _share(index: Index) -> str:
    value, low, high = (percent(round(end, 2) + 0.0, 0) for end in (index.value, index.low, index.high))
    return f"{value} ({low} to {high})"


def _interactions(found: Sensitivity) -> Iterator[Block]:
    rows = sorted((each for each in found.interactions if each.together.low > 0), key=lambda each: -each.together.value)
    if not rows:
        return
    yield Heading("Interactions")
    yield Paragraph(
        "What two quantities do together and not one by one. Share: of every interaction in which both take part. The "
        "two alone: of the part that needs no third."
    )
    columns = (Column("Quantities"), Column("Outcome"), Column("Share", True), Column("The two alone", True))
    yield Table(
        columns,
        tuple(
            Row(
                (
                    _links(found.contest, *each.factors),
                    each.outcome,
                    _share(each.together),
                    _share(each.second),
                )
            )
            for each in rows[:MOST_PAIRS]
        ),
    )
