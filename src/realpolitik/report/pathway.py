"""Section: the stages, what leads to what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from realpolitik.contest.contest import Contest
from realpolitik.contest.crisis import truths_of
from realpolitik.contest.expression import Expression, names
from realpolitik.contest.pathway import OTHERWISE, Stage
from realpolitik.forecast import records
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import outcomes, spread, stages
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Figure, Heading, Inline, Paragraph, Rich, Row, Small, Table
from realpolitik.report.links import evidence, guard
from realpolitik.report.tree import Entry, Node, tree
from realpolitik.report.wording import anchor, number, percent, share_of, spell, stage_name, words_of

__all__ = ["pathway"]

SHOWN = {
    "chamber": ("quorate", "passed"),
    "judgement": ("happens",),
    "threat": ("threatened", "complied", "backed-down", "gave-in", "defied"),
}
"""Results in the picture by kind of stage; of a choice all, of a conflict every option."""

WIDE, NARROW = 4, 2
"""Boxes side by side on a wide and on a narrow page."""

MISSING = ("no base rate",)


@section("pathway", order=20)
def pathway(forecast: Forecast) -> list[Block]:
    """How it gets there"""
    found = stages(forecast)
    nodes = {name: _node(forecast, name, found[name]) for name in found} | _ends(forecast)
    text = (
        "Read from the top. A stage takes place in those draws in which its condition holds; its results are shares "
        "of these draws, not of all. Full lines lead to what they make possible, as thick as it is "
        "likely; broken lines join a stage to those whose inputs it changes."
    )
    caption = "The stages and the outcomes. Under each title its condition, as the analyst wrote it."
    alt = "Tree of the stages; the table below holds everything it shows."
    return [
        Paragraph(text),
        Figure((tree(nodes, WIDE), tree(nodes, NARROW)), caption, alt, shape="tree"),
        _table(forecast, found),
        *(block for name in found if records.of_sanctions(forecast.contest, name) for block in _record(forecast, name)),
    ]


def _record(forecast: Forecast, name: str) -> Iterator[Block]:
    """How earlier threats of sanctions ended, the forecast first."""
    own = records.of_stage(forecast, name)
    titles = ("Target gave in", "Or settled", "Sender gave up", "Imposed")
    rows = tuple(
        Row((each.cases, f"{each.number:,}", *("–" if share is None else percent(share, 1) for share in (
            each.target_gave_in, each.with_settlement, each.sender_backed_down, each.imposed))))
        for each in (*((own,) if own is not None else ()), *records.TIES)
    )  # fmt: skip
    yield Heading(f"Earlier threats of sanctions beside “{stage_name(forecast.contest, name)}”")
    columns = (Column("Cases"), Column("Number", True), *(Column(title, True) for title in titles))
    caption = f"{records.SOURCE}. Shown, not used. The forecast counts draws in which the threat is made."
    yield Table(columns, rows, caption)


def _parents(contest: Contest, condition: Expression | None) -> tuple[str, ...]:
    """Stages that a condition names."""
    used = {ref.name.partition(".")[0] for ref in names(condition)} if condition is not None else set()
    return tuple(name for name in contest.pathway if name in used)


def _node(forecast: Forecast, name: str, found: dict[str, Any]) -> Node:
    contest = forecast.contest
    stage = contest.pathway[name]
    when = f"if {stage.when}" if stage.when is not None else ""
    taken = found["happened"]
    entries = [Entry("takes place", _spelled(taken), taken["probability"])]
    if taken["draws"] and taken["probability"] > 0:
        entries += _entries(forecast, name, stage, found["results"])
    parents = _parents(contest, stage.when)
    conditions = [*(effect.when for effect in stage.effects), *stage.start.values()]
    swaying = {other for condition in conditions for other in _parents(contest, condition)}
    swayed_by = tuple(other for other in contest.pathway if other in swaying - set(parents))
    return Node(stage_name(contest, name), when, taken["probability"], tuple(entries), parents, swayed_by=swayed_by)


def _entries(forecast: Forecast, name: str, stage: Stage, results: dict[str, Any]) -> list[Entry]:
    if stage.recorded is not None:
        return [Entry("recorded", f"{stage.recorded.yes} to {stage.recorded.no}")]
    if stage.bargain is not None:
        low, middle, high = spread(forecast, name)
        return [
            Entry("median", f"{number(middle)} {forecast.contest.issues[stage.bargain].unit}"),
            Entry("90 % interval", f"{number(low)} to {number(high)}"),
        ]
    if stage.mobilisation is not None:
        return _street(forecast, name, results)
    if stage.crisis is not None:
        return [Entry(end, _spelled(results[key]), results[key]["probability"]) for key, end in
                truths_of(stage.crisis).items()]  # fmt: skip
    if stage.conflict is not None:
        shown: tuple[str, ...] = tuple(key for key in results if key != "moved")
    else:
        shown = tuple(stage.choice or ()) or SHOWN.get(stage.kind, ())
    return [
        Entry(words_of(key), _spelled(results[key]), results[key]["probability"]) for key in shown if key in results
    ]


def _street(forecast: Forecast, name: str, results: dict[str, Any]) -> list[Entry]:
    low, middle, high = spread(forecast, f"{name}.turnout")
    grows, several = results["grows"], results["several"]
    return [
        Entry("turnout, median", percent(middle, 1), middle),
        Entry("90 % interval", f"{percent(low, 1)} to {percent(high, 1)}"),
        Entry("grows from its start", _spelled(grows), grows["probability"]),
        Entry("could tip over", _spelled(several), several["probability"]),
    ]


def _ends(forecast: Forecast) -> dict[str, Node]:
    """The outcomes as nodes; their names cannot be taken for stages."""
    conditions = forecast.contest.outcomes
    named = {stage for condition in conditions.values() for stage in _parents(forecast.contest, condition)}
    every = tuple(stage for stage in forecast.contest.pathway if stage in named)
    return {
        anchor("outcome", one.name): Node(
            one.name,
            _condition(conditions[one.name]),
            one.probability,
            (Entry("probability", spell(one), one.probability),),
            _parents(forecast.contest, conditions[one.name]) or every,
            end=True,
        )
        for one in outcomes(forecast)
    }


def _condition(condition: Expression) -> str:
    return condition.text if condition.text == OTHERWISE else f"if {condition.text}"


def _spelled(found: dict[str, Any]) -> str:
    return share_of(found["probability"], found["standard_error"], found["draws"])


def _table(forecast: Forecast, found: dict[str, Any]) -> Table:
    columns = ("Stage", "Takes place", "What comes of it", "Base rate", "Evidence")
    rows = tuple(_row(forecast, name, found[name]) for name in found)
    caption = "Results are shares of the draws in which the stage takes place. Base rates are shown, not used."
    return Table(tuple(Column(title) for title in columns), rows, caption)


def _row(forecast: Forecast, name: str, found: dict[str, Any]) -> Row:
    contest = forecast.contest
    stage = contest.pathway[name]
    title: list[Inline] = [stage_name(contest, name)]
    if stage.by is not None:
        title.append(Small(f" · decided by {contest.actor_name(stage.by)}"))
    if stage.note is not None:
        title.append(Small(f" · {stage.note}"))
    cited = dict.fromkeys([*stage.evidence, *(stage.recorded.evidence if stage.recorded else ())])
    cells: tuple[Rich, ...] = (
        tuple(title),
        (_spelled(found["happened"]), *guard(contest, name)),
        _results(forecast, name, stage, found["results"]),
        _base_rate(stage),
        evidence(cited),
    )
    return Row(cells, anchor("stage", name))


def _results(forecast: Forecast, name: str, stage: Stage, results: dict[str, Any]) -> Rich:
    if not forecast.tally.times(f"{name}.happened"):
        return "never reached"
    return "; ".join(f"{entry.name} {entry.text}" for entry in _entries(forecast, name, stage, results))


def _base_rate(stage: Stage) -> Rich:
    rate = stage.base_rate
    return MISSING if rate is None else (f"{percent(rate.share, 0)} of {rate.cases:,}", Small(f" {rate.of}"))
