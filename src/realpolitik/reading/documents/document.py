"""A report as a document: its raw text, where it came from, and its labelled blocks.

Nothing is deleted. The blocks cover every character of the raw text, and the clean text of a block knows where in
the raw text it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from realpolitik.contest.evidence import Span
from realpolitik.errors import ReadingError, StorageError
from realpolitik.reading.documents.article import mark_article
from realpolitik.reading.documents.blocks import Block, Label, Unit, tile
from realpolitik.reading.documents.datelines import dateline_end
from realpolitik.reading.documents.decoding import declared_charset, decode
from realpolitik.reading.documents.labels import label_units
from realpolitik.reading.documents.mail import mail_published, mail_text, mail_units
from realpolitik.reading.documents.markdown import markdown_published, markdown_units
from realpolitik.reading.documents.markup import html_published, html_units
from realpolitik.reading.documents.pages import page_units
from realpolitik.reading.documents.pdf import pdf_text
from realpolitik.reading.documents.plain import plain_units
from realpolitik.reading.documents.publication import publication

__all__ = ["ALLOWED", "MEDIA_OF_SUFFIX", "Document", "Media", "read_document"]

Media = Literal["text", "markdown", "html", "pdf", "mail"]

MEDIA_OF_SUFFIX: dict[str, Media] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".eml": "mail",
}
ALLOWED = (
    "plain text (.txt, .text or no suffix), Markdown (.md, .markdown), HTML (.html, .htm, .xhtml), PDF (.pdf) "
    "and e-mail (.eml)"
)

LARGEST_BYTES = 20 * 1024 * 1024
"""A report above this is not a report; split it or take the text out of it."""

LONGEST_NAME = 60
"""Characters of a document's name, so that the ids of its claims stay within 80."""


def _page_of_the_web(raw: str) -> list[Unit]:
    return mark_article(raw, html_units(raw))


UNITS: dict[Media, Callable[[str], list[Unit]]] = {
    "text": plain_units,
    "markdown": markdown_units,
    "html": _page_of_the_web,
    "pdf": page_units,
    "mail": mail_units,
}
STATED: dict[Media, Callable[[str], date | None]] = {
    "markdown": markdown_published,
    "html": html_published,
    "mail": mail_published,
}
STATED_BASIS: dict[Media, str] = {"mail": "in the header of the mail"}
"""How a date is known that is stated outside of the text; elsewhere it is ``stated in the page``."""


