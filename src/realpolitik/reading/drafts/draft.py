"""From claims to a contest folder that an analyst can finish.

Nothing is invented. What the reports do not say stands as plain ignorance over the whole range, marked "to be judged",
so that the drafted folder can be checked and run from the first minute, and says nothing that the reports do not. What
they do say, who stands where and who threatens whom, is put in order beside the numbers and does not move them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from realpolitik.contest.actors import Actor
from realpolitik.contest.base import name_from
from realpolitik.contest.evidence import Claim
from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.drafts.proposed import (
    ANY_SHARE,
    LONGEST_KEY,
    TO_BE_JUDGED,
    actor_of,
    chambers_of,
    comment_of,
    issue_of,
    threat_of,
    unused,
)
from realpolitik.reading.drafts.roster import Party, Roster
from realpolitik.reading.drafts.suggested_issues import gather, holdings
from realpolitik.reading.drafts.threatened import threats_of
from realpolitik.reading.drafts.words import clean

__all__ = ["TO_BE_JUDGED", "Draft", "Parts", "draft", "parts_of", "source_of"]

HORIZON_DAYS = 365
"""Proposed distance of the horizon from the last report, in days."""

MOST_ACTORS = 60
MOST_ISSUES = 5
MOST_THREATS = 10
"""Most important ones that a draft names; the others stay in the claims, and the note says how many."""

LONGEST_ADDRESS = 2000
"""Characters of the address of a report."""

SEVERAL = 2
"""Actors who make an issue out of what one of them says."""

Path = tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """A proposal for a contest folder."""

    contest: Mapping[str, Any]
    """The content of contest.yaml: plain nested mappings, lists, texts (dates too, in ISO form) and numbers,
    no object twice, so that no YAML writer makes an alias of it."""

    claims: tuple[Claim, ...]
    """The content of claims.jsonl."""

    comments: Mapping[Path, str] = field(default_factory=dict)
    """What stands before a key of the contest, by its path."""


@dataclass
class Parts:
    """What claims propose, each part as plain data by name."""

    actors: dict[str, Any] = field(default_factory=dict)
    issues: dict[str, Any] = field(default_factory=dict)
    chambers: dict[str, Any] = field(default_factory=dict)
    threats: dict[str, Any] = field(default_factory=dict)
    stages: dict[str, Any] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    """How many of what stay in the claims."""


def draft(
    documents: Sequence[Document],
    claims: Iterable[Claim],
    *,
    as_of: date | None = None,
    reliability: str | None = None,
) -> Draft:
    """Propose a contest from what was read.

    Whoever acts, speaks, takes sides or is acted upon becomes an actor, over all reports; what several stand for or
    against an issue, with the actors in order from oppose to support; votes become chambers with the vote on record;
    threats become threats. All numbers that are not printed are ignorance.

    Parameters
    ----------
    documents : the reports, each with a name and a text of its own.
    claims : what was read in them.
    as_of : the day of the contest; by default that of the last report.
    reliability : Admiralty grade of all sources, A to F.

    Raises
    ------
    ReadingError : there is no report, two have the same name or the same text, or no date is known.
    """
    held = tuple(claims)
    _refuse_ambiguous(documents)
    day = as_of or max((document.published for document in documents if document.published), default=None)
    if day is None:
        names = ", ".join(document.name for document in documents)
        raise ReadingError(
            f"No date of publication is known for {names}. Give the date, or put it into the file name as YYYY-MM-DD."
        )
    title = next((clean(document.title) for document in documents if document.title), "") or documents[0].name
    parts = parts_of(held)
    if parts.actors and not parts.issues:
        parts.issues["settlement-issue"] = issue_of(
            f"What is to be settled in '{title}'? ({TO_BE_JUDGED})", parts.actors
        )
        parts.stages["settlement"] = {"bargain": "settlement-issue"}
    if "settlement" in parts.stages:
        parts.stages["settlement"]["note"] = f"Who bargains over what is {TO_BE_JUDGED}."
        outcomes = {"nearer the upper end": "settlement >= 50", "nearer the lower end": "otherwise"}
    else:
        parts.stages["event"] = {"judgement": ANY_SHARE, "note": f"What may happen is {TO_BE_JUDGED}."}
        outcomes = {"it happens": "event", "it does not happen": "otherwise"}
    contest: dict[str, Any] = {
        "contest": name_from(title, "contest", LONGEST_KEY),
        "title": title,
        "as_of": day.isoformat(),
        "horizon": (day + timedelta(days=HORIZON_DAYS)).isoformat(),
        "note": " ".join(
            [
                f"Drafted from {len(documents)} report(s). Whatever is marked '{TO_BE_JUDGED}' is a placeholder that "
                "claims nothing; the horizon is a proposal.",
                *parts.left_out,
            ]
        ),
        "sources": {document.name: source_of(document, reliability) for document in documents},
        **{name: found for name in SECTIONS if (found := getattr(parts, name))},
        "pathway": parts.stages,
        "outcomes": outcomes,
    }
    return Draft(contest, held, parts.comments)


SECTIONS = ("actors", "issues", "chambers", "threats")


def parts_of(claims: Sequence[Claim], actors: Mapping[str, Actor] | None = None, *, new: frozenset[str] | None = None,
             fewest: int = SEVERAL) -> Parts:  # fmt: skip
    """What claims propose for a contest.

    Parameters
    ----------
    claims : of all reports.
    actors : those of the contest, if there is one; they keep their names and are not proposed again.
    new : ids of the claims of which at least one must bear a part; None: all.
    fewest : actors who make an issue; with fewer the largest one is proposed alone.
    """
    roster = Roster(claims, actors)
    found = Parts()
    keys = _keys(roster, actors or {}, found)
    parties = [party for party in roster.parties if id(party) in keys]
    for party in parties:
        if party.key is None and _is_new((*party.parts, *party.described), new):
            found.actors[keys[id(party)]] = actor_of(party, _home_of(party, roster, keys))
    _break_circles(found.actors)
    _issues(claims, roster, keys, found, new, fewest)
    found.chambers, found.stages = _merged(chambers_of(claims, roster, keys, new), found.stages)
    threats = [
        threat for threat in threats_of(claims, roster) if id(threat.sender) in keys and id(threat.target) in keys
    ]
    threats = [threat for threat in threats if _is_new([claim.id for claim in threat.claims], new)]
    for threat in threats[:MOST_THREATS]:
        sender, target = keys[id(threat.sender)], keys[id(threat.target)]
        key = unused(name_from(f"{sender}-against-{target}", "threat", LONGEST_KEY), found.threats)
        found.threats[key] = threat_of(threat, sender, target)
        found.stages[unused(f"threat-{len(found.threats)}", found.stages)] = {
            "threat": key,
            "note": f"Whether it is still open, and when it is played out: {TO_BE_JUDGED}.",
        }
    _count_left_out(found, "threat", len(threats) - MOST_THREATS)
    return found


def _keys(roster: Roster, actors: Mapping[str, Actor], found: Parts) -> dict[int, str]:
    """Name in the contest of every actor that it has or should have, by identity of the party."""
    parties = roster.parties
    proposed = [party for party in parties if party.key is None]
    keys = {id(party): party.key for party in parties if party.key is not None}
    taken: dict[str, Any] = dict(actors)
    for party in proposed[:MOST_ACTORS]:
        key = unused(name_from(party.name, "actor", LONGEST_KEY), taken)
        taken[key] = party
        keys[id(party)] = key
    _count_left_out(found, "actor", len(proposed) - MOST_ACTORS)
    return keys


def _count_left_out(found: Parts, what: str, number: int) -> None:
    if number > 0:
        found.left_out.append(f"{number} more {what}{'s' if number > 1 else ''} of less weight stay in the claims.")


def _home_of(party: Party, roster: Roster, keys: Mapping[int, str]) -> str | None:
    """The actor to which the party belongs, if the reports agree on it and it takes part."""
    homes = {
        keys.get(id(home))
        for (_, affiliation), documents in party.offices.items()
        for document in documents
        if (home := roster.of(document, affiliation)) is not None and home is not party
    } - {None}
    return homes.pop() if len(homes) == 1 else None


def _break_circles(actors: Mapping[str, Any]) -> None:
    """Nobody belongs to somebody who belongs to him."""
    for key in actors:
        seen, at = {key}, key
        while (home := actors.get(at, {}).get("part_of")) is not None:
            if home in seen:
                del actors[at]["part_of"]
                break
            seen.add(home)
            at = home


def _issues(claims: Sequence[Claim], roster: Roster, keys: Mapping[int, str], found: Parts,
            new: frozenset[str] | None, fewest: int) -> None:  # fmt: skip
    known = ((words, holding) for words, holding in holdings(claims, roster) if id(holding.party) in keys)
    groups = [group for group in gather(known) if _is_new([held.claim.id for held in group.holdings], new)]
    shared = [group for group in groups if len(group.ordered) >= fewest]
    chosen = (shared or groups[:1])[:MOST_ISSUES]
    for group in chosen:
        key = unused(name_from(group.words, "issue", LONGEST_KEY), found.issues)
        positions = {keys[id(party)]: (side, held) for party, side, held in group.ordered}
        about = f"{group.words} ({group.object})" if group.object else group.words
        found.issues[key] = issue_of(f"What becomes of: {about}? ({TO_BE_JUDGED})", positions, group)
        found.comments["issues", key, "positions"] = comment_of(group)
        number = len(found.issues)
        stage = "settlement" if number == 1 else f"settlement-{number}"
        found.stages[stage] = {"bargain": key, "note": f"Who bargains over it is {TO_BE_JUDGED}."}
    _count_left_out(found, "issue", len(groups) - len(chosen))


def _merged(built: tuple[dict[str, Any], dict[str, Any]], stages: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Votes stand before what comes after them."""
    chambers, votes = built
    return chambers, {**votes, **stages}


