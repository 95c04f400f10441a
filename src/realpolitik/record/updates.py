"""What new reports suggest to change in a contest: proposals, for the analyst to accept or to leave.

A proposal has a value only where the report itself gives it, as with the counts of a vote, or where it is evidence for
what the contest says already. Where a report contradicts what a number rests on, the number is the analyst's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from realpolitik.contest.contest import Contest, Input
from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.drafts.match import Match

__all__ = ["Proposal", "proposals"]

Kind = Literal["vote", "known", "evidence", "judge"]

KNOWN = "known"
"""Where a proposal of something that has happened stands: in the condition, not in the contest."""

UNTRUE = frozenset({"denied", "negated", "hypothetical", "conditional", "threatened", "planned", "demanded"})
"""Of a vote with such a status nothing is recorded."""

HAPPENED = frozenset({"asserted", "reported"})

COERCION = frozenset({"SANCTION", "COERCE", "ASSAULT"})
"""Types of events by which a threat of something else than sanctions is carried out."""

FEWEST_WORDS = 2
"""An event shares at least so many words with the title of a stage that it may be."""

LONGEST_WORDS = 80
"""Characters of a sentence in the reason of a proposal."""

WORD = re.compile(r"\w{4,}")
BEGINNING = 6


@dataclass(frozen=True)
class Proposal:
    """A change that new claims suggest."""

    kind: Kind
    """``vote``: record a vote that has taken place; ``known``: an event that a stage stands for has happened;
    ``evidence``: a further claim supports what is there; ``judge``: a claim contradicts what a number rests on, and the
    new value is for the analyst to say."""

    path: str
    """Where in the contest, by dotted path; :data:`KNOWN` for what has happened."""

    value: str | None
    """The new value; None where only the analyst can say it."""

    now: str
    """What stands there."""

    claims: tuple[str, ...]
    """New claims that suggest it."""

    why: str


def proposals(contest: Contest, matches: Sequence[Match]) -> list[Proposal]:
    """What the claims of new reports suggest.

    Parameters
    ----------
    contest : with the new claims in it.
    matches : what became of each of them.

    Returns
    -------
    list of Proposal : votes first, then what has happened, what is to be judged anew, and evidence; in the order of
        the contest.
    """
    found = [
        *_votes(contest, matches),
        *_happened(contest, matches),
        *_judged(contest, matches),
        *_supported(contest, matches),
    ]
    kept: dict[tuple[str, str | None], Proposal] = {}
    for proposal in found:
        kept.setdefault((proposal.path, proposal.value), proposal)
    return list(kept.values())


def _votes(contest: Contest, matches: Sequence[Match]) -> Iterator[Proposal]:
    recorded = {(stage.recorded.yes, stage.recorded.no) for stage in contest.pathway.values() if stage.recorded}
    open_stages = [name for name, stage in contest.pathway.items() if stage.chamber and stage.recorded is None]
    for found in matches:
        claim, vote = found.claim, found.claim.vote
        if vote is None or claim.status in UNTRUE or vote.yes is None or vote.no is None:
            continue
        if (vote.yes, vote.no) in recorded:
            continue
        for name in _fitting(contest, open_stages, claim, vote):
            counts = f"yes: {vote.yes}, no: {vote.no}" + (f", abstain: {vote.abstain}" if vote.abstain else "")
            value = f"{{{counts}, evidence: [{claim.id}]}}"
            why = f"the report has a vote of {vote.yes} to {vote.no}; accept it if it is this vote"
            yield Proposal("vote", f"pathway.{name}.recorded", value, "not recorded", (claim.id,), why)


def _fitting(contest: Contest, stages: Sequence[str], claim: Claim, vote: VoteClaim) -> list[str]:
    """Stages that the vote may be, by size; of several those that share most words with the report's sentence."""
    cast = (vote.yes or 0) + (vote.no or 0) + (vote.abstain or 0)
    fitting = [name for name in stages if cast <= contest.chambers[str(contest.pathway[name].chamber)].seats]
    said = _words(" ".join(filter(None, (claim.text, vote.chamber, vote.about))))

    def shared(name: str) -> int:
        stage = contest.pathway[name]
        chamber = contest.chambers[str(stage.chamber)]
        return len(said & _words(" ".join(filter(None, (name, stage.title, str(stage.chamber), chamber.name)))))

    most = max((shared(name) for name in fitting), default=0)
    return [name for name in fitting if shared(name) == most]


