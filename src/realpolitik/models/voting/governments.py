"""Which governments can form, and what speaks for and against each.

References
----------
Riker 1962, The Theory of Political Coalitions: no member more than is needed.
Axelrod 1970, Conflict of Interest: no gap on the policy scale.
De Swaan 1973, Coalition Theories and Cabinet Formations: the narrowest range of policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from realpolitik.errors import ModelError
from realpolitik.models.voting.coalitions import Coalition, Parliament, minimal_connected, minimal_winning
from realpolitik.models.voting.games import WeightedGame
from realpolitik.models.voting.power.indices import power

__all__ = ["Formation", "Government", "governments"]

ONLY_FREE = "Of the minimal winning coalitions only those are listed in which no two parties refuse each other."


@dataclass(frozen=True)
class Government:
    """A coalition that has a majority, and what speaks for and against it."""

    members: tuple[str, ...]

    weights: tuple[int, ...]
    """Of the members together, in each rule."""

    minimal: bool
    """Whether it needs every member."""

    connected: bool | None
    """Whether no party that is left out stands between two members; None without positions."""

    policy_range: float | None
    """Distance between the outermost members; None without positions."""

    refusals: tuple[tuple[str, str], ...]
    """Pairs of members that will not govern together."""

    reasons: tuple[str, ...]
    """What speaks for it, or the refusals that keep it from forming."""

    @property
    def can_form(self) -> bool:
        """Whether no two members refuse each other."""
        return not self.refusals


@dataclass(frozen=True)
class Formation:
    """The governments that are listed, and how many there are."""

    governments: tuple[Government, ...]
    """Those that can form first, then by range of policy."""

    minimal_winning: int | None
    """Number of winning coalitions that need every member, listed or not; None if they are too many to count."""

    left_out: tuple[str, ...]
    """Which kinds of coalitions are not listed, and why; none if the list is complete."""

    none_can_form: bool
    """Whether it is known that every majority contains two parties that refuse each other."""


def governments(parliament: Parliament) -> Formation:
    """Minimal winning and minimal connected coalitions with reasons; those that can form first, then by range.

    A winning coalition without refusals always has a minimal winning part without refusals. So if none of a complete
    list can form, no majority can. Where there are too many minimal winning coalitions to list, those without refusals
    are listed if they are few, and the minimal connected ones in any case; all are counted.
    """
    game, left_out, all_free = parliament.game, [], True
    coalitions: dict[Coalition, None] = {}
    count: int | None
    try:
        coalitions = dict.fromkeys(minimal_winning(game))
        count = len(coalitions)
    except ModelError as error:
        count = _count(game)
        try:
            coalitions = dict.fromkeys(minimal_winning(game, without=parliament.vetoes) if parliament.vetoes else ())
            all_free = bool(parliament.vetoes)
        except ModelError:
            all_free = False
        left_out.append(ONLY_FREE if all_free else str(error))
    if parliament.positions:
        try:
            coalitions |= dict.fromkeys(minimal_connected(parliament))
        except ModelError as error:
            left_out.append(str(error))
    free = [members for members in coalitions if not _refusals(parliament, members)]
    comparable = free if all_free and not left_out[1:] else []
    listed = sorted(
        (_government(parliament, members, comparable) for members in coalitions),
        key=lambda one: (not one.can_form, one.policy_range or 0, len(one.members), one.weights),
    )
    return Formation(tuple(listed), count, tuple(left_out), none_can_form=all_free and not free)


def _count(game: WeightedGame) -> int | None:
    try:
        return power(game).minimal_winning
    except ModelError:
        return None


def _government(parliament: Parliament, members: Coalition, free: Sequence[Coalition]) -> Government:
    game, places, names = parliament.game, parliament.places, parliament.game.names
    minimal = not any(game.wins(set(members) - {one}) for one in members)
    width = connected = None
    if places:
        low, high = (end(places[one] for one in members) for end in (min, max))
        width = high - low
        connected = all(one in members for one, place in enumerate(places) if low < place < high)
    refusals = _refusals(parliament, members)
    reasons = tuple(f"{one} and {other} refuse each other" for one, other in refusals)
    if not refusals:
        reasons = (
            "needs every member" if minimal else "closes a gap on the scale with parties it does not need",
            *(("no gap on the scale",) if connected else ()),
            *_best(parliament, members, free),
        )
    return Government(
        tuple(names[one] for one in members),
        _weights(game, members),
        minimal, connected, width, refusals, reasons,
    )  # fmt: skip


def _best(parliament: Parliament, members: Coalition, free: Sequence[Coalition]) -> Iterator[str]:
    """In what a coalition is the best of those that nobody refuses; nothing if they are not all known."""
    if not free:
        return
    game, places = parliament.game, parliament.places
    if places and _width(places, members) == min(_width(places, other) for other in free):
        yield "narrowest range of policy"
    if len(game.rules) == 1 and _weights(game, members) == min(_weights(game, other) for other in free):
        yield "smallest majority"
    if len(members) == min(map(len, free)):
        yield "fewest parties"


def _refusals(parliament: Parliament, members: Coalition) -> tuple[tuple[str, str], ...]:
    inside = {parliament.game.names[one] for one in members}
    return tuple(pair for pair in parliament.vetoes if inside.issuperset(pair))


def _width(places: Sequence[float], members: Coalition) -> float:
    return max(places[one] for one in members) - min(places[one] for one in members)


def _weights(game: WeightedGame, members: Coalition) -> tuple[int, ...]:
    return tuple(sum(rule.weights[one] for one in members) for rule in game.rules)
