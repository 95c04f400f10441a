"""The reader seam: checked spans, stable ids, other readers beside ours."""

from collections.abc import Iterable

import pytest

from realpolitik.contest.evidence import Claim, Span
from realpolitik.errors import ReadingError, UnknownName
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.reader import RULES, read
from realpolitik.registry import Registry, readers

TEXT = "Toll backed\n\n“We go,” said Ann Lee on Monday. They lost 20 ships, she added, and “nobody cares.”\n"


@pytest.fixture
def own_readers(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The registry, with what a test registers forgotten afterwards."""
    readers.load()
    monkeypatch.setattr(readers, "_entries", dict(readers._entries))
    return readers


def claim_at(document: Document, start: int, text: str) -> Claim:
    span = Span(start=start, end=start + len(text), text=text)
    return Claim(id="x", kind="actor", document=document.name, spans=(span,))


def test_claims_are_sorted_and_stable() -> None:
    document = Document.from_text(TEXT, "wire")
    found = read(document)
    assert [claim.id for claim in found] == ["wire-q01", "wire-a01", "wire-d01", "wire-q02", "wire-f01"]
    assert found == read(document)
    assert {claim.reader for claim in found} == {f"{RULES} {parser().name}"}


def test_unknown_reader_names_the_known() -> None:
    with pytest.raises(UnknownName, match="rules"):
        read(Document.from_text(TEXT, "wire"), reader="rulez")


def test_words_that_do_not_stand_there_are_refused(own_readers: Registry) -> None:
    @own_readers.register("careless")
    def careless(document: Document) -> Iterable[Claim]:
        yield claim_at(document, 0, "Not there")

    with pytest.raises(ReadingError, match="'Not there' does not stand at 0–9 of 'wire'"):
        read(Document.from_text(TEXT, "wire"), reader="careless")


def test_id_given_twice_is_refused(own_readers: Registry) -> None:
    @own_readers.register("repetitive")
    def repetitive(document: Document) -> Iterable[Claim]:
        yield claim_at(document, 0, "Toll")
        yield claim_at(document, 0, "Toll")

    with pytest.raises(ReadingError, match="returned the id x twice"):
        read(Document.from_text(TEXT, "wire"), reader="repetitive")


def test_an_intended_act_without_names_is_an_event_in_somebodys_words_only() -> None:
    told = (
        "In a letter to Gondor, Arnor announced preparations for departure. "
        "Ben Roe, the minister of Arnor, denied that its troops would leave Gondor.\n"
    )
    claims = {claim.id: claim for claim in read(Document.from_text(told, "wire")) if claim.event}
    bare = [one for one in claims.values() if one.event and not one.event.source and not one.event.target]
    assert [one.spans[0].text for one in bare] == ["departure"]
    assert [claims[name].status for name in bare[0].contradicts] == ["denied"]
    plain = read(Document.from_text("Preparations for departure took a week in Gondor.\n", "wire"))
    assert not [claim for claim in plain if claim.event]
