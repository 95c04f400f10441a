"""Frames without a verb of saying: nouns, adjectives, ``according to`` and its like, adverbs of hearsay."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.reading.attributions import cues
from realpolitik.reading.attributions.frame import Frame, framed
from realpolitik.reading.attributions.subjects import VERBS, named, subject
from realpolitik.reading.english.tree import Run, Tree

__all__ = ["according_frames", "adjective_frames", "hearsay_frames", "holder_frames", "noun_frames", "view_frames"]

SOURCE_OF_NOUN = frozenset({"by", "from"})
TOPIC = frozenset({"of", "about", "for", "on", "over", "against", "to"})
OF_ADJECTIVE = frozenset({"of", "about", "with", "by", "over", "at", "for"})
PREDICATES = frozenset({"acomp", "ROOT", "conj", "oprd", "amod", "advcl"})
COPULAS = frozenset({"be", "feel", "seem", "appear", "remain", "sound", "become", "look"})


def noun_frames(tree: Tree, index: int) -> Iterator[Frame]:
    kids = tree.kids[index]
    clause = next(
        (kid for kid in kids if kid > index and tree.dep[kid] in ("acl", "ccomp") and _is_content(tree, kid)), None
    )
    source = _owner(tree, index)
    if clause is not None:
        head = tree.head[index]
        spoken = tree.dep[index] == "dobj" and tree.lemma[head] in cues.WITH_NOUN and head < index
        cue = (head if spoken else index, index + 1)
        yield framed(tree, index, cue, source, tree.piece(*tree.run(clause)), "noun clause")
        return
    head = tree.head[index]
    if tree.dep[index] == "nsubj" and tree.lemma[head] == "be":
        clause = tree.kid(head, "ccomp")
        if clause is not None and clause > head and source:
            yield framed(tree, index, (index, index + 1), source, tree.piece(*tree.run(clause)), "noun is")
        return
    if source is None:
        return
    for kid in kids:
        if kid > index and tree.dep[kid] == "prep" and tree.lower[kid] in TOPIC:
            below = tree.kid(kid, "pobj", "pcomp")
            if below is not None:
                runs = tree.piece(*tree.run(below))
                yield framed(tree, index, (index, kid + 1), source, runs, "noun topic")
                return


def holder_frames(tree: Tree, index: int) -> Iterator[Frame]:
    """``supporters of the toll``: who holds the view is the noun itself."""
    for kid in tree.kids[index]:
        if kid > index and tree.dep[kid] == "prep" and tree.lower[kid] == "of":
            below = tree.kid(kid, "pobj", "pcomp")
            if below is not None:
                source = tree.piece(tree.left[index], kid)
                runs = tree.piece(*tree.run(below))
                yield framed(tree, index, (index, kid + 1), source[0] if source else None, runs, "holder")
                return


def _is_content(tree: Tree, clause: int) -> bool:
    """Whether a clause below a noun says what was said: with ``that`` or ``to``, and no relative clause."""
    return any(
        (tree.dep[kid] == "mark" and tree.lower[kid] in ("that", "whether"))
        or (tree.dep[kid] == "aux" and tree.lower[kid] == "to")
        for kid in tree.kids[clause]
    )


def _owner(tree: Tree, index: int) -> Run | None:
    """Whose word it is: a possessive, ``by whom``, or the subject of ``made a promise``."""
    for kid in tree.kids[index]:
        if tree.dep[kid] == "poss":
            return named(tree, kid, index)
    for kid in tree.kids[index]:
        if tree.dep[kid] == "prep" and tree.lower[kid] in SOURCE_OF_NOUN:
            below = tree.kid(kid, "pobj")
            if below is not None:
                return named(tree, below, index)
    head = tree.head[index]
    if tree.dep[index] == "dobj" and tree.lemma[head] in cues.WITH_NOUN:
        return subject(tree, head)
    for kid in tree.kids[index]:
        if tree.dep[kid] in ("compound", "nmod") and tree.pos[kid] == "PROPN":
            return named(tree, kid, index)
    return named(tree, index - 1, index) if index and tree.pos[index - 1] == "PROPN" else None


def adjective_frames(tree: Tree, index: int) -> Iterator[Frame]:
    verb = tree.head[index]
    if tree.dep[index] not in PREDICATES or tree.lemma[verb] not in COPULAS:
        return
    source = subject(tree, verb)
    cue = (verb, index + 1) if verb < index else (index, index + 1)
    for kid in tree.kids[index]:
        if kid < index:
            continue
        dep = tree.dep[kid]
        below: int | None = kid
        if dep == "prep" and tree.lower[kid] in OF_ADJECTIVE:
            below = tree.kid(kid, "pobj", "pcomp")
        elif dep not in ("ccomp", "xcomp"):
            continue
        if below is not None:
            runs = tree.piece(*tree.run(below))
            yield framed(tree, index, cue, source, runs, "adjective", quotes=True)
            return
    yield framed(tree, index, cue, source, (), "adjective", quotes=True)


def hearsay_frames(tree: Tree, index: int) -> Iterator[Frame]:
    verb = tree.head[index]
    if tree.pos[verb] in VERBS:
        runs = tree.without(tree.run(verb), [(index, index + 1)])
        yield framed(tree, index, (index, index + 1), None, runs, "hearsay")


def according_frames(tree: Tree, index: int) -> Iterator[Frame]:
    to = tree.kid(index, "prep")
    if to is None and index + 1 < tree.size and tree.lower[index + 1] == "to":
        to = index + 1
    below = tree.kid(to, "pobj") if to is not None else None
    if to is None or below is None:
        return
    source = tree.trimmed((tree.left[below], tree.right[below]))
    yield framed(
        tree, index, (index, to + 1), source, _governed(tree, index, tree.run(index)), "according to", quotes=True
    )


def view_frames(tree: Tree, index: int) -> Iterator[Frame]:
    below = tree.kid(index, "pobj")
    if below is None or tree.lemma[below] not in cues.IN_VIEW or "own" in tree.lower[index:below]:
        return
    owner = tree.kid(below, "poss")
    if owner is None:
        of = next((kid for kid in tree.kids[below] if tree.lower[kid] == "of"), None)
        owner = tree.kid(of, "pobj") if of is not None else None
    if owner is not None:
        source = named(tree, owner, below)
        cue = (min(index, below), below + 1)
        yield framed(tree, index, cue, source, _governed(tree, index, tree.run(index)), "in view", quotes=True)


def _governed(tree: Tree, index: int, hole: Run) -> list[Run]:
    """The clause to which an adverbial belongs, without it."""
    higher = list(tree.above(index)) or [index]
    verb = next((above for above in higher if tree.pos[above] in VERBS), higher[-1])
    return tree.without(tree.run(verb), [hole])
