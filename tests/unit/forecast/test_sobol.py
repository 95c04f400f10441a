"""Shares of variance against closed forms and against SALib."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import qmc

from realpolitik.forecast.sobol import Base, Twice, resamples

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

ROWS = 8_192
A, B = 7.0, 0.1
G = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(x: Floats) -> Floats:
    """Ishigami and Homma 1990, on (0, 1)^3 stretched to (-pi, pi)^3."""
    angle = np.pi * (2 * x - 1)
    return np.asarray(np.sin(angle[:, 0]) * (1 + B * angle[:, 2] ** 4) + A * np.sin(angle[:, 1]) ** 2)


def sobol_g(x: Floats) -> Floats:
    """Saltelli and Sobol' 1995, on (0, 1)^4."""
    return np.asarray(np.prod((np.abs(4 * x - 2) + G) / (1 + G), axis=1))


def exact_ishigami() -> tuple[float, dict[str, list[float]], float]:
    """Variance, first-order and total indices, and the one interaction that there is."""
    one, two = 0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8
    both = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + both
    return (
        whole,
        {"first": [one / whole, two / whole, 0], "total": [(one + both) / whole, two / whole, both / whole]},
        both / whole,
    )


def exact_g() -> tuple[float, dict[str, list[float]], dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    """The same of the product, whose every subset of factors has the product of their parts."""
    parts = 1 / (3 * (1 + G) ** 2)
    whole = float(np.prod(1 + parts) - 1)
    rest = [np.prod(1 + np.delete(parts, place)) for place in range(len(G))]
    pairs = list(combinations(range(len(G)), 2))
    second = {pair: float(np.prod(parts[list(pair)])) / whole for pair in pairs}
    together = {pair: second[pair] * float(np.prod(1 + np.delete(parts, list(pair)))) for pair in pairs}
    shares = {
        "first": list(parts / whole),
        "total": [part * other / whole for part, other in zip(parts, rest, strict=True)],
    }
    return whole, shares, second, together


class Study:
    """A function on two samples of Sobol' points, with as much noise as one likes."""

    def __init__(self, function: Function, dimensions: int, noise: float = 0.0, rows: int = ROWS) -> None:
        points = qmc.Sobol(2 * dimensions, rng=np.random.default_rng(5)).random(rows)
        self.function, self.dimensions, rng = function, dimensions, np.random.default_rng(6)
        self.a, self.b = points[:, :dimensions], points[:, dimensions:]
        self.noise = [noise * rng.standard_normal((rows, 1)) for _ in range(3)]
        there = self.run(self.b) + self.noise[2]
        self.base = Base(self.twice(self.a), there, resamples(np.random.default_rng(7), rows))

    def run(self, x: Floats) -> Floats:
        return self.function(x)[:, np.newaxis]

    def twice(self, x: Floats) -> Twice:
        return self.run(x) + self.noise[0], self.run(x) + self.noise[1]

    def mixed(self, *places: int) -> Twice:
        x = self.a.copy()
        x[:, list(places)] = self.b[:, list(places)]
        return self.twice(x)


@pytest.mark.parametrize(
    ("function", "exact"), [(ishigami, exact_ishigami()[:2]), (sobol_g, exact_g()[:2])], ids=["ishigami", "sobol g"]
)
@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_first_and_total_equal_the_closed_form(
    function: Function, exact: tuple[float, dict[str, list[float]]], noise: float
) -> None:
    variance, shares = exact
    sd = noise * np.sqrt(variance)
    study = Study(function, len(shares["first"]), sd)
    kept = variance / (variance + sd**2)
    assert study.base.variance[0] == pytest.approx(variance + sd**2, rel=0.05)
    all_inputs = study.base.inputs()[0]
    assert all_inputs is not None
    assert all_inputs.value == pytest.approx(kept, abs=0.03)
    for place in range(study.dimensions):
        mixed = study.mixed(place)
        for kind, found in (("first", study.base.first(mixed)[0]), ("total", study.base.total(mixed)[0])):
            assert found is not None
            assert found.value == pytest.approx(kept * shares[kind][place], abs=0.02 + 0.03 * noise), (kind, place)
            assert found.low <= found.value <= found.high


def test_the_only_interaction_of_ishigami() -> None:
    study, both = Study(ishigami, 3), exact_ishigami()[2]
    for one, other in combinations(range(3), 2):
        outputs = study.mixed(one), study.mixed(other), study.mixed(one, other)
        expected = both if (one, other) == (0, 2) else 0
        second, together = study.base.second(*outputs)[0], study.base.together(*outputs)[0]
        assert second is not None
        assert together is not None
        assert second.value == pytest.approx(expected, abs=0.03)
        assert together.value == pytest.approx(expected, abs=0.02)


def test_interactions_of_the_product() -> None:
    study, (_, _, second, together) = Study(sobol_g, 4), exact_g()
    for pair in second:
        outputs = study.mixed(pair[0]), study.mixed(pair[1]), study.mixed(*pair)
        found = study.base.second(*outputs)[0], study.base.together(*outputs)[0]
        assert found[0] is not None
        assert found[1] is not None
        assert found[0].value == pytest.approx(second[pair], abs=0.015)
        assert found[1].value == pytest.approx(together[pair], abs=0.005)


@pytest.mark.parametrize("function", [ishigami, sobol_g])
def test_equals_salib_on_the_same_rows(function: Function) -> None:
    from SALib.analyze.sobol import analyze  # slow to import

    study = Study(function, 3 if function is ishigami else 4, rows=1_024)
    d, rows = study.dimensions, len(study.a)
    runs = [study.run(study.a), *(study.mixed(place)[0] for place in range(d)), study.run(study.b)]
    problem = {"num_vars": d, "names": list("abcd"[:d]), "bounds": [[0, 1]] * d}
    theirs = analyze(problem, np.hstack(runs).reshape(rows * (d + 2)), calc_second_order=False, seed=1)
    for place in range(d):
        first, total = (
            found[0] for found in (study.base.first(study.mixed(place)), study.base.total(study.mixed(place)))
        )
        assert first is not None
        assert total is not None
        assert first.value == pytest.approx(theirs["S1"][place], abs=1e-5)
        assert total.value == pytest.approx(theirs["ST"][place], abs=1e-5)
        for ours, width in ((first, theirs["S1_conf"][place]), (total, theirs["ST_conf"][place])):
            assert (ours.high - ours.low) / 2 == pytest.approx(width, rel=0.35)


def test_an_output_that_never_varies_has_no_shares() -> None:
    study = Study(lambda x: np.zeros(len(x)), 2, rows=64)
    assert study.base.total(study.mixed(0)) == [None]
    assert study.base.inputs() == [None]


def test_what_was_seen_once_may_be_more_than_nothing() -> None:
    """One row in 512 moves: resampling alone would leave it out in a third of the samples and trust the rest."""
    study = Study(lambda x: (x[:, 0] > 0.5).astype(float), 2, rows=512)
    here = study.base.here[0].copy()
    here[3] = 1 - here[3]
    found = study.base.total((here, here))[0]
    nothing = study.base.total(study.mixed(1))[0]
    assert found is not None
    assert nothing is not None
    assert found.value == pytest.approx(0.5 / 512 / study.base.variance[0])
    assert found.high > 5 * found.value
    assert nothing.value == 0 < nothing.high
    assert not nothing.beyond_chance


def test_intervals_hold_as_often_as_they_say() -> None:
    """Over independent designs with chance, 95 % intervals of a known share."""
    exact, held, runs = exact_ishigami(), 0, 60
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        a, b, rows = rng.random((600, 3)), rng.random((600, 3)), 600
        noise = [2 * rng.standard_normal((rows, 1)) for _ in range(3)]
        base = Base(
            (ishigami(a)[:, np.newaxis] + noise[0], ishigami(a)[:, np.newaxis] + noise[1]),
            ishigami(b)[:, np.newaxis] + noise[2],
            resamples(rng, rows),
        )
        x = a.copy()
        x[:, 0] = b[:, 0]
        found = base.total((ishigami(x)[:, np.newaxis] + noise[0], ishigami(x)[:, np.newaxis] + noise[1]))[0]
        assert found is not None
        held += found.low <= exact[1]["total"][0] * exact[0] / (exact[0] + 4) <= found.high
    assert 0.85 <= held / runs <= 1
