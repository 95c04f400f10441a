"""The sentence around a claim, where the text is held: in the folder, or in a file that the reviewer names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim, Span
from realpolitik.contest.located import read_text
from realpolitik.errors import ReadingError, StorageError, UnknownName
from realpolitik.reading.documents.document import Document, read_document
from realpolitik.reading.documents.offsets import CleanText
from realpolitik.reading.verbatim import find, nearest_place

__all__ = ["Excerpt", "documents", "excerpts", "located"]


@dataclass(frozen=True)
class Excerpt:
    """A paragraph with the claim's words marked."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """Stretches of ``text`` that belong to the claim."""


def documents(contest: Contest, folder: Path, given: Mapping[str, Path]) -> dict[str, Document]:
    """The texts that can be shown, by source.

    Parameters
    ----------
    given : files of texts that the folder does not hold, by source.

    Raises
    ------
    UnknownName : no such source.
    StorageError, ReadingError : a file cannot be read, or is not the text that the claims were taken from.
    """
    for name in given:
        if name not in contest.sources:
            raise UnknownName("source", name, list(contest.sources))
    found: dict[str, Document] = {}
    for name, source in contest.sources.items():
        path = given.get(name) or (folder / source.file if source.file else None)
        if path is None:
            continue
        document = _document(path, name, held=name not in given)
        if source.sha256 and document.sha256 != source.sha256:
            raise StorageError(f"{path} is not the text of '{name}': its SHA-256 is not the one in 'sources'.")
        wrong = next((span for span in _spans(contest, name) if not _stands(document, span)), None)
        if wrong is not None:
            raise StorageError(f"{path} is not the text of '{name}': it has other words at {wrong.start}–{wrong.end}.")
        found[name] = document
    return found


def _document(path: Path, name: str, *, held: bool) -> Document:
    """The document of a file; of one that the folder holds the plain text, if it is of no kind that can be read."""
    try:
        return read_document(path, name=name)
    except ReadingError:
        if not held:
            raise
        return Document.from_text(read_text(path), name, digest=sha256(path.read_bytes()).hexdigest())


def _spans(contest: Contest, source: str) -> Iterable[Span]:
    return (span for claim in contest.claims.values() if claim.document == source for span in claim.spans)


def _stands(document: Document, span: Span) -> bool:
    return document.raw[span.start : span.end] == span.text


def excerpts(claim: Claim, document: Document | None) -> list[Excerpt]:
    """The paragraphs in which the claim's words stand; without the text, the words alone."""
    if document is None:
        return [Excerpt(text := " ".join(span.text.split()), ((0, len(text)),)) for span in claim.spans]
    found = []
    for block in document.blocks:
        if block.text and any(span.start < block.end and block.start < span.end for span in claim.spans):
            marks = tuple(mark for span in claim.spans for mark in _marks(block.clean, span))
            if marks:
                found.append(Excerpt(block.text, marks))
    return found or excerpts(claim, None)


def _marks(clean: CleanText, span: Span) -> list[tuple[int, int]]:
    """The stretch of clean text that came from the words of a span."""
    touched: list[tuple[int, int]] = []
    for run in clean.runs:
        low, high = max(run.raw_start, span.start), min(run.raw_end, span.end)
        if low >= high:
            continue
        if run.is_verbatim:
            shift = run.clean_start - run.raw_start
            touched.append((low + shift, high + shift))
        else:
            touched.append((run.clean_start, run.clean_end))
    return [(touched[0][0], touched[-1][1])] if touched else []


def located(words: str, claim: Claim, document: Document | None) -> Span | None:
    """The place nearest to a claim where words stand; in the claim's own words only, if the text is not held."""
    first, last = claim.spans[0].start, claim.spans[-1].end
    if document is None:
        for span in claim.spans:
            for start, end in find(span.text, words):
                return Span(start=span.start + start, end=span.start + end, text=span.text[start:end])
        return None
    spans = [
        document.span(block, start, end)
        for block in document.blocks
        if block.text
        for start, end in find(block.text, words)
    ]
    place = nearest_place([(span.start, span.end) for span in spans], first, last)
    return next((span for span in spans if (span.start, span.end) == place), None)
