"""Two readers side by side: what both found is there once, and says so."""

from __future__ import annotations

from typing import Any

from realpolitik.contest.evidence import Claim, Span
from realpolitik.reading.together import together

TEXT = "“We will not pay the toll,” Ben Roe said on Monday. The council voted 61 to 40."


def claim(id_: str, words: str, kind: str = "quotation", reader: str = "rules:1", **others: Any) -> Claim:
    start = TEXT.index(words)
    span = Span(start=start, end=start + len(words), text=words)
    data = {"id": id_, "kind": kind, "document": "wire", "spans": [span], "reader": reader, **others}
    return Claim.model_validate(data)


def test_claim_of_both_is_there_once_and_marked() -> None:
    one = claim("q1", "“We will not pay the toll,” Ben Roe said", status="reported")
    other = claim("l1", "“We will not pay the toll,” Ben Roe said on Monday", reader="llm:m:1", status="reported")
    [both] = together([one], [other])
    assert both.id == "q1"
    assert both.spans == one.spans
    assert both.reader == "rules:1 + llm:m:1"
    assert both.note is None


def test_what_only_the_second_knows_is_filled_in_and_named() -> None:
    one = claim("q1", "“We will not pay the toll,” Ben Roe said", status="reported", hedges=("a",))
    speaker = {"actor": "Ben Roe"}
    other = claim(
        "l1",
        "“We will not pay the toll,” Ben Roe said",
        reader="llm:m:1",
        status="denied",
        hedges=("b",),
        speaker=speaker,
    )
    [both] = together([one], [other])
    assert both.speaker is not None
    assert both.speaker.actor == "Ben Roe"
    assert both.status == "reported"
    assert both.hedges == ("a", "b")
    assert both.note == "llm:m:1 differs: speaker found by it alone, status denied."


def test_other_values_stand_in_the_note() -> None:
    one = claim("v1", "61 to 40", "vote", vote={"yes": 61, "no": 40})
    other = claim("l1", "The council voted 61 to 40", "vote", "llm:m:1", vote={"yes": 61, "no": 4, "passed": True})
    [both] = together([one], [other])
    assert both.vote is not None
    assert both.vote.no == 40
    assert both.note == "llm:m:1 differs: vote no 4, vote passed True."


def test_claims_of_one_reader_only_stay() -> None:
    one = claim("q1", "“We will not pay the toll,”")
    other = claim("l1", "The council voted 61 to 40", "vote", "llm:m:1", vote={"yes": 61})
    assert together([one], [other]) == [one, other]
    assert together([], [other]) == [other]
    assert together([one], []) == [one]


def test_different_kinds_types_values_and_documents_do_not_merge() -> None:
    event = claim("e1", "voted 61 to 40", "event", event={"type": "AGREE"})
    others = [
        claim("l1", "voted 61 to 40", "event", "llm", event={"type": "REJECT"}),
        claim("l2", "voted 61 to 40", "figure", "llm", figure={"value": 61}),
        claim("l3", "“We will not pay the toll,”", "event", "llm", event={"type": "AGREE"}),
        claim("l4", "voted 61 to 40", "event", "llm", event={"type": "AGREE"}, document="other"),
    ]
    assert len(together([event], others)) == 5


def test_each_claim_is_matched_once() -> None:
    one = claim("f1", "61", "figure", figure={"value": 61})
    twice = [claim(f"l{n}", "61 to 40", "figure", "llm", figure={"value": 61}) for n in (1, 2)]
    found = together([one], twice)
    assert [claim.id for claim in found] == ["f1", "l2"]
