"""Stages: what they work on exists, their model fits, and their effects change something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from realpolitik.contest.crisis import crisis_faults
from realpolitik.contest.distribution import support
from realpolitik.contest.guards import guard_faults, vocabulary
from realpolitik.contest.named import Path, unknown, written_out
from realpolitik.contest.order import cycles, order_stages
from realpolitik.contest.pathway import Effect, Stage, issues_of, resolve_address
from realpolitik.contest.states import spelled
from realpolitik.errors import Fault, nearest
from realpolitik.registry import models

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["DEFAULT_MODELS", "brings_own_error", "stage_faults"]


DEFAULT_MODELS = {"chamber": "passage", "threat": "threat", "bargain": "compromise", "conflict": "graph-model",
                  "crisis": "crisis", "mobilisation": "mobilisation"}  # fmt: skip
"""What works out a stage that names no model."""


def stage_faults(contest: Contest, known: dict[str, set[str]]) -> Iterator[Fault]:
    kinds, ranges = vocabulary(contest, known)
    addresses = {key: found for key, found in contest.inputs().items() if "effects" not in found.path}
    for name, stage in contest.pathway.items():
        path: Path = ("pathway", name)
        sections = {
            "chamber": "chambers",
            "threat": "threats",
            "bargain": "issues",
            "conflict": "conflicts",
            "mobilisation": "mobilisations",
        }
        section = sections.get(stage.kind)
        if section:
            singular = section.rstrip("s")
            yield from unknown((*path, stage.kind), singular, str(getattr(stage, stage.kind)), known[section])
        for index, issue in enumerate(stage.along_with):
            yield from unknown((*path, "along_with", index), "issue", issue, known["issues"])
        if stage.by is not None:
            yield from unknown((*path, "by"), "actor", stage.by, known["actors"])
        yield from crisis_faults(contest, path, stage, known["actors"])
        yield from _record(contest, path, stage)
        yield from _method(path, stage)
        if stage.when is not None:
            yield from guard_faults((*path, "when"), stage.when, kinds, ranges, known)
        yield from _start(contest, path, stage)
        for option, guard in stage.start.items():
            yield from guard_faults((*path, "start", option), guard, kinds, ranges, known)
        for index, effect in enumerate(stage.effects):
            yield from _effect(contest, (*path, "effects", index), stage, effect, addresses, known)
            if effect.when is not None:
                yield from guard_faults((*path, "effects", index, "when"), effect.when, kinds, ranges, known)
    yield from _settled_twice(contest)
    for cycle in cycles(contest.pathway):
        yield Fault(("pathway", cycle[0]), f"stages wait for each other in a circle: {' → '.join((*cycle, cycle[0]))}")


def _settled_twice(contest: Contest) -> Iterator[Fault]:
    settled: dict[str, str] = {}
    for name, stage in contest.pathway.items():
        for place, issue in enumerate(issues_of(stage)):
            first = settled.setdefault(issue, f"{name} {place}")
            if first != f"{name} {place}":
                earlier = first.partition(" ")[0]
                text = f"'{earlier}' settles '{issue}' already. Use one stage, with effects for the different cases."
                yield Fault(("pathway", name, "along_with" if place else "bargain"), text)


def _start(contest: Contest, path: Path, stage: Stage) -> Iterator[Fault]:
    """What a conflict starts from, and what its options are called among its results."""
    conflict = contest.conflicts.get(stage.conflict or "")
    if conflict is None:
        return
    names = [spelled(option) for option in conflict.options]
    if conflict.status_quo is None:
        text = f"'{stage.conflict}' does not say where it starts. Give it a 'status_quo', [] where no option is taken."
        yield Fault((*path, "conflict"), text)
    for option in stage.start:
        yield from unknown((*path, "start", option), "option", spelled(option), names)
    for taken in [name for name in names if name in stage.results()]:
        text = f"option '{taken}' bears the name of another result of the stage; rename it in the conflict"
        yield Fault((*path, "conflict"), text)


def _record(contest: Contest, path: Path, stage: Stage) -> Iterator[Fault]:
    chamber = contest.chambers.get(stage.chamber or "")
    if stage.recorded is not None and chamber is not None and stage.recorded.present > chamber.seats:
        text = f"{stage.recorded.present} members took part, but the chamber has {chamber.seats} seats"
        yield Fault((*path, "recorded"), text)
    if stage.recorded is not None and chamber is not None and chamber.second_reading is not None:
        text = "a record is of one vote, but this chamber has a second reading. Give each vote a chamber of its own"
        yield Fault((*path, "recorded"), text)
    if stage.recorded is not None and chamber is not None:
        for bloc, members in stage.recorded.attended.items():
            yield from unknown((*path, "recorded", "attended", bloc), "bloc", bloc, chamber.blocs)
            seats = chamber.blocs[bloc].seats if bloc in chamber.blocs else members.bounds.high
            if support(written_out(members.value, contest))[1] > seats:
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


def _serves(name: str) -> str:
    """The kind of stage that a model works out, as its input view says."""
    return str(models.get(name).about["accepts"].stage)


def brings_own_error(stage: Stage) -> bool:
    """Whether the model of a bargain draws from what may happen, its own errors included; no other is added then."""
    return stage.bargain is not None and bool(
        models.get(stage.model or DEFAULT_MODELS[stage.kind]).about.get("predictive")
    )


def _broken(contest: Contest, stage: Stage, known: dict[str, set[str]]) -> bool:
    """Whether the noun that the stage works on is declared but could not be read."""
    return any(
        name in known[section] and name not in getattr(contest, section)
        for section, name in (
            *(("issues", issue) for issue in issues_of(stage)),
            ("chambers", stage.chamber),
            ("threats", stage.threat),
            ("mobilisations", stage.mobilisation),
            ("conflicts", stage.conflict),
        )
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
            elif target is not None and (reason := _idle(contest, str(path[1]), target)):
                yield Fault(where, reason)
            elif target is not None and verb == "set":
                fault = addresses[target].bounds.fault(written_out(quantity.value, contest))
                if fault:
                    yield Fault(where, fault)


def _idle(contest: Contest, name: str, target: str) -> str | None:
    """Why an effect of this stage on that address would change nothing."""
    section, _, rest = target.partition(".")
    other = rest.partition(".")[0]
    order = order_stages(contest.pathway)
    if section == "pathway" and other in order and name in order and order.index(other) < order.index(name):
        return f"stage '{other}' is worked out before '{name}', so this would change nothing. Put the effect there."
    return None


def _short(stage: Stage, addresses: Iterable[str]) -> list[str]:
    homes = (f"issues.{stage.bargain}.positions.", f"chambers.{stage.chamber}.blocs.", f"threats.{stage.threat}.",
             f"mobilisations.{stage.mobilisation}.", f"conflicts.{stage.conflict}.preferences.")  # fmt: skip
    near = [address.removeprefix(home) for home in homes for address in addresses if address.startswith(home)]
    return near or list(addresses)
