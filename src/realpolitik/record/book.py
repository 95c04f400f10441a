"""The entries of a ledger put together: which questions are open, which forecasts were sealed, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from realpolitik.contest.contest import Contest
from realpolitik.contest.guards import guard_of, vocabulary
from realpolitik.contest.validating import told
from realpolitik.errors import ContestError, Fault, UnknownName
from realpolitik.record import ledger
from realpolitik.record.ledger import Draft, Entry
from realpolitik.record.nouns import Note, Question, Resolution, Seal

__all__ = ["Asked", "Book", "Sealed", "ask", "body", "book", "filed", "noted", "resolve"]

NOUNS: dict[str, type[Question | Note | Seal | Resolution]] = {
    "question": Question,
    "note": Note,
    "seal": Seal,
    "resolution": Resolution,
}


@dataclass(frozen=True)
class Asked:
    """A question with everything that was added to it."""

    entry: Entry
    question: Question
    notes: tuple[tuple[date, str], ...] = ()
    resolutions: tuple[tuple[Entry, Resolution], ...] = ()
    """The last one counts."""

    @property
    def resolution(self) -> Resolution | None:
        """What happened, if it is known."""
        return self.resolutions[-1][1] if self.resolutions else None


@dataclass(frozen=True)
class Sealed:
    """A forecast as it was sealed."""

    entry: Entry
    seal: Seal


@dataclass(frozen=True)
class Book:
    """What a ledger says."""

    folder: Path
    questions: dict[str, Asked]
    seals: tuple[Sealed, ...]
    faults: tuple[Fault, ...] = ()
    """Entries whose content makes no sense; the chain itself is checked by the ledger."""

    last_day: date | None = None
    """Of the last entry."""

    def refuse_before(self, day: date) -> None:
        """Say at once that an entry of this day could not be added.

        Raises
        ------
        ContestError : the last entry is of a later day.
        """
        if self.last_day is not None and day < self.last_day:
            raise ContestError(f"The last entry of the record is dated {self.last_day}; none can be added of {day}.")

    @property
    def open(self) -> dict[str, Question]:
        """Questions without a resolution."""
        return {name: asked.question for name, asked in self.questions.items() if asked.resolution is None}


def book(folder: Path) -> Book:
    """Read the ledger of a folder, which must be whole.

    Raises
    ------
    ContestError : the ledger was tampered with.
    """
    found = ledger.read(folder)
    found.refuse()
    made = filed(folder, found.entries)
    if made.faults:
        raise ContestError(made.faults)
    return made


def filed(folder: Path, entries: Sequence[Entry]) -> Book:
    """Put entries together; those that make no sense are told as faults."""
    questions: dict[str, Asked] = {}
    seals: list[Sealed] = []
    faults: list[Fault] = []
    file = str(folder / ledger.RECORD / ledger.LEDGER)
    for entry in entries:
        try:
            noun = NOUNS[entry.kind].model_validate(dict(entry.body))
            match noun:
                case Question():
                    _refuse(noun.name in questions, f"asks '{noun.name}' a second time")
                    questions[noun.name] = Asked(entry, noun)
                case Seal():
                    seals.append(Sealed(entry, noun))
                case Resolution():
                    asked = questions.get(noun.question)
                    if asked is None:
                        raise ValueError(f"resolves '{noun.question}', which nobody asked")
                    _check_resolution(asked, noun)
                    kept = (*asked.resolutions, (entry, noun))
                    questions[noun.question] = replace(asked, resolutions=kept)
                case Note():
                    _refuse(
                        not 0 < noun.about < entry.number, f"is a note on entry {noun.about}, which is not above it"
                    )
                    for name, asked in questions.items():
                        if asked.entry.number == noun.about:
                            questions[name] = replace(asked, notes=(*asked.notes, (entry.day, noun.text)))
        except ValueError as error:
            faults.append(Fault((), f"{_reason(error)}.", file, entry.number))
    return Book(folder, questions, tuple(seals), tuple(faults), entries[-1].day if entries else None)


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise ValueError(why)


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}".strip(": ").removesuffix(".")
    return str(error).removesuffix(".")


def body(noun: Question | Note | Seal | Resolution) -> dict[str, Any]:
    """A noun as an entry holds it: what says nothing is left out."""
    return noun.model_dump(mode="json", exclude_defaults=True)


def ask(
    folder: Path, day: date, questions: Sequence[dict[str, Any]], contest: Contest, *, hindsight: bool = False
) -> list[Entry]:
    """Write questions down.

    Parameters
    ----------
    folder : a contest folder.
    day : of asking.
    questions : each as plain data; one without ``event``, ``number`` and ``outcomes`` asks for the contest's outcome.
    contest : as the folder has it; a condition or number must be one of its own.
    hindsight : whether a deadline may have passed; what is sealed after it counts as hindsight in every score.

    Raises
    ------
    ContestError : a question is faulty, asked already, or its deadline has passed.
    """
    nouns, faults = [], []
    for place, plain in enumerate(questions, 1):
        where = str(plain.get("name", f"question {place}"))
        try:
            noun = Question.model_validate(_completed(plain, contest))
            if noun.deadline < day and not hindsight:
                raise ValueError(f"the deadline {noun.deadline} is before the day of asking, {day}")
            nouns.append(noun)
        except ContestError as error:
            faults += [Fault((where,), fault.message) for fault in error.faults]
        except ValidationError as error:
            faults += told(error, (where,), Question)
        except ValueError as error:
            faults.append(Fault((where,), f"{error}."))
    if faults:
        raise ContestError(faults)

    def make(entries: tuple[Entry, ...]) -> list[Draft]:
        known = filed(folder, entries).questions
        twice = [
            noun.name for place, noun in enumerate(nouns) if noun.name in [*known, *(n.name for n in nouns[:place])]
        ]
        if twice:
            text = "is asked already; a question is never changed. Add a note to it, or ask another under a new name."
            raise ContestError([Fault((name,), text) for name in twice])
        return [("question", body(noun)) for noun in nouns]

    return list(ledger.append(folder, day, make))


def _completed(plain: dict[str, Any], contest: Contest) -> dict[str, Any]:
    """A question with what the contest knows: its outcomes, or the scale of the number."""
    event, number = plain.get("event"), plain.get("number")
    if event is not None:
        guard_of(contest, str(event))
        return plain
    if number is None:
        return plain if "outcomes" in plain else {**plain, "outcomes": list(contest.outcomes)}
    known = {section: set(getattr(contest, section)) for section in ("quantities", "conflicts", "pathway")}
    kinds, ranges = vocabulary(contest, known)
    numbers = [name for name, kind in kinds.items() if kind == "number" and name not in contest.quantities]
    if number not in numbers:
        raise ContestError(str(UnknownName("number", str(number), numbers)))
    return {"scale": list(ranges[number]), **plain} if number in ranges else plain


def noted(folder: Path, day: date, name: str, text: str) -> Entry:
    """Add a dated note to a question or, by number, to any entry; what it is about stays as it was.

    Raises
    ------
    UnknownName : no such question or entry.
    ContestError : the note says nothing, or is too long.
    """

    if not text.strip():
        raise ContestError([Fault((name,), "the note is empty. Say what is to be known.")])

    def make(entries: tuple[Entry, ...]) -> list[Draft]:
        known = {asked.question.name: asked.entry.number for asked in filed(folder, entries).questions.values()}
        known |= {str(entry.number): entry.number for entry in entries}
        if name not in known:
            raise UnknownName("question or entry", name, list(known))
        try:
            return [("note", body(Note(about=known[name], text=text)))]
        except ValidationError as error:
            raise ContestError(told(error, (name,), Note)) from None

    return ledger.append(folder, day, make)[0]


def resolve(folder: Path, day: date, resolutions: Sequence[dict[str, Any]]) -> list[Entry]:
    """Write down what happened; a second resolution of a question is a correction and needs a note.

    Parameters
    ----------
    resolutions : each as plain data; ``on`` is the day itself if it is left out.

    Raises
    ------
    ContestError : an answer is not possible, lies in the future, or a question is resolved already.
    UnknownName : there is no such question.
    """

    def make(entries: tuple[Entry, ...]) -> list[Draft]:
        known = filed(folder, entries)
        faults: list[Fault] = []
        drafts: list[Draft] = []
        for place, plain in enumerate(resolutions, 1):
            name = str(plain.get("question", f"resolution {place}"))
            try:
                if name in [str(each.get("question")) for each in resolutions[: place - 1]]:
                    raise ValueError("is resolved twice here. Keep one")
                if name not in known.questions:
                    raise ContestError(str(UnknownName("question", name, list(known.questions))))
                drafts.append(("resolution", body(_resolution(known.questions[name], plain, day))))
            except ContestError as error:
                faults += [Fault((name,), fault.message) for fault in error.faults]
            except ValidationError as error:
                faults += told(error, (name,), Resolution)
            except ValueError as error:
                faults.append(Fault((name,), f"{error}."))
        if faults:
            raise ContestError(faults)
        return drafts

    return list(ledger.append(folder, day, make))


def _resolution(asked: Asked, plain: dict[str, Any], day: date) -> Resolution:
    last = asked.resolutions[-1][0].number if asked.resolutions else None
    answer = plain.get("answer")
    if answer is True or answer is False:  # YAML reads yes and no as truths
        answer = "yes" if answer else "no"
    if answer is None or answer == "":
        raise ValueError(f"needs an answer: {_possible(asked.question)}")
    if asked.question.number is not None and isinstance(answer, str):
        try:
            answer = float(answer)
        except ValueError:
            raise ValueError(f"'{answer}' is no number") from None
    if isinstance(answer, float | int):
        _refuse_outside(asked.question, float(answer))
    if last is not None and not plain.get("note"):
        raise ValueError(f"is resolved already (entry {last}). A correction needs a note that says why")
    made = Resolution.model_validate({"on": day, **plain, "answer": answer, "corrects": last})
    if made.on > day:
        raise ValueError(f"was settled on {made.on}, which is after {day}")
    _check_resolution(asked, made)
    return made


def _refuse_outside(question: Question, answer: float) -> None:
    if not isfinite(answer):
        raise ValueError(f"{answer} is no number that can be scored")
    low, high = question.scale or (answer, answer)
    if not low <= answer <= high:
        raise ValueError(
            f"{answer:g} lies outside the scale of the question, {low:g} to {high:g}. Where more than all of it "
            "happened, give the end of the scale and say so in a note"
        )


def _possible(question: Question) -> str:
    if question.number is None:
        return ", ".join(question.options)
    return "a number" if question.scale is None else f"a number, {question.scale[0]:g} to {question.scale[1]:g}"


def _check_resolution(asked: Asked, made: Resolution) -> None:
    question, answer = asked.question, made.answer
    if question.number is not None:
        if isinstance(answer, str) or not isfinite(answer):
            raise ValueError(f"'{answer}' is no number")
    elif answer not in question.options:
        raise ValueError(f"'{answer}' is no possible answer. Possible: {', '.join(question.options)}")
    last = asked.resolutions[-1][0].number if asked.resolutions else None
    if made.corrects != last:
        raise ValueError(f"resolves '{question.name}' a second time without correcting entry {last}")
