"""Whatever reports say: the draft of a contest has no faults and runs, and a report can be added to it."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.app import adding, drafting
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import parse_yaml, plain
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.summary import outcomes
from realpolitik.reading.drafts.draft import TO_BE_JUDGED, draft
from realpolitik.reading.drafts.importance import importance
from realpolitik.reading.drafts.match import match
from realpolitik.reading.drafts.roster import Roster
from tests.invented import claims_of, report

DRAWS = 64


@settings(max_examples=40)
@given(one=claims_of("one"), two=claims_of("two"))
def test_draft_is_written_checked_and_run(one: list[Claim], two: list[Claim]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "drafted"
        drafting.save(folder, [report("one"), report("two")], [*one, *two], reliability="C")
        contest = load(folder)
        assert list(contest.claims.values()) == [*one, *two]
        found = outcomes(forecast(contest, DRAWS, 1))
        assert abs(sum(row.probability for row in found) - 1) < 1e-9


@settings(max_examples=40)
@given(one=claims_of("one"), two=claims_of("two"))
def test_added_report_changes_nothing_but_sources_and_claims(one: list[Claim], two: list[Claim]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "drafted"
        drafting.save(folder, [report("one")], one, reliability=None)
        before = load(folder)
        text = (folder / CONTEST).read_text(encoding="utf-8")
        added = adding.add(folder, [report("two")], lambda document: two)
        after = load(folder)
        assert {found.verdict for found in added.matches} <= {"new", "confirmed", "contradicted"}
        assert set(after.sources) == {"one", "two"}
        assert set(after.claims) == {each.id for each in (*one, *two)}
        for part in ("actors", "issues", "chambers", "threats", "pathway", "outcomes"):
            assert getattr(after, part) == getattr(before, part)
        assert all("Added beside earlier claims" in str(after.claims[each.id].note) for each in two)
        assert added.proposals is not None
        proposed = plain(parse_yaml((added.proposals / adding.SUGGESTIONS).read_text(encoding="utf-8"), "proposals"))
        assert not (proposed or {}).get("actors", {}).keys() & after.actors.keys()
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        kept = (folder / CONTEST).read_text(encoding="utf-8").splitlines()
        assert [line for line in kept if line.lstrip().startswith("#")] == comments


@given(found=claims_of("one"))
def test_numbers_of_a_draft_are_printed_in_the_report_or_ignorance(found: list[Claim]) -> None:
    contest = draft([report("one")], found).contest
    for issue in contest.get("issues", {}).values():
        for position in issue["positions"].values():
            assert (position["position"], position["salience"], position["capability"]) == (
                "uniform(0, 100)",
                "uniform(0, 1)",
                "uniform(0, 100)",
            )
            assert TO_BE_JUDGED in position["note"]
    for threat in contest.get("threats", {}).values():
        assert {value for key, value in threat.items() if key.endswith(("stake", "cost"))} == {"uniform(0, 100)"}
        assert TO_BE_JUDGED in threat["note"]


@given(one=claims_of("one"), two=claims_of("two"), data=st.data())
def test_review_list_is_a_sorted_permutation(one: list[Claim], two: list[Claim], data: st.DataObject) -> None:
    claims = data.draw(st.permutations([*one, *two]))
    proposal = draft([report("one"), report("two")], claims)
    contest = Contest.model_validate({**proposal.contest, "claims": {each.id: each for each in claims}})
    matters = importance(contest, claims)
    assert sorted(matter.claim.id for matter in matters) == sorted(each.id for each in claims)
    assert [matter.weight for matter in matters] == sorted((matter.weight for matter in matters), reverse=True)
    for matter in matters:
        for other in matter.contradicted:
            assert matter.claim.id in next(each for each in matters if each.claim.id == other).contradicted


@given(one=claims_of("one"), two=claims_of("two"))
def test_every_party_is_found_again_under_its_own_name(one: list[Claim], two: list[Claim]) -> None:
    claims = [*one, *two]
    roster = Roster(claims)
    held = roster.parties
    for party in held:
        assert party.parts
        assert any(roster.of(document, party.name) is party for document in party.documents)
    assert [party.weight for party in held] == sorted((party.weight for party in held), reverse=True)


@given(one=claims_of("one"))
def test_nothing_is_new_beside_itself_that_can_be_matched(one: list[Claim]) -> None:
    """A report beside its own copy: what carries a full key is confirmed, unless the report contradicts itself."""
    copies = [each.model_copy(update={"id": f"two-{each.id}", "document": "two", "contradicts": ()}) for each in one]
    for found in match(one, copies):
        vote = found.claim.vote
        if vote and vote.yes is not None and vote.no is not None:
            assert found.verdict != "new"
