"""Preferences of a conflict in every form, and what is refused of them."""

from pathlib import Path

import pytest

from realpolitik.contest.alone import load_conflict
from realpolitik.contest.conflict import Conflict
from realpolitik.contest.contest import Contest
from realpolitik.contest.file import load
from realpolitik.errors import ContestError
from tests.small import SMALL, change, claim, contest, digest, folder, said, with_section

FORMS = """\
conflicts:
  standoff:
    decision_makers: {usa: [leave, air strike], iran: [attack]}
    infeasible: ["YY-"]
    dependent: {air strike: attack}
    one_way: {leave: forward, attack: backward}
    status_quo: NNN
    preferences:
      usa:
        weights: {leave: -10 to 20, not attack: {value: 60 to 80, evidence: [c1]}, air-strike: 5}
        evidence: [c2]
      iran:
        either:
          - {probability: 0.6 to 0.8, statements: [leave, not air-strike], evidence: [c1]}
          - {ranking: [2, [1, 3], ">>", 5, 4]}
    believes:
      usa: {iran: [attack]}

"""


def forms(*pairs: tuple[str, str]) -> str:
    source = f"sources: {{report: {{title: R, sha256: {digest('R')}}}}}\nactors:\n"
    return with_section(change(FORMS, *pairs), change(SMALL, ("actors:\n", source)))


CLAIMS = claim("c1") + claim("c2")


def test_every_form_is_read_and_written_back() -> None:
    found = contest(with_section(FORMS.replace(", evidence: [c1]", "").replace("        evidence: [c2]\n", "")))
    noun = found.conflicts["standoff"]
    assert noun.is_uncertain
    assert noun.one_way == {"leave": "forward", "attack": "backward"}
    assert noun.preferences["iran"].either[1].ranking == (2, (1, 3), ">>", 5, 4)
    assert noun.believes["usa"]["iran"].statements == ("attack",)
    again = Contest.model_validate(found.model_dump(mode="json"))
    assert again.conflicts == found.conflicts
    assert again.model_dump(mode="json")["conflicts"]["standoff"]["believes"] == {"usa": {"iran": ["attack"]}}


