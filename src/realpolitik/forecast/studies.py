"""What is worked out beside a forecast because somebody asked for it: sensitivity and linchpins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from realpolitik.forecast.forecast import Forecast, Studies
from realpolitik.forecast.linchpins import linchpins
from realpolitik.forecast.sensitivity import ROWS, sensitivity

__all__ = ["studied"]

Progress = Callable[[str, int, int], None]


def studied(forecast: Forecast, rows: int = ROWS, *, progress: Progress | None = None) -> Forecast:
    """The forecast with its sensitivity and its linchpins, at its own seed and number of draws.

    Parameters
    ----------
    rows : of the design of the sensitivity.
    progress : called with the study's name, the walks done and the walks planned.
    """
    seed = int(forecast.manifest["seed"])
    tell = progress or (lambda name, done, planned: None)
    shares = sensitivity(forecast.contest, rows, seed, progress=lambda *told: tell("sensitivity", *told))
    hanging = linchpins(forecast.contest, forecast.draws, seed, progress=lambda *told: tell("linchpins", *told))
    return replace(forecast, studies=Studies(shares, tuple(hanging)))
