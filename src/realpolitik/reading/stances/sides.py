"""Sides that a word of the lexicon takes: verbs, adjectives, nouns for support, opposition, and who takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from realpolitik.contest.evidence import Speaker, Status
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.stances.holders import Holders, Voice
from realpolitik.reading.stances.issues import Issue, issue_of, subject_of
from realpolitik.reading.stances.moods import DUTIES, POSSIBLE, condition, in_condition, mood
from realpolitik.reading.stances.stance_words import Side, Tier, Word, words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["TO_BE_JUDGED", "Found", "judged", "stretch", "taken"]

TO_BE_JUDGED = "to be judged"
OPPOSITE: dict[Side, Side] = {"support": "oppose", "oppose": "support"}
NEAR = 8
"""Words between joined objects."""


class Found(NamedTuple):
    """A side that somebody takes, as read off the parse."""

    side: Side | None
    tier: Tier
    issue: Issue
    holders: list[Speaker]
    first: int
    last: int
    """First and last token of the words."""

    note: str | None = None
    status: Status | None = None
    qualifier: str | None = None


def taken(
    passage: Passage, token: Token, candidates: Sequence[Word], holders: Holders, voice: Voice | None
) -> Iterator[Found]:
    """What a word of the lexicon says."""
    partners = [(word, _partner(token, word)) for word in candidates]
    for word, partner in sorted(partners, key=lambda one: one[1].i if one[1] is not None else len(passage.doc)):
        if word.with_ and partner is None:
            continue
        if word.form in ("verb", "goal", "order", "avoid") and token.pos_ in ("VERB", "ADJ", "AUX"):
            found = list(_by_verb(passage, token, word, partner, holders, voice))
        elif word.form == "adjective" and token.pos_ in ("ADJ", "VERB"):
            found = list(_by_adjective(passage, token, word, partner, holders, voice))
        elif word.form == "noun" and token.pos_ == "NOUN" and partner is not None:
            found = list(_by_noun(passage, token, word, partner, holders, voice))
        elif word.form == "role" and token.pos_ == "NOUN":
            found = list(_by_role(passage, token, word, holders, voice))
        else:
            found = []
        if found:
            yield from found
            return


def _partner(token: Token, word: Word) -> Token | None:
    """The preposition or particle that belongs to the word."""
    if word.with_ is None:
        return None
    return next(
        (kid for kid in token.children if kid.lower_ == word.with_ and kid.dep_ in ("prep", "prt", "advmod", "dative")),
        None,
    )


def _by_verb(
    passage: Passage, verb: Token, word: Word, partner: Token | None, holders: Holders, voice: Voice | None
) -> Iterator[Found]:
    if word.with_ is None and any(kid.dep_ == "prt" for kid in verb.children):
        return
    if verb.tag_ == "VBN" and verb.dep_ == "amod":
        return
    for object_ in _objects(verb, word, partner):
        issue = issue_of(object_, is_open=word.is_open and object_.pos_ in ("NOUN", "PROPN"))
        if issue is None or (not issue.is_listed and word.form != "verb"):
            continue
        subject = subject_of(verb)
        if subject is None or subject.i == object_.i:
            continue
        speakers = holders.named(passage, subject, voice)
        if not speakers or (not issue.is_listed and _is_own(object_)):
            continue
        found = judged(verb, word, issue, speakers, voice)
        if found is not None:
            yield found._replace(first=min(found.first, object_.left_edge.i))


def _objects(verb: Token, word: Word, partner: Token | None) -> list[Token]:
    """What the verb governs: its object, or that of its preposition, with what is joined to it."""
    if word.form in ("goal", "avoid"):
        heads = [kid for kid in verb.children if kid.dep_ in ("xcomp", "ccomp") and kid.tag_ in ("VB", "VBG")]
        if not heads and verb.lemma_ in ("want", "seek", "need", "demand", "prefer", "desire", "favor", "favour"):
            heads = [kid for kid in verb.children if kid.dep_ in ("dobj", "ccomp")]
        if not heads:
            heads = [
                below
                for kid in verb.children
                if kid.dep_ == "prep" and kid.lower_ in ("for", "toward", "towards")
                for below in kid.children
                if below.dep_ == "pobj"
            ]
    elif word.form == "order":
        heads = [kid for kid in verb.children if kid.dep_ in ("xcomp", "ccomp") and kid.tag_ == "VB"]
    elif partner is not None and partner.dep_ != "prt":
        heads = [kid for kid in partner.children if kid.dep_ in ("pobj", "pcomp")]
        if word.with_ == "to":
            heads += [kid for kid in verb.children if kid.dep_ == "xcomp"]
    else:
        passive = any(kid.dep_ == "auxpass" for kid in verb.children)
        wanted = ("nsubjpass",) if passive else ("dobj",)
        heads = [kid for kid in verb.children if kid.dep_ in wanted]
        if not heads and not passive:
            heads = [
                kid
                for kid in verb.children
                if kid.dep_ in ("xcomp", "ccomp") and (kid.tag_ == "VBG" or word.tier != "attributed")
            ]
        if heads and heads[0].lower_ in ("that", "which", "whom") and verb.dep_ == "relcl":
            heads = [verb.head]
    joined = [
        kid
        for head in heads
        for kid in head.children
        if kid.dep_ == "conj"
        and kid.pos_ == head.pos_
        and kid.i - head.i <= NEAR
        and '"' not in head.doc[head.i : kid.i].text
    ]
    return heads + joined


def _is_own(token: Token) -> bool:
    """Whether the words name something by its owner (*its coach*) or nothing in particular."""
    return any(kid.dep_ == "poss" and kid.pos_ == "PRON" for kid in token.lefts)


def judged(verb: Token, word: Word, issue: Issue, speakers: list[Speaker], voice: Voice | None) -> Found | None:
    """Side, status and note, as negation, modal verbs and the verbs above decide."""
    if in_condition(verb):
        return None
    side: Side | None = word.side
    note: str | None = None
    status: Status | None = None
    negated, modal, turned, acts = mood(verb)
    if modal in DUTIES or modal in ("can", "'d"):
        return None
    if issue.sign < 0 and side in OPPOSITE:
        side = OPPOSITE[side]
    if negated != turned:
        if word.side == "support":
            side = OPPOSITE.get(side, side) if side else None
        else:
            side, note = None, f"no opposition, which need not be support: {TO_BE_JUDGED}"
    if modal in POSSIBLE:
        side, note = None, f"possible, not asserted: {TO_BE_JUDGED}"
    elif modal in ("will", "shall", "'ll", "wo"):
        status = "planned"
    if modal == "would" and condition(verb) is None and side is not None and not voice:
        side = "conditional"
    first, last = stretch(verb, issue.token)
    known = "own action" if acts and turned else _tier(word.tier, speakers, voice)
    return Found(side, known, issue, speakers, first, last, note, status)


def _tier(tier: Tier, speakers: list[Speaker], voice: Voice | None) -> Tier:
    """A side in one's own words is known from them; what one says of another is attributed."""
    if voice is None:
        return tier
    names = [speaker.actor for speaker in speakers]
    if (voice.speaker and names == [voice.speaker]) or (voice.span and voice.span in [one.span for one in speakers]):
        return "own words"
    return "attributed" if tier == "own words" else tier


