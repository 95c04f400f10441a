"""What is to be read: files, folders, lists of files and JSONL of articles, one entry a document, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from realpolitik.errors import ReadingError, RealpolitikError
from realpolitik.reading.documents.articles import Article, article
from realpolitik.reading.documents.document import (
    ALLOWED,
    LARGEST_BYTES,
    LONGEST_NAME,
    MEDIA_OF_SUFFIX,
    Document,
    document_name,
    file_content,
    read_document,
)

__all__ = ["Entry", "count_entries", "entries", "printable"]

ARTICLES = frozenset({".jsonl", ".ndjson"})
LIST = "@"
"""Before the name of a file that lists others."""

DEEPEST = 40
"""Folders within folders."""


@dataclass(frozen=True)
class Entry:
    """A document that is to be read, or the reason why it cannot be."""

    where: str
    """File, and line of a collection, as it is shown."""

    name: str
    """Of the document; no two entries have the same."""

    path: Path | None = None
    article: Article | None = field(default=None, repr=False)
    fault: str | None = None

    @property
    def key(self) -> str:
        """What the entry is recognised by when reading goes on after a break."""
        size = len(self.article.text) if self.article else 0
        return f"{self.where}\0{self.name}\0{size}\0{self.fault or ''}"

    def document(self, published: date | None = None) -> Document:
        """Read it.

        Raises
        ------
        ReadingError, StorageError : it cannot be read.
        """
        if self.article:
            return self.article.document(self.name, published)
        if self.path is None:
            raise ReadingError(self.fault or f"{self.where}: nothing to read.")
        return read_document(self.path, name=self.name, published=published)


class Names:
    """Gives every document a name of its own."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def take(self, words: str) -> str:
        """A name made of ``words`` that was not taken before."""
        base = document_name(words)
        name = base
        while name in self._next:
            self._next[base] += 1
            ending = f"-{self._next[base]}"
            name = base[: LONGEST_NAME - len(ending)] + ending
        self._next[name] = 1
        return name


