"""A mark for every seat, in the shape of its stance."""

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import pytest

from realpolitik.report.blocks import Figure
from realpolitik.report.chamber import chamber
from realpolitik.report.hemicycle import MOST_MARKS, STANCES, Wedge, hemicycle, seats_per_mark, whole
from tests.unit.report.contests import SEATS, full, run


def marks(markup: str) -> Counter[str]:
    """Seats by stance."""
    looks = [element.get("class", "").split() for element in ET.fromstring(markup).iter()]
    return Counter(look[1] for look in looks if look[:1] == ["seat"])


@pytest.mark.parametrize("seats", [1, 2, 7, 9, 10, 57, 328, 650, MOST_MARKS])
def test_there_is_a_mark_for_every_seat(seats: int) -> None:
    counts = whole([4, 1, 2, 3], seats)
    found = marks(hemicycle([Wedge("all", counts)]).markup)
    assert found == Counter({stance: many for stance, many in zip(STANCES, counts, strict=True) if many})


def test_a_huge_chamber_shares_marks() -> None:
    seats = 3 * MOST_MARKS + 1
    found = marks(hemicycle([Wedge("all", (seats, 0, 0, 0))]).markup)
    assert seats_per_mark(seats) == 4
    assert sum(found.values()) == -(-seats // 4)


@pytest.mark.parametrize("seats", [2, 9])
def test_a_small_chamber_sits_in_one_row(seats: int) -> None:
    picture = ET.fromstring(hemicycle([Wedge("all", (seats, 0, 0, 0))]).markup)
    circles = [element for element in picture.iter() if element.get("class", "").startswith("seat")]
    radii = {round(float(one.get("cx", 0)) ** 2 + float(one.get("cy", 0)) ** 2, -2) for one in circles}
    assert len(radii) == 1


def test_blocs_sit_from_left_to_right() -> None:
    picture = ET.fromstring(hemicycle([Wedge("left", (50, 0, 0, 0)), Wedge("right", (0, 0, 0, 50))]).markup)
    where = [(one.get("class"), float(one.get("cx", 0))) for one in picture.iter() if one.get("cx")]
    assert max(x for look, x in where if look == "seat yes") < 15
    assert min(x for look, x in where if look == "seat absent") > -15


def test_many_names_keep_their_distance() -> None:
    wedges = [Wedge(f"a very small bloc {number}", (1, 0, 0, 0)) for number in range(20)]
    wedges.append(Wedge("the rest", (300, 0, 0, 0)))
    picture = ET.fromstring(hemicycle(wedges).markup)
    heights = sorted(float(one.get("y", 0)) for one in picture.iter() if one.get("text-anchor") == "end")
    assert len(heights) == 20
    assert min(after - before for before, after in pairwise(heights)) > 16


def test_the_recorded_vote_and_the_expected_one_show_every_seat() -> None:
    figures = [block for block in chamber(run(full())) if isinstance(block, Figure)]
    recorded, expected, board = (marks(figure.pictures[0].markup) for figure in figures)
    assert recorded == Counter({"yes": 31, "absent": SEATS - 31})
    assert sum(expected.values()) == SEATS
    assert expected["absent"] > 0
    assert sum(board.values()) == 5
    for figure, shown in zip(figures, (recorded, expected, board), strict=True):
        assert [key.text for key in figure.key] == [f"{stance} {shown[stance]}" for stance in STANCES]


@pytest.mark.parametrize("total", [0, 1, 13])
def test_whole_numbers_sum_to_the_total(total: int) -> None:
    assert sum(whole([0.2, 3.3, 1.1, 0.0], total)) == total
