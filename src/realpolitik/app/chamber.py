"""The `chamber` command: how likely a quorum and passage are, by how much, and who can force or stop a motion."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.contest.alone import load_chamber
from realpolitik.contest.chamber import Chamber
from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, ModelError, UnknownName
from realpolitik.forecast.chamber import AtMedians, OverDraws, SeatsAlone, at_medians, over_draws, seats_alone
from realpolitik.forecast.forecast import MOST_DRAWS
from realpolitik.models.voting import WAYS

__all__ = ["run"]

AT_MEDIANS = "At the medians: every quantity stands at its median, worked out exactly."
OVER_DRAWS = "Over draws: the quantities are drawn and one vote sampled in each; errors are those of sampling alone."
WITHOUT_STAGES = "Effects of the contest's stages are not applied; 'realpolitik forecast' has them."

QUESTIONS = {
    "pass": "pass it against any resistance",
    "block_by_no": "block it by voting no",
    "block_by_absence": "block it by staying away",
    "break_quorum": "break the quorum",
}

MOST_SHOWN = 4
"""Coalitions shown for each question in the terminal."""

NO_SHOW = 5e-4
"""Difference in probability from which the no-show paradox is told."""


def run(path: Path, names: Sequence[str], *, draws: int, seed: int, changes: dict[str, str], plain: bool) -> None:
    """Read chambers and print what they would decide.

    Raises
    ------
    RealpolitikError : the contest is faulty, has no chamber, or not the one that is named.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ContestError(f"draws is {draws}; 1 to {MOST_DRAWS:,} are possible.")
    if seed < 0:
        raise ContestError(f"seed is {seed}; it must be 0 or more.")
    contest = load_chamber(path, changes)
    if not contest.chambers:
        raise ContestError(f"{path} has no chamber. Add one under 'chambers', with seats, passes and blocs.")
    for name in names:
        if name not in contest.chambers:
            raise UnknownName("chamber", name, list(contest.chambers))
    found: dict[str, Any] = {}
    out = show.console()
    for name in dict.fromkeys(names or contest.chambers):
        alone, drawn = seats_alone(contest, name), over_draws(contest, name, draws, seed)
        exact, refusal = _exact(contest, name)
        if plain:
            found[name] = _as_json(contest.chambers[name], exact, refusal, drawn, alone)
        else:
            _print(out, contest, name, exact, refusal, drawn, alone)
    if plain:
        typer.echo(json.dumps({"seed": seed, "draws": draws, "chambers": found}, indent=2, allow_nan=False))
    else:
        out.print(f"\n{AT_MEDIANS}\n{OVER_DRAWS}\n{WITHOUT_STAGES}")


def _exact(contest: Contest, name: str) -> tuple[AtMedians | None, str]:
    try:
        return at_medians(contest, name), ""
    except ModelError as error:
        return None, str(error)


def _rule(chamber: Chamber) -> dict[str, Any]:
    return {
        "seats": chamber.seats,
        "quorum": None if chamber.quorum is None else str(chamber.quorum),
        "quorum_needed": chamber.rule.quorum_needed(seats=chamber.seats),
        "quorum_counts": chamber.quorum_counts,
        "passes": [str(condition) for condition in chamber.passes],
        "ties": chamber.ties,
        "second_reading": _second(chamber),
    }


def _second(chamber: Chamber) -> dict[str, Any] | None:
    rule = chamber.second_rule
    if rule is None:
        return None
    return {
        "quorum": None if rule.quorum is None else str(rule.quorum),
        "quorum_needed": rule.quorum_needed(seats=chamber.seats),
        "quorum_counts": rule.quorum_counts,
        "passes": [str(condition) for condition in (rule.passes, *rule.also)],
        "ties": rule.ties,
    }