@dataclass(frozen=True)
class Document:
    """A report, ready to be read."""

    name: str
    """Name that claims use for it: letters, digits, single hyphens."""

    raw: str = field(repr=False)
    """The decoded text, untouched; all offsets count its code points."""

    sha256: str
    """Digest of the bytes as they were found."""

    encoding: str
    """How the bytes were decoded, e.g. ``utf-8``, ``utf-16`` or ``cp1252``; for PDF and e-mail who gave the text."""

    media: Media
    """Kind of the raw text."""

    blocks: tuple[Block, ...] = field(repr=False)
    """Labelled stretches that tile ``raw`` exactly."""

    published: date | None = None
    """Date of publication, if it is known."""

    published_basis: str | None = None
    """How the date is known, e.g. ``given``, ``stated in the page`` or ``in the name``."""

    headline: str | None = None
    """Title from outside the text: the record of an article."""

    url: str | None = None
    """Where it was published, if the record of the article tells. Never opened."""

    publisher: str | None = None
    """Who published it, if the record of the article tells."""

    @classmethod
    def from_text(
        cls,
        raw: str,
        name: str,
        *,
        media: Media = "text",
        published: date | None = None,
        stated: date | None = None,
        made: date | None = None,
        file: str | None = None,
        digest: str | None = None,
        encoding: str = "utf-8",
        headline: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Document:
        """Make a document of text that is already decoded.

        Parameters
        ----------
        raw : the text. For ``pdf`` that of the pages, separated by form feeds; for ``mail`` headers and text.
        name : any words; turned into a name of letters, digits and hyphens.
        media : what kind of text it is.
        published : date of publication as the user gives it; otherwise it is looked for in the text and in ``name``.
        stated : date of publication in the record of an article.
        made : date on which the file was made, according to its metadata.
        file : name of the file, which may hold the date too.
        digest : SHA-256 of the original bytes; by default that of ``raw`` in UTF-8.
        encoding : how the bytes were decoded.
        headline : title of the article, if it is known from outside the text.
        url, publisher : of the article, if they are known.
        """
        units = UNITS[media](raw)
        blocks = tile(raw, _blocks(units, headline))
        ways = {
            "given": published,
            "in the record of the article": stated,
            STATED_BASIS.get(media, "stated in the page"): STATED[media](raw) if media in STATED else None,
        }
        day, basis = publication(blocks, f"{name} {file or ''}", before=ways, made=made)
        return cls(
            name=document_name(name),
            raw=raw,
            sha256=digest or sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
            encoding=encoding,
            media=media,
            blocks=blocks,
            published=day,
            published_basis=basis,
            headline=headline,
            url=url,
            publisher=publisher,
        )

    @property
    def title(self) -> str | None:
        """Clean text of the title, if one was found; otherwise the headline."""
        return next((block.text for block in self.blocks if block.label == "title"), self.headline)

    def labelled(self, label: Label) -> tuple[Block, ...]:
        """All blocks with that label."""
        return tuple(block for block in self.blocks if block.label == label)

    def readable(self) -> tuple[Block, ...]:
        """The blocks on which claims may rest."""
        return tuple(block for block in self.blocks if block.is_readable)

    def claim_id(self, letter: str, number: int) -> str:
        """The id of the ``number``-th claim of a kind, e.g. ``wire-q01``."""
        return f"{self.name}-{letter}{number:02d}"

    def span(self, block: Block, start: int, end: int) -> Span:
        """The raw words behind ``block.text[start:end]``."""
        raw_start, raw_end = block.clean.raw_range(start, end)
        return Span(start=raw_start, end=raw_end, text=self.raw[raw_start:raw_end])


def read_document(path: str | Path, *, name: str | None = None, published: date | None = None) -> Document:
    """Read a report from a file.

    Parameters
    ----------
    path : plain text, Markdown, HTML, PDF or e-mail of at most :data:`LARGEST_BYTES`.
    name : name of the document; by default that of the file.
    published : date of publication, if it is known.

    Returns
    -------
    Document : its ``raw`` is the same at every reading; offsets of claims count in it.

    Raises
    ------
    StorageError : there is no such file, it is a folder, or it may not be read.
    ReadingError : the file is empty, too large, binary, encrypted, of another kind, or in an unknown encoding.
    """
    path = Path(path)
    media = _media(path)
    content = file_content(path)
    where, made = str(path), None
    if media == "pdf":
        (raw, made), encoding = pdf_text(content, where), "pypdf"
    elif media == "mail":
        raw, encoding = mail_text(content, where), "mail"
    else:
        declared = declared_charset(content) if media == "html" else None
        raw, encoding = decode(content, where, declared=declared)
    if not raw.strip():
        raise ReadingError(f"{path}: the file holds no text. Expected {ALLOWED}.")
    return Document.from_text(
        raw,
        name or path.stem,
        media=media,
        published=published,
        made=made,
        file=path.stem,
        digest=sha256(content).hexdigest(),
        encoding=encoding,
    )


def _media(path: Path) -> Media:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise StorageError(f"{path} is a folder. Name a file in it; allowed are {ALLOWED}.")
    if not path.exists():
        raise StorageError(f"{path}: there is no such file. Check the path; allowed are {ALLOWED}.")
    if not path.is_file():
        raise StorageError(f"{path} is not a regular file. Allowed are {ALLOWED}.")
    if suffix not in MEDIA_OF_SUFFIX:
        raise ReadingError(f"{path}: '{suffix}' files cannot be read. Allowed are {ALLOWED}; save the report as one.")
    return MEDIA_OF_SUFFIX[suffix]


def file_content(path: Path) -> bytes:
    """The bytes of a file that is small enough to be a report."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if len(content) > LARGEST_BYTES:
        raise ReadingError(
            f"{path}: the file has {path.stat().st_size:,} bytes, at most {LARGEST_BYTES:,} are allowed. "
            "Split it, or keep only the text of the report."
        )
    if not content:
        raise ReadingError(f"{path}: the file is empty. Expected {ALLOWED}.")
    return content


def _blocks(units: Sequence[Unit], headline: str | None) -> Iterator[Block]:
    """Label the units; the dateline that opens the first paragraph becomes a block of its own."""
    first_body = True
    for unit, label in zip(units, label_units(units, headline), strict=True):
        if label == "body" and first_body:
            first_body = False
            yield from _without_dateline(unit)
        else:
            yield Block(unit.start, unit.end, label, unit.clean)


def _without_dateline(unit: Unit) -> Iterable[Block]:
    cut = dateline_end(unit.clean.text)
    if not cut:
        return (Block(unit.start, unit.end, "body", unit.clean),)
    middle, _ = unit.clean.raw_range(cut, cut + 1)
    return (
        Block(unit.start, middle, "dateline", unit.clean.slice(0, cut)),
        Block(middle, unit.end, "body", unit.clean.slice(cut, len(unit.clean.text))),
    )


def document_name(words: str) -> str:
    """Name that claims can use, made of any words."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
    if not slug[:1].isalpha():
        slug = f"report-{slug}".strip("-")
    return slug[:LONGEST_NAME].strip("-")
