"""Stances: who is for or against what, how directly that is known, and under which condition.

Precision comes first: words that bear on an issue without taking a side (a rhetorical question, a warning, a
possibility) make a claim without a label, whose note says why the analyst has to judge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from realpolitik.contest.evidence import Claim, Speaker, StanceClaim, Status
from realpolitik.reading.holders import Cast, Holders, Voice
from realpolitik.reading.issues import Issue, issue_of, subject_of
from realpolitik.reading.passages import Passage
from realpolitik.reading.said import Said
from realpolitik.reading.stance_words import Side, Tier, Word, words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["TO_BE_JUDGED", "stances"]

TO_BE_JUDGED = "to be judged"
OPPOSITE: dict[Side, Side] = {"support": "oppose", "oppose": "support"}
TIMES = re.compile(
    r"\b(?:eventually|ultimately|for now|for the moment|for the time being|at this (?:point|time|stage|moment)|not yet"
    r"|at present|right now|some ?day|one day|sooner or later|in the long (?:run|term)|in the past|in the future"
    r"|in principle|at some point|in due course|temporarily|until further notice|as a last resort|gradually"
    r"|immediately|under (?:certain|some|no) (?:conditions|circumstances))\b",
    re.I,
)
"""Words that bind a stance to a time."""

CONDITIONS = frozenset({"if", "unless", "provided", "once", "until", "providing", "assuming"})
POSSIBLE = frozenset({"may", "might", "could"})
NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "hardly"})
DUTIES = frozenset({"must", "should", "ought"})
WARNS = frozenset({"warn", "caution"})
DOOM = re.compile(
    r"\b(?:catastroph|disaster|chaos|bloodshed|ruin|suffer|pay (?:a|the) price|consequences|regret|misery|famine)",
    re.I,
)
NEEDS = frozenset({"need", "accept", "support", "oppose", "allow", "trust", "host", "tolerate", "reject"})
NEAR = 8
"""Words between joined objects."""

HIGHEST = 5
"""Verbs above a word of stance that may turn it or lend it their subject."""


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
            found = list(_taken(passage, token, candidates, holders, voice))
        if not found and lemma in sees and token.pos_ == "VERB":
            voice = holders.voice(passage, token.idx, besides=(token.idx, token.idx + len(token)))
            found = list(_seen_as(passage, token, holders, voice))
        if not found and token.tag_ == "MD" and token.lower_ in DUTIES:
            voice = holders.voice(passage, token.idx)
            found = list(_duty(token, holders, voice))
        if not found and lemma in ("against", "favor", "favour") and token.pos_ in ("ADP", "NOUN"):
            voice = holders.voice(passage, token.idx)
            found = list(_being_for(passage, token, holders, voice))
        if not found and lemma in ("time", "moment", "point"):
            voice = holders.voice(passage, token.idx)
            found = list(_right_time(token, holders, voice))
        if not found and lemma in ("threaten", "threat", "ultimatum"):
            voice = holders.voice(passage, token.idx, besides=(token.idx, token.idx + len(token)))
            found = list(_threat(passage, token, holders, voice))
        for one in found:
            judged.append((passage.doc[one.first].idx, passage.doc[one.last].idx))
            yield one, voice
    yield from _unasserted(passage, holders, judged)


def _taken(
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
        found = _judged(verb, word, issue, speakers, voice)
        if found is not None:
            yield found


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


def _judged(verb: Token, word: Word, issue: Issue, speakers: list[Speaker], voice: Voice | None) -> Found | None:
    """Side, status and note, as negation, modal verbs and the verbs above decide."""
    if _in_condition(verb):
        return None
    side: Side | None = word.side
    tier, note, status = word.tier, None, None
    negated, modal, turned, acts = _mood(verb)
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
    elif modal in ("will", "shall", "'ll", "wo") and status is None:
        status = "planned"
    if modal == "would" and _condition(verb) is None and side is not None and not voice:
        side = "conditional"
    first, last = _stretch(verb, issue.token)
    known = "own action" if acts and turned else _tier(tier, speakers, voice)
    return Found(side, known, issue, speakers, first, last, note, status)


def _tier(tier: Tier, speakers: list[Speaker], voice: Voice | None) -> Tier:
    """A side in one's own words is known from them; a deed that one tells of is told."""
    if voice is not None and voice.speaker and [speaker.actor for speaker in speakers] == [voice.speaker]:
        return "own words"
    if voice is not None and voice.source and any(s.span and s.span.start == _raw(voice) for s in speakers):
        return "own words"
    if voice is not None and tier == "own words":
        return "attributed"
    return tier


def _raw(voice: Voice) -> int:
    return -1 if voice.source is None else voice.source.start


def _mood(verb: Token) -> tuple[bool, str | None, bool, bool]:
    """Whether the verb is negated, its modal verb, whether a verb above turns it, and whether one above it acts."""
    negated = turned = acts = False
    modal: str | None = None
    at = verb
    for step in range(HIGHEST):
        for kid in at.children:
            if (
                kid.dep_ == "neg"
                or (kid.dep_ in ("advmod", "preconj") and kid.lower_ in NEGATIONS)
                or (kid.dep_ == "advmod" and kid.lower_ in ("longer",) and any(k.lower_ == "no" for k in kid.children))
            ):
                negated = not negated
            elif kid.dep_ == "aux" and kid.tag_ == "MD" and modal is None:
                modal = kid.lower_
            elif kid.dep_ in ("nsubj", "dobj") and kid.lower_ in ("nobody", "none"):
                negated = not negated
        if step and at.lemma_ in (
            "refuse",
            "decline",
            "fail",
            "stop",
            "cease",
            "reluctant",
            "unwilling",
            "hesitate",
            "deny",
        ):
            turned = not turned
            acts = acts or at.lemma_ in ("refuse", "decline")
        if at.dep_ == "pcomp" and at.head.lower_ == "without":
            negated = not negated
        if at.dep_ not in ("xcomp", "acomp") or at.head.i == at.i:
            break
        at = at.head
    return negated, modal, turned, acts


