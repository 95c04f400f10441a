"""JSONL of articles: one record a line, with the keys that collections of news commonly use."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any

from realpolitik.errors import ReadingError, nearest
from realpolitik.reading.documents.days import full_dates
from realpolitik.reading.documents.document import LARGEST_BYTES, Document, Media

__all__ = ["IGNORED", "KEYS", "Article", "article", "key_map"]

KEYS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article", "article_text", "article_body", "articlebody", "maintext"),
        *("full_text", "fulltext", "story"),
    ),
    "html": ("html", "body_html", "content_html"),
    "title": ("title", "headline"),
    "published": (
        *("published", "date", "published_at", "publishedat", "published_date", "publish_date", "date_publish"),
        *("date_published", "datepublished", "publication_date", "pub_date", "pubdate", "timestamp"),
    ),
    "url": ("url", "link", "permalink", "canonical_url"),
    "publisher": (
        "source",
        "publisher",
        "publication",
        "outlet",
        "newspaper",
        "source_name",
        "source_domain",
        "domain",
    ),
    "id": ("id", "_id", "article_id", "doc_id", "guid", "uuid"),
}
"""What a record may hold, and the keys under which it is looked for, the first filled one wins."""

IGNORED = frozenset(
    (
        *("author", "authors", "byline", "creator", "language", "lang", "section", "category", "categories", "topic"),
        *("topics", "tags", "keywords", "summary", "description", "abstract", "image", "image_url", "images", "video"),
        *("word_count", "wordcount", "country", "location", "updated", "updated_at", "modified", "date_modify"),
        *("date_download", "crawled_at", "scraped_at", "fetched_at", "filename", "localpath", "license"),
    )
)
"""Keys that may be there and are not read."""

IGNORE = "ignore"
"""What a key is mapped to that shall not be read."""

SURROGATE = re.compile(r"[\ud800-\udfff]")
EARLIEST = 1e8
"""Seconds since 1970. A smaller number in place of a date is none."""

MILLISECONDS = 1e11
"""A larger number in place of a date counts milliseconds."""


@dataclass(frozen=True)
class Article:
    """A record that can be read."""

    name: str
    """What it is called in its collection; the name of its document is made of it."""

    text: str = field(repr=False)
    """The raw text of the document, as the record has it."""

    media: Media = "text"
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None

    def document(self, name: str, published: date | None = None) -> Document:
        """The article as a document.

        Parameters
        ----------
        name : of the document.
        published : date that the user gives; it goes before that of the record.
        """
        return Document.from_text(
            self.text,
            name,
            media=self.media,
            published=published,
            stated=self.published,
            digest=sha256(self.text.encode()).hexdigest(),
            headline=self.title,
            url=self.url,
            publisher=self.publisher,
        )


def key_map(pairs: Mapping[str, str]) -> dict[str, str]:
    """Check the user's names for keys.

    Parameters
    ----------
    pairs : key of the records → one of :data:`KEYS` or :data:`IGNORE`.

    Raises
    ------
    ReadingError : a key is mapped to something else.
    """
    allowed = (*KEYS, IGNORE)
    wrong = [f"'{key}={value}': {nearest(value, allowed)}" for key, value in pairs.items() if value not in allowed]
    if wrong:
        raise ReadingError("--key " + " ".join(wrong))
    return {_folded(key): value for key, value in pairs.items()}


def article(line: str, where: str, keys: Mapping[str, str] | None = None) -> Article:
    """Read one line.

    Parameters
    ----------
    line : a JSON object.
    where : file and line, for messages.
    keys : what further keys mean, as :func:`key_map` returns it; these go before :data:`KEYS`.

    Raises
    ------
    ReadingError : the line is no JSON object, has unknown keys, no text, or a date that is none.
    """
    record = _record(line, where)
    sorted_out = _sorted_out(record, keys or {}, where)
    text = _words(sorted_out, "text", where)
    page = _words(sorted_out, "html", where)
    if not text and not page:
        raise ReadingError(f"{where}: the article has no text. Expected it under {', '.join(KEYS['text'])}, or html.")
    return Article(
        name=_words(sorted_out, "id", where) or "",
        text=SURROGATE.sub("\ufffd", text or page or ""),
        media="text" if text else "html",
        title=_line(_words(sorted_out, "title", where)),
        published=_day(sorted_out.get("published"), where),
        url=_line(_words(sorted_out, "url", where)),
        publisher=_line(_words(sorted_out, "publisher", where)),
    )


def _record(line: str, where: str) -> dict[str, Any]:
    if len(line) > LARGEST_BYTES:
        raise ReadingError(f"{where}: the line has {len(line):,} characters, at most {LARGEST_BYTES:,} are allowed.")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "a number too long, or too deeply nested"
        raise ReadingError(f"{where}: not JSON ({reason}). Expected one object a line.") from None
    if not isinstance(record, dict):
        raise ReadingError(f"{where}: found a {type(record).__name__}. Expected one JSON object a line.")
    return record


def _sorted_out(record: Mapping[str, Any], keys: Mapping[str, str], where: str) -> dict[str, Any]:
    """Values by what they are; the first filled key wins, a key that the user named before all others."""
    found: dict[str, tuple[int, Any]] = {}
    unknown = []
    for key, value in record.items():
        folded = _folded(key)
        meaning, rank = (keys[folded], -1) if folded in keys else MEANINGS.get(folded, (None, 0))
        if meaning is None:
            unknown.append(key)
        elif (
            meaning != IGNORE and value not in (None, "", [], {}) and (meaning not in found or rank < found[meaning][0])
        ):
            found[meaning] = (rank, value)
    if unknown:
        named = ", ".join(repr(key[:40]) for key in unknown[:8])
        raise ReadingError(
            f"{where}: unknown key{'s' if len(unknown) > 1 else ''} {named}. Say what each is, e.g. --key KEY=text, or "
            f"--key KEY={IGNORE}; allowed are {', '.join(KEYS)}."
        )
    return {meaning: value for meaning, (_, value) in found.items()}


def _folded(key: str) -> str:
    return re.sub(r"[\s.:-]+", "_", key.strip().casefold())


def _words(values: Mapping[str, Any], meaning: str, where: str) -> str | None:
    value = values.get(meaning)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]
    if isinstance(value, int) and not isinstance(value, bool) and meaning == "id":
        value = str(value)
    if value is None or isinstance(value, str):
        return value if value and value.strip() else None
    raise ReadingError(f"{where}: '{meaning}' is a {type(value).__name__}. Expected a string.")


def _line(text: str | None) -> str | None:
    return " ".join(SURROGATE.sub("\ufffd", text).split()) if text else None


def _day(value: Any, where: str) -> date | None:
    if value is None:
        return None
    day = _number_day(value) if isinstance(value, int | float) else _text_day(value) if isinstance(value, str) else None
    if day is None:
        shown = str(value)[:40]
        raise ReadingError(f"{where}: 'published' is '{shown}', which is no date. Write it as 2020-01-08.")
    return day


def _number_day(value: float) -> date | None:
    seconds = value / 1000 if value > MILLISECONDS else value
    if isinstance(value, bool) or not EARLIEST <= seconds < MILLISECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def _text_day(value: str) -> date | None:
    text = value.strip()[:100]
    try:
        return date.fromisoformat(re.split(r"[T ]", text, maxsplit=1)[0])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return next(iter(full_dates(text)), None)


MEANINGS: dict[str, tuple[str | None, int]] = {
    **dict.fromkeys(IGNORED, (IGNORE, 0)),
    **{key: (meaning, rank) for meaning, known in KEYS.items() for rank, key in enumerate(known)},
}
"""Key → what it means, and its rank among the keys of that meaning."""
