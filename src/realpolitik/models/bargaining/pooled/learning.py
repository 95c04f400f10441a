"""Parameters of the pooled forecast from decisions whose outcome is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.bargaining.pooled.parameters import Parameters
from realpolitik.models.bargaining.pooled.predictive import chances, error_size
from realpolitik.models.bargaining.pooled.situation import TOP, Situations

__all__ = ["Past", "learn"]

REACH = 4.0
"""An outcome at distance d from a position speaks for it by exp(-d / REACH)."""

STRAY = 1e-3
"""Likelihood of an outcome far from every position, so that it cannot decide everything."""

SHRINK_CHOICE = 5.0
"""Ridge on the weights of the choice, features being scaled to a mean square of 1."""

SHRINK_ERRORS = 1.0
"""Ridge on the slope of the error's size."""

SHRINK_MIXTURE = 1.0
"""Pull of the mixture towards equal weights."""

MOST_STEPS, MOST_HALVINGS = 50, 20
"""Of Newton's method."""

SETTLED = 1e-8
"""Largest step at which it has arrived."""

GRID = np.arange(TOP + 1)
"""Points at which distributions are compared while the mixture is learned."""


@dataclass(frozen=True, eq=False)
class Past:
    """Decisions with known outcome."""

    situations: Situations
    outcome: Floats
    """float[n] on the scale 0 to 100."""

    cluster: Counts
    """int[n]: issues of one number were decided together, and do not testify about each other."""

    def __len__(self) -> int:
        return len(self.outcome)

    def rows(self, chosen: Bools) -> Past:
        """Some of them."""
        return Past(self.situations.rows(chosen), self.outcome[chosen], self.cluster[chosen])


def learn(past: Past) -> Parameters:
    """Learn from decisions with known outcome.

    The choice is fitted by penalised maximum likelihood; errors by regression; the mixture by the least mean CRPS on
    the decisions themselves, where errors of the same cluster are left out.

    Parameters
    ----------
    past : at least two clusters.
    """
    found = past.situations
    choice = _choice(past)
    missed = past.outcome - found.compromise
    shift = float(missed.mean())
    floor, slope = _size(np.abs(missed - shift), found.spread)
    error = (missed - shift) / error_size(found.spread, floor, slope)
    cdfs = np.stack([_choice_cdf(found, choice), _error_cdf(past, shift, floor, slope)])
    return Parameters(choice, _mixture(cdfs, past.outcome), shift, floor, slope, np.sort(error))


def _choice(past: Past) -> Floats:
    """Weights of the conditional logit by Newton's method, its steps damped until the loss falls."""
    found = past.situations
    scale = np.sqrt((found.feature[found.stands] ** 2).mean(axis=0))
    scale[scale == 0] = 1.0
    feature = found.feature / scale
    soft = np.exp(-np.abs(found.point - past.outcome[:, np.newaxis]) / REACH) * found.stands
    weights = np.zeros(len(scale))
    state = _loss(weights, feature, soft, found.stands)
    for _ in range(MOST_STEPS):
        value, slope, curve = state
        step = np.linalg.solve(_lifted(curve), slope)
        for halving in range(MOST_HALVINGS):
            tried = weights - step / 2**halving
            state = _loss(tried, feature, soft, found.stands)
            if state[0] <= value:
                break
        weights = tried
        if np.abs(step).max() < SETTLED:
            break
    return np.asarray(weights / scale)


