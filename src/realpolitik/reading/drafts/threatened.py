"""Threats that reports tell of: who threatens whom, with whose words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.roster import Party, Roster
from realpolitik.reading.drafts.suggested_issues import DEMANDS
from realpolitik.reading.drafts.words import content_words

__all__ = ["Threatened", "threats_of"]

NOT_MADE = frozenset({"denied", "negated", "hypothetical"})
SANCTIONS = content_words("sanctions embargo tariffs")


@dataclass
class Threatened:
    """One sender, one target, all the claims."""

    sender: Party
    target: Party
    claims: list[Claim] = field(default_factory=list)
    demands: list[Claim] = field(default_factory=list)
    """What the sender demands of the target in the same reports."""

    @property
    def sanctions(self) -> bool:
        """Whether economic sanctions are threatened, by the mode or the words."""
        return any(
            not SANCTIONS.isdisjoint(content_words(f"{claim.event.mode or ''} {claim.text}"))
            for claim in self.claims
            if claim.event
        )


def threats_of(claims: Iterable[Claim], roster: Roster) -> list[Threatened]:
    """Threats with a known sender and target, in order of appearance; denied and hypothetical ones are left out."""
    found: dict[tuple[int, int], Threatened] = {}
    demands: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        event = claim.event
        if event is None or claim.status in NOT_MADE or event.denied_by:
            continue
        kind = event.type.upper()
        if kind in DEMANDS or claim.status == "demanded":
            into = demands
        elif kind != "THREATEN" and claim.status != "threatened":
            continue
        else:
            into = None
        for sender in roster.all_of(claim.document, event.source):
            for target in roster.all_of(claim.document, event.target):
                pair = (id(sender), id(target))
                if sender is target:
                    continue
                if into is not None:
                    into.setdefault(pair, []).append(claim)
                else:
                    found.setdefault(pair, Threatened(sender, target)).claims.append(claim)
    for pair, threat in found.items():
        threat.demands = demands.get(pair, [])
    return list(found.values())
