"""What the graph model reads: who can take which options, which states can be, and who prefers what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from realpolitik.contest.conflict import Direction
from realpolitik.contest.states import MOST_OPTIONS, holds, spelled
from realpolitik.errors import ContestError, Fault, ModelError, nearest
from realpolitik.models.arrays import Bools, Counts, named, refuse
from realpolitik.models.conflict.preferences import Preference, ranked, stated, weighed

__all__ = ["MOST_OPTIONS", "Direction", "StateGraph"]


@dataclass(frozen=True, eq=False)
class StateGraph:
    """A conflict: states, the moves of each decision maker between them, and preferences.

    A state is a bit mask, the first option the lowest bit. A decision maker moves by changing any of its own
    options at once, to a feasible state. So its moves are transitive, and what several can reach together by legal
    sequences (nobody twice in a row) is what any sequence of theirs reaches.
    """

    decision_makers: tuple[str, ...]
    """Names."""

    options: tuple[str, ...]
    """Names, in the order of the bits."""

    owner: Counts
    """int[options]: index of the decision maker whose option it is."""

    states: Counts
    """int[states]: masks of the feasible states, ascending; state number k is ``states[k - 1]``."""

    preferences: tuple[Preference, ...]
    """By decision maker."""

    keeps: int = 0
    """Mask of the options that cannot be given up."""

    drops: int = 0
    """Mask of the options that cannot be taken up again."""

    seen: Bools | None = None
    """bool[decision makers, states]: which states each perceives; it has no moves into or out of the others."""

    status_quo: int | None = None
    """Index of the state in which things are."""

    @classmethod
    def build(
        cls,
        decision_makers: Mapping[str, Sequence[str]],
        preferences: Mapping[str, Any] | None = None,
        *,
        statements: Mapping[str, Sequence[str]] | None = None,
        weights: Mapping[str, Mapping[str, float]] | None = None,
        infeasible: Sequence[str] = (),
        dependent: Mapping[str, str] | None = None,
        one_way: Mapping[str, Direction] | None = None,
        unknown: Mapping[str, Sequence[int]] | None = None,
        unseen: Mapping[str, Sequence[str]] | None = None,
        status_quo: str | Sequence[str] | None = None,
    ) -> StateGraph:
        """Build a conflict from what an analyst writes. Conditions are patterns or expressions.

        Parameters
        ----------
        decision_makers : options by decision maker.
        preferences : rankings of state numbers, best first, see :func:`ranked`.
        statements : instead, by decision maker: conditions it wants to hold, the most important first.
        weights : instead, by decision maker: a number by condition.
        infeasible : conditions that no state may meet.
        dependent : options that can only be taken where the condition holds.
        one_way : options that go one way only.
        unknown : by decision maker with a ranking: states that it cannot compare with others.
        unseen : by decision maker: conditions on states that it does not perceive.
        status_quo : options taken at the start, or a pattern without '-'.

        Raises
        ------
        ContestError : with all faults that were found.

        Examples
        --------
        >>> dilemma = StateGraph.build(
        ...     {"one": ["cooperate"], "two": ["comply"]}, {"one": [3, 4, 1, 2], "two": [2, 4, 1, 3]}
        ... )
        >>> [dilemma.letters(state) for state in range(4)]
        ['NN', 'YN', 'NY', 'YY']
        """
        frame = cls.frame(
            decision_makers, infeasible=infeasible, dependent=dependent, one_way=one_way, unseen=unseen,
            status_quo=status_quo,
        )  # fmt: skip
        faults: list[Fault] = []
        given = {"preferences": preferences or {}, "statements": statements or {}, "weights": weights or {}}
        wishes = _preferences(frame.decision_makers, frame.options, frame.states, given, unknown or {}, faults)
        refuse(faults)
        return frame.with_preferences(wishes)

    @classmethod
    def frame(
        cls,
        decision_makers: Mapping[str, Sequence[str]],
        *,
        infeasible: Sequence[str] = (),
        dependent: Mapping[str, str] | None = None,
        one_way: Mapping[str, Direction] | None = None,
        unseen: Mapping[str, Sequence[str]] | None = None,
        status_quo: str | Sequence[str] | None = None,
    ) -> StateGraph:
        """Build a conflict in which nobody prefers anything, for preferences that differ between draws.

        Parameters and errors are those of :meth:`build`.
        """
        faults: list[Fault] = []
        options = tuple(str(option) for group in decision_makers.values() for option in group)
        named("decision_makers", tuple(decision_makers), faults)
        named("options", [spelled(option) for option in options], faults)
        for maker, group in decision_makers.items():
            if not group:
                faults.append(Fault(("decision_makers", maker), "has no options."))
        if len(options) > MOST_OPTIONS:
            faults.append(Fault(("decision_makers",), f"{len(options)} options; at most {MOST_OPTIONS} are allowed."))
        refuse(faults)
        cube = np.arange(1 << len(options), dtype=np.int64)
        possible = np.ones(len(cube), dtype=np.bool_)
        for index, condition in enumerate(infeasible):
            possible &= ~holds(condition, cube, options, faults, ("infeasible", index))
        for option, condition in (dependent or {}).items():
            if bit := _bit(option, options, faults, ("dependent", option)):
                possible &= holds(condition, cube, options, faults, ("dependent", option)) | (cube & bit == 0)
        ways = {"forward": 0, "backward": 0}
        for option, way in (one_way or {}).items():
            bit = _bit(option, options, faults, ("one_way", option))
            if way not in ways:
                faults.append(Fault(("one_way", option), f"found {way!r}, expected forward or backward."))
                continue
            ways[way] |= bit
        states = cube[possible]
        if not len(states) and not faults:
            faults.append(Fault(("infeasible",), "no state is left; check the conditions."))
        refuse(faults)
        owner = np.repeat(np.arange(len(decision_makers)), [len(group) for group in decision_makers.values()])
        seen = _seen(tuple(decision_makers), options, states, unseen or {}, faults)
        start = _start(status_quo, options, states, faults)
        refuse(faults)
        flat = Preference(np.zeros((1, len(states)), dtype=np.int64), np.zeros(len(states), dtype=np.int64))
        wishes = (flat,) * len(decision_makers)
        return cls(
            tuple(decision_makers), options, owner, states, wishes, ways["forward"], ways["backward"], seen, start
        )

    @property
    def size(self) -> int:
        """Number of feasible states."""
        return len(self.states)

    @cached_property
    def blocks(self) -> Counts:
        """int[decision makers]: mask of the options of each."""
        bits = np.int64(1) << np.arange(len(self.options), dtype=np.int64)
        return np.array([bits[self.owner == maker].sum() for maker in range(len(self.decision_makers))], dtype=np.int64)

    @cached_property
    def index(self) -> Counts:
        """int[2 ** options]: index of the state with this mask; -1 where it is infeasible."""
        found = np.full(1 << len(self.options), -1, dtype=np.int64)
        found[self.states] = np.arange(self.size)
        return found

    @cached_property
    def perceived(self) -> Bools:
        """bool[decision makers, states]: ``seen``, or true everywhere."""
        return np.ones((len(self.decision_makers), self.size), dtype=np.bool_) if self.seen is None else self.seen

    def letters(self, state: int) -> str:
        """One letter for each option, Y where it is taken, of the state with this index."""
        mask = int(self.states[state])
        return "".join("Y" if mask >> bit & 1 else "N" for bit in range(len(self.options)))

    def taken(self, state: int) -> tuple[str, ...]:
        """Names of the options taken in the state with this index."""
        return tuple(o for o, letter in zip(self.options, self.letters(state), strict=True) if letter == "Y")

    def maker(self, name: str) -> int:
        """Index of a decision maker.

        Raises
        ------
        ContestError : there is none of this name.
        """
        if name not in self.decision_makers:
            raise ContestError(f"There is no decision maker '{name}'. {nearest(name, self.decision_makers)}")
        return self.decision_makers.index(name)

    def moves(self, maker: int, state: int) -> Iterator[int]:
        """Indices of the states to which one decision maker can move from a state, in ascending order."""
        if not self.perceived[maker, state]:
            return
        block, mask = int(self.blocks[maker]), int(self.states[state])
        part = 0
        while True:
            end = (mask & ~block) | part
            found = int(self.index[end])
            free = mask & ~end & self.keeps == 0 and end & ~mask & self.drops == 0
            if end != mask and found >= 0 and free and self.perceived[maker, found]:
                yield found
            if part == block:
                return
            part = (part - block) & block

    def with_preferences(self, preferences: Sequence[Preference]) -> StateGraph:
        """The same conflict with other preferences, in the order of the decision makers."""
        other = replace(self, preferences=tuple(preferences))
        kept = {name: getattr(self, name) for name in ("blocks", "index", "perceived")}  # none depends on preferences
        other.__dict__.update(kept)
        return other

    def ranks(self) -> Counts:
        """int[decision makers, states]: how high each ranks each state.

        Raises
        ------
        ModelError : some comparison is unknown.
        """
        for name, preference in zip(self.decision_makers, self.preferences, strict=True):
            if not preference.is_complete:
                raise ModelError(f"{name} cannot compare some states. Say how unknown comparisons count: unknown='a'.")
        return np.concatenate([preference.level for preference in self.preferences])


def _bit(option: str, options: Sequence[str], faults: list[Fault], path: tuple[str | int, ...]) -> int:
    known = [spelled(name) for name in options]
    if spelled(option) in known:
        return 1 << known.index(spelled(option))
    faults.append(Fault(path, f"there is no option '{option}'. {nearest(option, options)}"))
    return 0


def _preferences(
    makers: Sequence[str],
    options: Sequence[str],
    states: Counts,
    given: Mapping[str, Mapping[str, Any]],
    unknown: Mapping[str, Sequence[int]],
    faults: list[Fault],
) -> tuple[Preference, ...]:
    def truth(condition: str, path: tuple[str | int, ...]) -> Bools:
        return holds(condition, states, options, faults, path)

    def read(kind: str, maker: str) -> Preference:
        wish, path = given[kind][maker], (kind, maker)
        if kind == "preferences":
            return ranked(wish, len(states), unknown=unknown.get(maker, ()))
        if kind == "weights":
            return weighed(wish, lambda condition: truth(condition, (*path, condition)))
        return stated(truth(condition, (*path, index)) for index, condition in enumerate(wish))

    found: list[Preference] = []
    _known(makers, {**given, "unknown": unknown}, faults)
    for maker in makers:
        kinds = [kind for kind, wishes in given.items() if maker in wishes]
        if len(kinds) != 1:
            what = " and ".join(kinds) if kinds else "nothing"
            text = f"'{maker}' needs exactly one of preferences, statements and weights; found {what}."
            faults.append(Fault(("preferences",), text))
        else:
            _collect(lambda: found.append(read(kinds[0], maker)), (kinds[0], maker), faults)  # noqa: B023
    for maker in unknown:
        if maker in makers and maker not in given["preferences"]:
            faults.append(Fault(("unknown", maker), "only a ranking can leave states uncompared."))
    return tuple(found)


def _collect(step: Callable[[], None], path: tuple[str | int, ...], faults: list[Fault]) -> None:
    """Take a step; put its faults, with their place, to the others."""
    try:
        step()
    except ContestError as error:
        faults += [Fault((*path, *fault.path), fault.message) for fault in error.faults]


def _known(makers: Sequence[str], sections: Mapping[str, Mapping[str, Any]], faults: list[Fault]) -> None:
    for section, entries in sections.items():
        for maker in entries:
            if maker not in makers:
                text = f"there is no decision maker '{maker}'. {nearest(maker, makers)}"
                faults.append(Fault((section, maker), text))


def _seen(
    makers: Sequence[str],
    options: Sequence[str],
    states: Counts,
    unseen: Mapping[str, Sequence[str]],
    faults: list[Fault],
) -> Bools | None:
    if not unseen:
        return None
    _known(makers, {"unseen": unseen}, faults)
    seen = np.ones((len(makers), len(states)), dtype=np.bool_)
    for row, maker in enumerate(makers):
        for index, condition in enumerate(unseen.get(maker, ())):
            seen[row] &= ~holds(condition, states, options, faults, ("unseen", maker, index))
    return seen


def _start(
    status_quo: str | Sequence[str] | None, options: Sequence[str], states: Counts, faults: list[Fault]
) -> int | None:
    if status_quo is None:
        return None
    path = ("status_quo",)
    if isinstance(status_quo, str):
        where = holds(status_quo, states, options, faults, path)
        if faults:
            return None
        if where.sum() != 1:
            faults.append(Fault(path, f"'{status_quo}' is true of {where.sum()} feasible states; it must be one."))
            return None
        return int(np.argmax(where))
    mask = 0
    for option in status_quo:
        mask |= _bit(option, options, faults, path)
    place = int(np.searchsorted(states, mask))
    if place < len(states) and states[place] == mask:
        return place
    faults.append(Fault(path, "is a state that 'infeasible' rules out."))
    return None
