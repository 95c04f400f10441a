"""The threat game for one draw, as a tree that is walked recursively."""

from collections.abc import Sequence
from math import exp

NO_THREAT, COMPLIED, BACKED_DOWN, GAVE_IN, DEFIED = range(5)


def backward(sender: Sequence[float], target: Sequence[float], already: bool) -> tuple[int, bool]:
    """How it ends when whoever is indifferent does not escalate, and whether anybody was."""

    def play(node: int) -> tuple[int, bool]:
        if node == DEFIED:
            return DEFIED, False
        mover = (sender, target)[node % 2]
        further, tie = play(node + 1)
        return (further if mover[further] > mover[node] else node), tie or mover[further] == mover[node]

    return play(COMPLIED if already else NO_THREAT)


def logit(sender: Sequence[float], target: Sequence[float], precision: float, already: bool) -> list[float]:
    """Probability of each end."""

    def play(node: int) -> list[float]:
        if node == DEFIED:
            return [0.0, 0.0, 0.0, 0.0, 1.0]
        mover = (sender, target)[node % 2]
        further = play(node + 1)
        advantage = sum(p * value for p, value in zip(further, mover, strict=True)) - mover[node]
        go_on = 1 / (1 + exp(-precision * advantage))
        return [go_on * p + (1 - go_on) * (end == node) for end, p in enumerate(further)]

    return play(COMPLIED if already else NO_THREAT)
