"""Evidence: sources, the exact words in them, and the claims that those words support.

A claim never paraphrases. It points at spans of the *raw* text of its source, such that
``raw[span.start:span.end] == span.text``; what the claim says about those words (who spoke, what was
counted, when) stands beside them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from realpolitik.contest.actors import ActorKind
from realpolitik.contest.base import Name, Noun, Text

__all__ = [
    "ActorClaim",
    "Claim",
    "DateClaim",
    "EventClaim",
    "FigureClaim",
    "Source",
    "Span",
    "Speaker",
    "StanceClaim",
    "Status",
    "VoteClaim",
]

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Status = Literal[
    "asserted",
    "reported",
    "threatened",
    "planned",
    "demanded",
    "denied",
    "conditional",
    "hypothetical",
    "negated",
]


class Source(Noun):
    """A report or brief. Its text is held in the folder, or it is named by title, date and digest only."""

    title: Text
    """Title as printed."""

    publisher: Text | None = None
    """Who published it; for a brief, who wrote it."""

    published: date | None = None
    """Date of publication (ISO)."""

    kind: Literal["report", "brief", "document", "statement"] = "report"
    """A brief is in the analyst's own words; the others are somebody else's."""

    file: Text | None = None
    """Path of the text inside the contest folder, if it may be held there."""

    sha256: Digest | None = None
    """SHA-256 of the raw bytes, so that a holder of the text can check the offsets."""

    url: Text | None = None
    """Where it was published. Never opened by the program."""

    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    """Admiralty grade of the source, A (completely reliable) to F (cannot be judged)."""

    note: Text | None = None
    """Anything that a reader should know."""

    @model_validator(mode="after")
    def _findable(self) -> Source:
        if self.file is None and self.sha256 is None and self.url is None:
            raise ValueError("a source needs 'file' (a path in the folder), 'sha256' or 'url', so that it can be found")
        return self


class Span(Noun):
    """Words in the raw text of a source: ``raw[start:end] == text``."""

    start: Annotated[int, Field(ge=0)]
    """First code point of the decoded raw text."""

    end: Annotated[int, Field(ge=0)]
    """One past the last code point."""

    text: str
    """The words themselves, verbatim."""

    @model_validator(mode="after")
    def _length(self) -> Span:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"span {self.start}–{self.end} covers {self.end - self.start} characters, but its text has "
                f"{len(self.text)}"
            )
        return self


class Speaker(Noun):
    """Who said it: the words that name the speaker, and the actor they were resolved to."""

    actor: Text | None = None
    """Canonical name or the contest's actor; empty if it could not be resolved."""

    span: Span | None = None
    """The words that name the speaker."""


class FigureClaim(Noun):
    """A number with what it counts."""

    value: float
    """The number in ``unit``."""

    unit: Text | None = None
    """What is counted: ``people``, ``USD``, ``miles``, ``percent``."""

    referent: Text | None = None
    """What the number is about."""

    comparison: Literal["exactly", "about", "more than", "less than", "at least", "at most"] = "exactly"
    """How the text qualifies it."""


class VoteClaim(Noun):
    """A vote as one structured claim, in members."""

    yes: int | None = None
    """Ballots in favour."""

    no: int | None = None
    """Ballots against."""

    abstain: int | None = None
    """Abstentions."""

    present: int | None = None
    """Members present. Derived from the ballots, it counts those who are reported to have voted or abstained."""

    absent: int | None = None
    """Members who stayed away."""

    seats: int | None = None
    """Size of the chamber."""

    quorum: int | None = None
    """Members who must be present, as the text says."""

    required: int | None = None
    """Ballots required, as the text says."""

    rule: Text | None = None
    """Majority required, as printed: ``two-thirds``, ``majority of those present``, or ``unanimously``."""

    margin: int | None = None
    """Ballots in favour minus ballots against."""

    short: int | None = None
    """Ballots that were missing for what was required."""

    passed: bool | None = None
    """Whether the text says that it passed."""

    chamber: Text | None = None
    """Who voted, as printed: ``the upper house``."""

    about: Text | None = None
    """What was voted on, as printed: ``to admit Lorn``."""

    derived: tuple[str, ...] = ()
    """Names of those fields that were computed from the others rather than printed."""


