"""A second, slow, simple reading of a contest: one draw at a time, in plain Python.

It shares no code with the product beyond the nouns themselves: conditions are read by :mod:`tests.plain.expression`,
and no array, model or walk of the product is used. It covers what leaves nothing to chance once the inputs are drawn.
"""

import math
from collections.abc import Mapping
from fractions import Fraction

from realpolitik.contest.chamber import Chamber
from realpolitik.contest.contest import Contest, Input
from realpolitik.contest.expression import names
from realpolitik.contest.pathway import Effect, Stage
from tests.plain.expression import Value, holds

Results = dict[str, Value]
NOTHING = math.nan


def walk(contest: Contest, drawn: Mapping[str, float]) -> tuple[Results, str]:
    """Results of every stage, and the name of the outcome, in the world with these inputs."""
    inputs, fields = dict(drawn), contest.inputs()
    values: Results = {}
    left = list(contest.pathway)
    while left:
        name = next(name for name in left if not _waits_for(contest.pathway[name]) & set(left))
        left.remove(name)
        stage = contest.pathway[name]
        happens = _true(stage, values, inputs)
        if happens:
            for index, effect in enumerate(stage.effects):
                if effect.when is None or holds(effect.when.text, values | _shared(inputs)):
                    _change(fields, stage, effect, f"pathway.{name}.effects.{index}", inputs)
        results = _results(contest, name, stage, inputs) if happens else _missing(stage)
        values |= {f"{name}.{key}" if key else name: value for key, value in results.items()}
        values[f"{name}.happened"] = happens
    for outcome, condition in contest.outcomes.items():
        if condition.text == "otherwise" or holds(condition.text, values | _shared(inputs)):
            return values, outcome
    raise ValueError("no outcome fits")


def _waits_for(stage: Stage) -> set[str]:
    conditions = [stage.when, *(effect.when for effect in stage.effects)]
    return {ref.name.split(".")[0] for condition in conditions if condition for ref in names(condition)}


def _shared(inputs: Mapping[str, float]) -> Results:
    home = "quantities."
    return {key.removeprefix(home): value for key, value in inputs.items() if key.startswith(home)}


def _true(stage: Stage, values: Results, inputs: Mapping[str, float]) -> bool:
    return stage.when is None or holds(stage.when.text, values | _shared(inputs))


def _missing(stage: Stage) -> Results:
    return {key: False if kind == "truth" else NOTHING for key, kind in stage.results().items()}


def _change(fields: Mapping[str, Input], stage: Stage, effect: Effect, home: str, inputs: dict[str, float]) -> None:
    short = f"issues.{stage.bargain}.positions."
    for verb in ("set", "add", "scale"):
        for address in getattr(effect, verb):
            target = address if address in inputs else short + address
            amount = inputs[f"{home}.{verb}.{address}"]
            old = inputs[target]
            new = amount if verb == "set" else old + amount if verb == "add" else old * amount
            bounds = fields[target].bounds
            inputs[target] = min(max(new, bounds.low), bounds.high)


def _results(contest: Contest, name: str, stage: Stage, inputs: Mapping[str, float]) -> Results:
    match stage.kind:
        case "judgement":
            probability = inputs[f"pathway.{name}.judgement"]
            if probability not in (0, 1):
                raise ValueError(f"{name} is left to chance")
            return {"": probability == 1}
        case "choice":
            weights = {option: inputs[f"pathway.{name}.choice.{option}"] for option in stage.choice or {}}
            if sum(weight > 0 for weight in weights.values()) != 1:
                raise ValueError(f"{name} is left to chance")
            return {option: weight > 0 for option, weight in weights.items()}
        case "bargain":
            return {"": _settle(contest, name, stage, inputs)}
        case "threat":
            return _crisis(contest, str(stage.threat), inputs)
        case "chamber":
            return _vote(contest.chambers[str(stage.chamber)], str(stage.chamber), stage, inputs)
    raise ValueError(f"a {stage.kind} is not walked here")


