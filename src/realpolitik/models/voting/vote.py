"""A vote that was taken or sampled, bloc by bloc, and what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import Fault
from realpolitik.models.arrays import Bools, Counts, draws_of, named, refuse, whole

__all__ = ["Vote"]


@dataclass(frozen=True, eq=False)
class Vote:
    """Who came and how they voted, in every draw; the totals and the decision follow.

    Raises
    ------
    ContestError : a shape or a name is wrong, more members than seats, or more votes than members.
    """

    blocs: tuple[str, ...]
    """Names, in the order of the arrays."""

    total_seats: int
    """All seats of the chamber."""

    rule: DecisionRule
    """When the chamber can decide, and when it has."""

    present_by_bloc: Counts
    """int[draws, blocs]: members in the room."""

    yes_by_bloc: Counts
    """int[draws, blocs]: votes for."""

    no_by_bloc: Counts
    """int[draws, blocs]: votes against."""

    method: str
    """Where the counts come from, e.g. ``recorded`` or how they were sampled."""

    chair_says_yes: Bools | None = None
    """bool[draws]: whether the presiding officer breaks a tie in favour; None: the rule says what a tie does."""

    second: Vote | None = None
    """The second reading, where there is one: the motion must pass both. Counts and margins above and below are those
    of the first."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        blocs = named("blocs", self.blocs, faults)
        refuse(faults)
        cells = (("draw", draws_of(self.present_by_bloc)), ("bloc", blocs))
        labels = ("present_by_bloc", "yes_by_bloc", "no_by_bloc")
        present, yes, no = (whole(label, getattr(self, label), cells, faults) for label in labels)
        refuse(faults)
        if (yes + no > present).any():
            draw, bloc = np.argwhere(yes + no > present)[0]
            text = f"bloc '{blocs[bloc]}', draw {draw}: more votes than members present."
            faults.append(Fault(("yes_by_bloc",), text))
        if (most := int(present.sum(axis=1).max())) > self.total_seats:
            text = f"{most} members present, but {self.total_seats} seats."
            faults.append(Fault(("present_by_bloc",), text))
        if self.chair_says_yes is not None and np.shape(self.chair_says_yes) != present.shape[:1]:
            faults.append(Fault(("chair_says_yes",), f"expected one truth for each of {len(present)} draws."))
        refuse(faults)
        for name, value in zip(("blocs", *labels), (blocs, present, yes, no), strict=True):
            object.__setattr__(self, name, value)

    @classmethod
    def recorded(cls, counts: Mapping[str, tuple[int, int, int]], *, total_seats: int, rule: DecisionRule) -> Vote:
        """Build a vote of one draw from a record.

        Parameters
        ----------
        counts : by bloc, the members present, voting yes and voting no.

        Examples
        --------
        >>> rule = DecisionRule.parse(passes="majority of present")
        >>> turkey = Vote.recorded({"assembly": (533, 264, 250)}, total_seats=550, rule=rule)
        >>> bool(turkey.passed[0]), int(turkey.margin[0])
        (False, -3)
        """
        table = np.array(list(counts.values()), dtype=np.int64).reshape(-1, 3).T[:, np.newaxis, :]
        present, yes, no = table
        return cls(tuple(counts), total_seats, rule, present, yes, no, "recorded")

    @cached_property
    def present(self) -> Counts:
        """int[draws]: members in the room."""
        return _total(self.present_by_bloc)

    @cached_property
    def yes(self) -> Counts:
        """int[draws]: votes for."""
        return _total(self.yes_by_bloc)

    @cached_property
    def no(self) -> Counts:
        """int[draws]: votes against."""
        return _total(self.no_by_bloc)

    @cached_property
    def abstain(self) -> Counts:
        """int[draws]: members who were present and did not vote."""
        return self.present - self.yes - self.no

    @cached_property
    def quorate(self) -> Bools:
        """bool[draws]: whether enough members took part."""
        return self.rule.quorate(yes=self.yes, no=self.no, present=self.present, seats=self.total_seats)

    @cached_property
    def passed(self) -> Bools:
        """bool[draws]: whether there was a quorum and the motion was carried, in every reading."""
        first = self.decided(yes=self.yes, no=self.no, present=self.present)
        return first if self.second is None else first & self.second.passed

    @property
    def readings(self) -> tuple[Vote, ...]:
        """Each reading as a vote by itself."""
        return (self,) if self.second is None else (replace(self, second=None), self.second)

    @cached_property
    def margin(self) -> Counts:
        """int[draws]: yes votes beyond the number needed at this attendance; negative if short of it."""
        return self.yes - self.needed(yes=self.yes, no=self.no, present=self.present)

    def needed(self, *, yes: Counts, no: Counts, present: Counts) -> Counts:
        """Yes votes that would carry the motion at other counts; counts int[draws] or int[draws, anything]."""
        counts = {"yes": yes, "no": no, "present": present}
        by_rule = self.rule.yes_needed(**counts, seats=self.total_seats)
        if self.chair_says_yes is None:
            return by_rule
        shape = (-1,) + (1,) * (yes.ndim - 1)
        generous = replace(self.rule, ties="pass").yes_needed(**counts, seats=self.total_seats)
        return np.where(self.chair_says_yes.reshape(shape), generous, by_rule)

    def decided(self, *, yes: Counts, no: Counts, present: Counts) -> Bools:
        """Whether the motion would pass this reading at other counts; counts int[draws] or int[draws, anything]."""
        quorate = self.rule.quorate(yes=yes, no=no, present=present, seats=self.total_seats)
        return quorate & (yes >= self.needed(yes=yes, no=no, present=present))

    @cached_property
    def quorum_margin(self) -> Counts:
        """int[draws]: members who counted towards the quorum beyond those needed; negative if short of it."""
        return _total(self.counted_by_bloc) - self.rule.quorum_needed(seats=self.total_seats)

    @property
    def counted_by_bloc(self) -> Counts:
        """int[draws, blocs]: members who count towards the quorum."""
        present_counts = self.rule.quorum_counts == "present"
        return self.present_by_bloc if present_counts else self.yes_by_bloc + self.no_by_bloc


def _total(by_bloc: Counts) -> Counts:
    total: Counts = by_bloc.sum(axis=1)
    return total
