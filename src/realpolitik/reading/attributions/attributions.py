"""Attributions of a document: quotations, and what is said without marks, each with its cue and its source.

Frames come from the parse (:mod:`frames`), quotations from their marks (:mod:`marks`). A quotation belongs to the cue
beside it, else to the frame in whose words it stands, else it goes on from the quotation before. An attribution inside
the content of another belongs to what the other says, and is not listed again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from realpolitik.reading.attributions.page import Draft, Page, merged
from realpolitik.reading.attributions.said import Said, Stretch, Style
from realpolitik.reading.attributions.uncued import asked, beside, introduced, just_named, named_before, told_between
from realpolitik.reading.english.marks import Quoted, quoted_parts
from realpolitik.reading.english.passages import Passage

__all__ = ["attributions"]

LONGEST_SCARE_QUOTE = 3
"""Words. A quotation as short as this, which nothing attributes, is the writer's own emphasis."""

ANONYMOUS = re.compile(r"(?:on )?(?:the )?condition of anonymity", re.I)
"""How somebody spoke, not what was said."""

QUESTIONED = frozenset({"Who", "What", "Which"})


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
        self._asked: Stretch | None = None
        self._about: Stretch | None = None
        self._about_at = -2
        self._open: Draft | None = None
        self._announced: Draft | None = None

    def read(self, passage: Passage) -> list[Draft]:
        """The attributions of the next passage."""
        page = Page(passage)
        drafts = page.attributed()
        drafts = self._with_the_rest(page, drafts)
        speakers = [draft for draft in drafts if draft.source and (draft.quotes or draft.speaks)]
        self._about, self._about_at = named_before(page, len(page.text)), page.number
        if speakers:
            self._last, self._last_at = speakers[-1].source, passage.number
            self._asked = asked(page, speakers[-1])
        return drafts

    def _with_the_rest(self, page: Page, drafts: list[Draft]) -> list[Draft]:
        """Add quotations without a cue of their own."""
        held, self._open = self._open, None
        announced, self._announced = self._announced, None
        for index, part in enumerate(page.parts):
            owner: Draft | None = None
            if page.owned[index]:
                owner = next((draft for draft in drafts if draft.holds(part)), None)
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
            elif (governed := page.governed(part)) is not None:
                owner = governed
                drafts.append(owner)
            if not part.is_closed and owner is not None and index == len(page.parts) - 1:
                self._open = owner
        for draft in drafts:
            if draft.quotes and draft.source is None and draft.cue is not None:
                before = [other for other in drafts if other.source and other.cue and other.cue < draft.cue]
                draft.source = max(before, key=lambda other: other.cue or (0, 0)).source if before else None
        drafts.sort(key=lambda draft: draft.content[0])
        if page.text.rstrip().endswith(":"):
            self._announced = page.announcing(drafts)
        return drafts

    def _alone(self, page: Page, part: Quoted, drafts: list[Draft]) -> Draft | None:
        """Whose a quotation is that makes a sentence of its own: it goes on, or the words before name a speaker."""
        named = introduced(page, part)
        before = [draft for draft in drafts if draft.quotes and draft.content[-1][0] < part.start]
        if before and not named:
            owner = max(before, key=lambda draft: draft.content[-1])
            named = told_between(page, part, owner, drafts)
            if named is None:
                owner.content.append((part.start, part.end))
                return owner
        after = page.followed(part, drafts)
        if after is not None and not named:
            after.content.append((part.start, part.end))
            return after
        opens = not page.text[: part.start].strip()
        if not named and opens and self._last and self._last_at >= page.number - 1:
            named = self._asked or self._last
        elif not named and opens and self._about and self._about_at == page.number - 1:
            named = self._about if len(page.text[part.start : part.end].split()) > LONGEST_SCARE_QUOTE else None
        if not named and len(page.text[part.start : part.end].split()) <= LONGEST_SCARE_QUOTE:
            return None
        source = named or beside(page, part) or just_named(page, part, drafts)
        owner = Draft(page.number, None, source, [(part.start, part.end)], quotes=1)
        drafts.append(owner)
        return owner


def _said(draft: Draft, texts: Sequence[str]) -> Said | None:
    text = texts[draft.passage]
    content = [Stretch(draft.passage, low, high) for low, high in merged(text, draft.content)] + draft.more
    if not content or _asks_who(draft.source, texts):
        return None
    if len(content) == 1 and ANONYMOUS.fullmatch(_words(content[0], texts)):
        return None
    cue = Stretch(draft.passage, *draft.cue) if draft.cue else None
    return Said(tuple(content), draft.source, cue, _style(content, texts))


def _asks_who(source: Stretch | None, texts: Sequence[str]) -> bool:
    """Whether a question stands in the place of the speaker: *Who would defend it?*"""
    return source is not None and _words(source, texts) in QUESTIONED


def _words(stretch: Stretch, texts: Sequence[str]) -> str:
    return texts[stretch.passage][stretch.start : stretch.end].strip()


def _style(content: Sequence[Stretch], texts: Sequence[str]) -> Style:
    words = [texts[part.passage][part.start : part.end].strip() for part in content]
    inside = [quoted_parts(one) for one in words]
    if all(
        parts and parts[0].start == 0 and parts[-1].end == len(one) for parts, one in zip(inside, words, strict=True)
    ):
        return "direct"
    return "mixed" if any(inside) else "indirect"
