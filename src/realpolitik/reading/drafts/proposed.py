"""Parts of a drafted contest as plain data. Numbers are printed in a report, or they are ignorance and say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.roster import Party, Roster
from realpolitik.reading.drafts.suggested_issues import Holding, Suggestion, told
from realpolitik.reading.drafts.tally import MOST_SEATS, Vote, blocs_of, seats_of, votes_of
from realpolitik.reading.drafts.threatened import Threatened
from realpolitik.reading.drafts.words import clean, folded, has_capital

__all__ = [
    "ANY_SHARE",
    "LONGEST_KEY",
    "TO_BE_JUDGED",
    "actor_of",
    "chambers_of",
    "comment_of",
    "issue_of",
    "threat_of",
    "unused",
]

TO_BE_JUDGED = "to be judged"
"""Stands in the note of everything that the reports do not settle."""

ANY_SHARE = "uniform(0, 1)"
ANY_POINT = "uniform(0, 100)"
"""Ignorance: every value of the range is as likely as any other."""

LONGEST_KEY = 60
"""Characters of a name in the contest."""

MOST_CITED = 20
"""Claims that one part of a draft cites, the first ones."""

MOST_ALIASES = 12
MOST_OFFICES = 4

THREAT_VALUES = ("sender_stake", "sender_cost", "sender_audience_cost", "target_stake", "target_cost")

Stands = Mapping[str, tuple[str, Sequence[Holding]]]
"""Side and claims by name of the actor, from oppose to support."""


def unused(key: str, taken: Mapping[str, Any]) -> str:
    """The name, with a number behind it if it is taken."""
    number, name = 1, key
    while name in taken:
        number += 1
        name = f"{key}-{number}"
    return name


def actor_of(party: Party, home: str | None) -> dict[str, Any]:
    """An actor with its roles at the time, ranked by what it does."""
    actor: dict[str, Any] = {"name": party.name, "kind": party.kind}
    aliases = _aliases(party)
    if aliases:
        actor["aliases"] = aliases
    if home:
        actor["part_of"] = home
    cited, more = _cited((*party.parts, *party.described))
    actor["evidence"] = cited
    done = list(party.parts.values())
    counts = [f"{done.count(part)} × {part}" for part in ("stance", "act", "speech", "acted upon") if part in done]
    actor["note"] = " ".join(
        [
            *_offices(party),
            f"In {len(party.documents)} report(s): {', '.join(counts)}{more}.",
            *list(dict.fromkeys(party.doubts))[:MOST_OFFICES],
            f"Kind, role and weight {TO_BE_JUDGED}.",
        ]
    )
    return actor


def _aliases(party: Party) -> list[str]:
    """Names, not descriptions: *the minister* is somebody else tomorrow."""
    seen = {folded(party.name)}
    found = []
    for alias in party.aliases:
        if has_capital(alias) and folded(alias) not in seen and folded(alias):
            seen.add(folded(alias))
            found.append(alias)
    return found[:MOST_ALIASES]


def _offices(party: Party) -> Iterable[str]:
    for (role, affiliation), documents in list(party.offices.items())[:MOST_OFFICES]:
        where = ", ".join(list(dict.fromkeys(documents))[:3])
        told_as = ", ".join(clean(part, 120) for part in (role, affiliation) if part)
        yield f"At the time {told_as} ({where})."


def issue_of(question: str, actors: Stands | Mapping[str, Any], group: Suggestion | None = None) -> dict[str, Any]:
    """An issue on an unlabelled scale; who stands where is told in notes and moves no number."""
    positions: dict[str, Any] = {}
    for number, (key, stand) in enumerate(actors.items(), start=1):
        position: dict[str, Any] = {"position": ANY_POINT, "salience": ANY_SHARE, "capability": ANY_POINT}
        if group is None:
            position["note"] = f"Placeholder: {TO_BE_JUDGED}."
        else:
            side, held = stand
            cited, more = _cited(holding.claim.id for holding in held)
            position["evidence"] = cited
            position["note"] = (
                f"Suggested place {number} of {len(actors)} from oppose to support: {told(side, held)}{more}. "
                f"The claims bear on the order only; all three numbers {TO_BE_JUDGED}."
            )
        positions[key] = position
    issue: dict[str, Any] = {
        "question": question,
        "unit": "points",
        "scale": {0: f"one end, {TO_BE_JUDGED}", 100: f"the other end, {TO_BE_JUDGED}"},
        "reference_point": ANY_POINT,
        "note": f"Scale, reference point and all numbers {TO_BE_JUDGED}.",
        "positions": positions,
    }
    if group is not None:
        issue["scale"] = {0: f"opposed in full, {TO_BE_JUDGED}", 100: f"supported in full, {TO_BE_JUDGED}"}
    return issue


def comment_of(group: Suggestion) -> str:
    """The order of the actors, for the head of the positions."""
    rows = [f"  {clean(party.name, 60)}: {told(side, held)}" for party, side, held in group.ordered]
    return "\n".join(
        [f"Suggested order from oppose to support, {TO_BE_JUDGED}; the numbers below do not know it:", *rows]
    )


def chambers_of(claims: Sequence[Claim], roster: Roster, keys: Mapping[int, str],
                new: frozenset[str] | None) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
    """A chamber for each size found, and a stage for each vote on record in it.

    Parameters
    ----------
    claims : of all reports.
    roster, keys : whom names mean, and what they are called in the contest.
    new : ids of the claims that alone may bear a vote; None: all.
    """
    chambers: dict[str, Any] = {}
    stages: dict[str, Any] = {}
    votes = [vote for vote in votes_of(claims) if new is None or all(claim.id in new for claim in vote.claims)]
    counted = {claim.id for vote in votes_of(claims) for claim in vote.claims}
    for claim in claims:
        seats = claim.vote.seats if claim.vote else None
        is_new = new is None or claim.id in new
        if seats and 0 < seats <= MOST_SEATS and is_new and claim.id not in counted:
            chamber = chambers.setdefault(f"chamber-of-{seats}", _chamber(seats, None))
            _cite(chamber, [claim.id])
    for vote in votes:
        found = seats_of(vote)
        if found is None:
            continue
        seats, doubt = found
        key = unused(f"chamber-of-vote-{len(stages) + 1}", chambers) if doubt else f"chamber-of-{seats}"
        chamber = chambers.setdefault(key, _chamber(seats, doubt))
        _cite(chamber, [claim.id for claim in vote.claims])
        if vote.disputed:
            chamber["note"] += f" {' '.join(vote.disputed)}"
        if vote.cast <= seats:
            stages[f"vote-{len(stages) + 1}"] = _recorded(vote, key)
        else:
            chamber["note"] += f" {vote.cast} ballots are reported, more than its seats: not put on record."
    if len(chambers) == 1:
        _split(next(iter(chambers.values())), claims, roster, keys)
    return chambers, stages


def _chamber(seats: int, doubt: str | None) -> dict[str, Any]:
    return {
        "seats": seats,
        "passes": "majority of present",
        "note": f"{f'{doubt} ' if doubt else ''}Name, quorum, majority and blocs {TO_BE_JUDGED}.",
        "blocs": {
            "members": {
                "seats": seats,
                "attends": ANY_SHARE,
                "yes": ANY_SHARE,
                "evidence": [],
                "note": f"Split into blocs: {TO_BE_JUDGED}. The evidence bears the number of seats only.",
            }
        },
    }


def _cite(chamber: dict[str, Any], ids: Iterable[str]) -> None:
    cited: list[str] = chamber["blocs"]["members"]["evidence"]
    cited += [each for each in ids if each not in cited][: max(0, MOST_CITED - len(cited))]


def _split(chamber: dict[str, Any], claims: Sequence[Claim], roster: Roster, keys: Mapping[int, str]) -> None:
    """Give those actors a bloc whose seats the reports number; the rest stays together."""
    blocs = blocs_of(chamber["seats"], claims, roster, keys)
    rest = chamber["seats"] - sum(bloc["seats"] for bloc in blocs.values())
    members = chamber["blocs"].pop("members")
    for key, bloc in blocs.items():
        chamber["blocs"][key] = {
            "actor": key,
            "seats": bloc["seats"],
            "attends": ANY_SHARE,
            "yes": ANY_SHARE,
            "evidence": _cited(bloc["evidence"])[0],
            "note": f"Seats as reported; attendance and votes {TO_BE_JUDGED}.",
        }
    if rest:
        chamber["blocs"][unused("members", chamber["blocs"])] = {**members, "seats": rest}


def _recorded(vote: Vote, chamber: str) -> dict[str, Any]:
    ids, _ = _cited(claim.id for claim in vote.claims)
    yes, no, abstain = vote.held["yes"], vote.held["no"], vote.held.get("abstain")
    record: dict[str, Any] = {"yes": yes, "no": no, "abstain": abstain or 0, "evidence": ids}
    notes = list(vote.disputed)
    if abstain is None:
        notes.append("Abstentions are not reported.")
    present = vote.held.get("present")
    if present is not None and present != vote.cast:
        notes.append(f"{present} are reported present, {vote.cast} ballots are accounted for.")
    if notes:
        record["note"] = f"{' '.join(notes)} {TO_BE_JUDGED.capitalize()}."
    return {"chamber": chamber, "recorded": record, "evidence": list(ids)}


def threat_of(threat: Threatened, sender: str, target: str) -> dict[str, Any]:
    """A threat on the table whose values are all open."""
    cited, more = _cited(claim.id for claim in (*threat.claims, *threat.demands))
    if threat.demands:
        demand = f"“{clean(threat.demands[0].text, 200)}” ({TO_BE_JUDGED})"
    else:
        demand = f"{TO_BE_JUDGED}; the threat itself: “{clean(threat.claims[0].text, 200)}”"
    found: dict[str, Any] = {"sender": sender, "target": target, "demand": demand}
    if threat.sanctions:
        found["sanctions"] = True
    found["made"] = True
    found.update(dict.fromkeys(THREAT_VALUES, ANY_POINT))
    found["evidence"] = cited
    found["note"] = (
        f"Suggested by {len(threat.claims)} claim(s){more}. Demand and all values {TO_BE_JUDGED}; the claims bear only "
        "who threatens whom."
    )
    return found


def _cited(ids: Iterable[str]) -> tuple[list[str], str]:
    """The claims that are named, and how many more there are."""
    found = list(dict.fromkeys(ids))
    more = len(found) - MOST_CITED
    return found[:MOST_CITED], f", and {more} more claims" if more > 0 else ""
