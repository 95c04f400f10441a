"""What can vary by itself in a contest, and the value of every quantity at given probabilities.

A quantity is a factor. Quantities that a rank correlation ties together, directly or by way of others, cannot vary by
themselves: together they are one factor. A field that holds the name of a shared quantity moves with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from realpolitik.contest.contest import Contest, Input
from realpolitik.contest.distribution import Constant, Distribution, Mixture, Named
from realpolitik.forecast.draws import Floats, correlated, named, quantiles_of

__all__ = ["Factor", "factors", "placed", "spread"]


@dataclass(frozen=True)
class Factor:
    """Quantities that vary together, apart from all others."""

    members: tuple[str, ...]
    """Addresses; several are tied by rank correlations."""

    moves: tuple[str, ...]
    """Addresses whose values change with it, in the order of the contest: the members and what holds their names."""

    signs: tuple[int, ...]
    """By member: 1, or -1 where it runs against the first one."""

    @property
    def name(self) -> str:
        """Address of the first member, and how many others there are."""
        others = len(self.members) - 1
        return self.members[0] + (f" and {others} correlated with it" if others else "")


def factors(contest: Contest) -> list[Factor]:
    """Everything uncertain, in the order of the contest."""
    inputs = contest.inputs()
    own = [address for address, found in inputs.items() if not isinstance(found.quantity.value, Constant | Named)]
    group = {address: address for address in own}
    sign = dict.fromkeys(own, 1)
    for correlation in contest.correlations:
        uncertain = [address for address in correlation.between if address in group]
        for first, other in ((uncertain[0], other) for other in uncertain[1:]):
            turned = sign[first] * (-1 if correlation.rank < 0 else 1) * sign[other]
            old, new = group[other], group[first]
            for address in own if old != new else ():
                if group[address] == old:
                    group[address], sign[address] = new, sign[address] * turned
    members: dict[str, list[str]] = {}
    for address in own:
        members.setdefault(group[address], []).append(address)
    return [_factor(inputs, tuple(each), sign) for each in members.values()]


def _factor(inputs: Mapping[str, Input], members: tuple[str, ...], sign: Mapping[str, int]) -> Factor:
    reached = set(members)
    for address, found in inputs.items():
        if any(f"quantities.{name}" in reached for name in named(found.quantity.value)):
            reached.add(address)
    moves = tuple(address for address in inputs if address in reached)
    return Factor(members, moves, tuple(sign[address] * sign[members[0]] for address in members))


def spread(contest: Contest, uniform: Mapping[str, Floats]) -> dict[str, Floats]:
    """Independent probabilities turned into those of the contest, rank correlations included."""
    return {**uniform, **correlated(contest.correlations, uniform)}


def placed(
    contest: Contest,
    uniform: Mapping[str, Floats],
    addresses: tuple[str, ...] | None = None,
    known: Mapping[str, Floats] | None = None,
) -> dict[str, Floats]:
    """Quantities at given probabilities: their quantile functions, within the bounds of their fields.

    Parameters
    ----------
    uniform : float[n] in (0, 1) by address of an uncertain quantity.
    addresses : which quantities; left out: all.
    known : values of shared quantities that are not among them.

    Returns
    -------
    dict : float[n] by address. A mixture that holds a shared quantity takes its part, and the place within the part,
    from its own probability; the shared quantity stays where it is.
    """
    inputs = contest.inputs()
    size = len(next(iter(uniform.values()), np.zeros(1)))
    values: dict[str, Floats] = dict(known or {})
    shared = {name: quantity.value for name, quantity in contest.quantities.items()}
    found: dict[str, Floats] = {}
    for address in inputs if addresses is None else addresses:
        held = inputs[address]
        u = uniform.get(address, np.full(size, 0.5))
        raw = _at(held, held.quantity.value, u, shared, values)
        found[address] = values[address] = np.clip(raw, held.bounds.low, held.bounds.high)
    return found


def _at(
    held: Input, shape: Distribution, u: Floats, shared: Mapping[str, Distribution], values: Mapping[str, Floats]
) -> Floats:
    if isinstance(shape, Named):
        return values[f"quantities.{shape.name}"]
    if not isinstance(shape, Mixture) or not any(named(shape)):
        return quantiles_of(shape, u, held.bounds, shared)
    weights = np.array([weight for weight, _ in shape.parts])
    edges = np.concatenate([[0.0], np.cumsum(weights / weights.sum())])
    chosen = np.clip(np.searchsorted(edges, u, side="right") - 1, 0, len(weights) - 1)
    width = np.maximum(edges[chosen + 1] - edges[chosen], 1e-300)
    within = np.clip((u - edges[chosen]) / width, 1e-12, 1 - 1e-12)
    result = np.empty_like(u)
    for place, (_, part) in enumerate(shape.parts):
        here = chosen == place
        some = {name: whole[here] for name, whole in values.items() if name.startswith("quantities.")}
        result[here] = _at(held, part, within[here], shared, some)
    return result
