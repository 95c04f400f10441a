"""Who says: from a cue to the words that name its source."""

from __future__ import annotations

from realpolitik.reading.attributions import cues
from realpolitik.reading.english.tree import Run, Tree

__all__ = ["NAMES", "VERBS", "named", "subject"]

VERBS = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
SUBJECTS = ("nsubj", "csubj")
PASSIVE_SUBJECTS = ("nsubj", "csubj", "nsubjpass")
TIMES = frozenset({"DATE", "TIME"})
CLIMBING = frozenset(
    ("conj", "xcomp", "advcl", "prep", "pcomp", "ccomp", "parataxis", "dep", "aux", "pobj", "acomp", "oprd", "attr")
)
"""Arcs that lead from a cue without a subject to the verb whose subject it shares."""

NAMES = frozenset({"PROPN", "PRON"})

HIGHEST = 6
"""Arcs that are climbed."""

LONGEST_SOURCE = 45
"""Words that name a speaker, with all that is said about him."""


def subject(tree: Tree, index: int) -> Run | None:
    """Who says: the subject of the cue, or of the verb that governs it."""
    at = index
    for _ in range(HIGHEST):
        wanted = PASSIVE_SUBJECTS if at == index else SUBJECTS
        own = next((kid for kid in tree.kids[at] if tree.dep[kid] in wanted and tree.entity[kid] not in TIMES), None)
        if own is not None:
            return named(tree, own, index)
        if at == index and _is_told_beside(tree, at):
            return named(tree, at - 1, index)
        if at != index and tree.pos[at] == "NOUN":
            owner = tree.kid(at, "poss")
            if owner is not None:
                return named(tree, owner, index)
        dep, head = tree.dep[at], tree.head[at]
        if dep in ("acl", "relcl") and tree.pos[head] not in VERBS:
            if dep == "acl" and (utters := _uttering(tree, head)) is not None:
                at = utters
                continue
            return named(tree, head, at)
        passive = next((kid for kid in tree.kids[at] if tree.dep[kid] == "nsubjpass"), None)
        if passive is not None and at != index:
            return named(tree, passive, index)
        if dep in CLIMBING:
            at = head
        else:
            return None
    return None


def _is_told_beside(tree: Tree, index: int) -> bool:
    """``with parliament directing``: whether the word before a participle is its subject, though the parse errs."""
    if tree.tag[index] != "VBG" or not index or tree.dep[index] == "acl":
        return False
    before = index - 1
    attends = tree.dep[index] == "pcomp" or tree.lower[tree.head[before]] == "with"
    return tree.pos[before] in NAMES or (tree.pos[before] == "NOUN" and attends)


def _uttering(tree: Tree, noun: int) -> int | None:
    """The verb of ``issued a statement``, ``sent a series of letters``, whose subject speaks by the noun."""
    for _ in range(2):
        verb = tree.head[noun]
        if tree.dep[noun] == "dobj":
            return verb if tree.lemma[verb] in cues.UTTERING else None
        if tree.dep[noun] != "pobj" or tree.lower[verb] != "of":
            return None
        noun = tree.head[verb]
    return None


def named(tree: Tree, head: int, cue: int) -> Run | None:
    """The words that name a speaker: the phrase of a head, as far as it is outside quotations and before the cue."""
    if tree.lower[head] in RELATIVES:
        return head, head + 1
    if tree.entity[head] in TIMES:
        return None
    first, last = tree.run(head)
    if first <= cue < last:
        first, last = (first, tree.left[cue]) if head < tree.left[cue] else (cue + 1, last)
    if last - first > LONGEST_SOURCE or any(tree.quoted[first:last]):
        first, last = head, head + 1
        while (
            first and tree.head[first - 1] == head and not tree.quoted[first - 1] and tree.word[first - 1][0].isalnum()
        ):
            first -= 1
    return tree.trimmed((first, last)) if first <= head < last else (head, head + 1)
