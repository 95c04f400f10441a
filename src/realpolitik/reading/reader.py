"""From a document to its claims.

A reader is a function ``(Document) -> Iterable[Claim]`` registered with ``@reader("name")``. :func:`read` calls it
and checks what no reader may get wrong: the words of every span are the words of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from realpolitik.contest.evidence import Claim, Span
from realpolitik.errors import ReadingError
from realpolitik.reading.cast import Cast
from realpolitik.reading.dates import dates
from realpolitik.reading.document import Document
from realpolitik.reading.figures import figures
from realpolitik.reading.quotations import quotations
from realpolitik.reading.votes import votes
from realpolitik.registry import reader, readers

__all__ = ["RULES", "read", "rules"]

RULES = "rules:0.1"
"""Name and version in the provenance of each claim; raised when the rules find something else."""


def read(document: Document, *, reader: str = "rules", **offered: Any) -> list[Claim]:
    """All claims of a document, in the order of their words.

    Parameters
    ----------
    document : what to read.
    reader : name of a registered reader.
    offered : what a reader may need beside the document, e.g. ``session`` for ``llm``; others do not get it.

    Returns
    -------
    list of Claim : sorted by first span; ids are the same at every reading.

    Raises
    ------
    UnknownName : no reader of that name is registered.
    ReadingError : the reader returned words that are not in the document, or an id twice.
    """
    found: Iterable[Claim] = readers.get(reader)(document, **offered)
    claims = sorted(found, key=lambda claim: (claim.spans[0].start, claim.spans[0].end, claim.id))
    seen: set[str] = set()
    for claim in claims:
        for span in _spans(claim):
            if document.raw[span.start : span.end] != span.text:
                raise ReadingError(
                    f"Reader '{reader}', claim {claim.id}: {span.text[:60]!r} does not stand at "
                    f"{span.start}–{span.end} of '{document.name}'. "
                    "A reader may only return verbatim slices of the raw text."
                )
        if claim.id in seen:
            raise ReadingError(f"Reader '{reader}' returned the id {claim.id} twice. Ids are unique in a document.")
        seen.add(claim.id)
    return claims


@reader("rules")
def rules(document: Document) -> Iterable[Claim]:
    """Direct quotations with speakers, votes, figures and dates, by rule; no model, no network.

    A figure, vote or date inside a quotation is reported by its speaker, not asserted by the source.
    """
    quoted = quotations(document, Cast(document.readable()))
    tallies = [found.claim for found in votes(document)]
    days = dates(document)
    taken = [(span.start, span.end) for claim in (*tallies, *days) for span in claim.spans]
    counted = figures(document, taken)
    starts = [claim.content[0].start for claim in quoted]
    voiced = [_voiced(claim, quoted, starts) for claim in (*tallies, *counted, *days)]
    return [claim.model_copy(update={"reader": RULES}) for claim in (*quoted, *voiced)]


def _voiced(claim: Claim, quoted: Sequence[Claim], starts: Sequence[int]) -> Claim:
    """The claim with the speaker in whose quotation it stands, if it stands in one."""
    span = claim.spans[0]
    at = bisect_right(starts, span.start) - 1
    if at < 0:
        return claim
    inside = any(content.start <= span.start and span.end <= content.end for content in quoted[at].content)
    return claim.model_copy(update={"speaker": quoted[at].speaker, "status": "reported"}) if inside else claim


def _spans(claim: Claim) -> Iterable[Span]:
    yield from claim.spans
    yield from claim.content
    if claim.cue:
        yield claim.cue
    if claim.speaker and claim.speaker.span:
        yield claim.speaker.span
