"""PDF into text: the text that pypdf gives for each page, pages separated by form feeds."""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING

from realpolitik.errors import ReadingError

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["PAGE_BREAK", "pdf_text"]

PAGE_BREAK = "\f"
"""Stands between two pages in the raw text of a PDF; not after the last."""

MOST_PAGES = 2_000
MOST_CHARACTERS = 20_000_000
"""Of all pages together."""

MOST_SECONDS = 120.0
"""Of computing for all pages together; few bytes can ask for much drawing without a letter."""

SURROGATE = re.compile(r"[\ud800-\udfff]")

logging.getLogger("pypdf").addHandler(logging.NullHandler())


def pdf_text(content: bytes, where: str) -> tuple[str, date | None]:
    """The text of a PDF and the day on which it says that it was made.

    Parameters
    ----------
    content : the file.
    where : its name, for messages.

    Returns
    -------
    text of the pages, joined by form feeds, and the date of creation from the file's metadata.

    Raises
    ------
    ReadingError : the file is encrypted, broken, too large inside, or holds no text (a scan).
    """
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(content))
            if reader.is_encrypted:
                raise ReadingError(f"{where}: the PDF is encrypted. Save it without a password, then read that file.")
            pages = _pages(reader, where)
            created = _created(reader)
    except ReadingError:
        raise
    except FileNotDecryptedError:
        raise ReadingError(f"{where}: the PDF is encrypted. Save it without a password, then read that file.") from None
    except LimitReachedError as error:
        raise ReadingError(
            f"{where}: the PDF unpacks to more than a report can hold ({error}). Save its text as a .txt file."
        ) from None
    except Exception as error:  # pypdf meets broken files with whatever they break
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadingError(
            f"{where}: the PDF is broken ({reason}). Open and save it with another program, or save its text."
        ) from None
    return PAGE_BREAK.join(pages), created


def _pages(reader: PdfReader, where: str) -> list[str]:
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise ReadingError(f"{where}: the PDF has {count:,} pages, at most {MOST_PAGES:,} are allowed. Split it.")
    pages: list[str] = []
    size, begin = 0, time.process_time()
    for page in reader.pages:
        text = SURROGATE.sub("\ufffd", page.extract_text()).replace(PAGE_BREAK, "\n")
        size += len(text)
        if size > MOST_CHARACTERS:
            raise ReadingError(
                f"{where}: the PDF holds more than {MOST_CHARACTERS:,} characters of text. Split it into reports."
            )
        if time.process_time() - begin > MOST_SECONDS:
            raise ReadingError(
                f"{where}: after {MOST_SECONDS:.0f} seconds {len(pages)} of {count} pages of the PDF are unpacked. "
                "Save its text as a .txt file."
            )
        pages.append(text)
    if not any(text.strip() for text in pages):
        raise ReadingError(
            f"{where}: the PDF has {count} page{'s' if count != 1 else ''} but no text, as scans have. "
            "Run it through text recognition (OCR) first."
        )
    return pages


def _created(reader: PdfReader) -> date | None:
    try:
        made: datetime | None = reader.metadata.creation_date if reader.metadata else None
    except Exception:  # a date in no known form says nothing; the text is there all the same
        return None
    return made.date() if made else None