def stretch(one: Token, other: Token) -> tuple[int, int]:
    """First and last token from a word to the end of what it governs."""
    first, last = min(one.i, other.left_edge.i if other.i < one.i else one.i), max(one.i, other.i)
    for kid in other.rights:
        if kid.dep_ in ("prep", "dobj", "prt", "xcomp") and kid.right_edge.i - other.i < 15:
            last = max(last, kid.right_edge.i)
    return first, last


def _by_adjective(
    passage: Passage, adjective: Token, word: Word, partner: Token | None, holders: Holders, voice: Voice | None
) -> Iterator[Found]:
    below = next((kid for kid in (partner.children if partner else ()) if kid.dep_ in ("pobj", "pcomp")), None)
    subject = subject_of(adjective) or next(
        (kid for kid in (*adjective.children, *adjective.head.children) if kid.dep_ in ("nsubj", "nsubjpass")), None
    )
    if subject is None and adjective.dep_ in ("amod", "acl", "relcl") and adjective.head.pos_ in ("NOUN", "PROPN"):
        subject = adjective.head
    if below is None or subject is None:
        return
    holder, object_ = (below, subject) if word.with_ in ("with", "among", "in") else (subject, below)
    if word.with_ == "in" and holder.ent_type_ not in ("GPE", "NORP"):
        return
    if holder.dep_ == "pobj" and holder.lemma_ in ("part", "much", "many", "majority", "most", "section"):
        holder = next(
            (k for kid in holder.children if kid.lower_ == "of" for k in kid.children if k.dep_ == "pobj"), holder
        )
    issue = issue_of(object_, is_open=True)
    speakers = holders.named(passage, holder, voice)
    if issue is None or not speakers:
        return
    found = judged(adjective, word, issue, speakers, voice)
    if found is not None:
        first, last = sorted((adjective.i, below.i))
        yield found._replace(first=min(first, issue.token.i), last=max(last, issue.token.i))


def _by_noun(
    passage: Passage, noun: Token, word: Word, partner: Token, holders: Holders, voice: Voice | None
) -> Iterator[Found]:
    """``voiced support for the truce``: the noun is the object of a light verb."""
    verb = noun.head
    if noun.dep_ != "dobj" or not any(one.form == "light" for one in words().takes.get(verb.lemma_.lower(), ())):
        return
    object_ = next((kid for kid in partner.children if kid.dep_ in ("pobj", "pcomp")), None)
    issue = issue_of(object_, is_open=word.is_open) if object_ is not None else None
    subject = subject_of(verb)
    if issue is None or subject is None:
        return
    speakers = holders.named(passage, subject, voice)
    found = judged(verb, word, issue, speakers, voice) if speakers else None
    if found is not None:
        yield found


def _by_role(passage: Passage, noun: Token, word: Word, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``Ben Roe, an opponent of the dam``: in apposition or as predicate."""
    of = next((kid for kid in noun.children if kid.dep_ == "prep" and kid.lower_ == "of"), None)
    object_ = next((kid for kid in of.children if kid.dep_ == "pobj"), None) if of is not None else None
    issue = issue_of(object_, is_open=True) if object_ is not None else None
    if issue is None:
        return
    if noun.dep_ == "appos":
        subject: Token | None = noun.head
    elif noun.dep_ == "attr":
        subject = subject_of(noun.head)
    else:
        subject = next((kid for kid in noun.children if kid.dep_ == "appos" and kid.pos_ == "PROPN"), None)
    speakers = holders.named(passage, subject, voice) if subject is not None else []
    found = judged(noun.head if noun.dep_ == "attr" else noun, word, issue, speakers, voice) if speakers else None
    if found is not None:
        first, last = stretch(noun, issue.token)
        yield found._replace(first=first, last=last)