def test_weights_and_probabilities_are_inputs_with_their_evidence(tmp_path: Path) -> None:
    found = load(folder(tmp_path, forms(), CLAIMS)).inputs()
    home = "conflicts.standoff.preferences"
    assert found[f"{home}.usa.weights.not attack"].evidence == ("c1",)
    assert found[f"{home}.usa.weights.leave"].evidence == ("c2",)
    assert found[f"{home}.iran.either.0.probability"].evidence == ("c1",)
    assert found[f"{home}.iran.either.0.probability"].bounds.high == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("leave: -10 to 20", "leaf: -10 to 20", "usa.weights.leaf: 'leaf', character 1: nothing here is called"),
        ("leave: -10 to 20", "leave: lots", "preferences.usa.weights.leave: there is no quantity 'lots'"),
        ("probability: 0.6 to 0.8", "probability: 1.4", "'1.4' reaches 1.4; allowed is 0 to 1"),
        ("{ranking: [2,", "{probability: 0.2, ranking: [2,", "uncertain probabilities cannot sum to 1 in every draw"),
        ("[c2]", "[c9]", "conflicts.standoff.preferences.usa.evidence: there is no claim 'c9'"),
        ("evidence: [c1]}\n", "evidence: [c8]}\n", "preferences.iran.either.0.evidence: there is no claim 'c8'"),
        ("5, 4]", "5, 9]", "either.1.ranking: there is no state 9; states are numbered 1 to 5"),
        ("5, 4]", "5]", "either.1.ranking: does not rank state 4; list ties as [3, 4]"),
        ("5, 4]", "5, 5, 4]", "state 5 stands there twice"),
        ("5, 4]", "5, leave]", "found 'leave' among state numbers"),
        ("{ranking: [2, [1, 3], \">>\", 5, 4]}", "{}", "one of statements, ranking, weights; found none of them"),
        ("statements: [leave", "weights: {leave: 1}, statements: [leave", "found statements and weights"),
        ("iran: [attack]}\n    infeasible", "iran: []}\n    infeasible", "decision_makers.iran"),
        ("status_quo: NNN", "status_quo: [leave, air strike]", "status_quo: is a state that 'infeasible' or"),
        ("status_quo: NNN", "status_quo: NN", "status_quo: 'NN' has 2 letters"),
        ("status_quo: NNN", "status_quo: not leave", "is true of 3 feasible states; it must be one"),
        ("status_quo: NNN", "status_quo: [leav]", "status_quo.0: there is no option 'leav'. Did you mean"),
        ("infeasible: [\"YY-\"]", "infeasible: [leave or not leave]", "no state is left"),
        ("air strike: attack}", "air raid: attack}", "dependent.air raid: there is no option 'air-raid'"),
        ("air strike: attack}", "air strike: atack}", "dependent.air strike: 'atack', character 1"),
        ("attack: backward", "attack: sideways", "one_way.attack: found 'sideways'"),
        ("usa: {iran: [attack]}\n\n", "usa: {usa: [attack]}\n\n", "'usa' knows what it prefers itself"),
        ("usa: {iran: [attack]}\n\n", "usa: {iraq: [attack]}\n\n", "believes.usa.iraq: there is no decision maker"),
        ("    believes:", "    coalitions: [[usa, iran]]\n    believes:", "members see different conflicts"),
        ("[leave, air strike]", "[leave, leave]", "option 'leave' belongs to 'usa' already"),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_a_preference(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = said(folder(tmp_path, forms((old, new)), CLAIMS))
    assert any(message in line for line in found), found
    assert all(not line.startswith("None") for line in found)


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ((0.7, 0.2), "the probabilities sum to 0.9; they must sum to 1, or the last is left out"),
        ((0.7, 0.6, None), "the probabilities sum to 1.3; with that of the last they must sum to 1"),
        ((None, 0.6), "only the last alternative may leave out its probability"),
        ((1.0,), "'either' needs two alternatives or more"),
    ],
)
def test_alternatives_sum_to_one(shares: tuple[float | None, ...], message: str) -> None:
    given = [{"statements": ["x"]} | ({} if share is None else {"probability": share}) for share in shares]
    with pytest.raises(ValueError, match=message.replace("'", ".")):
        Conflict.model_validate({"decision_makers": {"a": ["x"]}, "preferences": {"a": {"either": given}}})


def test_thirty_options_are_too_many(tmp_path: Path) -> None:
    options = ", ".join(f"o{k}" for k in range(30))
    found = said(folder(tmp_path, forms(("[leave, air strike]", f"[{options}]"))))
    assert any("31 options; at most 24 are allowed" in line for line in found)


def test_comparisons_that_nobody_knows_need_a_rule(tmp_path: Path) -> None:
    unknown = ('{ranking: [2, [1, 3], ">>", 5, 4]}', "{ranking: [2, [1, 3], 5], unknown: [4]}")
    assert any("iran cannot compare some states" in line for line in said(folder(tmp_path, forms(unknown), CLAIMS)))
    ruled = forms(unknown, ("    status_quo", "    unknown_counts_as: b\n    status_quo"))
    assert said(folder(tmp_path, ruled, CLAIMS)) == []


def test_a_file_of_its_own_points_at_its_own_lines(tmp_path: Path) -> None:
    path = tmp_path / "duel.yaml"
    path.write_text(
        "decision_makers: {A A: [x], B: [y]}\nstatements:\n  A A: [x, z]\nweights:\n  B: {y: 1 to 2, w: 3}\n"
        "unknown: {B: [1]}\n"
    )
    with pytest.raises(ContestError) as caught:
        load_conflict(path)
    told = [f"{fault.line}: {'.'.join(map(str, fault.path))}: {fault.message}" for fault in caught.value.faults]
    assert any(line.startswith("3: statements.A A.1: 'z'") for line in told), told
    assert any(line.startswith("5: weights.B.w: 'w'") for line in told), told
    assert any(line.startswith("6: unknown.B: only a ranking") for line in told), told
