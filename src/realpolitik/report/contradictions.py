"""Section: claims that cannot hold together, side by side."""

from __future__ import annotations

from realpolitik.contest.contest import Contest
from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Link, Opposed, Paragraph, Statement
from realpolitik.report.evidence import speaker, words
from realpolitik.report.links import claim_link
from realpolitik.report.wording import anchor

__all__ = ["contradictions"]


@section("contradictions", order=80)
def contradictions(forecast: Forecast) -> list[Block]:
    """Where the sources contradict each other"""
    contest = forecast.contest
    pairs = dict.fromkeys(
        tuple(sorted((id_, other))) for id_, claim in contest.claims.items() for other in claim.contradicts
    )
    if not pairs:
        return []
    text = "Both sides are kept. Follow a claim to see what rests on it."
    return [Paragraph(text), *(Opposed(_statement(contest, left), _statement(contest, right)) for left, right in pairs)]


def _statement(contest: Contest, id_: str) -> Statement:
    claim = contest.claims[id_]
    said = speaker(contest, claim)
    who = f"{said}, {claim.status}" if said else claim.status
    source = (Link(contest.sources[claim.document].title, anchor("source", claim.document)),)
    return Statement(words(claim), who, source, claim_link(id_))
