"""Maps over two parameters: areas and boundaries in closed form, and every piece holds what it says."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from realpolitik.errors import ContestError
from realpolitik.models.crisis.maps import region_map
from realpolitik.models.crisis.regimes import kinds
from realpolitik.models.crisis.template import template
from realpolitik.registry import templates
from realpolitik.report.regions import regions


def test_the_map_of_the_signal_is_that_of_the_closed_form() -> None:
    """Below 2/3 and an audience cost of 4 they bluff, above 2/3 they are believed, above 4 they are bound."""
    signal = template("signal")
    found = region_map(signal, signal.values(), "resolved", "audience_cost")
    corner = 2e-4  # of the cell in which all three meet, whose pieces join in its middle
    assert list(found.area.values()) == pytest.approx([0.4 * 2 / 3, 0.4 / 3, 0.6], abs=corner)
    bluffs, believed, bound = found.regimes
    assert all(x == pytest.approx(2 / 3, abs=1e-12) for x, _ in found.boundaries[bluffs, believed])
    for pair in ((bluffs, bound), (believed, bound)):
        assert all(y == pytest.approx(4, abs=1e-11) for _, y in found.boundaries[pair])


def test_a_slanted_boundary_is_the_line_of_indifference() -> None:
    """The defender denies as long as conflict is worth more than conceding: where war = -loss."""
    chosen = template("deterrence")
    found = region_map(chosen, chosen.values(), "loss", "defender_war")
    points = [point for points in found.boundaries.values() for point in points]
    assert len(points) > 40
    assert all(war == pytest.approx(-loss, abs=1e-9) for loss, war in points)
    assert sorted(found.area.values()) == pytest.approx([0.25, 0.75], abs=1e-6)


@pytest.mark.parametrize("name", templates.names())
def test_pieces_fill_the_map_and_hold_what_they_say(name: str) -> None:
    chosen = template(name)
    values = chosen.values()
    across, up = [one.name for one in chosen.parameters if not one.whole][:2]
    found = region_map(chosen, values, across, up)
    assert sum(found.area.values()) == pytest.approx(1)
    parts = list(found.parts())
    picked = [parts[index] for index in np.linspace(0, len(parts) - 1, 40).astype(int)]
    whole = [part for part in picked if len(part.corners) == 4]
    middles = np.array([np.mean(part.corners, axis=0) for part in whole])
    moved = {key: np.full(len(whole), value[0]) for key, value in values.items()}
    moved |= {across: middles[:, 0], up: middles[:, 1]}
    said = [found.regimes[part.regime] for part in whole]
    agree = np.mean([one == other for one, other in zip(kinds(chosen, moved, 1.0), said, strict=True)])
    assert agree >= 0.95
    ET.fromstring(regions(found, "title <b>").markup)


def test_where_three_regions_meet_the_pieces_still_fill_the_cell() -> None:
    chosen = template("threat")
    found = region_map(chosen, chosen.values(), "sender_cost", "target_cost")
    assert len(found.regimes) == 3
    assert any(len({part.regime for part in found._cut(row, column)}) == 3
               for row in range(len(found.y) - 1) for column in range(len(found.x) - 1))  # fmt: skip
    assert sum(found.area.values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("pair", "text"),
    [(("prize", "prise"), "Did you mean 'prize'"), (("prize", "rungs"), "to map"), (("prize", "prize"), "both sides")],
)
def test_what_cannot_be_mapped_is_said(pair: tuple[str, str], text: str) -> None:
    ladder = template("ladder")
    with pytest.raises(ContestError, match=text):
        region_map(ladder, ladder.values(), *pair)