def _as_json(
    chamber: Chamber, exact: AtMedians | None, refusal: str, drawn: OverDraws, alone: SeatsAlone
) -> dict[str, Any]:
    def swings(found: AtMedians | OverDraws) -> dict[str, Any]:
        each = found.swings
        return {
            bloc: {
                **dict(zip(WAYS, each.instead[index].tolist(), strict=True)),
                "reach": float(each.reach[index]),
                "no_show": float(each.no_show[index]),
            }
            for index, bloc in enumerate(each.blocs)
        }

    said: dict[str, Any] = {"rule": _rule(chamber), "at_medians": None, "refusal": refusal or None}
    if exact is not None:
        kept = (exact.margins.quorate > 0) | (exact.margins.inquorate > 0)
        said["at_medians"] = {
            "quorum": exact.passage.quorum,
            "passing": exact.passage.passing,
            "passing_given_quorum": exact.passage.passing_given_quorum,
            "passing_first_reading": exact.passage.passing_first,
            "exact": exact.passage.exact,
            "method": exact.passage.method,
            "margin": {
                "values": exact.margins.margin[kept].tolist(),
                "with_quorum": exact.margins.quorate[kept].tolist(),
                "without_quorum": exact.margins.inquorate[kept].tolist(),
            },
            "blocs": swings(exact),
        }
    said["over_draws"] = {
        "draws": drawn.draws,
        "quorum": drawn.quorum,
        "passing": drawn.passing,
        "passing_given_quorum": drawn.passing_given_quorum,
        "passing_first_reading": drawn.passing_first,
        "margin_given_quorum": {str(level): value for level, value in drawn.margin.items()},
        "blocs": swings(drawn),
        "walk_out": drawn.walk_out,
        "walk_out_alone": dict(zip(drawn.swings.blocs, drawn.alone.tolist(), strict=False)),
    }
    said["coalitions"] = {
        question: {"members": found.members, "coalitions": found.coalitions, "complete": found.complete}
        for question, found in alone.smallest.items()
    }
    said["no_show_profiles"] = None
    if alone.no_show is not None:
        said["no_show_profiles"] = {"of": alone.profiles, **dict(zip(chamber.blocs, alone.no_show, strict=True))}
    return said


def _print(
    out: Console,
    contest: Contest,
    name: str,
    exact: AtMedians | None,
    refusal: str,
    drawn: OverDraws,
    alone: SeatsAlone,
) -> None:
    chamber, rule = contest.chambers[name], _rule(contest.chambers[name])
    quorum = f"quorum {rule['quorum_needed']} ({rule['quorum_counts']})" if chamber.quorum else "no quorum"
    out.print(f"\n[bold]{escape(chamber.name or name)}[/bold]: {chamber.seats} seats, {quorum}.")
    out.print(f"It passes with {' and '.join(rule['passes'])}.")
    if second := rule["second_reading"]:
        quorum = f", quorum {second['quorum_needed']} ({second['quorum_counts']})" if second["quorum"] else ""
        out.print(f"It must pass a second reading with {' and '.join(second['passes'])}{quorum}.")
    if refusal:
        out.print(escape(f"No exact answer: {refusal}"))
    out.print(_answers(exact, drawn))
    out.print(_kingmakers(chamber, exact, drawn))
    out.print(_coalitions(alone))
    for sentence in (*_walk_out(chamber, drawn), *_no_show(exact, drawn, alone)):
        out.print(escape(sentence))


def _percent(probability: float | None) -> str:
    return "–" if probability is None else f"{100 * probability:.1f} %"


def _error(probability: float | None, draws: float) -> str:
    if probability is None or draws < 1:
        return ""
    return f"{100 * math.sqrt(probability * (1 - probability) / draws):.1f}"


def _answers(exact: AtMedians | None, drawn: OverDraws) -> Any:
    over = f"over {drawn.draws:,} draws"
    table = show.listing("\nThe vote", ("", "left"), ("at the medians", "right"), (over, "right"), ("± s.e.", "right"))
    quorate = drawn.draws * drawn.quorum
    passage = None if exact is None else exact.passage
    fields = [
        ("finds a quorum", "quorum", drawn.draws),
        ("passes the first reading", "passing_first", drawn.draws),
        ("passes", "passing", drawn.draws),
        ("passes, given a quorum", "passing_given_quorum", quorate),
    ]
    if drawn.passing_first is None:
        del fields[1]
    for label, field, draws in fields:
        value = getattr(drawn, field)
        at = "–" if passage is None else _percent(getattr(passage, field))
        table.add_row(label, at, _percent(value), _error(value, draws))
    for level, label in ((0.05, "margin, 5 % below"), (0.5, "margin, median"), (0.95, "margin, 95 % below")):
        at_level = None if exact is None else exact.margins.quantile(level)
        sampled = drawn.margin.get(level)
        table.add_row(
            f"{label}, given a quorum", *("–" if value is None else f"{value:+d}" for value in (at_level, sampled))
        )
    return table


