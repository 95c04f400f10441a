"""The PolNeAR collection as it lies on disk: articles, and the attributions that annotators marked in them.

PolNeAR (Newell, Margolin & Ruths 2018) marks in political news who said, thinks or is reported to hold what. Its files
are texts, and beside them stand-off annotations of brat: a line ``T1⇥Source 10 17⇥the mayor`` for a span (several
ranges, parted by semicolons, where it is split), a line ``E1⇥Attribution:T4 Content:T3 Cue:T2 Source:T1`` for an
attribution. The project holds none of these files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from realpolitik.errors import Fault, ReadingError, StorageError

__all__ = ["Article", "Gold", "Kind", "Ranges", "articles", "kind_of"]

Kind = Literal["direct", "mixed", "indirect"]

Ranges = tuple[tuple[int, int], ...]
"""First code point, and one past the last, of each stretch."""

MARKS = "\"“”„«»'‘’`"  # noqa: RUF001
INNER_MARK = re.compile(r"[\"“”„«»‘]|''|``")  # noqa: RUF001
SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t?")
ROLE = re.compile(r"([A-Za-z-]+?)\d*:(T\d+)")
ATTRIBUTION = re.compile(r"E\d+\tAttribution")

LARGEST_FILE = 5_000_000
"""Bytes of a text or of its annotations; a larger one is no news article."""


@dataclass(frozen=True)
class Gold:
    """An attribution as annotated; ranges count code points of the text."""

    content: Ranges
    source: Ranges
    """Empty where nobody is named."""

    cue: Ranges
    kind: Kind


@dataclass(frozen=True)
class Article:
    """A text with its attributions."""

    name: str
    text: str = field(repr=False)
    gold: tuple[Gold, ...] = field(repr=False)


def kind_of(content: str) -> Kind:
    """Whether the content is a quotation, holds one, or holds none.

    Examples
    --------
    >>> kind_of("“We go.”"), kind_of("that it was “a mistake” to go"), kind_of("that it was a mistake")
    ('direct', 'mixed', 'indirect')
    """
    words = content.strip()
    if words[:1] and words[0] in MARKS and words[-1] in MARKS:
        return "direct"
    return "mixed" if INNER_MARK.search(words) else "indirect"


def articles(folder: Path) -> list[Article]:
    """All annotated articles of a folder, by name.

    Parameters
    ----------
    folder : holds ``text/*.txt`` and ``attributions/*.ann``; both kinds in one folder, and folders of such folders
        (``train``, ``dev``, ``test``), are read too. An annotation belongs to the text whose name it begins with;
        where several annotators marked one text, the first by name counts.

    Raises
    ------
    StorageError : there is no such folder, or a file cannot be read.
    ReadingError : no text has annotations, or annotations are broken; all faults at once.
    """
    if not folder.is_dir():
        raise StorageError(f"{folder}: there is no such folder. Name one with text/*.txt and attributions/*.ann.")
    texts = sorted(path for path in folder.rglob("*.txt") if path.is_file())
    marked = sorted(path for path in folder.rglob("*.ann") if path.is_file())
    pairs = list(_pairs(texts, marked))
    if not pairs:
        raise ReadingError(
            f"{folder}: {len(texts)} files *.txt and {len(marked)} files *.ann, and no annotation belongs to a text. "
            "Expected text/NAME.txt and attributions/NAME.ann or NAME_ANNOTATOR.ann, as PolNeAR comes."
        )
    faults: list[Fault] = []
    found = [_article(text, annotation, faults) for text, annotation in pairs]
    if faults:
        raise ReadingError("\n".join(str(fault) for fault in faults[:20]))
    return found


def _pairs(texts: list[Path], marked: list[Path]) -> Iterator[tuple[Path, Path]]:
    by_name: dict[str, list[Path]] = {}
    for path in marked:
        for name in {path.stem, path.stem.rpartition("_")[0]} - {""}:
            by_name.setdefault(name, []).append(path)
    for text in texts:
        own = by_name.get(text.stem, ())
        near = [path for path in own if {path.parent, path.parent.parent} & {text.parent, text.parent.parent}]
        if near:
            yield text, near[0]


def _article(text_file: Path, annotation: Path, faults: list[Fault]) -> Article:
    text = _content(text_file)
    spans: dict[str, Ranges] = {}
    gold: list[Gold] = []
    for number, line in enumerate(_content(annotation).split("\n"), 1):
        span = SPAN.match(line)
        if span:
            ranges = tuple(
                (int(low), int(high)) for low, _, high in (part.partition(" ") for part in span[3].split(";"))
            )
            if all(low <= high <= len(text) for low, high in ranges):
                spans[span[1]] = tuple((low, high) for low, high in ranges if low < high)
                continue
            message = f"the span {span[3]} lies outside the {len(text)} characters of {text_file.name}."
            faults.append(Fault((), message, str(annotation), number))
        elif line.startswith("T"):
            faults.append(Fault((), "expected a span like 'T1⇥Source 10 17⇥words'.", str(annotation), number))
    for line in _content(annotation).split("\n"):
        if ATTRIBUTION.match(line):
            found = _gold(line, spans, text)
            gold += [found] if found else []
    return Article(text_file.stem, text, tuple(gold))


def _gold(line: str, spans: dict[str, Ranges], text: str) -> Gold | None:
    parts: dict[str, list[tuple[int, int]]] = {"Content": [], "Source": [], "Cue": []}
    for role, name in ROLE.findall(line):
        if role in parts:
            parts[role] += spans.get(name, ())
    content, source, cue = (tuple(sorted(parts[role])) for role in ("Content", "Source", "Cue"))
    if not content:
        return None
    return Gold(content, source, cue, kind_of(" ".join(text[low:high] for low, high in content)))


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if len(content) > LARGEST_FILE:
        raise ReadingError(f"{path}: more than {LARGEST_FILE:,} bytes; that is no news article of PolNeAR.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(f"{path}: byte {error.start} is not UTF-8, as all files of PolNeAR are.") from error
