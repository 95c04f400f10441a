"""How earlier threats of sanctions ended, beside a stage that is one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from realpolitik.contest.contest import Contest
from realpolitik.forecast.forecast import Forecast
from realpolitik.models.crisis.base_rates import SOURCE, TIES, SanctionsRecord
from realpolitik.models.crisis.template import template

__all__ = ["BROADEST", "SOURCE", "TIES", "as_plain", "of_sanctions", "of_stage"]

BROADEST = next(record for record in TIES if record.cases == "with a threat")
"""The set of cases that every threat of sanctions belongs to."""

ENDS = {
    "threat": (("complied", "gave-in"), ("backed-down",), ("gave-in", "defied")),
    "crisis": (
        ("target-complies-with-the-threat", "target-gives-in-to-sanctions"),
        ("sender-backs-down",),
        ("target-gives-in-to-sanctions", "sanctions-imposed-and-defied"),
    ),
}
"""By kind of stage, the results in which the target gave in, the sender gave up, and sanctions were imposed."""


def of_sanctions(contest: Contest, name: str) -> bool:
    """Whether a stage plays out a threat of sanctions, so that the record of such threats stands beside it."""
    stage = contest.pathway[name]
    if stage.threat is not None:
        return contest.threats[stage.threat].sanctions
    return stage.crisis is not None and template(stage.crisis).sanctions


def of_stage(forecast: Forecast, name: str) -> SanctionsRecord | None:
    """The forecast in the terms of the record, over the draws in which the threat is made; None if it never is."""
    stage = forecast.contest.pathway[name]
    ends = ENDS[stage.kind]
    times = {key: forecast.tally.times(f"{name}.{key}") for keys in ends for key in keys}  # no two in one draw
    made = sum(times.values())
    if not made:
        return None
    gave_in, backed_down, imposed = (sum(times[key] for key in keys) / made for keys in ends)
    return SanctionsRecord("this forecast", made, gave_in, None, backed_down, imposed)


def as_plain() -> dict[str, Any]:
    """The record with its source, as plain data."""
    return {"source": SOURCE, "records": [asdict(each) for each in TIES]}
