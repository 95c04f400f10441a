"""A new report beside what is known: which claims are new, which confirm and which contradict earlier ones.

Earlier claims are put into indexes by what they are about, so that the work grows with the number of claims, not with
that of pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from realpolitik.contest.evidence import Claim, FigureClaim, StanceClaim, VoteClaim
from realpolitik.reading.drafts.roster import Roster
from realpolitik.reading.drafts.suggested_issues import SIDES
from realpolitik.reading.drafts.tally import numbers
from realpolitik.reading.drafts.words import content_words

__all__ = ["Contradictions", "Match", "Verdict", "match"]

Verdict = Literal["new", "confirmed", "contradicted"]

Contradictions = Callable[[Sequence[Claim], Mapping[str, date]], Iterable[Claim]]
"""Links claims that cannot hold together: takes them with the days of publication by report, and gives them back with
``contradicts``."""

GRAM = 5
"""Words in a row that two quotations must share."""

SAME_WORDS = 0.6
"""Share of such stretches of the shorter quotation that the longer one must have."""

MOST_ALIKE = 50
"""Earlier claims that are compared with one new claim; boilerplate may have more, and then says nothing."""

TELLING = 1000
"""A figure of at least this size is not two different things by accident, if its unit is the same."""

OVERLAP = 0.5
"""Share of the words of the shorter referent or issue that the other must have."""

UNTRUE = frozenset({"denied", "negated"})
TRUE = frozenset({"asserted", "reported"})
OPPOSITE = {"support": "oppose", "oppose": "support"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Match:
    """What became of one new claim."""

    claim: Claim
    verdict: Verdict
    """Contradicted, if any claim contradicts it, even where others confirm it."""

    confirms: tuple[str, ...] = ()
    """Ids of earlier claims, of other reports, that say the same."""

    contradicts: tuple[str, ...] = ()
    """Ids of claims that cannot hold together with it."""

    why: str = ""
    """What they disagree on, if something can be named."""


Found = tuple[bool, str]
"""Whether an earlier claim says the same, or what they disagree on."""


def match(old: Iterable[Claim], new: Iterable[Claim], roster: Roster | None = None,
          contradictions: Contradictions | None = None,
          published: Mapping[str, date] | None = None) -> list[Match]:  # fmt: skip
    """Compare the claims of new reports with earlier ones, and with those of the new reports before them.

    A claim is confirmed if an earlier claim *of another report* gives the same ballots, figure, event, stance or
    words. It is contradicted if the same vote has other numbers, one report tells of an event and the other denies it,
    or an actor is for something here and against it there; and where ``contradictions`` or the claims themselves say
    so. Two persons named for one sentence contradict nothing, both may have said it; but neither confirms the other.

    Parameters
    ----------
    old, new : claims with ids of their own.
    roster : whom names mean, over both; by default made from them.
    contradictions : finds further contradictions among all claims.
    published : days of publication by report. Whoever takes another side on another day has changed sides, which
        contradicts nothing.

    Returns
    -------
    list of Match : one for each new claim, in order.
    """
    before, added = list(old), list(new)
    known = roster or Roster([*before, *added])
    days = published or {}
    if contradictions:
        linked = {claim.id: claim for claim in contradictions([*before, *added], days)}
        before, added = [linked[claim.id] for claim in before], [linked[claim.id] for claim in added]
    against = _links(before, added)
    index: dict[Any, list[Claim]] = {}
    for claim in before:
        _enter(claim, index, known)
    found = []
    for claim in added:
        found.append(_matched(claim, _alike(claim, index, known), against.get(claim.id, {}), known, days))
        _enter(claim, index, known)
    return found


def _enter(claim: Claim, index: dict[Any, list[Claim]], roster: Roster) -> None:
    for key in _keys(claim, roster):
        index.setdefault(key, []).append(claim)


def _links(old: Sequence[Claim], new: Sequence[Claim]) -> dict[str, dict[str, None]]:
    """Claims that are linked to each new one as contradicting it, whichever of the two says so."""
    known, added = {claim.id for claim in (*old, *new)}, {claim.id for claim in new}
    found: dict[str, dict[str, None]] = {}
    for claim in (*old, *new):
        for other in claim.contradicts:
            if claim.id in added and other in known:
                found.setdefault(claim.id, {})[other] = None
            if other in added:
                found.setdefault(other, {})[claim.id] = None
    return found


def _alike(claim: Claim, index: Mapping[Any, list[Claim]], roster: Roster) -> list[Claim]:
    """Earlier claims of other reports that may be about the same."""
    found: dict[str, Claim] = {}
    for key in _keys(claim, roster):
        having = index.get(key, ())
        if len(having) <= MOST_ALIKE:
            found.update((other.id, other) for other in having if other.document != claim.document)
        if len(found) > MOST_ALIKE:
            break
    return list(found.values())


def _matched(claim: Claim, alike: Sequence[Claim], linked: Mapping[str, None], roster: Roster,
             days: Mapping[str, date]) -> Match:  # fmt: skip
    confirms: list[str] = []
    against: dict[str, None] = dict(linked)
    why: dict[str, None] = {}
    for other in alike:
        same, reason = _compared(other, claim, roster, days.get(other.document) == days.get(claim.document))
        if reason:
            against[other.id] = None
            why[reason] = None
        elif same:
            confirms.append(other.id)
    confirms = [each for each in confirms if each not in against]
    verdict: Verdict = "contradicted" if against else "confirmed" if confirms else "new"
    return Match(claim, verdict, tuple(confirms), tuple(against), "; ".join(why))


def _keys(claim: Claim, roster: Roster) -> Iterator[Any]:
    """What a claim is about; two claims that share no key are not compared."""
    if claim.vote and claim.vote.yes is not None and claim.vote.no is not None:
        yield "vote", claim.vote.yes, claim.vote.no
    if claim.figure:
        yield "figure", claim.figure.value, content_words(claim.figure.unit or "")
    if claim.event:
        yield "event", claim.event.type.upper(), *_ends(claim, roster)
    if claim.stance:
        speaker = claim.speaker.actor if claim.speaker else None
        for party in roster.all_of(claim.document, speaker):
            for stem in content_words(claim.stance.issue):
                yield "stance", id(party), stem
    if claim.kind == "quotation":
        for gram in _grams(claim):
            yield "words", gram


def _compared(old: Claim, new: Claim, roster: Roster, is_same_day: bool) -> Found:
    """What two claims have to do with each other that share a key."""
    if old.vote and new.vote:
        return _votes(old.vote, new.vote)
    if old.figure and new.figure:
        return _figures(old.figure, new.figure), ""
    if old.event and new.event:
        return _events(old, new, roster)
    if old.stance and new.stance:
        return _stances(old.stance, new.stance, is_same_day)
    if old.kind == new.kind == "quotation":
        return _quotations(old, new, roster)
    return False, ""


def _votes(old: VoteClaim, new: VoteClaim) -> Found:
    before, after = numbers(old), numbers(new)
    apart = [name for name in before if name in after and before[name] != after[name]]
    told = ", ".join(f"{name} {before[name]} and {after[name]}" for name in apart)
    if None not in (old.passed, new.passed) and old.passed != new.passed:
        told = ", ".join(filter(None, (told, "passed or not")))
    return not told, told


def _figures(old: FigureClaim, new: FigureClaim) -> bool:
    if old.comparison != new.comparison or not old.unit:
        return False
    if old.referent and new.referent:
        return _overlap(old.referent, new.referent)
    return abs(new.value) >= TELLING


def _events(old: Claim, new: Claim, roster: Roster) -> Found:
    days = [claim.event.date.value if claim.event and claim.event.date else None for claim in (old, new)]
    if None not in days and days[0] != days[1]:
        return False, ""
    if None in _ends(new, roster) and None in days:
        return False, ""
    statuses = {old.status, new.status}
    if statuses & UNTRUE and statuses & TRUE:
        return False, f"{old.status} there, {new.status} here"
    return old.status == new.status or statuses <= TRUE, ""


def _stances(old: StanceClaim, new: StanceClaim, is_same_day: bool) -> Found:
    before, after = str(old.stance), str(new.stance)
    if not _overlap(old.issue, new.issue) or before not in SIDES:
        return False, ""
    if OPPOSITE.get(before) == after and is_same_day:
        return False, f"{before} there, {after} here"
    return before == after, ""


def _quotations(old: Claim, new: Claim, roster: Roster) -> Found:
    before, after = set(_grams(old)), set(_grams(new))
    if len(before & after) < SAME_WORDS * min(len(before), len(after)):
        return False, ""
    speakers = [roster.of(claim.document, claim.speaker.actor if claim.speaker else None) for claim in (old, new)]
    persons = [party for party in speakers if party is not None and party.kind == "person"]
    if len(persons) > 1 and persons[0] is not persons[1]:
        return False, ""
    return True, ""


def _ends(claim: Claim, roster: Roster) -> tuple[Any, Any]:
    """Who acted and who was acted upon, such that one actor is one value over all reports."""
    source, target = (claim.event.source, claim.event.target) if claim.event else (None, None)
    return _end(claim.document, source, roster), _end(claim.document, target, roster)


def _end(document: str, name: str | None, roster: Roster) -> Any:
    parties = roster.all_of(document, name)
    if parties:
        return frozenset(map(id, parties))
    return content_words(name) if name else None


def _overlap(one: str, other: str) -> bool:
    first, second = content_words(one), content_words(other)
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) >= max(1, OVERLAP * shorter)


def _grams(claim: Claim) -> Iterator[tuple[str, ...]]:
    """Stretches of words of what was said; a short saying is one stretch."""
    words = WORD.findall(" ".join(span.text for span in claim.content or claim.spans).casefold())
    if len(words) < 3:
        return
    for start in range(max(1, len(words) - GRAM + 1)):
        yield tuple(words[start : start + GRAM])
