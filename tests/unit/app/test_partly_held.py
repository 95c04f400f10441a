"""What single draws of a long forecast say is said to rest on those that are held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from realpolitik.errors import ModelError
from realpolitik.forecast import forecast as engine_room
from realpolitik.forecast.compare import compare
from realpolitik.forecast.condition import condition
from realpolitik.forecast.draws import CHUNK
from realpolitik.forecast.forecast import Forecast, alike, forecast
from realpolitik.record.seal import seal
from realpolitik.report.render import render
from tests.small import CHAMBER, THREAT, change, contest, with_section
from tests.unit.forecast.test_tally import streaming

__all__ = ["streaming"]

DRAWS = 3 * CHUNK

NOTE = "Only the first 10,000 of the 15,000 draws are held; this rests on them."

TEXT = change(
    with_section(CHAMBER + THREAT), ("outcomes:", "  vote: {chamber: house}\n  crisis: {threat: sanctions}\noutcomes:")
)


@pytest.fixture
def partly(streaming: None) -> Forecast:
    return forecast(contest(TEXT), DRAWS, 5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "contest.yaml").write_text(TEXT)
    return tmp_path / "a"


def said(*words: object) -> str:
    found = CliRunner().invoke(app, [str(word) for word in (*words, "--draws", DRAWS)])
    assert found.exit_code == 0, found.output
    return " ".join(found.stdout.split())


@pytest.mark.usefixtures("streaming")
@pytest.mark.parametrize(
    "words",
    [
        ["condition", "--given", "notice"],
        ["condition", "--pairs", "notice"],
        ["forecast", "--given", "notice"],
        ["levers", "--actor", "usa", "--toward", "much"],
        ["compare", "--set", "pathway.notice.judgement=0.6"],
        ["combine", "--opinion", "crowd: much=0.4"],
    ],
)
def test_the_terminal_and_the_json_say_so(folder: Path, words: list[str]) -> None:
    command, *options = words
    assert NOTE in said(command, folder, *options)
    plain = json.loads(said(command, folder, *options, "--json"))
    assert plain.get("drawn") == DRAWS or NOTE in plain["notes"]


@pytest.mark.usefixtures("streaming")
def test_a_forecast_says_what_is_counted(folder: Path) -> None:
    assert "The first 10,000 draws are held, and all are counted" in said("forecast", folder)


def test_a_forecast_that_is_held_says_nothing(folder: Path) -> None:
    assert "are held" not in said("forecast", folder) + said("condition", folder, "--given", "notice")
    assert "drawn" not in json.loads(said("condition", folder, "--given", "notice", "--json"))


def test_more_draws_are_not_recommended_where_they_would_not_help(partly: Forecast) -> None:
    with pytest.raises(ModelError, match=r"0 of 10,000 draws agree.*15,000 draws are held.*Suppose something likelier"):
        condition(partly, "vote.yes < 2 and settlement > 99")


def test_a_seal_rests_on_draws_that_are_held(partly: Forecast, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"15,000 draws are held.*Seal a forecast of 10,000 draws"):
        seal(tmp_path, partly.contest.as_of, partly)


def test_the_report_says_so(partly: Forecast) -> None:
    assert NOTE in render(partly)


def test_forecasts_that_hold_different_numbers_are_compared_on_what_both_hold(
    partly: Forecast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_room, "MOST_BYTES", 1e9)
    whole = forecast(contest(TEXT), DRAWS, 5)
    assert [each.draws for each in alike((whole, partly))] == [2 * CHUNK, 2 * CHUNK]
    found = compare(whole, partly)
    assert (found.draws, found.switched, found.notes) == (2 * CHUNK, 0, (NOTE,))
    assert compare(partly, whole).notes == (NOTE,)
