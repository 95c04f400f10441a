"""The score sheet in the report."""

from dataclasses import replace
from typing import Any

from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.report.blocks import Heading, Note, Paragraph, Table, plain
from realpolitik.report.scores import SCORES, scores
from tests.unit.report.contests import bare, sheet_of


def shown(**other: Any) -> list[object]:
    found: Forecast = forecast(bare(), 200)
    return list(scores(replace(found, manifest=found.manifest | {SCORES: sheet_of(bare()) | other})))


def text(blocks: list[object]) -> str:
    return " ".join(plain(block.text) for block in blocks if isinstance(block, Note | Paragraph))


def test_without_a_sheet_there_is_nothing_to_say() -> None:
    assert scores(forecast(bare(), 200)) == []
    found = forecast(bare(), 200)
    assert scores(replace(found, manifest=found.manifest | {SCORES: None})) == []


def test_hindsight_is_said_first() -> None:
    first = shown(hindsight=True)[0]
    assert isinstance(first, Note)
    assert plain(first.text).startswith("Hindsight")
    assert not isinstance(shown()[0], Note)


def test_a_row_of_every_kind() -> None:
    table = next(block for block in shown() if isinstance(block, Table))
    event, number = ([plain(cell) for cell in row.cells] for row in table.rows)
    assert event[1:] == ["Does it happen?", "25.0\u00a0%", "0.312", "1.386", "", "0.250", "\u22120.062"]
    assert number[1:] == ["42 (hindsight)", "40 (5 to 90)", "", "", "9.7", "9.0", "\u22120.7"]


def test_means_and_later_forecasts() -> None:
    assert "Brier score 0.312 on 1 question, against 0.250" in text(shown())
    assert "score Brier 0.100, CRPS 8.8" in text(shown())
    assert "knew more" not in text(shown(hindsight=True))
    assert "The contest was changed since" in text(shown())


def test_what_has_no_score_is_told() -> None:
    headings = [block.text for block in shown() if isinstance(block, Heading)]
    assert headings == ["Questions that the contest does not speak of", "Still open"]
    assert "No sealed forecast answers" in text(shown(rows=[], means={}, seal=None))
