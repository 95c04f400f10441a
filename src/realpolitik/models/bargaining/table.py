"""What every bargaining model reads: who wants what, how much they care, how much they weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np

from realpolitik.errors import Fault
from realpolitik.models.arrays import Bools, Floats, checked, draws_of, named, refuse

__all__ = ["ActorTable"]


@dataclass(frozen=True, eq=False)
class ActorTable:
    """Actors, issues and what each actor brings to each of them, in every draw.

    Raises
    ------
    ContestError : a shape, a value or a name is wrong; all faults at once.
    """

    stage: ClassVar[str] = "bargain"
    """The kind of stage that models of this view work out."""

    actors: tuple[str, ...]
    """Names, in the order of the arrays."""

    issues: tuple[str, ...]
    """Names, in the order of the arrays."""

    position: Floats
    """float[draws, actors, issues], in the unit of the issue, within [low, high]: what the actor asks for."""

    salience: Floats
    """float[draws, actors, issues] in [0, 1]: how much of its weight the actor spends on the issue."""

    capability: Floats
    """float[draws, actors, issues], at least 0, in any unit that all actors share: raw influence."""

    low: Floats
    """float[issues]: lower end of the scale."""

    high: Floats
    """float[issues]: upper end of the scale."""

    takes_part: Bools
    """bool[actors, issues]: whether the actor has a position; where not, its other entries are not read."""

    reference_point: Floats | None = None
    """float[draws, issues] within [low, high]: where things stay without agreement. None: not stated.

    May be given as float[issues], the same in every draw.
    """

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        actors, issues = named("actors", self.actors, faults), named("issues", self.issues, faults)
        refuse(faults)
        draws = ("draw", draws_of(self.position))
        cells = (draws, ("actor", actors), ("issue", issues))
        mask = self._mask((len(actors), len(issues)), faults)
        low = checked("low", self.low, [("issue", issues)], faults)
        high = checked("high", self.high, [("issue", issues)], faults)
        refuse(faults)
        with np.errstate(over="ignore"):
            wide = high - low
        checked("high minus low", wide, [("issue", issues)], faults, least=float(np.nextafter(0, 1)))
        position = checked("position", self.position, cells, faults, least=low, most=high, where=mask)
        salience = checked("salience", self.salience, cells, faults, least=0, most=1, where=mask)
        capability = checked("capability", self.capability, cells, faults, least=0, where=mask)
        stay = self.reference_point
        if stay is not None:
            if np.shape(stay) == (len(issues),):
                stay = np.broadcast_to(stay, (draws[1], len(issues)))
            stay = checked("reference_point", stay, (draws, ("issue", issues)), faults, least=low, most=high)
        for index in np.flatnonzero(~mask.any(axis=0)):
            faults.append(Fault(("takes_part",), f"issue '{issues[index]}': nobody has a position on it."))
        refuse(faults)
        values = (actors, issues, position, salience, capability, low, high, mask, stay)
        for field, value in zip(fields(self), values, strict=True):
            object.__setattr__(self, field.name, value)

    def _mask(self, shape: tuple[int, int], faults: list[Fault]) -> Bools:
        mask = np.asarray(self.takes_part).view()
        if mask.shape != shape or mask.dtype != np.bool_:
            found, expected = (
                f"{mask.dtype} {list(mask.shape)}",
                f"bool [actors {shape[0]}, issues {shape[1]}]",
            )
            faults.append(Fault(("takes_part",), f"is {found}, expected {expected}."))
        mask.flags.writeable = False
        return mask

    @classmethod
    def one_issue(
        cls,
        positions: Mapping[str, float],
        *,
        salience: Mapping[str, float],
        capability: Mapping[str, float],
        scale: tuple[float, float] = (0, 100),
        issue: str = "issue",
    ) -> ActorTable:
        """Build a table of one draw and one issue from numbers by actor.

        Parameters
        ----------
        positions, salience, capability : by actor; the same actors in each.
        scale : lower and upper end of the issue.

        Raises
        ------
        ContestError : the three do not name the same actors, or a value is out of range.
        """
        faults = [
            Fault((label,), f"and positions do not name the same actors: {', '.join(odd)} in one only.")
            for label, given in (("salience", salience), ("capability", capability))
            if (odd := sorted(set(given) ^ set(positions)))
        ]
        refuse(faults)
        actors, given_in_order = tuple(positions), (positions, salience, capability)
        position, care, influence = (
            np.array([[[given[actor]] for actor in actors]], dtype=float) for given in given_in_order
        )
        low, high = (np.array([end], dtype=float) for end in scale)
        everybody = np.ones((len(actors), 1), dtype=bool)
        return cls(actors, (issue,), position, care, influence, low, high, everybody)

    @property
    def draws(self) -> int:
        """Number of possible worlds."""
        return int(self.position.shape[0])

    @property
    def asks(self) -> Floats:
        """float[draws, actors, issues]: positions, with the lower end of the scale where there is none."""
        return np.where(self.takes_part, self.position, self.low)

    def weight(self, *parts: str) -> Floats:
        """Product of the named fields, 0 for whoever does not take part.

        Each part is first divided by the largest entry of its draw and issue, so that no product
        overflows; only ratios within a draw and issue have a meaning.

        Parameters
        ----------
        parts : any of ``salience``, ``capability``; none of them gives equal weights.

        Returns
        -------
        float[draws, actors, issues] in [0, 1].
        """
        weight = np.broadcast_to(self.takes_part, self.position.shape).astype(np.float64)
        for part in parts:
            values = np.where(self.takes_part, getattr(self, part), 0.0)
            largest = values.max(axis=1, keepdims=True)
            weight *= np.divide(values, largest, out=np.zeros_like(values), where=largest > 0)
        return weight

    def place(self, index: Sequence[int]) -> str:
        """Name a cell of a [draws, issues] array for a message."""
        return f"Issue '{self.issues[index[1]]}', draw {index[0]}"
