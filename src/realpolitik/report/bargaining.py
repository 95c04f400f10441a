"""Section: the bargain round by round, and what the other models say of it."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.contest.actors import Issue
from realpolitik.contest.pathway import issues_of
from realpolitik.forecast.beside import Beside, at_the_medians, first_variant, side_by_side
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import Settled, settlements
from realpolitik.forecast.views import bargainers
from realpolitik.models.bargaining.settlement import Move, Settlement
from realpolitik.record.backtest import YARDSTICK
from realpolitik.record.shipped_scores import ShippedScores, shipped_scores
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Column, Figure, Heading, Note, Paragraph, Row, Table
from realpolitik.report.rounds import Line, lines
from realpolitik.report.wording import MINUS, assumption, count, on_scale, percent, settlement_name

__all__ = ["bargaining"]

MOST_MOVES = 24
"""Moves in the table, the widest ones."""


@section("bargaining", order=55)
def bargaining(forecast: Forecast) -> list[Block]:
    """How they bargain, and what other models say"""
    found: list[Block] = []
    for settled in settlements(forecast):
        if not forecast.truth(f"{settled.stage}.happened").any():  # not in the draws that are held
            continue
        issue = forecast.contest.issues[settled.issue]
        found.append(Heading(settlement_name(forecast.contest, settled)))
        assumed = assumption(forecast.contest.pathway[settled.stage])
        found += [Note(assumed)] if assumed else []
        worked = at_the_medians(forecast, settled.stage)
        if worked is not None and worked.rounds:
            found += _rounds(forecast, settled, issue, worked)
        found += _beside(issue, side_by_side(forecast, settled.stage, settled.issue))
    return found


def _rounds(forecast: Forecast, settled: Settled, issue: Issue, worked: Settlement) -> Iterator[Block]:
    names = {actor: forecast.contest.actor_name(actor) for actor in forecast.contest.actors}
    stage = forecast.contest.pathway[settled.stage]
    place = issues_of(stage).index(settled.issue)
    rows = bargainers(forecast.contest, stage)
    why = "" if worked.reason is None else f" It ended thus: {worked.reasons[int(worked.reason[0])]}."
    yield Paragraph(
        f"The model '{worked.model}', worked through once with every input at its median: "
        f"{count(len(worked.rounds) - 1, 'round')}.{why}"
    )
    ways = [
        Line(names[actor], [float(step.position[0, rows.index(actor), place]) for step in worked.rounds])
        for actor in issue.positions
    ]
    median = [float(step.median[0, place]) for step in worked.rounds]
    yield Figure(
        (lines(ways, issue.scale, median=median),),
        f"Positions by round, in {issue.unit}; the broken line is the weighted median.",
        "Positions by round; the moves stand in the table below.",
    )
    moves = tuple(move for move in worked.moves if move.issue == settled.issue)
    if moves:
        yield _moves(issue, names, moves)


def _moves(issue: Issue, names: dict[str, str], moves: tuple[Move, ...]) -> Table:
    width = issue.bounds.high - issue.bounds.low
    widest = sorted(moves, key=lambda move: -abs(move.end - move.start))[:MOST_MOVES]
    rows = tuple(
        Row(
            (
                str(move.round),
                names[move.actor],
                names.get(move.because_of or "", "nobody in particular"),
                f"{on_scale(move.start, width, finer=1)} → {on_scale(move.end, width, finer=1)}",
            )
        )
        for move in sorted(widest, key=lambda move: move.round)
    )
    more = f" The {MOST_MOVES} widest of {len(moves)} moves." if len(moves) > MOST_MOVES else ""
    columns = (Column("Round", True), Column("Who moved"), Column("Because of"), Column(issue.unit, True))
    return Table(columns, rows, f"Who pulled whom.{more}")


def _beside(issue: Issue, found: list[Beside]) -> Iterator[Block]:
    width = issue.bounds.high - issue.bounds.low
    past = shipped_scores()
    rows = tuple(Row((*_cells(one, width), *_past(one, past))) for one in found if one.refusal is None)
    heads = ("Mean", "90 % of draws", "Rounds came to rest", "Backtest: MAE", "CRPS − compromise")
    draws = next((one.draws for one in found), 0)
    yield Table(
        (Column("Model"), *(Column(head, True) for head in heads)),
        rows,
        f"The models side by side on the same {count(draws, 'draw')}, in {issue.unit}, without model error; only "
        "'pooled' draws from what may happen, its own errors included. "
        "How far they lie apart is a part of what is not known.",
    )
    yield Paragraph(
        (
            f"Backtest: how far off each model was on {past.population}, each dossier forecast from the others, in "
            "points of a scale 0 to 100: mean absolute error, and CRPS less that of the compromise with its 95 % "
            "interval; less is better. Point models have their past errors as their distribution; 'pooled' was learned "
            "anew without each dossier. Other decisions than these may be harder. Measured by ",
            Code(past.command),
            ".",
        )
    )
    refused = [one for one in found if one.refusal is not None]
    if refused:
        yield Paragraph("Not applicable here: " + "; ".join(f"{_label(one)} ({one.refusal})" for one in refused))


def _label(one: Beside) -> str:
    return one.model if one.variant is None else f"{one.model}, {one.variant}"


def _cells(one: Beside, width: float) -> tuple[str, str, str, str]:
    mean, low, high = (on_scale(value, width, finer=1) for value in (one.mean, one.low, one.high))
    rest = "no rounds" if one.at_rest is None else percent(one.at_rest)
    return _label(one), f"{mean} ± {one.standard_error:.2g}", f"{low} to {high}", rest


def _past(one: Beside, past: ShippedScores) -> tuple[str, str]:
    """Its backtest, which is one of each model's first variant."""
    score = past.models.get(one.model)
    if score is None or one.variant != first_variant(one.model):
        return "not tested", ""
    against = "" if one.model == YARDSTICK else score.against.written(1).replace("-", MINUS)
    return f"{score.mae:.1f}", against
