"""Each noun by itself: what it holds, what it refuses, and that every field says what it is."""

from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from realpolitik.contest.actors import Actor, Issue, Position
from realpolitik.contest.base import Noun
from realpolitik.contest.chamber import Bloc, Chamber, Record, SecondReading
from realpolitik.contest.conflict import Conflict
from realpolitik.contest.contest import Contest, Correlation
from realpolitik.contest.evidence import Claim, DateClaim, Source, Span, Speaker
from realpolitik.contest.expression import parse_expression
from realpolitik.contest.pathway import BaseRate, Effect, Stage, resolve_address
from realpolitik.contest.quantity import Bounds
from realpolitik.contest.rule import DecisionRule, Threshold
from realpolitik.contest.schema import schema
from realpolitik.contest.threat import Threat
from realpolitik.errors import ContestError
from tests.small import CHAMBER, CONFLICT, SMALL, THREAT, change, contest, with_section

POSITION = {"position": 1, "salience": 0.5, "capability": 1}
ISSUE = {"question": "?", "unit": "m", "scale": {0: "a", 1: "b"}, "positions": {"usa": POSITION}}
STAKES = dict.fromkeys(("sender_stake", "sender_cost", "sender_audience_cost", "target_stake", "target_cost"), 1)
SPAN = {"start": 0, "end": 2, "text": "ab"}
CLAIM = {"id": "c1", "kind": "actor", "document": "report", "spans": [SPAN]}

GOOD: list[tuple[type[Noun], dict[str, Any]]] = [
    (Actor, {"name": "Iran", "kind": "state", "aliases": ["Tehran"], "part_of": "x", "note": "n", "evidence": ["c1"]}),
    (Position, POSITION),
    (Issue, ISSUE),
    (Bloc, {"seats": 3, "attends": 0.5, "yes": "0.2 to 0.3", "cohesion": 1}),
    (Record, {"yes": 1, "no": 2, "abstain": 3, "attended": {"a": "1 to 2"}}),
    (Chamber, {"seats": 3, "passes": 2, "blocs": {"a": {"seats": 3, "attends": 1, "yes": 1}}}),
    (SecondReading, {"passes": ["two thirds of seats", 2], "quorum": 3, "same_mood": "0.5 to 0.8"}),
    (Threat, {"sender": "a", "target": "b", "demand": "go", **STAKES}),
    (Conflict, {"decision_makers": {"a": ["x"]}, "preferences": {"a": ["not x"]}}),
    (Correlation, {"between": ["a.b", "c"], "rank": -0.5}),
    (Effect, {"when": "a and b > 3", "add": {"usa.position": "normal(0, 1)"}}),
    (BaseRate, {"share": 0.2, "cases": 10, "of": "votes"}),
    (Stage, {"judgement": 0.2}),
    (Stage, {"choice": {"a": 1, "b": "0 to 3"}, "by": "usa"}),
    (Stage, {"chamber": "house", "recorded": {"yes": 1, "no": 0}}),
    (Stage, {"bargain": "exit", "model_error": "normal(0, 3)", "model": "median", "variant": "lower"}),
    (Source, {"title": "T", "url": "https://example.org", "published": "2020-01-01", "reliability": "A"}),
    (Span, SPAN),
    (Claim, {**CLAIM, "content": [SPAN], "cue": SPAN, "speaker": {"span": SPAN}, "hedges": ["perhaps"]}),
]


