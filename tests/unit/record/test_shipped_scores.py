"""The scores that stand beside the models in reports."""

from pathlib import Path

import pytest

from realpolitik.errors import ContestError
from realpolitik.models.bargaining.pooled import shipped
from realpolitik.record.backtest import POOLED, YARDSTICK, backtest
from realpolitik.record.measures import measures
from realpolitik.record.shipped_scores import ShippedScores, scores_of, shipped_scores
from tests.unit.record.decisions import rows, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "towns.tsv", rows())


def test_scores_are_the_measures_of_a_backtest_and_survive_the_file(file: Path) -> None:
    run = backtest(file)
    found = scores_of(run, "make it")
    assert ShippedScores.parse(found.dumped(), "x") == found
    assert set(found.models) == set(run.models)
    for name, score in found.models.items():
        part = measures(run, name)
        assert part
        assert (score.issues, score.mae) == (part.n, pytest.approx(part.mae, abs=1e-4))
        assert score.against.mean == pytest.approx(part.against.mean, abs=1e-4)
    assert found.population.startswith(str(len(run.data.issues)))


def test_scores_in_sample_are_refused(file: Path) -> None:
    with pytest.raises(ContestError, match="leave --shipped out"):
        scores_of(backtest(file, given=shipped()), "make it")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', '{"format": "realpolitik scores 1"}'])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(ContestError, match="no scores of models"):
        ShippedScores.parse(text, "x.json")


def test_what_comes_along_rests_on_the_same_decisions_as_the_pooled_parameters() -> None:
    found = shipped_scores()
    assert found.sha256 == shipped().learned_from["sha256"]
    assert found.models[YARDSTICK].against.mean == 0
    assert found.models[POOLED].issues == found.issues


def test_what_comes_along_is_what_its_command_makes(shared: Path) -> None:
    found = shipped_scores()
    run = backtest(shared / "data/deu/deu-dev.tsv")
    if run.data.sha256 != found.sha256:
        pytest.skip("another file of decisions")
    again = scores_of(run, found.command)
    for name, score in found.models.items():
        assert again.models[name].crps == pytest.approx(score.crps, abs=0.01), name
