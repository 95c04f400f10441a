"""Mobilisations and named crises as stages: inputs, results, guards, effects, and the record of sanctions."""

from pathlib import Path

import numpy as np
import pytest

from realpolitik.errors import ModelError
from realpolitik.forecast import records
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.summary import as_json
from realpolitik.models.crisis.base_rates import TIES
from realpolitik.models.crisis.mobilisation import PEOPLE
from realpolitik.models.crisis.template import template
from tests import small

STREET = """\
mobilisations:
  street:
    of: adults of the capital
    actor: iran
    groups:
      first: {share: 1, threshold: 0, spread: 0}
      then: {share: 4, threshold: 0.1 to 0.3, spread: 0}
      never: {share: 5, threshold: 2, spread: 0}

"""

CHICKEN = "{crisis: chicken, parameters: {a_prize: 2, a_loss: 1, a_crash: 4, b_prize: 1, b_loss: 2, b_crash: 1 to 8}%s}"

THREAT_VALUES = (
    "sender_stake: 3, sender_audience_cost: 1, sender_cost: 0 to 4, sender_paid: 1, target_stake: 2, "
    "target_cost: 1 to 5, target_paid: 1"
)


def run(stages: str, section: str = STREET) -> Forecast:
    text = small.change(small.with_section(section), ("  settlement:", f"{stages}  settlement:"))
    return forecast(small.contest(text), draws=2_000)


def test_turnout_follows_from_the_groups() -> None:
    """A tenth is out; four tenths follow where they wait for no more than that tenth."""
    found = run("  rally: {mobilisation: street}\n")
    waits = found.worlds.inputs["mobilisations.street.groups.then.threshold"]
    expected = np.where(waits <= 0.1, 0.5, 0.1)
    assert found.worlds.results["rally.turnout"].tolist() == pytest.approx(expected.tolist())
    assert 0.02 < (expected == 0.5).mean() < 0.2
    assert found.truth("rally.grows").all()
    assert (found.truth("rally.several") == (waits > 0.1) & (waits <= 0.5)).all()
    tipping = found.worlds.results["rally.tipping"]
    assert tipping[expected == 0.5].tolist() == pytest.approx(np.ones((expected == 0.5).sum()).tolist())
    tips = (expected == 0.1) & (waits <= 0.5)
    assert tipping[tips] == pytest.approx(waits[tips], abs=1 / PEOPLE)


def test_turnout_in_guards_and_effects() -> None:
    """Effects reach groups and shifts by their short names; guards read the turnout."""
    found = run(
        "  rally:\n    mobilisation: street\n"
        "    effects: [{when: notice, set: {trigger: 0.4}}, {when: not notice, add: {then.threshold: 1}}]\n"
        "  answer: {judgement: 1, when: rally.turnout >= 0.2}\n"
    )
    notice, turnout = found.truth("notice"), found.worlds.results["rally.turnout"]
    waits = found.worlds.inputs["mobilisations.street.groups.then.threshold"]
    assert turnout == pytest.approx(np.where(notice & (waits <= 0.4), 0.5, 0.1))
    assert (found.truth("answer") == notice & (waits <= 0.4)).all()


def test_repression_and_anger_at_it() -> None:
    text = STREET.replace("    groups:", "    repression: 0.5\n    backlash: 0.4 to 1.6\n    groups:")
    found = run("  rally: {mobilisation: street}\n", text)
    anger = found.worlds.inputs["mobilisations.street.backlash"]
    assert (found.worlds.results["rally.turnout"][anger < 0.99] == 0).all()
    assert (found.worlds.results["rally.turnout"][anger > 1] >= 0.1).all()


def test_a_crisis_ends_in_one_way_in_every_draw() -> None:
    found = run(f"  duel: {CHICKEN % ', variant: equilibrium'}\n  war: {{judgement: 1, when: duel.crash}}\n", "")
    ends = np.stack([found.truth(f"duel.{end}") for end in ("both-yield", "a-yields", "b-yields", "crash")])
    assert (ends.sum(axis=0) == 1).all()
    assert (found.truth("war") == ends[3]).all()
    chicken, firm = template("chicken"), found.worlds.inputs["pathway.duel.parameters.b_crash"] < 2
    assert (ends[1] == firm)[firm].all()
    values = {one.name: found.worlds.inputs[f"pathway.duel.parameters.{one.name}"] for one in chicken.parameters}
    assert chicken.play is not None
    assert found.worlds.details["duel/probability"] == pytest.approx(chicken.play(values).probability)


def test_a_crisis_under_quantal_response_is_sampled_from_its_probabilities() -> None:
    found = run(f"  duel: {CHICKEN % ', precision: 0.5 to 2, when: notice'}\n", "")
    happened = found.truth("notice")
    probability = found.worlds.details["duel/probability"]
    assert probability.sum(axis=1) == pytest.approx(1)
    for column, end in enumerate(("both-yield", "a-yields", "b-yields", "crash")):
        drawn = found.truth(f"duel.{end}")
        assert not drawn[~happened].any()
        p = probability[happened, column]
        assert abs(drawn[happened].mean() - p.mean()) <= 4 * np.sqrt((p * (1 - p)).sum()) / happened.sum()