@pytest.mark.parametrize(("noun", "written"), GOOD)
def test_a_noun_survives_json_and_cannot_be_changed(noun: type[Noun], written: dict[str, Any]) -> None:
    found = noun.model_validate(written)
    assert noun.model_validate_json(found.model_dump_json()) == found
    assert noun.model_validate(found.model_dump()) == found
    field = next(iter(noun.model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(found, field, getattr(found, field))


@pytest.mark.parametrize(("noun", "written"), GOOD)
def test_a_noun_refuses_an_unknown_key(noun: type[Noun], written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        noun.model_validate({**written, "colour": "red"})
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [("extra_forbidden", ("colour",))]


@pytest.mark.parametrize(
    ("noun", "written", "message"),
    [
        (Actor, {"name": " ", "kind": "state"}, "at least 1 character"),
        (Actor, {"name": "x", "kind": "agent"}, "Input should be 'state'"),
        (Actor, {"name": "x", "kind": "state", "part_of": "a b"}, "match pattern"),
        (Actor, {"name": "x", "kind": "state", "part_of": "a--b"}, "match pattern"),
        (Actor, {"name": "x", "kind": "state", "part_of": "a.b"}, "match pattern"),
        (Actor, {"name": "x", "kind": "state", "part_of": "a\n"}, "match pattern"),
        (Actor, {"name": "x", "kind": "state", "part_of": "a" * 81}, "at most 80 characters"),
        (Position, {**POSITION, "salience": 60}, "If 60 is a percentage, write 0.6"),
        (Position, {**POSITION, "capability": -1}, "allowed is 0 or more"),
        (Issue, {**ISSUE, "scale": {0: "only one"}}, "at least 2 items"),
        (Issue, {**ISSUE, "scale": {0: "a", "top": "b"}}, "valid number"),
        (Issue, {**ISSUE, "scale": {0: "a", float("inf"): "b"}}, "finite number"),
        (Issue, {**ISSUE, "positions": {}}, "at least 1 item"),
        (Bloc, {"seats": -3, "attends": 1, "yes": 1}, "greater than or equal to 1"),
        (Bloc, {"seats": 1.5, "attends": 1, "yes": 1}, "valid integer"),
        (Chamber, {"seats": 10**30, "passes": 1, "blocs": {}}, "less than or equal to 100000"),
        (Chamber, {"seats": 1, "passes": "most", "blocs": {}}, "'most' is not a decision rule. Allowed: 'majority of"),
        (Chamber, {"seats": 1, "passes": True, "blocs": {}}, "found True, expected a text such as 'majority of"),
        (Chamber, {"seats": 1, "passes": 0.5, "blocs": {}}, "found 0.5, expected a text such as"),
        (Record, {"yes": -1, "no": 0}, "greater than or equal to 0"),
        (Correlation, {"between": ["a"], "rank": 0}, "at least 2 items"),
        (Correlation, {"between": ["a", "b"], "rank": 1}, "less than 1"),
        (Correlation, {"between": ["a", "b"], "rank": float("nan")}, "finite number"),
        (Effect, {"when": "a"}, "an effect needs 'set', 'add' or 'scale' with at least one address"),
        (Effect, {"scale": {"a": -1}}, "allowed is 0 or more"),
        (Effect, {"when": 5, "set": {"a": 1}}, "found 5, expected a condition such as 'resolution.passed'"),
        (Effect, {"when": "a and", "set": {"a": 1}}, "'a and', character 6: a name or a number is missing"),
        (Stage, {}, "found none of them"),
        (Stage, {"judgement": 1, "chamber": "x"}, "found chamber and judgement"),
        (
            Stage,
            {"judgement": 1, "model": "x", "variant": "y"},
            "a judgement has no 'model'; a judgement has no 'variant'",
        ),
        (Stage, {"choice": {"a": 1}}, "a choice needs at least two options"),
        (Stage, {"choice": {"a": 1, "happened": 1}}, "an option may not be called 'happened'"),
        (Stage, {"judgement": 1, "model_error": 3}, "'model_error' belongs to a bargain"),
        (Stage, {"bargain": "x", "recorded": {"yes": 1, "no": 1}}, "'recorded' belongs to a chamber"),
        (Source, {"title": "T"}, "a source needs 'file' (a path in the folder), 'sha256' or 'url'"),
        (Source, {"title": "T", "sha256": "A" * 64}, "match pattern"),
        (Span, {"start": 0, "end": 3, "text": "ab"}, "span 0–3 covers 3 characters, but its text has 2"),
        (Claim, {**CLAIM, "spans": []}, "at least 1 item"),
        (Claim, {**CLAIM, "id": "-"}, "match pattern"),
        (BaseRate, {"share": 1.1, "cases": 1, "of": "x"}, "less than or equal to 1"),
        (BaseRate, {"share": 1, "cases": 0, "of": "x"}, "greater than or equal to 1"),
    ],
)
def test_each_noun_refuses_what_cannot_be(noun: type[Noun], written: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        noun.model_validate(written)
    assert any(message in error["msg"] for error in caught.value.errors()), caught.value


def test_quantities_that_are_left_out_have_the_bounds_of_their_field() -> None:
    bloc = Bloc.model_validate({"seats": 3, "attends": 1, "yes": 1})
    assert (bloc.no.bounds, bloc.cohesion.bounds) == (Bounds(0, 1), Bounds(0, 1))
    threat = Threat.model_validate({"sender": "a", "target": "b", "demand": "go", **STAKES})
    assert (threat.paid_before_yielding.bounds, threat.precision.bounds) == (Bounds(0, 1), Bounds(0))


def test_the_ends_of_a_scale_are_its_bounds() -> None:
    assert Issue.model_validate({**ISSUE, "scale": {50: "b", -5: "a", 7: "c"}}).bounds == Bounds(-5, 50)


def test_a_chamber_has_one_rule() -> None:
    rule = contest(with_section(CHAMBER)).chambers["house"].rule
    assert (str(rule.passes), str(rule.quorum), rule.quorum_counts, rule.ties) == (
        "majority of present",
        "majority of seats",
        "present",
        "fail",
    )
    assert (
        Chamber.model_validate({"seats": 1, "passes": Threshold.parse(1), "blocs": {"a": GOOD[3][1]}}).passes[0].share
        == 1
    )
    assert Record(yes=3, no=2, abstain=1).present == 6


def test_a_second_reading_is_as_the_first_where_it_says_nothing() -> None:
    def rules(second: str) -> tuple[DecisionRule, DecisionRule | None]:
        text = CHAMBER.replace("    blocs:", f"    ties: pass\n    second_reading: {second}\n    blocs:")
        house = contest(with_section(text)).chambers["house"]
        return house.rule, house.second_rule

    first, second = rules("{}")
    assert second == first
    first, second = rules("{passes: two thirds of seats, quorum: 3}")
    assert second == DecisionRule.parse(passes="two thirds of seats", quorum=3)
    _, second = rules("{ties: fail, quorum_counts: cast}")
    assert second == DecisionRule.parse(passes="majority of present", quorum="majority of seats", quorum_counts="cast")
    assert contest(with_section(CHAMBER)).chambers["house"].second_rule is None


def test_a_condition_may_be_a_truth_or_be_parsed_already() -> None:
    parsed = parse_expression("a and b")
    assert Stage.model_validate({"judgement": 1, "when": True}).when == parse_expression("true")
    assert Stage.model_validate({"judgement": 1, "when": parsed}).when is parsed


@pytest.mark.parametrize(
    ("stage", "truths", "numbers"),
    [
        ({"chamber": "x"}, ["", "passed", "quorate"], ["present", "yes", "no", "abstain", "margin"]),
        ({"judgement": 0.1}, [""], []),
        ({"choice": {"a": 1, "b": 1}}, ["a", "b"], []),
        ({"threat": "x"}, ["", "threatened", "imposed", "complied", "backed-down", "gave-in", "defied"], []),
        ({"bargain": "x"}, [], [""]),
        ({"conflict": "x"}, ["settled", "moved"], []),
    ],
)
def test_what_guards_may_ask_of_a_stage(stage: dict[str, Any], truths: list[str], numbers: list[str]) -> None:
    found = Stage.model_validate(stage)
    expected = dict.fromkeys([*truths, "happened"], "truth") | dict.fromkeys(numbers, "number")
    assert found.results() == expected
    assert found.kind in stage


@pytest.mark.parametrize(
    ("stage", "address", "meant"),
    [
        ({"bargain": "exit"}, "usa.position", "issues.exit.positions.usa.position"),
        ({"bargain": "exit"}, "quantities.q", "quantities.q"),
        ({"chamber": "house"}, "left.attends", "chambers.house.blocs.left.attends"),
        ({"threat": "sanctions"}, "sender_cost", "threats.sanctions.sender_cost"),
        ({"judgement": 0.3}, "usa.position", None),
        ({"bargain": "other"}, "usa.position", None),
    ],
)
def test_short_addresses_of_effects(stage: dict[str, Any], address: str, meant: str | None) -> None:
    known = {
        "issues.exit.positions.usa.position",
        "quantities.q",
        "chambers.house.blocs.left.attends",
        "threats.sanctions.sender_cost",
    }
    assert resolve_address(Stage.model_validate(stage), address, known) == meant


def test_a_claim_joins_its_words() -> None:
    words = [{"start": 0, "end": 2, "text": "ab"}, {"start": 5, "end": 6, "text": "c"}]
    assert Claim.model_validate({**CLAIM, "spans": words}).text == "ab … c"
    assert Speaker().actor is None
    assert DateClaim.model_fields


def test_a_contest_lists_its_inputs_by_address() -> None:
    text = change(
        with_section("quantities: {q: 1 to 2}\n" + CHAMBER + THREAT),
        ("scale: {0", "reference_point: 10\n    scale: {0"),
        ("position: 0 to 30", "position: {value: 0 to 30, note: x}"),
        ("{judgement: 0.3}", "{choice: {go: 1, stay: 2}}"),
        ("{bargain: exit, when: notice}", "{bargain: exit, model_error: 3, effects: [{add: {usa.position: 5}}]}"),
        ("outcomes:", "  law: {chamber: house, recorded: {yes: 3, no: 2, attended: {left: 4}}}\n\noutcomes:"),
    )
    found = contest(text).inputs()
    assert next(iter(found)) == "quantities.q"
    assert found["issues.exit.reference_point"].bounds == Bounds(0, 100)
    assert found["issues.exit.positions.usa.position"].bounds == Bounds(0, 100)
    assert found["issues.exit.positions.usa.salience"].bounds == Bounds(0, 1)
    assert found["chambers.house.blocs.left.no"].noun == ("chambers", "house", "blocs", "left")
    assert found["threats.sanctions.precision"].bounds == Bounds(0)
    assert found["pathway.notice.choice.go"].noun == ("pathway", "notice")
    assert found["pathway.settlement.model_error"].bounds == Bounds()
    assert found["pathway.settlement.effects.0.add.usa.position"].noun == ("pathway", "settlement", "effects", 0)
    assert found["pathway.law.recorded.attended.left"].noun == ("pathway", "law", "recorded")
    assert {entry.address for entry in found.values()} == set(found)


def test_evidence_of_an_input_is_its_own_or_that_of_its_noun() -> None:
    position = {"position": {"value": 1, "evidence": ["c1"]}, "salience": 0.5, "capability": 1, "evidence": ["c2"]}
    text = {**contest().model_dump(mode="json"), "claims": {id_: {**CLAIM, "id": id_} for id_ in ("c1", "c2")}}
    text["sources"] = {"report": {"title": "T", "url": "https://example.org"}}
    text["issues"]["exit"]["positions"]["usa"] = position
    found = Contest.model_validate(text).inputs()
    home = "issues.exit.positions.usa"
    assert [found[f"{home}.{key}"].evidence for key in ("position", "salience")] == [("c1",), ("c2",)]


def test_a_contest_that_does_not_fit_together_cannot_be_built() -> None:
    with pytest.raises(ContestError, match="there is no actor 'iran'"):
        contest(change(SMALL, ("  iran: {name: Iran, kind: state}\n", "")))


def test_names_for_readers_and_the_order_of_stages() -> None:
    found = contest(
        change(SMALL, ("  notice: {judgement: 0.3}\n", ""), ("outcomes:", "  notice: {judgement: 0.3}\noutcomes:"))
    )
    assert found.actor_name("usa") == "United States"
    assert found.actor_name("nobody") == "nobody"
    assert found.stage_order() == ("notice", "settlement")
    assert found.as_of == date(2020, 1, 8)


def nouns_of_a_file() -> list[type[BaseModel]]:
    """Every noun that contest.yaml and claims.jsonl can hold."""
    waiting, found = [Noun], list[type[BaseModel]]()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.startswith("realpolitik.contest.") and kind not in found:
                found.append(kind)
                waiting.append(kind)
    return found


def test_the_schema_is_json_schema_with_a_word_on_every_field() -> None:
    found = schema()
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "claims" not in found["properties"]
    assert set(found["required"]) == {"contest", "title", "as_of", "horizon", "pathway", "outcomes"}
    objects = [found, *found["$defs"].values()]
    named = [one for one in objects if one.get("type") == "object"]
    assert len(named) > 15
    for one in named:
        assert one["additionalProperties"] is False, one["title"]
        for key, field in one["properties"].items():
            assert field.get("description") or field.get("$ref"), f"{one['title']}.{key}"


def test_every_reference_in_the_schema_is_defined() -> None:
    found = schema()

    def references(node: Any) -> list[str]:
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        own = [node["$ref"]] if isinstance(node, dict) and "$ref" in node else []
        return [*own, *(ref for child in children for ref in references(child))]

    assert {ref.removeprefix("#/$defs/") for ref in references(found)} <= set(found["$defs"])


@pytest.mark.parametrize("noun", nouns_of_a_file(), ids=lambda noun: noun.__name__)
def test_every_field_has_a_description(noun: type[BaseModel]) -> None:
    bare = [name for name, field in noun.model_fields.items() if not field.description]
    assert bare == []


def test_conflicts_hold_conditions() -> None:
    assert contest(with_section(CONFLICT)).conflicts["standoff"].infeasible == ("leave and sanction",)
