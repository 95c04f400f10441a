"""Draws: the right shapes, stratified, seeded by name, correlated as asked."""

import numpy as np
import pytest
from scipy import stats

from realpolitik.contest.distribution import Distribution, parse
from realpolitik.contest.quantity import Bounds
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import CHUNK, Chunk, Floats, chunks, inverse, quantiles_of, sample, stream
from tests.small import SMALL, change, contest

LEVELS = np.array([0.05, 0.5, 0.95])
Z = stats.norm.ppf(0.95)


def shared(**written: str) -> str:
    """A contest with these shared quantities."""
    lines = "".join(f"  {name}: {value}\n" for name, value in written.items())
    return change(SMALL, ("actors:\n", f"quantities:\n{lines}actors:\n"))


def drawn(text: str, size: int = CHUNK, seed: int = 1) -> dict[str, Floats]:
    return sample(contest(text), seed, Chunk(0, size))


ORACLES = [
    ("60 to 80", Bounds(), stats.norm(70, 10 / Z)),
    ("0.6 to 0.8", Bounds(0, 1), stats.norm(0.7, 0.1 / Z)),
    ("20 to 80", Bounds(0), stats.lognorm(np.log(4) / (2 * Z), scale=40)),
    ("3 to 9", Bounds(1), stats.lognorm(np.log(4) / (2 * Z), loc=1, scale=4)),
    ("0 to 8", Bounds(0), stats.norm(4, 4 / Z)),
    ("normal(50, 10)", Bounds(0, 100), stats.norm(50, 10)),
    ("lognormal(1, 0.5)", Bounds(0), stats.lognorm(0.5, scale=np.e)),
    ("uniform(2, 6)", Bounds(), stats.uniform(2, 4)),
    ("triangular(0, 2, 10)", Bounds(), stats.triang(0.2, 0, 10)),
    ("triangular(0, 0, 10)", Bounds(), stats.triang(0, 0, 10)),
    ("triangular(0, 10, 10)", Bounds(), stats.triang(1, 0, 10)),
    ("beta(7, 3)", Bounds(0, 1), stats.beta(7, 3)),
    ("beta(0.5, 2, 0, 100)", Bounds(0, 100), stats.beta(0.5, 2, 0, 100)),
]


