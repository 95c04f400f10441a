"""The `read` command: reports in, claims on the terminal, as JSON lines, or as the draft of a contest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer
from rich.markup import escape

from realpolitik.app import drafting, show
from realpolitik.app.start import refuse_taken
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import dump_claims
from realpolitik.errors import ReadingError
from realpolitik.reading.document import Document, read_document
from realpolitik.reading.reader import read

__all__ = ["run"]

LONGEST_WORDS = 90
"""Characters of a claim in the table."""


def run(reports: Sequence[Path], *, as_json: bool, out: Path | None, published: str | None,
        into: Path | None = None, reliability: str | None = None) -> None:  # fmt: skip
    """Read reports, print their claims, and draft a contest or add them to one where asked.

    Raises
    ------
    ReadingError, StorageError : a report cannot be read, the date is none, or the folder is taken.
    """
    grade = drafting.checked_grade(reliability)
    if out is not None and into is not None:
        raise ReadingError("-o drafts a new folder, --into adds to one that is there. Give one of them.")
    if out is not None:
        refuse_taken(out)
    documents = [read_document(path, published=_date(published)) for path in reports]
    if into is not None:
        drafting.print_added(drafting.add(into, documents, read, reliability=grade), into, as_json=as_json)
        return
    documents, twice = drafting.distinct(documents)
    for told in twice:
        typer.echo(f"realpolitik: {told}", err=True)
    claims = [claim for document in documents for claim in read(document)]
    if as_json:
        typer.echo(dump_claims(claims), nl=False)
    else:
        for document in documents:
            _print(document, [claim for claim in claims if claim.document == document.name])
    if out is not None:
        drafting.save(out, documents, claims, reliability=grade)
        if not as_json:
            typer.echo(f"\nDraft written to {out}. What the reports do not settle is marked 'to be judged'.")


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReadingError(f"--published is '{text}'; write the date as 2020-01-08.") from None


def _print(document: Document, claims: list[Claim]) -> None:
    out = show.console()
    labels: dict[str, int] = {}
    for block in document.blocks:
        labels[block.label] = labels.get(block.label, 0) + 1
    when = f"published {document.published} ({document.published_basis})" if document.published else "no date known"
    out.print(f"[bold]{escape(document.title or document.name)}[/bold]: {document.encoding}, {when}")
    out.print(escape(", ".join(f"{count} {label}" for label, count in sorted(labels.items()))))
    table = show.listing("", ("claim", "left"), ("kind", "left"), ("speaker", "left"), ("words", "left"))
    for claim in claims:
        table.add_row(*(escape(text) for text in (claim.id, claim.kind, _speaker(claim), _words(claim))))
    out.print(table)


def _speaker(claim: Claim) -> str:
    if claim.kind != "quotation":
        return ""
    return (claim.speaker.actor if claim.speaker else None) or "?"


def _words(claim: Claim) -> str:
    words = " ".join(" ".join(span.text for span in claim.content or claim.spans).split())
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
