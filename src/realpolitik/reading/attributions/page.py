"""One passage with its frames and quotations, and which quotation belongs to which frame."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from realpolitik.reading.attributions.frame import Frame
from realpolitik.reading.attributions.frames import frames
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.attributions.subjects import subject
from realpolitik.reading.english.language import sentence_ends
from realpolitik.reading.english.marks import MASK, Quoted, masked, quoted_parts
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.english.tree import Range, Tree

__all__ = ["Draft", "Page", "merged"]

BEFORE = re.compile(r"[^.;“”\"]{0,60}(?:\bthat|:|,)\s*\Z|[\s,:—–-]*(?:that|as|it was|with|of|for|to)?[\s,:]*\Z")
"""What may stand between a cue clause and a quotation that it introduces."""

AFTER = re.compile(r"[\s,—–-]*(?:as )?\Z")
"""What may stand between a quotation and the clause that attributes it."""

TAIL = re.compile(r"[^.;:“”\"]{0,60}[.]")
"""The rest of a short clause: ``Roe said on Friday.``"""

BARE = re.compile(r"[\s—–\"'\[(“‘-]*(?:and|but|or|yet|so)?[\s,]*\Z", re.IGNORECASE)  # noqa: RUF001
"""What may stand before a quotation that begins its sentence."""

WHOLE = re.compile(r"[.,?!…—-][\"”'’»“]*\Z")
"""The end of a quotation that is a clause of its own."""

SIGNATURE = re.compile(r"[”\"»]\s?(?P<cue>[―—–]|--)\s?(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}?)\s*\.?\s*\Z")
LONGEST_SIGNATURE = 80
"""Characters of a signature after the closing mark."""

FEWEST_WORDS = 2
"""A quotation of fewer words, which nothing attributes, is the writer's own."""


@dataclass
class Draft:
    """An attribution on its way; ranges in characters of its passage."""

    passage: int
    cue: Range | None
    source: Stretch | None
    content: list[Range]
    weight: int = 0
    quotes: int = 0
    speaks: bool = False
    more: list[Stretch] = field(default_factory=list)

    def holds(self, part: Quoted) -> bool:
        """Whether a quotation is among its content."""
        return any(low < part.end and part.start < high for low, high in self.content)


class Page:
    """One passage: its parse, quotations and frames."""

    def __init__(self, passage: Passage) -> None:
        self.number, self.text = passage.number, passage.text
        self.parts = quoted_parts(self.text)
        self.tree = tree = Tree(passage.doc, [(part.start, part.end) for part in self.parts])
        self.part_starts = [part.start for part in self.parts]
        self.part_ends = [part.end for part in self.parts]
        self.mask = masked(self.text, self.parts)
        self.ends = sentence_ends(self.mask.replace(MASK, "X"))
        self.owned = [False] * len(self.parts)
        self.frames = [self._torn(frame) for frame in frames(tree)]
        self.extents = [tree.characters(frame.extent) for frame in self.frames]
        self.order = sorted(range(len(self.frames)), key=lambda at: self.extents[at])
        self.starts = [self.extents[at][0] for at in self.order]

    def _torn(self, frame: Frame) -> Frame:
        """The frame without a source from which a quotation parts its cue."""
        if frame.source is None or not frame.can_quote:
            return frame
        low, high = sorted((frame.source, frame.cue))
        if any(self.tree.quoted[low[1] : high[0]]):
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
        start, _ = self.sentence(len(self.text) - 1)
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

    def governed(self, part: Quoted) -> Draft | None:
        """The verb that governs a quotation for which no cue was found, with its subject."""
        tree, at = self.tree, bisect_left(self.tree.start, part.start)
        if at >= tree.size or tree.start[at] >= part.end or self._is_name(part):
            return None
        below = at
        for up in tree.above(at):
            if tree.pos[up] == "VERB" and not self.tree.quoted[up]:
                break
            below = up
        else:
            return None
        source = subject(tree, up)
        if source is None or below < up or tree.dep[below] in ("nsubj", "nsubjpass", "csubj"):
            return None
        low, high = tree.characters(tree.run(below))
        cue = tree.characters((up, up + 1))
        low = low if low >= cue[1] else part.start
        stretch = Stretch(self.number, *tree.characters(source))
        return Draft(self.number, cue, stretch, [(min(low, part.start), max(high, part.end))], quotes=1)

    def _is_name(self, part: Quoted) -> bool:
        """Whether the marks enclose the title of a work or a single word of the writer's."""
        words = self.text[part.inner_start : part.inner_end].split()
        capitals = sum(not word[0].islower() for word in words)
        return (
            len(words) < FEWEST_WORDS
            or (capitals == len(words))
            or (capitals >= len(words) - 1 and len(words) > FEWEST_WORDS)
        )

    def followed(self, part: Quoted, drafts: Sequence[Draft]) -> Draft | None:
        """“No.” “Never,” said Roe: the attribution of the quotation that follows at once."""
        for draft in drafts:
            first = draft.content[0][0]
            if draft.quotes and first >= part.end and not self.text[part.end : first].strip():
                return draft
        return None

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
            self.owned[index] = any(draft.holds(part) for draft in kept)
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
        content = self._with_quotes(at, content, quotes) if quotes else [self._closed(part) for part in content]
        content = merged(self.text, content)
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
            frame.can_quote,
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
                busy = any(
                    start <= self.extents[other][0] < part.start for other in self.order if self.frames[other].can_quote
                )
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
        first = bisect_right(self.part_ends, low)
        last = bisect_left(self.part_starts, high) - 1
        if first > last:
            return piece
        return min(low, self.part_starts[first]), max(high, self.part_ends[last])

    def _beside(self, frame: Frame, quotes: bool) -> Range | None:
        """The phrase next to a cue whose subject the parse does not show."""
        tree = self.tree
        if not frame.can_quote or not (quotes or frame.how in ("clause", "that")):
            return None
        at = frame.cue[1]
        while at < tree.size and tree.entity[at] in ("DATE", "TIME"):
            at += 1
        first = at
        if at < tree.size and tree.pos[at] in ("PROPN", "PRON", "DET", "NOUN", "ADJ"):
            while tree.head[at] > frame.index and tree.left[tree.head[at]] >= frame.cue[1] and tree.head[at] != at:
                at = tree.head[at]
            run = tree.trimmed((max(first, tree.left[at]), tree.right[at]))
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
            if draft.cue and (covered[draft.cue[0]] or covered[draft.cue[1] - 1]):
                continue
            kept.append(draft)
            for low, high in draft.content:
                covered[low:high] = b"\1" * (high - low)
        return sorted(kept, key=lambda draft: draft.cue or draft.content[0])


def merged(text: str, ranges: Sequence[Range]) -> list[Range]:
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
