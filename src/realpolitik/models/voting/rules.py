"""A rule of weights and quota, and how it is written: ``[39; 7x5, 1x10]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil, floor, gcd

from realpolitik.contest.rule import Threshold
from realpolitik.errors import ContestError, Fault

__all__ = ["GRAMMAR", "MOST_VOTERS", "Rule", "Written", "shortened", "written"]

MOST_VOTERS = 10_000
"""Most voters of a game; a slip such as ``7x5000000`` is refused before it takes all memory."""

LONGEST = 18
"""Most digits of a weight or quota."""

LONGEST_ITEM = 1000
"""Characters of a voter's name and weight."""

THOUSANDS = re.compile(r"0[0-9]{1,2}")

LONGEST_QUOTED = 60
"""Characters of a text that a message repeats."""

GRAMMAR = (
    "Write [quota; weights], e.g. '[39; 7x5, 1x10]' or '[165; Shia=187, Sunni=77]', joined by & (and), | (or) and "
    f"( ) if several. Weights are whole numbers of at most {LONGEST} digits."
)
BRACKETS = re.compile(r"\[([^\[\]]*)\]")
VOTERS = re.compile(
    rf"(?:(?P<name>[^=;,\[\]]+?)\s*=\s*)?(?P<weight>0|[1-9][0-9]{{0,{LONGEST - 1}}})"
    rf"(?:\s*[x×*]\s*(?P<count>[0-9]{{1,{LONGEST}}}))?"
)
QUOTA = re.compile(rf"[0-9]{{1,{LONGEST}}}")


@dataclass(frozen=True)
class Rule:
    """A coalition meets the rule if its weights reach the quota."""

    quota: int
    """In units of weight, at least 1."""

    weights: tuple[int, ...]
    """Of the voters, at least 0."""

    def met(self, weight: int) -> bool:
        """Whether a coalition of this weight meets the rule."""
        return weight >= self.quota

    @property
    def total(self) -> int:
        """Weight of everybody."""
        return sum(self.weights)

    def in_lowest_terms(self) -> Rule:
        """The same rule in the smallest whole numbers of which the weights are multiples."""
        unit = gcd(*self.weights)
        return Rule(-(-self.quota // unit), tuple(weight // unit for weight in self.weights))

    def __str__(self) -> str:
        return f"[{self.quota}; {', '.join(map(str, self.weights))}]"


@dataclass(frozen=True)
class Written:
    """One rule as it stands in a text."""

    quota: str
    """A number or words, e.g. ``two thirds of seats``."""

    weights: tuple[int, ...]

    names: tuple[str, ...]
    """Of the voters; '' for those without a name."""

    @property
    def rule(self) -> Rule:
        """The rule if everybody votes yes or no.

        Raises
        ------
        ContestError : the quota is neither a whole number nor a share.
        """
        total = sum(self.weights)
        if QUOTA.fullmatch(self.quota):
            return Rule(int(self.quota), self.weights)
        for text in (self.quota, f"{self.quota} of seats"):
            try:
                threshold = Threshold.parse(text)
            except ContestError:
                continue
            exactly = threshold.share * total
            return Rule(floor(exactly) + 1 if threshold.more_than else ceil(exactly), self.weights)
        text = f"'{shortened(self.quota)}' is not a quota, which is a whole number or a share as 'majority' or '2/3'."
        raise ContestError([Fault((), text)])


def written(text: str) -> Written:
    """Take a rule apart.

    Raises
    ------
    ContestError : not a rule; all faults at once.
    """
    text = text.strip()
    inside = BRACKETS.fullmatch(text)
    quota, semicolon, listed = inside[1].partition(";") if inside else ("", "", "")
    if not semicolon or not quota.strip():
        raise ContestError([Fault((), f"'{shortened(text)}' is not a voting game.")])
    weights: list[int] = []
    names: list[str] = []
    faults: list[Fault] = []
    for item in listed.split(","):
        voters = VOTERS.fullmatch(item.strip()) if len(item) <= LONGEST_ITEM else None
        count = int(voters["count"] or 1) if voters else 0
        if voters is None or not count:
            thousands = " Write thousands without a comma." if THOUSANDS.fullmatch(item.strip()) else ""
            wrong = f"'{shortened(item.strip())}' in '{shortened(text)}' is not a weight.{thousands}"
            faults.append(Fault((), wrong))
            continue
        if len(weights) + count > MOST_VOTERS:
            many = f"'{shortened(text)}' has more than {MOST_VOTERS} voters, the most that a game may have."
            faults.append(Fault((), many))
            break
        weights += [int(voters["weight"])] * count
        name = (voters["name"] or "").strip()
        names += [f"{name} {number}" for number in range(1, count + 1)] if name and count > 1 else [name] * count
    if faults:
        raise ContestError(faults)
    return Written(quota.strip(), tuple(weights), tuple(names))


def shortened(text: str) -> str:
    """A text as a message repeats it."""
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"
