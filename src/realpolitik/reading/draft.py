"""From claims to a contest folder that an analyst can finish.

Nothing is invented. What the reports do not say stands as plain ignorance over the whole range, marked "to be judged",
so that the drafted folder can be checked and run from the first minute, and says nothing that the reports do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from realpolitik.contest.base import name_from
from realpolitik.contest.evidence import Claim
from realpolitik.errors import ReadingError
from realpolitik.reading.document import Document
from realpolitik.reading.lexicon import ORGANISATIONS
from realpolitik.reading.speakers import PRONOUNS

__all__ = ["TO_BE_JUDGED", "Draft", "draft"]

TO_BE_JUDGED = "to be judged"
"""Stands in the note of everything that the reports do not settle."""

ANY_SHARE = "uniform(0, 1)"
ANY_POINT = "uniform(0, 100)"
"""Ignorance: every value of the range is as likely as any other."""

HORIZON_DAYS = 365
"""Proposed distance of the horizon from the last report, in days."""

LONGEST_KEY = 60
"""Characters of a name in the contest."""


@dataclass(frozen=True)
class Draft:
    """A proposal for a contest folder."""

    contest: Mapping[str, Any]
    """The content of contest.yaml: plain nested mappings, lists, texts (dates too, in ISO form) and numbers,
    no object twice, so that no YAML writer makes an alias of it."""

    claims: tuple[Claim, ...]
    """The content of claims.jsonl."""


def draft(documents: Sequence[Document], claims: Iterable[Claim], *, as_of: date | None = None) -> Draft:
    """Propose a contest from what was read.

    Speakers become actors, votes with a known number of seats become chambers with the vote on record, and one issue
    on an unlabelled scale waits for its question.

    Parameters
    ----------
    documents : the reports, each with a name of its own.
    claims : what was read in them.
    as_of : the day of the contest; by default that of the last report.

    Raises
    ------
    ReadingError : there is no report, two have the same name, or no date is known.
    """
    held = tuple(claims)
    _refuse_ambiguous(documents)
    day = as_of or max((document.published for document in documents if document.published), default=None)
    if day is None:
        names = ", ".join(document.name for document in documents)
        raise ReadingError(
            f"No date of publication is known for {names}. Give the date, or put it into the file name as YYYY-MM-DD."
        )
    title = next((document.title for document in documents if document.title), documents[0].name)
    actors = _actors(held)
    chambers, pathway = _chambers(held)
    contest: dict[str, Any] = {
        "contest": name_from(title, "contest", LONGEST_KEY),
        "title": title,
        "as_of": day.isoformat(),
        "horizon": (day + timedelta(days=HORIZON_DAYS)).isoformat(),
        "note": f"Drafted from {len(documents)} report(s). Whatever is marked '{TO_BE_JUDGED}' is a placeholder that "
        "claims nothing; the horizon is a proposal.",
        "sources": {document.name: _source(document) for document in documents},
    }
    if actors:
        contest["actors"] = actors
        contest["issues"] = {"settlement-issue": _issue(title, actors)}
        pathway["settlement"] = {"bargain": "settlement-issue", "note": f"Who bargains over what is {TO_BE_JUDGED}."}
        outcomes = {"nearer the upper end": "settlement >= 50", "nearer the lower end": "otherwise"}
    else:
        pathway["event"] = {"judgement": ANY_SHARE, "note": f"What may happen is {TO_BE_JUDGED}."}
        outcomes = {"it happens": "event", "it does not happen": "otherwise"}
    if chambers:
        contest["chambers"] = chambers
    return Draft({**contest, "pathway": pathway, "outcomes": outcomes}, held)


def _refuse_ambiguous(documents: Sequence[Document]) -> None:
    if not documents:
        raise ReadingError("There is no report to draft a contest from. Name at least one.")
    names = [document.name for document in documents]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReadingError(
            f"Two reports have the name '{twice[0]}'. Claims refer to reports by name: give one of them another name."
        )


def _source(document: Document) -> dict[str, Any]:
    source: dict[str, Any] = {"title": document.title or document.name, "kind": "report", "sha256": document.sha256}
    if document.published:
        source["published"] = document.published.isoformat()
        source["note"] = f"Date of publication: {document.published_basis}."
    else:
        source["note"] = f"Date of publication {TO_BE_JUDGED}."
    return source


def _actors(claims: Sequence[Claim]) -> dict[str, Any]:
    """Everybody who is quoted by name, in order of appearance."""
    heard: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "quotation" and claim.speaker and claim.speaker.actor:
            heard.setdefault(claim.speaker.actor, []).append(claim)
    actors: dict[str, Any] = {}
    for name, quotes in heard.items():
        is_person = " " in name and ORGANISATIONS.isdisjoint(name.split())
        actor: dict[str, Any] = {"name": name, "kind": "person" if is_person else "other"}
        aliases = _aliases(name, quotes)
        if aliases:
            actor["aliases"] = aliases
        actor["evidence"] = [claim.id for claim in quotes]
        actor["note"] = f"Quoted; kind, role and weight {TO_BE_JUDGED}."
        actors[_unused(name_from(name, "actor", LONGEST_KEY), actors)] = actor
    return actors


def _aliases(name: str, quotes: Sequence[Claim]) -> list[str]:
    spans = (claim.speaker.span for claim in quotes if claim.speaker and claim.speaker.span)
    called = dict.fromkeys(span.text for span in spans)
    return [alias for alias in called if alias != name and alias.lower() not in PRONOUNS]


def _issue(title: str, actors: Mapping[str, Any]) -> dict[str, Any]:
    ignorance = {"position": ANY_POINT, "salience": ANY_SHARE, "capability": ANY_POINT}
    return {
        "question": f"What is to be settled in '{title}'? ({TO_BE_JUDGED})",
        "unit": "points",
        "scale": {0: f"one end, {TO_BE_JUDGED}", 100: f"the other end, {TO_BE_JUDGED}"},
        "reference_point": ANY_POINT,
        "note": f"Scale, reference point and all numbers {TO_BE_JUDGED}.",
        "positions": {key: {**ignorance, "note": f"Placeholder: {TO_BE_JUDGED}."} for key in actors},
    }


def _chambers(claims: Sequence[Claim]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A chamber for each size found, and a stage for each vote on record in it."""
    chambers: dict[str, Any] = {}
    stages: dict[str, Any] = {}
    seen: set[tuple[int | None, ...]] = set()
    for claim in claims:
        vote = claim.vote
        if vote is None or not vote.seats:
            continue
        key = f"chamber-of-{vote.seats}"
        chambers.setdefault(key, _chamber(vote.seats))["blocs"]["members"]["evidence"].append(claim.id)
        ballots = (vote.seats, vote.yes, vote.no, vote.abstain)
        if vote.yes is None or vote.no is None or ballots in seen:
            continue
        if vote.yes + vote.no + (vote.abstain or 0) > vote.seats:
            continue
        seen.add(ballots)
        record: dict[str, Any] = {"yes": vote.yes, "no": vote.no, "abstain": vote.abstain or 0, "evidence": [claim.id]}
        if vote.abstain is None:
            record["note"] = f"Abstentions are not reported; {TO_BE_JUDGED}."
        stages[f"vote-{len(stages) + 1}"] = {"chamber": key, "recorded": record, "evidence": [claim.id]}
    return chambers, stages


def _chamber(seats: int) -> dict[str, Any]:
    return {
        "seats": seats,
        "passes": "majority of present",
        "note": f"Name, quorum, majority and blocs {TO_BE_JUDGED}.",
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


def _unused(key: str, taken: Mapping[str, Any]) -> str:
    number, name = 1, key
    while name in taken:
        number += 1
        name = f"{key}-{number}"
    return name
