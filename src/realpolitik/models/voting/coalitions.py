"""Coalitions that win and need every member, or leave no gap on a policy scale.

References
----------
Riker 1962, The Theory of Political Coalitions: no member more than is needed.
Axelrod 1970, Conflict of Interest: no gap on the policy scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby

from realpolitik.errors import ContestError, Fault, ModelError, nearest
from realpolitik.models.voting.games import WeightedGame

__all__ = ["MOST_LISTED", "Coalition", "Parliament", "minimal_connected", "minimal_winning"]

MOST_LISTED = 1000
"""More coalitions are counted by :func:`realpolitik.models.voting.power.power`, not listed."""

MOST_STEPS = 10**6
"""Partial coalitions looked at before a search is given up."""

MOST_CONNECTED = 10**5
"""Connected coalitions looked at; there are more only with many parties at one place of the scale."""

Coalition = tuple[int, ...]
"""Places of the members in the names of the game, ascending."""


@dataclass(frozen=True)
class Parliament:
    """Parties with seats, and what is known of whom they could govern with.

    Raises
    ------
    ContestError : a position or veto of an unknown party, a position that is missing or no number, or a party
        that refuses itself; all faults at once.
    """

    game: WeightedGame

    positions: Mapping[str, float] = field(default_factory=dict)
    """On one policy scale, of every party; or empty."""

    vetoes: tuple[tuple[str, str], ...] = ()
    """Pairs of parties that will not govern together."""

    def __post_init__(self) -> None:
        names = self.game.names
        mentioned = [("positions", name) for name in self.positions]
        mentioned += [("vetoes", name) for pair in self.vetoes for name in pair]
        faults = [
            Fault((where,), f"there is no party '{name}'. {nearest(name, names)}")
            for where, name in dict.fromkeys(mentioned)
            if name not in names
        ]
        if self.positions and (missing := [name for name in names if name not in self.positions]):
            faults.append(Fault(("positions",), f"none is given for {', '.join(missing)}; state all or none."))
        faults += [
            Fault(("positions", name), f"{place} is not a finite number.")
            for name, place in self.positions.items()
            if not math.isfinite(place)
        ]
        faults += [Fault(("vetoes",), f"'{one}' cannot refuse itself.") for one, other in self.vetoes if one == other]
        if faults:
            raise ContestError(faults)

    @property
    def places(self) -> tuple[float, ...]:
        """On the policy scale, in the order of the game; nothing without positions."""
        return tuple(self.positions[name] for name in self.game.names) if self.positions else ()


def minimal_winning(
    game: WeightedGame, *, without: Sequence[tuple[str, str]] = (), most: int = MOST_LISTED
) -> tuple[Coalition, ...]:
    """All winning coalitions that need every member; left out are those in which two of a pair would meet.

    Raises
    ------
    ModelError : there are more than ``most``, or the search takes too long.

    Examples
    --------
    >>> minimal_winning(WeightedGame.parse("[220; 187, 77, 56, 9]"))
    ((0, 1), (0, 2))
    """
    found: list[Coalition] = []
    apart = [(game.names.index(one), game.names.index(other)) for one, other in without]
    for coalition in _minimal(game, apart):
        if len(found) == most:
            raise ModelError(f"There are more than {most} minimal winning coalitions; they are counted, not listed.")
        found.append(coalition)
    return tuple(sorted(found, key=lambda members: (len(members), members)))


def _minimal(game: WeightedGame, apart: Sequence[tuple[int, int]]) -> Iterator[Coalition]:
    """Add parties from the heaviest down until the coalition wins; with one rule it is then minimal."""
    ways = game.enough
    order = [voter for kind in game.types for voter in kind]
    weights = [tuple(rule.weights[voter] for rule in game.rules) for voter in order]
    refused: dict[int, set[int]] = {}
    for one, other in (*apart, *((other, one) for one, other in apart)):
        refused.setdefault(order.index(one), set()).add(order.index(other))
    rest = [tuple(sum(column) for column in zip(*weights[place:], strict=True)) for place in range(len(order))]

    def met(lacking: tuple[int, ...], more: tuple[int, ...]) -> bool:
        return any(all(lacking[rule] <= more[rule] for rule in way) for way in ways)

    nobody = (0,) * len(game.rules)
    stack: list[tuple[int, Coalition, tuple[int, ...]]] = [(0, (), tuple(rule.quota for rule in game.rules))]
    for _ in range(MOST_STEPS):
        if not stack:
            return
        place, members, lacking = stack.pop()
        if met(lacking, nobody):
            if not any(met(lacking, tuple(-weight for weight in weights[one])) for one in members):
                yield tuple(sorted(order[one] for one in members))
        elif place < len(order) and met(lacking, rest[place]):
            stack.append((place + 1, members, lacking))
            if not refused.get(place, set()).isdisjoint(members):
                continue
            left = tuple(lack - weight for lack, weight in zip(lacking, weights[place], strict=True))
            stack.append((place + 1, (*members, place), left))
    raise ModelError(f"Minimal winning coalitions were not all found in {MOST_STEPS} steps. State fewer parties.")


def minimal_connected(parliament: Parliament, *, most: int = MOST_LISTED) -> tuple[Coalition, ...]:
    """All connected winning coalitions of which no connected part wins.

    Connected means that every party strictly between two members is a member. Parties at one place of the scale
    do not stand between each other.

    Raises
    ------
    ModelError : there are no positions, or more than ``most`` such coalitions.

    Examples
    --------
    >>> game = WeightedGame.parse("[51; left=40, centre=15, right=45]")
    >>> minimal_connected(Parliament(game, {"left": 0, "centre": 5, "right": 9}))
    ((0, 1), (1, 2))
    """
    game, places = parliament.game, parliament.places
    if not places:
        raise ModelError("Connected coalitions need the position of every party on one policy scale.")
    groups = [
        tuple(members) for _, members in groupby(sorted(range(len(places)), key=places.__getitem__), places.__getitem__)
    ]
    found: list[Coalition] = []
    for steps, members in enumerate(_connected(groups)):
        if steps == MOST_CONNECTED or len(found) > most:
            raise ModelError(f"There are more than {most} minimal connected coalitions, or too many to look through.")
        ends = {places[one] for one in members}
        outer = [one for one in members if places[one] in (min(ends), max(ends))]
        if game.wins(members) and not any(game.wins(set(members) - {one}) for one in outer):
            found.append(tuple(sorted(members)))
    return tuple(sorted(found, key=lambda members: (len(members), members)))


def _connected(groups: Sequence[Coalition]) -> Iterator[Coalition]:
    """All connected coalitions: whole groups inside, any part of the groups at both ends."""
    for first, low in enumerate(groups):
        yield from _parts(low)
        inside: Coalition = ()
        for high in groups[first + 1 :]:
            yield from ((*left, *inside, *right) for left in _parts(low) for right in _parts(high))
            inside += high


def _parts(group: Coalition) -> Iterator[Coalition]:
    return (part for size in range(1, len(group) + 1) for part in combinations(group, size))
