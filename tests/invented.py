"""Invented reports and claims about Arnor, Lorn and the people there, for tests of drafts."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from realpolitik.contest.evidence import (
    ActorClaim,
    Claim,
    DateClaim,
    EventClaim,
    FigureClaim,
    Span,
    Speaker,
    StanceClaim,
    VoteClaim,
)
from realpolitik.reading.documents.document import Document

DAY = date(2026, 1, 10)

NAMES = (
    "Ann Lee",
    "Ben Roe",
    "Ida Roe",
    "Roe",
    "Ann M. Lee",
    "Arnor",
    "the Lorn Front",
    "Toll Board",
    "Arnor and Lorn",
    "?",
    "gunmen",
    "Fjörd: #1",
    "中文",
    "true",
    "otherwise",
)
ISSUES = ("the toll", "tolls on the canal", "withdrawal of troops", "to withdraw the troops", "to", "null: #", "is it?")
WORDS = ("We will stay.", "they go", "Will they?", "a toll: 5 #", "中文", "normal(1, 2)", "\x85\ue000 odd", "'quoted'")
TYPES = ("THREATEN", "REQUEST", "ASSAULT", "ACCUSE")
STATUSES = ("asserted", "threatened", "demanded", "denied", "conditional", "hypothetical")


def claim(id_: str, kind: str, words: str = "some words", *, at: int = 0, **parts: Any) -> Claim:
    """A claim whose document is what its id begins with: ``wire-q01`` is of ``wire``."""
    span = Span(start=at, end=at + len(words), text=words)
    document = parts.pop("document", id_.rpartition("-")[0])
    return Claim(id=id_, kind=kind, document=document, spans=(span,), **parts)  # type: ignore[arg-type]


def speech(id_: str, actor: str | None, words: str = "We will stay where we are now.", **parts: Any) -> Claim:
    return claim(id_, "quotation", words, speaker=Speaker(actor=actor), status="reported", **parts)


def stance(id_: str, actor: str | None, side: str, issue: str = "the toll", **parts: Any) -> Claim:
    held = {name: parts.pop(name) for name in ("tier", "qualifier") if name in parts}
    return claim(
        id_,
        "stance",
        f"words on {issue}",
        speaker=Speaker(actor=actor),
        stance=StanceClaim(issue=issue, stance=side, **held),  # type: ignore[arg-type]
        **parts,
    )


def event(id_: str, type_: str, source: str | None, target: str | None, **parts: Any) -> Claim:
    day = parts.pop("day", None)
    when = DateClaim(value=day, precision="day") if day else None
    held = {name: parts.pop(name) for name in ("mode", "denied_by") if name in parts}
    words = parts.pop("words", f"{source or 'somebody'} did it to {target or 'somebody'}")
    return claim(
        id_,
        "event",
        words,
        event=EventClaim(type=type_, source=source, target=target, date=when, **held),
        **parts,
    )


def vote(id_: str, **numbers: Any) -> Claim:
    contradicts = numbers.pop("contradicts", ())
    return claim(id_, "vote", "a vote", vote=VoteClaim(**numbers), contradicts=contradicts)


def figure(id_: str, value: float, unit: str | None, referent: str | None = None) -> Claim:
    return claim(id_, "figure", f"{value} {unit}", figure=FigureClaim(value=value, unit=unit, referent=referent))


def actor(id_: str, name: str, kind: str = "person", **parts: Any) -> Claim:
    return claim(id_, "actor", name, actor=ActorClaim(name=name, kind=kind, **parts))  # type: ignore[arg-type]


def report(name: str, text: str = "", published: date | None = DAY) -> Document:
    """A report whose text is its own: no two names give the same digest."""
    return Document.from_text(text or f"News of {name}\n\nThis is what {name} has to say.\n", name, published=published)


@st.composite
def claims_of(draw: st.DrawFn, document: str, most: int = 12) -> list[Claim]:
    """Any claims of one report."""
    found = []
    for number in range(draw(st.integers(0, most))):
        who, whom = draw(st.none() | st.sampled_from(NAMES)), draw(st.none() | st.sampled_from(NAMES))
        words = draw(st.sampled_from(WORDS))
        kind = draw(st.sampled_from(("quotation", "stance", "event", "vote", "figure", "actor", "date")))
        counts = st.none() | st.integers(0, 400) | st.sampled_from([100_001])
        parts: dict[str, Any] = {}
        match kind:
            case "quotation":
                parts["speaker"] = Speaker(actor=who)
            case "stance":
                side = draw(st.sampled_from(("support", "oppose", "ambivalent", "conditional")))
                parts["speaker"] = Speaker(actor=who)
                parts["stance"] = StanceClaim(issue=draw(st.sampled_from(ISSUES)), stance=side)
            case "event":
                parts["event"] = EventClaim(type=draw(st.sampled_from(TYPES)), source=who, target=whom)
                parts["status"] = draw(st.sampled_from(STATUSES))
            case "vote":
                keys = ("yes", "no", "abstain", "present", "seats")
                parts["vote"] = VoteClaim(**{key: draw(counts) for key in keys})
            case "figure":
                value = draw(st.sampled_from([3.0, 48.0, 0.5, 1e9]))
                parts["figure"] = FigureClaim(value=value, unit=draw(st.sampled_from(["seats", None])), referent=whom)
            case "actor":
                kinds = st.sampled_from(("person", "state", "party", "other"))
                named = who or "Nobody"
                aliases = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2)))
                parts["actor"] = ActorClaim(
                    name=named, kind=draw(kinds), aliases=aliases, affiliation=whom, role="pilot"
                )
            case _:
                parts["date"] = DateClaim()
        others = [other.id for other in found]
        contradicts = tuple(draw(st.lists(st.sampled_from(others), max_size=2))) if others else ()
        hedges = draw(st.sampled_from([(), ("perhaps",)]))
        found.append(
            claim(f"{document}-{kind[0]}{number:02d}", kind, words, contradicts=contradicts, hedges=hedges, **parts)
        )
    return found
