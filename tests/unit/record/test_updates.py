"""What new claims suggest: counts of a vote, evidence, and what is to be judged anew; never a number of its own."""

from typing import Any

from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, EventClaim, Span, VoteClaim
from realpolitik.contest.located import parse_yaml, plain
from realpolitik.reading.drafts.match import Match
from realpolitik.record.updates import proposals
from tests.small import CHAMBER, SMALL, THREAT, change, digest

SOURCES = f"sources:\n  report: {{title: A report, sha256: {digest('x')}}}\n"

VOTED = change(SMALL, ("pathway:\n", f"{CHAMBER}{SOURCES}pathway:\n  law: {{chamber: house}}\n"),
               ("{judgement: 0.3}", "{judgement: {value: 0.3, evidence: [c1]}, evidence: [c2]}"))  # fmt: skip


def claim(id_: str, words: str = "they left", **more: Any) -> Claim:
    kind = "vote" if "vote" in more else "quotation"
    return Claim(id=id_, kind=kind, document="report", spans=(Span(start=0, end=len(words), text=words),), **more)  # type: ignore[arg-type]


def contest(text: str = VOTED, *more: Claim) -> Contest:
    claims = {one.id: one for one in (claim("c1"), claim("c2"), *more)}
    return Contest.model_validate({**plain(parse_yaml(text, "contest.yaml")), "claims": claims})


def vote(id_: str, yes: int | None, no: int | None, **more: Any) -> Match:
    return Match(claim(id_, "the house voted", vote=VoteClaim(yes=yes, no=no), **more), "new")


def test_a_vote_is_proposed_with_its_counts_and_evidence() -> None:
    (found,) = proposals(contest(), [vote("n1", 6, 1)])
    assert (found.kind, found.path) == ("vote", "pathway.law.recorded")
    assert found.value == "{yes: 6, no: 1, evidence: [n1]}"


def test_no_vote_that_did_not_happen_does_not_fit_or_is_recorded() -> None:
    assert proposals(contest(), [vote("n1", 6, 1, status="planned"), vote("n2", 60, 1), vote("n3", 6, None)]) == []
    recorded = change(VOTED, ("{chamber: house}", "{chamber: house, recorded: {yes: 6, no: 1}}"))
    assert proposals(contest(recorded), [vote("n1", 6, 1)]) == []
    assert proposals(contest(recorded), [vote("n1", 5, 1)]) == []


def test_of_several_votes_the_one_with_the_words_of_the_report_is_proposed() -> None:
    several = change(VOTED, ("  law: {chamber: house}", "  law: {chamber: house}\n  budget: {chamber: house}"))
    one = Match(claim("n1", "the budget was voted", vote=VoteClaim(yes=6, no=1)), "new")
    assert [found.path for found in proposals(contest(several), [one])] == ["pathway.budget.recorded"]
    assert len(proposals(contest(several), [vote("n2", 6, 1)])) == 2


def test_what_rests_on_a_contradicted_claim_is_to_be_judged_and_has_no_value() -> None:
    (found,) = proposals(contest(), [Match(claim("n1"), "contradicted", contradicts=("c1",))])
    assert (found.kind, found.path, found.value, found.now) == ("judge", "pathway.notice.judgement", None, "0.3")
    assert found.claims == ("n1",)


def test_a_confirming_claim_is_proposed_as_evidence_where_the_evidence_stands() -> None:
    found = proposals(contest(), [Match(claim("n1"), "confirmed", confirms=("c1",))])
    assert [(one.path, one.value) for one in found] == [("pathway.notice.judgement.evidence", "[c1, n1]")]
    inner = change(VOTED, ("{value: 0.3, evidence: [c1]}", "0.3"))
    found = proposals(contest(inner), [Match(claim("n1"), "confirmed", confirms=("c2",))])
    assert [(one.path, one.value) for one in found] == [("pathway.notice.evidence", "[c2, n1]")]


def test_what_confirms_one_claim_and_contradicts_another_is_no_evidence() -> None:
    both = Match(claim("n1"), "contradicted", confirms=("c1",), contradicts=("c2",))
    assert proposals(contest(), [both]) == []
    assert proposals(contest(), []) == []


THREATENED = change(VOTED, ("pathway:\n", f"{THREAT}pathway:\n  squeeze: {{threat: sanctions}}\n"),
                    ("judgement: {value: 0.3, evidence: [c1]}",
                     "title: Iran gives formal notice, by: iran, judgement: {value: 0.3, evidence: [c1]}"))  # fmt: skip


def event(id_: str, type_: str, source: str, target: str | None, words: str, status: Any = "asserted") -> Match:
    told = EventClaim(type=type_, source=source, target=target, status=status)
    one = Claim(id=id_, kind="event", document="report", spans=(Span(start=0, end=len(words), text=words),),
                event=told, status=status)  # fmt: skip
    return Match(one, "new")


def conditions(*matches: Match, text: str = THREATENED) -> list[str | None]:
    return [one.value for one in proposals(contest(text), matches) if one.kind == "known"]


def test_a_threat_that_is_carried_out_is_proposed_as_known() -> None:
    words = "The United States struck Iran"
    assert conditions(event("n1", "COERCE", "the United States", "Iran", words)) == ["squeeze.imposed"]
    assert conditions(event("n1", "SANCTION", "usa", "Iran", words)) == ["squeeze.imposed"]
    of_sanctions = change(THREATENED, ("demand: stay", "demand: stay, sanctions: true"))
    assert conditions(event("n1", "COERCE", "usa", "iran", words), text=of_sanctions) == []
    for other in (
        event("n1", "COERCE", "Iran", "United States", words),
        event("n1", "COERCE", "United States", None, words),
        event("n1", "CONSULT", "United States", "Iran", words),
        *(event("n1", "COERCE", "United States", "Iran", words, status) for status in ("threatened", "negated")),
    ):
        assert conditions(other) == []


def test_what_a_stage_stands_for_is_proposed_as_known_if_its_actor_did_it_in_its_words() -> None:
    assert conditions(event("n1", "REQUEST", "Iran", None, "Iran sent its formal notice")) == ["notice"]
    assert conditions(event("n1", "REQUEST", "Iran", None, "Iran sent a letter")) == []
    assert conditions(event("n1", "REQUEST", "United States", None, "The United States gave formal notice")) == []
    assert conditions(event("n1", "REQUEST", "Iran", None, "Iran may give formal notice", "hypothetical")) == []
