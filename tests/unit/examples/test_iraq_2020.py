"""The bundled contest keeps its promises: exact words, seats, dates, judgement marked as such."""

from __future__ import annotations

import hashlib
import os
from itertools import combinations
from pathlib import Path

import pytest

from realpolitik.contest.claims_file import read_claims
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import load
from realpolitik.contest.quantity import Quantity
from realpolitik.contest.schema import SCHEMA, SCHEMA_LINE, schema_text
from realpolitik.forecast.forecast import forecast

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "examples" / "iraq-2020"
REPORT = Path(os.environ.get("REALPOLITIK_SHARED", ROOT.parent / "shared")) / "data/iraq-2020/report-2020-01-08.txt"

CHAMBER = "council-of-representatives"
SEATS = {
    "saairun": 54, "fatah": 48, "nasr": 42, "state-of-law": 25, "kdp": 25, "wataniya": 21, "hikma": 19, "puk": 18,
    "iraqi-decision": 14, "smaller-kurdish-lists": 15, "sunni-province-lists": 23, "other-lists": 24,
}  # fmt: skip
MAINLY_SHIA = ("saairun", "fatah", "nasr", "state-of-law", "hikma")
CHAMBER_WEIGHT = (40, 70)
"""What the chamber as a whole can bring to bear, as the comment in contest.yaml states it."""
LONGEST_QUOTE_WORDS = 25
MOST_QUOTED_WORDS = 250
FEWEST_ACTORS = 18
AP_PRESENT = 180


@pytest.fixture(scope="module")
def contest() -> Contest:
    return load(FOLDER)


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    found, faults, _ = read_claims(FOLDER)
    assert faults == []
    return found


def test_first_line_names_the_schema() -> None:
    assert (FOLDER / "contest.yaml").read_text(encoding="utf-8").startswith(SCHEMA_LINE)


def test_dates(contest: Contest) -> None:
    assert (contest.as_of.isoformat(), contest.horizon.isoformat()) == ("2020-01-08", "2020-12-31")
    dated = [source.published for source in contest.sources.values() if source.published]
    assert dated
    assert max(dated) <= contest.as_of
    days = [claim.event.date.value for claim in contest.claims.values() if claim.event and claim.event.date]
    assert days
    assert all(day is not None and day <= contest.as_of for day in days)


def test_every_source_is_used_and_only_briefs_are_held(contest: Contest) -> None:
    assert {claim.document for claim in contest.claims.values()} == set(contest.sources)
    for source in contest.sources.values():
        assert (source.file is not None) == (source.kind == "brief")
        assert (source.sha256 is not None) == (source.kind == "report")


def test_quotes_are_short(claims: dict[str, Claim]) -> None:
    lengths = [len(claim.text.split()) for claim in claims.values() if claim.document == "bloomberg"]
    assert max(lengths) <= LONGEST_QUOTE_WORDS
    assert sum(lengths) <= MOST_QUOTED_WORDS


@pytest.mark.skipif(not REPORT.exists(), reason="the report belongs to its publisher and is not in the repository")
def test_quotes_stand_in_the_report(contest: Contest) -> None:
    raw = REPORT.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == contest.sources["bloomberg"].sha256
    text = raw.decode("utf-8")
    for claim in contest.claims.values():
        if claim.document == "bloomberg":
            speaker = claim.speaker.span if claim.speaker else None
            for span in (*claim.spans, *claim.content, *filter(None, (claim.cue, speaker))):
                assert text[span.start : span.end] == span.text, claim.id


def test_contradictions_stand_on_both_sides(claims: dict[str, Claim]) -> None:
    for claim in claims.values():
        for other in claim.contradicts:
            assert claim.id in claims[other].contradicts
    for one, other in (
        ("vote-170-0", "ap-about-180"),
        ("letter-leaked", "esper-no-decision"),
        ("trump-not-right-point", "trump-sanctions-threat"),
        ("is-defeated", "isis-still-exists"),
        ("pm-will-act", "ink-on-paper"),
    ):
        assert other in claims[one].contradicts


def test_every_claim_is_cited(contest: Contest) -> None:
    cited = {id_ for actor in contest.actors.values() for id_ in actor.evidence}
    cited |= {id_ for conflict in contest.conflicts.values() for id_ in conflict.evidence}
    cited |= {id_ for stage in contest.pathway.values() for id_ in stage.evidence}
    cited |= {id_ for found in contest.inputs().values() for id_ in found.evidence}
    cited |= {id_ for stage in contest.pathway.values() if stage.recorded for id_ in stage.recorded.evidence}
    assert cited == set(contest.claims)


