"""States of a conflict: which options are taken, which conditions hold, which states are ranked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.expression import ExpressionError, parse_expression, wrong_types
from realpolitik.errors import Fault

__all__ = ["CONDITION", "MOST_OPTIONS", "STRONGLY", "holds", "ranking_faults", "spelled"]

Bools = NDArray[np.bool_]
Counts = NDArray[np.int64]

MOST_OPTIONS = 24
"""A table with one entry for each combination of options is kept: 64 MB at 24."""

STRONGLY = ">>"
"""In a ranking: all states before it are strongly preferred to all states after it."""

CONDITION = re.compile(r"\A[YN]+\Z|[\s(]")
"""What tells a condition from the name of an option."""

PATTERN = re.compile(r"[YN-]+")


def spelled(option: str) -> str:
    """The name of an option in expressions: blanks become hyphens.

    Examples
    --------
    >>> spelled("air strike")
    'air-strike'
    """
    return "-".join(option.split())


def holds(
    condition: str, states: Counts, options: Sequence[str], faults: list[Fault], path: tuple[str | int, ...]
) -> Bools:
    """In which states a condition holds; what is wrong with it is added to ``faults``.

    Parameters
    ----------
    condition : a pattern with one of Y, N and - (either) for each option, or an expression over their names.
    states : int[states], bit masks with the first option as the lowest bit.
    options : names, in the order of the bits.

    Returns
    -------
    bool[states]

    Examples
    --------
    >>> holds("-Y", np.arange(4), ("stay", "go"), [], ()).tolist()
    [False, False, True, True]
    >>> holds("stay and not go", np.arange(4), ("stay", "go"), [], ()).tolist()
    [False, True, False, False]
    """
    nowhere = np.zeros(len(states), dtype=np.bool_)
    names = [spelled(option) for option in options]
    if PATTERN.fullmatch(condition) and condition not in names:
        if len(condition) != len(options):
            text = f"'{condition}' has {len(condition)} letters; {len(options)} options need {len(options)}"
            faults.append(Fault(path, f"{text}, in the order {', '.join(options)}."))
            return nowhere
        fixed, wanted = (
            sum(1 << bit for bit, letter in enumerate(condition) if letter in letters) for letters in ("YN", "Y")
        )
        found: Bools = (states & fixed) == wanted
        return found
    try:
        expression = parse_expression(condition)
    except ExpressionError as error:
        faults.append(Fault(path, f"'{condition}', character {error.offset + 1}: {error}"))
        return nowhere
    wrong = wrong_types(expression, dict.fromkeys(names, "truth"))
    faults += [Fault(path, f"'{condition}', character {offset + 1}: {message}") for message, offset in wrong]
    if wrong:
        return nowhere
    taken = {name: (states >> bit & 1).astype(np.bool_) for bit, name in enumerate(names)}
    return np.array(np.broadcast_to(expression.evaluate(taken.__getitem__), len(states)), dtype=np.bool_)


def ranking_faults(ranking: Sequence[object], states: int, unknown: Sequence[int] = ()) -> list[Fault]:
    """What is wrong with a ranking of state numbers, if anything.

    Parameters
    ----------
    ranking : state numbers, counted from 1; a list among them is a tie; ``">>"`` divides bands of strength.
    states : how many there are.
    unknown : states that are left out because they cannot be compared.
    """
    numbers: list[object] = []
    for entry in ranking:
        if entry != STRONGLY:
            numbers += list(entry) if isinstance(entry, list | tuple) else [entry]
    numbers += unknown
    faults = []
    strange = [each for each in numbers if not (type(each) is int and 1 <= each <= states)]
    if strange:
        faults.append(Fault((), f"there is no state {strange[0]!r}; states are numbered 1 to {states}."))
    whole = [each for each in numbers if type(each) is int]
    twice = sorted(each for each, times in Counter(whole).items() if times > 1)
    if twice:
        faults.append(Fault((), f"state {twice[0]} stands there twice."))
    missing = sorted(set(range(1, states + 1)) - set(whole))
    if missing and not strange:
        shown = ", ".join(map(str, missing[:8])) + (" …" if len(missing) > 8 else "")
        faults.append(Fault((), f"does not rank state {shown}; list ties as [3, 4]."))
    return faults
