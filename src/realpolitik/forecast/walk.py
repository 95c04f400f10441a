"""The pathway, stage by stage, for all draws of a chunk at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.contest.contest import Contest
from realpolitik.contest.crisis import truths_of
from realpolitik.contest.distribution import Named
from realpolitik.contest.expression import Expression
from realpolitik.contest.pathway import OTHERWISE, Stage, issues_of, resolve_address, result_of
from realpolitik.contest.stages import DEFAULT_MODELS, brings_own_error
from realpolitik.contest.states import spelled
from realpolitik.errors import ContestError, Fault
from realpolitik.forecast.conflict import drawn_conflict, picked
from realpolitik.forecast.draws import CHUNK, Chunk, Floats, sample, stream
from realpolitik.forecast.views import actor_table, ballot, crowd, named_crisis, recorded_vote, threat_game
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.models.voting.pivotal import flips
from realpolitik.models.voting.vote import Vote
from realpolitik.registry import models

__all__ = ["YARDSTICKS", "Walk", "Worlds", "walk"]

Bools = NDArray[np.bool_]

YARDSTICKS = ("mean", "median", "compromise")
"""Bargaining models that stand beside every settlement."""


@dataclass(frozen=True)
class Worlds:
    """Everything that was drawn and worked out, one entry of each array a world."""

    inputs: dict[str, Floats]
    """float[draws] by address, as drawn, before any effect."""

    results: dict[str, NDArray[Any]] = field(default_factory=dict)
    """bool[draws] or float[draws] by name, as guards see them: ``notice``, ``resolution.passed``, ``settlement``.
    Where a stage did not happen its truths are false and its numbers are NaN."""

    details: dict[str, NDArray[Any]] = field(default_factory=dict)
    """What the reports need beside the results: ``law/pivotal`` bool[draws, blocs], ``settlement/leverage``
    float[draws, actors], ``settlement/median`` float[draws] and so on."""

    outcome: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """int[draws]: index into the contest's outcomes."""


def walk(contest: Contest, seed: int, chunk: Chunk) -> Worlds:
    """Draw one chunk of a contest and walk its pathway.

    Parameters
    ----------
    contest : what is walked.
    seed : a non-negative whole number.
    chunk : which draws.

    Raises
    ------
    ContestError : some draw fits no outcome; the message shows one.
    """
    drawn = sample(contest, seed, chunk)
    path = Walk(contest, seed, chunk, dict(drawn), Worlds(drawn))
    for name in contest.stage_order():
        path.take(name, contest.pathway[name])
    return Worlds(drawn, path.worlds.results, path.worlds.details, path.outcomes())


