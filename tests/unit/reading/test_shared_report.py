"""The report that the first contest comes from, for those who hold it."""

from collections import Counter
from pathlib import Path

import pytest

from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.documents.document import Document, read_document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.reader import read
from realpolitik.reading.stances.stances import stances


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


ATTRIBUTED = [
    ("parliament", "directing"),
    ("U.S. letter", "accepting"),
    ("President Donald Trump", "said"),
    ("Trump", "told"),
    ("Mark Esper", "was adamant"),
    ("U.S. officials", "said"),
    ("Trump", "tweeted a threat"),
    ("William Wechsler", "said"),
    ("legislators and analysts", "according to"),
    ("he", "said"),
    ("minorities", "see"),
    ("Ayad Al-Rumi", "said"),
    ("Ahmed Al-Asadi", "said"),
    ("who", "backed"),
    ("he", "added"),
    ("Adel Abdul Mahdi", "indicated"),
    ("Many Iraqi politicians", "appear aware"),
    ("Vian Sabri", "said"),
    ("Many", "recognize"),
    ("Ihsan Al-Shammari", "said"),
    ("Abdullah Al-Kharbeet", "according to"),
    ("who", "described"),
    ("Al-Kharbeet", "said"),
]


def test_attributions_name_source_and_cue(report: Document) -> None:
    found = [
        (claim.speaker.span.text if claim.speaker and claim.speaker.span else "", claim.cue.text if claim.cue else "")
        for claim in read(report)
        if claim.kind == "quotation"
    ]
    missing = [
        (source, cue) for source, cue in ATTRIBUTED if not any(source in words and cue == said for words, said in found)
    ]
    assert missing == []


def test_direct_quotations_have_their_speakers(report: Document) -> None:
    quotes = [claim for claim in read(report) if claim.kind == "quotation" and "“" in claim.content[-1].text]
    assert [claim.speaker.actor if claim.speaker else None for claim in quotes] == [
        "United States",
        "Donald Trump",
        "Mark Esper",
        "William Wechsler",
        "William Wechsler",
        "Ayad Al-Rumi",
        "Ahmed Al-Asadi",
        "Ahmed Al-Asadi",
        "Vian Sabri",
        "Ihsan Al-Shammari",
        "Abdullah Al-Kharbeet",
        "Abdullah Al-Kharbeet",
    ]


def test_the_vote_is_one_claim(report: Document) -> None:
    [claim] = [claim for claim in read(report) if claim.kind == "vote"]
    assert claim.vote is not None
    assert (claim.vote.yes, claim.vote.no, claim.vote.seats, claim.vote.passed) == (170, 0, 328, True)
    assert (claim.vote.present, claim.vote.absent, claim.vote.margin) == (170, 158, 170)
    assert set(claim.vote.derived) == {"present", "absent", "margin"}


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


def test_all_figures_outside_the_vote(report: Document) -> None:
    found = [claim.figure for claim in read(report) if claim.kind == "figure"]
    assert [(figure.value, figure.unit, figure.comparison) for figure in found if figure] == [
        (17, "years", "exactly"),
        (500_000, "inhabitants", "about"),
        (225, "miles", "exactly"),
        (1e12, "USD", "about"),
        (4000, "troops", "more than"),
    ]


def test_stances_and_what_is_left_to_judge(report: Document) -> None:
    parsed = passages(report, parser())
    found = stances(parsed, Cast(parsed), attributions(parsed))
    held = {
        (claim.speaker.actor, claim.stance.issue, claim.stance.stance, claim.stance.tier)
        for claim in found
        if claim.stance and claim.speaker
    }
    assert held >= {
        ("Donald Trump", "withdrawal", "oppose", "own words"),
        ("Donald Trump", "expulsion", "oppose", "inferred"),
        ("Ahmed Al-Asadi", "expulsion", "support", "attributed"),
        ("Vian Sabri", "coalition forces", None, "own words"),
        ("Ihsan Al-Shammari", "embargo", None, "own words"),
    }
    assert all(claim.note for claim in found if claim.stance and claim.stance.stance is None)


def test_the_denial_is_tied_to_the_letter(report: Document) -> None:
    claims = {claim.id: claim for claim in read(report)}
    [denied] = [claim for claim in claims.values() if claim.status == "denied"]
    assert denied.event is not None
    assert denied.event.denied_by == ("Mark Esper",)
    [other] = [claims[name] for name in denied.contradicts]
    assert other.speaker is not None
    assert other.speaker.span is not None
    assert other.speaker.span.text == "a draft U.S. letter"
