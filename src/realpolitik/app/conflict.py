"""The `conflict` command: decision makers, options and preferences in, stable states and the moves behind them out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from realpolitik.app import show
from realpolitik.app.conflict_found import RULES, Asked, Found, answers, owned, proof, required, verdicts_on, ways
from realpolitik.app.conflict_shown import shown
from realpolitik.contest.alone import load_conflict
from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, UnknownName, nearest
from realpolitik.models.conflict import CONCEPTS, Stability, Step, Verdict
from realpolitik.models.conflict.search import MOST_STATES

__all__ = ["Asked", "as_json", "read_conflict", "run"]

MOST_ROWS = 40
"""States in the table of the terminal, of more only equilibria; and equilibria with witnesses in JSON."""


def run(path: Path, asked: Asked, *, changes: dict[str, str] | None = None, plainly: bool = False) -> None:
    """Read a conflict, find its stable states, and print them.

    Parameters
    ----------
    path : a file with one conflict, or a contest.
    asked : what is wanted.
    changes : values to use instead of those in the file.
    plainly : whether to print JSON.

    Raises
    ------
    RealpolitikError : the file is faulty, or a name or number is unknown.
    """
    if asked.unknown not in (None, *RULES):
        raise UnknownName("rule for unknown comparisons", str(asked.unknown), RULES)
    contest, name = read_conflict(path, asked, changes)
    found = answers(contest, name, asked)
    for state in (asked.explain, asked.inverse):
        if state is not None and not 1 <= state <= found.graph.size:
            raise ContestError(f"There is no state {state}. This conflict has states 1 to {found.graph.size}.")
        if state is not None and not found.searches:
            raise ContestError(
                f"{found.graph.size:,} states are too many to explain one; the limit is {MOST_STATES:,}."
            )
    if plainly:
        typer.echo(json.dumps(as_json(found, asked), indent=2))
    else:
        shown(show.console(), found, asked)


def read_conflict(path: Path, asked: Asked, changes: dict[str, str] | None = None) -> tuple[Contest, str]:
    """A conflict in a file of its own, or one of a contest: the contest around it, and its name.

    Raises
    ------
    StorageError, ContestError : with file and line of every fault.
    """
    contest, name = load_conflict(path, changes, unknown=asked.unknown), asked.name
    conflicts = contest.conflicts
    if not contest.pathway and name is not None:
        raise ContestError(f"{path} holds one conflict without a name; leave out --name.")
    if not conflicts:
        raise ContestError(f"{path} has no conflict. Add one under 'conflicts:', or give a file with one.")
    if name is None and len(conflicts) > 1:
        raise ContestError(f"{path} has several conflicts: {', '.join(conflicts)}. Choose one with --name.")
    chosen = name if name is not None else next(iter(conflicts))
    if chosen not in conflicts:
        raise ContestError(f"There is no conflict '{chosen}'. {nearest(chosen, conflicts)}")
    return contest, chosen


def as_json(found: Found, asked: Asked) -> dict[str, Any]:
    """Everything about a conflict as plain data; states by number, counted from 1.

    Witnesses are given for the state to be explained, and for the equilibria if these are at most ``MOST_ROWS``.
    """
    graph, verdicts = found.graph, found.stability
    answer: dict[str, Any] = {
        "title": found.title,
        "decision_makers": owned(graph),
        "states": [{"number": state + 1, "options": graph.letters(state)} for state in range(graph.size)],
        "stable": _stable(verdicts),
        "equilibria": _equilibria(verdicts),
        "status_quo": None if graph.status_quo is None else graph.status_quo + 1,
    }
    if found.searches:
        answer["paths"] = [{"to": end + 1, "moves": _moves(way)} for end, way in ways(found).items()]
        equilibrated = {state for name in CONCEPTS for state in verdicts.equilibria(name)}
        wanted = equilibrated if len(equilibrated) <= MOST_ROWS else set()
        states = sorted(wanted if asked.explain is None else wanted | {asked.explain - 1})
        answer["witnesses"] = [_plain(verdict) for state in states for verdict in verdicts_on(found, state)]
    if found.chances is not None:
        answer["chances"] = {"draws": found.chances.draws, "seed": found.seed} | {
            name: [
                {"number": state + 1, "probability": float(share), "standard_error": float(error)}
                for state, (share, error) in enumerate(
                    zip(found.chances.probability[name], found.chances.standard_error(name), strict=True)
                )
            ]
            for name in CONCEPTS
        }
    if asked.inverse is not None:
        answer["inverse"] = {"state": asked.inverse, "requirements": [
            {"concept": name, "player": player, "move": each.move + 1, "holds": each.holds,
             "not_preferred": [[state + 1 for state in one] for one in each.alternatives]}
            for name, player, each in required(found, asked.inverse - 1)
        ]}  # fmt: skip
    if found.coalitions is not None:
        answer["coalitions"] = [
            {
                "members": list(group),
                "stable": {name: [int(state) + 1 for state in each.stable[name][0].nonzero()[0]] for name in CONCEPTS},
                "equilibria": _equilibria(each),
            }
            for group, each in found.coalitions.items()
        ]
        answer["coalition_proof"] = {name: [state + 1 for state in proof(found, name)] for name in CONCEPTS}
    return answer


def _stable(verdicts: Stability) -> dict[str, dict[str, list[int]]]:
    return {
        name: {
            player: [int(state) + 1 for state in row.nonzero()[0]]
            for player, row in zip(verdicts.players, verdicts.stable[name], strict=True)
        }
        for name in CONCEPTS
    }


def _equilibria(verdicts: Stability) -> dict[str, list[int]]:
    return {name: [state + 1 for state in verdicts.equilibria(name)] for name in CONCEPTS}


def _moves(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [{"by": list(step.by), "from": step.start + 1, "to": step.end + 1} for step in steps]


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {
        "state": verdict.state + 1,
        "concept": verdict.concept,
        "player": " + ".join(verdict.player),
        "stable": verdict.is_stable,
        "improvements": [
            {
                "moves": _moves(each.improvement),
                "sanction": None if each.sanction is None else _moves(each.sanction),
            }
            for each in verdict.improvements
        ],
    }
