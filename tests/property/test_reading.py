"""Promises of reading for any text: no crash, no lost character, no word that is not there, no blow-up."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realpolitik.errors import RealpolitikError
from realpolitik.reading.documents.document import Document, Media
from realpolitik.reading.documents.inputs import entries
from realpolitik.reading.drafts.draft import draft
from realpolitik.reading.reader import read
from tests.pdfs import column, pdf
from tests.work import REPEATED, calls

PUNCTUATION = ["“", "”", '"', "''", "\u2018", "’", "'", "«", "»", "\n", "\n\n", "\r\n", " ", ", ", ". ", ": ", "(", ")"]
CUES = ["that ", "believes ", "was accused of ", "promised to ", "her claim ", "reportedly ", "is aware ", "― ", "as "]
WORDS = [*CUES, "said ", "he ", "who ", "Ann Lee", "according to ", "U.S. ", "was ", "adamant ", "saying ", "\u00ad"]
NUMBERS = ["170 ", "votes to ", "none ", "$1 ", "million ", "May ", "2020-01-05", "present", "chamber of 328 "]
FURNITURE = ["ADVERTISEMENT", "By Ann Lee", "(Wire) -- "]
LAYOUT = [
    "\f",
    "\r",
    "-\n",
    "# ",
    "> ",
    "**",
    "[a](b)",
    "```\n",
    "---\n",
    "Subject: ",
    "Date: ",
    "Content-Type: text/html\n",
    "1\f",
    "\ufb01",
]
MARKUP = ["<p>", "</p>", "<b", "<a href='", "&amp;", "&", "<!--", "-->", "<script>", "</script>", "<h1>", "<br>"]
PIECES = st.sampled_from([*PUNCTUATION, *WORDS, *NUMBERS, *FURNITURE, *LAYOUT, *MARKUP])
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
MEDIA: list[Media] = ["text", "markdown", "html", "pdf", "mail"]


@pytest.mark.parametrize("media", MEDIA)
@given(raw=TEXTS)
def test_any_text_is_tiled_and_every_span_is_verbatim(media: Media, raw: str) -> None:
    document = Document.from_text(raw, "any-2020-01-08", media=media)
    assert "".join(raw[block.start : block.end] for block in document.blocks) == raw
    for block in document.blocks:
        if block.text:
            start, end = block.clean.raw_range(0, len(block.text))
            assert block.start <= start < end
            assert end <= block.end or media == "pdf", "only a paragraph of a PDF goes on overleaf"
    claims = read(document)
    for claim in claims:
        for span in (*claim.spans, *claim.content):
            assert raw[span.start : span.end] == span.text
    assert len(draft([document], claims).claims) == len(claims)


@pytest.mark.parametrize("media", MEDIA)
@given(raw=TEXTS, data=st.data())
def test_clean_offsets_are_ordered(media: Media, raw: str, data: st.DataObject) -> None:
    document = Document.from_text(raw, "any", media=media)
    for block in document.blocks:
        size = len(block.text)
        if size:
            start = data.draw(st.integers(0, size - 1))
            end = data.draw(st.integers(start + 1, size))
            low, high = block.clean.raw_range(start, end)
            assert low < high
            assert block.clean.slice(start, end).text == block.text[start:end].strip(" ")


MESSAGE = (
    b"Subject: Toll\nDate: Wed, 8 Jan 2020 06:00:00 +0000\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="b"\n\n'
    b"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    b"<p>=E2=80=9CWe go,=E2=80=9D said Ben Roe.</p>\n"
    b"--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nx\n--b--\n"
)
PAGES = pdf([column(STORY.splitlines()), column(["“We wait,” said Ben Roe."])], made="20200108", filler=10)
FILES = {
    "x.txt": STORY.encode("cp1252"),
    "x.md": STORY.encode("utf-16"),
    "x.html": f"<meta charset=koi8-r><article>{STORY * 3}</article>".encode(),
    "x.pdf": PAGES,
    "x.eml": MESSAGE,
    "x.jsonl": b'{"text": "We go.", "date": "2020-01-08", "title": "Toll"}\n{"html": "<p>x</p>"}\n',
}


@st.composite
def noisy(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some of them cut out, replaced or repeated."""
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(content)))
        size = draw(st.integers(0, 30))
        piece = draw(st.one_of(st.binary(max_size=8), st.just(content[start : start + size])))
        content = content[:start] + piece + content[start + draw(st.integers(0, 20)) :]
    return content


@pytest.mark.parametrize("name", sorted(FILES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_byte_noise_is_read_or_refused(tmp_path: Path, name: str, data: st.DataObject) -> None:
    file = tmp_path / name
    file.write_bytes(data.draw(noisy(FILES[name])))
    for entry in entries([file]):
        try:
            document = entry.document()
        except RealpolitikError:
            continue
        assert "".join(document.raw[block.start : block.end] for block in document.blocks) == document.raw
        document.raw.encode()
        for claim in read(document):
            for span in (*claim.spans, *claim.content):
                assert document.raw[span.start : span.end] == span.text


@pytest.mark.parametrize("name", sorted(FILES))
def test_files_without_noise_are_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name])
    assert all(entry.document().readable() for entry in entries([file]))


LENGTH = 1_000
SLACK = 2.0
"""Four times the text may need up to SLACK times four times as many calls; quadratic work would need sixteen times."""


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("piece", REPEATED)
def test_work_grows_with_the_text(media: Media, piece: str) -> None:
    """Counted in calls, which no busy machine changes; what regular expressions do inside one call is timed in
    benchmarks/test_growth.py."""
    small, large = (_calls(piece * (size // len(piece)), media) for size in (LENGTH, 4 * LENGTH))
    assert large < 4 * SLACK * max(small, 1_000)


def _calls(raw: str, media: Media) -> int:
    return calls(lambda: read(Document.from_text(raw, "any", media=media)))
