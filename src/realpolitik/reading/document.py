"""A report as a document: its raw text, where it came from, and its labelled blocks.

Nothing is deleted. The blocks cover every character of the raw text, and the clean text of a block knows where in
the raw text it stands.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from realpolitik.contest.evidence import Span
from realpolitik.errors import ReadingError, StorageError
from realpolitik.reading.blocks import Block, Label, Unit, tile
from realpolitik.reading.labels import dateline_end, label_units
from realpolitik.reading.markup import html_published, html_units
from realpolitik.reading.plain import plain_units

__all__ = ["Document", "Media", "read_document"]

Media = Literal["text", "html"]

MEDIA_OF_SUFFIX: dict[str, Media] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
}
ALLOWED = "plain text (.txt, .text, .md, .markdown or no suffix) and HTML (.html, .htm, .xhtml)"

LARGEST_BYTES = 20 * 1024 * 1024
"""A report above this is not a report; split it or take the text out of it."""

LONGEST_NAME = 60
"""Characters of a document's name, so that the ids of its claims stay within 80."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FILE_DATE = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


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
    """How the bytes were decoded: ``utf-8``, ``utf-8-sig``, ``utf-16`` or ``cp1252``."""

    media: Media
    """Kind of the raw text."""

    blocks: tuple[Block, ...] = field(repr=False)
    """Labelled stretches that tile ``raw`` exactly."""

    published: date | None = None
    """Date of publication, if it is known."""

    published_basis: str | None = None
    """How the date is known: ``given``, ``stated in the page`` or ``in the name``."""

    @classmethod
    def from_text(
        cls,
        raw: str,
        name: str,
        *,
        media: Media = "text",
        published: date | None = None,
        digest: str | None = None,
        encoding: str = "utf-8",
    ) -> Document:
        """Make a document of text that is already decoded.

        Parameters
        ----------
        raw : the text.
        name : any words; turned into a name of letters, digits and hyphens.
        media : ``text`` or ``html``.
        published : date of publication, if it is known; otherwise it is looked for in the page and in ``name``.
        digest : SHA-256 of the original bytes; by default that of ``raw`` in UTF-8.
        encoding : how the bytes were decoded.
        """
        units = html_units(raw) if media == "html" else plain_units(raw)
        day, basis = _published(raw, name, media, published)
        return cls(
            name=_document_name(name),
            raw=raw,
            sha256=digest or sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
            encoding=encoding,
            media=media,
            blocks=tile(raw, _blocks(units)),
            published=day,
            published_basis=basis,
        )

    @property
    def title(self) -> str | None:
        """Clean text of the title, if one was found."""
        return next((block.text for block in self.blocks if block.label == "title"), None)

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
    path : plain text or HTML of at most :data:`LARGEST_BYTES`.
    name : name of the document; by default that of the file.
    published : date of publication, if it is known.

    Raises
    ------
    StorageError : there is no such file, it is a folder, or it may not be read.
    ReadingError : the file is empty, too large, binary, of another kind, or in an unknown encoding.
    """
    path = Path(path)
    media = _media(path)
    content = _content(path)
    raw, encoding = decode(content, str(path))
    if not raw.strip():
        raise ReadingError(f"{path}: the file holds no text. Expected {ALLOWED}.")
    digest = sha256(content).hexdigest()
    return Document.from_text(
        raw, name or path.stem, media=media, published=published, digest=digest, encoding=encoding
    )


def decode(content: bytes, where: str) -> tuple[str, str]:
    """Decode the bytes of a report and say how.

    A byte order mark decides; otherwise UTF-8, and Windows-1252 if that fails.

    Raises
    ------
    ReadingError : the bytes are not text in any of these encodings.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, where), encoding
    if b"\0" in content:
        raise ReadingError(
            f"{where}: the file is binary (byte {content.index(0)} is NUL). Expected {ALLOWED}; "
            "save the report as text first."
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded(content, "cp1252", where), "cp1252"


def _decoded(content: bytes, encoding: str, where: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{where}: byte {error.start} fits neither UTF-8, UTF-16 with a byte order mark, nor Windows-1252. "
            "Save the report as UTF-8 text."
        ) from error


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


def _content(path: Path) -> bytes:
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


def _blocks(units: list[Unit]) -> Iterator[Block]:
    """Label the units; the dateline that opens the first paragraph becomes a block of its own."""
    first_body = True
    for unit, label in zip(units, label_units(units), strict=True):
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


def _published(raw: str, name: str, media: Media, given: date | None) -> tuple[date | None, str | None]:
    if given:
        return given, "given"
    stated = html_published(raw) if media == "html" else None
    if stated:
        return stated, "stated in the page"
    in_name = FILE_DATE.search(name)
    if in_name:
        try:
            return date.fromisoformat(in_name[1]), "in the name"
        except ValueError:
            return None, None
    return None, None


def _document_name(words: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
    if not slug[:1].isalpha():
        slug = f"report-{slug}".strip("-")
    return slug[:LONGEST_NAME].strip("-")
