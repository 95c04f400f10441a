"""Whatever a language model answers: no crash, and nothing but words of the report."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from realpolitik.reading.documents.document import Document
from realpolitik.reading.llm.answer import Proposal, Unusable, proposals
from realpolitik.reading.llm.chunks import CHUNK, chunks
from realpolitik.reading.llm.placing import Rejected, placed
from realpolitik.reading.verbatim import find

TEXT = (
    "Toll backed\n\n“We will not pay,” Ben Roe said. “We will not pay,” Ann Lee said.\n\n"
    "The  council\nvoted 61 to 40. “No,” he said, 'perhaps.'\n"
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@st.composite
def slices(draw: st.DrawFn) -> str:
    """Words of the text, whole or cut, as printed or with other marks."""
    start = draw(st.integers(0, len(TEXT) - 1))
    words = TEXT[start : start + draw(st.integers(1, 40))]
    return draw(st.sampled_from([words, words.replace("“", '"').replace("”", '"'), " ".join(words.split())])) or "x"


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["quotation", "event", "stance", "figure", "vote"]))
    one: dict[str, Any] = {"kind": kind, "passage": draw(st.integers(-1, 5)), "words": [draw(slices())]}
    for key in ("speaker", "cue", "before", "speaker_is"):
        if draw(st.booleans()):
            one[key] = draw(slices())
    if draw(st.booleans()) or kind == "quotation":
        one["content"] = [draw(st.sampled_from([one["words"][0], draw(slices())]))]
    match kind:
        case "event":
            one["event"] = {"type": "AGREE", "source": draw(slices())}
        case "stance":
            one["stance"] = {"issue": draw(slices()), "stance": "oppose"}
        case "figure":
            one["figure"] = {"number": draw(st.sampled_from(["61", "40", draw(slices())]))}
        case "vote":
            one["vote"] = {"yes": draw(st.sampled_from(["61", "40", draw(slices())]))}
    return one


@given(st.text() | JSON.map(json.dumps) | JSON.map(lambda inner: json.dumps({"claims": [inner]})))
def test_any_answer_is_taken_or_refused(text: str) -> None:
    with contextlib.suppress(Unusable):
        assert all(isinstance(found, Proposal | str) for found in proposals(text))


@given(claims())
def test_placed_claims_are_verbatim(proposed: dict[str, Any]) -> None:
    document = Document.from_text(TEXT, "wire")
    [proposal] = proposals(json.dumps({"claims": [proposed]}))
    [chunk] = chunks(document)
    if isinstance(proposal, str):
        return
    claim = None
    with contextlib.suppress(Rejected):
        claim = placed(proposal, chunk, "wire-l01", "llm:toy:1")
    if claim is None:
        return
    spans = [*claim.spans, *claim.content, *([claim.cue] if claim.cue else [])]
    spans += [claim.speaker.span] if claim.speaker and claim.speaker.span else []
    for span in spans:
        assert document.raw[span.start : span.end] == span.text
    if claim.speaker and claim.speaker.actor:
        assert any(claim.speaker.actor in block.text for block in document.readable())


@given(st.text(alphabet="ab.\n“ ”", max_size=400), st.integers(5, 60))
def test_chunks_hold_all_readable_text_once(text: str, most: int) -> None:
    document = Document.from_text(text, "wire")
    found = chunks(document, most)
    whole = "".join(piece.text for chunk in found for piece in chunk.pieces)
    assert whole == "".join(block.text for block in document.readable())
    for chunk in found:
        assert all(len(piece.text) <= most for piece in chunk.pieces)
        assert len(chunk.pieces) == 1 or sum(len(piece.text) for piece in chunk.pieces) <= most
        for piece in chunk.pieces:
            assert piece.block.text[piece.start : piece.start + len(piece.text)] == piece.text
            assert chunk.span(piece, 0, len(piece.text)).text
    assert CHUNK >= 1_000


@given(st.text(max_size=60), st.text(max_size=10))
def test_found_places_say_the_words(text: str, words: str) -> None:
    def plain(some: str) -> str:
        return "".join(some.split()).translate(str.maketrans("“”„‟«»″‘’‚‛`′", '"' * 7 + "'" * 6))  # noqa: RUF001

    for start, end in find(text, words):
        assert plain(text[start:end]) == plain(words)