def _in_condition(verb: Token) -> bool:
    """Whether the words stand in the condition of something else, or are attributed to nobody by a denial."""
    at = verb
    for _ in range(HIGHEST):
        marks = {kid.lower_ for kid in at.children if kid.dep_ in ("mark", "advmod")}
        if at.dep_ in ("advcl", "ccomp") and marks & {"if", "unless", "whether"}:
            return True
        if at.head.i == at.i or at.dep_ not in ("xcomp", "conj", "advcl", "ccomp"):
            return False
        at = at.head
    return False


def _condition(verb: Token) -> tuple[int, int] | None:
    """First and last token of the condition that a verb, or the one that it hangs on, is bound to."""
    at = verb
    for _ in range(HIGHEST):
        for kid in at.children:
            if kid.dep_ == "advcl" and any(
                m.lower_ in CONDITIONS and m.dep_ in ("mark", "advmod", "aux") for m in kid.children
            ):
                return kid.left_edge.i, kid.right_edge.i
        if at.head.i == at.i or at.dep_ not in ("xcomp", "acomp"):
            return None
        at = at.head
    return None


def _stretch(one: Token, other: Token) -> tuple[int, int]:
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
    found = _judged(adjective if adjective.dep_ != "acomp" else adjective, word, issue, speakers, voice)
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
    found = _judged(verb, word, issue, speakers, voice) if speakers else None
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
    found = _judged(noun.head if noun.dep_ == "attr" else noun, word, issue, speakers, voice) if speakers else None
    if found is not None:
        first, last = _stretch(noun, issue.token)
        yield found._replace(first=first, last=last)


def _seen_as(passage: Passage, verb: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
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
    found = _judged(verb, judgement, issue, speakers, voice)
    if found is not None:
        yield found._replace(first=verb.i, last=noun.right_edge.i)


def _duty(modal: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """``the troops must leave``, in somebody's words."""
    verb = modal.head
    if voice is None or voice.source is None or verb.pos_ not in ("VERB", "AUX"):
        return
    issue = issue_of(verb)
    if issue is None or _in_condition(verb):
        return
    negated, *_ = _mood(verb)
    side: Side = "oppose" if (issue.sign < 0) != negated else "support"
    first, last = _stretch(modal, issue.token)
    yield Found(side, "own words", issue, [holders.speaker_of(voice)], first, max(last, verb.i))


def _being_for(passage: Passage, token: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
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
    found = _judged(verb, word, issue, speakers, voice) if speakers else None
    if found is not None:
        yield found._replace(first=min(token.i, preposition.i), last=_stretch(token, issue.token)[1])


def _right_time(noun: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
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
        side, "own words", issue, [holders.speaker_of(voice)], first, _stretch(noun, issue.token)[1], qualifier=text
    )


def _threat(passage: Passage, token: Token, holders: Holders, voice: Voice | None) -> Iterator[Found]:
    """A threat in case that something is done shows that who threatens is against it."""
    sentence = token.sent
    mark = next((one for one in sentence if one.lower_ == "if" and one.i > token.i and one.dep_ == "mark"), None)
    issue = issue_of(mark.head) if mark is not None else None
    if issue is None or mark is None:
        return
    verb = token if token.pos_ == "VERB" else token.head
    subject = subject_of(verb)
    speakers = holders.named(passage, subject, voice) if subject is not None else []
    negated, *_ = _mood(mark.head)
    if speakers:
        side: Side = "support" if (issue.sign < 0) != negated else "oppose"
        last = max(issue.token.i, mark.head.right_edge.i)
        yield Found(side, "inferred", issue, speakers, token.i, last, None, "threatened")


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
        span = passage.doc.char_span(start, end, alignment_mode="contract")
        for sentence in span.sents if span is not None and len(span) else ():
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
    condition = None if found.tier == "inferred" or note else _condition(doc[_verb(doc[found.first])])
    if condition is not None:
        qualifier = passage.text[doc[condition[0]].idx : doc[condition[1]].idx + len(doc[condition[1]])].rstrip(
            ' ,.;:”"'
        )
        until = doc[condition[0]].lower_ in ("until", "once")
        side = side if until or side is None else "conditional"
    if qualifier is None:
        qualifier = _timed(passage, doc[_verb(doc[first])], voice)
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    if side is not None and _is_asked(passage, end, voice):
        side, note = None, f"rhetorical question: {TO_BE_JUDGED}"
    concerned = found.issue.concerned
    object_ = holders.name(passage, concerned, voice) if concerned is not None and concerned.pos_ != "PRON" else None
    issue = found.issue.name
    if not found.issue.is_listed and found.issue.token.pos_ == "PROPN":
        issue = holders.name(passage, found.issue.token, voice)
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
