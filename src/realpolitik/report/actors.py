"""Section: who takes part."""

from __future__ import annotations

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Row, Table
from realpolitik.report.links import claim_link, joined
from realpolitik.report.wording import anchor

__all__ = ["actors"]


@section("actors", order=60)
def actors(forecast: Forecast) -> list[Block]:
    """Who takes part"""
    contest = forecast.contest
    rows = []
    for key, actor in contest.actors.items():
        within = f"part of {contest.actor_name(actor.part_of)}" if actor.part_of is not None else ""
        about = ". ".join(part for part in (within, actor.note or "") if part)
        cells = (actor.name, actor.kind, about, joined(map(claim_link, actor.evidence)))
        rows.append(Row(cells, anchor("actor", key)))
    columns = (Column("Actor"), Column("Kind"), Column("Note"), Column("Evidence"))
    return [Table(columns, tuple(rows))] if rows else []
