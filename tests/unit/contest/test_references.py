"""Everything in a contest that must fit something else; each fault by itself, with its place and the nearest name."""

from pathlib import Path

import pytest

from realpolitik.contest.order import order_stages
from realpolitik.contest.pathway import Stage
from realpolitik.contest.references import faults_of
from tests.small import CHAMBER, CONFLICT, SMALL, THREAT, change, claim, contest, faults, folder, said, with_section

SOURCE = "sources:\n  report: {title: T, file: report.txt}\n"
SALIENCE = "issues.exit.positions.usa.salience"
CAPABILITY = "issues.exit.positions.usa.capability"


def small(*pairs: tuple[str, str]) -> str:
    return change(SMALL, *pairs)


def chamber(*pairs: tuple[str, str]) -> str:
    return change(with_section(CHAMBER), *pairs)


def second(reading: str) -> str:
    return chamber(("    blocs:", f"    second_reading: {{{reading}}}\n    blocs:"))


def threat(*pairs: tuple[str, str]) -> str:
    return change(with_section(THREAT), *pairs)


def conflict(*pairs: tuple[str, str]) -> str:
    return change(with_section(CONFLICT), *pairs)


def stages(*lines: str) -> str:
    return small(("outcomes:", "".join(f"  {line}\n" for line in lines) + "outcomes:"))


