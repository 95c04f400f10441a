"""Frames of verbs: what they say by a clause, an infinitive, an object, a prepositional phrase, or in the passive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from realpolitik.reading.attributions import cues
from realpolitik.reading.attributions.frame import Frame, framed
from realpolitik.reading.attributions.subjects import named, subject
from realpolitik.reading.english.tree import Run, Tree

__all__ = ["verb_frames"]

SUBJECTS = ("nsubj", "csubj")
ABOUT = frozenset({"as", "for", "of", "with"})
BREAKING = frozenset({",", "-", "--", "—", "–"})
CONCESSIVE = frozenset({"though", "although", "while", "whereas"})
WHEN_OR_WHERE = frozenset({"on", "in", "at", "during", "after", "before", "since"})
ASKED = frozenset({"on", "upon", "for"})
DECIDING = frozenset({"vote", "move", "rule"})

FARTHEST_THAT = 16
"""Words between a cue and its ``that``."""


def verb_frames(tree: Tree, index: int) -> Iterator[Frame]:
    lemma = tree.lemma[index]
    kids = tree.kids[index]
    if not tree.word[index][0].isalpha() or _is_purpose(tree, index) or (index and tree.word[index - 1] in "-("):
        return
    passive = any(tree.dep[kid] in ("nsubjpass", "auxpass", "agent") for kid in kids)
    if passive and not _is_perfect(tree, index):
        yield from _passive(tree, index)
        return
    source = subject(tree, index)
    quotes = lemma in cues.SPEECH or _puts_it(tree, index)
    content, how, last = _complement(tree, index)
    if content or quotes:
        yield framed(tree, index, (index, last), source, content, how, quotes=quotes)


def _is_perfect(tree: Tree, index: int) -> bool:
    """``’s called for``: a perfect that the parse takes for a passive."""
    kids = tree.kids[index]
    short = any(tree.dep[kid] == "auxpass" and tree.lower[kid] in ("'s", "’s") for kid in kids)
    return short and not any(tree.dep[kid] == "agent" for kid in kids)


def _is_purpose(tree: Tree, index: int) -> bool:
    """Whether a verb is an infinitive below a noun (``a way to claim it``) or an imperative: nobody says it."""
    kids = tree.kids[index]
    if tree.dep[index] in ("acl", "relcl"):
        return any(tree.lower[kid] == "to" and tree.dep[kid] == "aux" for kid in kids)
    return tree.dep[index] == "ROOT" and tree.tag[index] == "VB" and not any(tree.dep[kid] in SUBJECTS for kid in kids)


def _complement(tree: Tree, index: int) -> tuple[list[Run], str, int]:
    """What a verb attributes, by which construction, and where the cue ends."""
    lemma, kids = tree.lemma[index], tree.kids[index]
    by_dep: dict[str, int] = {}
    for kid in kids:
        by_dep.setdefault(tree.dep[kid], kid)
    clause, obj, infinitive = by_dep.get("ccomp"), by_dep.get("dobj"), by_dep.get("xcomp")
    if clause is not None and lemma in cues.CLAUSAL and tree.pos[index] == "VERB":
        clauses = [kid for kid in kids if tree.dep[kid] == "ccomp" and (kid > index or lemma in cues.SPEECH)]
        if clauses:
            return _clause(tree, index, clauses), "clause", index + 1
    if tree.dep[index] == "parataxis" and lemma in cues.SPEECH and obj is None:
        head = tree.head[index]
        return tree.without(tree.run(head), [tree.run(index)]), "parenthesis", index + 1
    puts = _puts_it(tree, index)
    if (
        by_dep.get("mark") is not None
        and tree.lower[by_dep["mark"]] == "as"
        and (puts or (lemma in cues.SPEECH and obj is None and _is_aside(tree, index)))
    ):
        return tree.without(tree.run(tree.head[index]), [tree.run(index)]), "as", index + 1 + puts
    if obj is not None and lemma in cues.SHOWING and _is_document(tree, index):
        return tree.piece(index + 1, tree.right[index]), "shown", index + 1
    if obj is not None and infinitive is not None and infinitive > obj and lemma in cues.ORDER:
        first = infinitive if lemma in cues.TOLD else obj
        return tree.piece(tree.left[first], tree.right[infinitive]), "order", index + 1
    if infinitive is None and obj is None and lemma in DECIDING:
        infinitive = next(
            (kid for kid in kids if tree.dep[kid] == "advcl" and tree.lower[tree.left[kid]] == "to"), None
        )
    if infinitive is not None and lemma in cues.INFINITIVE and infinitive > index and obj is None:
        first, last = tree.run(infinitive)
        for kid in kids:
            asked = tree.kid(kid, "pobj") if tree.dep[kid] == "prep" and tree.lower[kid] in ASKED else None
            if asked is not None and index < kid < infinitive:
                return tree.piece(tree.left[asked], last), "infinitive", kid + 1
        return tree.piece(first, last), "infinitive", index + 1
    if obj is not None and obj > index:
        end = _object_end(tree, index, obj)
        if lemma in cues.OBJECT_AS and end > tree.right[obj]:
            return tree.piece(tree.left[obj], end), "object as", index + 1
        if lemma in cues.OBJECT or _tells(tree, index):
            return tree.piece(tree.left[obj], end), "object", index + 1
    for kid in kids:
        if tree.dep[kid] in ("prep", "prt") and kid > index and tree.lower[kid] in cues.PREPOSITIONAL.get(lemma, ()):
            below = tree.kid(kid, "pobj", "pcomp")
            if below is not None:
                return tree.piece(*tree.run(below)), "preposition", kid + 1
    if lemma in cues.SPEECH:
        found = _that(tree, index) or _question(tree, index)
        return found, "that", index + 1
    return [], "none", index + 1


def _is_aside(tree: Tree, index: int) -> bool:
    """Whether a clause opens its sentence or follows a comma."""
    first = tree.left[index]
    return first == tree.sentence[index] or tree.word[first - 1] in BREAKING


def _puts_it(tree: Tree, index: int) -> bool:
    return tree.lemma[index] == "put" and index + 1 < tree.size and tree.lower[index + 1] == "it"


def _is_document(tree: Tree, index: int) -> bool:
    """Whether the subject of a verb is a poll, a letter or the like."""
    speaks = tree.kid(index, "nsubj")
    return speaks is not None and tree.lemma[speaks] in cues.DOCUMENTS


def _tells(tree: Tree, index: int) -> bool:
    """``a letter accepting it``, ``a letter that accepts it``: whether a verb says what a document says."""
    dep, kids = tree.dep[index], tree.kids[index]
    says = (dep == "acl" and tree.tag[index] == "VBG") or (
        dep == "relcl" and any(tree.dep[kid] == "nsubj" and tree.lower[kid] in ("that", "which") for kid in kids)
    )
    return says and tree.lemma[index] in cues.OF_WRITINGS and tree.lemma[tree.head[index]] in cues.WRITINGS


def _that(tree: Tree, index: int) -> list[Run]:
    """``wrote late at night that …`` where the parse loses the clause: from ``that`` to the end of its clause."""
    for at in range(index + 1, min(index + FARTHEST_THAT, tree.size)):
        if tree.sentence[at] != tree.sentence[index] or tree.word[at] in ",;:":
            break
        if tree.lower[at] == "that" and tree.tag[at] == "IN":
            clause = tree.head[at]
            between = next((up for up in tree.above(clause) if up == index or tree.pos[up] == "VERB"), None)
            return tree.piece(at, tree.right[clause]) if between == index else []
    return []


def _question(tree: Tree, index: int) -> list[Run]:
    """``did not say when …``: a question that the parse takes for an adverbial clause."""
    for kid in tree.kids[index]:
        if kid > index and tree.dep[kid] == "advcl" and tree.tag[tree.left[kid]] in ("WRB", "WP", "WDT"):
            return tree.piece(*tree.run(kid))
    return []


def _clause(tree: Tree, index: int, clauses: Sequence[int]) -> list[Run]:
    """The clauses that a cue governs, without the cue and what belongs to it."""
    holes = [(index, index + 1), *(tree.run(kid) for kid in tree.kids[index] if kid not in clauses)]
    found: list[Run] = []
    for clause in clauses:
        first, last = tree.run(clause)
        last = _without_tail(tree, first, last)
        if tree.lemma[index] in cues.TOLD and clause > index and tree.tag[clause] == "VB":
            listener = tree.kid(clause, "nsubj")
            if listener is not None and any(tree.lower[kid] == "to" for kid in tree.kids[clause]):
                first = tree.right[listener]
        found += tree.without((first, last), holes)
    return sorted(found)


def _without_tail(tree: Tree, first: int, last: int) -> int:
    """Where a clause ends when what follows a comma sets against it or goes on: ``, though …``, ``, leaving …``."""
    for at in range(first + 3, last - 1):
        if tree.word[at] not in BREAKING:
            continue
        following = at + 1
        if tree.lower[following] in CONCESSIVE and tree.dep[tree.head[following]] == "advcl":
            tail = tree.head[following]
        elif tree.tag[following] == "VBG" and tree.dep[following] in ("advcl", "acl"):
            tail = following
        else:
            continue
        if tree.right[tail] >= last - 1:
            return at
    return last


def _object_end(tree: Tree, index: int, obj: int) -> int:
    """Where the object ends, with what is said of it, but not when and where it was said."""
    end = tree.right[obj]
    for kid in tree.kids[index]:
        dep = tree.dep[kid]
        if kid > obj and (dep in ("oprd", "xcomp") or (dep == "prep" and tree.lower[kid] not in WHEN_OR_WHERE)):
            end = max(end, tree.right[kid])
    return _without_tail(tree, tree.left[obj], end)


def _passive(tree: Tree, index: int) -> Iterator[Frame]:
    lemma, kids = tree.lemma[index], tree.kids[index]
    if lemma not in cues.PASSIVE and lemma not in cues.TOLD:
        return
    agent = next((tree.kid(kid, "pobj") for kid in kids if tree.dep[kid] == "agent"), None)
    source = named(tree, agent, index) if agent is not None else None
    sufferer = tree.kid(index, "nsubjpass")
    complement = [kid for kid in kids if kid > index and tree.dep[kid] in ("xcomp", "oprd", "ccomp")]
    complement += [kid for kid in kids if kid > index and tree.dep[kid] == "prep" and tree.lower[kid] in ABOUT]
    content = [tree.run(kid) for kid in sorted(complement)]
    if sufferer is not None and tree.lower[sufferer] not in ("it", "there") and lemma not in cues.TOLD:
        if not content and source is None:
            return
        content = [tree.run(sufferer), *content]
    elif sufferer is None and tree.dep[index] in ("acl", "relcl") and (content or source) and lemma in cues.NAMING:
        content = [(tree.left[tree.head[index]], tree.left[index]), *content]
    runs = [run for run in map(tree.trimmed, content) if run]
    if runs:
        yield framed(tree, index, (index, index + 1), source, runs, "passive")
