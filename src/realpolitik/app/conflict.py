"""The `conflict` command: decision makers, options and preferences in, stable states and the moves behind them out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import locate, parse_yaml, plain, read_text
from realpolitik.errors import ContestError, Fault, StorageError, nearest
from realpolitik.models.conflict import CONCEPTS, Concept, Search, Stability, StateGraph, Step, Verdict, stability
from realpolitik.models.conflict.graph import Direction
from realpolitik.models.conflict.search import MOST_STATES

__all__ = ["ConflictFile", "as_json", "read_conflict", "run"]

MOST_ROWS = 40
"""States in the table of the terminal, of more only equilibria; and equilibria with witnesses in JSON."""


class ConflictFile(BaseModel):
    """A conflict in a file of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    decision_makers: dict[str, list[str]]
    title: str = "Conflict"
    infeasible: list[str] = []
    dependent: dict[str, str] = {}
    one_way: dict[str, Direction] | list[str] = {}
    preferences: dict[str, list[int | str | list[int]]] = {}
    statements: dict[str, list[str]] = {}
    weights: dict[str, dict[str, float]] = {}
    unknown: dict[str, list[int]] = {}
    unseen: dict[str, list[str]] = {}
    coalitions: list[list[str]] = []
    status_quo: str | list[str] | None = None

    def graph(self) -> StateGraph:
        """The graph of the conflict."""
        listed: dict[str, Direction] = dict.fromkeys(self.one_way, "forward")
        one_way = self.one_way if isinstance(self.one_way, dict) else listed
        return StateGraph.build(
            self.decision_makers, self.preferences, statements=self.statements, weights=self.weights,
            infeasible=self.infeasible, dependent=self.dependent, one_way=one_way, unknown=self.unknown,
            unseen=self.unseen, status_quo=self.status_quo,
        )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A conflict that was read, and what is known about it."""

    title: str
    graph: StateGraph
    stability: Stability
    search: Search | None
    """None where there are too many states to follow moves one by one."""


def run(path: Path, *, name: str | None, explain: int | None, unknown: str | None, plainly: bool) -> None:
    """Read a conflict, find its stable states, and print them.

    Parameters
    ----------
    path : a file with one conflict, or a contest.
    name : which conflict of the contest; needed where it has several.
    explain : number of a state whose verdicts are wanted in full.
    unknown : how unknown comparisons count, a to d.
    plainly : whether to print JSON.

    Raises
    ------
    RealpolitikError : the file is faulty, or a name or number is unknown.
    """
    title, graph, parties = read_conflict(path, name)
    if explain is not None and not 1 <= explain <= graph.size:
        raise ContestError(f"There is no state {explain}. This conflict has states 1 to {graph.size}.")
    search = None
    if graph.size <= MOST_STATES or parties or unknown:
        search = Search(graph, parties, unknown)  # type: ignore[arg-type]
    found = Found(title, graph, search.stability() if search and (parties or unknown) else stability(graph), search)
    if explain is not None and search is None:
        raise ContestError(f"{graph.size:,} states are too many to explain one; the limit is {MOST_STATES:,}.")
    state = None if explain is None else explain - 1
    if plainly:
        typer.echo(json.dumps(as_json(found, state), indent=2))
    else:
        _print(found, state)


def read_conflict(path: Path, name: str | None) -> tuple[str, StateGraph, list[list[str]]]:
    """Title, graph and coalitions of a conflict in a file of its own, or of one in a contest.

    Raises
    ------
    StorageError, ContestError : with file and line of every fault.
    """
    if path.is_dir():
        return _of_contest(path, name)
    if not path.exists():
        raise StorageError(f"{path} does not exist. Give a file with one conflict, or a contest folder.")
    document = parse_yaml(read_text(path), str(path))
    if not isinstance(document, dict):
        raise ContestError([Fault((), "expected keys such as 'decision_makers:' and 'preferences:'", str(path), 1)])
    if path.name == CONTEST or "contest" in document:
        return _of_contest(path, name)
    if name is not None:
        raise ContestError(f"{path} holds one conflict without a name; leave out --name.")
    try:
        written = TypeAdapter(ConflictFile).validate_python(plain(document))
    except ValidationError as error:
        faults = [Fault(details["loc"], _message(details)) for details in error.errors()]
        raise _placed(faults, document, path) from None
    try:
        return written.title, written.graph(), written.coalitions
    except ContestError as error:
        raise _placed(error.faults, document, path) from None


def _message(details: Any) -> str:
    if details["type"] == "extra_forbidden":
        return f"unknown key. {nearest(str(details['loc'][-1]), ConflictFile.model_fields)}"
    return f"found {details['input']!r}. {details['msg']}"


def _placed(faults: Sequence[Fault], document: Any, path: Path) -> ContestError:
    return ContestError([Fault(each.path, each.message, str(path), *locate(document, each.path)) for each in faults])


def _of_contest(path: Path, name: str | None) -> tuple[str, StateGraph, list[list[str]]]:
    conflicts = load(path).conflicts
    if not conflicts:
        raise ContestError(f"{path} has no conflict. Add one under 'conflicts:', or give a file with one.")
    if name is None and len(conflicts) > 1:
        raise ContestError(f"{path} has several conflicts: {', '.join(conflicts)}. Choose one with --name.")
    chosen = name if name is not None else next(iter(conflicts))
    if chosen not in conflicts:
        raise ContestError(f"There is no conflict '{chosen}'. {nearest(chosen, conflicts)}")
    return chosen, StateGraph.from_conflict(conflicts[chosen]), []


def as_json(found: Found, explain: int | None = None) -> dict[str, Any]:
    """Everything about a conflict as plain data; states by number, counted from 1.

    Witnesses are given for the state to be explained, and for the equilibria if these are at most ``MOST_ROWS``.
    """
    graph, verdicts = found.graph, found.stability
    equilibria = {name: [state + 1 for state in verdicts.equilibria(name)] for name in CONCEPTS}
    answer: dict[str, Any] = {
        "title": found.title,
        "decision_makers": _owned(graph),
        "states": [{"number": state + 1, "options": graph.letters(state)} for state in range(graph.size)],
        "stable": {
            name: {
                player: [int(state) + 1 for state in row.nonzero()[0]]
                for player, row in zip(verdicts.players, verdicts.stable[name], strict=True)
            }
            for name in CONCEPTS
        },
        "equilibria": equilibria,
        "status_quo": None if graph.status_quo is None else graph.status_quo + 1,
    }
    if found.search is not None:
        answer["paths"] = [{"to": end + 1, "moves": _moves(way)} for end, way in _ways(found).items()]
        equilibrated = {state for name in CONCEPTS for state in verdicts.equilibria(name)}
        wanted = equilibrated if len(equilibrated) <= MOST_ROWS else set()
        states = sorted(wanted if explain is None else wanted | {explain})
        answer["witnesses"] = [_plain(verdict) for state in states for verdict in _verdicts(found.search, state)]
    return answer


def _owned(graph: StateGraph) -> dict[str, list[str]]:
    return {
        name: [option for option, owner in zip(graph.options, graph.owner, strict=True) if owner == maker]
        for maker, name in enumerate(graph.decision_makers)
    }


def _moves(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [{"by": list(step.by), "from": step.start + 1, "to": step.end + 1} for step in steps]


def _verdicts(search: Search, state: int) -> list[Verdict]:
    players = range(len(search.players))
    return [search.verdict(concept, player, state) for concept in CONCEPTS for player in players]


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


def _ways(found: Found) -> Mapping[int, tuple[Step, ...]]:
    """From the status quo to each equilibrium that improvements lead to."""
    start = found.graph.status_quo
    if start is None or found.search is None:
        return {}
    ends = {state for name in CONCEPTS for state in found.stability.equilibria(name)}
    reached = found.search.reached(start)
    return {end: reached[end] for end in sorted(ends & reached.keys())}


def _print(found: Found, explain: int | None) -> None:
    out = show.console()
    graph = found.graph
    counts = f"{len(graph.decision_makers)} decision makers, {len(graph.options)} options, {graph.size:,} states"
    out.print(f"[bold]{escape(found.title)}[/bold]: {counts}.")
    for name, options in _owned(graph).items():
        out.print(f"{escape(name)}: {escape(', '.join(options))}")
    _table(out, found)
    _equilibria(out, found)
    _print_ways(out, found)
    if explain is not None and found.search is not None:
        _explain(out, found.search, explain)


def _table(out: Console, found: Found) -> None:
    """Who is stable where; E where everybody is."""
    graph, verdicts = found.graph, found.stability
    rows = range(graph.size)
    title = "\nStable for whom"
    if graph.size > MOST_ROWS:
        some = {state for name in CONCEPTS for state in verdicts.equilibria(name)}
        rows = sorted(some)[:MOST_ROWS]  # type: ignore[assignment]
        title = f"\nThe first {len(rows)} of {len(some):,} equilibria (all with --json)"
    out.print(f"[bold]{title}[/bold]")
    table = show.listing(None, ("state", "right"), ("options", "left"), *((name, "left") for name in CONCEPTS))
    for state in rows:
        mark = " *" if state == graph.status_quo else ""
        cells = [_cell(verdicts, name, state) for name in CONCEPTS]
        table.add_row(f"{state + 1}", graph.letters(state) + mark, *cells)
    out.print(table)
    players = ", ".join(f"{index} {escape(name)}" for index, name in enumerate(verdicts.players, start=1))
    out.print(
        f"{players}; E: all of them, an equilibrium." + (" * status quo." if graph.status_quo is not None else "")
    )


def _cell(verdicts: Stability, name: Concept, state: int) -> str:
    column = verdicts.stable[name][:, state]
    if column.all():
        return "[bold]E[/bold]"
    return " ".join(str(index + 1) for index in column.nonzero()[0]) or "–"


def _equilibria(out: Console, found: Found) -> None:
    out.print("\n[bold]Equilibria[/bold]")
    for name in CONCEPTS:
        states = found.stability.equilibria(name)
        shown = ", ".join(str(state + 1) for state in states[:MOST_ROWS]) or "none"
        out.print(f"{name}: {shown}" + (" …" if len(states) > MOST_ROWS else ""))


def _print_ways(out: Console, found: Found) -> None:
    start = found.graph.status_quo
    if start is None or found.search is None:
        return
    out.print(f"\n[bold]From the status quo, state {start + 1}[/bold], each mover improving its lot")
    holding = [name for name in CONCEPTS if start in found.stability.equilibria(name)]
    if holding:
        out.print(f"It is itself an equilibrium: {', '.join(holding)}.")
    ways = _ways(found)
    for end, way in ways.items():
        out.print(f"to {end + 1}: {escape(_told(way))}")
    if not ways:
        out.print("No other equilibrium is reached.")


def _told(steps: Sequence[Step]) -> str:
    return "; ".join(f"{' and '.join(step.by)} {step.start + 1} → {step.end + 1}" for step in steps)


def _explain(out: Console, search: Search, state: int) -> None:
    taken = ", ".join(search.graph.taken(state)) or "no option taken"
    out.print(f"\n[bold]State {state + 1}[/bold]: {escape(taken)}")
    for verdict in _verdicts(search, state):
        who = escape(" + ".join(verdict.player))
        if not verdict.improvements:
            out.print(f"{verdict.concept}, {who}: stable; it has no improvement.")
            continue
        word = "stable" if verdict.is_stable else "not stable"
        reasons = [
            f"{_told(each.improvement)}, and "
            + ("nothing deters from it" if each.sanction is None else f"then {_told(each.sanction)}")
            for each in verdict.improvements
        ]
        out.print(f"{verdict.concept}, {who}: {word}; {escape('. Or '.join(reasons))}.")