@pytest.mark.parametrize(("text", "bounds", "oracle"), ORACLES)
def test_quantiles_are_those_of_an_independent_source(text: str, bounds: Bounds, oracle: stats.rv_continuous) -> None:
    expected = np.clip(oracle.ppf(LEVELS), bounds.low, bounds.high)
    np.testing.assert_allclose(quantiles_of(parse(text), LEVELS, bounds, {}), expected, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(inverse(parse(text), LEVELS, bounds), oracle.ppf(LEVELS), rtol=1e-9)  # type: ignore[arg-type]


def test_both_ends_of_an_interval_are_its_quantiles() -> None:
    for bounds in (Bounds(), Bounds(0), Bounds(0, 100), Bounds(-10)):
        ends = quantiles_of(parse("20 to 80"), np.array([0.05, 0.95]), bounds, {})
        np.testing.assert_allclose(ends, [20, 80])


@pytest.mark.parametrize(("text", "bounds", "oracle"), ORACLES)
def test_draws_have_those_quantiles(text: str, bounds: Bounds, oracle: stats.rv_continuous) -> None:
    values = drawn(shared(q=text))["quantities.q"]
    expected = quantiles_of(parse(text), LEVELS, Bounds(), {})
    spread = np.abs(expected).max() / 100
    np.testing.assert_allclose(np.quantile(values, LEVELS), expected, rtol=0.01, atol=spread)


def test_what_lies_beyond_a_bound_is_put_on_it() -> None:
    text = change(SMALL, ("salience: 0.5", "salience: normal(0.5, 1)"), ("position: 100", "position: 90 to 100"))
    found = drawn(text)
    salience = found["issues.exit.positions.iran.salience"]
    assert (salience.min(), salience.max()) == (0, 1)
    assert (salience == 1).mean() == pytest.approx(stats.norm(0.5, 1).sf(1), abs=1 / CHUNK)
    assert found["issues.exit.positions.iran.position"].max() == 100
    np.testing.assert_array_equal(quantiles_of(parse("normal(0.5, 1)"), LEVELS, Bounds(0, 1), {}), [0, 0.5, 1])


def test_every_stratum_holds_one_draw() -> None:
    values = drawn(shared(q="uniform(0, 1)"), size=500)["quantities.q"]
    np.testing.assert_array_equal(np.sort(np.floor(values * 500)), np.arange(500))
    assert not (np.diff(values) > 0).all()


def test_what_is_known_is_the_same_everywhere_and_a_name_is_the_same_draw() -> None:
    found = drawn(change(shared(q="0.3 to 0.9"), ("salience: 0.5", "salience: q")))
    assert set(found["issues.exit.positions.iran.capability"]) == {40.0}
    shared_draws = found["quantities.q"]
    assert shared_draws.max() > 1
    np.testing.assert_array_equal(found["issues.exit.positions.iran.salience"], np.clip(shared_draws, 0, 1))


def test_a_stream_belongs_to_seed_chunk_and_name() -> None:
    first = stream(1, Chunk(0, 5), "a").random(3).tolist()
    assert first == stream(1, Chunk(0, 9), "a").random(3).tolist()
    others = [stream(2, Chunk(0, 5), "a"), stream(1, Chunk(1, 5), "a"), stream(1, Chunk(0, 5), "b")]
    assert all(first != other.random(3).tolist() for other in others)


def test_a_new_quantity_does_not_disturb_the_others() -> None:
    before, after = drawn(SMALL), drawn(shared(q="beta(2, 3)"))
    assert set(after) - set(before) == {"quantities.q"}
    for address, values in before.items():
        np.testing.assert_array_equal(values, after[address])


def test_chunks_cut_the_draws_and_the_last_is_shorter() -> None:
    assert chunks(1) == [Chunk(0, 1)]
    assert chunks(CHUNK) == [Chunk(0, CHUNK)]
    assert chunks(2 * CHUNK + 1) == [Chunk(0, CHUNK), Chunk(1, CHUNK), Chunk(2, 1)]
    assert chunks(0) == []


# --- mixtures ---------------------------------------------------------------------------------------------------------


def test_a_mixture_takes_each_part_as_often_as_its_weight_says() -> None:
    values = drawn(shared(q="mixture(0.3: 1, 0.7: uniform(2, 3))"))["quantities.q"]
    assert (values == 1).mean() == pytest.approx(0.3, abs=1 / CHUNK)
    assert np.median(values[values > 1]) == pytest.approx(2.5, abs=0.05)


def test_a_mixture_of_many_parts() -> None:
    parts = ", ".join(str(i) for i in range(40))
    values = drawn(shared(q=f"[{parts}]"))["quantities.q"]
    np.testing.assert_array_equal(np.bincount(values.astype(int)), np.full(40, CHUNK // 40))


def test_quantiles_of_a_mixture() -> None:
    found = quantiles_of(
        parse("mixture(1: uniform(0, 1), 3: uniform(1, 2))"), np.array([0.125, 0.25, 0.625]), Bounds(), {}
    )
    np.testing.assert_allclose(found, [0.5, 1.0, 1.5], atol=1e-4)
    assert quantiles_of(parse("7"), LEVELS, Bounds(0, 5), {}).tolist() == [5, 5, 5]


@pytest.mark.parametrize("text", ["q", "mixture(1: q)"])
def test_quantiles_of_a_name_are_those_of_its_draws(text: str) -> None:
    quantities: dict[str, Distribution] = {"q": parse("20 to 80")}
    expected = quantiles_of(parse("20 to 80"), LEVELS, Bounds(), {})
    np.testing.assert_allclose(quantiles_of(parse(text), LEVELS, Bounds(0), quantities), expected, atol=0.02)


@pytest.mark.parametrize(
    "text", ["mixture(1: q, 1: 0.9)", "mixture(1: mixture(1: q, 1: 0.9))", "mixture(1: mixture(1: q), 1: 0.9)"]
)
def test_a_mixture_keeps_the_draws_of_the_shared_quantities_in_it(text: str) -> None:
    found = drawn(change(shared(q="uniform(0, 0.8)"), ("salience: 0.5", f"salience: {text}")))
    values = found["issues.exit.positions.iran.salience"]
    taken = values != 0.9
    assert taken.mean() == pytest.approx(0.5, abs=0.05)
    np.testing.assert_array_equal(values[taken], found["quantities.q"][taken])


# --- correlations -----------------------------------------------------------------------------------------------------


def correlated(rank: float, **written: str) -> str:
    between = ", ".join(f"quantities.{name}" for name in written)
    lines = f"correlations: [{{between: [{between}], rank: {rank}}}]\n"
    return change(shared(**written), ("outcomes:\n", f"{lines}outcomes:\n"))


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0, 0.5, 0.95])
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("0 to 1", "beta(2, 9)"),
        ("uniform(0, 1)", "lognormal(0, 1)"),
        ("20 to 80", "mixture(0.5: normal(0, 1), 0.5: 5 to 9)"),
    ],
)
def test_rank_correlations_are_reached(rank: float, a: str, b: str) -> None:
    found = drawn(correlated(rank, a=a, b=b))
    reached = stats.spearmanr(found["quantities.a"], found["quantities.b"]).statistic
    assert reached == pytest.approx(rank, abs=4 * (1 - rank**2) / np.sqrt(CHUNK) + 0.005)


