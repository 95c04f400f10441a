"""Analysts' contests pooled, and what their disagreements do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.errors import ContestError, UnknownName
from realpolitik.forecast.combine import BASE_RATE, Combination, as_json, combine
from realpolitik.forecast.compare import compare
from realpolitik.forecast.disagree import as_json as disagreement_as_json
from realpolitik.forecast.disagree import disagreements, of_other_kinds
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.opinions import neyman_roughgarden

DRAWS = 2_000

HEAD: dict[str, Any] = {"contest": "dam", "title": "Will it be built?", "as_of": "2020-01-08", "horizon": "2020-12-31"}


def version(vote: object = 0.4, march: object = 0.2, draws: int = DRAWS, seed: int = 1, **parts: Any) -> Forecast:
    pathway = {"vote": {"judgement": vote}, "march": {"judgement": march, "when": "vote"}}
    outcomes = {"marched": "march", "built": "vote", "nothing": "otherwise"}
    return forecast(Contest.model_validate({**HEAD, "pathway": pathway, "outcomes": outcomes, **parts}), draws, seed)


def pool(found: Combination, method: str) -> dict[str, float]:
    (one,) = [each for each in found.pools if each.method == method]
    return dict(zip(found.outcomes, one.probabilities, strict=True))


class TestPools:
    def test_linear_is_the_mean_of_the_forecasts(self) -> None:
        mine, theirs = version(0.4), version(0.8)
        found = combine({"arnor": mine, "roe": theirs})
        shares = [(mine.worlds.outcome == 2).mean(), (theirs.worlds.outcome == 2).mean()]
        assert pool(found, "linear")["nothing"] == pytest.approx(np.mean(shares))
        assert found.pools[2].extremity == neyman_roughgarden(2)

    def test_unanimous_analysts_are_one(self) -> None:
        found = combine({"arnor": version(), "roe": version()})
        own = dict(zip(found.outcomes, found.voices[0].probabilities, strict=True))
        assert pool(found, "linear") == pytest.approx(own)
        assert pool(found, "log odds") == pytest.approx(own)
        assert pool(found, "extremised") != pytest.approx(own)
        assert disagreements({"arnor": version(), "roe": version()}) == []

    def test_the_order_of_the_analysts_does_not_matter(self) -> None:
        contests = {"arnor": version(0.3), "roe": version(0.8), "ben": version(0.5, 0.9)}
        forth, back = combine(contests), combine(dict(reversed(contests.items())))
        for method in ("linear", "log odds", "extremised"):
            assert pool(forth, method) == pytest.approx(pool(back, method))

    def test_the_errors_are_those_of_many_seeds(self) -> None:
        found = [
            combine({"arnor": version(0.3, seed=s, draws=400), "roe": version(0.6, seed=s, draws=400)})
            for s in range(40)
        ]
        for place in range(3):
            spread = np.std([each.pools[place].probabilities for each in found], axis=0, ddof=1)
            told = np.mean([each.pools[place].standard_errors for each in found], axis=0)
            assert spread == pytest.approx(told, rel=0.5)

    def test_an_opinion_and_a_base_rate(self) -> None:
        crowd, base = {"marched": 0.1, "built": 0.3}, {"marched": 0.05, "built": 0.25, "nothing": 0.7}
        found = combine({"arnor": version()}, {"crowd": crowd}, base_rate=base, weights={"crowd": 3})
        assert [(voice.name, voice.weight) for voice in found.voices] == [("arnor", 1), ("crowd", 3), (BASE_RATE, 0)]
        own = found.voices[0].probabilities
        assert pool(found, "linear")["marched"] == pytest.approx((own[0] + 3 * 0.1) / 4)
        assert found.voices[1].probabilities == pytest.approx((0.1, 0.3, 0.6))
        assert found.base == pytest.approx((0.05, 0.25, 0.7))
        heard = combine({"arnor": version()}, base_rate=base, weights={BASE_RATE: 1})
        assert pool(heard, "linear")["marched"] == pytest.approx((own[0] + 0.05) / 2)

    def test_outcomes_in_another_order(self) -> None:
        outcomes = {"nothing": "not vote", "marched": "march", "built": "otherwise"}
        found = combine({"arnor": version(), "roe": version(outcomes=outcomes)})
        assert found.voices[0].probabilities == found.voices[1].probabilities

    def test_as_data(self) -> None:
        plain = as_json(combine({"arnor": version(0.4), "roe": version(0.8)}, extremity=2))
        assert [each["method"] for each in plain["pools"]] == ["linear", "log odds", "extremised"]
        assert plain["pools"][2]["extremity"] == 2
        assert plain["base_rate"] is None


class TestRefusals:
    def test_other_outcomes(self) -> None:
        other = version(outcomes={"built": "vote", "none": "otherwise"})
        with pytest.raises(ContestError, match="'marched' is an outcome of arnor and not of roe") as caught:
            combine({"arnor": version(), "roe": other})
        assert len(caught.value.faults) == 3

    def test_other_worlds(self) -> None:
        with pytest.raises(ContestError, match="different values of 'seed'"):
            combine({"arnor": version(), "roe": version(seed=2)})

    @pytest.mark.parametrize(
        ("shares", "message"),
        [
            ({"marched": 0.5}, "only one may be left out"),
            ({"marched": 0.5, "built": 0.6}, "sum to 1.1"),
            ({"marched": 0.5, "built": 0.1, "nothing": 0.1}, "sum to 0.7"),
            ({"marched": -0.1, "built": 0.1}, "a probability is 0 to 1"),
            ({"march": 0.1, "built": 0.1}, "Did you mean 'marched'"),
            ({"marched": float("nan"), "built": 0.1}, "a probability is 0 to 1"),
        ],
    )
    def test_no_probabilities(self, shares: dict[str, float], message: str) -> None:
        with pytest.raises(ContestError, match=message):
            combine({"arnor": version()}, {"crowd": shares})

    def test_names_and_weights(self) -> None:
        two = {"arnor": version(), "roe": version()}
        with pytest.raises(UnknownName, match="There is no voice 'ro'"):
            combine(two, weights={"ro": 2})
        with pytest.raises(ContestError, match="0 to 1,000,000 are possible"):
            combine(two, weights={"roe": -1})
        with pytest.raises(ContestError, match="One voice alone"):
            combine(two, weights={"roe": 0})
        with pytest.raises(ContestError, match="both a contest and an opinion"):
            combine(two, {"roe": {"marched": 0.5, "built": 0.5}})
        with pytest.raises(ContestError, match="must be above 0"):
            combine(two, extremity=0)
        with pytest.raises(ContestError, match="at least one contest"):
            combine({})


class TestDisagreements:
    def test_each_is_the_contest_with_the_other_value(self) -> None:
        mine, theirs = version("0.3 to 0.5", 0.2), version(0.9, "0.1 to 0.5")
        found = {each.address: each for each in disagreements({"arnor": mine, "roe": theirs})}
        assert found.keys() == {"pathway.vote.judgement", "pathway.march.judgement"}
        vote = found["pathway.vote.judgement"]
        assert (vote.before, vote.after) == ("0.3 to 0.5", "0.9")
        assert vote.outcomes == compare(mine, version(0.9, 0.2)).outcomes
        assert found["pathway.march.judgement"].outcomes == compare(mine, version("0.3 to 0.5", "0.1 to 0.5")).outcomes

    def test_the_one_that_matters_most_comes_first(self) -> None:
        found = disagreements({"arnor": version(0.3, 0.2), "roe": version(0.9, 0.25), "ben": version(0.3, 0.2)})
        sizes = [abs(each.strongest.difference) for each in found]
        assert sizes == sorted(sizes, reverse=True)
        assert {(each.first, each.second) for each in found} == {("arnor", "roe"), ("roe", "ben")}
        assert disagreement_as_json(found[0])["outcomes"][0]["name"] == "marched"

    def test_a_shared_quantity_moves_all_that_holds_its_name(self) -> None:
        mine, theirs = (version("mood", "mood", quantities={"mood": value}) for value in (0.3, 0.7))
        (one,) = disagreements({"arnor": mine, "roe": theirs})
        assert one.address == "quantities.mood"
        assert one.outcomes == compare(mine, theirs).outcomes

    def test_over_several_chunks(self) -> None:
        mine, theirs = version(0.3, draws=6_000), version(0.6, draws=6_000)
        (one,) = disagreements({"arnor": mine, "roe": theirs})
        assert one.outcomes == compare(mine, theirs).outcomes

    def test_what_is_no_quantity_is_named(self) -> None:
        outcomes = {"marched": "march", "built": "vote and not march", "nothing": "otherwise"}
        two = {"arnor": version(), "roe": version(0.5, outcomes=outcomes)}
        assert of_other_kinds(two) == {("arnor", "roe"): ["outcomes.built"]}


def bargain(left: object) -> Forecast:
    issue = {
        "question": "How high?",
        "unit": "metres",
        "scale": {0: "none", 100: "full"},
        "positions": {"left": {"position": left, "salience": 1, "capability": 1}},
    }
    actors = {"left": {"name": "Left", "kind": "party"}}
    parts = {"issues": {"height": issue}, "pathway": {"deal": {"bargain": "height"}}, "outcomes": {"any": "otherwise"}}
    return forecast(Contest.model_validate({**HEAD, "actors": actors, **parts}), 4_000)


def test_settlements_as_mixture_and_by_quantiles() -> None:
    """Uniform on 0 to 20 and on 40 to 80: the mixture has two humps, the mean of quantiles is uniform on 20 to 50."""
    contests = {"arnor": bargain("uniform(0, 20)"), "roe": bargain("uniform(40, 80)")}
    (found,) = combine(contests).settlements
    assert list(found.by_quantiles.values()) == pytest.approx([21.5, 27.5, 35, 42.5, 48.5], abs=0.1)
    assert list(found.mixture.values()) == pytest.approx([2, 10, 20, 60, 76], abs=0.1)
    (light,) = combine(contests, {"crowd": {}}, weights={"arnor": 3}).settlements
    assert light.mixture["0.5"] == pytest.approx(20 * 2 / 3, abs=0.1)


def test_a_weight_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ContestError, match=r"weight of 'arnor' is 1e\+308; 0 to 1,000,000"):
        combine({"arnor": version(), "roe": version(0.5)}, weights={"arnor": 1e308, "roe": 1e308})


def test_nobody_else_is_called_base_rate() -> None:
    rate = {"marched": 0.1, "built": 0.2}
    with pytest.raises(ContestError, match="name of the base rate itself"):
        combine({"arnor": version()}, {BASE_RATE: rate}, base_rate=rate)


def test_a_probability_out_of_bounds_is_shown() -> None:
    with pytest.raises(ContestError) as caught:
        combine({"arnor": version()}, {"crowd": {"marched": float("nan"), "built": 1.5}})
    assert [str(fault) for fault in caught.value.faults] == [
        "crowd.marched: found nan; a probability is 0 to 1",
        "crowd.built: found 1.5; a probability is 0 to 1",
    ]
