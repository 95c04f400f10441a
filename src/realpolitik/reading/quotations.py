"""Direct quotations: the quoted words, who spoke them, and the cue that says so.

The speaker is taken from the attribution next to the quotation, in its sentence, or (for a quotation that is a
sentence of its own) from the quotation before it. If none of these names one, the speaker stays empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from realpolitik.contest.evidence import Claim, Span, Speaker
from realpolitik.reading.blocks import Block
from realpolitik.reading.cast import Cast, Place
from realpolitik.reading.document import Document
from realpolitik.reading.language import sentence_ends
from realpolitik.reading.lexicon import BREAKS, PREPOSITIONS
from realpolitik.reading.marks import Quoted, masked, quoted_parts
from realpolitik.reading.speakers import Attribution, attributions

__all__ = ["quotations"]

ADJACENT_BEFORE = re.compile(r"[^.;“”\"]{0,40}(?:\bthat|:)\s*\Z|[\s,:—–-]*(?:that|as|it was|with)?[\s,:]*\Z")
ADJACENT_AFTER = re.compile(r"[\s,—–-]*\Z")
TAIL_OF_CLAUSE = re.compile(r"[^.;:“”\"]{0,40}[.]")
NEXT_WORD = re.compile(r" ([a-z][\w-]*)")
OPENING_NAME = re.compile(r"[\s\W]*((?:[A-Z][\w.’'-]*\s?){1,5})")

LONGEST_SCARE_QUOTE = 3
"""Words. A short quotation that leans on a noun (“sovereign” decision) is the writer's, not a speaker's."""

REMEMBERED_PARAGRAPHS = 3
"""A pronoun does not reach back further."""


@dataclass(frozen=True)
class Voice:
    """A resolved speaker and where he or she was named."""

    actor: str | None
    source: Span
    paragraph: int


@dataclass(frozen=True)
class Paragraph:
    """A readable block, prepared."""

    number: int
    block: Block
    parts: list[Quoted]
    cues: list[Attribution]
    cue_starts: list[int]
    ends: list[int]
    mask: str = field(repr=False)

    def sentence(self, position: int) -> int:
        """Index of the sentence that holds the position."""
        return min(bisect_right(self.ends, position), len(self.ends) - 1)

    def sentence_start(self, position: int) -> int:
        """First character of that sentence."""
        index = self.sentence(position)
        return self.ends[index - 1] if index else 0


@dataclass(frozen=True)
class Quotation:
    """A quotation on its way to a claim."""

    content: tuple[Span, ...]
    voice: Voice | None = None
    cue: Span | None = None
    source: Span | None = None
    attribution: Attribution | None = None


def quotations(document: Document, cast: Cast) -> list[Claim]:
    """All direct quotations of a document, in order, with their speakers.

    Parameters
    ----------
    document : claims rest on its readable blocks only.
    cast : the full names that last names and pronouns are resolved to.
    """
    found: list[Quotation] = []
    scribe = Scribe(document, cast)
    for number, block in enumerate(document.readable()):
        found += scribe.read(_prepared(number, block))
    return [_claim(document, number, quotation) for number, quotation in enumerate(_runs_on(document, found), 1)]


def _prepared(number: int, block: Block) -> Paragraph:
    parts = quoted_parts(block.text)
    mask = masked(block.text, parts)
    cues = attributions(mask)
    return Paragraph(number, block, parts, cues, [cue.start for cue in cues], sentence_ends(mask), mask)


class Scribe:
    """Reads paragraph after paragraph and remembers who spoke last."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self._document = document
        self._cast = cast
        self._last: Voice | None = None
        self._last_person: Voice | None = None

    def read(self, paragraph: Paragraph) -> list[Quotation]:
        """The quotations of the next paragraph."""
        before, self._voices = self._last, self._resolve(paragraph)
        found: list[Quotation] = []
        for part in paragraph.parts:
            cue = _cue_of(paragraph, part)
            quotation = Quotation((self._document.span(paragraph.block, part.start, part.end),))
            if cue is not None:
                quotation = self._attributed(paragraph, quotation, cue)
            else:
                quotation = replace(quotation, voice=self._continued(paragraph, part, found, before))
            found.append(quotation)
        return _backwards(paragraph, _split_joined(paragraph, found))

    def _resolve(self, paragraph: Paragraph) -> dict[Attribution, Voice]:
        voices: dict[Attribution, Voice] = {}
        for cue in paragraph.cues:
            place = (paragraph.number, cue.source[0])
            actor = self._actor(paragraph, cue, place)
            voice = Voice(actor, self._document.span(paragraph.block, *cue.source), paragraph.number)
            voices[cue] = voice
            self._last = voice
            if actor and self._cast.is_person(actor):
                self._last_person = voice
        return voices

    def _actor(self, paragraph: Paragraph, cue: Attribution, place: Place) -> str | None:
        if cue.name:
            return self._cast.full_name(paragraph.block.text[cue.name[0] : cue.name[1]], place)
        if cue.pronoun not in ("he", "she"):
            return None
        last = self._last_person
        if (
            last
            and last.actor
            and paragraph.number - last.paragraph <= REMEMBERED_PARAGRAPHS
            and self._cast.can_be(cue.pronoun, last.actor)
        ):
            return last.actor
        return self._cast.last_named(cue.pronoun, place)

    def _attributed(self, paragraph: Paragraph, quotation: Quotation, cue: Attribution) -> Quotation:
        return replace(
            quotation,
            voice=self._voices[cue],
            cue=self._document.span(paragraph.block, *cue.cue),
            source=self._voices[cue].source,
            attribution=cue,
        )

    def _continued(
        self, paragraph: Paragraph, part: Quoted, found: Sequence[Quotation], before: Voice | None
    ) -> Voice | None:
        """The speaker of a quotation without a cue of its own."""
        start = paragraph.sentence_start(part.start)
        intro = paragraph.mask[start : part.start]
        if intro.rstrip().endswith(":"):
            return self._introduced(paragraph, start, intro)
        if intro.strip(" —–-'\"([“‘"):  # noqa: RUF001
            return None
        at = bisect_left(paragraph.cue_starts, part.start)
        if at:
            return self._voices[paragraph.cues[at - 1]]
        if found:
            return found[-1].voice
        alone = not paragraph.cues and start == 0
        return before if alone and before and before.paragraph >= paragraph.number - 1 else None

    def _introduced(self, paragraph: Paragraph, start: int, intro: str) -> Voice | None:
        """``Roe’s answer: “…”``: the name that opens the sentence."""
        name = OPENING_NAME.match(intro)
        if not name or not name[1].strip():
            return None
        low = start + name.start(1)
        high = low + len(name[1].rstrip())
        actor = self._cast.full_name(paragraph.block.text[low:high], (paragraph.number, low))
        return Voice(actor, self._document.span(paragraph.block, low, high), paragraph.number) if actor else None