FAULTS = [
    (small(("2020-12-31", "2020-01-08")), "4:10: horizon: the horizon 2020-01-08 is not after as_of 2020-01-08"),
    (
        with_section("sources:\n  late: {title: T, url: u, published: 2020-01-09}\n"),
        "20:39: sources.late.published: published 2020-01-09, after as_of 2020-01-08: nothing known later may shape",
    ),
    (
        small(("name: Iran,", "name: Iran, part_of: usaa,")),
        "8:31: actors.iran.part_of: there is no actor 'usaa'. Did you mean 'usa'? Known: iran, usa.",
    ),
    (
        small(("      iran: {pos", "      iraq: {pos")),
        "17:7: issues.exit.positions.iraq: there is no actor 'iraq'. Did",
    ),
    (
        small(("position: 100", "position: 101")),
        "17:24: issues.exit.positions.iran.position: '101' reaches 101; allowed is 0 to 100. That is the scale of",
    ),
    (
        small(("position: 100", "position: beta(2, 3)")),
        "'beta(2, 3)' lives on 0 to 1, but this field runs 0 to 100. Write beta(2, 3, 0, 100). That is the scale",
    ),
    (
        small(("    scale:", "    reference_point: 50 to 101\n    scale:")),
        "14:22: issues.exit.reference_point: '50 to 101' reaches 101; allowed is 0 to 100.",
    ),
    (
        small(("capability: 40}", "capability: 40, evidence: [c9]}")),
        "17:60: issues.exit.positions.iran.evidence: there is no claim 'c9'. None are declared.",
    ),
    (
        small(("capability: 40}", "capability: {value: 40, evidence: [c9]}}")),
        "17:68: issues.exit.positions.iran.capability.evidence: there is no claim 'c9'.",
    ),
    (small(("kind: state}\n\n", "kind: state, evidence: [c9]}\n\n")), "8:35: actors.iran.evidence: there is no claim"),
    (small(("0.3}", "{value: 0.3, evidence: [c8]}, evidence: [c9]}")), "20:53: pathway.notice.evidence: there is no"),
    (
        chamber(("{judgement: 0.3}", "{chamber: house, recorded: {yes: 3, no: 2, evidence: [c9]}}")),
        "pathway.notice.recorded.evidence: there is no claim 'c9'. None are declared.",
    ),
    (
        small(("when: notice}", "effects: [{add: {usa.position: 1}, evidence: [c9]}]}")),
        "21:66: pathway.settlement.effects.0.evidence: there is no claim 'c9'.",
    ),
    (threat(("target_cost: 10", "target_cost: 10, evidence: [c9]")), "threats.sanctions.evidence: there is no claim"),
    (conflict(("[leave]}\n", "[leave]}\n    evidence: [c9]\n")), "conflicts.standoff.evidence: there is no claim 'c9'"),
    (
        small(("capability: 40", "capability: strength")),
        "17:56: issues.exit.positions.iran.capability: there is no quantity",
    ),
    (
        small(("actors:", "quantities: {q: 0.2, r: q}\nactors:")),
        "6:25: quantities.r: a shared quantity may not refer to another ('q'). Write its value out.",
    ),
    (
        small(("actors:", "quantities: {q: 3 to 4}\nactors:"), ("salience: 0.5", "salience: q")),
        "issues.exit.positions.iran.salience: quantity 'q' does not fit this field: '3 to 4' reaches 4; allowed is 0",
    ),
    (
        small(("actors:", "quantities: {notice: 3}\nactors:")),
        "6:22: quantities.notice: 'notice' is also a stage. Guards could not tell them apart; rename one.",
    ),
    (small(("actors:", "quantities: {otherwise: 3}\nactors:")), "quantities.otherwise: 'otherwise' is a word of cond"),
    (stages("and: {judgement: 0.1}"), "23:3: pathway.and: 'and' is a word of conditions, so no condition could name"),
    (chamber(("seats: 10", "seats: 11")), "24:5: chambers.house.blocs: the blocs hold 10 seats, 1 fewer than the ch"),
    (chamber(("seats: 10", "seats: 8")), "chambers.house.blocs: the blocs hold 10 seats, 2 more than the chamber's 8"),
    (chamber(("passes: majority of present", "passes: 11")), "23:13: chambers.house.passes: 11 members are more than"),
    (
        chamber(("quorum: majority of seats", "quorum: 11")),
        "22:13: chambers.house.quorum: 11 members are more than the",
    ),
    (chamber(("quorum: majority of seats", "quorum: majority of present")), "chambers.house.quorum: 'majority of pres"),
    (chamber(("passes: majority", "ties: pass\n    passes: two thirds")), "chambers.house.ties: 'pass' has no meaning"),
    (chamber(("{seats: 6,", "{actor: usaa, seats: 6,")), "chambers.house.blocs.left.actor: there is no actor 'usaa'."),
    (
        chamber(("yes: 0.1, no: 0.8", "yes: 0.3, no: 0.8")),
        "chambers.house.blocs.right.no: yes and no come to at least 1.1; allowed is at most 1",
    ),
    (
        chamber(("chambers:", "quantities: {q: 0.4}\nchambers:"), ("yes: 0.1, no: 0.8", "yes: q, no: 0.8")),
        "chambers.house.blocs.right.no: yes and no come to at least 1.2; allowed is at most 1",
    ),
    (second("evidence: [c9]"), "chambers.house.second_reading.evidence: there is no claim 'c9'"),
    (second("passes: 11"), "chambers.house.second_reading.passes: 11 members are more than the 10 seats"),
    (second("quorum: majority of cast"), "chambers.house.second_reading.quorum: 'majority of cast' depends on who"),
    (second("passes: 3, ties: pass"), "chambers.house.second_reading.ties: 'pass' has no meaning with '3'"),
    (
        change(second("passes: 3"), ("passes: majority of present", "passes: 4\n    casting_vote: 0.5")),
        "chambers.house.casting_vote: breaks ties, but under this rule no tie can arise",
    ),
    (
        change(
            second("same_mood: 1"), ("notice: {judgement: 0.3}", "notice: {chamber: house, recorded: {yes: 6, no: 1}}")
        ),
        "pathway.notice.recorded: a record is of one vote, but this chamber has a second reading. Give each vote a",
    ),
    (threat(("sender: usa", "sender: us")), "threats.sanctions.sender: there is no actor 'us'. Did you mean 'usa'?"),
    (threat(("target: iran", "target: iraq")), "threats.sanctions.target: there is no actor 'iraq'. Did you mean"),
    (threat(("target: iran", "target: usa")), "threats.sanctions.target: 'usa' threatens itself; name another target"),
    (conflict(("iran: [attack]", "iran: [leave]")), "option 'leave' belongs to 'usa' already; give each its own name"),
    (conflict(("{usa: [leave, ", "{usaa: [leave, ")), "conflicts.standoff.decision_makers.usaa: there is no actor"),
    (
        conflict(("one_way: [leave]", "one_way: [leaf]")),
        "conflicts.standoff.one_way.leaf: there is no option 'leaf'. Did",
    ),
    (
        conflict(("status_quo: [sanction]", "status_quo: [x]")),
        "conflicts.standoff.status_quo.0: there is no option 'x'",
    ),
    (conflict((", iran: [leave]}", "}")), "conflicts.standoff.preferences: no preferences for iran"),
    (conflict(("iran: [leave]}", "iran: [leave], iraq: [leave]}")), "there is no decision maker 'iraq'. Did you mean"),
    (
        conflict(("[leave and sanction]", "[leave and]")),
        "conflicts.standoff.infeasible.0: 'leave and', character 10: a",
    ),
    (
        conflict(("not attack, not", "atack, not")),
        "preferences.usa.statements.0: 'atack', character 1: nothing here is called",
    ),
    (
        small(("outcomes:", "correlations: [{between: [" + SALIENCE + ", salience], rank: 0.5}]\noutcomes:")),
        "correlations.0.between.1: there is no quantity 'salience'.",
    ),
    (
        small(("outcomes:", f"correlations: [{{between: [{SALIENCE}, {SALIENCE}], rank: 0.5}}]\noutcomes:")),
        "correlations.0.between: the same quantity stands there twice",
    ),
    (
        small(
            ("actors:", "quantities: {q: 0.2 to 0.3}\nactors:"),
            ("salience: 0.5", "salience: q"),
            (
                "outcomes:",
                f"correlations: [{{between: [{SALIENCE}, issues.exit.positions.iran.salience], rank: 0}}]\noutcomes:",
            ),
        ),
        "is the shared quantity 'q'; write quantities.q",
    ),
    (
        small(
            ("actors:", "quantities: {q: 0.2 to 0.3}\nactors:"),
            ("salience: 0.5", "salience: [q, 0.5]"),
            (
                "outcomes:",
                f"correlations: [{{between: [{SALIENCE}, issues.exit.positions.iran.salience], rank: 0}}]\noutcomes:",
            ),
        ),
        "holds shared quantities ('mixture(1: q, 1: 0.5)'); correlate those instead",
    ),
    (
        small(
            (
                "outcomes:",
                f"correlations:\n- {{between: [{SALIENCE}, {CAPABILITY}], rank: 0.5}}\n"
                f"- {{between: [{CAPABILITY}, {SALIENCE}], rank: 0.6}}\noutcomes:",
            )
        ),
        f"correlations.1.between: {CAPABILITY} and {SALIENCE} are correlated already, in correlations.0. Keep one",
    ),
    (
        small(("bargain: exit", "bargain: exits")),
        "21:25: pathway.settlement.bargain: there is no issue 'exits'. Did you",
    ),
    (stages("vote: {chamber: house}"), "23:19: pathway.vote.chamber: there is no chamber 'house'. None are declared."),
    (stages("crisis: {threat: t}"), "23:20: pathway.crisis.threat: there is no threat 't'. None are declared."),
    (small(("{judgement: 0.3}", "{judgement: 0.3, by: usaa}")), "20:32: pathway.notice.by: there is no actor 'usaa'."),
    (
        small(("when: notice}", "model: medean}")),
        "21:38: pathway.settlement.model: there is no model 'medean' for a bargain. Did you mean 'median'?",
    ),
    (
        small(("when: notice}", "model: median, variant: middle}")),
        "21:55: pathway.settlement.variant: model 'median' has no variant 'middle'. Known: lower, midpoint, upper.",
    ),
    (
        small(("when: notice}", "variant: x}")),
        "pathway.settlement.variant: model 'compromise' has no variant 'x'. None",
    ),
    (
        change(with_section(CONFLICT), ("outcomes:", "  s: {conflict: standof}\noutcomes:")),
        "pathway.s.conflict: there is no conflict 'standof'. Did you mean 'standoff'",
    ),
    (
        stages("a: {judgement: 0.1, when: b}", "b: {judgement: 0.1, when: c}", "c: {judgement: 0.1, when: a}"),
        "23:3: pathway.a: stages wait for each other in a circle: a → b → c → a",
    ),
    (stages("a: {judgement: 0.1, when: not a}"), "23:3: pathway.a: stages wait for each other in a circle: a → a"),
    (
        small(("when: notice", "when: notise")),
        "21:37: pathway.settlement.when: 'notise', character 1: nothing here is called 'notise'. Did you mean 'not",
    ),
    (
        small(("settlement >= 50", "settlement")),
        "24:9: outcomes.much: 'settlement', character 1: 'settlement' is a number",
    ),
    (
        small(("settlement >= 50", "settlement > 100")),
        "24:9: outcomes.much: 'settlement > 100' can never hold. Check the limits of the values and the contradictions",
    ),
    (
        small(("much: settlement >= 50", "much: otherwise")),
        "24:9: outcomes.much: 'otherwise' covers everything, so 'much'",
    ),
    (
        small(("when: notice", "effects: [{set: {usa.postion: 3}}]")),
        "pathway.settlement.effects.0.set.usa.postion: there is no quantity 'usa.postion'. Did you mean 'usa.",
    ),
    (
        small(("{judgement: 0.3}", "{judgement: 0.3, effects: [{add: {position: 3}}]}")),
        "pathway.notice.effects.0.add.position: there is no quantity 'position'.",
    ),
    (
        small(("when: notice", "effects: [{set: {usa.position: 300}}]")),
        "21:62: pathway.settlement.effects.0.set.usa.position: '300' reaches 300; allowed is 0 to 100.",
    ),
    (
        small(("actors:", "quantities: {q: 300}\nactors:"), ("when: notice", "effects: [{set: {usa.position: q}}]")),
        "pathway.settlement.effects.0.set.usa.position: '300' reaches 300; allowed is 0 to 100.",
    ),
    (
        small(("when: notice", "effects: [{when: nobody, set: {usa.position: 3}}]")),
        "21:48: pathway.settlement.effects.0.when: 'nobody', character 1: nothing here is called 'nobody'.",
    ),
    (
        chamber(("{judgement: 0.3}", "{chamber: house, recorded: {yes: 8, no: 3}}")),
        "pathway.notice.recorded: 11 members took part, but the chamber has 10 seats",
    ),
    (
        chamber(("{judgement: 0.3}", "{chamber: house, recorded: {yes: 3, no: 3, attended: {centre: 3}}}")),
        "pathway.notice.recorded.attended.centre: there is no bloc 'centre'. Known: left, right.",
    ),
    (
        chamber(("{judgement: 0.3}", "{chamber: house, recorded: {yes: 3, no: 3, attended: {left: 5 to 7}}}")),
        "pathway.notice.recorded.attended.left: '5 to 7' is more than its 6 seats",
    ),
    (
        small(("when: notice", "effects: [{when: notice, set: {pathway.notice.judgement: 0.5}}]")),
        "stage 'notice' is worked out before 'settlement', so this would change nothing. Put the effect there.",
    ),
    (
        small(("{bargain: exit, when: notice}", "{bargain: exit, when: notice}\n  again: {bargain: exit}")),
        "pathway.again.bargain: 'settlement' settles 'exit' already.",
    ),
    (
        small(("usa: {name: United States, kind: state}", "usa: {name: United States, kind: state, part_of: usa}")),
        "actors.usa.part_of: 'usa' cannot be part of itself",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=[expected[:60] for _, expected in FAULTS])
def test_each_fault_is_named_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    place = folder(tmp_path, text)
    found = said(place)
    assert any(expected in line for line in found), found
    for fault in faults(place):
        assert fault.line is not None
        assert fault.column is not None
        line = text.splitlines()[fault.line - 1]
        before, after = line[: fault.column - 1], line[fault.column - 1 :]
        keys = [str(key) for key in fault.path]
        beside = any(before.rstrip().endswith(f"{key}:") or after.startswith(f"{key}:") for key in keys)
        assert beside or isinstance(fault.path[-1], int), (fault, before, after)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([claim(document="reprot")], "1:None: c1.document: there is no source 'reprot'. Did you mean 'report'?"),
        ([claim(), claim("c2", contradicts=["c3"])], "2:None: c2.contradicts: there is no claim 'c3'. Known: c1, c2."),
    ],
)
def test_claims_refer_to_sources_and_claims(tmp_path: Path, lines: list[str], expected: str) -> None:
    found = said(folder(tmp_path, small(("actors:\n", SOURCE + "actors:\n")), "".join(lines), report="they left"))
    assert any(line.startswith(expected) for line in found), found


