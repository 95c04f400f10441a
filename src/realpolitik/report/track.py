"""Section: how the sealed forecasts moved, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import (
    Block,
    Code,
    Column,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    Rich,
    Row,
    Small,
    Table,
)
from realpolitik.report.links import claim_link
from realpolitik.report.rounds import Line, lines
from realpolitik.report.wording import count, day_of, percent, points

__all__ = ["TRACK", "track"]

TRACK = "track"
"""Key of the manifest under which ``realpolitik report --record`` puts the track, as plain data."""

MOST = 8
"""Changes of a step that are listed."""

MOVED = (
    "Change of each probability in percentage points, with its standard error: every change by itself, on the earlier "
    "contest and the same draws. What they do not add up to is left as together."
)

SMALLEST = 0.0005
"""Share of the draws that must end elsewhere for a change to be listed."""


@section("track", order=38)
def track(forecast: Forecast) -> list[Block]:
    """How the forecast moved, and why"""
    found: Sequence[Mapping[str, Any]] = forecast.manifest.get(TRACK, ())
    if not found:
        return []
    names = list(dict.fromkeys([*forecast.contest.outcomes, *(name for step in found for name in step["outcomes"])]))
    text = (
        "Forecasts as they were sealed in the record of the contest. The record can only be added to; "
        "'realpolitik verify' tells whether it is whole, and runs every one of them again."
    )
    blocks: list[Block] = [Paragraph(text)]
    if all(date.fromisoformat(step["date"]) > forecast.contest.horizon for step in found):
        blocks.insert(0, Note("Hindsight. All of these were sealed after the horizon, when the end was known."))
    if len(found) > 1 and all(set(names) == set(step["outcomes"]) for step in found):
        blocks.append(_figure(found, names))
    blocks.append(_sealed(found, names))
    if any(step["change"] for step in found):
        blocks += [Heading("What moved it"), Paragraph(MOVED)]
    for step in found[1:]:
        blocks += _step(forecast, step)
    return blocks


def _figure(found: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Figure:
    ways = [
        Line(f"{percent(found[-1]['outcomes'][name])} {name}", [100 * step["outcomes"][name] for step in found])
        for name in names
    ]
    ticks = [f"entry {step['seal']}" for step in found]
    alt = "; ".join(f"{name}: {' → '.join(percent(step['outcomes'][name]) for step in found)}" for name in names)
    caption = "Probability of each outcome in percent, from seal to seal."
    return Figure((lines(ways, dict.fromkeys((0.0, 25.0, 50.0, 75.0, 100.0), ""), ticks=ticks),), caption, alt)


def _sealed(found: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Table:
    rows = []
    for step in found:
        sealed = (day_of(date.fromisoformat(step["date"])), Small(f" entry {step['seal']}, {step['sha256'][:12]}"))
        known: tuple[Inline, ...] = (Code(step["known"]), " ") if step["known"] else ()
        rows.append(Row((sealed, *_shares(step, names), (*known, Small(step.get("note") or "")))))
    return Table(
        (Column("Sealed"), *(Column(name, True) for name in names), Column("Known by then, and note")), tuple(rows)
    )


def _shares(step: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    return [percent(step["outcomes"][name]) if name in step["outcomes"] else "–" for name in names]


def _step(forecast: Forecast, step: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(f"Entry {step['seal']}, {day_of(date.fromisoformat(step['date']))}")]
    if step["untold"]:
        blocks.append(Paragraph(f"It cannot be told: {step['untold']}"))
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
    left = len(step["moved"]) - len(rows)
    if left or len(rows) > 1:
        rows.append(Row(("In all", "", *(_points(step["change"][name]) for name in names))))
    caption = f"{count(left, 'change')} of less effect {'is' if left == 1 else 'are'} not shown." if left else ""
    columns = (Column("Change"), Column("Rests on"), *(Column(name, True) for name in names))
    return Table(columns, tuple(rows), caption)


def _what(one: Mapping[str, Any]) -> Rich:
    if not one["before"] and not one["after"]:
        return str(one["name"]).capitalize()
    name = "What is known" if one["name"] == "known" else Code(one["name"])
    return (name, Small(f" {one['before'] or 'nothing'} → {one['after'] or 'nothing'}"))


def _claims(forecast: Forecast, one: Mapping[str, Any]) -> Rich:
    parts: list[Inline] = []
    for claim in one["evidence"][:4]:
        known = claim in forecast.contest.claims
        parts += [", " if parts else "", claim_link(claim) if known else claim]
        parts += [" (new)"] if claim in one["new_claims"] else []
    return tuple(parts)


def _points(change: Mapping[str, float]) -> str:
    return points(change["change"], change["standard_error"])
