"""Promises of the reader of events for any text: no crash, no word that is not there, no blow-up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.evidence import Claim
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.events import events
from realpolitik.reading.events.claims import LONGEST_MENTION
from realpolitik.reading.events.lexicon import TYPES
from tests.work import calls

WORDS = [
    "Kenya",
    "Uganda",
    "rebels",
    "the",
    "of",
    "to",
    "by",
    "with",
    "between",
    "and",
    "that",
    "not",
    "would",
    "if",
    "police",
    "killing",
    "attack",
    "talks",
    "sanctions",
    "on",
    "threatened",
    "demanded",
    "refused",
    "denied",
    "agreed",
    "released",
    "bombed",
    "expelled",
    "said",
    "it",
    "who",
    "anti",
    "-",
    "-led",
    "’s",
    "\xad",
    "“",
    "”",
    ".",
    ",",
    ";",
    "\n\n",
    "in",
    "Nairobi",
    "Monday",
    "no",
    "withdrawal",
    "visit",
    "from",
    "against",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


def read(text: str, said: tuple[Said, ...] = ()) -> tuple[Document, list[Claim]]:
    document = Document.from_text(text, "wire")
    return document, events(passages(document, parser()), lambda _: None, said)


@settings(deadline=None)
@given(TEXTS)
def test_every_span_is_a_slice_of_the_text(text: str) -> None:
    document, found = read(text)
    assert len({claim.id for claim in found}) == len(found)
    for claim in found:
        assert claim.event is not None
        assert claim.event.source or claim.event.target
        assert claim.event.type in TYPES or claim.event.type.islower()
        for span in (*claim.spans, claim.event.source_span, claim.event.target_span):
            if span is not None:
                assert document.raw[span.start : span.end] == span.text
        assert all(span.end - span.start <= 2 * LONGEST_MENTION for span in claim.spans)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_attributions_change_the_status_and_nothing_else(text: str, start: int, length: int) -> None:
    said = Said((Stretch(0, start, start + length),), None, None, "indirect")
    one = [claim.event for claim in read(text)[1] if claim.event]
    other = [claim.event for claim in read(text, (said,))[1] if claim.event]
    if {event.status for event in other} <= {"asserted"}:
        assert one == other
    assert {event.type for event in one} == {event.type for event in other}


def test_work_grows_with_the_text_and_not_faster() -> None:
    """Four times the text may take at most eight times as many calls; a rule that compares everything takes sixteen."""
    sentence = "Kenya’s army attacked the rebels near Nairobi, and Ben Roe demanded that Uganda release {n} prisoners. "

    def work(count: int) -> int:
        document = Document.from_text("".join(sentence.format(n=n) for n in range(2, count + 2)), "wire")
        parsed = passages(document, parser())
        return calls(lambda: events(parsed, lambda _: None, ()))

    assert work(160) < 8 * work(40)
