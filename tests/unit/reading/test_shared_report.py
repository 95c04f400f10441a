"""The report that the first contest comes from, for those who hold it."""

from collections import Counter
from pathlib import Path

import pytest

from realpolitik.reading.actors import Cast
from realpolitik.reading.document import Document, read_document
from realpolitik.reading.parsing import parser
from realpolitik.reading.passages import passages
from realpolitik.reading.reader import read


@pytest.fixture(scope="module")
def report(shared: Path) -> Document:
    return read_document(shared / "data" / "iraq-2020" / "report-2020-01-08.txt")


def test_page_furniture_is_labelled(report: Document) -> None:
    labels = Counter(block.label for block in report.blocks)
    expected = {"title": 1, "deck": 1, "repeated-headline": 7, "section-head": 3, "advertisement": 1, "caption": 1}
    assert {label: labels[label] for label in expected} == expected
    assert (labels["dateline"], labels["credit"], labels["contact"]) == (1, 2, 2)
    assert report.labelled("section-head")[0].text == "Islamic State"
    assert "".join(report.raw[block.start : block.end] for block in report.blocks) == report.raw


def test_no_claim_rests_on_boilerplate(report: Document) -> None:
    allowed = [(block.start, block.end) for block in report.readable()]
    spans = [span for claim in read(report) for span in (*claim.spans, *claim.content)]
    assert spans
    assert all(any(low <= span.start and span.end <= high for low, high in allowed) for span in spans)


def test_direct_quotations_have_their_speakers(report: Document) -> None:
    found = [claim for claim in read(report) if claim.kind == "quotation"]
    assert [claim.speaker.actor if claim.speaker else None for claim in found] == [
        None,
        "Donald Trump",
        "Donald Trump",
        "Mark Esper",
        "William Wechsler",
        "William Wechsler",
        "Ayad Al-Rumi",
        "Ayad Al-Rumi",
        "Ahmed Al-Asadi",
        "Ahmed Al-Asadi",
        "Ahmed Al-Asadi",
        "Vian Sabri",
        "Vian Sabri",
        "Ihsan Al-Shammari",
        "Abdullah Al-Kharbeet",
        "Abdullah Al-Kharbeet",
    ]


def test_the_vote_is_one_claim(report: Document) -> None:
    [claim] = [claim for claim in read(report) if claim.kind == "vote"]
    assert claim.vote is not None
    assert (claim.vote.yes, claim.vote.no, claim.vote.seats, claim.vote.passed) == (170, 0, 328, True)
    assert claim.vote.derived == ("present",)


def test_the_actors_of_the_report(report: Document) -> None:
    cast = Cast(passages(report, parser()))
    found = {actor.name: actor for actor in cast.actors}
    assert found["Qassem Soleimani"].kind == found["Donald Trump"].kind == found["William Wechsler"].kind == "person"
    assert found["Islamic State"].kind == "armed group"
    assert found["Islamic State"].aliases == ("ISIS",)
    assert found["Vian Sabri"].affiliation == "Kurdistan Democratic Party"
    assert found["Ihsan Al-Shammari"].affiliation == "Political Thought Center"
    assert found["Iraqi minorities"].kind == "public"
    assert "Washington" in found["United States"].aliases
    staff = {"Lin Noueihed", "Khalid Al-Ansary", "Benjamin Harvey"}
    assert staff.isdisjoint(found)
    assert found.keys().isdisjoint({"Nasiriya", "Baghdad", "Washington", "Kerbala"})
