"""PDF: text by page, furniture labelled, words and sentences whole again, every refusal explained."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter

from realpolitik.errors import ReadingError
from realpolitik.reading.documents import pdf as module
from realpolitik.reading.documents.document import Document, read_document
from realpolitik.reading.documents.pdf import pdf_text
from tests.pdfs import column, pdf

HEAD = (70, 810, "Arnor Watch Report No. 12")
FIRST = [
    HEAD,
    (70, 770, "The Toll and the Northern Pier"),
    *column(
        [
            "Published on 7 January 2020",
            "The council of Arnor backed a toll on Monday after a debate that lasted",
            "longer than any before. Its members had argued about the non-",
            "binding draft for weeks, and the govern-",
            "ment had promised to wait until the ferry company had been heard on",
            "the matter.",
            "Northern Pier",
            "“We waited for years and nobody ever listened to us,” said Carla Diaz,",
            "who runs a tug from the pier. She added that the company would go on",
            "until the end of the year, although most of its passengers and all the",
        ]
    ),
    (300, 40, "1"),
]
SECOND = [
    HEAD,
    *column(["captains had left for other ports in the north of the country.", "A second vote is due."], top=770),
    *column(["Nobody asked the guild of pilots,", "which has its seat in Portville."], x=320, top=770),
    (300, 40, "Page 2 of 2"),
]


@pytest.fixture
def report(tmp_path: Path) -> Document:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf([FIRST, SECOND], made="20200109"))
    return read_document(file)


def shown(document: Document) -> list[tuple[str, str]]:
    return [
        (block.label, " ".join(document.raw[block.start : block.end].split())[:30])
        for block in document.blocks
        if block.label != "blank"
    ]


def test_heads_and_page_numbers_are_no_story(report: Document) -> None:
    assert shown(report) == [
        ("running-head", "Arnor Watch Report No. 12"),
        ("title", "The Toll and the Northern Pier"),
        ("dateline", "Published on 7 January 2020"),
        ("body", "The council of Arnor backed a "),
        ("section-head", "Northern Pier"),
        ("body", "“We waited for years and nobod"),
        ("running-head", "1"),
        ("running-head", "Arnor Watch Report No. 12"),
        ("continued", "captains had left for other po"),
        ("body", "Nobody asked the guild of pilo"),
        ("running-head", "Page 2 of 2"),
    ]
    assert "".join(report.raw[block.start : block.end] for block in report.blocks) == report.raw


def test_hyphenated_lines_become_whole_words(report: Document) -> None:
    text = report.labelled("body")[0].text
    assert "the non-binding draft for weeks, and the government had promised" in text
    start = text.index("government")
    assert report.span(report.labelled("body")[0], start, start + 10).text == "govern-\nment"


def test_a_sentence_that_goes_on_overleaf_is_whole(report: Document) -> None:
    block = report.labelled("body")[1]
    assert "all the captains had left for other ports" in block.text
    start = block.text.index("the captains")
    span = report.span(block, start, start + len("the captains"))
    assert span.text == "the\n1\fArnor Watch Report No. 12\ncaptains"
    assert report.raw[span.start : span.end] == span.text


def test_pages_are_separated_by_form_feeds(report: Document) -> None:
    pages = report.raw.split("\f")
    assert len(pages) == 2
    assert pages[1].startswith("Arnor Watch")
    assert (report.media, report.encoding) == ("pdf", "pypdf")
    again = Document.from_text(report.raw, "again", media="pdf")
    assert again.blocks == report.blocks


def test_the_printed_date_goes_before_that_of_the_file(tmp_path: Path, report: Document) -> None:
    assert (report.published, report.published_basis) == (date(2020, 1, 7), "printed in the text")
    file = tmp_path / "other.pdf"
    file.write_bytes(pdf([column(["The council met for the third time in a week and agreed."])], made="20200109"))
    other = read_document(file)
    assert (other.published, other.published_basis) == (date(2020, 1, 9), "in the metadata of the file")


def test_a_date_of_creation_that_is_none_is_left_alone() -> None:
    assert pdf_text(pdf([column(["Text."])], made="soon"), "x.pdf") == ("Text.", None)


def test_contents_page_and_figure_titles_are_labelled() -> None:
    raw = "Toll and Pier\nArnor, in brief\nIntroduction . . . . . . . . . . 3\nFigure 2. Ships by year\n"
    labels = [block.label for block in Document.from_text(raw, "x", media="pdf").blocks]
    assert labels == ["title", "body", "boilerplate", "caption"]


def refused(content: bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        pdf_text(content, "x.pdf")
    return str(caught.value)


def test_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    assert "x.pdf: the PDF is encrypted" in refused(content.getvalue())


def test_scan_without_text_is_refused() -> None:
    assert "2 pages but no text, as scans have. Run it through text recognition" in refused(pdf([[], []]))


def test_pdf_that_unpacks_to_too_much_is_refused() -> None:
    content = pdf([column(["Text."])], filler=80_000_000)
    assert len(content) < 100_000
    assert "x.pdf: the PDF" in refused(content)


def test_too_many_pages_and_characters_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf([FIRST, SECOND])
    monkeypatch.setattr(module, "MOST_CHARACTERS", 100)
    assert "more than 100 characters" in refused(content)
    monkeypatch.setattr(module, "MOST_PAGES", 1)
    assert "2 pages, at most 1 are allowed" in refused(content)


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SECONDS", 0.0)
    assert "of 2 pages of the PDF are unpacked" in refused(pdf([FIRST, SECOND]))


def test_broken_pdf_is_refused_and_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    content = pdf([FIRST, SECOND])
    for broken in (b"%PDF-1.7", b"", b"no pdf", content[:200]):
        assert "x.pdf: the PDF is broken" in refused(broken)
    text, _ = pdf_text(content.replace(b"startxref\n", b"startxref\n1"), "x.pdf")
    assert text.startswith("Arnor Watch")
    assert capfd.readouterr() == ("", "")
