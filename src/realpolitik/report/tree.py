"""Stages in layers, from the first at the top to the outcomes at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from realpolitik.report.blocks import Svg
from realpolitik.report.svg import Canvas, clip, wrap

__all__ = ["Entry", "Node", "layers", "tree"]

WIDTH, GAP, RISE = 196.0, 10.0, 46.0
"""Width of a box, space between boxes of a layer, space between layers, in pixels."""

PAD, LINE = 11.0, 16.0
"""Inner margin and height of a line, in pixels."""

TITLE, GUARD, ENTRY, RESULT, BESIDE = 22, 26, 13, 18, 24
"""Characters across a box: of the title, the condition, the name of a result beside its number, the number, and the
name and the number together."""

THICKEST, THINNEST, SWAY = 7.0, 0.8, 1.2
"""Widths of lines in pixels: into a stage that takes place in every draw, in hardly any, and of an effect."""


@dataclass(frozen=True)
class Entry:
    """A result of a stage."""

    name: str
    text: str
    share: float | None = None
    """Length of the bar behind it; None for a number."""


@dataclass(frozen=True)
class Node:
    """A stage or an outcome."""

    title: str
    guard: str
    """Its condition; empty for none."""

    share: float
    """Probability that it takes place."""

    entries: tuple[Entry, ...]
    parents: tuple[str, ...]
    """Names of the nodes that its condition names."""

    end: bool = False
    """Whether it is an outcome."""

    swayed_by: tuple[str, ...] = ()
    """Names of the nodes that its effects name: they change its inputs, not whether it takes place."""


@dataclass(frozen=True)
class _Box:
    title: Sequence[str]
    guard: Sequence[str]
    height: float


def layers(parents: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Layer of each node: one below its lowest parent, 0 without parents."""
    found: dict[str, int] = {}
    for name in _ordered(parents):
        found[name] = max((found[parent] + 1 for parent in parents[name]), default=0)
    return found


def _ordered(parents: Mapping[str, Sequence[str]]) -> list[str]:
    done: dict[str, None] = {}
    while len(done) < len(parents):
        done.update({name: None for name, mine in parents.items() if all(parent in done for parent in mine)})
    return list(done)


def tree(nodes: Mapping[str, Node], most: int | None = None) -> Svg:
    """Boxes in layers, joined by edges as thick as the lower box is likely.

    Parameters
    ----------
    most : boxes side by side; a wider layer takes several rows.
    """
    parents = {name: (*node.parents, *node.swayed_by) for name, node in nodes.items()}
    layer = layers(parents)
    last = max(layer.values())
    rows = [[name for name in nodes if _row(nodes[name], layer[name], last) == index] for index in range(last + 2)]
    rows = _untangled([row for row in rows if row], parents)
    rows = [row[start : start + (most or len(row))] for row in rows for start in range(0, len(row), most or len(row))]
    boxes = {name: _box(node) for name, node in nodes.items()}
    width = max(len(row) for row in rows) * (WIDTH + GAP) - GAP
    places, top = {}, 6.0
    for row in rows:
        left = (width - len(row) * (WIDTH + GAP) + GAP) / 2
        places.update({name: (left + index * (WIDTH + GAP), top) for index, name in enumerate(row)})
        top += max(boxes[name].height for name in row) + RISE
    canvas = Canvas(top - RISE + 6, width + 8, -4)
    for name, mine in parents.items():
        for parent in mine:
            sways = parent not in nodes[name].parents
            _edge(canvas, places[parent], boxes[parent].height, places[name], SWAY if sways else _thick(nodes[name]))
    for name, node in nodes.items():
        _draw(canvas, node, boxes[name], *places[name])
    return canvas.done()


def _row(node: Node, layer: int, last: int) -> int:
    return last + 1 if node.end else layer


def _untangled(rows: list[list[str]], parents: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Put each node of a row near the mean place of its parents; ties keep their order."""
    place = {name: (index + 0.5) / len(row) for row in rows for index, name in enumerate(row)}
    found = rows[:1]
    for row in rows[1:]:
        wanted = {name: _mean([place[parent] for parent in parents[name]], place[name]) for name in row}
        found.append(sorted(row, key=lambda name: wanted[name]))
        place.update({name: (index + 0.5) / len(row) for index, name in enumerate(found[-1])})
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _box(node: Node) -> _Box:
    title, guard = wrap(node.title, TITLE, 3), wrap(node.guard, GUARD, 3) if node.guard else ()
    height = 2 * PAD + LINE * len(title) + 14 * len(guard) + sum(_tall(entry) for entry in node.entries) + 2
    return _Box(title, guard, height)


def _edge(canvas: Canvas, start: tuple[float, float], height: float, end: tuple[float, float], thick: float) -> None:
    x1, y1 = start[0] + WIDTH / 2, start[1] + height
    x2, y2 = end[0] + WIDTH / 2, end[1]
    bend = (y2 - y1) / 2
    path = f"M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"
    canvas.draw("path", "sway" if thick == SWAY else "edge", d=path, stroke_width=thick)


def _thick(node: Node) -> float:
    return max(THICKEST * node.share, THINNEST)


def _draw(canvas: Canvas, node: Node, box: _Box, x: float, y: float) -> None:
    rounding = 12 if node.end else 3
    canvas.draw("rect", "box end" if node.end else "box", x=x, y=y, width=WIDTH, height=box.height, rx=rounding)
    canvas.lines(box.title, "label", x + PAD, y + PAD + 11, LINE)
    below = y + PAD + LINE * len(box.title)
    canvas.lines(box.guard, "guard", x + PAD, below + 10, 14)
    below += 14 * len(box.guard) + 4
    for entry in node.entries:
        _entry(canvas, entry, x + PAD, below)
        below += _tall(entry)


def _tall(entry: Entry) -> float:
    """A result that is long stands above its number."""
    beside = len(entry.name) <= ENTRY and len(entry.name) + len(clip(entry.text, RESULT)) <= BESIDE
    return LINE + 5 if beside else 2 * LINE + 3


def _entry(canvas: Canvas, entry: Entry, x: float, y: float) -> None:
    inner = WIDTH - 2 * PAD
    canvas.write(clip(entry.name, GUARD - 2), "entry", x, y + 11)
    y += _tall(entry) - LINE - 5
    if entry.share is not None:
        canvas.draw("rect", "track", x=x, y=y + LINE - 1, width=inner, height=3, rx=1.5)
        canvas.draw("rect", "bar", x=x, y=y + LINE - 1, width=inner * entry.share, height=3, rx=1.5)
    canvas.write(clip(entry.text, RESULT), "entry number", x + inner, y + 11, text_anchor="end")
