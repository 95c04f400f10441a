"""Rules joined by and, or and brackets: which sets of rules are enough."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from realpolitik.errors import ContestError, Fault
from realpolitik.models.voting.rules import GRAMMAR, Rule, shortened, written

__all__ = ["MOST_RULES", "MOST_WAYS", "Read", "least_sets", "read"]

MOST_RULES = 100
"""Most rules of a game."""

MOST_WAYS = 100
"""Most sets of rules each of which is enough."""

TOKEN = re.compile(r"\[[^\[\]]*\]|&+|\|+|[()]|\band\b|\bor\b|[^\s&|()\[\]]+|\S", re.IGNORECASE)
SIGNS = {"and": "&", "&&": "&", "or": "|", "||": "|"}
BINDS = {"|": 1, "&": 2}
"""And binds closer than or."""

Ways = frozenset[frozenset[int]]
"""Sets of rules, by their places, each of which is enough."""

Read = tuple[tuple[Rule, ...], tuple[tuple[str, ...], ...], tuple[tuple[int, ...], ...]]
"""Rules, the names of the voters in each, and the sets of rules that are enough."""


def read(texts: Iterable[str]) -> Read:
    """Rules in a text, such as ``[2; 1x3] & [20; 10, 5, 7] | [3; 1x3]``; several texts must all be met.

    Raises
    ------
    ContestError : not rules joined by ``&``, ``|`` and brackets; all faults at once.
    """
    rules: list[Rule] = []
    names: list[tuple[str, ...]] = []
    faults: list[Fault] = []
    whole: Ways = frozenset([frozenset()])
    for text in texts:
        ways, more = _one(text, rules, names)
        faults += more
        if not faults:
            whole = _both(whole, ways)
    if len(rules) > MOST_RULES:
        faults.append(Fault((), f"{len(rules)} rules are more than {MOST_RULES}, the most that a game may have."))
    if faults:
        raise ContestError([*dict.fromkeys(faults), Fault((), GRAMMAR)])
    return tuple(rules), tuple(names), tuple(sorted(tuple(sorted(way)) for way in whole))


def _one(text: str, rules: list[Rule], names: list[tuple[str, ...]]) -> tuple[Ways, list[Fault]]:
    """Ways of one text, by operators that wait for what binds closer; what stands in it joins rules and names."""
    values: list[Ways] = []
    waiting: list[str] = []
    faults: list[Fault] = []
    wrong = Fault((), f"'{shortened(text.strip())}' is not a voting game.")
    value_next = True
    for found in TOKEN.findall(text):
        token = SIGNS.get(found.lower(), found)
        if value_next and len(token) > 1 and token.startswith("["):
            try:
                one = written(token)
                rules.append(one.rule)
                names.append(one.names)
            except ContestError as error:
                faults += error.faults
            values.append(frozenset([frozenset([len(rules) - 1])]))
            value_next = False
        elif value_next and token == "(":
            waiting.append(token)
        elif not value_next and token in BINDS:
            while waiting and BINDS.get(waiting[-1], 0) >= BINDS[token]:
                _join(values, waiting.pop())
            waiting.append(token)
            value_next = True
        elif not value_next and token == ")" and "(" in waiting:
            while (sign := waiting.pop()) != "(":
                _join(values, sign)
        else:
            return frozenset(), [wrong]
    if value_next or "(" in waiting:
        return frozenset(), [wrong]
    while waiting:
        _join(values, waiting.pop())
    return values[0], faults


def _join(values: list[Ways], sign: str) -> None:
    other, one = values.pop(), values.pop()
    values.append(_both(one, other) if sign == "&" else least_sets(one | other))


def _both(one: Ways, other: Ways) -> Ways:
    return least_sets(first | second for first, second in product(one, other))


def least_sets(ways: Iterable[frozenset[int]]) -> Ways:
    """Those that contain no other one.

    Raises
    ------
    ContestError : there are too many.
    """
    kept: list[frozenset[int]] = []
    for way in sorted(set(ways), key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
        if len(kept) > MOST_WAYS:
            raise ContestError(f"More than {MOST_WAYS} sets of these rules are each enough. Join fewer rules by 'or'.")
    return frozenset(kept)
