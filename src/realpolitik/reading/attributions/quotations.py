"""From attributions to claims: the words, who spoke them, and the cue that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from realpolitik.contest.evidence import Claim, Span, Speaker
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.passages import Passage

__all__ = ["Resolve", "quotations"]

Resolve = Callable[[Stretch], str | None]
"""From the words that name a speaker to the actor that they mean; None where that is open."""


def quotations(document: Document, passages: Sequence[Passage], said: Sequence[Said], resolve: Resolve) -> list[Claim]:
    """One claim for each attribution, in order.

    Parameters
    ----------
    document : the report.
    passages : its parsed text.
    said : the attributions found in it.
    resolve : names the actor behind the words for a speaker; asked in the order of ``said``.
    """
    return [_claim(document, number, one, passages, resolve) for number, one in enumerate(said, 1)]


def _claim(document: Document, number: int, said: Said, passages: Sequence[Passage], resolve: Resolve) -> Claim:
    content = tuple(_span(passages, stretch) for stretch in said.content)
    cue = _span(passages, said.cue) if said.cue else None
    source = _span(passages, said.source) if said.source else None
    return Claim(
        id=document.claim_id("q", number),
        kind="quotation",
        document=document.name,
        spans=_merged(document, [*content, *(span for span in (cue, source) if span)]),
        speaker=Speaker(actor=resolve(said.source), span=source) if said.source else None,
        cue=cue,
        content=content,
        status="reported",
    )


def _span(passages: Sequence[Passage], stretch: Stretch) -> Span:
    return passages[stretch.passage].span(stretch.start, stretch.end)


def _merged(document: Document, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbouring spans as one, where only spaces and punctuation lie between them."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    ranges = [(ordered[0].start, ordered[0].end)]
    for span in ordered[1:]:
        start, end = ranges[-1]
        if span.start <= end or not any(sign.isalnum() for sign in document.raw[end : span.start]):
            ranges[-1] = (start, max(end, span.end))
        else:
            ranges.append((span.start, span.end))
    return tuple(Span(start=start, end=end, text=document.raw[start:end]) for start, end in ranges)
