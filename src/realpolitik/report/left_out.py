"""Section: which sections this page does not have, why, and what adds them."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.studies import LINCHPINS, SENSITIVITY
from realpolitik.registry import section, sections
from realpolitik.report.blocks import Block, Code, Column, Paragraph, Rich, Row, Table
from realpolitik.report.pairs import events_of
from realpolitik.report.scores import SCORES
from realpolitik.report.track import TRACK

__all__ = ["left_out"]

Left = tuple[str, str, str]
"""Name of a section, why it is not there, and what adds it."""

QUICK = "It was not worked out."

FRESH = "realpolitik report RUN"


@section("left-out", order=96)
def left_out(forecast: Forecast) -> list[Block]:
    """What is left out of this page"""
    rows = tuple(Row((sections.get(name).summary, why, _command(what))) for name, why, what in _missing(forecast))
    if not rows:
        return []
    text = "Sections that a report of this contest can have and this one has not. RUN is the folder of the saved run."
    return [Paragraph(text), Table((Column("Section"), Column("Why"), Column("What adds it")), rows)]


def _missing(forecast: Forecast) -> Iterator[Left]:
    if not events_of(forecast):
        yield "pairs", "No stage is seen to move an outcome.", "realpolitik condition RUN --given 'CONDITION'"
    yield from _studies(forecast)
    if forecast.studies.against is None:
        yield "comparison", "No other forecast was named.", f"{FRESH} --against OTHER"
    if TRACK not in forecast.manifest:
        yield "track", "No record was named.", f"{FRESH} --record FOLDER"
        yield "scores", "No record was named.", f"{FRESH} --record FOLDER"
        return
    if not forecast.manifest[TRACK]:
        yield "track", "The record holds no sealed forecast.", "realpolitik seal FOLDER"
    if not forecast.manifest.get(SCORES):
        yield "scores", "No question of the record is resolved.", "realpolitik resolve FOLDER"


def _studies(forecast: Forecast) -> Iterator[Left]:
    found = forecast.studies
    if found.sensitivity is None:
        why = found.refused.get(SENSITIVITY)
        yield SENSITIVITY, why or QUICK, "" if why else FRESH
    elif not found.sensitivity.effects:
        yield SENSITIVITY, "No uncertain quantity is looked at by any stage, so that all is chance.", ""
    if found.linchpins is None:
        why = found.refused.get(LINCHPINS)
        yield LINCHPINS, why or QUICK, "" if why else FRESH
    elif not found.linchpins:
        yield LINCHPINS, "No quantity rests on a claim: all is judgement.", "realpolitik read REPORT"


def _command(text: str) -> Rich:
    return (Code(text),) if text else ""
