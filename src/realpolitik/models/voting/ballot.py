"""What the voting models read: blocs, how likely their members come and vote, and the rule of the chamber."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from realpolitik.contest.rule import DecisionRule
from realpolitik.errors import Fault
from realpolitik.models.arrays import Counts, Floats, checked, draws_of, named, refuse, whole

__all__ = ["Ballot"]

ROUNDING = 1e-9
"""Excess of yes plus no over one that is taken for rounding."""


@dataclass(frozen=True, eq=False)
class Ballot:
    """A chamber before the vote.

    Raises
    ------
    ContestError : a shape, a value or a name is wrong; all faults at once.
    """

    stage: ClassVar[str] = "chamber"
    """The kind of stage that models of this view work out."""

    blocs: tuple[str, ...]
    """Names, in the order of the arrays."""

    seats: Counts
    """int[blocs], at least 1: members who could come."""

    total_seats: int
    """All seats of the chamber, vacant ones included: what ``of seats`` counts."""

    attends: Floats
    """float[draws, blocs] in [0, 1]: probability that a member comes."""

    yes: Floats
    """float[draws, blocs] in [0, 1]: probability that a member who came votes yes."""

    no: Floats
    """float[draws, blocs] in [0, 1]: probability that a member who came votes no; the rest abstain."""

    cohesion: Floats
    """float[draws, blocs] in [0, 1]: correlation between what two members of the bloc do.

    0: each decides alone; 1: the bloc acts as one member. In between the counts of yes, no, abstaining and
    absent members are Dirichlet-multinomial with total concentration (1 - cohesion) / cohesion.
    """

    rule: DecisionRule
    """When the chamber can decide, and when it has."""

    boycott: Floats | None = None
    """float[draws, blocs] in [0, 1]: probability that the whole bloc stays away together, whatever its members would
    do; blocs decide on it independently. None: no bloc ever does."""

    rebels: Floats | None = None
    """float[draws, blocs] in [0, 1]: probability that a member who votes yes or no breaks ranks and votes the other
    way, each by itself, whatever the mood of the bloc. None: nobody does."""

    attendance_shock: Floats | None = None
    """float[draws] in [0, 1]: correlation, across all blocs, between the readiness of two members to come; see
    :mod:`realpolitik.models.voting.shock`. None: blocs come independently of each other."""

    vote_shock: Floats | None = None
    """float[draws] in [0, 1]: the same for voting yes rather than no."""

    casting_vote: Floats | None = None
    """float[draws] in [0, 1]: probability that the presiding officer breaks a tie in favour of the motion. None: the
    rule says what a tie does."""

    second: DecisionRule | None = None
    """Rule of a second reading, which the motion must pass as well: all blocs come and vote once more, with the same
    numbers and under the same common shocks. None: there is one reading."""

    same_mood: Floats | None = None
    """float[draws] in [0, 1]: probability, for each bloc by itself, that the mood of the first reading holds in the
    second, whether it boycotts included: the correlation between its moods. None: moods are new."""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        blocs = named("blocs", self.blocs, faults)
        refuse(faults)
        cells = (("draw", draws_of(self.attends)), ("bloc", blocs))
        seats = whole("seats", self.seats, cells[1:], faults, least=1)
        if not faults and int(seats.sum()) > self.total_seats:
            text = f"blocs hold {int(seats.sum())} seats, the chamber has {self.total_seats}."
            faults.append(Fault(("seats",), text))
        attends, yes, cohesion = (
            checked(label, getattr(self, label), cells, faults, least=0, most=1)
            for label in ("attends", "yes", "cohesion")
        )
        room = 1 - yes + ROUNDING if yes.shape == attends.shape else 1
        no = checked("no (at most 1 minus yes)", self.no, cells, faults, least=0, most=room)
        extra: dict[str, Floats] = {}
        for labels, axes in (
            (("boycott", "rebels"), cells),
            (("attendance_shock", "vote_shock", "casting_vote", "same_mood"), cells[:1]),
        ):
            given = [label for label in labels if getattr(self, label) is not None]
            extra |= {label: checked(label, getattr(self, label), axes, faults, least=0, most=1) for label in given}
        rules = [rule for rule in (self.rule, self.second) if rule is not None]
        if self.same_mood is not None and self.second is None:
            faults.append(Fault(("same_mood",), "there is no second reading. Leave it out."))
        if self.casting_vote is not None and not any(rule.can_tie for rule in rules):
            text = "breaks ties, but under this rule no tie can arise or it passes by itself. Leave it out."
            faults.append(Fault(("casting_vote",), text))
        refuse(faults)
        fields = {
            "blocs": blocs,
            "seats": seats,
            "attends": attends,
            "yes": yes,
            "no": no,
            "cohesion": cohesion,
            **extra,
        }
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.attends.shape[0])

    @property
    def readings(self) -> tuple[Ballot, ...]:
        """One ballot for each reading."""
        if self.second is None:
            return (self,)
        return tuple(
            replace(self, rule=rule, second=None, same_mood=None, casting_vote=chair if rule.can_tie else None)
            for rule, chair in ((self.rule, self.casting_vote), (self.second, self.casting_vote))
        )

    @property
    def casts(self) -> Floats:
        """float[draws, blocs]: probability that a member who came votes yes or no."""
        return np.minimum(self.yes + self.no, 1.0)
