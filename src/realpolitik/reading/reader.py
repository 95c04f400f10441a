"""From a document to its claims.

A reader is a function ``(Document) -> Iterable[Claim]`` registered with ``@reader("name")``. :func:`read` calls it
and checks what no reader may get wrong: the words of every span are the words of the source.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from realpolitik.contest.evidence import Claim, Span
from realpolitik.errors import ReadingError
from realpolitik.reading.actors.actors import Cast, actor_claims
from realpolitik.reading.actors.gazetteer import Gazetteer
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.attributions.quotations import quotations
from realpolitik.reading.attributions.turns import turns
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.dates import dates
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import DEFAULT_PIPELINE, parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.events import events
from realpolitik.reading.figures.figures import figures
from realpolitik.reading.figures.votes import votes
from realpolitik.reading.hedges import hedged
from realpolitik.reading.stances.stances import stances
from realpolitik.reading.voices import Floor, Voices
from realpolitik.registry import reader, readers

__all__ = ["RULES", "read", "rules"]

RULES = "rules:1.0"
"""Name and version in the provenance of each claim; raised when the rules find something else."""


def read(document: Document, *, reader: str = "rules", **offered: Any) -> list[Claim]:
    """All claims of a document, in the order of their words.

    Parameters
    ----------
    document : what to read.
    reader : name of a registered reader.
    offered : what a reader may need beside the document, e.g. ``gazetteer`` for ``rules`` or ``session`` for ``llm``;
        a reader that does not name it does not get it.

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
def rules(document: Document, gazetteer: Gazetteer | None = None, pipeline: str = DEFAULT_PIPELINE) -> Iterable[Claim]:
    """Attributions, events, stances, votes, figures, dates and actors, from the parse and rules; no network.

    What stands inside somebody's words is reported by that speaker, not asserted by the source.

    Parameters
    ----------
    document : what to read.
    gazetteer : known actors; left out: those that come with the project.
    pipeline : package of an installed spaCy pipeline of English.
    """
    parse = parser(pipeline)
    parsed = passages(document, parse)
    spoken = turns(parsed)
    said = [*attributions(parsed), *spoken]
    cast = Cast(parsed, gazetteer)
    floor = Floor(spoken, cast)
    quoted = quotations(document, parsed, said, floor.resolve)
    voices = Voices(said, quoted, cast)
    tallies, days = votes(parsed), dates(document)
    taken = [(span.start, span.end) for claim in (*tallies, *days) for span in claim.spans]
    told = voices.lent([*events(parsed, voices.resolve, said), *tallies, *figures(parsed, taken, cast), *days])
    claims = [*quoted, *stances(parsed, cast, said), *told, *actor_claims(cast)]
    named = f"{RULES} {parse.name}"
    return [claim.model_copy(update={"reader": named}) for claim in contradictions(hedged(parsed, claims))]


def _spans(claim: Claim) -> Iterable[Span]:
    yield from claim.spans
    yield from claim.content
    if claim.cue:
        yield claim.cue
    if claim.speaker and claim.speaker.span:
        yield claim.speaker.span
