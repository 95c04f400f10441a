"""E-mail (.eml) into text: a few headers, the names of attachments, and the part that a reader sees.

The raw text begins with the lines ``Subject:``, ``From:``, ``To:``, ``Date:`` as far as the mail has them, one line
``Attachment:`` for each part that is not shown, and ``Content-Type:`` of the text; after an empty line comes the text.
Plain text is taken where the mail has it, HTML otherwise. Attachments are named, never opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from realpolitik.errors import ReadingError
from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.decoding import declared_charset, decode
from realpolitik.reading.documents.markup import html_units
from realpolitik.reading.documents.offsets import Cleaner
from realpolitik.reading.documents.plain import plain_units

__all__ = ["mail_published", "mail_text", "mail_units"]

SHOWN: dict[str, Label] = {
    "Subject": "title",
    "From": "byline",
    "To": "contact",
    "Date": "dateline",
    "Attachment": "attachment",
    "Content-Type": "markup",
}
"""Header lines of the raw text, in their order, and what they are."""

DEEPEST = 20
"""Parts within parts."""

MOST_PARTS = 1_000
MOST_BOUNDARIES = 50
"""Declared boundaries: each line of a mail is compared with all that are open."""

LONGEST_HEADER = 2_000
"""Characters of one header line."""

BOUNDARY = re.compile(rb"boundary\s*=", re.I)
HEADER_LINE = re.compile(r"([A-Z][A-Za-z-]+): ?(.*)(\n|\Z)")
QUOTED_LINE = re.compile(r"\s*>")
SURROGATE = re.compile(r"[\ud800-\udfff]")


def mail_text(content: bytes, where: str) -> str:
    """The text of a mail as it is read.

    Raises
    ------
    ReadingError : it has no text, too many parts, or parts too deep in each other.
    """
    if len(BOUNDARY.findall(content)) > MOST_BOUNDARIES:
        raise ReadingError(f"{where}: the mail declares more than {MOST_BOUNDARIES} boundaries. Save its text as .txt.")
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        parts = list(_parts(message, where))
    except RecursionError:
        raise ReadingError(_too_deep(where)) from None
    plain = [part for part in parts if _is_text(part, "text/plain") and _payload(part).strip()]
    pages = [part for part in parts if _is_text(part, "text/html") and _payload(part).strip()]
    shown = plain or pages
    if not shown:
        raise ReadingError(
            f"{where}: the mail has no text part. Save the report that it carries as a file and read that."
        )
    taken = {id(part) for part in (*plain, *pages)}
    kind = "text/plain" if plain else "text/html"
    lines = [f"{name}: {_header(message[name])}" for name in ("Subject", "From", "To", "Date") if message[name]]
    lines += [f"Attachment: {_described(part)}" for part in parts if id(part) not in taken]
    body = "\n\n".join(_decoded(part, where) for part in shown)
    return SURROGATE.sub("\ufffd", "\n".join([*lines, f"Content-Type: {kind}", "", body]))


def mail_units(raw: str) -> list[Unit]:
    """Cut the text of a mail, as :func:`mail_text` makes it, into units."""
    units, start, kind = [], 0, "text/plain"
    while match := HEADER_LINE.match(raw, start):
        if match[1] not in SHOWN:
            break
        cleaner = Cleaner()
        label = SHOWN[match[1]]
        if label != "markup":
            cleaner.add_raw(raw, *match.span(2))
        units.append(Unit(start, match.end(), cleaner.build(), label))
        start = match.end()
        if label == "markup":
            kind = match[2].strip()
            break
        if match.end() == len(raw):
            break
    body = html_units(raw, start) if kind == "text/html" else _plain(raw, start)
    return [*units, *body]


def mail_published(raw: str) -> date | None:
    """The day of the ``Date:`` line, where the mail was written."""
    start = 0
    while match := HEADER_LINE.match(raw, start):
        if match[1] == "Date":
            try:
                return parsedate_to_datetime(match[2]).date()
            except (ValueError, TypeError, IndexError, OverflowError):
                return None
        start = match.end()
        if match[1] not in SHOWN or match[1] == "Content-Type" or start == len(raw):
            break
    return None


def _plain(raw: str, start: int) -> list[Unit]:
    """Plain text; a paragraph of an earlier mail, each line after a ``>``, is marked as quoted."""
    units = plain_units(raw, start)
    return [
        Unit(unit.start, unit.end, unit.clean, "quoted-mail") if QUOTED_LINE.match(raw, unit.start, unit.end) else unit
        for unit in units
    ]


def _parts(message: Message, where: str) -> Iterator[Message]:
    """All parts that hold something, depth first; a mail within the mail counts as one."""
    stack: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if depth > DEEPEST:
            raise ReadingError(_too_deep(where))
        if count > MOST_PARTS:
            raise ReadingError(f"{where}: the mail has more than {MOST_PARTS:,} parts. Save its text as .txt.")
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            stack += [(child, depth + 1) for child in reversed(inside) if isinstance(child, Message)]
        else:
            yield part


def _too_deep(where: str) -> str:
    return f"{where}: the mail has parts more than {DEEPEST} deep in each other. Save its text as .txt."


def _is_text(part: Message, kind: str) -> bool:
    attached = str(part.get("Content-Disposition", "")).lower().lstrip().startswith("attachment")
    return part.get_content_type() == kind and not attached and not part.is_multipart()


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message, where: str) -> str:
    content = _payload(part)
    charset = part.get_param("charset")
    declared = charset if isinstance(charset, str) else None
    if declared is None and part.get_content_type() == "text/html":
        declared = declared_charset(content)
    return decode(content, where, declared=declared)[0].replace("\r\n", "\n")


def _header(value: object) -> str:
    """A header as people read it, on one line."""
    text = str(value)[:LONGEST_HEADER]
    try:
        words = [
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
            for part, charset in decode_header(text)
        ]
    except (MessageError, LookupError, ValueError):
        words = [text]
    return " ".join("".join(words).split())


def _described(part: Message) -> str:
    name = part.get_filename()
    shown = _header(name) if name else "without a name"
    return f"{shown} ({part.get_content_type()})"
