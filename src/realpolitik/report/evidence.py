"""Section: the sources and every claim with its exact words."""

from __future__ import annotations

from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, Source
from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import (
    Block,
    Code,
    Column,
    Definition,
    Definitions,
    Heading,
    Inline,
    Link,
    Paragraph,
    Row,
    Small,
    Table,
    Web,
)
from realpolitik.report.links import joined, uses
from realpolitik.report.wording import anchor

__all__ = ["evidence_table", "speaker", "words"]


@section("evidence", order=70)
def evidence_table(forecast: Forecast) -> list[Block]:
    """What the sources say"""
    contest = forecast.contest
    found: list[Block] = []
    if contest.claims:
        cited = uses(contest)
        rows = tuple(_row(contest, claim, cited[id_]) for id_, claim in contest.claims.items())
        titles = ("Claim", "Words of the source", "Speaker", "Status", "Source", "Supports")
        text = "Every claim rests on the words between the quotation marks, as they stand in the source."
        found += [Paragraph(text), Table(tuple(Column(title) for title in titles), rows)]
    if contest.sources:
        items = tuple(_source(key, source) for key, source in contest.sources.items())
        found += [Heading("Sources", "sources"), Definitions(items)]
    return found


def words(claim: Claim) -> str:
    """The exact words in quotation marks."""
    return f"“{claim.text}”"


def speaker(contest: Contest, claim: Claim) -> str:
    """Who said it, as far as it is known."""
    said = claim.speaker
    if said is None:
        return ""
    named = contest.actor_name(said.actor) if said.actor is not None else ""
    own = said.span.text if said.span is not None else ""
    return f"{named} ({own})" if named and own and own != named else named or own


def _row(contest: Contest, claim: Claim, cited: list[Link]) -> Row:
    status: list[Inline] = [claim.status]
    if claim.hedges:
        status.append(Small(f" · hedged: {', '.join(claim.hedges)}"))
    said: list[Inline] = [words(claim)]
    if claim.note is not None:
        said.append(Small(f" · {claim.note}"))
    source = Link(contest.sources[claim.document].title, anchor("source", claim.document))
    supports = joined(cited) or (Small("nothing yet"),)
    cells = ((Code(claim.id),), tuple(said), speaker(contest, claim), tuple(status), (source,), supports)
    return Row(cells, anchor("claim", claim.id))


def _source(key: str, source: Source) -> Definition:
    about = [source.publisher, source.published and source.published.isoformat(), source.kind]
    if source.reliability is not None:
        about.append(f"reliability {source.reliability} (Admiralty grade)")
    parts: list[Inline] = [", ".join(str(part) for part in about if part) + "."]
    if source.note is not None:
        parts.append(f" {source.note}")
    if source.url is not None:
        parts += [" ", Web(source.url)]
    if source.file is not None:
        parts += [" File ", Code(source.file)]
    if source.sha256 is not None:
        parts += [" SHA-256 ", Code(source.sha256)]
    return Definition(source.title, tuple(parts), anchor("source", key))
