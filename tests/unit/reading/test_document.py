"""Documents: nothing lost, everything labelled, every refusal explained."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from realpolitik.errors import ReadingError, StorageError
from realpolitik.reading.documents import document as module
from realpolitik.reading.documents.document import Document, read_document

REPORT = """ADVERTISEMENT

Harbour Council Backs Toll

A toll would end a long quarrel between two ports.

Harbour Council Backs Toll
File Photo: Ships wait off the northern pier. (Source: Wire Pictures)
By Ann Lee and Ben Roe

PORTVILLE (Wire) -- The harbour council backed a toll on Monday after a debate that lasted longer than any before.

Harbour Council Backs Toll

Northern Pier

“We waited for years and nobody ever listened to us,” said Carla Diaz, who runs a tug from the northern pier there.

“We waited for years and nobody ever listened to us”

Read more: What the toll costs

--With assistance from Dan Poe.

To contact the reporter on this story: Ann Lee in Portville at alee@wire.example

©2020 Wire News
"""


def labels_of(document: Document) -> list[tuple[str, str]]:
    return [(block.label, block.text[:24]) for block in document.blocks if block.label not in ("blank", "markup")]


def test_plain_text_is_labelled_and_nothing_is_deleted() -> None:
    document = Document.from_text(REPORT, "toll")
    assert labels_of(document) == [
        ("advertisement", "ADVERTISEMENT"),
        ("title", "Harbour Council Backs To"),
        ("deck", "A toll would end a long "),
        ("repeated-headline", "Harbour Council Backs To"),
        ("caption", "File Photo: Ships wait o"),
        ("byline", "By Ann Lee and Ben Roe"),
        ("dateline", "PORTVILLE (Wire) --"),
        ("body", "The harbour council back"),
        ("repeated-headline", "Harbour Council Backs To"),
        ("section-head", "Northern Pier"),
        ("body", "“We waited for years and"),
        ("pull-quote", "“We waited for years and"),
        ("related", "Read more: What the toll"),
        ("credit", "--With assistance from D"),
        ("contact", "To contact the reporter "),
        ("credit", "©2020 Wire News"),
    ]
    assert "".join(document.raw[block.start : block.end] for block in document.blocks) == REPORT


def test_title_and_readable_blocks() -> None:
    document = Document.from_text(REPORT, "toll")
    assert document.title == "Harbour Council Backs Toll"
    assert [block.label for block in document.readable()] == ["title", "deck", "body", "body"]
    assert len(document.labelled("repeated-headline")) == 2


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The council met for the third time in a week and agreed\n"
        "on a toll that nobody had asked for when the year began,\n"
        "then went home.\n\nShort line\nAnother\n"
    )
    document = Document.from_text(wrapped, "wrapped")
    texts = [block.text for block in document.blocks if block.text]
    assert texts[0].endswith("began, then went home.")
    assert texts[1:] == ["Short line", "Another"]
    span = document.span(document.blocks[0], 49, 57)
    assert span.text == "agreed\no"


def test_clean_text_drops_invisible_characters_and_maps_back() -> None:
    document = Document.from_text("The par\u00adlia\u200bment\u00a0met\ttoday.", "soft")
    block = document.blocks[0]
    assert block.text == "The parliament met today."
    assert document.span(block, 4, 14).text == "par\u00adlia\u200bment"


def test_markdown_headings_are_labelled() -> None:
    document = Document.from_text("# Brief\n\n## Votes\n\nThe chamber voted.\n", "brief", media="markdown")
    assert labels_of(document) == [("title", "Brief"), ("section-head", "Votes"), ("body", "The chamber voted.")]


PAGE = (
    "<!DOCTYPE html><html><head><title>Toll backed - Wire</title>"
    '<meta property="article:published_time" content="2020-01-06T10:00Z"><script>var p = "<p>no</p>";</script></head>'
    '<body class="ad-free"><nav>Home</nav><h1>Toll backed</h1><p class="byline">By Ann Lee</p>'
    "<p><b>PORTVILLE</b> (Wire) &mdash; &ldquo;It can&rsquo;t <i>stand</i>,&rdquo; "
    "said Ben&nbsp;Roe, AT&T &lt;here&gt;</p>"
    "<!-- <p>hidden</p> --><p>One<br><br>Two<aside>More</aside><h2>Head</h2><figcaption>A pier</figcaption>"
    "<div class='ad-slot'>Buy</div><footer>Wire 2020</footer></body></html>"
)


def test_html_is_labelled_and_nothing_is_deleted() -> None:
    document = Document.from_text(PAGE, "page", media="html")
    assert labels_of(document) == [
        ("repeated-headline", "Toll backed - Wire"),
        ("title", "Toll backed"),
        ("byline", "By Ann Lee"),
        ("dateline", "PORTVILLE (Wire) —"),
        ("body", "“It can’t stand,” said B"),
        ("body", "One"),
        ("body", "Two"),
        ("related", "More"),
        ("section-head", "Head"),
        ("caption", "A pier"),
        ("advertisement", "Buy"),
        ("credit", "Wire 2020"),
    ]
    assert "".join(document.raw[block.start : block.end] for block in document.blocks) == PAGE
    assert "Home" in "".join(document.raw[block.start : block.end] for block in document.labelled("markup"))
    assert (document.published, document.published_basis) == (date(2020, 1, 6), "stated in the page")


def test_html_spans_map_over_entities_and_tags() -> None:
    document = Document.from_text(PAGE, "page", media="html")
    block = document.labelled("body")[0]
    end = block.text.index("”") + 1
    assert document.span(block, 0, end).text == "&ldquo;It can&rsquo;t <i>stand</i>,&rdquo;"
    assert block.text.endswith("said Ben Roe, AT&T <here>")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Zürich “voted”".encode(), "utf-8"),
        ("Zürich “voted”".encode("utf-8-sig"), "utf-8-sig"),
        ("Zürich “voted”".encode("utf-16"), "utf-16"),
        ("Zürich “voted”".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_are_found_and_named(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(content)
    document = read_document(file)
    assert (document.raw, document.encoding) == ("Zürich “voted”", encoding)
    assert document.sha256 == sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\t\n", "holds no text"),
        ("binary.txt", b"abc\0def", "byte 3 is NUL"),
        ("odd.txt", b"abc \x81 def", "fits neither UTF-8"),
        ("report.docx", b"PK", "'.docx' files cannot be read"),
        ("report.pdf", b"%PDF-1.7", "the PDF is broken"),
    ],
)
def test_unreadable_content_is_refused_with_a_remedy(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        read_document(file)
    assert words in str(caught.value)
    assert str(file) in str(caught.value)


def test_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_BYTES", 100)
    file = tmp_path / "large.txt"
    file.write_bytes(b"a" * 101)
    with pytest.raises(ReadingError, match="101 bytes, at most 100"):
        read_document(file)


def test_missing_file_and_folder_are_storage_errors(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no such file"):
        read_document(tmp_path / "absent.txt")
    with pytest.raises(StorageError, match="is a folder"):
        read_document(tmp_path)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("report-2020", "report-2020"),
        ("2020 01", "report-2020-01"),
        ("„x“ y", "x-y"),
        ("…", "report"),
        ("a" * 90, "a" * 60),
    ],
)
def test_names_fit_claims(words: str, name: str) -> None:
    assert Document.from_text("Text", words).name == name


def test_date_of_publication_says_its_basis() -> None:
    given = Document.from_text("Text", "wire-2020-01-08", published=date(2020, 1, 7))
    assert (given.published, given.published_basis) == (date(2020, 1, 7), "given")
    named = Document.from_text("Text", "wire-2020-01-08")
    assert (named.published, named.published_basis) == (date(2020, 1, 8), "in the name")
    unknown = Document.from_text("Text", "wire-2020-13-08")
    assert (unknown.published, unknown.published_basis) == (None, None)


def test_a_line_of_marks_is_labelled_at_once() -> None:
    """The rule for addresses once tried every way to divide such a line; a slow rule would hang here."""
    document = Document.from_text('"<a ">' * 80, "marks", media="text")
    assert {block.label for block in document.blocks} == {"body"}


def test_a_dateline_may_hold_the_day_and_year() -> None:
    document = Document.from_text("ARNOR, Jan. 12, 2020 - The council met on Sunday.", "wire", media="text")
    assert [(block.label, block.text) for block in document.blocks] == [
        ("dateline", "ARNOR, Jan. 12, 2020 -"), ("body", "The council met on Sunday.")
    ]  # fmt: skip