def _cue_of(paragraph: Paragraph, part: Quoted) -> Attribution | None:
    """The attribution that belongs to a quotation: adjacent first, else the nearest in its sentence."""
    at = bisect_left(paragraph.cue_starts, part.start)
    before = paragraph.cues[at - 1] if at else None
    after = next((cue for cue in paragraph.cues[at : at + 2] if cue.start >= part.end), None)
    text = paragraph.mask
    sentence = paragraph.sentence(part.start)
    if before and (before.end > part.start or paragraph.sentence(before.start) != sentence):
        before = None
    if before and ADJACENT_BEFORE.match(text, before.end, part.start):
        return before
    if after and ADJACENT_AFTER.match(text, part.end, after.start) and not _starts_anew(text, part, after):
        return after
    if _is_scare_quote(paragraph.block.text, part):
        return None
    if before:
        return before
    return after if after and paragraph.sentence(after.start) == sentence else None


def _starts_anew(text: str, part: Quoted, after: Attribution) -> bool:
    """Whether the quotation ended its sentence, and the attribution goes on about something else."""
    ended = part.inner_end > part.inner_start and text[part.inner_end - 1] == "."
    return ended and TAIL_OF_CLAUSE.match(text, after.end) is None


def _is_scare_quote(text: str, part: Quoted) -> bool:
    inner = text[part.inner_start : part.inner_end]
    following = NEXT_WORD.match(text, part.end)
    leans = following is not None and following[1] not in PREPOSITIONS | BREAKS
    return leans and inner.count(" ") < LONGEST_SCARE_QUOTE and inner[-1:] not in tuple(".,?!")


def _split_joined(paragraph: Paragraph, found: list[Quotation]) -> list[Quotation]:
    """“A,” said Roe, “b”: two pieces around one cue are one quotation."""
    joined: list[Quotation] = []
    for quotation, part in zip(found, paragraph.parts, strict=True):
        last = joined[-1] if joined else None
        cue = quotation.attribution
        if (
            last
            and cue
            and last.attribution is cue
            and part.start >= cue.end
            and last.cue
            and (last.content[-1].end <= last.cue.start)
        ):
            joined[-1] = replace(last, content=(*last.content, *quotation.content))
        else:
            joined.append(quotation)
    return joined


def _backwards(paragraph: Paragraph, found: list[Quotation]) -> list[Quotation]:
    """“No.” “Never,” said Roe: a paragraph that opens with a quotation gets the speaker who follows."""
    if len(found) > 1 and found[0].voice is None and found[1].voice and paragraph.parts[0].start == 0:
        between = paragraph.mask[paragraph.parts[0].end : paragraph.parts[1].start]
        if not between.strip():
            found[0] = replace(found[0], voice=found[1].voice)
    return found


def _runs_on(document: Document, found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Join quotations whose paragraph does not close them to the next paragraph, if it opens with a mark."""
    blocks = document.readable()
    starts = [block.start for block in blocks]
    held: Quotation | None = None
    for quotation in found:
        span = quotation.content[0]
        block = blocks[bisect_right(starts, span.start) - 1]
        opens_block = block.clean.raw_range(0, 1)[0] == span.start
        if held and opens_block and quotation.attribution is None:
            quotation = replace(held, content=(*held.content, *quotation.content))
        elif held:
            yield held
        held = None
        last = quotation.content[-1]
        closing = last.text[-1:] in tuple('”"»“') or last.text.endswith(("''", "’", "'"))
        if closing and len(last.text) > 1:
            yield quotation
        else:
            held = quotation
    if held:
        yield held


def _claim(document: Document, number: int, quotation: Quotation) -> Claim:
    evidence = [*quotation.content, *(span for span in (quotation.cue, quotation.source) if span)]
    voice = quotation.voice
    return Claim(
        id=document.claim_id("q", number),
        kind="quotation",
        document=document.name,
        spans=_merged(document, evidence),
        speaker=Speaker(actor=voice.actor, span=voice.source) if voice else None,
        cue=quotation.cue,
        content=quotation.content,
        status="reported",
    )


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
