"""Attributions of a document: quotations, and what is said without marks, each with its cue and its source.

Frames come from the parse (:mod:`frames`), quotations from their marks (:mod:`marks`). A quotation belongs to the cue
beside it, else to the frame in whose words it stands, else it goes on from the quotation before. An attribution inside
the content of another belongs to what the other says, and is not listed again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from realpolitik.reading.frames import Frame, frames
from realpolitik.reading.language import sentence_ends
from realpolitik.reading.marks import MASK, Quoted, masked, quoted_parts
from realpolitik.reading.passages import Passage
from realpolitik.reading.said import Said, Stretch, Style
from realpolitik.reading.tree import Tree

__all__ = ["attributions"]

Range = tuple[int, int]

BEFORE = re.compile(r"[^.;“”\"]{0,60}(?:\bthat|:|,)\s*\Z|[\s,:—–-]*(?:that|as|it was|with|of|for|to)?[\s,:]*\Z")
AFTER = re.compile(r"[\s,—–-]*(?:as )?\Z")
TAIL = re.compile(r"[^.;:“”\"]{0,60}[.]")
BARE = re.compile(r"[\s—–\"'\[(“‘-]*(?:and|but|or|yet|so)?[\s,]*\Z", re.IGNORECASE)
WHOLE = re.compile(r"[.,?!…—-][\"”'’»“]*\Z")
SIGNATURE = re.compile(r"[”\"»]\s?(?P<cue>[―—–]|--)\s?(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}?)\s*\.?\s*\Z")
LONGEST_SIGNATURE = 80
LONGEST_SCARE_QUOTE = 3
SEPARATORS = re.compile(r"[\s,;—–-]*\Z")


@dataclass
class Draft:
    """An attribution on its way; ranges in characters of its passage."""

    passage: int
    cue: Range | None
    source: Stretch | None
    content: list[Range]
    weight: int = 0
    quotes: int = 0
    more: list[Stretch] = field(default_factory=list)


def attributions(passages: Sequence[Passage]) -> list[Said]:
    """Who said, thinks, wants or announced what, in order.

    Parameters
    ----------
    passages : the parsed text of one document.

    Returns
    -------
    list of Said : outermost attributions only; stretches never overlap inside one attribution.
    """
    scribe = Scribe()
    drafts = [draft for passage in passages for draft in scribe.read(passage)]
    texts = [passage.text for passage in passages]
    return [said for draft in drafts if (said := _said(draft, texts))]


class Scribe:
    """Reads passage after passage and remembers who spoke last, and what quotation is still open."""

    def __init__(self) -> None:
        self._last: Stretch | None = None
        self._last_at = -2
        self._open: Draft | None = None
        self._announced: Draft | None = None

    def read(self, passage: Passage) -> list[Draft]:
        """The attributions of the next passage."""
        page = Page(passage)
        drafts = page.attributed()
        drafts = self._with_the_rest(page, drafts)
        speakers = [draft for draft in drafts if draft.source and draft.quotes]
        if speakers:
            self._last, self._last_at = speakers[-1].source, passage.number
        return drafts

    def _with_the_rest(self, page: Page, drafts: list[Draft]) -> list[Draft]:
        """Add quotations without a cue of their own."""
        held, self._open = self._open, None
        announced, self._announced = self._announced, None
        for index, part in enumerate(page.parts):
            owner: Draft | None = None
            if page.owned[index]:
                owner = next((draft for draft in drafts if _holds(draft, part)), None)
            elif held is not None and not page.text[: part.start].strip():
                held.more.append(Stretch(page.number, part.start, part.end))
                owner = held
            elif announced is not None and not page.text[: part.start].strip():
                announced.more.append(Stretch(page.number, part.start, part.end))
                announced.content.clear()
                owner, self._last, self._last_at = announced, announced.source, page.number
            elif (reached := page.reached(part, drafts)) is not None:
                owner = reached
                low = owner.content[-1][0] if owner.content and owner.content[-1][0] < part.start else part.start
                owner.content.append((page.lead_in(owner, part, low), part.end))
                owner.quotes += 1
            elif page.stands_alone(part):
                owner = self._alone(page, part, drafts)
            if not part.is_closed and owner is not None and index == len(page.parts) - 1:
                self._open = owner
        drafts.sort(key=lambda draft: draft.content[0])
        if page.text.rstrip().endswith(":"):
            self._announced = page.announcing(drafts)
        return drafts


    def _alone(self, page: Page, part: Quoted, drafts: list[Draft]) -> Draft | None:
        """Whose a quotation is that makes a sentence of its own: it goes on, or the words before name a speaker."""
        named = page.introduced(part)
        before = [draft for draft in drafts if draft.quotes and draft.content[-1][0] < part.start]
        if before and not named:
            owner = max(before, key=lambda draft: draft.content[-1])
            owner.content.append((part.start, part.end))
            return owner
        after = page.followed(part, drafts)
        if after is not None and not named:
            after.content.append((part.start, part.end))
            return after
        opens = not page.text[: part.start].strip()
        if not named and opens and self._last and self._last_at >= page.number - 1:
            named = self._last
        elif not named and len(page.text[part.start : part.end].split()) <= LONGEST_SCARE_QUOTE:
            return None
        owner = Draft(page.number, None, named or page.just_named(part, drafts), [(part.start, part.end)], quotes=1)
        drafts.append(owner)
        return owner


def _holds(draft: Draft, part: Quoted) -> bool:
    return any(low < part.end and part.start < high for low, high in draft.content)


class Page:
    """One passage: its parse, quotations and frames."""

    def __init__(self, passage: Passage) -> None:
        self.number, self.text = passage.number, passage.text
        self.tree = tree = Tree(passage.doc)
        self.parts = quoted_parts(self.text)
        self.mask = masked(self.text, self.parts)
        self.ends = sentence_ends(self.mask.replace(MASK, "X"))
        self.owned = [False] * len(self.parts)
        self.quoted = self._quoted()
        self.frames = [self._torn(frame) for frame in frames(tree, self.quoted)]
        self.extents = [tree.characters(frame.extent) for frame in self.frames]
        self.order = sorted(range(len(self.frames)), key=lambda at: self.extents[at])
        self.starts = [self.extents[at][0] for at in self.order]

    def _quoted(self) -> list[bool]:
        tree, flags, at = self.tree, [False] * self.tree.size, 0
        for part in self.parts:
            at = bisect_left(tree.start, part.start, at)
            while at < tree.size and tree.start[at] < part.end:
                flags[at] = True
                at += 1
        return flags

    def _torn(self, frame: Frame) -> Frame:
        """The frame without a source from which a quotation parts its cue."""
        if frame.source is None or not frame.can_quote:
            return frame
        low, high = sorted((frame.source, frame.cue))
        if any(self.quoted[low[1] : high[0]]):
            return replace(frame, source=None, extent=frame.cue)
        return frame

    def sentence(self, position: int) -> Range:
        """The sentence that holds a position; a quotation is part of one sentence."""
        index = min(bisect_right(self.ends, position), len(self.ends) - 1)
        return (self.ends[index - 1] if index else 0), self.ends[index]

    def stands_alone(self, part: Quoted) -> bool:
        """Whether a quotation begins its sentence."""
        start, _ = self.sentence(part.start)
        lead = self.mask[start : part.start]
        return BARE.match(lead) is not None or lead.rstrip().endswith(":")

    def reached(self, part: Quoted, drafts: Sequence[Draft]) -> Draft | None:
        """The attribution in the same sentence into whose words a quotation still belongs."""
        if self.stands_alone(part):
            return None
        start, _ = self.sentence(part.start)
        before = [
            draft
            for draft in drafts
            if draft.cue and start <= draft.cue[0] < part.start and all(low < part.start for low, _ in draft.content)
        ]
        return max(before, key=lambda draft: draft.cue or (0, 0), default=None)

    def lead_in(self, draft: Draft, part: Quoted, low: int) -> int:
        """Where the words begin that lead from an attribution to a quotation in the same sentence."""
        after_cue = max(draft.cue[1] if draft.cue else low, draft.source.end if draft.source else 0)
        return low if low > after_cue else part.start

    def announcing(self, drafts: list[Draft]) -> Draft | None:
        """The cue whose colon ends the paragraph; what was said stands in the next one."""
        start, end = self.sentence(len(self.text) - 1)
        for at in reversed(self.order):
            frame, extent = self.frames[at], self.extents[at]
            if frame.can_quote and frame.source and start <= extent[0]:
                cue = self.tree.characters(frame.cue)
                known = next((draft for draft in drafts if draft.cue == cue), None)
                if known is None:
                    source = Stretch(self.number, *self.tree.characters(frame.source))
                    known = Draft(self.number, cue, source, [], quotes=1)
                    drafts.append(known)
                return known
        return None

    def followed(self, part: Quoted, drafts: Sequence[Draft]) -> Draft | None:
        """“No.” “Never,” said Roe: the attribution of the quotation that follows at once."""
        for draft in drafts:
            first = draft.content[0][0]
            if draft.quotes and first >= part.end and not self.text[part.end : first].strip():
                return draft
        return None

    def introduced(self, part: Quoted) -> Stretch | None:
        """``Roe’s answer: “…”``: the subject or name that opens the sentence before a colon."""
        start, _ = self.sentence(part.start)
        if not self.mask[start : part.start].rstrip().endswith(":"):
            return None
        at = bisect_left(self.tree.start, start)
        while at < self.tree.size and self.tree.start[at] < part.start:
            if self.tree.pos[at] in ("PROPN", "PRON"):
                last = at
                while last + 1 < self.tree.size and self.tree.pos[last + 1] == "PROPN":
                    last += 1
                return Stretch(self.number, self.tree.start[at], self.tree.end[last])
            at += 1
        return None

    def just_named(self, part: Quoted, drafts: Sequence[Draft]) -> Stretch | None:
        """Who spoke or acted in the sentence before a quotation that has no cue."""
        start, _ = self.sentence(part.start)
        before = [draft for draft in drafts if draft.source and draft.cue and draft.cue[0] < part.start]
        if before:
            return max(before, key=lambda draft: draft.cue or (0, 0)).source
        at = bisect_left(self.tree.start, start) - 1
        if at < 0:
            return None
        root = next((above for above in reversed([at, *self.tree.above(at)])), at)
        subject = self.tree.kid(root, "nsubj", "nsubjpass")
        run = self.tree.trimmed(self.tree.run(subject)) if subject is not None else None
        if run is None or any(self.quoted[run[0] : run[1]]):
            return None
        return Stretch(self.number, *self.tree.characters(run))

    def attributed(self) -> list[Draft]:
        """One draft a frame that attributes words; outermost only."""
        owned: dict[int, list[tuple[int, bool]]] = {}
        for index, part in enumerate(self.parts):
            owner = self._owner(part)
            if owner is not None:
                at, after = owner
                owned.setdefault(at, []).append((index, after))
                self.owned[index] = True
        drafts = [draft for at in range(len(self.frames)) if (draft := self._draft(at, owned.get(at, ())))]
        drafts += self._signed()
        kept = self._outermost(drafts)
        for index, part in enumerate(self.parts):
            self.owned[index] = any(_holds(draft, part) for draft in kept)
        return kept

    def _owner(self, part: Quoted) -> tuple[int, bool] | None:
        """The frame beside a quotation, and whether it follows."""
        at = bisect_left(self.starts, part.start)
        sentence = self.sentence(part.start)
        before = next(
            (
                index
                for index in reversed(self.order[max(0, at - 4) : at])
                if self.frames[index].can_quote
                and sentence[0] <= self.extents[index][0]
                and self.extents[index][1] <= part.start
            ),
            None,
        )
        if before is not None and BEFORE.match(self.mask, self.extents[before][1], part.start):
            return before, False
        after = next(
            (
                index
                for index in self.order[at : at + 3]
                if self.frames[index].can_quote and self.extents[index][0] >= part.end
            ),
            None,
        )
        if after is not None and AFTER.match(self.mask, part.end, self.extents[after][0]):
            frame = self.frames[after]
            ended = part.inner_end > part.inner_start and self.text[part.inner_end - 1] == "."
            goes_on = (bool(frame.content) and frame.content[0][0] > frame.index) or part is not self.parts[0]
            if not (ended and (goes_on or TAIL.match(self.mask, self.extents[after][1]) is None)):
                return after, True
        return None

    def _draft(self, at: int, quotes: Sequence[tuple[int, bool]]) -> Draft | None:
        frame = self.frames[at]
        content = [self.tree.characters(run) for run in frame.content]
        if quotes:
            content = self._with_quotes(at, content, quotes)
        else:
            content = [self._closed(part) for part in content]
        content = _merged(self.text, content)
        if not content:
            return None
        source = self.tree.characters(frame.source) if frame.source else self._beside(frame, bool(quotes))
        return Draft(
            self.number,
            self.tree.characters(frame.cue),
            Stretch(self.number, *source) if source else None,
            content,
            sum(high - low for low, high in content),
            len(quotes),
        )

    def _with_quotes(self, at: int, content: list[Range], quotes: Sequence[tuple[int, bool]]) -> list[Range]:
        found: list[Range] = []
        for index, after in quotes:
            part = self.parts[index]
            start, end = self.sentence(part.start)
            words = self.text[part.start : part.end]
            near = [self._closed(piece) for piece in content if piece[0] < part.end and part.start < piece[1]]
            near = [(max(low, start), min(high, max(end, part.end))) for low, high in near]
            lead = self.mask[start : part.start]
            if after and BARE.match(lead) is None:
                busy = any(start <= self.extents[other][0] < part.start for other in self.order if self.frames[other].can_quote)
                leading = [(low, max(high, part.end)) for low, high in near if low < part.start]
                found += leading or [(part.start, part.end) if busy else (start, part.end)]
            elif WHOLE.search(words) or not near:
                found.append((part.start, part.end))
            else:
                found += [(min(low, part.start), max(high, part.end)) for low, high in near]
        return found

    def _closed(self, piece: Range) -> Range:
        """A stretch of content that takes in whole any quotation that it cuts."""
        low, high = piece
        for part in self.parts:
            if part.start < high and low < part.end and not (low >= part.start and high <= part.end and False):
                low, high = min(low, part.start), max(high, part.end)
        return low, high

    def _beside(self, frame: Frame, quotes: bool) -> Range | None:
        """The phrase next to a cue whose subject the parse does not show."""
        tree = self.tree
        if not quotes or not frame.can_quote:
            return None
        at = frame.cue[1]
        if at < tree.size and tree.pos[at] in ("PROPN", "PRON", "DET", "NOUN", "ADJ"):
            while tree.head[at] > frame.index and tree.left[tree.head[at]] >= frame.cue[1] and tree.head[at] != at:
                at = tree.head[at]
            run = tree.trimmed((tree.left[at], tree.right[at]))
            return tree.characters(run) if run else None
        at = frame.cue[0] - 1
        if at >= 0 and tree.pos[at] in ("PROPN", "PRON", "NOUN"):
            while tree.head[at] != at and tree.head[at] < frame.index and tree.right[tree.head[at]] <= frame.cue[0]:
                if tree.pos[tree.head[at]] not in ("PROPN", "PRON", "NOUN"):
                    break
                at = tree.head[at]
            run = tree.trimmed((tree.left[at], tree.right[at]))
            return tree.characters(run) if run else None
        return None

    def _signed(self) -> Iterator[Draft]:
        """``“…” — Ann Roe`` at the end of a paragraph."""
        signed = SIGNATURE.search(self.text, max(0, len(self.text) - LONGEST_SIGNATURE))
        if signed and self.parts and self.parts[-1].end <= signed.start("cue"):
            parts = [part for part in self.parts if self.stands_alone(part)]
            if parts:
                content = [(part.start, part.end) for part in parts]
                source = Stretch(self.number, *signed.span("name"))
                yield Draft(self.number, signed.span("cue"), source, content, 10**6, len(parts))

    def _outermost(self, drafts: list[Draft]) -> list[Draft]:
        covered = bytearray(len(self.text))
        kept: list[Draft] = []
        for draft in sorted(drafts, key=lambda draft: -draft.weight):
            if draft.cue and covered[draft.cue[0]]:
                continue
            kept.append(draft)
            for low, high in draft.content:
                covered[low:high] = b"\1" * (high - low)
        return sorted(kept, key=lambda draft: draft.cue or draft.content[0])


def _merged(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Ranges in order; neighbours that only spaces and commas part are one."""
    merged: list[Range] = []
    for low, high in sorted(ranges):
        if low >= high:
            continue
        if merged and (low <= merged[-1][1] or not text[merged[-1][1] : low].strip()):
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _said(draft: Draft, texts: Sequence[str]) -> Said | None:
    text = texts[draft.passage]
    content = [Stretch(draft.passage, low, high) for low, high in _merged(text, draft.content)] + draft.more
    if not content:
        return None
    cue = Stretch(draft.passage, *draft.cue) if draft.cue else None
    return Said(tuple(content), draft.source, cue, _style(content, texts))


def _style(content: Sequence[Stretch], texts: Sequence[str]) -> Style:
    words = [texts[part.passage][part.start : part.end].strip() for part in content]
    inside = [quoted_parts(one) for one in words]
    if all(parts and parts[0].start == 0 and parts[-1].end == len(one) for parts, one in zip(inside, words, strict=True)):
        return "direct"
    return "mixed" if any(inside) else "indirect"
