"""Whose a quotation is that no cue attributes: who is named before it, beside it, or in the sentence before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.attributions.subjects import NAMES, VERBS
from realpolitik.reading.english.marks import Quoted
from realpolitik.reading.english.tree import Run, Tree

if TYPE_CHECKING:
    from realpolitik.reading.attributions.page import Draft, Page

__all__ = ["asked", "beside", "introduced", "just_named", "named_before", "told_between"]

LABEL = re.compile(r"\s*(?P<name>(?:[A-Z][\w.’'-]*\s?){1,4}?)(?:\s(?:on|to|of|about) [^:,.;]{1,60})?:\Z")
"""The name before a colon that begins a line of a transcript: ``Roe:``, ``Ben Hall on the toll:``."""

DOERS = frozenset({"PROPN", "PRON", "NOUN"})
ARTICLES = frozenset({"the", "a", "an"})


def introduced(page: Page, part: Quoted) -> Stretch | None:
    """``Roe’s answer: “…”``: a label, the subject of the last clause before a colon, or the first name."""
    start, _ = page.sentence(part.start)
    lead = page.mask[start : part.start].rstrip()
    if not lead.endswith(":"):
        return None
    label = LABEL.match(lead)
    if label:
        low, high = label.span("name")
        return Stretch(page.number, start + low, start + low + len(lead[low:high].rstrip()))
    tree = page.tree
    first, last = bisect_left(tree.start, start), bisect_left(tree.start, start + len(lead) - 1) - 1
    for at in (last, *tree.above(last)) if last > first else ():
        doer = tree.kid(at, "nsubj") if tree.pos[at] in VERBS else None
        if doer is not None and tree.pos[doer] in NAMES and first <= doer < last:
            return Stretch(page.number, *tree.characters(_name(tree, doer)))
    named = next((at for at in range(first, max(first, last + 1)) if tree.pos[at] in NAMES), None)
    return Stretch(page.number, *tree.characters(_name(tree, named))) if named is not None else None


def _name(tree: Tree, at: int) -> Run:
    """The words of a name around one of them."""
    low, high = at, at + 1
    while low and tree.pos[at] == "PROPN" and tree.pos[low - 1] == "PROPN" and not tree.quoted[low - 1]:
        low -= 1
    while high < tree.size and tree.pos[at] == "PROPN" and tree.pos[high] == "PROPN" and not tree.quoted[high]:
        high += 1
    return low, high


def just_named(page: Page, part: Quoted, drafts: Sequence[Draft]) -> Stretch | None:
    """Who spoke or acted in the sentence before a quotation that has no cue."""
    start, _ = page.sentence(part.start)
    before = [draft for draft in drafts if draft.source and draft.cue and draft.cue[0] < part.start]
    if before:
        return max(before, key=lambda draft: draft.cue or (0, 0)).source
    return named_before(page, start)


def beside(page: Page, part: Quoted) -> Stretch | None:
    """“No,” the headline read; “No,” is how Roe put it: the first subject in the rest of the sentence."""
    tree, (_, end) = page.tree, page.sentence(part.start)
    first, last = bisect_left(tree.start, part.end), bisect_left(tree.start, end)
    for at in range(first, last):
        if tree.dep[at] == "nsubj" and tree.pos[at] in DOERS and not tree.quoted[at]:
            low, high = tree.run(at)
            run = tree.trimmed((max(low, first), min(high, last)))
            return Stretch(page.number, *tree.characters(run)) if run else None
    return None


def named_before(page: Page, position: int) -> Stretch | None:
    """Whom the sentence before a position is about: a person who is its subject, else the only one in it."""
    tree = page.tree
    at = bisect_left(tree.start, position) - 1
    if at < 0:
        return None
    root = next((above for above in reversed([at, *tree.above(at)])), at)
    doer = tree.kid(root, "nsubj", "nsubjpass")
    run = tree.trimmed(tree.run(doer)) if doer is not None else None
    if run is not None and any(tree.quoted[run[0] : run[1]]):
        run = None
    if run is None or doer is None or (tree.pos[doer] == "NOUN" and tree.lower[run[0]] in ARTICLES):
        low, high = tree.run(root)
        persons = {
            _name(tree, one)
            for one in range(low, high)
            if tree.entity[one] == "PERSON" and tree.pos[one] == "PROPN" and not tree.quoted[one]
        }
        run = persons.pop() if len(persons) == 1 and (run is None or tree.lower[low] == "for") else run
    return Stretch(page.number, *tree.characters(run)) if run is not None else None


def told_between(page: Page, part: Quoted, owner: Draft, drafts: Sequence[Draft]) -> Stretch | None:
    """Another speaker, by name, in a sentence between an attribution and a quotation without a cue."""
    done = max(owner.content[-1][1], owner.cue[1] if owner.cue else 0)
    start, _ = page.sentence(part.start)
    between = [
        draft
        for draft in drafts
        if draft is not owner and draft.source and draft.cue and done < draft.source.start and draft.cue[1] <= start
    ]
    last = max(between, key=lambda draft: draft.cue or (0, 0), default=None)
    source = last.source if last else None
    if source is None or page.sentence(source.start) == page.sentence(max(done - 1, 0)):
        return None
    at = bisect_left(page.tree.start, source.start)
    return None if at >= page.tree.size or page.tree.pos[at] == "PRON" else source


def asked(page: Page, draft: Draft) -> Stretch | None:
    """“Why?” Roe asked Hall: who is to answer in the next paragraph."""
    tree = page.tree
    if draft.cue is None or not draft.content:
        return None
    if not page.text[: draft.content[-1][1]].rstrip("”\"'’»").endswith("?"):
        return None
    cue = bisect_left(tree.start, draft.cue[0])
    whom = tree.kid(cue, "dobj", "dative") if cue < tree.size and tree.lemma[cue] == "ask" else None
    if whom is None or tree.quoted[whom] or tree.pos[whom] not in DOERS:
        return None
    run = tree.trimmed(tree.run(whom))
    return Stretch(page.number, *tree.characters(run)) if run else None
