"""Which stage comes after which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from realpolitik.contest.expression import names
from realpolitik.contest.pathway import Stage

__all__ = ["cycles", "order_stages"]


def _needs(name: str, stage: Stage, stages: Mapping[str, Stage]) -> list[str]:
    guards = [stage.when, *stage.start.values(), *(effect.when for effect in stage.effects)]
    used = {ref.name.split(".")[0] for guard in guards if guard is not None for ref in names(guard)}
    return [other for other in stages if other in used]


def order_stages(stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """Stages such that each comes after those that its conditions name; the given order breaks ties.

    Stages in a circle are left out; :func:`faults_of` reports them.
    """
    order: list[str] = []
    waiting = list(stages)
    ready = partial(_is_ready, stages, order)
    while chosen := next(filter(ready, waiting), None):
        waiting.remove(chosen)
        order.append(chosen)
    return tuple(order)


def _is_ready(stages: Mapping[str, Stage], order: list[str], name: str) -> bool:
    return all(other in order for other in _needs(name, stages[name], stages))


def cycles(stages: Mapping[str, Stage]) -> Iterator[tuple[str, ...]]:
    """Each circle of stages once, as found by following what a stuck stage waits for."""
    stuck = [name for name in stages if name not in order_stages(stages)]
    reported: set[str] = set()
    for start in stuck:
        trail = [start]
        while trail[-1] not in trail[:-1]:
            trail.append(next(other for other in _needs(trail[-1], stages[trail[-1]], stages) if other in stuck))
        circle = tuple(trail[trail.index(trail[-1]) : -1])
        if not reported & set(circle):
            reported.update(circle)
            yield circle
