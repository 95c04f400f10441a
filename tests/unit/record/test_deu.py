"""Decisions of the European Union: what is read, what is left out, what is refused, and the backtest on them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realpolitik.errors import ContestError, StorageError, UnknownName
from realpolitik.models.bargaining.pooled import shipped
from realpolitik.record.backtest import POOLED, YARDSTICK, backtest, learned
from realpolitik.record.capabilities import FIFTEEN, LISBON, NICE, capabilities
from realpolitik.record.deu import decisions
from realpolitik.record.measures import as_json, measures
from realpolitik.record.positions import asked, table_of
from tests.unit.record.decisions import rows, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "small.tsv", rows())


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_what_is_no_issue_is_counted_and_left_out(tmp_path: Path, separator: str) -> None:
    found = rows()
    wealth = {key: "4.1" if key.startswith("p") and key not in ("prnr", "proc") else "" for key in found[0]}
    undecided, few = found[0] | {"out": " "}, found[1] | {f"p{actor}": "" for actor in ("com", "ep", "de", "fr", "it")}
    read = decisions(write(tmp_path / "a.csv", [wealth, *found, undecided, few], separator))
    assert (len(read.issues), read.no_issue, read.without_outcome, read.too_few) == (24, 1, 1, 1)
    assert len(read.sha256) == 64
    first = read.issues[0]
    assert "pl" not in first.position
    assert (first.dossier, first.year, first.codecision, first.unanimity) == ("d00123", 2000, False, True)


def test_a_position_without_salience_takes_the_mean_of_its_issue(tmp_path: Path) -> None:
    found = rows()
    found[0] |= {"sde": ""}
    read = decisions(write(tmp_path / "a.tsv", found))
    others = [value for actor, value in read.issues[0].salience.items() if actor != "de"]
    assert read.filled == 1
    assert read.issues[0].salience["de"] == pytest.approx(sum(others) / len(others))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    found = rows()
    found[0] |= {"pde": "110"}
    found[3] |= {"sfr": "much", "out": "-1"}
    with pytest.raises(ContestError) as caught:
        decisions(write(tmp_path / "a.tsv", found))
    told = str(caught.value)
    for text in ("a.tsv:2: pde: is '110'", "a.tsv:5: sfr: is 'much'", "a.tsv:5: out: is '-1'", "from 0 to 100"):
        assert text in told


@pytest.mark.parametrize("text", ["", "a\tb\n1\t2\n", "prnr,out\n1,2\n", "\x00\x01", "prnr\tout\tpde\tsde\tpfr\tsfr\n"])
def test_other_tables_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(text)
    with pytest.raises(ContestError, match=r"is no (table of decisions|text)"):
        decisions(path)
    with pytest.raises(StorageError, match="cannot be read"):
        decisions(tmp_path / "missing.tsv")


def test_one_dossier_cannot_be_forecast_from_others(tmp_path: Path) -> None:
    with pytest.raises(ContestError, match="fewer than two dossiers"):
        decisions(write(tmp_path / "a.tsv", rows(1)))


def test_weights_follow_the_treaty() -> None:
    old, new = ("de", "lu", "com"), ("de", "lu", "pl", "ep")
    assert capabilities("council", old, 2000) == {"de": 10, "lu": 2, "com": 10}
    assert capabilities("council", new, 2005) == {"de": 29, "lu": 4, "pl": 27, "ep": 29}
    assert capabilities("council", new, 2016)["de"] == 145.3
    assert capabilities("nice", new, 2016)["de"] == 29
    assert capabilities("equal", new, 2016) == dict.fromkeys(new, 1.0)
    assert (sum(FIFTEEN.values()), sum(NICE.values())) == (87, 352)
    assert sum(LISBON.values()) == pytest.approx(1000, abs=1)
    with pytest.raises(UnknownName, match="Did you mean 'council'"):
        capabilities("counsil", old, None)


def test_own_outcomes_do_not_shape_own_forecasts(tmp_path: Path) -> None:
    found = rows()
    one = backtest(write(tmp_path / "a.tsv", found))
    for row in found[:2]:
        row["out"] = str(100 - int(row["out"]))
    other = backtest(write(tmp_path / "b.tsv", found))
    assert np.array_equal(one.models[POOLED].point[:2], other.models[POOLED].point[:2])
    changed = one.models[YARDSTICK].crps[2:] != other.models[YARDSTICK].crps[2:]
    assert changed.any()


def test_point_models_get_their_errors_in_the_other_dossiers(file: Path) -> None:
    found = backtest(file)
    point, outcome = found.models["compromise"].point, found.outcome
    for index, dossier in enumerate(found.dossiers):
        others = [row for row, name in enumerate(found.dossiers) if name != dossier]
        sample = np.clip(point[index] + (outcome - point)[others], 0, 100)
        spread = np.abs(sample[:, None] - sample).mean() / 2
        crps = np.abs(sample - outcome[index]).mean() - spread
        assert found.models["compromise"].crps[index] == pytest.approx(crps, abs=1e-9)


def test_issues_on_top_of_each_other_give_what_each_gives_alone(file: Path) -> None:
    from realpolitik.registry import models

    found = backtest(file)
    for name in ("compromise", "median", "challenge", "pce"):
        alone = [
            models.get(name)(table_of(issue, "council"), rng=np.random.default_rng(1)).outcome[0, 0]
            for issue in found.data.issues
        ]
        assert found.models[name].point == pytest.approx(alone, abs=1e-7)


def test_every_model_is_scored_or_says_why_not(file: Path) -> None:
    found = backtest(file)
    assert set(found.models) | set(found.refused) == {*asked(), POOLED}
    assert "trades one" in found.refused["exchange"]
    assert 0 < found.models["nash"].answers.sum() < len(found.outcome)
    data = as_json(found)
    json.dumps(data, allow_nan=False)
    assert (data["n"], data["dossiers"]) == (24, 12)
    for name, numbers in data["models"].items():
        assert {"mae", "rmse", "within_5", "within_10", "crps", "coverage_50", "coverage_80"} <= set(numbers)
        against = numbers["crps_minus_compromise"]
        assert against["low"] <= against["mean"] <= against["high"]
        assert sum(numbers["pit_histogram"]) == pytest.approx(1)
        groups = numbers["by"]["decision rule"].values()
        assert sum(group["n"] for group in groups) == numbers["n"], name
    whole = measures(found, "constant-50")
    assert whole is not None
    assert whole.mae == pytest.approx(np.abs(found.outcome - 50).mean())
    assert whole.rmse == pytest.approx(np.sqrt(((found.outcome - 50) ** 2).mean()))
    assert data["models"]["compromise"]["crps_minus_compromise"] == {"mean": 0, "low": 0, "high": 0}


def test_given_parameters_are_scored_as_they_are(file: Path) -> None:
    data = decisions(file)
    ours = learned(data, "council", "realpolitik evaluate deu small.tsv --learn own.json")
    found = backtest(file, given=ours)
    assert found.in_sample
    assert not found.refitted
    assert not backtest(file, given=shipped()).in_sample
    refitted = backtest(file)
    assert refitted.refitted
    assert not np.array_equal(found.models[POOLED].crps, refitted.models[POOLED].crps)


def test_progress_comes_to_an_end(file: Path) -> None:
    shares: list[float] = []
    backtest(file, table="equal", progress=shares.append)
    assert sum(shares) == pytest.approx(1)


def test_decisions_of_the_european_union(shared: Path) -> None:
    """The bar that the pooled forecast has to clear, on the part of DEU that is for development."""
    path = shared / "data/deu/deu-dev.tsv"
    found = backtest(path)
    ours, yardstick, constant = (measures(found, name) for name in (POOLED, YARDSTICK, "constant-50"))
    assert ours is not None
    assert yardstick is not None
    assert constant is not None
    assert (yardstick.n, len(set(found.dossiers))) == (221, 92)
    assert yardstick.crps == pytest.approx(16.44, abs=0.01)
    assert constant.mae == pytest.approx(27.89, abs=0.01)
    assert ours.crps < 15.7
    assert ours.mae < 22.5
    assert 0.77 <= ours.coverage_80 <= 0.83
    assert ours.against.high < 0
    if found.data.sha256 == shipped().learned_from["sha256"]:
        again = learned(found.data, "council", str(shipped().learned_from["command"]))
        assert again.choice == pytest.approx(shipped().choice, abs=1e-5)
        assert again.mixture == pytest.approx(shipped().mixture, abs=1e-5)
        assert again.error == pytest.approx(shipped().error, abs=1e-5)
