"""A claim in one line: what was read from its words, and the words."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.contest.evidence import ActorClaim, Claim, DateClaim, EventClaim, FigureClaim, StanceClaim, VoteClaim
from realpolitik.reading.verbatim import one_line

__all__ = ["read_as", "words"]

LONGEST_WORDS = 90
"""Characters of a claim in a table."""

NOBODY = "?"
COUNTS = {"abstain": "abstaining", "present": "present", "absent": "absent", "seats": "seats", "required": "required"}
"""Numbers of a vote beside yes and no, with the word that names each."""


def read_as(claim: Claim) -> str:
    """What was read from the words of a claim.

    Parameters
    ----------
    claim : of any kind.

    Returns
    -------
    str : one line. A quotation: who speaks. An event: type, who → whom, status. A stance: holder, side, of what. A
        figure: its value. A vote: its numbers, derived ones in parentheses. An actor: resolved name, kind and role. A
        date: the day or ``open``.
    """
    return one_line(_read_as(claim))


def _read_as(claim: Claim) -> str:
    part = claim.event or claim.stance or claim.figure or claim.vote or claim.actor or claim.date
    speaker = (claim.speaker.actor if claim.speaker else None) or NOBODY
    match part:
        case EventClaim():
            denied = f" by {', '.join(part.denied_by)}" if part.denied_by else ""
            return f"{part.type} {part.source or NOBODY} → {part.target or NOBODY}, {claim.status}{denied}"
        case StanceClaim():
            status = f", {claim.status}" * (claim.status not in ("asserted", "reported", part.stance))
            about = f"{part.issue} of {part.object}" if part.object else part.issue
            return f"{speaker}: {part.stance or 'open'}, {about} ({part.tier}{status})"
        case FigureClaim():
            comparison = "" if part.comparison == "exactly" else f"{part.comparison} "
            return f"{comparison}{_number(part.value)} {part.unit or ''}".strip()
        case VoteClaim():
            return ", ".join(_vote(part)) or NOBODY
        case ActorClaim():
            return ", ".join(filter(None, (f"{part.name} ({part.kind})", part.role)))
        case DateClaim():
            return _day(part)
        case _:
            return speaker


def words(claim: Claim) -> str:
    """The words of a claim, those of an actor once each, cut to fit a table."""
    spans = [" ".join(span.text.split()) for span in claim.content or claim.spans]
    told = one_line((" / " if claim.actor else " … ").join(dict.fromkeys(spans)))
    return told if len(told) <= LONGEST_WORDS else f"{told[: LONGEST_WORDS - 1]}…"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,g}"


def _vote(vote: VoteClaim) -> Iterator[str]:
    if vote.yes is not None or vote.no is not None:
        yield f"{NOBODY if vote.yes is None else vote.yes} to {NOBODY if vote.no is None else vote.no}"
    for name, word in COUNTS.items():
        number = getattr(vote, name)
        if number is not None:
            yield f"({number} {word})" if name in vote.derived else f"{number} {word}"
    if vote.rule:
        yield vote.rule
    if vote.passed is not None:
        yield "passed" if vote.passed else "failed"


def _day(found: DateClaim) -> str:
    if found.value is None:
        return "open"
    return found.value.isoformat()[: {"year": 4, "month": 7}.get(found.precision, 10)]
