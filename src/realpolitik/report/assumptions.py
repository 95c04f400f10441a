"""Section: every quantity as the analyst wrote it, and what it rests on."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from realpolitik.contest.contest import Contest, Input
from realpolitik.contest.distribution import Constant
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Column, Heading, Inline, Paragraph, Row, Small, Table
from realpolitik.report.links import evidence
from realpolitik.report.wording import anchor, count, interval, number, quantity_name, stage_name, words_of

__all__ = ["assumptions"]

Held = tuple[str, Input]


@section("assumptions", order=90)
def assumptions(forecast: Forecast) -> list[Block]:
    """What it assumes"""
    contest = forecast.contest
    inputs = contest.inputs()
    judged = sum(not found.evidence for found in inputs.values())
    known = count(len(inputs), "quantity", "quantities")
    found: list[Block] = [
        Paragraph(
            f"{known} went in, of which {judged:,} rest on judgement alone. Each stands as it was written, with the "
            "median and the 90 % interval of its draws before any effect."
        )
    ]
    for head, group in groupby(inputs.items(), key=lambda item: tuple(str(key) for key in item[1].path[:2])):
        found += [Heading(_title(contest, head)), _table(forecast, list(group))]
    if contest.correlations:
        found += [Heading("Rank correlations"), _correlations(contest, inputs)]
    return found


def _title(contest: Contest, head: tuple[str, ...]) -> str:
    match head:
        case ("issues", name):
            return f"Issue: {contest.issues[name].question}"
        case ("chambers", name):
            return f"Chamber: {contest.chambers[name].name or words_of(name)}"
        case ("threats", name):
            return f"Threat: {contest.threats[name].demand}"
        case ("pathway", name):
            return f"Stage: {stage_name(contest, name)}"
        case _:
            return f"Shared quantity: {words_of(head[-1])}"


def _table(forecast: Forecast, held: list[Held]) -> Table:
    rows = tuple(_row(forecast.contest, address, found, forecast.worlds.inputs[address]) for address, found in held)
    titles = (Column("Quantity"), Column("As written"), Column("Median", True), Column("90 % interval", True))
    return Table((*titles, Column("Rests on")), rows)


def _row(contest: Contest, address: str, found: Input, drawn: Floats) -> Row:
    quantity = found.quantity
    name: list[Inline] = [quantity_name(contest, address, found)]
    if quantity.note is not None:
        name.append(Small(f" · {quantity.note}"))
    unit = f" {quantity.unit}" if quantity.unit is not None else ""
    written = (Code(f"{quantity.value}{unit}"), Small(f" allowed {found.bounds}"))
    spread = "" if isinstance(quantity.value, Constant) else interval(drawn)
    cells = (tuple(name), written, number(float(np.median(drawn))), spread, evidence(found.evidence))
    return Row(cells, anchor("quantity", address))


def _correlations(contest: Contest, inputs: dict[str, Input]) -> Table:
    rows = []
    for one in contest.correlations:
        between = "; ".join(quantity_name(contest, name, inputs[name]) for name in one.between if name in inputs)
        rows.append(Row((between, number(one.rank), one.note or "")))
    return Table((Column("Between"), Column("Spearman’s rank correlation", True), Column("Why")), tuple(rows))