def test_actors(contest: Contest) -> None:
    positions = contest.issues["us-forces"].positions
    assert len(positions) >= FEWEST_ACTORS
    assert set(positions) == set(contest.actors)
    assert set(SEATS) <= set(contest.actors)


def test_every_number_has_evidence_or_is_marked_as_judgement(contest: Contest) -> None:
    for actor, position in contest.issues["us-forces"].positions.items():
        assert position.evidence or "judg" in (position.note or "").lower(), actor
    for name, bloc in contest.chambers[CHAMBER].blocs.items():
        assert bloc.evidence, name
    for mobilisation in contest.mobilisations.values():
        assert mobilisation.evidence
        assert "judgement" in (mobilisation.note or "").lower()
        for name, group in mobilisation.groups.items():
            assert "judgement" in (group.note or "").lower(), name
    for name, stage in contest.pathway.items():
        assert stage.evidence, name
        assert stage.title, name
        for effect in stage.effects:
            assert "judgement" in (effect.note or "").lower(), name
    for correlation in contest.correlations:
        assert correlation.note


def test_seats(contest: Contest) -> None:
    chamber = contest.chambers[CHAMBER]
    assert {name: bloc.seats for name, bloc in chamber.blocs.items()} == SEATS
    assert sum(SEATS.values()) == chamber.seats == 328
    claimed = {id_: claim.figure.value for id_, claim in contest.claims.items() if claim.figure}
    lists = [value for id_, value in claimed.items() if id_.startswith("seats-") and id_ != "seats-329"]
    assert sum(lists) == claimed["seats-329"] == chamber.seats + 1


def test_capability_of_a_list_follows_its_seats(contest: Contest) -> None:
    for name, seats in SEATS.items():
        share = seats / contest.chambers[CHAMBER].seats
        low, high = (round(weight * share, 1) for weight in CHAMBER_WEIGHT)
        written = contest.issues["us-forces"].positions[name].capability
        assert written.value == Quantity.model_validate(f"{low} to {high}").value, name


def test_vote_of_5_january(contest: Contest) -> None:
    chamber, record = contest.chambers[CHAMBER], contest.pathway["resolution"].recorded
    assert record is not None
    rule, seats = chamber.rule, chamber.seats
    quorum = rule.quorum_needed(seats=seats)
    assert (record.present, quorum, record.present - quorum) == (170, 165, 5)
    assert rule.passed(yes=record.yes, no=record.no, present=record.present, seats=seats)
    for walked_out, stands in ((5, True), (6, False)):
        left = record.yes - walked_out
        assert bool(rule.passed(yes=left, no=0, present=left, seats=seats)) is stands
    assert rule.quorum_needed(seats=seats + 1) == quorum
    # With some 180 in the room, sixteen had to leave.
    assert AP_PRESENT - 16 < quorum <= AP_PRESENT - 15
    # No four of the five mainly Shia lists could have cast the 170 by themselves.
    for four in combinations(MAINLY_SHIA, 4):
        assert sum(SEATS[name] for name in four) < record.yes
    assert sum(SEATS[name] for name in MAINLY_SHIA) == 188


def test_outcomes_and_pathway(contest: Contest) -> None:
    assert list(contest.outcomes) == ["full exit", "Kurdistan only", "negotiated drawdown", "ink on paper"]
    assert contest.stage_order()[-1] == "settlement"
    assert contest.issues["us-forces"].bounds.low == 0
    assert not any(stage.kind == "conflict" for stage in contest.pathway.values())


def test_mass_protest_goes_on_as_often_as_was_judged(contest: Contest) -> None:
    """The thresholds replace a judgement of 45 to 80 %; whole cities in the street stay rare."""
    turnout = forecast(contest, draws=5_000).worlds.results["protests.turnout"]
    assert 0.5 < (turnout >= 0.01).mean() < 0.75
    assert (turnout >= 0.2).mean() < 0.05


def test_nothing_from_after_the_day_in_the_folder() -> None:
    hindsight = ("Kadhimi", "New York Fed", "3,000", "2,500", "strategic dialogue", "pandemic", "2021")
    for path in (FOLDER / "contest.yaml", *sorted((FOLDER / "sources").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        assert [word for word in hindsight if word in text] == [], path.name


def test_the_schema_beside_the_contest_is_that_of_the_program(repository: Path) -> None:
    held = (repository / "examples" / "iraq-2020" / SCHEMA).read_text(encoding="utf-8")
    assert held == schema_text()
