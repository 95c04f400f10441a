"""A tiny writer of PDFs for tests: lines of text at places on pages, in one font."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

Placed = tuple[int, int, str]
"""x and y in points from the lower left corner, and a text that Windows-1252 can hold."""


def column(lines: Iterable[str], *, x: int = 70, top: int = 740) -> list[Placed]:
    """Lines below each other; an empty one is a gap."""
    return [(x, top - 14 * number, line) for number, line in enumerate(lines) if line]


def pdf(pages: Sequence[Sequence[Placed]], *, made: str = "", filler: int = 0) -> bytes:
    """The bytes of a PDF.

    Parameters
    ----------
    pages : texts of each page and where they stand.
    made : date of creation, e.g. ``20200108``.
    filler : spaces in a compressed stream of the first page, to make it unpack to much.
    """
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /CreationDate (D:{made}) >>".encode() if made else b"<< >>",
    ]
    for number, placed in enumerate(pages):
        objects += _page(placed, 6 + 2 * number, filler if number == 0 else 0)
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + table + trailer


def _page(placed: Sequence[Placed], stream: int, filler: int) -> list[bytes]:
    shown = [f"1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj" for x, y, text in placed]
    drawn = "\n".join(["BT /F1 10 Tf", *shown, "ET"]).encode("latin-1") if placed else b""
    drawn, coding = (zlib.compress(drawn + b" " * filler), b" /Filter /FlateDecode") if filler else (drawn, b"")
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
        f"/Contents {stream} 0 R >>"
    )
    return [page.encode(), b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(drawn), coding, drawn)]


def _escaped(text: str) -> str:
    code = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return code.decode("latin-1")
