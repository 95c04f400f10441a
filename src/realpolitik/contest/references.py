"""Everything in a contest that must fit something else: names, addresses, sums, order, dates.

Each check yields faults with the path of the value, so that a file can name line and column; all are gathered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from realpolitik.contest.chamber import Chamber
from realpolitik.contest.distribution import Constant, Distribution, Mixture, Named, support, write
from realpolitik.contest.expression import (
    RESERVED,
    Expression,
    ExpressionError,
    Kind,
    names,
    never_holds,
    parse_expression,
    wrong_types,
)
from realpolitik.contest.pathway import OTHERWISE, Effect, Stage, resolve_address
from realpolitik.errors import ContestError, Fault, nearest
from realpolitik.registry import models

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["faults_of", "order_stages"]

Path = tuple[str | int, ...]
Declared = Mapping[str, Iterable[str]]


def faults_of(contest: Contest, declared: Declared | None = None) -> list[Fault]:
    """Everything that does not fit.

    Parameters
    ----------
    contest : may lack nouns that could not be read on their own.
    declared : by section, the names that the file declares, including those of unreadable nouns, so that one broken
        actor is not reported a second time wherever it is mentioned.
    """
    known = {
        section: {*getattr(contest, section), *(declared or {}).get(section, ())}
        for section in ("sources", "actors", "quantities", "issues", "chambers", "threats", "conflicts", "pathway")
    }
    known["claims"] = {*contest.claims, *(declared or {}).get("claims", ())}
    checks: tuple[Callable[[Contest, dict[str, set[str]]], Iterator[Fault]], ...] = (
        _dates,
        _actors,
        _evidence,
        _quantities,
        _chambers,
        _threats,
        _conflicts,
        _correlations,
        _stages,
        _outcomes,
    )
    return [fault for check in checks for fault in check(contest, known)]


def _unknown(path: Path, kind: str, name: str, known: Iterable[str]) -> Iterator[Fault]:
    if name not in known:
        yield Fault(path, f"there is no {kind} '{name}'. {nearest(name, known)}")


def _dates(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    as_of, horizon = getattr(contest, "as_of", None), getattr(contest, "horizon", None)
    if as_of and horizon and horizon <= as_of:
        yield Fault(("horizon",), f"the horizon {horizon} is not after as_of {as_of}")
    for name, source in contest.sources.items():
        if as_of and source.published and source.published > as_of:
            yield Fault(
                ("sources", name, "published"),
                f"published {source.published}, after as_of {as_of}: nothing known later may shape an input. "
                "Move as_of or leave the source out.",
            )


def _actors(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    actors = known["actors"]
    for name, actor in contest.actors.items():
        if actor.part_of is not None:
            yield from _unknown(("actors", name, "part_of"), "actor", actor.part_of, actors)
    for name, issue in contest.issues.items():
        for key, position in issue.positions.items():
            path = ("issues", name, "positions", key)
            yield from _unknown(path, "actor", key, actors)
            fault = issue.bounds.fault(position.position.value)
            if fault:
                yield Fault((*path, "position"), f"{fault} That is the scale of the issue.")
        if issue.reference_point is not None:
            fault = issue.bounds.fault(issue.reference_point.value)
            if fault:
                yield Fault(("issues", name, "reference_point"), fault)


def _evidence(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for path, ids in _citations(contest):
        for cited in ids:
            yield from _unknown(path, "claim", cited, known["claims"])
    for id_, claim in contest.claims.items():
        yield from _unknown(("claims", id_, "document"), "source", claim.document, known["sources"])
        for other in claim.contradicts:
            yield from _unknown(("claims", id_, "contradicts"), "claim", other, known["claims"])


def _citations(contest: Contest) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for found in contest.inputs().values():
        yield (*found.path, "evidence"), found.quantity.evidence
    for path, noun in _holders_of_evidence(contest):
        yield (*path, "evidence"), noun.evidence


def _holders_of_evidence(contest: Contest) -> Iterator[tuple[Path, Any]]:
    for section in ("actors", "threats", "conflicts", "pathway"):
        for name, noun in getattr(contest, section).items():
            yield (section, name), noun
    for section, part in (("issues", "positions"), ("chambers", "blocs")):
        for name, noun in getattr(contest, section).items():
            for key, inner in getattr(noun, part).items():
                yield (section, name, part, key), inner
    for name, stage in contest.pathway.items():
        if stage.recorded is not None:
            yield ("pathway", name, "recorded"), stage.recorded
        for index, effect in enumerate(stage.effects):
            yield ("pathway", name, "effects", index), effect


def _named(distribution: Distribution) -> Iterator[str]:
    match distribution:
        case Named(name):
            yield name
        case Mixture(parts):
            for _, part in parts:
                yield from _named(part)
        case _:
            return


def _written_out(distribution: Distribution, contest: Contest) -> Distribution:
    """The same distribution with the shared quantities that it names, as far as they are known."""
    match distribution:
        case Named(name) if name in contest.quantities:
            return contest.quantities[name].value
        case Mixture(parts):
            return Mixture(tuple((weight, _written_out(part, contest)) for weight, part in parts))
        case _:
            return distribution


def _quantities(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for found in contest.inputs().values():
        path = found.path
        for name in _named(found.quantity.value):
            if path[0] == "quantities":
                yield Fault(path, f"a shared quantity may not refer to another ('{name}'). Write its value out.")
                continue
            yield from _unknown(path, "quantity", name, known["quantities"])
            shared = contest.quantities.get(name)
            fault = found.bounds.fault(shared.value) if shared is not None else None
            if fault:
                yield Fault(path, f"quantity '{name}' does not fit this field: {fault}")
    for name in sorted(known["quantities"] & known["pathway"]):
        yield Fault(("quantities", name), f"'{name}' is also a stage. Guards could not tell them apart; rename one.")
    for section in ("quantities", "pathway"):
        for name in (name for name in getattr(contest, section) if name in (*RESERVED, OTHERWISE)):
            yield Fault(
                (section, name), f"'{name}' is a word of conditions, so no condition could name this. Rename it."
            )


def _chambers(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, chamber in contest.chambers.items():
        total = sum(bloc.seats for bloc in chamber.blocs.values())
        if total != chamber.seats:
            word = "more" if total > chamber.seats else "fewer"
            yield Fault(
                ("chambers", name, "blocs"),
                f"the blocs hold {total} seats, {abs(total - chamber.seats)} {word} than the chamber's {chamber.seats}",
            )
        yield from _rule(name, chamber)
        for key, bloc in chamber.blocs.items():
            path: Path = ("chambers", name, "blocs", key)
            if bloc.actor is not None:
                yield from _unknown((*path, "actor"), "actor", bloc.actor, known["actors"])
            least = sum(support(_written_out(share.value, contest))[0] for share in (bloc.yes, bloc.no))
            if 1 < least < math.inf:
                yield Fault(
                    (*path, "no"), f"yes and no come to at least {write(round(least, 6))}; allowed is at most 1"
                )


def _rule(name: str, chamber: Chamber) -> Iterator[Fault]:
    for key, threshold in (("quorum", chamber.quorum), ("passes", chamber.passes)):
        if threshold is not None and threshold.base is None and threshold.share > chamber.seats:
            yield Fault(("chambers", name, key), f"{threshold} members are more than the {chamber.seats} seats")
    try:
        _ = chamber.rule
    except ContestError as error:
        for fault in error.faults:
            yield Fault(("chambers", name, *fault.path), fault.message)


def _threats(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, threat in contest.threats.items():
        for side in ("sender", "target"):
            yield from _unknown(("threats", name, side), "actor", getattr(threat, side), known["actors"])
        if threat.sender == threat.target:
            yield Fault(("threats", name, "target"), f"'{threat.target}' threatens itself; name another target")


def _conflicts(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, conflict in contest.conflicts.items():
        path: Path = ("conflicts", name)
        owner: dict[str, str] = {}
        for actor, options in conflict.decision_makers.items():
            yield from _unknown((*path, "decision_makers", actor), "actor", actor, known["actors"])
            for option in options:
                if option in owner:
                    text = f"option '{option}' belongs to '{owner[option]}' already; give each its own name"
                    yield Fault((*path, "decision_makers", actor), text)
                owner[option] = actor
        for key in ("one_way", "status_quo"):
            for index, option in enumerate(getattr(conflict, key)):
                yield from _unknown((*path, key, index), "option", option, owner)
        for actor in conflict.preferences:
            maker = (*path, "preferences", actor)
            yield from _unknown(maker, "decision maker", actor, conflict.decision_makers)
        missing = [actor for actor in conflict.decision_makers if actor not in conflict.preferences]
        if missing:
            yield Fault((*path, "preferences"), f"no preferences for {', '.join(missing)}")
        statements = [((*path, "infeasible", i), text) for i, text in enumerate(conflict.infeasible)]
        statements += [
            ((*path, "preferences", actor, i), text)
            for actor, texts in conflict.preferences.items()
            for i, text in enumerate(texts)
        ]
        for where, text in statements:
            yield from _statement(where, text, dict.fromkeys(owner, "truth"))


def _statement(path: Path, text: str, kinds: Mapping[str, Kind]) -> Iterator[Fault]:
    try:
        expression = parse_expression(text)
    except ExpressionError as error:
        yield Fault(path, f"'{text}', character {error.offset + 1}: {error}")
        return
    for message, offset in wrong_types(expression, kinds):
        yield Fault(path, f"'{text}', character {offset + 1}: {message}")


def _correlations(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    addresses = contest.inputs()
    given: dict[frozenset[str], int] = {}
    for index, correlation in enumerate(contest.correlations):
        for place, address in enumerate(correlation.between):
            path: Path = ("correlations", index, "between", place)
            yield from _unknown(path, "quantity", address, addresses)
            value = addresses[address].quantity.value if address in addresses else None
            if isinstance(value, Named):
                yield Fault(path, f"'{address}' is the shared quantity '{value}'; write quantities.{value}")
            elif value is not None and any(_named(value)):
                yield Fault(path, f"'{address}' holds shared quantities ('{value}'); correlate those instead")
            elif isinstance(value, Constant):
                yield Fault(path, f"'{address}' is known exactly ({value}); correlate uncertain quantities")
        if len(set(correlation.between)) < len(correlation.between):
            yield Fault(("correlations", index, "between"), "the same quantity stands there twice")
        for pair in dict.fromkeys(frozenset(two) for two in combinations(correlation.between, 2) if len(set(two)) > 1):
            if pair in given:
                text = f"{' and '.join(sorted(pair))} are correlated already, in correlations.{given[pair]}"
                yield Fault(("correlations", index, "between"), f"{text}. Keep one of them.")
            given.setdefault(pair, index)


def _stages(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    kinds, ranges = _vocabulary(contest, known)
    addresses = {key: found for key, found in contest.inputs().items() if "effects" not in found.path}
    for name, stage in contest.pathway.items():
        path: Path = ("pathway", name)
        sections = {"chamber": "chambers", "threat": "threats", "bargain": "issues", "conflict": "conflicts"}
        section = sections.get(stage.kind)
        if section:
            singular = section.rstrip("s")
            yield from _unknown((*path, stage.kind), singular, str(getattr(stage, stage.kind)), known[section])
        if stage.by is not None:
            yield from _unknown((*path, "by"), "actor", stage.by, known["actors"])
        yield from _record(contest, path, stage)
        yield from _method(path, stage)
        if stage.when is not None:
            yield from _guard((*path, "when"), stage.when, kinds, ranges, known)
        for index, effect in enumerate(stage.effects):
            yield from _effect(contest, (*path, "effects", index), stage, effect, addresses, known)
            if effect.when is not None:
                yield from _guard((*path, "effects", index, "when"), effect.when, kinds, ranges, known)
    for cycle in _cycles(contest.pathway):
        yield Fault(("pathway", cycle[0]), f"stages wait for each other in a circle: {' → '.join((*cycle, cycle[0]))}")


def _record(contest: Contest, path: Path, stage: Stage) -> Iterator[Fault]:
    chamber = contest.chambers.get(stage.chamber or "")
    if stage.recorded is not None and chamber is not None and stage.recorded.present > chamber.seats:
        text = f"{stage.recorded.present} members took part, but the chamber has {chamber.seats} seats"
        yield Fault((*path, "recorded"), text)
    if stage.recorded is not None and chamber is not None:
        for bloc, members in stage.recorded.attended.items():
            yield from _unknown((*path, "recorded", "attended", bloc), "bloc", bloc, chamber.blocs)
            seats = chamber.blocs[bloc].seats if bloc in chamber.blocs else members.bounds.high
            if support(_written_out(members.value, contest))[1] > seats:
                yield Fault((*path, "recorded", "attended", bloc), f"'{members.value}' is more than its {seats} seats")


def _method(path: Path, stage: Stage) -> Iterator[Fault]:
    """The model exists, works on this kind of stage and has that variant."""
    fitting = [name for name in models.names() if _serves(name) == stage.kind]
    if stage.kind in ("judgement", "choice"):
        return
    if not fitting:
        yield Fault((*path, stage.kind), f"no model for a {stage.kind} is installed. Remove the stage.")
    elif stage.model is not None and stage.model not in fitting:
        yield Fault(
            (*path, "model"), f"there is no model '{stage.model}' for a {stage.kind}. {nearest(stage.model, fitting)}"
        )
    elif stage.variant is not None:
        name = stage.model or DEFAULT_MODELS[stage.kind]
        variants = models.get(name).about["variants"]
        if stage.variant not in variants:
            text = f"model '{name}' has no variant '{stage.variant}'. {nearest(stage.variant, variants)}"
            yield Fault((*path, "variant"), text)


DEFAULT_MODELS = {"chamber": "passage", "threat": "threat", "bargain": "compromise"}
"""What works out a stage that names no model."""


def _serves(name: str) -> str:
    """The kind of stage that a model works out, as its input view says."""
    return str(models.get(name).about["accepts"].stage)


def _broken(contest: Contest, stage: Stage, known: dict[str, set[str]]) -> bool:
    """Whether the noun that the stage works on is declared but could not be read."""
    return any(
        name in known[section] and name not in getattr(contest, section)
        for section, name in (("issues", stage.bargain), ("chambers", stage.chamber), ("threats", stage.threat))
    )


def _effect(
    contest: Contest, path: Path, stage: Stage, effect: Effect, addresses: dict[str, Any], known: dict[str, set[str]]
) -> Iterator[Fault]:
    for verb in ("set", "add", "scale"):
        for address, quantity in getattr(effect, verb).items():
            target = resolve_address(stage, address, addresses)
            where = (*path, verb, address)
            if target is None and not _broken(contest, stage, known):
                yield Fault(where, f"there is no quantity '{address}'. {nearest(address, _short(stage, addresses))}")
            elif target is not None and verb == "set":
                fault = addresses[target].bounds.fault(_written_out(quantity.value, contest))
                if fault:
                    yield Fault(where, fault)


def _short(stage: Stage, addresses: Iterable[str]) -> list[str]:
    homes = (f"issues.{stage.bargain}.positions.", f"chambers.{stage.chamber}.blocs.", f"threats.{stage.threat}.")
    near = [address.removeprefix(home) for home in homes for address in addresses if address.startswith(home)]
    return near or list(addresses)


Ranges = dict[str, tuple[float, float]]


def _vocabulary(contest: Contest, known: dict[str, set[str]]) -> tuple[dict[str, Kind], Ranges]:
    """What guards and outcomes may name, and within which limits numbers lie."""
    kinds: dict[str, Kind] = dict.fromkeys(known["quantities"], "number")
    ranges: Ranges = {}
    for name, stage in contest.pathway.items():
        for result, kind in stage.results().items():
            kinds[f"{name}.{result}" if result else name] = kind
        issue = contest.issues.get(stage.bargain or "")
        if issue is not None:
            ranges[name] = (issue.bounds.low, issue.bounds.high)
        chamber = contest.chambers.get(stage.chamber or "")
        if chamber is not None:
            ranges |= {f"{name}.{count}": (0.0, chamber.seats) for count in ("present", "yes", "no", "abstain")}
            ranges[f"{name}.margin"] = (-chamber.seats, chamber.seats)
    return kinds, ranges


def _guard(
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


def _outcomes(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    kinds, ranges = _vocabulary(contest, known)
    last = list(contest.outcomes)[-1] if contest.outcomes else None
    for name, condition in contest.outcomes.items():
        if condition.text == OTHERWISE:
            if name != last:
                yield Fault(("outcomes", name), f"'{OTHERWISE}' covers everything, so '{name}' must come last")
        else:
            yield from _guard(("outcomes", name), condition, kinds, ranges, known)


def _needs(name: str, stage: Stage, stages: Mapping[str, Stage]) -> list[str]:
    guards = [stage.when, *(effect.when for effect in stage.effects)]
    used = {ref.name.split(".")[0] for guard in guards if guard is not None for ref in names(guard)}
    return [other for other in stages if other in used]


def order_stages(stages: Mapping[str, Stage]) -> tuple[str, ...]:
    """Stages such that each comes after those that its conditions name; the given order breaks ties.

    Stages in a circle are left out; :func:`faults_of` reports them.
    """
    order: list[str] = []
    waiting = list(stages)
    ready = partial(_is_ready, stages, order)
    while chosen := next(filter(ready, waiting), None):
        waiting.remove(chosen)
        order.append(chosen)
    return tuple(order)


def _is_ready(stages: Mapping[str, Stage], order: list[str], name: str) -> bool:
    return all(other in order for other in _needs(name, stages[name], stages))


def _cycles(stages: Mapping[str, Stage]) -> Iterator[tuple[str, ...]]:
    """Each circle of stages once, as found by following what a stuck stage waits for."""
    stuck = [name for name in stages if name not in order_stages(stages)]
    reported: set[str] = set()
    for start in stuck:
        trail = [start]
        while trail[-1] not in trail[:-1]:
            trail.append(next(other for other in _needs(trail[-1], stages[trail[-1]], stages) if other in stuck))
        circle = tuple(trail[trail.index(trail[-1]) : -1])
        if not reported & set(circle):
            reported.update(circle)
            yield circle
