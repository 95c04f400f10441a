"""What is worked out beside a forecast for its report: sensitivity and linchpins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from realpolitik.errors import RealpolitikError

if TYPE_CHECKING:
    from realpolitik.forecast.compare import Comparison
    from realpolitik.forecast.forecast import Forecast
    from realpolitik.forecast.linchpins import Linchpin
    from realpolitik.forecast.sensitivity import Sensitivity

__all__ = ["LINCHPINS", "LINCHPIN_DRAWS", "SENSITIVITY", "Against", "Studies", "studied"]

SENSITIVITY, LINCHPINS = "sensitivity", "linchpins"
"""Names of the studies."""

LINCHPIN_DRAWS = 20_000
"""Draws of a forecast, the first ones, on which its evidence is dropped."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Against:
    """Another forecast of the same worlds, and what is different."""

    name: str
    """Of the other one, as the reader knows it."""

    comparison: Comparison
    """From the other one to this one."""


@dataclass(frozen=True)
class Studies:
    """What was worked out beside a forecast."""

    sensitivity: Sensitivity | None = None
    """Which quantity moves which outcome."""

    linchpins: tuple[Linchpin, ...] | None = None
    """What the forecast would be without each claim, source and reader."""

    refused: Mapping[str, str] = field(default_factory=dict)
    """Why a study could not be made, by its name."""

    against: Against | None = None
    """What is different from another forecast."""


def studied(forecast: Forecast, rows: int | None = None, *, progress: Progress | None = None) -> Forecast:
    """The forecast with its sensitivity and its linchpins, at its own seed.

    Parameters
    ----------
    rows : of the design of the sensitivity; left out: as many as the command takes.
    progress : called with the study's name, the walks done and the walks planned.
    """
    from realpolitik.forecast.linchpins import linchpins
    from realpolitik.forecast.sensitivity import ROWS, sensitivity

    contest, seed = forecast.contest, int(forecast.manifest["seed"])
    tell = progress or (lambda name, done, planned: None)
    refused: dict[str, str] = {}
    shares = hanging = None
    try:
        shares = sensitivity(contest, rows or ROWS, seed, progress=lambda *told: tell(SENSITIVITY, *told))
    except RealpolitikError as error:
        refused[SENSITIVITY] = str(error)
    try:
        draws = min(forecast.draws, LINCHPIN_DRAWS)
        hanging = tuple(linchpins(contest, draws, seed, progress=lambda *told: tell(LINCHPINS, *told)))
    except RealpolitikError as error:
        refused[LINCHPINS] = str(error)
    return replace(forecast, studies=replace(forecast.studies, sensitivity=shares, linchpins=hanging, refused=refused))
