"""The pooled forecast of one issue in plain Python, from its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt

Actor = tuple[float, float, float]
"""Capability, position, salience."""


def points(
    actors: Mapping[str, Actor],
    stay: float | None,
    choice: Mapping[str, float],
    share: float,
    shift: float,
    floor: float,
    slope: float,
    errors: Sequence[float],
) -> list[tuple[float, float]]:
    """Weighted points on the scale 0 to 100, in increasing order."""
    weight = {name: capability * salience for name, (capability, _, salience) in actors.items()}
    total = sum(weight.values())
    place = {name: position for name, (_, position, _) in actors.items()}
    mean = sum(weight[name] * place[name] for name in actors) / total
    spread = sqrt(sum(weight[name] * (place[name] - mean) ** 2 for name in actors) / total)
    rounded = {name: round(position) for name, position in place.items()}
    candidates = sorted({*rounded.values(), *([] if stay is None else [round(stay)])})
    ends = min(rounded.values()), max(rounded.values())
    value = {}
    for point in candidates:
        mass = sum(weight[name] for name in actors if rounded[name] == point) / total
        said = {
            "mass": log(mass + 0.02),
            "commission": float(rounded.get("european-commission") == point),
            "parliament": float(rounded.get("european-parliament") == point),
            "reference-point": float(stay is not None and round(stay) == point),
            "end": float(point in ends),
            "distance": abs(point - mean) / 50,
        }
        value[point] = exp(sum(choice.get(name, 0.0) * said[name] for name in said))
    found = [(float(point), share * value[point] / sum(value.values())) for point in candidates]
    size = max(floor + slope * spread, 5.0)
    for error in errors:
        found.append((min(max(mean + shift + size * error, 0.0), 100.0), (1 - share) / len(errors)))
    return sorted(found)
