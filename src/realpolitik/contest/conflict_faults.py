"""Conflicts: decision makers and options exist, states are possible, preferences cover them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from realpolitik.contest.conflict import Conflict, Preferences, Wish
from realpolitik.contest.named import Path, unknown
from realpolitik.contest.states import MOST_OPTIONS, Counts, holds, ranking_faults, spelled
from realpolitik.errors import Fault

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["conflict_faults", "feasible", "forms_of", "start_of"]


def conflict_faults(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, conflict in contest.conflicts.items():
        for fault in _faults(conflict, known["actors"]):
            yield Fault(("conflicts", name, *fault.path), fault.message)


def _faults(conflict: Conflict, actors: set[str]) -> Iterator[Fault]:
    makers = conflict.decision_makers
    owner: dict[str, str] = {}
    broken = False
    for maker, options in makers.items():
        yield from unknown(("decision_makers", maker), "actor", maker, actors)
        for option in options:
            if spelled(option) in owner:
                broken = True
                text = f"option '{option}' belongs to '{owner[spelled(option)]}' already; give each its own name"
                yield Fault(("decision_makers", maker), text)
            owner.setdefault(spelled(option), maker)
    yield from _makers(conflict)
    for option in (*conflict.one_way, *conflict.dependent):
        section = "one_way" if option in conflict.one_way else "dependent"
        found = list(unknown((section, option), "option", spelled(option), owner))
        broken = broken or bool(found)
        yield from found
    if len(owner) > MOST_OPTIONS:
        yield Fault(("decision_makers",), f"{len(owner)} options; at most {MOST_OPTIONS} are allowed.")
        return
    if broken:
        return
    yield from _states(conflict)


def _makers(conflict: Conflict) -> Iterator[Fault]:
    """Whoever is named as a decision maker is one, and each has preferences."""
    makers = conflict.decision_makers
    named: list[tuple[Path, str]] = [((section, key), key) for section in ("preferences", "believes", "unseen")
                                     for key in getattr(conflict, section)]  # fmt: skip
    named += [(("believes", who, key), key) for who, views in conflict.believes.items() for key in views]
    named += [(("coalitions", i), each) for i, group in enumerate(conflict.coalitions) for each in group]
    for path, maker in named:
        yield from unknown(path, "decision maker", maker, makers)
    missing = [maker for maker in makers if maker not in conflict.preferences]
    if missing:
        yield Fault(("preferences",), f"no preferences for {', '.join(missing)}")
    for maker, views in conflict.believes.items():
        if maker in views:
            yield Fault(("believes", maker, maker), f"'{maker}' knows what it prefers itself; say it in 'preferences'")
    members = [each for group in conflict.coalitions for each in group]
    for maker in sorted({each for each in members if members.count(each) > 1}):
        yield Fault(("coalitions",), f"'{maker}' stands there twice; each belongs to one coalition at most")
    if conflict.coalitions and conflict.believes:
        yield Fault(("coalitions",), "coalitions whose members see different conflicts are not worked out; drop one")


def _states(conflict: Conflict) -> Iterator[Fault]:
    faults: list[Fault] = []
    states = feasible(conflict, faults)
    if not faults and not len(states):
        faults.append(Fault(("infeasible",), "no state is left; check the conditions"))
    wrong = bool(faults)
    if not wrong:
        start_of(conflict, states, faults)
    nothing = np.zeros(1, dtype=np.int64)
    for maker, conditions in conflict.unseen.items():
        for index, condition in enumerate(conditions):
            holds(condition, nothing, conflict.options, faults, ("unseen", maker, index))
    for path, wish in conflict.wishes():
        for where, each in forms_of(path, wish).items():
            _conditions(conflict, where, each, faults)
            if each.ranking and not wrong:
                ranked = ranking_faults(each.ranking, len(states), each.unknown)
                faults += [Fault((*where, "ranking"), fault.message) for fault in ranked]
            if each.unknown and conflict.unknown_counts_as is None:
                text = (
                    f"{path[-1]} cannot compare some states; say how that counts, in 'unknown_counts_as': a, b, c or d"
                )
                faults.append(Fault((*where, "unknown"), text))
    yield from faults


def forms_of(path: Path, wish: Preferences) -> Mapping[Path, Wish]:
    """The preference itself, or its alternatives, by where they stand."""
    return {(*path, "either", index): each for index, each in enumerate(wish.either)} or {path: wish}


def _conditions(conflict: Conflict, path: Path, wish: Wish, faults: list[Fault]) -> None:
    nothing = np.zeros(1, dtype=np.int64)
    for index, condition in enumerate(wish.statements):
        holds(condition, nothing, conflict.options, faults, (*path, "statements", index))
    for condition in wish.weights:
        holds(condition, nothing, conflict.options, faults, (*path, "weights", condition))


def feasible(conflict: Conflict, faults: list[Fault]) -> Counts:
    """Masks of the feasible states, ascending, the first option as the lowest bit."""
    options = conflict.options
    cube = np.arange(1 << len(options), dtype=np.int64)
    possible = np.ones(len(cube), dtype=np.bool_)
    for index, condition in enumerate(conflict.infeasible):
        possible &= ~holds(condition, cube, options, faults, ("infeasible", index))
    names = [spelled(option) for option in options]
    for option, condition in conflict.dependent.items():
        bit = 1 << names.index(spelled(option))
        possible &= holds(condition, cube, options, faults, ("dependent", option)) | (cube & bit == 0)
    return cube[possible]


def start_of(conflict: Conflict, states: Counts, faults: list[Fault]) -> int:
    """Mask of the status quo; what is wrong with it is added to ``faults``."""
    names, given = [spelled(option) for option in conflict.options], conflict.status_quo_text
    path: Path = ("status_quo",)
    if given is None:
        return 0
    if isinstance(given, str):
        return _described(conflict, states, given, faults)
    mask = 0
    for index, option in enumerate(given):
        missing = list(unknown((*path, index), "option", spelled(option), names))
        faults += missing
        mask |= 0 if missing else 1 << names.index(spelled(option))
    if not faults and mask not in states:
        faults.append(Fault(path, "is a state that 'infeasible' or 'dependent' rules out"))
    return mask


def _described(conflict: Conflict, states: Counts, condition: str, faults: list[Fault]) -> int:
    where = holds(condition, states, conflict.options, faults, ("status_quo",))
    if not faults and where.sum() != 1:
        text = f"'{condition}' is true of {where.sum()} feasible states; it must be one"
        faults.append(Fault(("status_quo",), text))
    return int(states[np.argmax(where)]) if len(states) else 0