def _is_new(ids: Iterable[str], new: frozenset[str] | None) -> bool:
    return new is None or any(each in new for each in ids)


def _refuse_ambiguous(documents: Sequence[Document]) -> None:
    if not documents:
        raise ReadingError("There is no report to draft a contest from. Name at least one.")
    names = [document.name for document in documents]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise ReadingError(
            f"Two reports have the name '{twice[0]}'. Claims refer to reports by name: give one of them another name."
        )
    first: dict[str, str] = {}
    for document in documents:
        other = first.setdefault(document.sha256, document.name)
        if other != document.name:
            raise ReadingError(
                f"'{other}' and '{document.name}' are the same report (SHA-256 {document.sha256[:12]}…). Leave one "
                "out: a report that is counted twice confirms itself."
            )


def source_of(document: Document, reliability: str | None = None) -> dict[str, Any]:
    """The entry of a report under ``sources``: title, date and digest, never its text."""
    source: dict[str, Any] = {
        "title": clean(document.title or "") or document.name,
        "kind": "report",
        "sha256": document.sha256,
    }
    for key, found in (("publisher", document.publisher), ("url", document.url)):
        if found and clean(found):
            source[key] = clean(found, LONGEST_ADDRESS)
    if reliability:
        source["reliability"] = reliability
    if document.published:
        source["published"] = document.published.isoformat()
        source["note"] = f"Date of publication: {clean(str(document.published_basis))}."
    else:
        source["note"] = f"Date of publication {TO_BE_JUDGED}."
    return source
