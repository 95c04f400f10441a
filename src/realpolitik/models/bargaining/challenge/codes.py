"""The rules as numbers, for compiled code.

Compiled functions hold these numbers as constants, and Numba's cache notices a change in ``kernel.py`` only:
after a change here or in ``rules.py`` run ``make clean``.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_type_hints

from realpolitik.models.bargaining.challenge.rules import ChallengeRules, choices

CODES = {(field, name): index for field, known in choices().items() for index, name in enumerate(known)}
ALL_PAIRS = CODES["success", "all-pairs"]
LINEAR, VOTER_RISK, JUDGE_RISK = (CODES["votes", name] for name in ("linear", "voter-risk", "judge-risk"))
BY_CHALLENGER = CODES["exponent", "challenger"]
CURRENT, SCALE = CODES["range", "current"], CODES["range", "scale"]
RESISTER, CHALLENGER, PRINTED = (CODES["salience", name] for name in ("resister", "challenger", "printed"))
OWN_ROW, HYPOTHETICAL, NO_RISK = (CODES["security", name] for name in ("own-row", "hypothetical", "none"))
SKIP = CODES["equal_positions", "skip"]
ADD = CODES["no_challenge", "add"]
BY_MEDIAN = CODES["t_rule", "median"]
STAND, LOTTERY = CODES["both_positive", "stand"], CODES["both_positive", "lottery"]
NEVER = CODES["capitulate", "never"]
SHARE = CODES["compromise", "share"]
STRONGEST, BY_CLASS, BY_CLASS_LOW, LOGIT = (
    CODES["choice", name] for name in ("strongest", "class", "class-low", "logit")
)
LOWER, STAY = CODES["ties", "lower"], CODES["ties", "stay"]
SEQUENTIAL = CODES["update", "sequential"]
MIDPOINT, MEDIAN_LOWER = CODES["median_ties", "midpoint"], CODES["median_ties", "lower"]
STOP_MEDIAN, STOP_ROUNDS = CODES["stop", "median"], CODES["stop", "rounds"]

CONFLICT, COMPROMISE, CAPITULATION = range(3)


class Encoded(NamedTuple):
    """The rules as numbers, names by their place among the choices."""

    success: int
    votes: int
    exponent: int
    range: int
    salience: int
    security: int
    equal_positions: int
    q: float
    no_challenge: int
    t_rule: int
    t: float
    both_positive: int
    capitulate: int
    compromise: int
    choice: int
    precision: float
    ties: int
    update: int
    outcome: int
    median_ties: int
    stop: int
    tolerance: float
    patience: int
    max_rounds: int


def encoded(rules: ChallengeRules) -> Encoded:
    """Rules as numbers; always of the same types, lest Numba compiles twice."""
    numbers: dict[str, Any] = {}
    for name, kind in get_type_hints(Encoded).items():
        value = getattr(rules, name)
        numbers[name] = CODES[name, value] if isinstance(value, str) else kind(value)
    return Encoded(**numbers)
