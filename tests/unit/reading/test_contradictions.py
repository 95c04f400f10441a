"""What cannot hold together, within a report and across reports."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.evidence import Claim
from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.contradictions import MOST_ALIKE, contradictions
from realpolitik.reading.dates import dates
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.figures.figures import figures
from realpolitik.reading.figures.votes import votes
from realpolitik.reading.hedges import hedged
from realpolitik.reading.reader import rules
from realpolitik.reading.stances.stances import stances

LINES = (Path(__file__).parent / "contradiction_pairs.txt").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(part.strip() for part in line.split("||")) for line in LINES if line and line[0] != "#"]


def read(text: str, name: str) -> list[Claim]:
    parsed = passages(Document.from_text(text, name), parser())
    cast = Cast(parsed)
    tallies = votes(parsed)
    taken = [(span.start, span.end) for claim in tallies for span in claim.spans]
    taken += [(claim.spans[0].start, claim.spans[0].end) for claim in dates(parsed[0].document)]
    found = [*tallies, *figures(parsed, taken, cast), *stances(parsed, cast, attributions(parsed))]
    return hedged(parsed, found)


@pytest.mark.parametrize(("pair", "expected"), ROWS)
def test_pairs_of_reports(pair: str, expected: str) -> None:
    one, other = pair.split(" | ")
    first, second = read(one, "one"), read(other, "two")
    assert first
    assert second
    across = [claim for claim in contradictions([*first, *second]) if claim.contradicts]
    assert bool(across) == (expected == "yes")
    assert {claim.document for claim in across} in (set(), {"one", "two"})


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Iran's army attacked Kuwait.", "Iran did not attack Kuwait.", True),
        ("Iran's army did not attack Kuwait.", "Iran attacked Kuwait.", True),
        ("Iran's foreign ministry supports the treaty.", "Iran opposes the treaty.", True),
        ("Iran's parliament supports the treaty.", "Iran opposes the treaty.", False),
        ("Iran's navy attacked Kuwait.", "Iran's air force did not attack Kuwait.", False),
        ("Iran's army attacked Kuwait.", "Turkey did not attack Kuwait.", False),
        ("It rained in Arnor. Arnor's army attacked Lorn.", "Arnor did not attack Lorn.", True),
    ],
)
def test_a_state_and_its_ministry_are_one_side(one: str, other: str, *, expected: bool) -> None:
    claims = [*rules(Document.from_text(one, "one")), *rules(Document.from_text(other, "two"))]
    assert any(claim.contradicts for claim in contradictions(claims)) is expected


def test_members_may_sit_without_voting() -> None:
    one = read("The bill passed by 170 votes to none in the 328-seat chamber.", "one")
    two = read("About 180 of the 328 members were present.", "two")
    assert all(claim.contradicts for claim in contradictions([*one, *two]))
    assert not any(claim.contradicts for claim in contradictions([*one, *two], tally="open"))


def test_minds_change_and_tolls_rise() -> None:
    one, two = read("Ann Lee supports the treaty.", "one"), read("Ann Lee opposes the treaty.", "two")
    days = {"one": date(2020, 1, 8), "two": date(2020, 2, 8)}
    assert not any(claim.contradicts for claim in contradictions([*one, *two], days))
    days["two"] = days["one"]
    assert all(claim.contradicts for claim in contradictions([*one, *two], days))


def test_unknown_reading_of_a_tally_is_refused() -> None:
    with pytest.raises(ValueError, match="allowed are 'complete' and 'open'"):
        contradictions([], tally="some")


def event(number: int, status: str, start: int = 0, **parts: Any) -> Claim:
    said = {"type": "RETREAT", "source": "Arnor", "status": status} | parts
    words = {"start": start, "end": start + 4, "text": "left"}
    return Claim.model_validate(
        {
            "id": f"one-e{number:02d}",
            "kind": "event",
            "document": "one",
            "spans": [words],
            "event": said,
            "status": status,
        }
    )


DAY = {"value": date(2020, 1, 8), "precision": "day"}
OTHER_DAY = {"value": date(2020, 1, 9), "precision": "day"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"status": "asserted"}, {"status": "denied"}, True),
        ({"status": "planned"}, {"status": "denied"}, True),
        ({"status": "reported"}, {"status": "negated"}, True),
        ({"status": "asserted"}, {"status": "asserted"}, False),
        ({"status": "threatened"}, {"status": "denied"}, False),
        ({"status": "hypothetical"}, {"status": "negated"}, False),
        ({"status": "denied"}, {"status": "negated"}, False),
        ({"status": "asserted", "target": "Lorn"}, {"status": "denied", "target": "Lorn"}, True),
        ({"status": "asserted", "target": "Lorn"}, {"status": "denied", "target": None}, True),
        ({"status": "asserted", "target": "Lorn"}, {"status": "denied", "target": "Gondor"}, False),
        ({"status": "asserted", "source": "Gondor"}, {"status": "denied"}, False),
        ({"status": "asserted", "source": None}, {"status": "denied", "source": None}, False),
        ({"status": "asserted", "source": None, "mode": "withdraw"}, {"status": "denied", "mode": "withdraw"}, True),
        ({"status": "asserted", "source": None, "mode": "withdraw"}, {"status": "negated", "mode": "withdraw"}, False),
        ({"status": "planned", "source": None, "target": "Lorn"}, {"status": "denied", "target": "Lorn"}, True),
        ({"status": "asserted", "type": "ASSAULT"}, {"status": "denied"}, False),
        ({"status": "asserted", "mode": "withdraw"}, {"status": "denied", "mode": "resign"}, False),
        ({"status": "asserted", "date": DAY}, {"status": "denied", "date": OTHER_DAY}, False),
        ({"status": "asserted", "date": DAY}, {"status": "denied", "date": DAY}, True),
        ({"status": "asserted", "place": "Lorn"}, {"status": "denied", "place": "Portville"}, False),
    ],
)
def test_events_asserted_and_denied(first: dict[str, Any], second: dict[str, Any], expected: bool) -> None:
    found = contradictions([event(1, **first), event(2, start=50, **second)])
    assert [claim.contradicts for claim in found] == ([("one-e02",), ("one-e01",)] if expected else [(), ()])


def test_a_link_that_stands_already_is_kept_and_returned() -> None:
    one = event(1, "asserted").model_copy(update={"contradicts": ("one-e02", "elsewhere-e09")})
    found = contradictions([one, event(2, "asserted", start=9)])
    assert [set(claim.contradicts) for claim in found] == [{"elsewhere-e09", "one-e02"}, {"one-e01"}]


def test_many_claims_of_one_key_are_no_dispute() -> None:
    many = [event(number, ("asserted", "denied")[number % 2], start=9 * number) for number in range(3 * MOST_ALIKE)]
    found = contradictions(many)
    assert max(len(claim.contradicts) for claim in found) <= MOST_ALIKE


POOL: Sequence[Claim] = [
    *(
        event(n, status, 10 * n, target=target)
        for n, (status, target) in enumerate(
            [("asserted", "Lorn"), ("denied", "Lorn"), ("negated", None), ("planned", "Gondor"), ("reported", None)]
        )
    ),
    *read("The bill passed by 170 votes to none in the 328-seat chamber. Ann Lee supports the treaty.", "two"),
    *read("About 180 of the 329 members were present. Arnor lost 12 ships in the storm of Portville.", "three"),
    *read("Arnor lost 15 ships in the storm of Portville. Ann Lee opposes the treaty.", "four"),
]


@settings(deadline=None, max_examples=60)
@given(st.permutations(POOL))
def test_symmetric_and_without_order(claims: list[Claim]) -> None:
    found = {claim.id: set(claim.contradicts) for claim in contradictions(claims)}
    assert found == {claim.id: set(claim.contradicts) for claim in contradictions(POOL)}
    assert all(name in found[other] for name, others in found.items() for other in others)
    assert all(name not in others for name, others in found.items())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda claim: claim.id))
def test_part_of_the_claims_has_part_of_the_links(claims: list[Claim]) -> None:
    whole = {claim.id: set(claim.contradicts) for claim in contradictions(POOL)}
    names = {claim.id for claim in claims}
    assert all(set(claim.contradicts) == whole[claim.id] & names for claim in contradictions(claims))


def test_contradictions_of_contradictions_are_the_same() -> None:
    once = contradictions(POOL)
    assert contradictions(once) == once


def test_a_quotation_that_tells_of_an_event_is_compared_as_one() -> None:
    told = event(1, "asserted").model_copy(update={"kind": "quotation"})
    found = contradictions([told, event(2, "denied", start=9)])
    assert [claim.contradicts for claim in found] == [("one-e02",), ("one-e01",)]
