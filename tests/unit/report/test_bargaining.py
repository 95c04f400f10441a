"""The section on bargaining: rounds, moves, models side by side; and its picture."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from realpolitik.forecast.forecast import forecast
from realpolitik.record.shipped_scores import shipped_scores
from realpolitik.report.bargaining import MOST_MOVES, bargaining
from realpolitik.report.blocks import Figure, Heading, Paragraph, Table
from realpolitik.report.rounds import STEP, Line, lines
from tests.small import SMALL, change, contest
from tests.unit.report.contests import bare, run


def blocks(model: str) -> list[object]:
    stage = f"{{bargain: exit, when: notice, model: {model}}}"
    text = change(SMALL, ("{judgement: 0.3}", "{judgement: 0.9}"), ("{bargain: exit, when: notice}", stage))
    return list(bargaining(forecast(contest(text), 300)))


def test_without_a_bargain_there_is_nothing_to_say() -> None:
    assert bargaining(run(bare())) == []


def test_models_stand_side_by_side_and_those_that_do_not_apply_say_why() -> None:
    found = blocks("compromise")
    assert [type(block) for block in found] == [Heading, Table, Paragraph, Paragraph]
    table = found[1]
    assert isinstance(table, Table)
    names = [str(row.cells[0]) for row in table.rows]
    assert "compromise" in names
    assert "challenge, settled" in names
    assert not any(name.startswith("exchange") for name in names)
    assert "exchange, equal-gain" in str(found[3])


def test_models_stand_beside_their_backtest_and_how_it_was_measured() -> None:
    found = blocks("compromise")
    past = shipped_scores()
    table = found[1]
    assert isinstance(table, Table)
    cells = {str(row.cells[0]): [str(cell) for cell in row.cells[-2:]] for row in table.rows}
    score = past.models["challenge"]
    assert cells["challenge, settled"] == [f"{score.mae:.1f}", score.against.written(1).replace("-", "\u2212")]
    assert cells["compromise"] == [f"{past.models['compromise'].mae:.1f}", ""]
    assert past.command in str(found[2])
    assert past.population in str(found[2])


def test_a_variant_that_was_not_tested_says_so() -> None:
    stage = "{bargain: exit, when: notice, model: mean, variant: capability}"
    text = change(SMALL, ("{judgement: 0.3}", "{judgement: 0.9}"), ("{bargain: exit, when: notice}", stage))
    table = next(block for block in bargaining(forecast(contest(text), 300)) if isinstance(block, Table))
    cells = {str(row.cells[0]): row.cells[-2:] for row in table.rows}
    assert cells["mean, capability"] == ("not tested", "")
    assert cells["mean, unweighted"][0] != "not tested"


def test_a_model_with_rounds_shows_them_with_its_widest_moves() -> None:
    found = blocks("spatial")
    assert [type(block) for block in found][:4] == [Heading, Paragraph, Figure, Table]
    moves = found[3]
    assert isinstance(moves, Table)
    assert 1 <= len(moves.rows) <= MOST_MOVES
    assert "→" in str(moves.rows[0].cells[3])


def test_names_at_the_end_of_lines_keep_apart() -> None:
    ways = [Line(f"actor {index}", [float(index), 50.0]) for index in range(12)]
    picture = ET.fromstring(lines(ways, {0.0: "no", 100.0: "yes"}, median=[6.0, 50.0]).markup)
    places = sorted(float(text.get("y", "0")) for text in picture if (text.text or "").startswith("actor"))
    assert len(places) == 12
    assert all(after - before >= STEP - 0.01 for before, after in pairwise(places))
    assert min(places) >= 0
    assert max(places) <= float(picture.get("height", "0"))
