"""Quantities → arrays: seeded, stratified, rank-correlated.

A *chunk* is a fixed run of draws with a number. Every random stream belongs to (seed, chunk, name), so the same seed
gives the same bits whoever computes a chunk, and a new quantity or stage does not disturb the others. Within a chunk
each quantity is a Latin hypercube sample: one value from each of ``size`` equally likely strata. Quantities with a
rank correlation, and mixtures, are drawn from such strata too, but end up near them, not in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest, Correlation, Input
from realpolitik.contest.distribution import (
    Beta,
    Constant,
    Distribution,
    Interval,
    LogNormal,
    Mixture,
    Named,
    Normal,
    Triangular,
    Uniform,
)
from realpolitik.contest.quantity import Bounds
from realpolitik.errors import ContestError, Fault

__all__ = [
    "CHUNK",
    "Chunk",
    "Floats",
    "chunks",
    "correlated",
    "named",
    "quantiles_of",
    "redrawn",
    "sample",
    "strata",
    "stream",
    "uniforms",
]

Floats = NDArray[np.float64]

CHUNK = 5_000
"""Draws in a chunk. It is part of what a seed means, so it is recorded with every forecast."""

Z95 = 1.6448536269514722
"""Distance of the 95 % quantile from the mean of a normal, in standard deviations."""


@dataclass(frozen=True)
class Chunk:
    """A numbered run of draws."""

    index: int
    """From zero."""

    size: int
    """Draws in it; fewer than :data:`CHUNK` only in the last one."""


def chunks(draws: int) -> list[Chunk]:
    """Cut a number of draws into chunks.

    Examples
    --------
    >>> chunks(10_500)
    [Chunk(index=0, size=5000), Chunk(index=1, size=5000), Chunk(index=2, size=500)]
    """
    whole, rest = divmod(draws, CHUNK)
    return [*(Chunk(index, CHUNK) for index in range(whole)), *([Chunk(whole, rest)] if rest else [])]


def stream(seed: int, chunk: Chunk, name: str) -> np.random.Generator:
    """The random stream of one name in one chunk."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype=np.uint32)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, chunk.index, *words.tolist()])))


def strata(rng: np.random.Generator, size: int) -> Floats:
    """One uniform number from each of ``size`` equal strata of (0, 1), in random order."""
    uniform = (rng.permutation(size) + rng.random(size)) / size
    return np.clip(uniform, 1e-12, 1 - 1e-12)


def sample(contest: Contest, seed: int, chunk: Chunk) -> dict[str, Floats]:
    """Draw every quantity of a contest.

    Parameters
    ----------
    contest : whose :meth:`~realpolitik.contest.contest.Contest.inputs` are drawn.
    seed : a non-negative whole number.
    chunk : which draws.

    Returns
    -------
    dict : float[chunk.size] by address, in the order and the units of the contest.

    Raises
    ------
    ContestError : the rank correlations contradict each other.
    """
    uniform = uniforms(contest, seed, chunk)
    drawn: dict[str, Floats] = {}
    for address, found in contest.inputs().items():
        drawn[address] = _draw(found, found.quantity.value, uniform.get(address), seed, chunk, drawn)
    return drawn


def redrawn(
    contest: Contest,
    seed: int,
    chunk: Chunk,
    shapes: Mapping[str, Distribution],
    uniform: Mapping[str, Floats],
    drawn: Mapping[str, Floats],
) -> dict[str, Floats]:
    """What :func:`sample` would draw if some quantities had other distributions; only what changes.

    Parameters
    ----------
    shapes : by address, in place of what was written.
    uniform, drawn : what :func:`uniforms` and :func:`sample` gave for the contest as it is.
    """
    found: dict[str, Floats] = {}
    for address, held in contest.inputs().items():
        shape = shapes.get(address, held.quantity.value)
        if address in shapes or any(f"quantities.{name}" in found for name in named(shape)):
            u = uniform.get(address)
            if u is None and not isinstance(shape, Constant | Named):
                u = strata(stream(seed, chunk, address), chunk.size)
            found[address] = _draw(held, shape, u, seed, chunk, {**drawn, **found})
    return found


def named(shape: Distribution) -> Iterator[str]:
    """Shared quantities that a distribution takes its draws from."""
    match shape:
        case Named(name):
            yield name
        case Mixture(parts):
            for _, part in parts:
                yield from named(part)


def _draw(
    held: Input, shape: Distribution, u: Floats | None, seed: int, chunk: Chunk, drawn: Mapping[str, Floats]
) -> Floats:
    """One quantity, within the bounds of its field."""
    inner = partial(stream, seed, chunk, f"{held.address} part")
    values = _values(shape, u, held.bounds, chunk.size, inner, drawn)
    return np.asarray(np.clip(values, held.bounds.low, held.bounds.high))


def uniforms(contest: Contest, seed: int, chunk: Chunk) -> dict[str, Floats]:
    """The numbers in (0, 1) behind the draws of every uncertain quantity, rank correlations included.

    Returns
    -------
    dict : float[chunk.size] by address; without names of shared quantities, and of constants only those that are
        correlated: when one is fixed, the others keep their draws, and two forecasts can be compared draw by draw.
    """
    correlated_with = set(_members(contest.correlations))
    uniform = {
        address: strata(stream(seed, chunk, address), chunk.size)
        for address, found in contest.inputs().items()
        if not isinstance(found.quantity.value, Named)
        and (address in correlated_with or not isinstance(found.quantity.value, Constant))
    }
    return uniform | correlated(contest.correlations, uniform)


