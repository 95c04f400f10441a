"""Section: every quantity as the analyst wrote it, and what it rests on."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

from realpolitik.contest.base import Noun
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
            f"{known} went in, of which {judged:,} rest{'s' * (judged == 1)} on judgement alone. Each stands as it was "
            "written, with the median and the 90 % interval of its draws before any effect."
        )
    ]
    for head, group in groupby(inputs.items(), key=lambda item: _head(item[1])):
        found += [Heading(_title(contest, head)), _table(forecast, list(group))]
    if contest.correlations:
        found += [Heading("Rank correlations"), _correlations(contest, inputs)]
    return found


def _head(found: Input) -> tuple[str, ...]:
    return tuple(str(key) for key in found.path[: 1 if found.path[0] == "quantities" else 2])


def _title(contest: Contest, head: tuple[str, ...]) -> str:
    match head:
        case ("issues", name):
            return f"Issue: {contest.issues[name].question}"
        case ("chambers", name):
            return f"Chamber: {contest.chambers[name].name or words_of(name)}"
        case ("threats", name):
            return f"Threat: {contest.threats[name].demand}"
        case ("mobilisations", name):
            return f"Mobilisation of {contest.mobilisations[name].of}"
        case ("conflicts", name):
            return f"Conflict: {contest.conflicts[name].title or words_of(name)}"
        case ("pathway", name):
            return f"Stage: {stage_name(contest, name)}"
        case _:
            return "Shared quantities"


def _table(forecast: Forecast, held: list[Held]) -> Table:
    rows, seen = [], set()
    for address, found in held:
        noun = "" if found.noun in seen else _reason(forecast.contest, found)
        rows.append(_row(forecast.contest, address, found, forecast.worlds.inputs[address], noun))
        seen.add(found.noun)
    titles = (Column("Quantity"), Column("As written"), Column("Median", True), Column("90 % interval", True))
    return Table((*titles, Column("Rests on")), tuple(rows))


def _reason(contest: Contest, found: Input) -> str:
    """The note of the noun that holds a quantity."""
    noun: Any = contest
    for key in found.noun:
        noun = getattr(noun, str(key)) if isinstance(noun, Noun) else noun[key]
    return "" if noun is found.quantity else noun.note or ""


def _row(contest: Contest, address: str, found: Input, drawn: Floats, reason: str) -> Row:
    quantity = found.quantity
    name: list[Inline] = [quantity_name(contest, address, found)]
    name += [Small(f" · {note}") for note in (reason, quantity.note) if note]
    unit = f" {quantity.unit}" if quantity.unit is not None else ""
    written = (Code(f"{quantity.value}{unit}"), Small(f" allowed {found.bounds}"))
    spread = "" if isinstance(quantity.value, Constant) else interval(drawn, found.bounds.high - found.bounds.low)
    cells = (tuple(name), written, number(float(np.median(drawn))), spread, evidence(found.evidence))
    return Row(cells, anchor("quantity", address))


def _correlated(contest: Contest, address: str, found: Input) -> str:
    fixed = " (known exactly, so without effect)" if isinstance(found.quantity.value, Constant) else ""
    return quantity_name(contest, address, found) + fixed


def _correlations(contest: Contest, inputs: dict[str, Input]) -> Table:
    rows = []
    for one in contest.correlations:
        between = "; ".join(_correlated(contest, name, inputs[name]) for name in one.between if name in inputs)
        rows.append(Row((between, number(one.rank), one.note or "")))
    return Table((Column("Between"), Column("Spearman’s rank correlation", True), Column("Why")), tuple(rows))
