"""Weighted voting games: who carries a motion together, by one rule of weights and quota or by several at once.

A game is written ``[quota; weight, weight, …]``. ``7x5`` stands for five voters of weight 7, ``Sunni=77`` for
a voter with a name. Rules that must all be met are joined by ``&`` and list the voters in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd

from realpolitik.errors import ContestError, Fault

__all__ = ["MOST_VOTERS", "Rule", "WeightedGame"]

MOST_VOTERS = 10_000
"""Most voters of a game; a slip such as ``7x5000000`` is refused before it takes all memory."""

LONGEST = 18
"""Most digits of a weight or quota."""

GRAMMAR = "Write [quota; weights], e.g. '[39; 7x5, 1x10]' or '[165; Shia=187, Sunni=77]', joined by & if several."
BRACKETS = re.compile(r"\[([^\[\]]*)\]")
VOTERS = re.compile(
    rf"(?:(?P<name>[^=;,\[\]&]+?)\s*=\s*)?(?P<weight>\d{{1,{LONGEST}}})(?:\s*[x×*]\s*(?P<count>\d{{1,{LONGEST}}}))?"
)
QUOTA = re.compile(rf"\d{{1,{LONGEST}}}")


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
class WeightedGame:
    """Voters and the rules that a winning coalition must all meet.

    Raises
    ------
    ContestError : no voters, a name twice, weights of another number, a negative weight, or a quota below 1
        or beyond everybody's weight; all faults at once.

    Examples
    --------
    >>> council = WeightedGame.parse("[39; 7x5, 1x10]")
    >>> council.types
    ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9, 10, 11, 12, 13, 14))
    >>> council.wins(range(9)), council.wins(range(1, 15))
    (True, False)
    """

    names: tuple[str, ...]
    """Of the voters, in the order of the weights."""

    rules: tuple[Rule, ...]
    """At least one; a coalition wins if it meets all."""

    def __post_init__(self) -> None:
        faults = [
            Fault((), f"voter '{name}' stands twice." if name.strip() else "a voter has no name.")
            for index, name in enumerate(self.names)
            if not name.strip() or name in self.names[:index]
        ]
        if not self.rules or not self.names:
            faults.append(Fault((), f"a game needs voters and a rule. {GRAMMAR}"))
        for number, rule in enumerate(self.rules, start=1):
            where = f"rule {number}" if len(self.rules) > 1 else "rule"
            if len(rule.weights) != len(self.names):
                text = f"{len(rule.weights)} weights for {len(self.names)} voters. Every rule lists the same voters."
                faults.append(Fault((where,), text))
            elif any(weight < 0 for weight in rule.weights):
                faults.append(Fault((where,), f"{min(rule.weights)} is not a weight, which is 0 or more."))
            elif not 1 <= rule.quota <= rule.total:
                text = f"quota {rule.quota} is not between 1 and {rule.total}, the weight of everybody."
                faults.append(Fault((where,), text))
        if faults:
            raise ContestError(faults)

    @classmethod
    def of(cls, quota: int, weights: Mapping[str, int]) -> WeightedGame:
        """One rule, with weights by name."""
        return cls(tuple(weights), (Rule(quota, tuple(weights.values())),))

    @classmethod
    def parse(cls, *texts: str) -> WeightedGame:
        """Read rules as ``[39; 7x5, 1x10]``, several as more texts or joined by ``&``.

        Voters without names are called by their number from 1. Names may be given in one rule or in all.

        Raises
        ------
        ContestError : not a game; all faults at once.
        """
        parts = [part.strip() for text in texts for part in text.split("&")]
        faults: list[Fault] = []
        read = [_rule(part, faults) for part in parts]
        named = {names for _, names in read if any(names)}
        if not faults and len(named) > 1:
            faults.append(Fault((), "the rules name their voters differently. Name them once, in one order."))
        if faults:
            raise ContestError(faults)
        count = max((len(names) for _, names in read), default=0)
        written = next(iter(named), ("",) * count)
        names = tuple(name or str(number) for number, name in enumerate(written, start=1))
        return cls(names, tuple(rule for rule, _ in read))

    @property
    def types(self) -> tuple[tuple[int, ...], ...]:
        """Voters with equal weights in every rule, heaviest first; by their place in ``names``."""
        found: dict[tuple[int, ...], list[int]] = {}
        for index in range(len(self.names)):
            found.setdefault(tuple(rule.weights[index] for rule in self.rules), []).append(index)
        return tuple(tuple(found[weights]) for weights in sorted(found, reverse=True))

    def wins(self, coalition: Iterable[int]) -> bool:
        """Whether voters, given by their places in ``names``, carry a motion together."""
        members = tuple(coalition)
        return all(rule.met(sum(rule.weights[index] for index in members)) for rule in self.rules)

    def __str__(self) -> str:
        return " & ".join(map(str, self.rules))


def _rule(text: str, faults: list[Fault]) -> tuple[Rule, tuple[str, ...]]:
    """A rule and the names in it, '' where there is none; what is wrong joins the faults."""
    nothing = Rule(0, ()), ()
    inside = BRACKETS.fullmatch(text)
    quota, semicolon, listed = inside[1].partition(";") if inside else ("", "", "")
    if not semicolon or not QUOTA.fullmatch(quota.strip()):
        faults.append(Fault((), f"'{text}' is not a voting game. {GRAMMAR}"))
        return nothing
    weights: list[int] = []
    names: list[str] = []
    for item in listed.split(","):
        voters = VOTERS.fullmatch(item.strip())
        count = int(voters["count"] or 1) if voters else 0
        if voters is None or not count:
            faults.append(Fault((), f"'{item.strip()}' in '{text}' is not a weight. {GRAMMAR}"))
            return nothing
        if len(weights) + count > MOST_VOTERS:
            faults.append(Fault((), f"'{text}' has more than {MOST_VOTERS} voters, the most that a game may have."))
            return nothing
        weights += [int(voters["weight"])] * count
        name = (voters["name"] or "").strip()
        names += [f"{name} {number}" for number in range(1, count + 1)] if name and count > 1 else [name] * count
    return Rule(int(quota), tuple(weights)), tuple(names)
