"""Weighted voting games: who carries a motion together, by one rule of weights and quota or by several.

A game is written ``[quota; weight, weight, …]``. ``7x5`` stands for five voters of weight 7, ``Sunni=77`` for
a voter with a name. The quota is a number or a share such as ``two thirds``. Rules that must all be met are joined by
``&``, rules of which one is enough by ``|``; ``&`` binds closer, and round brackets say otherwise. All rules list the
voters in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from realpolitik.errors import ContestError, Fault
from realpolitik.models.voting.joined import least_sets, read
from realpolitik.models.voting.rules import GRAMMAR, MOST_VOTERS, Rule

__all__ = ["MOST_VOTERS", "Rule", "WeightedGame"]


@dataclass(frozen=True)
class WeightedGame:
    """Voters and the rules that a winning coalition must meet.

    Raises
    ------
    ContestError : no voters, a name twice, weights of another number, a negative weight, a quota below 1
        or beyond everybody's weight, or a set of rules that are not there; all faults at once.

    Examples
    --------
    >>> council = WeightedGame.parse("[39; 7x5, 1x10]")
    >>> council.types
    ((0, 1, 2, 3, 4), (5, 6, 7, 8, 9, 10, 11, 12, 13, 14))
    >>> council.wins(range(9)), council.wins(range(1, 15))
    (True, False)

    In the Council of the European Union, nobody is outvoted by fewer than four:

    >>> WeightedGame.parse("[3; 1x5] & [65; 40, 30, 20, 5, 5] | [4; 1x5]").ways
    ((0, 1), (2,))
    """

    names: tuple[str, ...]
    """Of the voters, in the order of the weights."""

    rules: tuple[Rule, ...]
    """At least one."""

    ways: tuple[tuple[int, ...], ...] = ()
    """Sets of rules, by their places; a coalition wins if it meets all rules of one set. None: it must meet all."""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        faults = []
        for name in self.names:
            if not name.strip() or name in seen:
                faults.append(Fault((), f"voter '{name}' stands twice." if name.strip() else "a voter has no name."))
            seen.add(name)
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
                text = text if rule.total else "nobody has any weight."
                faults.append(Fault((where,), text))
        if any(not way or not all(0 <= rule < len(self.rules) for rule in way) for way in self.ways):
            faults.append(Fault((), f"a way to win names rules that are not among the {len(self.rules)}, or none."))
        if faults:
            raise ContestError(faults)

    @classmethod
    def of(cls, quota: int, weights: Mapping[str, int]) -> WeightedGame:
        """One rule, with weights by name."""
        return cls(tuple(weights), (Rule(quota, tuple(weights.values())),))

    @classmethod
    def parse(cls, *texts: str) -> WeightedGame:
        """Read rules as ``[39; 7x5, 1x10]``, joined by ``&``, ``|`` and brackets; several texts must all be met.

        Voters without names are called by their number from 1. Names may be given in one rule or in all.

        Raises
        ------
        ContestError : not a game; all faults at once.
        """
        rules, listed, ways = read(texts)
        named = {names for names in listed if any(names)}
        if len(named) > 1:
            raise ContestError("the rules name their voters differently. Name them once, in one order.")
        count = max(map(len, listed), default=0)
        chosen = next(iter(named), ("",) * count)
        names = tuple(name or str(number) for number, name in enumerate(chosen, start=1))
        together = (tuple(range(len(rules))),)
        return cls(names, rules, () if ways == together else ways)

    @property
    def enough(self) -> tuple[tuple[int, ...], ...]:
        """Sets of rules each of which is enough, none within another one."""
        ways = self.ways or (tuple(range(len(self.rules))),)
        return tuple(sorted(tuple(sorted(way)) for way in least_sets(map(frozenset, ways))))

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
        met = [rule.met(sum(rule.weights[index] for index in members)) for rule in self.rules]
        return any(all(met[rule] for rule in way) for way in self.ways) if self.ways else all(met)

    def __str__(self) -> str:
        return " | ".join(" & ".join(str(self.rules[rule]) for rule in way) for way in self.enough)
