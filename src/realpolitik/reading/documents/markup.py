"""HTML into units, with offsets.

A tokenizer of our own, because ``html.parser`` of Python 3.11 takes quadratic time on unclosed comments and tags
and does not tell how many raw characters an entity covered. Every branch moves forward, none looks at a stretch
twice (unclosed attribute quotes at most :data:`MOST_BROKEN_TAGS` times).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.offsets import Cleaner
from realpolitik.reading.lexicon import vocabulary

__all__ = ["html_published", "html_units"]

MOST_BROKEN_TAGS = 20
"""After so many tags with unclosed quotes a page gets the simple rule: a tag ends at the next ``>``."""

SIMPLE_TAG = re.compile(r"</?[A-Za-z][^>]*(?:>|\Z)")
QUOTED_TAG = re.compile(r"</?[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
DECLARATION = re.compile(r"<[!?/][^>]*(?:>|\Z)")
TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
TEXT = re.compile(r"[^<&]+")
HINT = re.compile(r"\b(?:class|id|itemprop|rel|role)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
CONTENT = re.compile(r"\b(?:content|datetime)\s*=\s*[\"']?\s*(\d{4}-\d\d-\d\d)", re.I)
PUBLISHED = re.compile(
    r"article:published_time|datepublished|publish[-_]?(?:date|time)|\bpubdate\b|parsely-pub-date|sailthru\.date"
    r"|\bdc(?:terms)?\.(?:date|created|issued)\b|citation_(?:publication_)?date|name\s*=\s*[\"']?date\b",
    re.I,
)
LINKED_DATA = re.compile(r"\"datePublished\"\s*:\s*\"\s*(\d{4}-\d\d-\d\d)")

VOID = vocabulary("area base br col embed hr img input link meta param source track wbr")
RAW_TEXT = frozenset({"script", "style", "textarea", "title"})
"""Elements in which a tag is text, up to their own end tag."""

SKIPPED = vocabulary(
    "script style nav noscript template form button svg select iframe object canvas dialog textarea math menu"
)
"""Elements whose text is no part of the story: it stays, as ``markup``."""

BLOCKS = (
    vocabulary(
        "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure "
        "footer h1 h2 h3 h4 h5 h6 head header hr html legend li main ol p pre section summary table tbody td tfoot th "
        "thead title tr ul"
    )
    | SKIPPED
)
ELEMENT_LABELS: dict[str, Label] = {
    "title": "title",
    "h1": "title",
    "h2": "section-head",
    "h3": "section-head",
    "h4": "section-head",
    "h5": "section-head",
    "h6": "section-head",
    "figcaption": "caption",
    "aside": "related",
    "footer": "credit",
    "address": "byline",
    "time": "dateline",
}
CLASS_LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("advertisement", re.compile(r"(?:^|[-_])(?:ad|ads|advert\w*|sponsor\w*|promo(?:tion|ted)?)(?:$|[-_])", re.I)),
    ("caption", re.compile(r"(?:^|[-_])(?:caption|figcaption)(?:$|[-_])", re.I)),
    ("byline", re.compile(r"(?:^|[-_])(?:byline|authors?)(?:$|[-_])", re.I)),
    ("dateline", re.compile(r"(?:^|[-_])(?:dateline|timestamp|datepublished|pubdate)(?:$|[-_])", re.I)),
    ("pull-quote", re.compile(r"pull-?_?quote", re.I)),
    ("deck", re.compile(r"(?:^|[-_])(?:dek|deck|standfirst|subhead(?:line)?|strapline)(?:$|[-_])", re.I)),
    ("credit", re.compile(r"(?:^|[-_])(?:credits?|copyright|tagline)(?:$|[-_])", re.I)),
    ("comment", re.compile(r"(?:^|[-_])(?:comments?|commentlist|disqus\w*|replies)(?:$|[-_])", re.I)),
    ("related", re.compile(r"(?:^|[-_])(?:related|recommend\w*|newsletter|social|share)(?:$|[-_])", re.I)),
)
AROUND = frozenset({"advertisement", "related", "comment", "credit", "caption"})
"""A heading inside of one of these belongs to it."""

CONTAINERS = frozenset({"html", "body", "main", "article", "section"})
"""Elements that hold the story: their class names say nothing about one paragraph."""


class Token(NamedTuple):
    """A stretch of the page."""

    kind: str
    """``text``, ``entity``, ``start``, ``end`` or ``other`` (comments, declarations)."""

    start: int
    end: int
    name: str = ""
    """Of a tag, in lower case."""


@dataclass(frozen=True)
class Element:
    """An open element and what it says about the text in it."""

    name: str
    label: Label | None
    is_skipped: bool


def html_units(raw: str, start: int = 0) -> list[Unit]:
    """Cut a page, which begins at ``start``, into units of text, in order; what lies between them is markup.

    Inline tags inside a paragraph belong to its raw range, but not to its clean text.
    """
    page = Page(raw)
    for token in tokens(raw, start):
        page.take(token)
    page.flush()
    return _one_title(page.units)


def html_published(raw: str) -> date | None:
    """The date of publication that the page states, if any.

    A ``meta`` element comes before linked data (JSON-LD), that before a ``time`` element marked as the date of
    publication, and that before the first other ``time`` element.
    """
    found: dict[int, date] = {}
    for token in tokens(raw):
        rank, stated = _stated(raw, token)
        if stated and rank not in found:
            try:
                found[rank] = date.fromisoformat(stated[1])
            except ValueError:
                continue
        if 0 in found:
            break
    return found[min(found)] if found else None


def _stated(raw: str, token: Token) -> tuple[int, re.Match[str] | None]:
    """A date in a token, and its rank: the lower, the more it says of the publication."""
    if token.kind == "other":
        return 1, LINKED_DATA.search(raw, token.start, token.end)
    if token.kind != "start" or token.name not in ("meta", "time"):
        return 4, None
    marked = PUBLISHED.search(raw, token.start, token.end)
    if token.name == "meta":
        return 0, CONTENT.search(raw, token.start, token.end) if marked else None
    return (2 if marked else 3), CONTENT.search(raw, token.start, token.end)


def _one_title(units: list[Unit]) -> list[Unit]:
    """Prefer the headline on the page to the ``title`` element, which repeats it."""
    titles = [index for index, unit in enumerate(units) if unit.cue == "title"]
    if len(titles) < 2:
        return units
    first = titles[0]
    units[first] = Unit(units[first].start, units[first].end, units[first].clean, "repeated-headline")
    for index in titles[2:]:
        units[index] = Unit(units[index].start, units[index].end, units[index].clean, "section-head")
    return units


def tokens(raw: str, position: int = 0) -> Iterator[Token]:
    """Cut a page, from ``position`` on, into tokens that cover it exactly."""
    broken, size = 0, len(raw)
    while position < size:
        token, was_broken = _token(raw, position, patient=broken < MOST_BROKEN_TAGS)
        broken += was_broken
        yield token
        position = token.end
        if token.kind == "start" and token.name in RAW_TEXT and position < size:
            closing = re.compile(rf"</{token.name}\b", re.I).search(raw, position)
            end = closing.start() if closing else size
            if token.name == "title":
                yield from _texts(raw, position, end)
            elif position < end:
                yield Token("other", position, end)
            position = end


def _texts(raw: str, start: int, end: int) -> Iterator[Token]:
    while start < end:
        match = TEXT.match(raw, start, end) or ENTITY.match(raw, start, end)
        stop = match.end() if match else start + 1
        yield Token("entity" if match and raw[start] == "&" else "text", start, stop)
        start = stop


def _token(raw: str, position: int, *, patient: bool) -> tuple[Token, bool]:
    """The token at ``position``, and whether it is a tag with unclosed quotes."""
    text = TEXT.match(raw, position)
    if text:
        return Token("text", position, text.end()), False
    if raw[position] == "&":
        entity = ENTITY.match(raw, position)
        return (Token("entity", position, entity.end()) if entity else Token("text", position, position + 1)), False
    if raw.startswith("<!--", position):
        end = raw.find("-->", position + 4)
        return Token("other", position, len(raw) if end < 0 else end + 3), False
    quoted = QUOTED_TAG.match(raw, position) if patient else None
    tag = quoted or SIMPLE_TAG.match(raw, position)
    if tag:
        name = TAG_NAME.match(raw, position)
        kind = "end" if raw.startswith("</", position) else "start"
        return Token(kind, position, tag.end(), name[1].lower() if name else ""), patient and quoted is None
    other = DECLARATION.match(raw, position)
    return (Token("other", position, other.end()) if other else Token("text", position, position + 1)), False


class Page:
    """Walks through tokens, knows the open elements, and collects units."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.units: list[Unit] = []
        self._open: list[Element] = []
        self._count: Counter[str] = Counter()
        self._cleaner = Cleaner()
        self._after_break = False

    def take(self, token: Token) -> None:
        """Go on by one token."""
        if token.kind == "text":
            self._text(token)
        elif token.kind == "entity":
            self._entity(token)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token.name)

    def flush(self) -> None:
        """End the current unit, if it holds any text."""
        clean = self._cleaner.build()
        self._cleaner = Cleaner()
        self._after_break = False
        if clean.text:
            top = self._open[-1] if self._open else Element("", None, False)
            cue: Label | None = "markup" if top.is_skipped else top.label
            self.units.append(Unit(clean.runs[0].raw_start, clean.runs[-1].raw_end, clean, cue))

    def _text(self, token: Token) -> None:
        if not self.raw[token.start : token.end].isspace():
            self._after_break = False
        self._cleaner.add_raw(self.raw, token.start, token.end)

    def _entity(self, token: Token) -> None:
        self._after_break = False
        text = html.unescape(self.raw[token.start : token.end])
        if text.isspace():
            text = " "
        elif text in ("\u00ad", "\u200b", "\u2060", "\ufeff"):
            text = ""
        self._cleaner.add(text, token.start, token.end)

    def _start(self, token: Token) -> None:
        if token.name == "br":
            if self._after_break:
                self.flush()
            else:
                self._cleaner.add(" ", token.start, token.end)
                self._after_break = True
            return
        if token.name in BLOCKS:
            self.flush()
        if token.name in VOID:
            return
        if token.name in ("p", "li") and self._open and self._open[-1].name == token.name:
            self._pop()
        parent = self._open[-1] if self._open else Element("", None, False)
        label = self._label(token) or parent.label
        if label == "section-head" and parent.label in AROUND:
            label = parent.label
        self._open.append(Element(token.name, label, parent.is_skipped or token.name in SKIPPED))
        self._count[token.name] += 1

    def _end(self, name: str) -> None:
        if name in BLOCKS:
            self.flush()
        if self._count[name]:
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name = self._open.pop().name
        self._count[name] -= 1
        return name

    def _label(self, token: Token) -> Label | None:
        if token.name in ELEMENT_LABELS:
            return ELEMENT_LABELS[token.name]
        if token.name in CONTAINERS or token.name not in BLOCKS:
            return None
        hints = " ".join(a or b or c for a, b, c in HINT.findall(self.raw, token.start, token.end)).split()
        return next((label for label, rule in CLASS_LABELS if any(rule.search(hint) for hint in hints)), None)
