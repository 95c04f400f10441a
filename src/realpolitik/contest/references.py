"""Everything in a contest that must fit something else: names, addresses, sums, order, dates.

Each check yields faults with the path of the value, so that a file can name line and column; all are gathered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from realpolitik.contest.chamber import Chamber
from realpolitik.contest.conflict_faults import conflict_faults, forms_of
from realpolitik.contest.distribution import Named, support, write
from realpolitik.contest.expression import RESERVED
from realpolitik.contest.guards import outcome_faults
from realpolitik.contest.named import Path, names_in, unknown, written_out
from realpolitik.contest.pathway import OTHERWISE
from realpolitik.contest.stages import stage_faults
from realpolitik.errors import ContestError, Fault

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["citations", "faults_of"]

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
        for section in (
            "sources",
            "actors",
            "quantities",
            "issues",
            "chambers",
            "threats",
            "conflicts",
            "mobilisations",
            "pathway",
        )
    }
    known["claims"] = {*contest.claims, *(declared or {}).get("claims", ())}
    checks: tuple[Callable[[Contest, dict[str, set[str]]], Iterator[Fault]], ...] = (
        _dates,
        _actors,
        _evidence,
        _quantities,
        _chambers,
        _threats,
        conflict_faults,
        _mobilisations,
        _correlations,
        stage_faults,
        outcome_faults,
    )
    return [fault for check in checks for fault in check(contest, known)]


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
            yield from unknown(("actors", name, "part_of"), "actor", actor.part_of, actors)
            if actor.part_of == name:
                yield Fault(
                    ("actors", name, "part_of"), f"'{name}' cannot be part of itself; name another or leave it out"
                )
    for name, issue in contest.issues.items():
        for key, position in issue.positions.items():
            path = ("issues", name, "positions", key)
            yield from unknown(path, "actor", key, actors)
            fault = issue.bounds.fault(position.position.value)
            if fault:
                yield Fault((*path, "position"), f"{fault} That is the scale of the issue.")
        if issue.reference_point is not None:
            fault = issue.bounds.fault(issue.reference_point.value)
            if fault:
                yield Fault(("issues", name, "reference_point"), fault)


def _evidence(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for path, ids in citations(contest):
        for cited in ids:
            yield from unknown(path, "claim", cited, known["claims"])
    for id_, claim in contest.claims.items():
        yield from unknown(("claims", id_, "document"), "source", claim.document, known["sources"])
        for other in claim.contradicts:
            yield from unknown(("claims", id_, "contradicts"), "claim", other, known["claims"])


def citations(contest: Contest) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every place that may name claims as its evidence, with the ids that it names."""
    for found in contest.inputs().values():
        yield (*found.path, "evidence"), found.quantity.evidence
    for path, noun in _holders_of_evidence(contest):
        yield (*path, "evidence"), noun.evidence


def _holders_of_evidence(contest: Contest) -> Iterator[tuple[Path, Any]]:
    for section in ("actors", "chambers", "threats", "conflicts", "mobilisations", "pathway"):
        for name, noun in getattr(contest, section).items():
            yield (section, name), noun
    for section, part in (("issues", "positions"), ("chambers", "blocs"), ("mobilisations", "groups")):
        for name, noun in getattr(contest, section).items():
            for key, inner in getattr(noun, part).items():
                yield (section, name, part, key), inner
    for name, conflict in contest.conflicts.items():
        for path, wish in conflict.wishes():
            for where, each in {path: wish, **forms_of(path, wish)}.items():
                yield ("conflicts", name, *where), each
    for name, chamber in contest.chambers.items():
        if chamber.second_reading is not None:
            yield ("chambers", name, "second_reading"), chamber.second_reading
    for name, stage in contest.pathway.items():
        if stage.recorded is not None:
            yield ("pathway", name, "recorded"), stage.recorded
        for index, effect in enumerate(stage.effects):
            yield ("pathway", name, "effects", index), effect


def _quantities(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for found in contest.inputs().values():
        path = found.path
        for name in names_in(found.quantity.value):
            if path[0] == "quantities":
                yield Fault(path, f"a shared quantity may not refer to another ('{name}'). Write its value out.")
                continue
            yield from unknown(path, "quantity", name, known["quantities"])
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
                yield from unknown((*path, "actor"), "actor", bloc.actor, known["actors"])
            least = sum(support(written_out(share.value, contest))[0] for share in (bloc.yes, bloc.no))
            if 1 < least < math.inf:
                yield Fault(
                    (*path, "no"), f"yes and no come to at least {write(round(least, 6))}; allowed is at most 1"
                )


def _rule(name: str, chamber: Chamber) -> Iterator[Fault]:
    second = chamber.second_reading
    for path, part in ((("chambers", name), chamber), (("chambers", name, "second_reading"), second)):
        if part is None:
            continue
        for key, threshold in (("quorum", part.quorum), *(("passes", condition) for condition in part.passes or ())):
            if threshold is not None and threshold.base is None and threshold.share > chamber.seats:
                yield Fault((*path, key), f"{threshold} members are more than the {chamber.seats} seats")
    rules = []
    for path, read in ((("chambers", name), "rule"), (("chambers", name, "second_reading"), "second_rule")):
        try:
            rules.append(getattr(chamber, read))
        except ContestError as error:
            if path[2:] and not rules:
                continue
            for fault in error.faults:
                yield Fault((*path, *fault.path), fault.message)
    if chamber.casting_vote is not None and not any(rule.can_tie for rule in rules if rule is not None):
        text = "breaks ties, but under this rule no tie can arise, or it passes by itself. Leave it out"
        yield Fault(("chambers", name, "casting_vote"), text)


def _threats(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, threat in contest.threats.items():
        for side in ("sender", "target"):
            yield from unknown(("threats", name, side), "actor", getattr(threat, side), known["actors"])
        if threat.sender == threat.target:
            yield Fault(("threats", name, "target"), f"'{threat.target}' threatens itself; name another target")


def _mobilisations(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    for name, crowd in contest.mobilisations.items():
        path: Path = ("mobilisations", name)
        if crowd.actor is not None:
            yield from unknown((*path, "actor"), "actor", crowd.actor, known["actors"])
        for label, group in crowd.groups.items():
            if group.actor is not None:
                yield from unknown((*path, "groups", label, "actor"), "actor", group.actor, known["actors"])
        if all(support(written_out(group.share.value, contest)) == (0, 0) for group in crowd.groups.values()):
            yield Fault((*path, "groups"), "all shares are 0; give at least one group people")


def _correlations(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    addresses = contest.inputs()
    given: dict[frozenset[str], int] = {}
    for index, correlation in enumerate(contest.correlations):
        for place, address in enumerate(correlation.between):
            path: Path = ("correlations", index, "between", place)
            yield from unknown(path, "quantity", address, addresses)
            value = addresses[address].quantity.value if address in addresses else None
            if isinstance(value, Named):
                yield Fault(path, f"'{address}' is the shared quantity '{value}'; write quantities.{value}")
            elif value is not None and any(names_in(value)):
                yield Fault(path, f"'{address}' holds shared quantities ('{value}'); correlate those instead")
        if len(set(correlation.between)) < len(correlation.between):
            yield Fault(("correlations", index, "between"), "the same quantity stands there twice")
        for pair in dict.fromkeys(frozenset(two) for two in combinations(correlation.between, 2) if len(set(two)) > 1):
            if pair in given:
                text = f"{' and '.join(sorted(pair))} are correlated already, in correlations.{given[pair]}"
                yield Fault(("correlations", index, "between"), f"{text}. Keep one of them.")
            given.setdefault(pair, index)
