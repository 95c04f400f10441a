"""Conditions on states: a pattern such as ``--YY``, or an expression over the options' names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from realpolitik.contest.expression import ExpressionError, parse_expression, wrong_types
from realpolitik.errors import Fault
from realpolitik.models.arrays import Bools, Counts

__all__ = ["holds", "spelled"]

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
