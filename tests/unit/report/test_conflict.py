"""The section on conflicts, on a conflict whose equilibria are in the textbooks."""

import xml.etree.ElementTree as ET
from math import dist

from realpolitik.forecast.conflict import typical
from realpolitik.forecast.forecast import forecast
from realpolitik.models.conflict import StateGraph, stability
from realpolitik.report.blocks import Figure, Heading, Paragraph, Table
from realpolitik.report.conflict import DOT, LOOKS, MOST_DRAWN, conflict, picture
from realpolitik.report.pathway import pathway
from tests.small import contest, with_section
from tests.unit.report.contests import bare, run

DILEMMA = """\
conflicts:
  dilemma:
    decision_makers: {usa: [usa-disarms], iran: [iran-disarms]}
    status_quo: [usa-disarms, iran-disarms]
    preferences:
      usa: [iran-disarms, not usa-disarms]
      iran: [usa-disarms, not iran-disarms]

"""


def test_without_a_conflict_there_is_nothing_to_say() -> None:
    assert conflict(run(bare())) == []


def test_the_prisoners_dilemma_in_words_and_table() -> None:
    found = conflict(forecast(contest(with_section(DILEMMA)), 100))
    assert [type(block) for block in found] == [Heading, Paragraph, Paragraph, Figure, Table]
    told = str(found[2])
    assert "In 1 state nobody can do better by moving alone: 1 (nothing done)" in told
    assert "also stays in 4" in told
    assert "Things stand in state 4" in told
    table = found[4]
    assert isinstance(table, Table)
    assert [row.cells[3] for row in table.rows] == ["Nash, GMR, SMR, SEQ, SIM", "none", "none", "GMR, SMR, SEQ, SIM"]


def test_the_picture_has_a_mark_for_each_state_and_a_line_for_each_improvement() -> None:
    one = typical(contest(with_section(DILEMMA)), "dilemma")
    graph = one.graph.with_preferences(one.own(one.kinds()[0][0]))
    marks = list(ET.fromstring(picture(graph, stability(graph)).markup))
    looks = [mark.get("class") for mark in marks]
    assert looks.count("state nash") == 1
    assert looks.count("state") == 3
    assert looks.count("move-1") == 2
    assert looks.count("move-2") == 2
    assert looks.count("ring") == 2
    (nash,) = [mark for mark in marks if mark.get("class") == "state nash"]
    centre = float(nash.get("cx", "0")), float(nash.get("cy", "0"))
    starts = [mark.get("d", "M0 0")[1:].partition("Q")[0] for mark in marks if mark.get("class") in LOOKS]
    assert all(dist(centre, map(float, start.split())) > DOT + 1 for start in starts), "nobody leaves an equilibrium"


def test_who_does_not_care_has_no_line() -> None:
    graph = StateGraph.build({"a": ["press"], "b": ["yield"]}, statements={"a": ["yield"], "b": ["press"]})
    marks = ET.fromstring(picture(graph, stability(graph)).markup)
    assert not [mark for mark in marks if mark.get("class") in LOOKS]


def test_many_states_are_not_drawn() -> None:
    options = ", ".join(f"o{number}" for number in range(7))
    wide = f"""\
conflicts:
  wide:
    decision_makers: {{usa: [{options}], iran: [x]}}
    preferences: {{usa: [o1], iran: [x]}}

"""
    found = conflict(forecast(contest(with_section(wide)), 100))
    assert MOST_DRAWN < 2**8
    assert [type(block) for block in found] == [Heading, Paragraph, Paragraph]


UNCERTAIN = """\
conflicts:
  duel:
    title: A duel
    decision_makers: {usa: [press], iran: [yield]}
    status_quo: []
    preferences:
      usa: {weights: {press: -10 to 30, yield: 50}, note: It may not want to.}
      iran: [not press, yield]
    believes: {usa: {iran: {either: [{probability: 0.5, statements: [yield]}, {statements: [not yield], note: No}]}}}

"""


def test_uncertain_preferences_have_probabilities_and_reasons() -> None:
    found = conflict(forecast(contest(with_section(UNCERTAIN)), 200))
    assert [type(block) for block in found] == [Heading, Paragraph, Paragraph, Paragraph, Figure, Table, Table]
    assert "over 200 draws" in str(found[3])
    states, reasons = found[5], found[6]
    assert isinstance(states, Table)
    assert isinstance(reasons, Table)
    assert [column.title for column in states.columns][-1] == "Pr. SIM"
    assert all(str(cell).endswith("%") for row in states.rows for cell in row.cells[-5:])
    assert [row.cells[0] for row in reasons.rows] == ["United States", "Iran, as United States believes, alternative 2"]


def test_a_conflict_that_a_stage_follows_says_so() -> None:
    stage = "  duel: {conflict: duel, start: {press: notice}}\n  settlement:"
    found = forecast(contest(with_section(UNCERTAIN).replace("  settlement:", stage)), 50)
    assert "The pathway follows it: Duel." in str(conflict(found)[1])
    told = str(pathway(found)[-1])
    assert all(word in told for word in ("press", "yield", "settled"))
