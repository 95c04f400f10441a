"""Hedges of a claim that stands between brackets."""

from pathlib import Path

import pytest

from realpolitik.contest.evidence import Claim
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.hedges import hedged

LINES = (Path(__file__).parent / "hedge_sentences.txt").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(part.strip() for part in line.split("||")) for line in LINES if line and line[0] != "#"]


def marked(text: str, kind: str = "event") -> tuple[Document, Claim]:
    start = text.index("[[")
    plain = text.replace("[[", "")
    end = plain.index("]]")
    document = Document.from_text(plain.replace("]]", ""), "wire")
    span = document.span(document.blocks[0], start, end)
    claim = Claim.model_validate({"id": "wire-e01", "kind": kind, "document": "wire", "spans": [span]})
    return document, claim


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_hedges(text: str, expected: str) -> None:
    document, claim = marked(text)
    [found] = hedged(passages(document, parser()), [claim])
    assert found.hedges == (() if expected == "-" else tuple(expected.split("; ")))


def test_the_cue_of_a_quotation_is_no_hedge_of_it() -> None:
    document, claim = marked("[[According to Ann Lee, the dam leaks]].")
    cue = document.span(document.blocks[0], 0, len("According to"))
    claim = claim.model_copy(update={"kind": "quotation", "cue": cue})
    assert hedged(passages(document, parser()), [claim]) == [claim]


def test_a_hedge_is_not_named_twice() -> None:
    document, claim = marked("It cost [[an estimated 300 crowns]].")
    claim = claim.model_copy(update={"hedges": ("an estimated",)})
    assert hedged(passages(document, parser()), [claim]) == [claim]


def test_actors_and_dates_have_no_hedges() -> None:
    document, claim = marked("Perhaps [[Lorn]] will leave.", kind="actor")
    assert hedged(passages(document, parser()), [claim])[0].hedges == ()
