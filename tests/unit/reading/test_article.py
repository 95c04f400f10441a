"""The article of a page: what is believed of trafilatura and of declared character sets."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.documents import article as module
from realpolitik.reading.documents.article import article_text, mark_article
from realpolitik.reading.documents.decoding import decode
from realpolitik.reading.documents.document import read_document
from realpolitik.reading.documents.markup import html_units

STORY = [
    "The council of Arnor backed a toll on Monday after a debate that lasted longer than any debate before it.",
    "The guild of pilots walked out of the chamber before the vote was called, and its members did not come back.",
    "No.",
    "The ministry of harbours said on Tuesday that ships which refuse the toll would not be let into port again.",
    "Most captains have said that they would rather sail to another port than pay what they call a tax on wind.",
]
TEASER = "Westhaven plans a bridge of its own over the northern river this year"
PAGE = "".join(f"<p>{text}</p>" for text in (TEASER, "No.", *STORY, "No.", TEASER, "Council of"))


def cues(monkeypatch: pytest.MonkeyPatch, found: str | None) -> list[str | None]:
    extractor = SimpleNamespace(extract=lambda *_, **__: found)
    monkeypatch.setattr(module, "_trafilatura", lambda: extractor)
    return [unit.cue for unit in mark_article(PAGE, html_units(PAGE))]


def test_blocks_outside_of_the_article_are_boilerplate(monkeypatch: pytest.MonkeyPatch) -> None:
    around = ["boilerplate"] * 2
    assert cues(monkeypatch, "\n".join(STORY)) == [*around, *[None] * 5, *["boilerplate"] * 3]


@pytest.mark.parametrize("found", [None, "", "Too short to be believed."])
def test_without_an_article_the_labels_rest_on_the_markup(monkeypatch: pytest.MonkeyPatch, found: str | None) -> None:
    assert cues(monkeypatch, found) == [None] * 10


def test_whatever_the_library_does_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr(module, "_trafilatura", lambda: SimpleNamespace(extract=extract))
    assert article_text(PAGE) == ""
    monkeypatch.setattr(module, "LARGEST_PAGE", 10)
    assert article_text(PAGE) == ""


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    for page in ("", "<", "<html><body>" + "<div>" * 3000, "\x00\x01<p>x</p>", "<!ENTITY a 'b'><p>&a;</p>"):
        article_text(page)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("koi8-r", "koi8-r"),
        ("windows-1251", "cp1251"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("utf-7", "cp1252"),
        ("rot13", "cp1252"),
        ("iso-8859-99", "cp1252"),
        (None, "cp1252"),
    ],
)
def test_declared_character_sets(declared: str | None, encoding: str) -> None:
    content = "мир".encode("koi8-r") if encoding != "cp1251" else "мир".encode("cp1251")
    text, how = decode(content, "x", declared=declared)
    assert how == encoding
    assert (text == "мир") == (encoding != "cp1252")


def test_utf8_goes_before_what_is_declared() -> None:
    assert decode("мир".encode(), "x", declared="koi8-r") == ("мир", "utf-8")
    assert decode("港".encode("iso-2022-jp"), "x", declared="iso-2022-jp") == ("港", "iso2022_jp")
    assert decode(b"\xe9\xff\xfe", "x", declared="big5") == ("éÿþ", "cp1252")


def test_utf16_cut_in_two_is_refused() -> None:
    with pytest.raises(ReadingError, match="fits neither"):
        decode(b"\xff\xfea", "x")


def test_page_that_declares_its_character_set(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(b"<html><head><meta charset='koi8-r'></head><body><p>" + "мир".encode("koi8-r") + b"</p></body>")
    document = read_document(file)
    assert (document.encoding, document.labelled("body")[0].text) == ("koi8-r", "мир")
    assert document.raw.encode("koi8-r") == file.read_bytes()