def _words(text: str) -> set[str]:
    """Beginnings of words, so that *rejects* is the word of *rejected*."""
    return {word.casefold()[:BEGINNING] for word in WORD.findall(text.replace("-", " "))}


def _happened(contest: Contest, matches: Sequence[Match]) -> Iterator[Proposal]:
    claims = [found.claim for found in matches if found.claim.event and found.claim.status in HAPPENED]
    for name, stage in contest.pathway.items():
        for claim in claims:
            assert claim.event is not None
            source, target = (_actor(contest, end) for end in (claim.event.source, claim.event.target))
            condition = None
            if stage.threat is not None:
                threat = contest.threats[stage.threat]
                carried_out = claim.event.type in ({"SANCTION"} if threat.sanctions else COERCION)
                condition = f"{name}.imposed" if carried_out else None
                fits = (source, target) == (threat.sender, threat.target)
            else:
                fits = stage.judgement is not None and stage.by is not None and source == stage.by
                shared = _words(claim.text) & _words(f"{name} {stage.title or ''}")
                condition = name if len(shared) >= FEWEST_WORDS else None
            if fits and condition is not None:
                why = f"the report says '{_short(claim.text)}'; accept it if it is this"
                yield Proposal("known", KNOWN, condition, "open", (claim.id,), why)


def _actor(contest: Contest, name: str | None) -> str | None:
    """The key of an actor that goes by this name."""
    wanted = (name or "").casefold().removeprefix("the ")
    for key, actor in contest.actors.items():
        if wanted in (other.casefold().removeprefix("the ") for other in (key, actor.name, *actor.aliases)):
            return key
    return None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"


def _judged(contest: Contest, matches: Sequence[Match]) -> Iterator[Proposal]:
    against: dict[str, list[str]] = {}
    for found in matches:
        for old in found.contradicts:
            against.setdefault(old, []).append(found.claim.id)
    for address, each in contest.inputs().items():
        resting = [old for old in each.evidence if old in against]
        if resting:
            new = tuple(dict.fromkeys(claim for old in resting for claim in against[old]))
            why = f"{', '.join(new)} contradicts {', '.join(resting)}, on which it rests; the value is yours"
            yield Proposal("judge", address, None, str(each.quantity.value), new, why)


def _supported(contest: Contest, matches: Sequence[Match]) -> Iterator[Proposal]:
    confirmed: dict[str, list[str]] = {}
    for found in matches:
        if not found.contradicts:
            for old in found.confirms:
                confirmed.setdefault(old, []).append(found.claim.id)
    homes: dict[str, tuple[str, ...]] = {}
    for each in contest.inputs().values():
        homes.setdefault(_home(each), each.evidence)
    for home, evidence in homes.items():
        backed = [old for old in evidence if old in confirmed]
        new = _without(evidence, [claim for old in backed for claim in confirmed[old]])
        if new:
            value = f"[{', '.join((*evidence, *new))}]"
            why = f"{', '.join(new)} says the same as {', '.join(backed)}"
            yield Proposal("evidence", f"{home}.evidence", value, f"[{', '.join(evidence)}]", new, why)


def _without(held: Collection[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(claim for claim in dict.fromkeys(more) if claim not in held)


def _home(each: Input) -> str:
    """Where the evidence of a quantity stands: with itself, or with the noun that holds it."""
    path = each.path if each.quantity.evidence else each.noun
    return ".".join(map(str, path))
