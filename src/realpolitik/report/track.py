"""Section: how the sealed forecasts moved, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Column, Heading, Inline, Paragraph, Rich, Row, Small, Table
from realpolitik.report.links import claim_link
from realpolitik.report.wording import MINUS, count, day_of, percent

__all__ = ["TRACK", "track"]

TRACK = "track"
"""Key of the manifest under which ``realpolitik report --record`` puts the track, as plain data."""

MOST = 8
"""Changes of a step that are listed."""

SMALLEST = 0.0005
"""Share of the draws that must end elsewhere for a change to be listed."""


@section("track", order=38)
def track(forecast: Forecast) -> list[Block]:
    """How the forecast moved, and why"""
    found: Sequence[Mapping[str, Any]] = forecast.manifest.get(TRACK, ())
    if not found:
        return []
    names = list(dict.fromkeys([*forecast.contest.outcomes, *(name for step in found for name in step["outcomes"])]))
    rows = [
        Row((day_of(date.fromisoformat(step["date"])), *_shares(step, names), (Code(step["sha256"][:12]),)))
        for step in found
    ]
    columns = (Column("Sealed"), *(Column(name, True) for name in names), Column("Hash of the entry"))
    text = (
        "Forecasts as they were sealed in the record of the contest. The record can only be added to; "
        "'realpolitik verify' tells whether it is whole, and runs every one of them again."
    )
    blocks: list[Block] = [Paragraph(text), Table(columns, tuple(rows))]
    for step in found[1:]:
        blocks += _step(forecast, step)
    return blocks


def _shares(step: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [percent(step["outcomes"][name]) if name in step["outcomes"] else "–" for name in names]


def _step(forecast: Forecast, step: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(f"What moved it by {day_of(date.fromisoformat(step['date']))}")]
    if step["untold"]:
        blocks.append(Paragraph(f"It cannot be told: {step['untold']}"))
    if step["known"]:
        blocks.append(Paragraph(("Known by then: ", Code(step["known"]), ".")))
    if step["change"]:
        blocks.append(_table(forecast, step))
    if step["new_claims"]:
        blocks.append(Paragraph(f"{count(len(step['new_claims']), 'claim')} came in."))
    return blocks


def _table(forecast: Forecast, step: Mapping[str, Any]) -> Table:
    names = list(step["change"])
    told = [one for one in step["moved"] if sum(abs(each["change"]) for each in one["change"].values()) / 2 >= SMALLEST]
    rows = [
        Row((_what(one), _claims(forecast, one), *(_points(one["change"][name]) for name in names)))
        for one in told[:MOST]
    ]
    rows.append(Row(("In all", "", *(_points(step["change"][name]) for name in names))))
    left = len(step["moved"]) - len(rows) + 1
    more = f" {count(left, 'change')} of less effect {'is' if left == 1 else 'are'} not shown." if left else ""
    caption = (
        "Change of each probability in percentage points, with its standard error: every change by itself, on the "
        f"earlier contest and the same draws; what they do not add up to is left as together.{more}"
    )
    columns = (Column("Change"), Column("Rests on"), *(Column(name, True) for name in names))
    return Table(columns, tuple(rows), caption)


def _what(one: Mapping[str, Any]) -> Rich:
    if not one["before"] and not one["after"]:
        return str(one["name"]).capitalize()
    return (Code(one["name"]), Small(f" {one['before'] or 'nothing'} → {one['after'] or 'nothing'}"))


def _claims(forecast: Forecast, one: Mapping[str, Any]) -> Rich:
    parts: list[Inline] = []
    for claim in one["evidence"][:4]:
        known = claim in forecast.contest.claims
        parts += [", " if parts else "", claim_link(claim) if known else claim]
        parts += [" (new)"] if claim in one["new_claims"] else []
    return tuple(parts)


def _points(change: Mapping[str, float]) -> str:
    return f"{100 * change['change']:+.1f} ± {100 * change['standard_error']:.1f}".replace("-", MINUS).replace(
        " ", "\xa0"
    )
