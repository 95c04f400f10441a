"""Bytes into text, and how it was done."""

from __future__ import annotations

import codecs
import re

from realpolitik.errors import ReadingError

__all__ = ["declared_charset", "decode"]

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})|encoding=[\"']([\w.:-]{1,40})", re.I
)
HEAD = 4096
"""Bytes of a page in which its character set may be declared."""

LEGACY = re.compile(
    r"(?:iso-?8859-?\d{1,2}|latin-?\d|windows-?125\d|cp125\d|koi8-[ru]|mac-?roman|gb2312|gbk|gb18030|big5"
    r"|shift[_-]?jis|euc[_-](?:jp|kr)|iso-2022-jp|us-ascii|ascii)\Z",
    re.I,
)
"""Character sets that a page or mail may declare. Others, such as UTF-7, are not believed."""


def decode(content: bytes, where: str, *, declared: str | None = None) -> tuple[str, str]:
    """Decode the bytes of a report and say how.

    A byte order mark decides; otherwise UTF-8; if that fails the declared character set, and Windows-1252 last.
    Text that somebody garbled before (``â€™``) is left as it is.

    Parameters
    ----------
    content : the bytes.
    where : file, for the message.
    declared : character set that the page or mail names, if any.

    Raises
    ------
    ReadingError : the bytes are not text in any of these encodings.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, where), encoding
    if b"\0" in content:
        raise ReadingError(
            f"{where}: the file is binary (byte {content.index(0)} is NUL). Expected text; "
            "save the report as text first."
        )
    known = _legacy(declared)
    if known and known.startswith("iso2022"):
        return _decoded(content, known, where), known
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if known:
            try:
                return content.decode(known), known
            except UnicodeDecodeError:
                pass
        return _decoded(content, "cp1252", where), "cp1252"


def declared_charset(page: bytes) -> str | None:
    """The character set that an HTML page declares near its beginning, if any."""
    found = CHARSET.search(page, 0, HEAD)
    return (found[1] or found[2]).decode("ascii") if found else None


def _legacy(declared: str | None) -> str | None:
    """The codec for a declared character set that is believed; ISO-8859-1 means Windows-1252, as in browsers."""
    if not declared or not LEGACY.match(declared):
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return None if name in ("iso8859-1", "ascii") else name


def _decoded(content: bytes, encoding: str, where: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadingError(
            f"{where}: byte {error.start} fits neither UTF-8, UTF-16 with a byte order mark, nor Windows-1252. "
            "Save the report as UTF-8 text."
        ) from error