def entries(paths: Iterable[str | Path], *, keys: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """One entry a document, in the order of the paths; what cannot be read is an entry with its fault.

    Parameters
    ----------
    paths : files; folders, of which every file is taken, in the order of names, hidden ones and symbolic links left
        out; ``@FILE``, a list of paths, one a line; JSONL of articles.
    keys : what the keys of the articles mean, see :func:`~realpolitik.reading.documents.articles.key_map`.
    """
    names = Names()
    for path in paths:
        yield from _any(str(path), names, keys or {})


def count_entries(paths: Iterable[str | Path]) -> int:
    """How many entries :func:`entries` will yield, about; articles are counted by lines, without reading them."""
    count = 0
    for entry in _files(paths):
        if entry.suffix.lower() in ARTICLES:
            try:
                with entry.open("rb") as file:
                    count += sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
            except OSError:
                count += 1
        else:
            count += 1
    return count


def printable(text: str) -> str:
    r"""Text that a terminal may show: control characters and undecodable bytes as escapes.

    Examples
    --------
    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape", "backslashreplace").decode()
        for char in text
    )


def _any(path: str, names: Names, keys: Mapping[str, str], *, listed: bool = False) -> Iterator[Entry]:
    if "\0" in path:
        yield _fault(path, names, "a path cannot hold the character NUL.")
    elif not path.strip():
        yield _fault(repr(path), names, "the path is empty. Name a file or folder; the current folder is '.'.")
    elif path.startswith(LIST) and not Path(path).exists():
        if listed:
            yield _fault(path, names, "a list cannot name another list. Put its lines here.")
        else:
            yield from _list(Path(path[len(LIST) :]), names, keys)
    elif Path(path).is_dir():
        found = False
        for file, fault in _walk(Path(path)):
            found = True
            yield from ((_fault(str(file), names, fault),) if fault else _file(file, names, keys))
        if not found:
            yield _fault(path, names, f"the folder holds no file that is not hidden. Allowed are {ALLOWED}.")
    else:
        yield from _file(Path(path), names, keys)


def _list(path: Path, names: Names, keys: Mapping[str, str]) -> Iterator[Entry]:
    try:
        text = file_content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        yield _fault(str(path), names, "the list is not UTF-8 text. Write one path a line.")
        return
    except RealpolitikError as error:
        yield Entry(printable(str(path)), names.take(path.stem), fault=printable(str(error)))
        return
    listed = [name for line in text.splitlines() if (name := line.strip()) and not name.startswith("#")]
    if not listed:
        yield _fault(str(path), names, "the list names no file. Write one path a line.")
    for name in listed:
        inside = name if name.startswith(LIST) else str(path.parent / name)
        yield from _any(inside, names, keys, listed=True)


def _walk(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file below a folder, by name, or why it is left out."""
    stack: list[tuple[Path, int]] = [(folder, 0)]
    while stack:
        path, depth = stack.pop()
        if path.is_symlink() and depth:
            yield path, "a symbolic link is not followed. Name its target if it shall be read."
        elif path.is_dir():
            if depth > DEEPEST:
                yield path, f"the folder lies more than {DEEPEST} deep. Name it by itself."
                continue
            try:
                inside = sorted(os.listdir(path), reverse=True)
            except OSError as error:
                yield path, f"the folder cannot be opened: {error.strerror}."
                continue
            stack += [(path / name, depth + 1) for name in inside if not name.startswith(".")]
        else:
            yield path, None


def _file(path: Path, names: Names, keys: Mapping[str, str]) -> Iterator[Entry]:
    suffix = path.suffix.lower()
    if suffix in ARTICLES and path.is_file():
        yield from _articles(path, names, keys)
    elif suffix in ARTICLES and not path.exists():
        yield _fault(str(path), names, "there is no such file. Check the path.")
    elif suffix not in MEDIA_OF_SUFFIX and path.is_file():
        text = f"'{suffix}' files cannot be read. Allowed are {ALLOWED} and articles (.jsonl)."
        yield _fault(str(path), names, text)
    else:
        yield Entry(printable(str(path)), names.take(path.stem), path=path)


def _articles(path: Path, names: Names, keys: Mapping[str, str]) -> Iterator[Entry]:
    """The articles of a JSONL file, read line by line."""
    try:
        with path.open("rb") as file:
            number, found = 0, False
            while content := file.readline(LARGEST_BYTES + 1):
                number += 1
                where = f"{printable(str(path))}:{number}"
                found = found or bool(content.strip())
                if len(content) > LARGEST_BYTES:
                    while content and not content.endswith(b"\n"):
                        content = file.readline(LARGEST_BYTES)
                    fault = f"{where}: the line has more than {LARGEST_BYTES:,} bytes. Take it out of the file."
                    yield Entry(where, names.take(f"{path.stem}-{number}"), fault=fault)
                elif content.strip():
                    yield _article(content, where, f"{path.stem}-{number}", names, keys)
            if not found:
                yield _fault(str(path), names, "the file holds no article. Write one JSON object a line.")
    except OSError as error:
        yield _fault(str(path), names, f"the file cannot be read: {error.strerror}.")


def _article(content: bytes, where: str, name: str, names: Names, keys: Mapping[str, str]) -> Entry:
    try:
        found = article(content.decode("utf-8-sig"), where, keys)
    except UnicodeDecodeError as error:
        return Entry(where, names.take(name), fault=f"{where}: byte {error.start} is not UTF-8. JSONL is UTF-8 text.")
    except ReadingError as error:
        return Entry(where, names.take(name), fault=printable(str(error)))
    return Entry(where, names.take(found.name or name), article=found)


def _fault(path: str, names: Names, text: str) -> Entry:
    shown = printable(path)
    return Entry(shown, names.take(Path(path.replace("\0", "")).stem), fault=f"{shown}: {text}")


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files behind ``paths``, without opening any but lists."""
    for path in map(str, paths):
        if "\0" in path:
            yield Path("nul")
        elif path.startswith(LIST) and not Path(path).exists():
            listed = Path(path[len(LIST) :])
            try:
                lines = file_content(listed).decode("utf-8-sig").splitlines()
            except (UnicodeDecodeError, RealpolitikError):
                yield listed
                continue
            inside = [line.strip() for line in lines]
            yield from _files(str(listed.parent / line) for line in inside if line and not line.startswith(("#", LIST)))
        elif Path(path).is_dir():
            yield from (file for file, _ in _walk(Path(path)))
        else:
            yield Path(path)
