"""What entries of the ledger hold: questions, notes, sealed forecasts, resolutions."""

from __future__ import annotations

from datetime import date
from math import isclose
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from realpolitik.contest.base import Name, Noun, Text

__all__ = ["NO", "YES", "Answer", "Note", "Question", "Resolution", "Seal"]

YES, NO = "yes", "no"

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

Probability = Annotated[float, Field(ge=0, le=1)]


class Question(Noun):
    """Something that a forecast can be right or wrong about, fixed before it is known.

    It asks for one of the outcomes of the contest, for an event, or for a number.
    """

    name: Name
    """Unique in the ledger."""

    text: Text
    """The question in words."""

    criteria: Text
    """When it counts as which answer, so that two strangers would agree."""

    source: Text
    """Who says so: a report, an office, a data set."""

    deadline: date
    """The last day that counts."""

    event: Text | None = None
    """A condition in the language of guards: ``notice and not sanctions``. The answer is yes or no."""

    number: Text | None = None
    """A number of the contest by its name in guards: ``settlement``."""

    scale: tuple[float, float] | None = None
    """Ends of the scale of a number; its base rate is an even spread between them."""

    outcomes: tuple[Text, ...] = ()
    """Outcomes of the contest when the question was asked; the answer is one of them."""

    base_rate: dict[Text, Probability] = Field(default_factory=dict)
    """Probability of each answer if one knew nothing but how often such things happen; for an event ``yes`` is enough.
    Left out, all answers are even."""

    base_rate_of: Text | None = None
    """Of which cases that is the frequency."""

    @model_validator(mode="after")
    def _one_kind(self) -> Question:
        if sum((self.event is not None, self.number is not None, bool(self.outcomes))) != 1:
            raise ValueError("a question asks for an event, for a number or for the outcomes: one of them")
        if self.number is not None and self.base_rate:
            raise ValueError("a question for a number takes no base rate; an even spread over its scale stands for it")
        if self.base_rate and not self.number:
            rates = self.base()
            if set(rates) != set(self.options) or not isclose(sum(rates.values()), 1, abs_tol=1e-6):
                raise ValueError(f"the base rate must give every answer ({', '.join(self.options)}) and sum to 1")
        return self

    @property
    def options(self) -> tuple[str, ...]:
        """Possible answers; empty for a number."""
        return self.outcomes or ((YES, NO) if self.event is not None else ())

    def base(self) -> dict[str, float]:
        """Base rate by answer."""
        if not self.base_rate:
            return {option: 1 / len(self.options) for option in self.options}
        if self.event is not None and set(self.base_rate) == {YES}:
            return {YES: self.base_rate[YES], NO: 1 - self.base_rate[YES]}
        return dict(self.base_rate)


class Note(Noun):
    """A remark on an entry; it changes nothing in it."""

    about: int
    """Number of the entry."""

    text: Text


class Answer(Noun):
    """What a sealed forecast says on a question."""

    probabilities: dict[Text, Probability] = Field(default_factory=dict)
    """By possible answer."""

    points: tuple[float, ...] = ()
    """For a number: equally likely values, the mid-quantiles of its distribution in increasing order."""

    share: Probability = 1.0
    """Share of the draws in which the number exists."""


class Seal(Noun):
    """A forecast as it was, with what is needed to run it again."""

    contest: Name
    contest_sha256: Digest
    """Of the file under ``record/contests`` that holds the contest, claims included."""

    files: dict[Text, Digest]
    """SHA-256 of the files of the folder at that time, by path."""

    draws: int
    seed: int
    chunk: int
    """Draws that share a random stream."""

    set: dict[str, str] = Field(default_factory=dict)
    """Values that were set from outside; the kept contest holds them already."""

    versions: dict[str, str]
    platform: Text
    forecast_sha256: Digest
    """Of what ``realpolitik forecast … --json`` prints."""

    known: Text | None = None
    """What was known to hold, in the language of guards; outcomes and answers are given that."""

    outcomes: dict[Text, Probability]
    answers: dict[Name, Answer]
    """On every question that was open; by name."""

    note: Text | None = None
    """What the analyst adds."""


class Resolution(Noun):
    """What happened."""

    question: Name
    answer: str | float
    """One of the possible answers, or the number."""

    on: date
    """The day on which it was settled; a forecast that was sealed later is hindsight."""

    source: Text
    """Who says what happened."""

    note: Text | None = None
    corrects: int | None = None
    """Number of the earlier resolution that it takes the place of; such a one needs a note."""

    @model_validator(mode="after")
    def _explained(self) -> Resolution:
        if self.corrects is not None and self.note is None:
            raise ValueError("a correction needs a note that says why")
        return self
