"""Stances: who is for or against what, how directly that is known, and under which condition.

Precision comes first: words that bear on an issue without taking a side (a rhetorical question, a warning, a
possibility) make a claim without a label, whose note says why the analyst has to judge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from realpolitik.contest.evidence import Claim, Speaker, StanceClaim
from realpolitik.reading.attributions.said import Said
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.events.status import denier
from realpolitik.reading.stances.constructions import being_for, duty, prefixed, right_time, seen_as, threat
from realpolitik.reading.stances.holders import Cast, Holders, Voice
from realpolitik.reading.stances.issues import Issue, issue_of
from realpolitik.reading.stances.moods import DUTIES, HIGHEST, condition
from realpolitik.reading.stances.sides import TO_BE_JUDGED, Found, taken
from realpolitik.reading.stances.stance_words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["TO_BE_JUDGED", "stances"]

TIMES = re.compile(
    r"\b(?:eventually|ultimately|for now|for the moment|for the time being|at this (?:point|time|stage|moment)|not yet"
    r"|at present|right now|some ?day|one day|sooner or later|in the long (?:run|term)|in the past|in the future"
    r"|in principle|at some point|in due course|temporarily|until further notice|as a last resort|gradually"
    r"|immediately|under (?:certain|some|no) (?:conditions|circumstances))\b",
    re.I,
)
"""Words that bind a stance to a time."""

WARNS = frozenset({"warn", "caution"})
DOOM = re.compile(
    r"\b(?:catastroph|disaster|chaos|bloodshed|ruin|suffer|pay (?:a|the) price|consequences|regret|misery|famine)",
    re.I,
)
NEEDS = frozenset({"need", "accept", "support", "oppose", "allow", "trust", "host", "tolerate", "reject"})


def stances(passages: Sequence[Passage], cast: Cast, said: Sequence[Said]) -> list[Claim]:
    """All stances of the readable text, in order of their words.

    Parameters
    ----------
    passages : the parsed text.
    cast : who appears in it; names the holder of a stance and whom the issue concerns.
    said : who says what; a stance in somebody's words is theirs.
    """
    holders = Holders(passages, cast, said)
    claims: list[Claim] = []
    seen: set[tuple[int, int, str | None]] = set()
    for passage in passages:
        for found, voice in _in_passage(passage, holders):
            for speaker in found.holders:
                key = (
                    passage.number,
                    found.issue.token.i,
                    speaker.actor or (speaker.span.text if speaker.span else None),
                )
                if key not in seen:
                    seen.add(key)
                    claims.append(_claim(passage, holders, found, voice, speaker, len(claims) + 1))
    return claims


def _in_passage(passage: Passage, holders: Holders) -> Iterator[tuple[Found, Voice | None]]:
    """What the words of a passage say, each with who says it."""
    takes, sees, judged = words().takes, words().sees, []
    for token in passage.doc:
        lemma = token.lemma_.lower()
        found: list[Found] = []
        voice: Voice | None = None
        candidates = takes.get(lemma, ())
        if token.tag_ == "VBN" and token.lower_ != lemma:
            candidates = (*takes.get(token.lower_, ()), *candidates)
        if candidates and token.pos_ in ("VERB", "NOUN", "ADJ", "ADP", "ADV", "AUX"):
            voice = holders.voice(passage, token.idx, besides=(token.idx, token.idx + len(token)))
            found = list(taken(passage, token, candidates, holders, voice))
        if not found and lemma in sees and token.pos_ == "VERB":
            voice = holders.voice(passage, token.idx, besides=(token.idx, token.idx + len(token)))
            found = list(seen_as(passage, token, holders, voice))
        if not found and token.tag_ == "MD" and token.lower_ in DUTIES:
            voice = holders.voice(passage, token.idx)
            found = list(duty(token, holders, voice))
        if not found and lemma in ("against", "favor", "favour") and token.pos_ in ("ADP", "NOUN"):
            voice = holders.voice(passage, token.idx)
            found = list(being_for(passage, token, holders, voice))
        if not found and lemma in ("time", "moment", "point"):
            voice = holders.voice(passage, token.idx)
            found = list(right_time(token, holders, voice))
        if not found and lemma in ("threaten", "threat", "ultimatum"):
            voice = holders.voice(passage, token.idx, besides=(token.idx, token.idx + len(token)))
            found = list(threat(passage, token, holders, voice))
        if not found and token.lower_ in ("pro", "anti"):
            voice = holders.voice(passage, token.idx)
            found = list(prefixed(passage, token, holders, voice))
        if found and denier(token) is not None:
            continue  # what somebody denies is no side that anybody takes
        for one in found:
            judged.append((passage.doc[one.first].idx, passage.doc[one.last].idx))
            yield one, voice
    yield from _unasserted(passage, holders, judged)


def _unasserted(
    passage: Passage, holders: Holders, judged: list[tuple[int, int]]
) -> Iterator[tuple[Found, Voice | None]]:
    """Questions and warnings in somebody's words, where they bear on an issue: without a label."""
    for start, end, voice in holders.voices(passage):
        if voice.source is None:
            continue
        cue = voice.said.cue
        cue_text = passage.text[cue.start : cue.end].lower() if cue and cue.passage == passage.number else ""
        warned = any(word in cue_text for word in WARNS)
        in_view = "?" in passage.text and voice.said.style != "indirect"
        if not (in_view or warned or DOOM.search(passage.text, start, end)):
            continue
        span = passage.doc.char_span(start, end, alignment_mode="contract")
        if span is None or not len(span):
            continue
        for sentence in _sentences(span):
            low, high = max(sentence.start, span.start), min(sentence.end, span.end)
            first, last = passage.doc[low].idx, passage.doc[high - 1].idx + 1
            asks = "?" in sentence.text and voice.said.style != "indirect"
            warns = warned or DOOM.search(passage.text, first, last) is not None
            if not (asks or warns) or any(first <= one < last for one, _ in judged):
                continue
            issue = _mentioned(passage.doc[low:high], asks=asks)
            if issue is not None:
                what = "rhetorical question" if asks else "warning"
                holder = [holders.speaker_of(voice)]
                yield Found(None, "own words", issue, holder, low, high - 1, f"{what}: {TO_BE_JUDGED}"), voice