GOOD = [
    SMALL,
    with_section(CHAMBER + THREAT + CONFLICT),
    chamber(("chambers:", "quantities: {q: 0.1 to 0.2}\nchambers:"), ("yes: 0.1", "yes: q")),
    chamber(("chambers:", "quantities: {q: 0.1 to 0.2}\nchambers:"), ("yes: 0.1", "yes: [q, 0.1]")),
    small(("settlement >= 50", "not settlement >= 0")),
    small(("settlement >= 50", "not settlement.happened")),
    small(("actors:", "quantities: {q: 0.2}\nactors:"), ("when: notice", "when: q > 3 and q < 5")),
    small(("when: notice", "effects: [{add: {usa.position: 300}}]")),
    small(("little: otherwise", "little: settlement < 50\n  none: not notice")),
    chamber(("{judgement: 0.3}", "{chamber: house, recorded: {yes: 3, no: 3, attended: {left: 5 to 6}}}")),
    small(("when: notice", "model: median, variant: lower")),
    small(
        (
            "outcomes:",
            f"correlations:\n- {{between: [{SALIENCE}, {CAPABILITY}, issues.exit.positions.usa.position], "
            "rank: 0.1}\noutcomes:",
        )
    ),
]


@pytest.mark.parametrize("text", GOOD)
def test_what_fits_is_not_refused(tmp_path: Path, text: str) -> None:
    assert said(folder(tmp_path, text)) == []


