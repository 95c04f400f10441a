"""What a language model may answer: one JSON object of a fixed form, capped in size and depth, nothing repaired."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from realpolitik.contest.evidence import Status
from realpolitik.reading.verbatim import LONGEST, one_line

__all__ = ["Answer", "EventType", "Proposal", "Unusable", "parsed", "proposals"]

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""PLOVER's types."""

MOST_CHARACTERS = 500_000
DEEPEST = 8
MOST_CLAIMS = 300
"""Claims of one answer."""

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
FENCE = re.compile(r"\A```(?:json|JSON)?[ \t]*\n(.*)\n```\Z", re.DOTALL)

Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Unusable(Exception):
    """An answer that is not of the form; the text says why."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ProposedEvent(_Form):
    """Who did what to whom, in words of the report."""

    type: EventType
    source: Short | None = None
    target: Short | None = None
    denied_by: Annotated[list[Short], Field(max_length=6)] = []
    place: Short | None = None


class ProposedStance(_Form):
    """Where the speaker stands."""

    issue: Short
    stance: Literal["support", "oppose", "ambivalent", "conditional"]
    tier: Literal["own words", "own action", "attributed", "inferred"] = "attributed"
    qualifier: Short | None = None


class ProposedFigure(_Form):
    """A number, in words of the report."""

    number: Short
    unit: Short | None = None
    referent: Short | None = None
    comparison: Literal["exactly", "about", "more than", "less than", "at least", "at most"] = "exactly"


class ProposedVote(_Form):
    """Counts, in words of the report."""

    yes: Short | None = None
    no: Short | None = None
    abstain: Short | None = None
    present: Short | None = None
    seats: Short | None = None
    required: Short | None = None
    passed: bool | None = None

    @property
    def counts(self) -> dict[str, str]:
        """The counts that are given, by field."""
        found = {name: getattr(self, name) for name in type(self).model_fields if name != "passed"}
        return {name: words for name, words in found.items() if words is not None}


class Proposal(_Form):
    """A claim as the model proposes it: words, and what they are; no offsets, no numbers of its own."""

    kind: Literal["quotation", "event", "stance", "figure", "vote"]
    passage: int
    words: Annotated[list[Words], Field(min_length=1, max_length=8)]
    before: Short | None = None
    speaker: Short | None = None
    speaker_is: Short | None = None
    cue: Short | None = None
    content: Annotated[list[Words], Field(max_length=8)] = []
    status: Status = "asserted"
    hedges: Annotated[list[Short], Field(max_length=8)] = []
    event: ProposedEvent | None = None
    stance: ProposedStance | None = None
    figure: ProposedFigure | None = None
    vote: ProposedVote | None = None

    @model_validator(mode="after")
    def _whole(self) -> Proposal:
        for kind in ("event", "stance", "figure", "vote"):
            if (getattr(self, kind) is not None) != (self.kind == kind):
                raise ValueError(f"'{kind}' is needed for a claim of that kind, and for no other")
        if self.kind == "quotation" and not self.content:
            raise ValueError("a quotation needs its content")
        if self.vote is not None and not self.vote.counts:
            raise ValueError("a vote needs a count")
        return self


@dataclass(frozen=True)
class Answer:
    """What came back for one question."""

    text: str
    """The words of the model."""

    usage: tuple[int, int] | None = None
    """Tokens of question and answer, as the service counts them."""

    was_cut: bool = False
    """Whether the service says that the answer is incomplete for want of room."""


def parsed(text: str, most: int = MOST_CHARACTERS) -> Any:
    """JSON of somebody who is not trusted.

    Raises
    ------
    Unusable : too long, too deep, not JSON, or a key twice in an object.
    """
    if len(text) > most:
        raise Unusable(f"the answer has {len(text):,} characters; at most {most:,} are read")
    if not text.strip():
        raise Unusable("the answer is empty")
    depth = 0
    for token in TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        if depth > DEEPEST:
            raise Unusable(f"the answer is nested more than {DEEPEST} deep")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Unusable(f"the answer is not JSON ({one_line(str(getattr(error, 'msg', error)), 80)})") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in an object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def proposals(text: str) -> list[Proposal | str]:
    """The claims of an answer; a text says what is wrong with one that is not of the form.

    A code fence around the object is taken off. Nothing else is repaired.

    Raises
    ------
    Unusable : the answer as a whole is not of the form.
    """
    stripped = text.strip()
    fenced = FENCE.match(stripped)
    data = parsed(fenced[1] if fenced else stripped)
    if not isinstance(data, dict) or set(data) != {"claims"} or not isinstance(data["claims"], list):
        raise Unusable("the answer is not an object with the one key 'claims' and a list behind it")
    if len(data["claims"]) > MOST_CLAIMS:
        raise Unusable(f"the answer has {len(data['claims']):,} claims; at most {MOST_CLAIMS} are read at once")
    return [_proposal(item) for item in data["claims"]]


def _proposal(item: Any) -> Proposal | str:
    try:
        return Proposal.model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the claim"
        return f"not of the form: {one_line(where, 60)}: {one_line(first['msg'], 120)}"
