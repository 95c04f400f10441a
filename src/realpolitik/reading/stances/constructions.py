"""Sides that a construction takes: see X as a threat, X must leave, not the right time for X, a threat in case of X."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from realpolitik.reading.english.passages import Passage
from realpolitik.reading.lexicon import vocabulary
from realpolitik.reading.stances.holders import Holders, Voice
from realpolitik.reading.stances.issues import Issue, issue_of, subject_of
from realpolitik.reading.stances.moods import in_condition, mood
from realpolitik.reading.stances.sides import Found, judged, stretch
from realpolitik.reading.stances.stance_words import Side, Word, words

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["being_for", "duty", "prefixed", "right_time", "seen_as", "threat"]

CARRIED_OUT = vocabulary(
    "take make implement enforce honour honor respect apply adopt pass ratify hold build keep restore"
)
"""Verbs of doing what is wanted."""

NEAR = 5
"""Words between a prefix and the noun that it belongs to."""


def seen_as(passage: Passage, verb: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``sees the garrison as a threat``."""
    marker = next((kid for kid in verb.children if kid.lower_ == "as" and kid.dep_ in ("prep", "mark")), None)
    noun = next((kid for kid in marker.children if kid.dep_ == "pobj"), None) if marker is not None else None
    object_ = next((kid for kid in verb.children if kid.dep_ == "dobj"), None)
    subject = subject_of(verb)
    if noun is None or object_ is None or subject is None:
        return
    judgement = next((one for one in words().takes.get(noun.lemma_.lower(), ()) if one.form == "as"), None)
    issue = issue_of(object_, is_open=True)
    speakers = holders.named(passage, subject, voice)
    if judgement is None or issue is None or not speakers:
        return
    found = judged(verb, judgement, issue, speakers, voice)
    if found is not None:
        yield found._replace(first=verb.i, last=noun.right_edge.i)


def duty(modal: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``the troops must leave``, in somebody's words."""
    verb = modal.head
    if voice is None or voice.source is None or verb.pos_ not in ("VERB", "AUX"):
        return
    issue = issue_of(verb) or _done(verb)
    if issue is None or in_condition(verb):
        return
    negated, *_ = mood(verb)
    side: Side = "oppose" if (issue.sign < 0) != negated else "support"
    first, last = stretch(modal, issue.token)
    yield Found(side, "own words", issue, [holders.speaker_of(voice)], first, max(last, verb.i))


def _done(verb: Token) -> Issue | None:
    """What must be done or undone: ``the law must be repealed``, ``the decision should have been taken``."""
    subject = next((kid for kid in verb.children if kid.dep_ == "nsubjpass"), None)
    turns = verb.lemma_.lower() in words().turns
    if subject is None or not (turns or verb.lemma_ in CARRIED_OUT):
        return None
    issue = issue_of(subject, is_open=True)
    return replace(issue, sign=-issue.sign) if issue is not None and turns else issue


def prefixed(passage: Passage, token: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``pro-independence parties``, ``anti-war marchers``."""
    doc, at = token.doc, token.i
    if at + 3 >= len(doc) or doc[at + 1].text != "-" or doc[at + 2].whitespace_ == "":
        return
    thing, holder = doc[at + 2], doc[at + 3]
    if holder.dep_ == "compound" or holder.pos_ == "ADJ":
        holder = holder.head
    if holder.i - at > NEAR or holder.pos_ not in ("NOUN", "PROPN"):
        return
    issue = issue_of(thing) or Issue(passage.text[thing.idx : thing.idx + len(thing)], False, thing)
    speakers = holders.named(passage, holder, voice)
    if speakers:
        side: Side = "support" if token.lower_ == "pro" else "oppose"
        yield Found(side, "attributed", issue, speakers, at, holder.i)


def being_for(passage: Passage, token: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``is against the referendum``, ``is in favour of it``."""
    if token.pos_ == "ADP":
        verb, preposition = token.head, token
    else:
        verb = token.head.head if token.head.lower_ == "in" else token
        of = next((kid for kid in token.children if kid.lower_ == "of"), None)
        if of is None or verb.i == token.i:
            return
        preposition = of
    if verb.lemma_ not in ("be", "speak", "argue", "come", "remain", "stand"):
        return
    object_ = next((kid for kid in preposition.children if kid.dep_ in ("pobj", "pcomp")), None)
    issue = issue_of(object_, is_open=True) if object_ is not None else None
    subject = subject_of(verb)
    if issue is None or subject is None:
        return
    word = Word("oppose" if token.lemma_ == "against" else "support", "attributed", "verb", None, True)
    speakers = holders.named(passage, subject, voice)
    found = judged(verb, word, issue, speakers, voice) if speakers else None
    if found is not None:
        yield found._replace(first=min(token.i, preposition.i), last=stretch(token, issue.token)[1])


def right_time(noun: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``it is not the right time to withdraw``, in somebody's words."""
    if voice is None or voice.source is None or not any(kid.lower_ == "right" for kid in noun.lefts):
        return
    below = [kid for kid in noun.children if kid.dep_ in ("relcl", "acl")] + [
        kid for kid in noun.head.children if kid.dep_ in ("xcomp", "advcl") and kid.tag_ == "VB"
    ]
    issue = next((found for found in map(issue_of, below) if found), None)
    if issue is None:
        issue = next(
            (
                found
                for kid in noun.children
                if kid.lower_ == "for"
                for low in kid.children
                if low.dep_ == "pobj"
                for found in [issue_of(low)]
                if found
            ),
            None,
        )
    if issue is None:
        return
    verb = noun.head
    negations = [kid for kid in (*verb.children, *noun.children) if kid.dep_ == "neg"]
    side: Side = "oppose" if (len(negations) % 2 == 1) != (issue.sign < 0) else "support"
    first = min([noun.left_edge.i, *(kid.i for kid in negations)])
    if noun.doc[first].lower_ in ("n't", "n’t") and first:
        first -= 1
    text = noun.doc.text[noun.doc[first].idx : noun.idx + len(noun)]
    yield Found(
        side, "own words", issue, [holders.speaker_of(voice)], first, stretch(noun, issue.token)[1], qualifier=text
    )


def threat(passage: Passage, token: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """A threat in case that something is done shows that who threatens is against it."""
    sentence = token.sent
    mark = next((one for one in sentence if one.lower_ == "if" and one.i > token.i and one.dep_ == "mark"), None)
    issue = issue_of(mark.head) if mark is not None else None
    if issue is None or mark is None:
        return
    verb = token if token.pos_ == "VERB" else token.head
    subject = subject_of(verb)
    speakers = holders.named(passage, subject, voice) if subject is not None else []
    negated, *_ = mood(mark.head)
    if speakers:
        side: Side = "support" if (issue.sign < 0) != negated else "oppose"
        last = max(issue.token.i, mark.head.right_edge.i)
        yield Found(side, "inferred", issue, speakers, token.i, last, None, "threatened")