def test_one_broken_noun_is_not_reported_wherever_it_is_named(tmp_path: Path) -> None:
    text = change(
        with_section(CHAMBER + THREAT),
        ("{name: Iran, kind: state}", "{name: Iran, kind: tribe}"),
        ("position: 0 to 30, salience: beta(9, 2)", "position: 0 to 30, salience: 9"),
        ("seats: 6, attends: 0.9", "seats: 6, attends: 9"),
        ("sender_stake: 3", "sender_stake: -3"),
        ("{judgement: 0.3}", "{judgement: 3}"),
        ("{bargain: exit, when: notice}", "{bargain: exit, when: notice, effects: [{add: {usa.position: 1}}]}"),
        (
            "outcomes:",
            "  crisis: {threat: sanctions, effects: [{add: {sender_cost: 1}}]}\n  vote: {chamber: house}\noutcomes:",
        ),
    )
    found = folder(tmp_path, text)
    assert [line.split(": ")[1] for line in said(found)] == [
        "actors.iran.kind",
        "issues.exit.positions.usa.salience",
        "chambers.house.blocs.left.attends",
        "threats.sanctions.sender_stake",
        "pathway.notice.judgement",
    ]


def test_a_bloc_that_is_no_mapping_is_one_fault(tmp_path: Path) -> None:
    text = change(with_section(CHAMBER), ("{seats: 6, attends: 0.9, yes: 0.8}", "six"))
    found = said(folder(tmp_path, text))
    assert [line.split(": ", 1)[1] for line in found] == [
        "chambers.house.blocs.left: found 'six', expected keys with values, as in 'key: value'"
    ]


def test_stages_wait_for_what_they_name_and_else_keep_their_order() -> None:
    stages = {
        "d": Stage.model_validate({"judgement": 1, "when": "c.happened and b"}),
        "a": Stage.model_validate({"judgement": 1}),
        "c": Stage.model_validate({"judgement": 1, "effects": [{"when": "a", "set": {"x": 1}}]}),
        "b": Stage.model_validate({"judgement": 1}),
    }
    assert order_stages(stages) == ("a", "c", "b", "d")


def test_a_contest_without_faults_has_none() -> None:
    assert faults_of(contest()) == []
