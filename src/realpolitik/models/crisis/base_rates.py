"""How threats of sanctions ended before: shares by set of cases, from the TIES data, version 4.0."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SOURCE", "TIES", "SanctionsRecord"]

SOURCE = (
    "Threat and Imposition of Sanctions (TIES) 4.0, 1945–2005, cases with a known final outcome; "
    "shares computed from the published data (Morgan2014)"
)
"""Where the numbers come from."""


@dataclass(frozen=True)
class SanctionsRecord:
    """How one set of cases ended."""

    cases: str
    """Which ones."""

    number: int
    """How many."""

    target_gave_in: float
    """Share in which the target gave in, in part or fully."""

    with_settlement: float | None
    """The same with negotiated settlements; None where these are not told apart."""

    sender_backed_down: float
    """Share in which the sender gave up."""

    imposed: float | None
    """Share in which sanctions were imposed; None where it was not counted."""


TIES = (
    SanctionsRecord("all", 1024, 0.375, 0.562, 0.346, None),
    SanctionsRecord("with a threat", 807, 0.392, 0.563, 0.342, 0.400),
    SanctionsRecord("threat, never imposed", 484, 0.430, 0.560, 0.393, 0.0),
    SanctionsRecord("threat, then imposed", 323, 0.334, 0.567, 0.266, 1.0),
    SanctionsRecord("threat, without trade, environment and Article 98", 408, 0.439, 0.542, 0.368, 0.409),
    SanctionsRecord("the same, United States first sender", 180, 0.411, 0.533, 0.356, 0.489),
    SanctionsRecord("United States, security issues", 98, 0.459, 0.592, 0.255, 0.633),
    SanctionsRecord("expected cost to the target major or severe", 173, 0.538, 0.740, 0.185, 0.445),
    SanctionsRecord("expected cost to the target minor", 478, 0.293, 0.479, 0.406, 0.454),
    SanctionsRecord("sender strongly committed", 380, 0.429, 0.611, 0.305, 0.468),
    SanctionsRecord("sender weakly committed", 99, 0.343, 0.434, 0.515, 0.313),
)
"""By set of cases. Codes of cost and commitment may have been given with hindsight."""