def _kingmakers(chamber: Chamber, exact: AtMedians | None, drawn: OverDraws) -> Any:
    """Blocs by how far each alone moves the probability of passing."""
    swings = drawn.swings if exact is None else exact.swings
    where = f"over {drawn.draws:,} draws" if exact is None else "at the medians"
    heads = ("turns out", "at home", "flips", "votes no", "reach", "drawn")
    title = f"\nWho is pivotal: percent that it passes if the bloc alone … ({where})"
    table = show.listing(title, ("bloc", "left"), ("seats", "right"), *((head, "right") for head in heads))
    order = sorted(range(len(swings.blocs)), key=lambda bloc: (-swings.reach[bloc], -drawn.swings.reach[bloc]))
    for bloc in order:
        ways = (f"{100 * value:.1f}" for value in swings.instead[bloc].tolist())
        reach = (f"{100 * float(each.reach[bloc]):.1f}" for each in (swings, drawn.swings))
        key = swings.blocs[bloc]
        table.add_row(escape(key), str(chamber.blocs[key].seats), *ways, *reach)
    return table


def _coalitions(alone: SeatsAlone) -> Any:
    columns = (("to", "left"), ("members", "right"), ("smallest coalitions of whole blocs", "left"))
    table = show.listing("\nWhat it takes, by seats alone", *columns)
    for question, found in alone.smallest.items():
        if found.members is None:
            table.add_row(QUESTIONS[question], "–", "not even all together")
        elif found.members == 0:
            table.add_row(QUESTIONS[question], "0", "nobody need act: it cannot be otherwise")
        else:
            shown = "; ".join(" + ".join(coalition) for coalition in found.coalitions[:MOST_SHOWN])
            rest = len(found.coalitions) - MOST_SHOWN
            more = "; and more" if not found.complete else f"; and {rest} more" if rest > 0 else ""
            table.add_row(QUESTIONS[question], str(found.members), escape(shown + more))
    return table


def _walk_out(chamber: Chamber, drawn: OverDraws) -> list[str]:
    if drawn.walk_out is None:
        return []
    able = [(share, bloc) for share, bloc in zip(drawn.alone.tolist(), chamber.blocs, strict=True) if share > 0]
    most = ", ".join(f"{bloc} {_percent(share)}" for share, bloc in sorted(able, reverse=True)[:MOST_SHOWN])
    alone = f" Blocs whose walk-out alone would do: {most} of draws." if most else ""
    return [f"\nWhere there is a quorum, {drawn.walk_out} members leaving break it (median).{alone}"]


def _no_show(exact: AtMedians | None, drawn: OverDraws, alone: SeatsAlone) -> list[str]:
    swings = drawn.swings if exact is None else exact.swings
    gaps = [(gap, bloc) for gap, bloc in zip(swings.no_show.tolist(), swings.blocs, strict=True) if gap > NO_SHOW]
    told = []
    if gaps:
        listed = ", ".join(f"{bloc} +{_percent(gap)}" for gap, bloc in sorted(gaps, reverse=True)[:MOST_SHOWN])
        more = f" and {len(gaps) - MOST_SHOWN} more" if len(gaps) > MOST_SHOWN else ""
        told.append(f"No-show paradox: coming to vote no helps the motion more than staying away: {listed}{more}.")
    if alone.no_show is not None and any(alone.no_show):
        counts = sorted(zip(alone.no_show, swings.blocs, strict=True), reverse=True)
        listed = ", ".join(f"{bloc} {count:,}" for count, bloc in counts[:MOST_SHOWN] if count)
        told.append(
            f"Of {alone.profiles:,} ways the other blocs can act (yes, no, absent), a no passes it where absence "
            f"stops it in: {listed}."
        )
    return told
