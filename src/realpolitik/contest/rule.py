"""When a chamber has decided: quorum, majority of what, ties.

A threshold is written as people say it: ``majority of seats``, ``two thirds of present``, ``3/5 of cast``,
``60 percent of seats``, ``at least half of seats``, ``more than 55 percent of cast``, or as a whole number
of members. ``majority`` means strictly more than half; every other share is met by exactly that share.
``seats`` counts all seats, ``present`` the members in the room, ``cast`` yes and no without abstentions.

All comparisons are made in whole numbers, so exactly two thirds is two thirds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.errors import ContestError, Fault

__all__ = ["Base", "DecisionRule", "Threshold", "Ties"]

Base = Literal["seats", "present", "cast"]
Ties = Literal["fail", "pass"]
Counted = Literal["present", "cast"]
Counts = NDArray[np.int64]

NUMERATORS = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), start=1)
}
DENOMINATORS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
HALF = Fraction(1, 2)
LARGEST_COUNT = 10**12
"""Most members that a rule may speak of; with the next bound it keeps every product inside 64 bits."""
LARGEST_DENOMINATOR = 10**6
"""Finest share that a rule may ask for: one millionth."""

SENTENCE = re.compile(r"(?:(?P<sense>more than|at least) )?(?P<share>.+?) of (?:the )?(?P<base>seats|present|cast)")
HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
DIGITS = re.compile(r"\d{1,13}")
RATIO = re.compile(r"(\d{1,6}) ?/ ?(\d{1,6})")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?(?:%|percent|per cent)")
WORDS = re.compile(rf"(?:({'|'.join(NUMERATORS)}|a) )?({'|'.join(DENOMINATORS)})s?")

GRAMMAR = (
    "Allowed: 'majority of seats', 'two thirds of present', '3/5 of cast', '60 percent of seats', "
    "'at least half of seats', 'more than 55 percent of cast', or a whole number of members such as 165; "
    "the base is seats, present or cast."
)


@dataclass(frozen=True)
class Threshold:
    """How many members it takes.

    Zero members never meet a threshold, even where the base is empty.

    Raises
    ------
    ContestError : the share is not above 0 and at most 1, or the number not whole and at least 1.

    Examples
    --------
    >>> majority = Threshold.parse("majority of present")
    >>> int(majority.needed(seats=550, present=533, cast=514))
    267
    >>> str(Threshold.parse("66.6 percent of seats")), str(Threshold.parse("60% of the seats"))
    ('333/500 of seats', 'three fifths of seats')
    """

    share: Fraction
    """Share of the base; without a base, a number of members."""

    base: Base | None = None
    """What the share is of; None for an absolute number."""

    more_than: bool = False
    """Whether exactly the share falls short."""

    def __post_init__(self) -> None:
        share = self.share
        if self.base is None:
            if share.denominator != 1 or not 1 <= share <= LARGEST_COUNT or self.more_than:
                raise ContestError(f"{share} is not a number of members. {GRAMMAR}")
        elif self.base not in get_args(Base):
            raise ContestError(f"'{self.base}' is not a base of a decision rule. {GRAMMAR}")
        elif not 0 < share <= 1 or share.denominator > LARGEST_DENOMINATOR:
            raise ContestError(
                f"{share} of {self.base} is not a share above 0 and at most 1, in millionths or coarser. {GRAMMAR}"
            )
        elif self.more_than and share == 1:
            raise ContestError(f"more than all of {self.base} can never be met. {GRAMMAR}")

    @classmethod
    def parse(cls, text: str | int) -> Threshold:
        """Read a rule as people say it; see the module's first lines.

        Raises
        ------
        ContestError : not a rule; the text says what is allowed.
        """
        if not isinstance(text, str | int) or isinstance(text, bool):
            raise ContestError(f"{text!r} is not a decision rule. {GRAMMAR}")
        if isinstance(text, int):
            return cls(Fraction(text))
        words = " ".join(HYPHEN.sub(" ", text.lower()).split())
        if DIGITS.fullmatch(words):
            return cls(Fraction(int(words)))
        sentence = SENTENCE.fullmatch(words)
        share = _share(sentence["share"]) if sentence else None
        if sentence is None or share is None or (sentence["share"] == "majority" and sentence["sense"]):
            raise ContestError(f"'{text}' is not a decision rule. {GRAMMAR}")
        strict = sentence["share"] == "majority" or sentence["sense"] == "more than"
        base: Base = sentence["base"]  # type: ignore[assignment]  # the pattern admits nothing else
        return cls(share, base, strict)

    def __str__(self) -> str:
        if self.base is None:
            return str(self.share.numerator)
        if self.share == HALF:
            return f"{'majority' if self.more_than else 'at least half'} of {self.base}"
        return f"{'more than ' if self.more_than else ''}{_spoken(self.share)} of {self.base}"

    def needed(self, *, seats: ArrayLike, present: ArrayLike, cast: ArrayLike) -> Counts:
        """Return the smallest number of members that meets the threshold.

        Parameters
        ----------
        seats, present, cast : whole numbers of members, any shapes that broadcast; cast is yes plus no.

        Returns
        -------
        int64 array in the shape of the base, at least 1; without a base, of no dimensions.
        """
        of = {"seats": seats, "present": present, "cast": cast, None: 1}[self.base]
        product = self.share.numerator * _whole(of)
        least = product // self.share.denominator + 1 if self.more_than else -(-product // self.share.denominator)
        return np.maximum(least, 1)

    def met(self, count: ArrayLike, *, seats: ArrayLike, present: ArrayLike, cast: ArrayLike) -> NDArray[np.bool_]:
        """Whether ``count`` members are enough; whole numbers, shapes broadcast."""
        return np.asarray(_whole(count) >= self.needed(seats=seats, present=present, cast=cast))


@dataclass(frozen=True)
class DecisionRule:
    """When a chamber can decide, and when it has.

    Raises
    ------
    ContestError : a quorum that depends on who came, or a tie rule where no tie can arise.

    Examples
    --------
    >>> rule = DecisionRule.parse(passes="majority of present", quorum="majority of seats")
    >>> bool(rule.passed(yes=170, no=0, present=170, seats=328)), rule.quorum_needed(seats=328)
    (True, 165)
    """

    passes: Threshold
    """Yes votes that carry the motion."""

    quorum: Threshold | None = None
    """Members who must take part for the chamber to decide; None: any number can."""

    quorum_counts: Counted = "present"
    """Who counts towards the quorum: everybody present, or only those who vote yes or no."""

    ties: Ties = "fail"
    """What exactly the share of a ``majority of`` or ``more than`` rule does; ``pass``: half is enough."""

    also: tuple[Threshold, ...] = ()
    """Further conditions that the yes votes must meet at the same time, e.g. a double majority."""

    def __post_init__(self) -> None:
        faults = [
            Fault((key,), f"'{value}' is not allowed; say {' or '.join(allowed)}.")
            for key, value, allowed in (
                ("quorum_counts", self.quorum_counts, get_args(Counted)),
                ("ties", self.ties, get_args(Ties)),
            )
            if value not in allowed
        ]
        if self.quorum is not None and self.quorum.base not in (None, "seats"):
            text = f"'{self.quorum}' depends on who came. A quorum is a share of seats or a whole number of members."
            faults.append(Fault(("quorum",), text))
        if self.ties == "pass" and not any(condition.more_than for condition in (self.passes, *self.also)):
            text = f"'pass' has no meaning with '{self.passes}', which exactly that share meets. Leave ties out."
            faults.append(Fault(("ties",), text))
        if faults:
            raise ContestError(faults)

    @classmethod
    def parse(
        cls,
        *,
        passes: str | int | Sequence[str | int],
        quorum: str | int | None = None,
        quorum_counts: Counted = "present",
        ties: Ties = "fail",
    ) -> DecisionRule:
        """Read all thresholds, see :meth:`Threshold.parse`; all faults at once. Several of ``passes`` must all hold."""
        faults: list[Fault] = []
        read: dict[str, list[Threshold]] = {"passes": [], "quorum": []}
        together = [passes] if isinstance(passes, str | int) else list(passes)
        if not together:
            raise ContestError([Fault(("passes",), f"no condition is given. {GRAMMAR}")])
        for key, text in (*(("passes", text) for text in together), ("quorum", quorum)):
            if text is None:
                continue
            try:
                read[key].append(Threshold.parse(text))
            except ContestError as error:
                faults.append(Fault((key,), str(error)))
        if faults:
            raise ContestError(faults)
        first, *also = read["passes"]
        return cls(first, next(iter(read["quorum"]), None), quorum_counts, ties, tuple(also))

    @property
    def carries(self) -> Threshold:
        """The first threshold for yes votes with the tie rule worked in."""
        return self.conditions[0]

    @property
    def conditions(self) -> tuple[Threshold, ...]:
        """All thresholds for yes votes with the tie rule worked in; the motion must meet every one."""
        return tuple(
            Threshold(condition.share, condition.base, condition.more_than and self.ties == "fail")
            for condition in (self.passes, *self.also)
        )

    @property
    def can_tie(self) -> bool:
        """Whether a vote can end exactly on a share that more than the share is needed of."""
        return any(condition.more_than for condition in self.conditions)

    def quorum_needed(self, *, seats: int) -> int:
        """Members needed for a quorum; 0 where there is none."""
        return 0 if self.quorum is None else int(self.quorum.needed(seats=seats, present=0, cast=0))

    def quorate(self, *, yes: ArrayLike, no: ArrayLike, present: ArrayLike, seats: int) -> NDArray[np.bool_]:
        """Whether enough members take part; whole numbers, shapes broadcast."""
        counted = _whole(present) if self.quorum_counts == "present" else _whole(yes) + _whole(no)
        return np.asarray(counted >= self.quorum_needed(seats=seats))

    def yes_needed(self, *, yes: ArrayLike, no: ArrayLike, present: ArrayLike, seats: int) -> Counts:
        """Yes votes that carry the motion at this attendance; of no dimensions where attendance is irrelevant."""
        cast = _whole(yes) + _whole(no)
        needed = [condition.needed(seats=seats, present=present, cast=cast) for condition in self.conditions]
        return np.asarray(reduce(np.maximum, needed))

    def passed(self, *, yes: ArrayLike, no: ArrayLike, present: ArrayLike, seats: int) -> NDArray[np.bool_]:
        """Whether there is a quorum and the motion is carried; whole numbers, shapes broadcast."""
        enough = _whole(yes) >= self.yes_needed(yes=yes, no=no, present=present, seats=seats)
        return np.asarray(enough & self.quorate(yes=yes, no=no, present=present, seats=seats))


def _share(words: str) -> Fraction | None:
    """Value of ``majority``, ``all``, ``two thirds``, ``3/5`` or ``60 percent``; None if it is none of them."""
    if words in ("majority", "all"):
        return HALF if words == "majority" else Fraction(1)
    if spoken := WORDS.fullmatch(words):
        return Fraction(NUMERATORS.get(spoken[1], 1), DENOMINATORS[spoken[2]])
    if (ratio := RATIO.fullmatch(words)) and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    percent = PERCENT.fullmatch(words)
    return Fraction(percent[1]) / 100 if percent else None


def _spoken(share: Fraction) -> str:
    """Say a share in words where the grammar has them."""
    if share == 1:
        return "all"
    numerators = {number: word for word, number in NUMERATORS.items()}
    denominators = {number: word for word, number in DENOMINATORS.items() if word != "fourth"}
    if share.numerator not in numerators or share.denominator not in denominators:
        return str(share)
    plural = "s" if share.numerator > 1 else ""
    return f"{numerators[share.numerator]} {denominators[share.denominator]}{plural}"


def _whole(values: ArrayLike) -> Counts:
    """Counts as int64; a number with a fraction is refused, never cut."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise ContestError(f"members are counted in whole numbers, not in {array.dtype}.")
    return array.astype(np.int64, copy=False)