@dataclass
class Walk:
    """One chunk on its way down the pathway."""

    contest: Contest
    seed: int
    chunk: Chunk
    inputs: dict[str, Floats]
    worlds: Worlds

    def take(self, name: str, stage: Stage) -> None:
        happened = self.holds(stage.when)
        self.change(name, stage, happened)
        rng = stream(self.seed, self.chunk, f"stage {name}")
        self.worlds.results[f"{name}.happened"] = happened
        results = RUNNERS[stage.kind](self, name, stage, rng)
        for key, values in results.items():
            full = np.broadcast_to(values, happened.shape)
            masked = full & happened if full.dtype == np.bool_ else np.where(happened, full, np.nan)
            self.worlds.results[f"{name}.{key}" if key else name] = masked

    def holds(self, condition: Expression | None) -> Bools:
        if condition is None:
            return np.ones(self.chunk.size, dtype=np.bool_)
        return np.array(np.broadcast_to(condition.evaluate(self.value), self.chunk.size), dtype=np.bool_)

    def value(self, name: str) -> NDArray[Any]:
        shared = self.inputs.get(f"quantities.{name}")
        return self.worlds.results[name] if shared is None else shared

    def change(self, name: str, stage: Stage, happened: Bools) -> None:
        """Let the effects of a stage act on the inputs, in the draws in which the stage happens."""
        known = self.contest.inputs()
        for index, effect in enumerate(stage.effects):
            where = happened & self.holds(effect.when)
            for verb in ("set", "add", "scale"):
                for address in getattr(effect, verb):
                    target = str(resolve_address(stage, address, known))
                    amount = self.inputs[f"pathway.{name}.effects.{index}.{verb}.{address}"]
                    for reached in (target, *self.sharing(target)):
                        self.alter(reached, verb, amount, where)

    def sharing(self, target: str) -> tuple[str, ...]:
        """Addresses of the fields that hold the name of this shared quantity."""
        section, _, name = target.partition(".")
        if section != "quantities":
            return ()
        inputs = self.contest.inputs()
        return tuple(address for address, found in inputs.items() if found.quantity.value == Named(name))

    def alter(self, address: str, verb: str, amount: Floats, where: Bools) -> None:
        old, bounds = self.inputs[address], self.contest.inputs()[address].bounds
        new = {"set": amount, "add": old + amount, "scale": old * amount}[verb]
        self.inputs[address] = np.where(where, np.clip(new, bounds.low, bounds.high), old)

    def run(self, stage: Stage, view: Any, rng: np.random.Generator) -> Any:
        entry = models.get(stage.model or DEFAULT_MODELS[stage.kind])
        chosen = {"variant": stage.variant} if stage.variant else {}
        return entry(view, rng=rng, **chosen)

    def _judgement(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        return {"": rng.random(self.chunk.size) < self.inputs[f"pathway.{name}.judgement"]}

    def _choice(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        options = tuple(stage.choice or ())
        weights = np.stack([self.inputs[f"pathway.{name}.choice.{option}"] for option in options])
        total = weights.sum(axis=0)
        if ((total <= 0) & self.worlds.results[f"{name}.happened"]).any():
            text = "in some draws all weights are zero; give at least one option a weight above zero"
            raise ContestError([Fault(("pathway", name, "choice"), text)])
        edges = np.cumsum(weights / np.where(total > 0, total, 1.0), axis=0)[:-1]
        chosen = (rng.random(self.chunk.size) >= edges).sum(axis=0)
        return {option: chosen == index for index, option in enumerate(options)}

    def _chamber(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        chamber = str(stage.chamber)
        if stage.recorded is not None:
            vote = recorded_vote(self.contest, chamber, stage.recorded)
        else:
            vote = self.run(stage, ballot(self.contest, chamber, self.inputs), rng)
            home, turned = flips(vote)
            self.worlds.details.update({f"{name}/staying-home": home, f"{name}/voting-no": turned})
            self.worlds.details[f"{name}/present"] = vote.present_by_bloc
        return _vote_results(vote)

    def _threat(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        crisis = self.run(stage, threat_game(self.contest, str(stage.threat), self.inputs, stage), rng)
        ends = {end: crisis.end == index for index, end in enumerate(crisis.ends)}
        self.worlds.details.update({f"{name}/probability": crisis.probability, f"{name}/tie": crisis.tie})
        none = ends.pop("no-threat")
        imposed = ends["gave-in"] | ends["defied"]
        return {"": imposed, "imposed": imposed, "threatened": ~none, **ends}

    def _crisis(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        found = self.run(stage, named_crisis(name, stage, self.inputs), rng)
        self.worlds.details.update({f"{name}/probability": found.probability, f"{name}/tie": found.tie})
        column = {end: place for place, end in enumerate(found.outcomes)}  # a short ladder lacks some ends
        return {key: found.end == column.get(end, -1) for key, end in truths_of(str(stage.crisis)).items()}

    def _mobilisation(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        people = crowd(self.contest, str(stage.mobilisation), self.inputs)
        found = self.run(stage, people, rng)
        shares = {key: getattr(found, key) for key in ("turnout", "least", "most", "tipping")}
        return {"grows": found.turnout > people.trigger, "several": found.several, **shares}

    def _bargain(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        table = actor_table(self.contest, issues_of(stage), self.inputs)
        settled = self.run(stage, table, rng).outcome
        beside = {yardstick: models.get(yardstick)(table).outcome for yardstick in YARDSTICKS}
        results: dict[str, Any] = {}
        for place, issue in enumerate(table.issues):
            home = result_of(name, stage, issue)
            for yardstick, outcome in beside.items():
                self.worlds.details[f"{home}/{yardstick}"] = outcome[:, place]
            self.worlds.details[f"{home}/model"] = settled[:, place]
            own = [table.actors.index(actor) for actor in self.contest.issues[issue].positions]
            self.worlds.details[f"{home}/leverage"] = leverage(table, place)[:, own].astype(np.float32)
            for part in ("position", "salience", "capability"):
                self.worlds.details[f"{home}/{part}"] = getattr(table, part)[:, own, place].astype(np.float32)
            error = 0.0 if brings_own_error(stage) else self.inputs.get(f"pathway.{home}.model_error", 0.0)
            ends = table.low[place], table.high[place]
            results["" if home == name else issue] = np.clip(settled[:, place] + error, *ends)
        return results

    def _conflict(self, name: str, stage: Stage, rng: np.random.Generator) -> dict[str, Any]:
        happened = self.worlds.results[f"{name}.happened"]
        starts = {option: self.holds(condition) for option, condition in stage.start.items()}
        key, pick = str(stage.conflict), partial(picked, self.seed, self.chunk)
        inputs = self.inputs or {"": np.zeros(self.chunk.size)}
        view = drawn_conflict(self.contest, key, inputs, pick, stage=stage, starts=starts, where=happened)
        rest = self.run(stage, view, rng)
        masks = view.graph.states[rest.state]
        self.worlds.details.update({f"{name}/state": rest.state + 1, f"{name}/moves": rest.moves})
        taken = {spelled(option): (masks >> bit & 1).astype(np.bool_) for bit, option in enumerate(view.graph.options)}
        return {**taken, "settled": rest.settled, "moved": rest.state != view.start}

    def outcomes(self) -> NDArray[np.int64]:
        names = tuple(self.contest.outcomes)
        outcome = np.full(self.chunk.size, -1, dtype=np.int64)
        for index, condition in enumerate(self.contest.outcomes.values()):
            holds = self.holds(None if condition.text == OTHERWISE else condition)
            outcome[(outcome < 0) & holds] = index
        if (outcome < 0).any():
            raise ContestError([Fault(("outcomes",), self.example(int(np.argmax(outcome < 0)), names))])
        return outcome

    def example(self, draw: int, names: tuple[str, ...]) -> str:
        number = self.chunk.index * CHUNK + draw
        shown = [
            f"{name} = {values[draw].item()}" if values.dtype == np.bool_ else f"{name} = {values[draw]:.4g}"
            for name, values in self.worlds.results.items()
            if not name.endswith(".happened")
        ]
        return (
            f"draw {number} fits none of {', '.join(names)}. There: {'; '.join(shown)}. "
            f"Add an outcome for it, or a last one with '{OTHERWISE}'."
        )


RUNNERS = {
    "judgement": Walk._judgement,
    "choice": Walk._choice,
    "chamber": Walk._chamber,
    "threat": Walk._threat,
    "bargain": Walk._bargain,
    "crisis": Walk._crisis,
    "mobilisation": Walk._mobilisation,
    "conflict": Walk._conflict,
}


def _vote_results(vote: Vote) -> dict[str, Any]:
    counts = ("present", "yes", "no", "abstain", "margin")
    numbers: Mapping[str, Any] = {key: getattr(vote, key).astype(np.float64) for key in counts}
    return {"": vote.passed, "passed": vote.passed, "quorate": vote.quorate, **numbers}


def leverage(table: ActorTable, issue: int = 0) -> Floats:
    """How far each actor moves the compromise on one issue: float[draws, actors], in its unit.

    The compromise with everybody minus the compromise without this actor; 0 where it stands alone.
    """
    weight = table.weight("capability", "salience")[:, :, issue]
    position = table.asks[:, :, issue]
    total, pull = weight.sum(axis=1, keepdims=True), (weight * position).sum(axis=1, keepdims=True)
    rest = total - weight
    without = np.divide(pull - weight * position, rest, out=np.full_like(position, np.nan), where=rest > 0)
    moved = pull / total - without
    return np.where(np.isnan(without), 0.0, moved)