def _values(
    shape: Distribution,
    u: Floats | None,
    bounds: Bounds,
    size: int,
    rng: Callable[[], np.random.Generator],
    drawn: Mapping[str, Floats],
) -> Floats:
    match shape:
        case Constant(value):
            return np.full(size, value)
        case Named(name):
            return drawn[f"quantities.{name}"]
        case Mixture(parts):
            return _mixture(parts, u, bounds, size, rng(), drawn)
        case _:
            return inverse(shape, strata(rng(), size) if u is None else u, bounds)


def inverse(shape: Interval | Normal | LogNormal | Uniform | Triangular | Beta, u: Floats, bounds: Bounds) -> Floats:
    """Quantiles of a distribution before the field's bounds act on it.

    Parameters
    ----------
    shape : what the analyst wrote.
    u : probabilities in (0, 1), any shape.
    bounds : of the field; they choose the shape of an interval.

    Examples
    --------
    >>> inverse(Interval(60, 80), np.array([0.05, 0.5, 0.95]), Bounds()).round(6)
    array([60., 70., 80.])
    """
    from scipy.special import betaincinv, ndtri

    match shape:
        case Interval(low, high) if bounds.high == np.inf and -np.inf < bounds.low < low:
            a, b = np.log(low - bounds.low), np.log(high - bounds.low)
            return np.asarray(bounds.low + np.exp((a + b) / 2 + ndtri(u) * (b - a) / (2 * Z95)))
        case Interval(low, high):
            return np.asarray((low + high) / 2 + ndtri(u) * (high - low) / (2 * Z95))
        case Normal(mean, sd):
            return np.asarray(mean + sd * ndtri(u))
        case LogNormal(mu, sigma):
            return np.asarray(np.exp(mu + sigma * ndtri(u)))
        case Uniform(low, high):
            return np.asarray(low + (high - low) * u)
        case Triangular(low, mode, high):
            rising = low + np.sqrt(u * (high - low) * (mode - low))
            falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
            return np.where(u * (high - low) < mode - low, rising, falling)
        case Beta(a, b, low, high):
            return np.asarray(low + (high - low) * betaincinv(a, b, u))


def _mixture(
    parts: tuple[tuple[float, Distribution], ...],
    u: Floats | None,
    bounds: Bounds,
    size: int,
    rng: np.random.Generator,
    drawn: Mapping[str, Floats],
) -> Floats:
    """Draws of a mixture in the rank order of ``u``, so that its rank correlations hold too."""
    weights = np.array([weight for weight, _ in parts])
    edges = np.cumsum(weights / weights.sum())
    chosen = np.minimum(np.searchsorted(edges, strata(rng, size), side="right"), len(parts) - 1)
    columns = [_values(part, None, bounds, size, lambda: rng, drawn) for _, part in parts]
    values = np.choose(chosen, columns) if len(columns) < 32 else np.array(columns)[chosen, np.arange(size)]
    if u is None or _shares_draws(parts):
        return values
    ranked = np.empty_like(values)
    ranked[np.argsort(u)] = np.sort(values)
    return ranked


def _shares_draws(parts: tuple[tuple[float, Distribution], ...]) -> bool:
    """Whether a mixture holds shared quantities, whose draws must stay where they are."""
    return any(named(Mixture(parts)))


def correlated(correlations: tuple[Correlation, ...], uniform: Mapping[str, Floats]) -> dict[str, Floats]:
    """Move the uniform numbers of correlated quantities together (Gaussian copula)."""
    names = [name for name in dict.fromkeys(_members(correlations)) if name in uniform]
    if len(names) < 2:
        return {}
    matrix = np.eye(len(names))
    for correlation in correlations:
        places = [names.index(name) for name in correlation.between if name in names]
        for i in places:
            for j in places:
                if i != j:
                    matrix[i, j] = 2 * np.sin(np.pi * correlation.rank / 6)
    if np.linalg.eigvalsh(matrix)[0] < 1e-9:
        text = "these rank correlations contradict each other: no quantities can have them all. Weaken one."
        raise ContestError([Fault(("correlations",), text)])
    from scipy.special import ndtr, ndtri

    normal = ndtri(np.array([uniform[name] for name in names]))
    moved = np.clip(ndtr(np.linalg.cholesky(matrix) @ normal), 1e-12, 1 - 1e-12)
    return dict(zip(names, moved, strict=True))


def _members(correlations: tuple[Correlation, ...]) -> Iterator[str]:
    for correlation in correlations:
        yield from correlation.between


def quantiles_of(
    shape: Distribution, probabilities: Floats, bounds: Bounds, quantities: Mapping[str, Distribution]
) -> Floats:
    """Quantiles of a quantity within its field, without drawing a contest.

    Parameters
    ----------
    shape : the distribution.
    probabilities : in (0, 1).
    bounds : of the field.
    quantities : the shared quantities that names refer to.

    Notes
    -----
    Exact for a single distribution; for a mixture read off 20,001 evenly spaced quantiles of each part.
    """
    match shape:
        case Constant(value):
            found = np.full(len(probabilities), value)
        case Named(name):
            found = quantiles_of(quantities[name], probabilities, Bounds(), quantities)
        case Mixture(parts):
            grid = (np.arange(20_001) + 0.5) / 20_001
            values = np.concatenate([quantiles_of(part, grid, bounds, quantities) for _, part in parts])
            weights = np.repeat([weight for weight, _ in parts], len(grid))
            order = np.argsort(values, kind="stable")
            cumulative = np.cumsum(weights[order]) / weights.sum()
            found = values[order][np.minimum(np.searchsorted(cumulative, probabilities), len(values) - 1)]
        case _:
            found = inverse(shape, probabilities, bounds)
    return np.asarray(np.clip(found, bounds.low, bounds.high))