def _sentences(span: Span) -> Iterator[Span]:
    """The sentences that a stretch touches."""
    at = span.start
    while at < span.end:
        sentence = span.doc[at].sent
        yield sentence
        at = max(sentence.end, at + 1)


def _mentioned(span: Span, *, asks: bool) -> Issue | None:
    """The first issue that a sentence names; of a question also what is needed, accepted or allowed in it."""
    for token in span:
        if asks and token.dep_ == "dobj" and token.head.lemma_ in NEEDS:
            found = issue_of(token, is_open=True)
        elif token.pos_ in ("NOUN", "VERB") and token.dep_ not in ("compound", "nmod", "npadvmod"):
            found = issue_of(token)
        else:
            found = None
        if found is not None:
            return found
    return None


def _claim(
    passage: Passage, holders: Holders, found: Found, voice: Voice | None, speaker: Speaker, number: int
) -> Claim:
    doc = passage.doc
    side, note, status = found.side, found.note, found.status
    first, last = found.first, found.last
    qualifier = found.qualifier
    bound = None if found.tier == "inferred" or note else condition(doc[_verb(doc[first])])
    if bound is not None:
        low, high = doc[bound[0]].idx, doc[bound[1]].idx + len(doc[bound[1]])
        qualifier = passage.text[low:high].rstrip(' ,.;:”"')
        side = "conditional" if side is not None and doc[bound[0]].lower_ not in ("until", "once") else side
    if qualifier is None:
        qualifier = _timed(passage, doc[_verb(doc[first])], voice)
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    if side is not None and _is_asked(passage, end, voice):
        side, note = None, f"rhetorical question: {TO_BE_JUDGED}"
    concerned = found.issue.concerned
    object_ = holders.name(passage, concerned, voice) if concerned is not None and concerned.pos_ != "PRON" else None
    issue, token = found.issue.name, found.issue.token
    if not found.issue.is_listed and token.pos_ in ("PROPN", "ADJ") and token.text[:1].isupper():
        issue = holders.name(passage, token, voice)
    if side == "conditional":
        status = "conditional"
    return Claim(
        id=passage.document.claim_id("s", number),
        kind="stance",
        document=passage.document.name,
        spans=(passage.span(start, end),),
        speaker=speaker,
        stance=StanceClaim(issue=issue, object=object_, stance=side, tier=found.tier, qualifier=qualifier),
        status=status or ("reported" if voice is not None else "asserted"),
        note=note,
    )


def _verb(token: Token) -> int:
    """The verb of the clause of a word."""
    at = token
    for _ in range(HIGHEST):
        if at.pos_ in ("VERB", "AUX") and at.dep_ not in ("aux", "auxpass"):
            return int(at.i)
        if at.head.i == at.i:
            break
        at = at.head
    return int(at.i)


def _timed(passage: Passage, verb: Token, voice: Voice | None) -> str | None:
    """Words of time that hang on the verb or on one above it, in the same attribution."""
    sentence = verb.sent
    start, end = sentence.start_char, sentence.end_char
    if voice is not None:
        for low, high in ((one.start, one.end) for one in voice.said.content if one.passage == passage.number):
            if low <= verb.idx < high:
                start, end = max(start, low), min(end, high)
    match = TIMES.search(passage.text, start, end)
    span = passage.doc.char_span(match.start(), match.end(), alignment_mode="expand") if match else None
    if match is None or span is None:
        return None
    at = span.root
    for _ in range(HIGHEST):
        if at.i == verb.i or at.i in (one.i for one in verb.ancestors):
            return match.group()
        if at.dep_ in ("relcl", "acl", "advcl") or at.head.i == at.i:
            return None
        at = at.head
    return None


def _is_asked(passage: Passage, end: int, voice: Voice | None) -> bool:
    mark = re.compile(r"[.?!]").search(passage.text, end)
    return mark is not None and mark.group() == "?" and voice is not None
