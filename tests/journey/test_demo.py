"""The bundled contest from its folder to the page, as somebody meets it who has just installed Realpolitik."""

import json
from pathlib import Path

from realpolitik.app.afterwards import keep_afterwards
from realpolitik.bundled import bundled_contest
from realpolitik.contest.file import load
from realpolitik.forecast.forecast import forecast
from realpolitik.registry import sections
from tests.journey.test_cli import run


def test_the_page_of_the_bundled_contest_shows_everything(tmp_path: Path) -> None:
    home = tmp_path / "tried"
    found = run("demo", home, "--draws", "1000")
    assert found.returncode == 0, found.stderr
    page = (home / "report.html").read_text()
    shown = {name for name in sections.names() if f'<section id="section--{name}"' in page}
    assert shown == set(sections.names()) - {"comparison"}
    assert "Hindsight." in page
    record = home / "iraq-2020-afterwards"
    scores = json.loads(run("score", record, "--json").stdout)
    assert scores["hindsight"] is True
    assert {row["answer"] for row in scores["forecasts"]} >= {"negotiated drawdown", "no", "yes", 42}
    assert len(scores["unanswered"]) == 6
    first = [row for row in scores["forecasts"] if row["seal"] == scores["forecasts"][0]["seal"]]
    for row in first:
        assert (f"{row['brier']:.3f}" if row["crps"] is None else f"{row['crps']:.1f}") in page
    assert run("edit", home / "iraq-2020", "pathway.notice.judgement=0.5").returncode == 0
    run("forecast", home / "iraq-2020", "--draws", "500", "--out", tmp_path / "run")
    run("report", tmp_path / "run", "--quick", "--record", record)
    assert "The contest was changed since" in (tmp_path / "run" / "report.html").read_text()
    head = (record / "record" / "head").read_text()
    assert keep_afterwards(record, "iraq-2020", forecast(load(home / "iraq-2020"), 500)) is True
    assert (record / "record" / "head").read_text() == head


def test_no_record_is_begun_of_a_changed_contest(tmp_path: Path) -> None:
    changed = load(bundled_contest("iraq-2020"), {"pathway.notice.judgement": "0.5"})
    assert keep_afterwards(tmp_path / "record", "iraq-2020", forecast(changed, 500)) is False
    assert not (tmp_path / "record").exists()
