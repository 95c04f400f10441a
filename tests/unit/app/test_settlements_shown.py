"""Settlements in the terminal: as many decimals as the scale needs."""

import pytest

from realpolitik.app.show import in_unit
from realpolitik.contest.actors import Issue


@pytest.mark.parametrize(
    ("top", "value", "shown", "finer"),
    [(100, 55.66, "55.7", "55.66"), (10, 4.36, "4.4", "4.36"), (1, 0.0047, "0.005", "0.0047")],
)
def test_a_narrow_scale_shows_more_decimals(top: float, value: float, shown: str, finer: str) -> None:
    issue = Issue.model_validate(
        {
            "question": "x",
            "unit": "x",
            "scale": {0: "none", top: "all"},
            "positions": {"a": {"position": 0, "salience": 1, "capability": 1}},
        }
    )
    assert in_unit(value, issue) == shown
    assert in_unit(value, issue, finer=1) == finer