def _loss(weights: Floats, feature: Floats, soft: Floats, stands: Bools) -> tuple[float, Floats, Floats]:
    """Penalised minus log-likelihood, its gradient and its Hessian.

    The outcome is softened, since few lie exactly on a position: its likelihood is the sum over positions of the
    chance p to be chosen times ``soft``, plus :data:`STRAY`. With r the parts of that sum as shares of the
    likelihood, the gradient of its logarithm is a − R m, where a and m are the sums of features weighted by r and p,
    and R is the sum of r.
    """
    utility = np.where(stands, np.einsum("nkf,f->nk", feature, weights), -np.inf)
    share = np.exp(utility - utility.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    joint = share * soft
    likelihood = joint.sum(axis=1) + STRAY
    part = joint / likelihood[:, np.newaxis]
    told = part.sum(axis=1)
    near, usual = (np.einsum("nk,nkf->nf", mass, feature) for mass in (part, share))
    slope = near - told[:, np.newaxis] * usual
    squares = _squares(part - told[:, np.newaxis] * share, feature)
    rest = (1 - told)[:, np.newaxis]
    mixed = np.einsum("nf,ng->fg", near * rest, usual)
    own = np.einsum("nf,ng->fg", usual * (told * (2 - told))[:, np.newaxis], usual)
    curve = squares - mixed - mixed.T + own - np.einsum("nf,ng->fg", near, near)
    value = -np.log(likelihood).sum() + SHRINK_CHOICE * np.einsum("f,f->", weights, weights)
    identity = np.eye(len(weights))
    return float(value), 2 * SHRINK_CHOICE * weights - slope.sum(axis=0), 2 * SHRINK_CHOICE * identity - curve


def _squares(mass: Floats, feature: Floats) -> Floats:
    """Sum over cases and points of mass times the outer product of features."""
    weighted = feature * mass[:, :, np.newaxis]
    flat, other = weighted.reshape(-1, feature.shape[2]), feature.reshape(-1, feature.shape[2])
    return np.asarray(np.einsum("if,ig->fg", flat, other))


def _lifted(curve: Floats) -> Floats:
    """The Hessian with its eigenvalues made positive, so that a step leads downhill."""
    values, vectors = np.linalg.eigh(curve)
    lifted: Floats = np.einsum("fi,i,gi->fg", vectors, np.maximum(np.abs(values), SHRINK_CHOICE), vectors)
    return lifted


def _size(error: Floats, spread: Floats) -> tuple[float, float]:
    """Ridge regression of the size of errors on the spread of positions."""
    columns = np.stack([np.ones_like(spread), spread], axis=1)
    ridge = np.diag([0.0, SHRINK_ERRORS])
    floor, slope = np.linalg.solve(columns.T @ columns + ridge, columns.T @ error)
    return float(floor), float(slope)


def _choice_cdf(found: Situations, choice: Floats) -> Floats:
    place = np.arange(len(found))[:, np.newaxis] * len(GRID) + found.point.astype(np.intp)
    mass = np.bincount(place.ravel(), weights=chances(found, choice).ravel(), minlength=len(found) * len(GRID))
    cdf: Floats = np.cumsum(mass.reshape(len(found), len(GRID)), axis=1)
    return cdf


def _error_cdf(past: Past, shift: float, floor: float, slope: float) -> Floats:
    """Distribution of the compromise with the errors of other clusters, at the points of the grid."""
    found = past.situations
    size = error_size(found.spread, floor, slope)
    error = (past.outcome - found.compromise - shift) / size
    bound = (GRID - (found.compromise + shift)[:, np.newaxis]) / size[:, np.newaxis]
    upto = np.searchsorted(np.sort(error), bound, side="right").astype(np.float64)
    others = np.zeros(len(past))
    for cluster in np.unique(past.cluster):
        mine = np.flatnonzero(past.cluster == cluster)
        upto[mine] -= (error[mine] <= bound[mine][:, :, np.newaxis]).sum(axis=2)
        others[mine] = len(past) - len(mine)
    cdf: Floats = upto / others[:, np.newaxis]
    cdf[:, -1] = 1.0
    return cdf


def _mixture(cdfs: Floats, outcome: Floats) -> Floats:
    """Weights float[2] of the least mean CRPS, which is a parabola in the share of the first component."""
    choice, errors = cdfs[:, :, :-1]
    above = np.clip(GRID[1:] - outcome[:, np.newaxis], 0.0, 1.0)
    apart = choice - errors
    steep = float((apart**2).sum(axis=1).mean()) + 2 * SHRINK_MIXTURE
    pull = float((apart * (above - errors)).sum(axis=1).mean()) + SHRINK_MIXTURE
    share = min(max(pull / steep, 0.0), 1.0)
    return np.array([share, 1 - share])
