"""Promises of reading for any text: no crash, no lost character, no word that is not there, no blow-up."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.reading.document import Document, Media
from realpolitik.reading.draft import draft
from realpolitik.reading.reader import read

PUNCTUATION = ["“", "”", '"', "''", "\u2018", "’", "'", "«", "»", "\n", "\n\n", "\r\n", " ", ", ", ". ", ": ", "(", ")"]
CUES = ["that ", "believes ", "was accused of ", "promised to ", "her claim ", "reportedly ", "is aware ", "― ", "as "]
WORDS = [*CUES, "said ", "he ", "who ", "Ann Lee", "according to ", "U.S. ", "was ", "adamant ", "saying ", "\u00ad"]
NUMBERS = ["170 ", "votes to ", "none ", "$1 ", "million ", "May ", "2020-01-05", "present", "chamber of 328 "]
FURNITURE = ["ADVERTISEMENT", "By Ann Lee", "(Wire) -- "]
MARKUP = ["<p>", "</p>", "<b", "<a href='", "&amp;", "&", "<!--", "-->", "<script>", "</script>", "<h1>", "<br>"]
PIECES = st.sampled_from([*PUNCTUATION, *WORDS, *NUMBERS, *FURNITURE, *MARKUP])
STORY = (
    "Toll backed\n\nPORTVILLE (Wire) -- “We go,” said Ann Lee, a pilot, “and nobody stays.” "
    "It passed by 170 votes to none "
    "in a chamber of 328 members on Monday.\n\nToll backed\n"
    "<p>The reason, she added, is that “20 ships &amp; more” left.</p>"
    "\n\n“We wait.\n\n“Still.”\n\n--With assistance from Ben Roe.\n"
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The story with some stretches cut out or replaced."""
    story = STORY
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(story)))
        story = story[:start] + draw(PIECES) + story[start + draw(st.integers(0, 12)) :]
    return story


TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join), mutated())
MEDIA: list[Media] = ["text", "html"]


@pytest.mark.parametrize("media", MEDIA)
@given(raw=TEXTS)
def test_any_text_is_tiled_and_every_span_is_verbatim(media: Media, raw: str) -> None:
    document = Document.from_text(raw, "any-2020-01-08", media=media)
    assert "".join(raw[block.start : block.end] for block in document.blocks) == raw
    for block in document.blocks:
        if block.text:
            start, end = block.clean.raw_range(0, len(block.text))
            assert block.start <= start < end <= block.end
    claims = read(document)
    for claim in claims:
        for span in (*claim.spans, *claim.content):
            assert raw[span.start : span.end] == span.text
    assert len(draft([document], claims).claims) == len(claims)


@given(raw=TEXTS, data=st.data())
def test_clean_offsets_are_ordered(raw: str, data: st.DataObject) -> None:
    document = Document.from_text(raw, "any", media="html")
    for block in document.blocks:
        size = len(block.text)
        if size:
            start = data.draw(st.integers(0, size - 1))
            end = data.draw(st.integers(start + 1, size))
            low, high = block.clean.raw_range(start, end)
            assert low < high
            assert block.clean.slice(start, end).text == block.text[start:end].strip(" ")


LENGTH = 10_000
SLACK = 3.0
"""Four times the text may take up to SLACK times four times as long; quadratic work would take sixteen times."""


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "”",
        "“”",
        "'",
        "''",
        "said ",
        "he said that ",
        '"a" he said ',
        ", said",
        "voted 5-4 ",
        "$5 ",
        "<!--",
        "<a '>'",
        "<div>",
        "&",
        "a\n",
        "“a\n\n",
    ],
)
def test_time_grows_with_the_text(media: Media, piece: str) -> None:
    small, large = (_seconds(piece * (size // len(piece)), media) for size in (LENGTH, 4 * LENGTH))
    assert large < 4 * SLACK * max(small, 0.05)


def _seconds(raw: str, media: Media) -> float:
    start = process_time()
    read(Document.from_text(raw, "any", media=media))
    return process_time() - start
