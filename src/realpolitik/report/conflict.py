"""Section: conflicts of moves and counter-moves, their equilibria and the graph."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from realpolitik.contest.conflict import Conflict, Wish
from realpolitik.contest.conflict_faults import forms_of
from realpolitik.contest.contest import Contest
from realpolitik.forecast.conflict import conflict_chances, typical
from realpolitik.forecast.forecast import Forecast
from realpolitik.models.conflict import CONCEPTS, Chances, Concept, Stability, StateGraph
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Figure, Heading, Inline, Note, Paragraph, Row, Svg, Table
from realpolitik.report.links import evidence
from realpolitik.report.svg import Canvas
from realpolitik.report.wording import anchor, count, percent, share_of, stage_name, words_of

__all__ = ["conflict", "picture"]

MOST_DRAWN, MOST_LISTED = 24, 64
"""States of a conflict that are drawn, and listed; beyond them only the equilibria are told."""

RADIUS, DOT = 190.0, 15.0
"""Of the ring of states and of one state, in pixels."""

SIDE = 2 * RADIUS + 6 * DOT
"""Width and height of the picture, in pixels."""

LOOKS = ("move-1", "move-2", "move-3", "move-4")
"""Of the improvements of the first four decision makers."""

MEANINGS = {
    "nash": "nobody can do better by moving alone",
    "gmr": "every gain can be answered by a move that leaves the mover no better off",
    "smr": "and the mover cannot escape that answer",
    "seq": "every gain can be answered by a move that the answering side itself would like",
    "sim": "every gain is undone if others move at the same time",
}


KINDS = {name: "Nash" if name == "nash" else name.upper() for name in CONCEPTS}
"""Concepts as readers know them."""

SHOWN: tuple[Concept, ...] = ("nash", "seq")
"""Concepts whose most probable equilibria are told in words."""

MOST_DRAWS = 10_000
"""Draws over which the probability of an equilibrium is told."""


@section("conflict", order=58)
def conflict(forecast: Forecast) -> list[Block]:
    """Moves and counter-moves"""
    found: list[Block] = []
    for name, noun in forecast.contest.conflicts.items():
        found += _one(forecast, name, noun)
    return found


def _one(forecast: Forecast, name: str, noun: Conflict) -> Iterator[Block]:
    contest, one = forecast.contest, typical(forecast.contest, name)
    (minds,), _ = one.kinds()
    graph, verdicts = one.graph.with_preferences(one.own(minds)), one.verdicts(minds)
    chances = None
    if noun.is_uncertain:
        chances = conflict_chances(contest, name, min(forecast.draws, MOST_DRAWS), int(forecast.manifest["seed"]))
    yield Heading(noun.title or words_of(name).capitalize(), anchor("conflict", name))
    yield Paragraph(_owners(contest, name, noun))
    yield Paragraph(_told(graph, verdicts), lead=True)
    if chances is not None:
        yield Paragraph(_likely(graph, chances))
    if graph.size <= MOST_DRAWN:
        caption = (
            "States by number; a thick ring marks an equilibrium in the sense of Nash, a thin double ring one in "
            "another sense, a square the state in which things are. Lines lead to what one side alone would rather "
            "have: " + "; ".join(f"{line} {actor}" for line, actor in _key(contest, graph)) + "."
        )
        yield Figure((picture(graph, verdicts),), caption, "Graph of the states; the table below lists them.")
    if graph.size <= MOST_LISTED:
        yield _table(graph, verdicts, chances)
    yield from _wishes(contest, noun)
    if noun.note is not None:
        yield Note((noun.note, " ", *evidence(noun.evidence)))


def _owners(contest: Contest, name: str, noun: Conflict) -> str:
    sides = [
        f"{contest.actor_name(actor)} ({', '.join(map(words_of, options))})"
        for actor, options in noun.decision_makers.items()
    ]
    played = [stage_name(contest, key) for key, stage in contest.pathway.items() if stage.conflict == name]
    place = (
        f"The pathway follows it: {', '.join(played)}. Here it is seen by itself, without effects of stages."
        if played
        else "It stands beside the pathway and shapes no number there."
    )
    return f"Who can do what: {'; '.join(sides)}. {place}"


def _likely(graph: StateGraph, chances: Chances) -> str:
    """Which states are most probably equilibria, in words."""
    told = []
    for name in SHOWN:
        share, error = chances.probability[name], chances.standard_error(name)
        first = sorted(range(graph.size), key=lambda state: -share[state])[:3]
        parts = [
            f"{state + 1} ({_spelled(graph, state)}) "
            f"{share_of(float(share[state]), float(error[state]), chances.draws)}"
            for state in first
            if share[state] > 0
        ]
        told.append(f"{KINDS[name]}: {'; '.join(parts) or 'none'}")
    return (
        "What the sides prefer is uncertain, so that an equilibrium has a probability. Most probable, over "
        f"{chances.draws:,} draws: {'. '.join(told)}. The verdicts and the picture are those with every weight at its "
        "median and the likeliest alternatives."
    )


def _wishes(contest: Contest, noun: Conflict) -> Iterator[Block]:
    """What each side prefers and what that rests on, where it has evidence or a note of its own."""
    rows = []
    for path, wish in noun.wishes():
        for where, each in forms_of(path, wish).items():
            if not (wish.note or each.note or wish.evidence or each.evidence):
                continue
            who = contest.actor_name(path[-1])
            who = f"{who}, as {contest.actor_name(path[1])} believes" if path[0] == "believes" else who
            if where != path:
                who += f", alternative {int(where[-1]) + 1}"
            why = " ".join(note for note in dict.fromkeys((wish.note, each.note)) if note)
            rows.append(Row((who, _form(each), why, evidence(dict.fromkeys((*wish.evidence, *each.evidence))))))
    if rows:
        titles = ("Whose preferences", "As written", "Why", "Evidence")
        yield Table(tuple(Column(title) for title in titles), tuple(rows), "What the preferences rest on.")


def _form(wish: Wish) -> str:
    share = getattr(wish, "probability", None)
    chance = f"probability {share.value}: " if share is not None else ""
    if wish.weights:
        return chance + "; ".join(f"{condition} {weight.value}" for condition, weight in wish.weights.items())
    return chance + ", then ".join(map(str, wish.statements or wish.ranking))


def _told(graph: StateGraph, verdicts: Stability) -> str:
    """The equilibria in plain words."""
    nash = verdicts.equilibria("nash")
    states = "; ".join(f"{state + 1} ({_spelled(graph, state)})" for state in nash[:6])
    more = f" and {len(nash) - 6} more" if len(nash) > 6 else ""
    first = (
        f"In {count(len(nash), 'state')} {MEANINGS['nash']}: {states}{more}."
        if nash
        else "No state is safe from moves."
    )
    looking = [state for state in verdicts.equilibria("seq") if state not in nash]
    second = ""
    if looking:
        named = ", ".join(str(state + 1) for state in looking[:12])
        second = f" Who looks one answer ahead also stays in {named}: there {MEANINGS['seq']}."
    start = ""
    if graph.status_quo is not None:
        safe = [
            name.upper() if name != "nash" else "Nash"
            for name in CONCEPTS
            if graph.status_quo in verdicts.equilibria(name)
        ]
        start = f" Things stand in state {graph.status_quo + 1}, " + (
            f"stable in the sense of {', '.join(safe)}." if safe else "which is stable in no sense."
        )
    return first + second + start


def _spelled(graph: StateGraph, state: int) -> str:
    return ", ".join(map(words_of, graph.taken(state))) or "nothing done"


def _key(contest: Contest, graph: StateGraph) -> Iterator[tuple[str, str]]:
    yield from zip(
        ("blue, full:", "red, dashed:", "brown, dotted:", "grey, dash and dot:"),
        map(contest.actor_name, graph.decision_makers),
        strict=False,
    )


def _table(graph: StateGraph, verdicts: Stability, chances: Chances | None) -> Table:
    titles = ("What is done", "Safe for, by moves alone", "Equilibrium")
    columns = (Column("State", True), *(Column(title) for title in titles))
    if chances is not None:
        columns += tuple(Column(f"Pr. {KINDS[name]}", True) for name in CONCEPTS)
    rows = []
    for state in range(graph.size):
        safe = [who for who, row in zip(verdicts.players, verdicts.stable["nash"], strict=True) if row[state]]
        kinds = [name for name in CONCEPTS if state in verdicts.equilibria(name)]
        here = " (now)" if state == graph.status_quo else ""
        cells: tuple[str | tuple[Inline, ...], ...] = (
            f"{state + 1}{here}",
            _spelled(graph, state),
            ", ".join(safe) or "nobody",
            ", ".join("Nash" if kind == "nash" else kind.upper() for kind in kinds) or "none",
        )
        if chances is not None:
            cells += tuple(percent(float(chances.probability[name][state])) for name in CONCEPTS)
        rows.append(Row(cells))
    told = "; ".join(f"{'Nash' if name == 'nash' else name.upper()}: {text}" for name, text in MEANINGS.items())
    shares = "" if chances is None else " Pr.: probability, over all draws, that the state is such an equilibrium."
    return Table(columns, tuple(rows), f"The states of the conflict. {told}.{shares}")


def picture(graph: StateGraph, verdicts: Stability) -> Svg:
    """States on a ring, and the improvements of each decision maker between them.

    Parameters
    ----------
    graph : of at most :data:`MOST_DRAWN` states.
    verdicts : its stability.
    """
    canvas = Canvas(SIDE, SIDE)
    places = [
        (SIDE / 2 + RADIUS * sin(2 * pi * state / graph.size), SIDE / 2 - RADIUS * cos(2 * pi * state / graph.size))
        for state in range(graph.size)
    ]
    for maker, look in zip(range(len(graph.decision_makers)), LOOKS, strict=False):
        wish = graph.preferences[maker]
        for state in range(graph.size):
            for end in graph.moves(maker, state):
                if wish.prefers(end, state):
                    _arrow(canvas, look, places[state], places[end], maker)
    nash = set(verdicts.equilibria("nash"))
    other = {state for name in CONCEPTS for state in verdicts.equilibria(name)} - nash
    for state, (x, y) in enumerate(places):
        if state == graph.status_quo:
            side = 2 * DOT + 12
            canvas.draw("rect", "ring", x=x - side / 2, y=y - side / 2, width=side, height=side)
        if state in other:
            canvas.draw("circle", "ring", cx=x, cy=y, r=DOT + 4)
        canvas.draw("circle", "state nash" if state in nash else "state", cx=x, cy=y, r=DOT)
        canvas.write(str(state + 1), "tick strong", x, y + 4, text_anchor="middle")
    return canvas.done()


def _arrow(canvas: Canvas, look: str, start: tuple[float, float], end: tuple[float, float], maker: int) -> None:
    """A bent line from the rim of one state to that of another, with a small head."""
    (x1, y1), (x2, y2) = start, end
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    x1, y1, x2, y2 = x1 + ux * DOT, y1 + uy * DOT, x2 - ux * (DOT + 3), y2 - uy * (DOT + 3)
    bend = 10.0 + 8 * maker
    cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    canvas.draw("path", look, d=f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}")
    dx, dy = x2 - cx, y2 - cy
    size = max((dx**2 + dy**2) ** 0.5, 1.0)
    dx, dy = dx / size * 7, dy / size * 7
    one = f"M{x2 - dx - dy / 2:.1f} {y2 - dy + dx / 2:.1f}"
    canvas.draw("path", f"{look} head", d=f"{one}L{x2:.1f} {y2:.1f}L{x2 - dx + dy / 2:.1f} {y2 - dy - dx / 2:.1f}")
