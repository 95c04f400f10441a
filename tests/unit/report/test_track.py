"""How sealed forecasts moved, in the report."""

from dataclasses import replace
from typing import Any

from realpolitik.forecast.forecast import forecast
from realpolitik.report.blocks import Block, Figure, Heading, Note, Table, plain
from realpolitik.report.track import TRACK, track
from tests.unit.report.contests import bare, track_of


def shown(*steps: dict[str, Any]) -> list[Block]:
    found = forecast(bare(), 200)
    return list(track(replace(found, manifest=found.manifest | {TRACK: list(steps)})))


def test_without_seals_there_is_nothing_to_say() -> None:
    assert track(forecast(bare(), 200)) == []
    assert shown() == []


def test_every_seal_stands_with_what_was_known_and_noted() -> None:
    first, second, _ = track_of(bare())
    table = next(block for block in shown(first, second) if isinstance(block, Table))
    rows = [[plain(cell) for cell in row.cells] for row in table.rows]
    assert rows[0] == ["9 January 2020 entry 4, 000000000000", "50.0\u00a0%", "50.0\u00a0%", "Does it happen?"]
    assert rows[1][-1] == "notice Does it happen?"


def test_a_line_for_every_outcome_once_there_are_two_seals() -> None:
    first, second, _ = track_of(bare())
    picture = next(block for block in shown(first, second) if isinstance(block, Figure))
    assert picture.alt == "yes: 50.0\u00a0% → 50.0\u00a0%; no: 50.0\u00a0% → 50.0\u00a0%"
    assert "entry 5" in picture.pictures[0].markup
    assert not [block for block in shown(first) if isinstance(block, Figure | Heading)]
    other = {**second, "outcomes": {"maybe": 1.0}}
    assert not [block for block in shown(first, other) if isinstance(block, Figure)]


def test_one_change_needs_no_sum() -> None:
    first, second, _ = track_of(bare())
    moved = shown(first, {**second, "moved": second["moved"][:1]})[-2]
    assert isinstance(moved, Table)
    assert len(moved.rows) == 1
    whole = shown(first, second)[-2]
    assert isinstance(whole, Table)
    assert plain(whole.rows[-1].cells[0]) == "In all"


def test_seals_after_the_horizon_are_hindsight() -> None:
    first, second, _ = track_of(bare())
    late = [{**step, "date": "2021-02-01"} for step in (first, second)]
    assert isinstance(shown(*late)[0], Note)
    assert not isinstance(shown(first, late[1])[0], Note)
