"""Guards and outcomes: what they may name, and whether they can hold at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from realpolitik.contest.expression import (
    Expression,
    ExpressionError,
    Kind,
    names,
    never_holds,
    parse_expression,
    wrong_types,
)
from realpolitik.contest.named import Path
from realpolitik.contest.pathway import OTHERWISE, issues_of, result_of
from realpolitik.errors import ContestError, Fault

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["guard_faults", "guard_of", "outcome_faults", "vocabulary"]

Ranges = dict[str, tuple[float, float]]


def vocabulary(contest: Contest, known: dict[str, set[str]]) -> tuple[dict[str, Kind], Ranges]:
    """What guards and outcomes may name, and within which limits numbers lie."""
    kinds: dict[str, Kind] = dict.fromkeys(known["quantities"], "number")
    ranges: Ranges = {}
    for name, stage in contest.pathway.items():
        if stage.conflict in known["conflicts"] and stage.conflict not in contest.conflicts:
            continue  # unreadable, and reported as such
        for result, kind in contest.results(stage).items():
            kinds[f"{name}.{result}" if result else name] = kind
        for key in issues_of(stage):
            if key in contest.issues:
                bounds = contest.issues[key].bounds
                ranges[result_of(name, stage, key)] = (bounds.low, bounds.high)
        chamber = contest.chambers.get(stage.chamber or "")
        if chamber is not None:
            ranges |= {f"{name}.{count}": (0.0, chamber.seats) for count in ("present", "yes", "no", "abstain")}
            ranges[f"{name}.margin"] = (-chamber.seats, chamber.seats)
        if stage.mobilisation is not None:
            ranges |= {f"{name}.{share}": (0.0, 1.0) for share in ("turnout", "least", "most", "tipping")}
    return kinds, ranges


def guard_of(contest: Contest, text: str) -> Expression:
    """Read a condition on a contest that was asked from outside, in the language of its guards.

    Raises
    ------
    ContestError : it cannot be read, names something unknown, or can never hold.
    """
    try:
        guard = parse_expression(text)
    except ExpressionError as error:
        raise ContestError(f"'{text}', character {error.offset + 1}: {error}") from None
    known = {section: set(getattr(contest, section)) for section in ("quantities", "conflicts", "pathway")}
    faults = list(guard_faults((), guard, *vocabulary(contest, known), known))
    if faults:
        raise ContestError(faults)
    return guard


def guard_faults(
    path: Path, guard: Expression, kinds: dict[str, Kind], ranges: Ranges, known: dict[str, set[str]]
) -> Iterator[Fault]:
    broken = {name for name in known["pathway"] if f"{name}.happened" not in kinds}
    if any(ref.name.split(".")[0] in broken for ref in names(guard)):
        return
    faults = wrong_types(guard, kinds)
    for message, offset in faults:
        yield Fault(path, f"'{guard}', character {offset + 1}: {message}")
    if not faults and never_holds(guard, kinds, ranges):
        yield Fault(path, f"'{guard}' can never hold. Check the limits of the values and the contradictions in it.")


def outcome_faults(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    kinds, ranges = vocabulary(contest, known)
    last = list(contest.outcomes)[-1] if contest.outcomes else None
    for name, condition in contest.outcomes.items():
        if condition.text == OTHERWISE:
            if name != last:
                yield Fault(("outcomes", name), f"'{OTHERWISE}' covers everything, so '{name}' must come last")
        else:
            yield from guard_faults(("outcomes", name), condition, kinds, ranges, known)