def _settle(contest: Contest, name: str, stage: Stage, inputs: Mapping[str, float]) -> float:
    issue = contest.issues[str(stage.bargain)]
    rows = [
        [
            inputs[f"issues.{stage.bargain}.positions.{actor}.{field}"]
            for field in ("position", "salience", "capability")
        ]
        for actor in issue.positions
    ]
    if stage.model == "mean":
        found = sum(position for position, _, _ in rows) / len(rows)
    elif stage.model == "median":
        found = _median(
            [(position, Fraction(salience) * Fraction(capability)) for position, salience, capability in rows]
        )
    else:
        total = sum(salience * capability for _, salience, capability in rows)
        found = sum(position * salience * capability for position, salience, capability in rows) / total
    error = inputs.get(f"pathway.{name}.model_error", 0.0)
    return min(max(found + error, min(issue.scale)), max(issue.scale))


def _median(rows: list[tuple[float, Fraction]]) -> float:
    rows = sorted(rows)
    half, reached = sum(weight for _, weight in rows) / 2, Fraction(0)
    for index, (position, weight) in enumerate(rows):
        reached += weight
        if reached > half:
            return position
        if reached == half:
            following = next(other for other, more in rows[index + 1 :] if more > 0)
            return (position + following) / 2
    raise ValueError("nobody weighs anything")


def _crisis(contest: Contest, name: str, inputs: Mapping[str, float]) -> Results:
    worth = {field: inputs[f"threats.{name}.{field}"] for field in ("sender_stake", "sender_cost", "target_stake")}
    harm, shame = inputs[f"threats.{name}.target_cost"], inputs[f"threats.{name}.sender_audience_cost"]
    paid = inputs[f"threats.{name}.paid_before_yielding"]
    gain, price, loss = worth["sender_stake"], worth["sender_cost"], worth["target_stake"]
    last = "defied" if -harm > -loss - paid * harm else "gave-in"
    after_imposing = {"defied": (-price, -harm), "gave-in": (gain - paid * price, -loss - paid * harm)}[last]
    third = (last, after_imposing) if after_imposing[0] > -shame else ("backed-down", (-shame, 0.0))
    second = third if third[1][1] > -loss else ("complied", (gain, -loss))
    threatens = contest.threats[name].made or second[1][0] > 0
    end = second[0] if threatens else "no-threat"
    ends: Results = {key: end == key for key in ("complied", "backed-down", "gave-in", "defied")}
    imposed = end in ("gave-in", "defied")
    return {"": imposed, "imposed": imposed, "threatened": end != "no-threat", **ends}


def _vote(chamber: Chamber, name: str, stage: Stage, inputs: Mapping[str, float]) -> Results:
    present = yes = no = 0
    if stage.recorded is not None:
        present, yes, no = stage.recorded.present, stage.recorded.yes, stage.recorded.no
    else:
        for key, bloc in chamber.blocs.items():
            attends, in_favour, against = (
                inputs[f"chambers.{name}.blocs.{key}.{field}"] for field in ("attends", "yes", "no")
            )
            if {attends, in_favour, against} - {0, 1}:
                raise ValueError(f"{name} is left to chance")
            here = bloc.seats if attends else 0
            present, yes, no = present + here, yes + here * int(in_favour), no + here * int(against)
    base = {"seats": chamber.seats, "present": present, "cast": yes + no}
    counted = present if chamber.quorum_counts == "present" else yes + no
    quorum = {"1": 1, "majority of seats": chamber.seats // 2 + 1, "two thirds of seats": -(-2 * chamber.seats // 3)}
    quorate = counted >= quorum[str(chamber.quorum)]
    of = base[str(chamber.passes[0]).rpartition(" ")[2]]
    needed = max(1, -(-of // 2) if chamber.ties == "pass" else of // 2 + 1)
    passed = quorate and yes >= needed
    numbers = {"present": present, "yes": yes, "no": no, "abstain": present - yes - no, "margin": yes - needed}
    return {"": passed, "passed": passed, "quorate": quorate} | {key: float(value) for key, value in numbers.items()}