def test_a_short_ladder_lacks_an_end() -> None:
    values = "rungs: 2, prize: 3, stake: 3, challenger_rung: 0.2, defender_rung: 0.2, challenger_war: -4 to 2"
    found = run(f"  climb: {{crisis: ladder, parameters: {{{values}, defender_war: -3}}}}\n", "")
    ends = {end: found.truth(f"climb.{end}") for end in ("no-challenge", "challenger-backs-down",
                                                         "defender-gives-way", "war")}  # fmt: skip
    assert not ends["challenger-backs-down"].any()
    assert (np.stack(list(ends.values())).sum(axis=0) == 1).all()
    assert ends["war"].any()


def test_a_template_without_an_equilibrium_says_so() -> None:
    values = f"resolved: 0.5, resolved_cost: 0.5, {THREAT_VALUES}"
    with pytest.raises(ModelError, match="no equilibrium of its own"):
        run(f"  x: {{crisis: threat-unknown-resolve, parameters: {{{values}}}, variant: equilibrium}}\n", "")


@pytest.mark.parametrize("kind", ["threat", "crisis"])
def test_the_record_of_sanctions_stands_beside_both_kinds_of_stage(kind: str) -> None:
    if kind == "threat":
        section = small.THREAT.replace("demand: stay,", "demand: stay, sanctions: true,").replace(
            "cost: 10", "cost: 3 to 9"
        )
        found = run("  duress: {threat: sanctions, variant: logit}\n", section)
        gave_in, gave_up = ("complied", "gave-in"), ("backed-down",)
    else:
        found = run(f"  duress: {{crisis: threat, parameters: {{{THREAT_VALUES}}}}}\n", "")
        gave_in = ("target-complies-with-the-threat", "target-gives-in-to-sanctions")
        gave_up = ("sender-backs-down",)
    shown = as_json(found)["stages"]["duress"]["record"]
    assert "TIES" in shown["source"]
    assert len(shown["records"]) == len(TIES)
    assert "record" not in as_json(found)["stages"]["notice"]
    own = records.of_stage(found, "duress")
    assert own is not None
    assert own.target_gave_in == pytest.approx(sum(found.truth(f"duress.{e}").sum() for e in gave_in) / own.number)
    assert own.sender_backed_down == pytest.approx(sum(found.truth(f"duress.{e}").sum() for e in gave_up) / own.number)
    assert own.target_gave_in + own.sender_backed_down <= 1


def test_another_threat_has_no_record_beside_it() -> None:
    found = run("  duress: {threat: sanctions}\n", small.THREAT)
    assert "record" not in as_json(found)["stages"]["duress"]


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        ("{crisis: chiken}", "there is no template 'chiken'. Did you mean 'chicken'"),
        ("{crisis: chicken}", "'chicken' needs a_prize, a_loss"),
        (CHICKEN % ", players: {c: usa}", "there is no player of 'chicken' 'c'"),
        (CHICKEN % ", players: {a: france}", "there is no actor 'france'"),
        (CHICKEN.replace("a_loss: 1", "a_loss: 30") % "", "reaches 30; allowed is 0 to 10"),
        (CHICKEN.replace("a_loss", "loss") % "", "there is no parameter of 'chicken' 'loss'"),
        ("{crisis: ultimatum, parameters: {pie: 1, proposer_outside: 0, responder_outside: 0, steps: 2 to 9}}",
         "must be one whole number"),
        ("{judgement: 0.5, parameters: {x: 1}}", "'parameters' belongs to a crisis"),
        ("{judgement: 0.5, precision: 1}", "'precision' belongs to a crisis"),
        ("{mobilisation: stret}", "there is no mobilisation 'stret'"),
        ("{mobilisation: street, when: x.turnout > 2}", "wait for each other"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(tmp_path: Path, stage: str, text: str) -> None:
    written = small.change(small.with_section(STREET), ("  settlement:", f"  x: {stage}\n  settlement:"))
    assert text in "\n".join(small.said(small.folder(tmp_path, written)))


def test_a_guard_that_no_turnout_meets_and_unknown_actors_are_said(tmp_path: Path) -> None:
    street = STREET.replace("actor: iran", "actor: irn").replace("first: {", "first: {actor: nobody, ")
    written = small.change(
        small.with_section(street),
        (
            "  settlement:",
            "  rally: {mobilisation: street}\n  y: {judgement: 1, when: rally.turnout > 1}\n  settlement:",
        ),
    )
    said = "\n".join(small.said(small.folder(tmp_path, written)))
    for text in ("no actor 'irn'", "no actor 'nobody'", "can never hold"):
        assert text in said
    none = STREET.replace("share: 1,", "share: 0,").replace("share: 4,", "share: 0,").replace("share: 5,", "share: 0,")
    assert "all shares are 0" in "\n".join(small.said(small.folder(tmp_path, small.with_section(none))))
