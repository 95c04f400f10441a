"""What each family of models reads, made from a contest and the draws of its inputs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from realpolitik.contest.chamber import Chamber, Record
from realpolitik.contest.contest import Contest
from realpolitik.contest.pathway import Stage, issues_of
from realpolitik.forecast.draws import Floats
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.models.crisis.game import ThreatGame
from realpolitik.models.crisis.mobilisation import Crowd
from realpolitik.models.crisis.played import NamedCrisis
from realpolitik.models.crisis.template import template
from realpolitik.models.voting.ballot import Ballot
from realpolitik.models.voting.vote import Vote

__all__ = ["actor_table", "ballot", "bargainers", "crowd", "named_crisis", "recorded_vote", "threat_game"]

Inputs = Mapping[str, Floats]

STAKES = ("sender_stake", "sender_cost", "sender_audience_cost", "target_stake", "target_cost")


def actor_table(contest: Contest, names: tuple[str, ...], inputs: Inputs) -> ActorTable:
    """The actors of some issues, in the order of the file; the reference points only if every issue has one."""
    issues = [contest.issues[name] for name in names]
    actors = tuple(dict.fromkeys(actor for issue in issues for actor in issue.positions))
    takes_part = np.array([[actor in issue.positions for issue in issues] for actor in actors])
    low, high = (np.array([getattr(issue.bounds, end) for issue in issues]) for end in ("low", "high"))
    nothing = np.zeros_like(next(iter(inputs.values())))

    def cells(field: str, missing: Floats) -> Floats:
        columns = [
            [inputs.get(f"issues.{name}.positions.{actor}.{field}", nothing + empty) for actor in actors]
            for name, empty in zip(names, missing, strict=True)
        ]
        return np.stack([np.stack(column, axis=1) for column in columns], axis=2)

    none = np.zeros(len(names))
    columns = (cells("position", low), cells("salience", none), cells("capability", none))
    stay = None
    if all(issue.reference_point is not None for issue in issues):
        stay = np.stack([inputs[f"issues.{name}.reference_point"] for name in names], axis=1)
    return ActorTable(actors, names, *columns, low, high, takes_part, stay)


def bargainers(contest: Contest, stage: Stage) -> tuple[str, ...]:
    """The actors of a bargain, in the order of its table."""
    return tuple(dict.fromkeys(actor for name in issues_of(stage) for actor in contest.issues[name].positions))


def ballot(contest: Contest, name: str, inputs: Inputs) -> Ballot:
    """The blocs of one chamber; yes and no are scaled down where they exceed one together."""
    chamber = contest.chambers[name]
    attends, yes, no, cohesion = (
        np.stack([inputs[f"chambers.{name}.blocs.{bloc}.{field}"] for bloc in chamber.blocs], axis=1)
        for field in ("attends", "yes", "no", "cohesion")
    )
    both = np.maximum(yes + no, 1.0)
    seats = np.array([bloc.seats for bloc in chamber.blocs.values()])
    shares = (attends, yes / both, no / both, cohesion)
    special = _special(chamber, name, inputs)
    return Ballot(
        tuple(chamber.blocs), seats, chamber.seats, *shares, chamber.rule, second=chamber.second_rule, **special
    )


def _special(chamber: Chamber, name: str, inputs: Inputs) -> dict[str, Floats]:
    """What only some chambers state: boycotts, rebels, common shocks, a casting vote, moods that last."""
    found: dict[str, Floats] = {}
    nobody = np.zeros_like(next(iter(inputs.values())))
    for field in ("boycott", "rebels"):
        if any(getattr(bloc, field) is not None for bloc in chamber.blocs.values()):
            columns = [inputs.get(f"chambers.{name}.blocs.{bloc}.{field}", nobody) for bloc in chamber.blocs]
            found[field] = np.stack(columns, axis=1)
    for field in ("attendance_shock", "vote_shock", "casting_vote"):
        if getattr(chamber, field) is not None:
            found[field] = inputs[f"chambers.{name}.{field}"]
    if chamber.second_reading is not None and chamber.second_reading.same_mood is not None:
        found["same_mood"] = inputs[f"chambers.{name}.second_reading.same_mood"]
    return found


def recorded_vote(contest: Contest, name: str, record: Record) -> Vote:
    """A vote that has taken place, as one bloc and one draw."""
    chamber = contest.chambers[name]
    counts = {"recorded": (record.present, record.yes, record.no)}
    return Vote.recorded(counts, total_seats=chamber.seats, rule=chamber.rule)


def threat_game(contest: Contest, name: str, inputs: Inputs, stage: Stage) -> ThreatGame:
    """The payoffs of one threat; the precision only where the stage names the logit variant."""
    home = f"threats.{name}"
    return ThreatGame.from_stakes(
        **{field: inputs[f"{home}.{field}"] for field in STAKES},
        paid_before_yielding=inputs[f"{home}.paid_before_yielding"],
        precision=inputs[f"{home}.precision"] if stage.variant == "logit" else None,
        threat_already_made=contest.threats[name].made,
    )


def crowd(contest: Contest, name: str, inputs: Inputs) -> Crowd:
    """The groups of one mobilisation."""
    home, groups = f"mobilisations.{name}", tuple(contest.mobilisations[name].groups)
    share, threshold, spread = (
        np.stack([inputs[f"{home}.groups.{group}.{field}"] for group in groups], axis=1)
        for field in ("share", "threshold", "spread")
    )
    repression, backlash, pressure, trigger = (
        inputs[f"{home}.{field}"] for field in ("repression", "backlash", "pressure", "trigger")
    )
    return Crowd(groups, share, threshold, spread, repression, backlash, pressure, trigger)


def named_crisis(name: str, stage: Stage, inputs: Inputs) -> NamedCrisis:
    """The game of a stage with its values."""
    home, one = f"pathway.{name}", np.ones_like(next(iter(inputs.values())))
    values = {key: inputs[f"{home}.parameters.{key}"] for key in stage.parameters}
    return NamedCrisis(template(str(stage.crisis)), values, inputs.get(f"{home}.precision", one))