def test_correlated_quantities_keep_their_shape() -> None:
    found = drawn(correlated(0.8, a="uniform(0, 1)", b="beta(2, 3)", c="normal(0, 1)"))
    np.testing.assert_allclose(np.quantile(found["quantities.b"], LEVELS), stats.beta(2, 3).ppf(LEVELS), atol=0.03)
    np.testing.assert_allclose(np.quantile(found["quantities.c"], LEVELS), stats.norm.ppf(LEVELS), atol=0.12)
    for pair in ("ab", "ac", "bc"):
        reached = stats.spearmanr(*(found[f"quantities.{name}"] for name in pair)).statistic
        assert reached == pytest.approx(0.8, abs=0.04)


def test_two_correlations_hold_side_by_side() -> None:
    text = change(
        shared(a="0 to 1", b="0 to 1", c="0 to 1"),
        (
            "outcomes:\n",
            "correlations:\n- {between: [quantities.a, quantities.b], rank: 0.7}\n"
            "- {between: [quantities.b, quantities.c], rank: -0.5}\noutcomes:\n",
        ),
    )
    found = drawn(text)
    for pair, rank in (("ab", 0.7), ("bc", -0.5), ("ac", 0.0)):
        reached = stats.spearmanr(*(found[f"quantities.{name}"] for name in pair)).statistic
        assert reached == pytest.approx(rank, abs=0.06)


def test_the_others_keep_their_draws_when_a_correlated_quantity_is_fixed() -> None:
    before = drawn(correlated(0.8, a="uniform(0, 1)", b="0.2 to 0.4", c="normal(0, 1)"))
    after = drawn(correlated(0.8, a="0.3", b="0.2 to 0.4", c="normal(0, 1)"))
    assert set(after["quantities.a"]) == {0.3}
    assert all((before[f"quantities.{name}"] == after[f"quantities.{name}"]).all() for name in "bc")


def test_contradicting_correlations_are_refused() -> None:
    with pytest.raises(ContestError, match="these rank correlations contradict each other") as caught:
        drawn(correlated(-0.9, a="0 to 1", b="0 to 1", c="0 to 1"))
    assert caught.value.faults[0].path == ("correlations",)