class DateClaim(Noun):
    """A date in the text, and what it resolves to."""

    value: date | None = None
    """The day, if it resolves."""

    precision: Literal["day", "month", "year", "open"] = "open"
    """How much of it is known."""

    basis: Text | None = None
    """How it was resolved, e.g. ``weekday before publication 2020-01-08``."""


class EventClaim(Noun):
    """Who did what to whom. Unknown parts stay empty."""

    type: Text
    """PLOVER event type."""

    mode: Text | None = None
    """PLOVER mode, e.g. ``sanctions`` or ``withdraw``, where the type has modes."""

    source: Text | None = None
    """Actor that acted: the canonical name, or the words for it if they could not be resolved."""

    target: Text | None = None
    """Actor acted upon, in the same way."""

    source_span: Span | None = None
    """The words that name who acted."""

    target_span: Span | None = None
    """The words that name who was acted upon."""

    status: Status | None = None
    """What the text makes of the event: asserted, planned, denied …; the same as that of its claim."""

    denied_by: tuple[Text, ...] = ()
    """Who is said to deny it."""

    place: Text | None = None
    """Where, as printed."""

    date: DateClaim | None = None
    """When."""


class StanceClaim(Noun):
    """Where an actor stands on an issue."""

    issue: Text
    """The issue, or the words for it."""

    object: Text | None = None
    """Whom or what the issue concerns: who is to be expelled, against whom the sanctions are. Canonical name, or the
    words for it."""

    stance: Literal["support", "oppose", "ambivalent", "conditional"] | None = None
    """Which side. Empty where words bear on the issue without saying which side the speaker takes, as a rhetorical
    question or a warning does: the note says why, and the analyst judges."""

    tier: Literal["own words", "own action", "attributed", "inferred"] = "attributed"
    """How directly it is known: what the actor said, what the actor did, what the writer says of the actor, or what
    follows from something else."""

    qualifier: Text | None = None
    """Words that bind it to a time or a condition: ``eventually``, ``not now``, ``if compensated``."""


class ActorClaim(Noun):
    """An actor as a report has it."""

    name: Text
    """Canonical name."""

    kind: ActorKind = "other"
    """What sort of actor it is."""

    aliases: tuple[Text, ...] = ()
    """Other words for the same actor in the report."""

    role: Text | None = None
    """Office or role at the time, as printed."""

    affiliation: Text | None = None
    """State, body, party or group that the actor belongs to, at the time."""


class Claim(Noun):
    """What a source says, tied to its exact words."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=80)]
    """Unique in the contest."""

    kind: Literal["quotation", "event", "stance", "figure", "vote", "actor", "date"]
    """What sort of statement it is."""

    document: Name
    """The source that holds the words."""

    spans: Annotated[tuple[Span, ...], Field(min_length=1)]
    """All the words that the claim rests on, in order; several where it is discontinuous."""

    speaker: Speaker | None = None
    """Who said it, for a quotation or an attributed statement."""

    cue: Span | None = None
    """The words that attribute it, e.g. ``said``."""

    content: tuple[Span, ...] = ()
    """What was said, without the cue and the speaker."""

    event: EventClaim | None = None
    """Who did what to whom, for a claim of kind ``event``."""

    figure: FigureClaim | None = None
    """The number, for a claim of kind ``figure``."""

    vote: VoteClaim | None = None
    """The counts, for a claim of kind ``vote``."""

    date: DateClaim | None = None
    """The day, for a claim of kind ``date``."""

    stance: StanceClaim | None = None
    """Where the speaker stands, for a claim of kind ``stance``."""

    actor: ActorClaim | None = None
    """The actor, for a claim of kind ``actor``."""

    status: Status = "asserted"
    """What the source makes of it: asserted, reported, threatened, denied …"""

    hedges: tuple[Text, ...] = ()
    """Words that weaken it, verbatim: ``perhaps``, ``non-binding``."""

    contradicts: tuple[str, ...] = ()
    """Ids of claims that cannot hold together with this one."""

    note: Text | None = None
    """What the analyst adds."""

    reader: Text = "analyst"
    """Who found it: ``analyst``, or the reader with its version, e.g. ``rules:0.1``."""

    @property
    def text(self) -> str:
        """The words of all spans, joined by an ellipsis where the claim is discontinuous."""
        return " … ".join(span.text for span in self.spans)
