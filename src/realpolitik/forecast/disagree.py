"""What analysts disagree about, by what it does to the forecast.

Each quantity that two analysts judge otherwise is taken from the second and put into the contest of the first, on the
same worlds; how much the outcomes move is what the disagreement is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.differences import differences
from realpolitik.contest.distribution import Named
from realpolitik.forecast.compare import Changed, paired
from realpolitik.forecast.draws import Floats, chunks
from realpolitik.forecast.forecast import Forecast, alike
from realpolitik.forecast.replay import Replay

__all__ = ["Disagreement", "as_json", "disagreements", "of_other_kinds"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Disagreement:
    """One quantity that two analysts judge otherwise."""

    first: str
    second: str
    """Names of the analysts."""

    address: str
    before: str
    """What the first wrote."""

    after: str
    """What the second wrote."""

    outcomes: tuple[Changed, ...]
    """The contest of the first, with the quantity of the second."""

    @property
    def strongest(self) -> Changed:
        """The outcome that moves most."""
        return max(self.outcomes, key=lambda each: abs(each.difference))


def disagreements(forecasts: Mapping[str, Forecast], *, progress: Progress | None = None) -> list[Disagreement]:
    """Every quantity that two analysts have in common and judge otherwise, the one that matters most first.

    Parameters
    ----------
    forecasts : by analyst, on the same worlds.
    progress : called, after each pair of analysts, with the walks done and the walks planned.

    Notes
    -----
    A shared quantity moves every field that holds its name.
    """
    told = progress or (lambda done, planned: None)
    pairs = list(combinations(forecasts, 2))
    apart = {pair: _apart(*(forecasts[who].contest for who in pair)) for pair in pairs}
    planned, done, found = sum(map(len, apart.values())), 0, []
    for (first, second), addresses in apart.items():
        mine, theirs = alike((forecasts[first], forecasts[second]))
        for address, ends in _ends(mine, theirs, addresses).items():
            names = enumerate(mine.contest.outcomes)
            changed = tuple(paired(name, mine.worlds.outcome == place, ends == place) for place, name in names)
            before, after = (str(each.contest.inputs()[address].quantity.value) for each in (mine, theirs))
            found.append(Disagreement(first, second, address, before, after, changed))
        done += len(addresses)
        told(done, planned)
    return sorted(found, key=lambda each: -abs(each.strongest.difference))


def of_other_kinds(forecasts: Mapping[str, Forecast]) -> dict[tuple[str, str], list[str]]:
    """By pair of analysts, where their contests differ in more than quantities: stages, conditions, rules, models."""
    found = {}
    for first, second in combinations(forecasts, 2):
        mine, theirs = forecasts[first].contest, forecasts[second].contest
        known = set(_apart(mine, theirs))
        places = [each.address for each in differences(mine, theirs) if each.address not in known]
        if places:
            found[first, second] = places
    return found


def _apart(first: Contest, second: Contest) -> list[str]:
    other = second.inputs()
    return [
        address
        for address, found in first.inputs().items()
        if address in other and found.quantity.value != other[address].quantity.value
    ]


def _ends(mine: Forecast, theirs: Forecast, addresses: list[str]) -> dict[str, NDArray[np.int64]]:
    """int[draws] by address: how the first one's contest ends with that quantity of the second."""
    parts: dict[str, list[NDArray[np.int64]]] = {address: [] for address in addresses}
    start, seed = 0, int(mine.manifest["seed"])
    for chunk in chunks(mine.draws) if addresses else ():
        part = slice(start, start + chunk.size)
        start += chunk.size
        inputs = {key: values[part] for key, values in mine.worlds.inputs.items()}
        replay = Replay(mine.contest, seed, chunk, inputs)
        for address in addresses:
            parts[address].append(replay.again(_taken(mine, theirs, address, part)))
    return {address: np.concatenate(ends) for address, ends in parts.items()}


def _taken(mine: Forecast, theirs: Forecast, address: str, part: slice) -> dict[str, Floats]:
    """The draws of the second analyst's quantity, wherever the first uses it."""
    values = theirs.worlds.inputs[address][part]
    inputs = mine.contest.inputs()
    found = inputs[address]
    sharing = (
        [key for key, each in inputs.items() if each.quantity.value == Named(str(found.path[1]))]
        if found.path[0] == "quantities"
        else []
    )
    return {key: np.clip(values, inputs[key].bounds.low, inputs[key].bounds.high) for key in (address, *sharing)}


def as_json(found: Disagreement) -> dict[str, Any]:
    """A disagreement as plain data."""
    return {
        "first": found.first,
        "second": found.second,
        "address": found.address,
        "before": found.before,
        "after": found.after,
        "outcomes": [
            {key: getattr(each, key) for key in ("name", "before", "after", "difference", "standard_error")}
            for each in found.outcomes
        ],
    }
