"""The order in which claims are reviewed."""

from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, DateClaim
from realpolitik.reading.drafts.draft import draft
from realpolitik.reading.drafts.importance import Matter, importance
from tests.invented import claim, event, report, speech, stance, vote


def sorted_claims(*claims: Claim) -> tuple[Matter, ...]:
    proposal = draft([report("one")], claims)
    contest = Contest.model_validate({**proposal.contest, "claims": {each.id: each for each in claims}})
    return importance(contest, claims)


def test_contradicted_comes_first_whichever_side_says_so() -> None:
    found = sorted_claims(
        speech("one-q01", "Ann Lee"),
        vote("one-v01", yes=3, no=2),
        claim("one-f01", "figure"),
        claim("one-f02", "figure", contradicts=("one-f01",)),
    )
    assert [matter.claim.id for matter in found] == ["one-f01", "one-f02", "one-v01", "one-q01"]
    assert found[0].contradicted == ("one-f02",)
    assert found[1].contradicted == ("one-f01",)
    assert found[3].reasons == ()


def test_hedge_weighs_more_where_numbers_rest_on_the_claim() -> None:
    cited, loose = sorted_claims(
        speech("one-q01", "Ann Lee", hedges=("perhaps",)), stance("one-s01", "Ann Lee", "oppose", hedges=("perhaps",))
    )
    assert cited.claim.id == "one-s01"
    assert cited.reasons == ("a position rests on it", "hedged, and much rests on it", "stance to be judged")
    assert cited.rests == ("issues.the-toll.positions.ann-lee",)
    assert loose.reasons == ("hedged",)


def test_what_a_position_rests_on_comes_before_everything_else() -> None:
    found = sorted_claims(
        claim("one-f01", "figure", hedges=("perhaps",)),
        vote("one-v01", yes=3, no=2, contradicts=("one-f01",)),
        stance("one-s01", "Ann Lee", "oppose"),
    )
    assert found[0].claim.id == "one-s01"
    assert found[0].reasons[0] == "a position rests on it"


def test_what_is_open_is_listed() -> None:
    found = sorted_claims(
        speech("one-q01", "Ann Lee", "“And who pays for it?”"),
        speech("one-q02", None),
        claim("one-d01", "date", date=DateClaim()),
        event("one-e01", "THREATEN", "Arnor", None),
    )
    reasons = {matter.claim.id: matter.reasons for matter in found}
    assert reasons == {
        "one-q01": ("rhetorical question",),
        "one-q02": ("speaker unknown",),
        "one-d01": ("open date",),
        "one-e01": ("threat to be judged",),
    }
