"""The `conflict` command in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.conflict_found import Asked, Found, owned, proof, required, verdicts_on, ways
from realpolitik.models.conflict import CONCEPTS, Concept, Requirement, Stability, Step

__all__ = ["shown"]

MOST_ROWS = 40
"""States in a table; of more only equilibria."""

LEAST_CHANCE = 0.005
"""Probability from which a state is listed among those that may be equilibria, where there are many."""


def shown(out: Console, found: Found, asked: Asked) -> None:
    """Print what was found."""
    graph = found.graph
    counts = f"{len(graph.decision_makers)} decision makers, {len(graph.options)} options, {graph.size:,} states"
    out.print(f"[bold]{escape(found.title)}[/bold]: {counts}.")
    for name, options in owned(graph).items():
        out.print(f"{escape(name)}: {escape(', '.join(options))}")
    _table(out, found)
    _equilibria(out, found)
    _print_ways(out, found)
    if found.coalitions is not None:
        _coalitions(out, found)
    if found.chances is not None:
        _chances(out, found)
    if asked.explain is not None:
        _explain(out, found, asked.explain - 1)
    if asked.inverse is not None:
        _inverse(out, found, asked.inverse - 1)


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
    found_ways = ways(found)
    for end, way in found_ways.items():
        out.print(f"to {end + 1}: {escape(_told(way))}")
    if not found_ways:
        out.print("No other equilibrium is reached.")


def _told(steps: Sequence[Step]) -> str:
    return "; ".join(f"{' and '.join(step.by)} {step.start + 1} → {step.end + 1}" for step in steps)


def _explain(out: Console, found: Found, state: int) -> None:
    out.print(f"\n[bold]State {state + 1}[/bold]: {escape(_taken(found, state))}")
    for verdict in verdicts_on(found, state):
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


def _taken(found: Found, state: int) -> str:
    return ", ".join(found.graph.taken(state)) or "no option taken"


def _coalitions(out: Console, found: Found) -> None:
    out.print("\n[bold]Equilibria that a coalition would leave[/bold], acting as one while all others act alone")
    table = show.listing(None, ("coalition", "left"), *((name, "left") for name in CONCEPTS))
    for group, verdicts in (found.coalitions or {}).items():
        left = [
            [state + 1 for state in found.stability.equilibria(name) if not verdicts.stable[name][0, state]]
            for name in CONCEPTS
        ]
        table.add_row(escape(" + ".join(group)), *(_numbers(states) or "–" for states in left))
    out.print(table)
    kept = "; ".join(f"{name} {_numbers([s + 1 for s in proof(found, name)]) or 'none'}" for name in CONCEPTS)
    out.print(f"Left by no coalition: {kept}.")


def _numbers(states: Sequence[int]) -> str:
    return ", ".join(map(str, states[:MOST_ROWS])) + (" …" if len(states) > MOST_ROWS else "")


def _chances(out: Console, found: Found) -> None:
    if found.chances is None:
        return
    share = found.chances.probability
    graph, rows = found.graph, list(range(found.graph.size))
    out.print(
        f"\n[bold]Probability of an equilibrium[/bold], over {found.chances.draws:,} draws of the preferences, seed "
        f"{found.seed}"
    )
    likely = [state for state in rows if max(share[name][state] for name in CONCEPTS) >= LEAST_CHANCE]
    if len(rows) > MOST_ROWS:
        rows = sorted(likely, key=lambda state: -max(share[name][state] for name in CONCEPTS))[:MOST_ROWS]
    table = show.listing(None, ("state", "right"), ("options", "left"), *((name, "right") for name in CONCEPTS))
    for state in rows:
        table.add_row(f"{state + 1}", graph.letters(state), *(f"{share[name][state]:.1%}" for name in CONCEPTS))
    out.print(table)
    worst = max(float(found.chances.standard_error(name).max()) for name in CONCEPTS)
    out.print(
        f"Standard error of sampling at most {worst:.1%}. In one draw several states can be equilibria, or none. "
        "The verdicts above hold with every weight at its median and the likeliest alternatives."
    )


def _inverse(out: Console, found: Found, state: int) -> None:
    out.print(f"\n[bold]What must hold for state {state + 1} to be stable[/bold]: {escape(_taken(found, state))}")
    asked = required(found, state)
    movers = {player for _, player, _ in asked}
    for player in found.stability.players:
        if player not in movers:
            out.print(f"{escape(player)}: nothing; it has no move.")
    for name, player, each in asked:
        out.print(escape(f"{name}, {player}: must not prefer {_either(each)} to it; {_met(each)}."))


def _either(each: Requirement) -> str:
    """One alternative is enough; all states of one alternative together."""
    groups = [", ".join(str(state + 1) for state in one) for one in each.alternatives]
    return ", or ".join(f"any of {group}" if "," in group else group for group in groups)


def _met(each: Requirement) -> str:
    return "so it is" if each.holds else "but it does"
