"""Frames: a cue, whose it is, and the words that it attributes, from the parse of a passage.

Each kind of cue has one function: verbs (by what they govern), passives, nouns, adjectives, ``according to`` and its
like, adverbs of hearsay. None looks inside a quotation: what a speaker quotes again is part of what the speaker said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from realpolitik.reading import cues
from realpolitik.reading.tree import Run, Tree

__all__ = ["Frame", "frames"]

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = ("nsubj", "csubj")
CLAUSES = ("ccomp",)
BY = frozenset({"by"})
SOURCE_OF_NOUN = frozenset({"by", "from"})
TOPIC = frozenset({"of", "about", "for", "on", "over", "against", "to", "that"})
AS_WELL = frozenset({"as", "for", "of"})
IN_VIEW = frozenset({"view", "opinion", "word", "eye", "estimation", "judgment", "judgement", "telling", "account"})
SAID_WITH = cues.SPEECH | frozenset(
    "make have express give issue offer voice raise take reach sign share hold announce deliver release send repeat "
    "reject dismiss deny file launch deliver pose set".split()
)
UTTERING = frozenset(
    "issue send release file write publish sign unleash deliver make give hold post launch submit put circulate "
    "distribute approve adopt pass fire send tweet".split()
)
"""``issued a statement saying``: who issued it says it."""

COPULAS = frozenset({"be", "feel", "seem", "appear", "remain", "sound", "become", "look"})
FARTHEST_THAT = 16
"""Words between a cue and its ``that``."""

LONGEST_SOURCE = 45
"""Words that name a speaker, with all that is said about him."""


@dataclass(frozen=True)
class Frame:
    """A cue with its arguments, in tokens."""

    index: int
    """Token that governs."""

    cue: Run
    source: Run | None
    content: tuple[Run, ...]
    """Empty where the cue can only introduce a quotation."""

    extent: Run
    """From the first to the last word of cue and source."""

    how: str
    """Kind of construction."""

    can_quote: bool
    """Whether the cue is one that introduces quotations."""


def frames(tree: Tree, quoted: Sequence[bool]) -> list[Frame]:
    """All frames of a passage whose cue stands outside quotations, in order of their cues.

    Parameters
    ----------
    tree : the parse.
    quoted : for each token, whether it stands in a quotation.
    """
    found: list[Frame] = []
    for index in range(tree.size):
        if not quoted[index]:
            found += _at(tree, index, quoted)
    return found


def _at(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    pos, lemma = tree.pos[index], tree.lemma[index]
    if pos in VERBS:
        yield from _verb(tree, index, quoted)
    elif pos == "NOUN" and lemma in cues.NOUNS:
        yield from _noun(tree, index, quoted)
    elif pos == "ADJ" and lemma in cues.ADJECTIVES:
        yield from _adjective(tree, index, quoted)
    elif tree.lower[index] in cues.HEARSAY:
        yield from _hearsay(tree, index)
    if tree.lower[index] == "according":
        yield from _according(tree, index, quoted)
    elif tree.lower[index] == "in" and pos == "ADP":
        yield from _in_view(tree, index, quoted)


def _frame(
    tree: Tree, index: int, cue: Run, source: Run | None, content: Sequence[Run], how: str, *, quotes: bool = False
) -> Frame:
    low = min(cue[0], source[0]) if source else cue[0]
    high = max(cue[1], source[1]) if source else cue[1]
    return Frame(index, cue, source, tuple(content), (low, high), how, quotes)


def _verb(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    lemma = tree.lemma[index]
    kids = tree.kids[index]
    if not tree.word[index][0].isalpha() or _is_purpose(tree, index) or (index and tree.word[index - 1] == "-"):
        return
    passive = any(tree.dep[kid] in ("nsubjpass", "auxpass", "agent") for kid in kids)
    if passive:
        yield from _passive(tree, index, quoted)
        return
    source = _subject(tree, index, quoted)
    quotes = lemma in cues.SPEECH or _puts_it(tree, index)
    content, how, last = _complement(tree, index)
    if content or quotes:
        yield _frame(tree, index, (index, last), source, content, how, quotes=quotes)


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
    if clause is not None and lemma not in cues.CLAUSE_ONLY_NOT and tree.pos[index] == "VERB":
        clauses = [kid for kid in kids if tree.dep[kid] == "ccomp" and (kid > index or lemma in cues.SPEECH)]
        if clauses:
            return _clause(tree, index, clauses), "clause", index + 1
    if tree.dep[index] == "parataxis" and lemma in cues.SPEECH and obj is None:
        head = tree.head[index]
        return tree.without(tree.run(head), [tree.run(index)]), "parenthesis", index + 1
    puts = _puts_it(tree, index)
    if by_dep.get("mark") is not None and tree.lower[by_dep["mark"]] == "as" and (
        puts or (lemma in cues.SPEECH and obj is None)
    ):
        return tree.without(tree.run(tree.head[index]), [tree.run(index)]), "as", index + 1 + puts
    if obj is not None and lemma in cues.SHOWING and _is_document(tree, index):
        return _runs(tree, index + 1, tree.right[index]), "shown", index + 1
    if obj is not None and infinitive is not None and infinitive > obj and lemma in cues.ORDER:
        first = infinitive if lemma in cues.TOLD else obj
        return _runs(tree, tree.left[first], tree.right[infinitive]), "order", index + 1
    if infinitive is not None and lemma in cues.INFINITIVE and infinitive > index and obj is None:
        return _runs(tree, *tree.run(infinitive)), "infinitive", index + 1
    if obj is not None and obj > index:
        end = _object_end(tree, index, obj)
        if lemma in cues.OBJECT_AS and end > tree.right[obj]:
            return _runs(tree, tree.left[obj], end), "object as", index + 1
        if lemma in cues.OBJECT:
            return _runs(tree, tree.left[obj], end), "object", index + 1
    for kid in kids:
        if tree.dep[kid] in ("prep", "prt") and kid > index and tree.lower[kid] in cues.PREPOSITIONAL.get(lemma, ()):
            below = tree.kid(kid, "pobj", "pcomp")
            if below is not None:
                return _runs(tree, *tree.run(below)), "preposition", kid + 1
    if lemma in cues.SPEECH:
        found = _that(tree, index) or _question(tree, index)
        return found, "that", index + 1
    return [], "none", index + 1


def _puts_it(tree: Tree, index: int) -> bool:
    return tree.lemma[index] == "put" and index + 1 < tree.size and tree.lower[index + 1] == "it"


def _is_document(tree: Tree, index: int) -> bool:
    """Whether the subject of a verb is a poll, a letter or the like."""
    subject = tree.kid(index, "nsubj")
    return subject is not None and tree.lemma[subject] in cues.DOCUMENTS


def _that(tree: Tree, index: int) -> list[Run]:
    """``wrote late at night that …`` where the parse loses the clause: from ``that`` to the end of its clause."""
    for at in range(index + 1, min(index + FARTHEST_THAT, tree.size)):
        if tree.sentence[at] != tree.sentence[index] or tree.word[at] in ",;:":
            break
        if tree.lower[at] == "that" and tree.dep[at] == "mark" and tree.tag[at] == "IN":
            return _runs(tree, at, tree.right[tree.head[at]])
    return []


def _question(tree: Tree, index: int) -> list[Run]:
    """``did not say when …``: a question that the parse takes for an adverbial clause."""
    for kid in tree.kids[index]:
        if kid > index and tree.dep[kid] == "advcl" and tree.tag[tree.left[kid]] in ("WRB", "WP", "WDT"):
            return _runs(tree, *tree.run(kid))
    return []


def _runs(tree: Tree, first: int, last: int) -> list[Run]:
    run = tree.trimmed((first, last))
    return [run] if run else []


def _clause(tree: Tree, index: int, clauses: Sequence[int]) -> list[Run]:
    """The clauses that a cue governs, without the cue and what belongs to it."""
    holes = [(index, index + 1), *(tree.run(kid) for kid in tree.kids[index] if kid not in clauses)]
    found: list[Run] = []
    for clause in clauses:
        first, last = tree.run(clause)
        if tree.lemma[index] in cues.TOLD and clause > index and tree.tag[clause] == "VB":
            subject = tree.kid(clause, "nsubj")
            if subject is not None and any(tree.lower[kid] == "to" for kid in tree.kids[clause]):
                first = tree.right[subject]
        found += tree.without((first, last), holes)
    return sorted(found)


def _object_end(tree: Tree, index: int, obj: int) -> int:
    """Where the object ends, with what says of it ``as what`` or ``for what``."""
    end = tree.right[obj]
    wanted = cues.OBJECT_PREPOSITION.get(tree.lemma[index], frozenset()) | AS_WELL
    for kid in tree.kids[index]:
        dep = tree.dep[kid]
        if kid > obj and (dep in ("oprd", "xcomp") or (dep == "prep" and tree.lower[kid] in wanted)):
            end = max(end, tree.right[kid])
    return end


def _subject(tree: Tree, index: int, quoted: Sequence[bool]) -> Run | None:
    """Who says: the subject of the cue, or of the verb that governs it."""
    at = index
    for _ in range(6):
        own = next((kid for kid in tree.kids[at] if tree.dep[kid] in SUBJECTS), None)
        if own is not None:
            return _named(tree, own, quoted, index)
        dep, head = tree.dep[at], tree.head[at]
        if dep in ("acl", "relcl") and tree.pos[head] not in VERBS:
            if dep == "acl" and tree.dep[head] == "dobj" and tree.lemma[tree.head[head]] in UTTERING:
                at = tree.head[head]
                continue
            return _named(tree, head, quoted, at)
        passive = next((kid for kid in tree.kids[at] if tree.dep[kid] == "nsubjpass"), None)
        if passive is not None and at != index:
            return _named(tree, passive, quoted, index)
        if dep in ("conj", "xcomp", "advcl", "prep", "pcomp", "ccomp", "parataxis", "dep", "aux"):
            at = head
        else:
            return None
    return None


def _named(tree: Tree, head: int, quoted: Sequence[bool], cue: int) -> Run | None:
    """The words that name a speaker: the phrase of a head, as far as it is outside quotations and before the cue."""
    if tree.lower[head] in RELATIVES:
        return head, head + 1
    first, last = tree.run(head)
    if first <= cue < last:
        first, last = (first, tree.left[cue]) if head < tree.left[cue] else (cue + 1, last)
    if last - first > LONGEST_SOURCE or any(quoted[first:last]):
        first, last = head, head + 1
        while first and tree.head[first - 1] == head and not quoted[first - 1] and tree.word[first - 1][0].isalnum():
            first -= 1
    return tree.trimmed((first, last)) if first <= head < last else (head, head + 1)


def _passive(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    lemma, kids = tree.lemma[index], tree.kids[index]
    if lemma not in cues.PASSIVE and lemma not in cues.TOLD:
        return
    agent = next((tree.kid(kid, "pobj") for kid in kids if tree.dep[kid] == "agent"), None)
    source = _named(tree, agent, quoted, index) if agent is not None else None
    subject = tree.kid(index, "nsubjpass")
    complement = [kid for kid in kids if kid > index and tree.dep[kid] in ("xcomp", "oprd", "ccomp")]
    complement += [
        kid
        for kid in kids
        if kid > index and tree.dep[kid] == "prep" and tree.lower[kid] in AS_WELL | {"with"}
    ]
    content = [tree.run(kid) for kid in sorted(complement)]
    if subject is not None and tree.lower[subject] not in ("it", "there") and lemma not in cues.TOLD:
        if not content and source is None:
            return
        content = [tree.run(subject), *content]
    elif subject is None and tree.dep[index] in ("acl", "relcl") and (content or source):
        content = [(tree.left[tree.head[index]], tree.left[index]), *content]
    runs = [run for run in map(tree.trimmed, content) if run]
    if runs:
        yield _frame(tree, index, (index, index + 1), source, runs, "passive")


def _noun(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    kids = tree.kids[index]
    clause = next((kid for kid in kids if kid > index and tree.dep[kid] in ("acl", "ccomp") and _is_content(tree, kid)), None)
    source = _owner(tree, index, quoted)
    if clause is not None:
        head = tree.head[index]
        spoken = tree.dep[index] == "dobj" and tree.lemma[head] in SAID_WITH and head < index
        cue = (head if spoken else index, index + 1)
        yield _frame(tree, index, cue, source, _runs(tree, *tree.run(clause)), "noun clause")
        return
    head = tree.head[index]
    if tree.dep[index] == "nsubj" and tree.lemma[head] == "be":
        clause = tree.kid(head, "ccomp")
        if clause is not None and clause > head and source:
            yield _frame(tree, index, (index, index + 1), source, _runs(tree, *tree.run(clause)), "noun is")
        return
    if source is None:
        return
    for kid in kids:
        if kid > index and tree.dep[kid] == "prep" and tree.lower[kid] in TOPIC:
            below = tree.kid(kid, "pobj", "pcomp")
            if below is not None:
                runs = _runs(tree, *tree.run(below))
                yield _frame(tree, index, (index, kid + 1), source, runs, "noun topic")
                return


def _is_content(tree: Tree, clause: int) -> bool:
    """Whether a clause below a noun says what was said: with ``that`` or ``to``, and no relative clause."""
    return any(
        (tree.dep[kid] == "mark" and tree.lower[kid] in ("that", "whether"))
        or (tree.dep[kid] == "aux" and tree.lower[kid] == "to")
        for kid in tree.kids[clause]
    )


def _owner(tree: Tree, index: int, quoted: Sequence[bool]) -> Run | None:
    """Whose word it is: a possessive, ``by whom``, or the subject of ``made a promise``."""
    for kid in tree.kids[index]:
        if tree.dep[kid] == "poss":
            return _named(tree, kid, quoted, index)
    for kid in tree.kids[index]:
        if tree.dep[kid] == "prep" and tree.lower[kid] in SOURCE_OF_NOUN:
            below = tree.kid(kid, "pobj")
            if below is not None:
                return _named(tree, below, quoted, index)
    head = tree.head[index]
    if tree.dep[index] == "dobj" and tree.lemma[head] in SAID_WITH:
        return _subject(tree, head, quoted)
    return None


def _adjective(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    verb = tree.head[index]
    if tree.dep[index] not in ("acomp", "ROOT", "conj", "oprd", "amod", "advcl") or tree.lemma[verb] not in COPULAS:
        return
    for kid in tree.kids[index]:
        if kid < index:
            continue
        dep = tree.dep[kid]
        below: int | None = kid
        if dep == "prep" and tree.lower[kid] in ("of", "about", "with", "by", "over", "at", "for"):
            below = tree.kid(kid, "pobj", "pcomp")
        elif dep not in ("ccomp", "xcomp"):
            continue
        if below is not None:
            source = _subject(tree, verb, quoted)
            runs = _runs(tree, *tree.run(below))
            cue = (verb, index + 1) if verb < index else (index, index + 1)
            yield _frame(tree, index, cue, source, runs, "adjective", quotes=True)
            return


def _hearsay(tree: Tree, index: int) -> Iterator[Frame]:
    verb = tree.head[index]
    if tree.pos[verb] in VERBS:
        runs = tree.without(tree.run(verb), [(index, index + 1)])
        yield _frame(tree, index, (index, index + 1), None, runs, "hearsay")


def _according(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    to = tree.kid(index, "prep")
    if to is None and index + 1 < tree.size and tree.lower[index + 1] == "to":
        to = index + 1
    below = tree.kid(to, "pobj") if to is not None else None
    if to is None or below is None:
        return
    source = tree.trimmed((tree.left[below], tree.right[below]))
    yield _frame(tree, index, (index, to + 1), source, _governed(tree, index, tree.run(index)), "according to", quotes=True)


def _in_view(tree: Tree, index: int, quoted: Sequence[bool]) -> Iterator[Frame]:
    below = tree.kid(index, "pobj")
    if below is None or tree.lemma[below] not in IN_VIEW:
        return
    owner = tree.kid(below, "poss")
    if owner is None:
        of = next((kid for kid in tree.kids[below] if tree.lower[kid] == "of"), None)
        owner = tree.kid(of, "pobj") if of is not None else None
    if owner is not None:
        source = _named(tree, owner, quoted, below)
        cue = (min(index, below), below + 1)
        yield _frame(tree, index, cue, source, _governed(tree, index, tree.run(index)), "in view", quotes=True)


def _governed(tree: Tree, index: int, hole: Run) -> list[Run]:
    """The clause to which an adverbial belongs, without it."""
    verb = next((above for above in tree.above(index) if tree.pos[above] in VERBS), tree.head[index])
    return tree.without(tree.run(verb), [hole])
