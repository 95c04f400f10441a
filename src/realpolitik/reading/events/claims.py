"""Events as claims: each with all the words that mention it."""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.contest.evidence import Claim, EventClaim, Span
from realpolitik.reading.attributions.said import Said
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.events.mentions import Event, Mention, Resolve, mentions, merged

__all__ = ["events"]

LONGEST_MENTION = 240
"""Characters from the first to the last word of an act and its parts; above it only the words of the act are shown."""


def events(passages: Sequence[Passage], resolve: Resolve, said: Sequence[Said]) -> list[Claim]:
    """Who did what to whom, with type, status, place and day.

    Parameters
    ----------
    passages : the parsed text of one document.
    resolve : from words to the canonical name of an actor, or None.
    said : attributions of the document; what stands in their content is reported, not asserted.

    Returns
    -------
    list of Claim : kind ``event``, ids ``…-e01`` in the order of first mentions. ``spans`` hold one stretch for each
        mention: from the first to the last word of the act and of those who take part. An unknown source or target is
        empty; a pronoun that could not be resolved has a span but no name.
    """
    found = merged(mentions(passages, resolve, said))
    return [_claim(event, number) for number, event in enumerate(found, 1)]


def _claim(event: Event, number: int) -> Claim:
    first = event.mentions[0]
    by_source = event.first(lambda one: one.source or (one.act.source and one is first))
    by_target = event.first(lambda one: one.target or (one.act.target and one is first))
    placed = event.first(lambda one: one.act.place)
    dated = event.first(lambda one: one.date)
    moded = event.first(lambda one: one.act.mode)
    deniers = dict.fromkeys(name for one in event.mentions for name in one.denied_by)
    status = "asserted" if any(one.status == "asserted" for one in event.mentions) else first.status
    document = first.passage.document
    return Claim(
        id=document.claim_id("e", number),
        kind="event",
        document=document.name,
        spans=_spans(event),
        status=status,
        event=EventClaim(
            type=first.act.type,
            mode=moded.act.mode,
            source=" and ".join(by_source.source) or None,
            target=" and ".join(by_target.target) or None,
            source_span=_cover(by_source, by_source.act.source),
            target_span=_cover(by_target, by_target.act.target),
            status=status,
            denied_by=tuple(deniers),
            place=placed.passage.text[slice(*placed.act.place)] if placed.act.place else None,
            date=dated.date,
        ),
    )


def _spans(event: Event) -> tuple[Span, ...]:
    spans = {(span.start, span.end): span for span in (_span(one) for one in event.mentions)}
    return tuple(spans[key] for key in sorted(spans))


def _span(mention: Mention) -> Span:
    start, end = mention.act.clause
    if end - start > LONGEST_MENTION:
        start, end = mention.act.words[0][0], mention.act.words[-1][1]
    if end - start > LONGEST_MENTION:
        start, end = mention.act.words[0]
    return mention.passage.span(start, end)


def _cover(mention: Mention, parts: tuple[tuple[int, int], ...]) -> Span | None:
    """One span over the words of all who are joined in a role."""
    if not parts:
        return None
    return mention.passage.span(parts[0][0], parts[-1][1])
