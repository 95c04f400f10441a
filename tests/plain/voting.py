"""A chamber counted out: every way in which every bloc can act, in exact fractions."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import comb, factorial
from typing import Any

Counts = tuple[int, int, int, int]
"""Members who vote yes, vote no, abstain, are absent."""


def splits(members: int) -> Iterator[Counts]:
    """Every way to divide the members into the four groups."""
    for yes in range(members + 1):
        for no in range(members + 1 - yes):
            for abstain in range(members + 1 - yes - no):
                yield yes, no, abstain, members - yes - no - abstain


def chance(counts: Counts, shares: Sequence[Fraction], cohesion: Fraction) -> Fraction:
    """Dirichlet-multinomial probability of the counts, as an urn: each choice makes its like more likely."""
    if cohesion == 1:
        whole = [share for share, count in zip(shares, counts, strict=True) if count == sum(counts)]
        return sum(whole, Fraction(0))
    value = Fraction(factorial(sum(counts)))
    for share, count in zip(shares, counts, strict=True):
        for drawn in range(count):
            value *= (share * (1 - cohesion) + drawn * cohesion) / (drawn + 1)
    for drawn in range(sum(counts)):
        value /= (1 - cohesion) + drawn * cohesion
    return value


def decide(
    counts: Counts, *, seats: int, quorum: int, quorum_counts: str, base: str, share: Fraction, strict: bool
) -> tuple[bool, bool]:
    """Whether there is a quorum, and whether the motion is then carried."""
    yes, no, abstain, _ = counts
    present, cast = yes + no + abstain, yes + no
    quorate = {"present": present, "cast": cast}[quorum_counts] >= quorum
    line = share * {"seats": seats, "present": present, "cast": cast, "number": 1}[base]
    return quorate, quorate and yes > 0 and (yes > line if strict else yes >= line)


def passage(
    blocs: Sequence[tuple[int, Sequence[Fraction], Fraction]],
    *,
    seats: int,
    quorum: int,
    quorum_counts: str,
    base: str,
    share: Fraction,
    strict: bool,
) -> tuple[Fraction, Fraction]:
    """Probability of quorum and of passage; each bloc is (members, four shares, cohesion)."""
    quorate = passed = Fraction(0)
    ways = [
        [(counts, chance(counts, shares, cohesion)) for counts in splits(members)]
        for members, shares, cohesion in blocs
    ]
    for way in product(*ways):
        weight = Fraction(1)
        for _, part in way:
            weight *= part
        yes, no, abstain, absent = (sum(counts[kind] for counts, _ in way) for kind in range(4))
        here, carried = decide(
            (yes, no, abstain, absent),
            seats=seats, quorum=quorum, quorum_counts=quorum_counts, base=base, share=share, strict=strict,
        )  # fmt: skip
        quorate += weight * here
        passed += weight * carried
    return quorate, passed


Ways = dict[tuple[int, int, int], Any]
"""Probability of each (present, yes, no)."""


def ways(members: int, shares: Sequence[Any], cohesion: Any, boycott: Any, rebels: Any) -> Ways:
    """One bloc, one way after the other: some break ranks, and all may stay away; fractions or floats."""
    found: Ways = {(0, 0, 0): boycott}
    for counts in splits(members):
        plain = chance(counts, shares, cohesion)
        for to_no, to_yes in product(range(counts[0] + 1), range(counts[1] + 1)):
            turned = to_no + to_yes
            weight = comb(counts[0], to_no) * comb(counts[1], to_yes) * (1 - boycott)
            weight *= rebels**turned * (1 - rebels) ** (counts[0] + counts[1] - turned)
            key = (sum(counts[:3]), counts[0] - to_no + to_yes, counts[1] - to_yes + to_no)
            found[key] = found.get(key, 0) + weight * plain
    return {key: value for key, value in found.items() if value}


def totals(blocs: Sequence[Ways]) -> Ways:
    """The same for the whole chamber, every combination by itself."""
    found: Ways = {}
    for way in product(*(bloc.items() for bloc in blocs)):
        weight: Any = 1
        for _, part in way:
            weight *= part
        key = (sum(c[0] for c, _ in way), sum(c[1] for c, _ in way), sum(c[2] for c, _ in way))
        found[key] = found.get(key, 0) + weight
    return found


def judged(chamber: Ways, rules: Sequence[tuple[Any, Callable[[int, int, int], tuple[bool, int]]]]) -> dict[str, Any]:
    """Quorum, passage and margins; each rule has a probability, and says of (present, yes, no) whether there is a
    quorum and by how many yes votes the motion is beyond those needed."""
    quorum: Any = 0
    passing: Any = 0
    margins: dict[tuple[int, bool], Any] = {}
    for counts, weight in chamber.items():
        for part, rule in rules:
            quorate, margin = rule(*counts)
            quorum += part * weight * quorate
            passing += part * weight * (quorate and margin >= 0)
            margins[margin, quorate] = margins.get((margin, quorate), 0) + part * weight
    return {"quorum": quorum, "passing": passing, "margins": margins}
