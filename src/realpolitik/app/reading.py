"""The `read` command: reports in, claims on the terminal, as JSON lines, in a file, or as the draft of a contest."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.adding import add, print_added
from realpolitik.app.bar import Bar, bar_of
from realpolitik.app.claim_shown import read_as, words
from realpolitik.app.drafting import checked_grade, save, twin
from realpolitik.app.readers import Readers
from realpolitik.app.review_list import REVIEW
from realpolitik.app.start import refuse_taken
from realpolitik.contest.claims_file import dump_claims
from realpolitik.contest.evidence import Claim
from realpolitik.errors import ReadingError, RealpolitikError
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.corpus import Options, Result, read_entries
from realpolitik.reading.documents.articles import key_map
from realpolitik.reading.documents.document import Document
from realpolitik.reading.documents.inputs import Entry, count_entries, entries, printable
from realpolitik.reading.progress import ClaimsFile

__all__ = ["NOT_ALL", "Asked", "run"]

NOT_ALL = 3
"""Exit code if some documents could be read and others not."""

BAD_INPUT = 2
CLAIMS_FILES = (".jsonl", ".ndjson")

LONGEST_WORDS = 90
"""Characters of a block in the table."""


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    reports: Sequence[str]
    as_json: bool = False
    out: Path | None = None
    published: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    jobs: int = 1
    resume: bool = False
    raw: bool = False
    blocks: bool = False
    only: str | None = None
    into: Path | None = None
    reliability: str | None = None
    readers: Readers = field(default_factory=lambda: Readers(("rules",)))


def run(asked: Asked) -> None:
    """Read reports; print their claims, save them, draft a contest, add them to one, or show the text or its blocks.

    Raises
    ------
    ReadingError, StorageError : nothing can be read, an option is wrong, or the place for the output is taken.
    """
    keys = key_map(asked.keys)
    options = Options(asked.readers, _date(asked.published))
    to_file = asked.out is not None and asked.out.suffix.lower() in CLAIMS_FILES
    if asked.resume and not to_file:
        raise ReadingError("--resume goes on with a file of claims: name it with -o, e.g. -o claims.jsonl.")
    if asked.out is not None and (asked.raw or asked.blocks):
        raise ReadingError("--raw and --blocks print; leave -o out, or send what is printed into a file.")
    if asked.into is not None and (asked.out is not None or asked.raw or asked.blocks):
        raise ReadingError("--into adds claims to a contest that is there; -o, --raw and --blocks do something else.")
    if asked.reliability is not None and asked.into is None and (to_file or asked.out is None):
        raise ReadingError("--reliability grades the sources of a contest: give it with -o FOLDER or --into FOLDER.")
    if asked.jobs > 1 and not asked.readers.is_local:
        raise ReadingError("--jobs: the reader 'llm' asks one question after the other. Leave it out.")
    with asked.readers.reporting():
        _run(asked, keys, options, to_file)
    if not asked.readers.is_complete:
        raise typer.Exit(NOT_ALL)


def _run(asked: Asked, keys: dict[str, str], options: Options, to_file: bool) -> None:
    if to_file:
        _save(asked, keys, options)
    elif asked.into is not None:
        _add(asked.into, asked, _Documents(asked, keys, options), options)
    elif asked.raw or asked.blocks:
        _show_text(asked, _Documents(asked, keys, options))
    elif asked.as_json and asked.out is None:
        _stream(asked, keys, options)
    else:
        _tables(asked, _Documents(asked, keys, options), options)


class _Documents:
    """The documents, one by one; those that cannot be read are reported and counted."""

    def __init__(self, asked: Asked, keys: dict[str, str], options: Options) -> None:
        self._asked, self._keys, self._options = asked, keys, options
        self.faults: list[str] = []
        self.done = 0

    def __iter__(self) -> Iterator[Document]:
        for entry in _wanted(self._asked, self._keys):
            try:
                document = entry.document(self._options.published)
            except RealpolitikError as error:
                self.failed(error)
            else:
                self.done += 1
                yield document

    def failed(self, error: RealpolitikError) -> None:
        """Note what cannot be read."""
        self.faults.append(printable(str(error)))

    def end(self) -> None:
        """Say what could not be read; without any document that is an error."""
        _report(self.faults, self.done, self._asked.only)


def _wanted(asked: Asked, keys: dict[str, str]) -> Iterator[Entry]:
    return (entry for entry in entries(asked.reports, keys=keys) if asked.only in (None, entry.name))


def _report(faults: Sequence[str], done: int, only: str | None) -> None:
    if not done and not faults:
        raise ReadingError(f"No document is called '{only}'. Leave --only out to see the names.")
    if faults and not done:
        raise ReadingError("\n".join(faults))
    for fault in faults:
        typer.echo(f"realpolitik: {fault}", err=True)
    if faults:
        raise typer.Exit(NOT_ALL)


def _tables(asked: Asked, source: _Documents, options: Options) -> None:
    grade = checked_grade(asked.reliability)
    if asked.out is not None:
        refuse_taken(asked.out)
    documents, found = [], []
    names: dict[str, str] = {}
    for document in source:
        if asked.out is not None and (told := twin(document, names)):
            typer.echo(f"realpolitik: {told}", err=True)
            continue
        try:
            claims = options.read(document)
        except RealpolitikError as error:
            source.done -= 1
            source.failed(error)
            continue
        if not asked.as_json:
            _print(document, claims)
        if asked.out is not None:
            documents.append(document)
            found += claims
    if asked.out is not None and documents:
        if asked.as_json:
            typer.echo(dump_claims(found, common=True), nl=False)
        save(asked.out, documents, found, reliability=grade, contradictions=contradictions)
        if not asked.as_json:
            typer.echo(f"\nDraft written to {asked.out}. What the reports do not settle is marked 'to be judged'.")
            typer.echo(f"What to look at first: {asked.out / REVIEW}")
    source.end()


def _add(folder: Path, asked: Asked, source: _Documents, options: Options) -> None:
    grade = checked_grade(asked.reliability)
    added = add(folder, list(source), options.read, reliability=grade, contradictions=contradictions)
    if source.done:
        print_added(added, folder, as_json=asked.as_json)
    source.end()


def _stream(asked: Asked, keys: dict[str, str], options: Options) -> None:
    """Claims of all documents on standard output, as they are found."""
    faults, done = [], 0
    for results in read_entries(_wanted(asked, keys), options, jobs=asked.jobs):
        for result in results:
            if result.fault is None:
                done += 1
                typer.echo(result.lines, nl=False)
            else:
                faults.append(result.fault)
    _report(faults, done, asked.only)


def _save(asked: Asked, keys: dict[str, str], options: Options) -> None:
    """Claims of all documents in one file, with progress; an interrupted run can be taken up again."""
    assert asked.out is not None
    if asked.resume and ClaimsFile.is_finished(asked.out):
        text = (
            f"{asked.out} is finished; there is nothing to go on with. To read again, name another file or delete it."
        )
        typer.echo(text, err=True)
        return
    made_with = ", ".join(
        [
            asked.readers.made_with,
            *(f"{key}={value}" for key, value in sorted(keys.items())),
            *([f"published {asked.published}"] * bool(asked.published)),
            *([f"only {asked.only}"] * bool(asked.only)),
        ]
    )
    planned = count_entries(asked.reports) if sys.stderr.isatty() else None
    with ClaimsFile(asked.out, made_with, resume=asked.resume) as file, bar_of("documents", planned) as bar:
        try:
            for results in read_entries(file.remaining(_wanted(asked, keys)), options, jobs=asked.jobs):
                file.add(results)
                _complain(results, bar)
                bar.to(file.done)
        except KeyboardInterrupt:
            typer.echo(f"\n{file.done:,} documents are done. Go on with the same command and --resume.", err=True)
            raise
        if file.done == file.faults:
            file.discard()
        else:
            file.finish()
    if not file.done:
        _report((), 0, asked.only)
    read_count = file.done - file.faults
    where = f"; {file.claims:,} claims in {asked.out}." if read_count else "; no file was written."
    typer.echo(f"{read_count:,} of {file.done:,} documents read{where}", err=True)
    if file.faults:
        raise typer.Exit(NOT_ALL if read_count else BAD_INPUT)


def _complain(results: Sequence[Result], bar: Bar) -> None:
    for result in results:
        if result.fault is not None:
            bar.say(f"realpolitik: {result.fault}")


def _show_text(asked: Asked, source: _Documents) -> None:
    """The raw text of one document, or the blocks of all."""
    if asked.raw:
        documents = list(islice(source, 2))
        if len(documents) > 1:
            raise ReadingError("--raw shows one document, and there are several. Choose one: --only NAME.")
        for document in documents:
            typer.echo(document.raw.encode(), nl=False)
        source.end()
        return
    for document in source:
        if not asked.as_json:
            _print_blocks(document)
            continue
        for block in document.blocks:
            shown = {"document": document.name, "start": block.start, "end": block.end, "label": block.label}
            typer.echo(json.dumps({**shown, "text": block.text}, ensure_ascii=False))
    source.end()


def _print_blocks(document: Document) -> None:
    out = show.console()
    out.print(_head(document))
    table = show.listing("", ("from", "right"), ("to", "right"), ("label", "left"), ("text", "left"))
    for block in document.blocks:
        if block.label != "blank":
            text = block.text or " ".join(document.raw[block.start : block.end].split())
            table.add_row(str(block.start), str(block.end), block.label, escape(printable(_cut(text))))
    out.print(table)


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReadingError(f"--published is '{text}'; write the date as 2020-01-08.") from None


def _head(document: Document) -> str:
    when = f"published {document.published} ({document.published_basis})" if document.published else "no date known"
    return f"[bold]{escape(document.title or document.name)}[/bold]: {document.encoding}, {escape(when)}"


def _print(document: Document, claims: list[Claim]) -> None:
    out = show.console()
    labels: dict[str, int] = {}
    for block in document.blocks:
        labels[block.label] = labels.get(block.label, 0) + 1
    out.print(_head(document))
    out.print(escape(", ".join(f"{count} {label}" for label, count in sorted(labels.items()))))
    table = show.listing("", ("claim", "left"), ("kind", "left"), ("read as", "left"), ("words", "left"))
    for claim in claims:
        table.add_row(*(escape(text) for text in (claim.id, claim.kind, read_as(claim), words(claim))))
    out.print(table)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1]}…"
