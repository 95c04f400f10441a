"""The `update` command: new reports in, changes proposed, the forecast on what is known by now put on the track."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from realpolitik.app import forecast_shown, record, show
from realpolitik.app.adding import Added, add, print_added
from realpolitik.app.drafting import checked_grade
from realpolitik.app.track import print_step
from realpolitik.contest.contest import Contest
from realpolitik.contest.expression import Join, names, parse_expression
from realpolitik.contest.file import edit, load
from realpolitik.contest.guards import guard_of
from realpolitik.errors import ContestError, Fault, ReadingError, RealpolitikError
from realpolitik.forecast.condition import condition
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.documents.document import Document
from realpolitik.reading.documents.inputs import entries
from realpolitik.reading.drafts.match import Match, match
from realpolitik.reading.drafts.roster import Roster
from realpolitik.reading.reader import read
from realpolitik.record import book as books
from realpolitik.record import seal as sealing
from realpolitik.record import track as tracking
from realpolitik.record.ledger import Entry
from realpolitik.record.nouns import Seal
from realpolitik.record.updates import KNOWN, Proposal, proposals

__all__ = ["Asked", "run"]


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    reports: Sequence[str]
    accept: Sequence[str]
    """Numbers of proposals, each with ``=VALUE`` where the analyst has to say the value."""

    known: str | None
    published: date | None
    reliability: str | None
    draws: int
    seed: int
    day: date
    as_json: bool


def run(folder: Path, asked: Asked) -> None:
    """Read reports, propose changes, apply those that are accepted, and seal the forecast.

    Raises
    ------
    ContestError, ReadingError, StorageError : nothing is changed then, except that reports which were read stay added.
    """
    home = record.home_of(folder)
    held = books.book(home)
    grade = checked_grade(asked.reliability)
    documents, faults = _documents(asked)
    contest = load(folder)
    if asked.accept:
        _refuse_unread(documents, contest)
    if asked.known is not None:
        guard_of(contest, asked.known)
    known = _known(held, asked.known)
    if known is not None:
        guard_of(contest, known)
    held.refuse_before(asked.day)
    latest = None if asked.accept else _latest(contest, documents)
    if not asked.accept:
        _refuse_unlikely(contest, asked, known)
    if not held.seals:
        _seal(home, asked, None, "Before any update.")
    moved = _move_day(folder, contest, latest)
    added = add(folder, documents, read, reliability=grade, contradictions=contradictions)
    contest = load(folder)
    found = [one for one in proposals(contest, _matches(contest, documents)) if not _is_known(one, known)]
    accepted, happened = _chosen(asked.accept, found)
    known = _joined([known, *happened])
    if known is not None:
        guard_of(contest, known)
    if accepted or happened:
        _refuse_unlikely(load(folder, accepted), asked, known)
    if accepted:
        edit(folder, accepted)
    if happened:
        accepted = {**accepted, KNOWN: " and ".join(happened)}
    entry, sealed = _seal(home, asked, known, _note(documents, accepted))
    step = tracking.steps(books.book(home))[-1]
    if asked.as_json:
        _print_json(added, found, accepted, moved, entry, step)
    else:
        _print(folder, asked, (added, moved), (found, accepted), (entry, sealed), step)
    for fault in [*faults, *_undated(documents, contest)]:
        typer.echo(f"realpolitik: {fault}", err=True)


def _documents(asked: Asked) -> tuple[list[Document], list[str]]:
    """What can be read, and what is wrong with the rest."""
    documents, faults = [], []
    for each in entries(asked.reports):
        try:
            documents.append(each.document(asked.published))
        except RealpolitikError as error:
            faults.append(str(error))
    if not documents:
        raise ReadingError("\n".join(faults) or "No report was given.")
    return documents, faults


def _refuse_unread(documents: Iterable[Document], contest: Contest) -> None:
    held = {source.sha256 for source in contest.sources.values()}
    if any(document.sha256 not in held for document in documents):
        raise ContestError(
            "--accept takes the numbers of proposals that an update with these reports has printed. Run it without "
            "--accept first."
        )


def _known(held: books.Book, more: str | None) -> str | None:
    """What was known when the last forecast was sealed still is."""
    last = held.seals[-1].seal.known if held.seals else None
    return _joined(dict.fromkeys([last, more]))


def _joined(conditions: Iterable[str | None]) -> str | None:
    """All of several conditions; brackets only where they are needed."""
    given = [one for one in conditions if one is not None]
    if len(given) < 2:
        return given[0] if given else None
    roots = [parse_expression(one).root for one in given]
    needs = [isinstance(root, Join) and root.word == "or" for root in roots]
    return " and ".join(f"({one})" if bracket else one for one, bracket in zip(given, needs, strict=True))


def _refuse_unlikely(contest: Contest, asked: Asked, known: str | None) -> None:
    """Say at once, before anything is written, that too few draws agree with what is known."""
    if known is not None:
        condition(forecast_shown.with_progress(contest, asked.draws, asked.seed), known)


def _latest(contest: Contest, documents: Iterable[Document]) -> date:
    """Day of the latest report; the contest's own where none is dated."""
    latest = max((document.published for document in documents if document.published), default=contest.as_of)
    if latest > contest.horizon:
        raise ContestError(
            f"A report is of {latest}, after the horizon of the contest, {contest.horizon}. "
            "Leave it out, or move the horizon."
        )
    return latest


def _undated(documents: Iterable[Document], contest: Contest) -> list[str]:
    """Reports that say nothing of the day from which the contest now stands."""
    return [
        f"{document.name} tells no date of publication, so it does not move the day of the contest "
        f"({contest.as_of}). Give it with --published."
        for document in documents
        if document.published is None
    ]


def _move_day(folder: Path, contest: Contest, latest: date | None) -> date | None:
    """Let the contest stand as of the latest report; None where it does already."""
    if latest is None or latest <= contest.as_of:
        return None
    edit(folder, {"as_of": latest.isoformat()})
    return latest


def _matches(contest: Contest, documents: Iterable[Document]) -> list[Match]:
    """The claims of these reports beside all others, whether they came in now or with an earlier update."""
    digests = {document.sha256 for document in documents}
    names = {name for name, source in contest.sources.items() if source.sha256 in digests}
    new = [claim for claim in contest.claims.values() if claim.document in names]
    old = [claim for claim in contest.claims.values() if claim.document not in names]
    days = {name: source.published for name, source in contest.sources.items() if source.published}
    return match(old, new, Roster([*old, *new], contest.actors), contradictions, days)


def _is_known(proposal: Proposal, known: str | None) -> bool:
    return (
        proposal.path == KNOWN
        and known is not None
        and proposal.value in {name.name for name in names(parse_expression(known))}
    )


def _chosen(accept: Sequence[str], found: Sequence[Proposal]) -> tuple[dict[str, str], list[str]]:
    """Accepted changes by path, and what is accepted as having happened.

    Raises
    ------
    ContestError : a number is none of the list, or a value is missing or not wanted.
    """
    faults, chosen, happened = [], dict[str, str](), list[str]()
    for text in accept:
        number, _, value = (part.strip() for part in text.partition("="))
        if not number.isdigit() or not 0 < int(number) <= len(found):
            faults.append(
                f"--accept {text}: there are proposals 1 to {len(found)}."
                if found
                else f"--accept {text}: there is no proposal."
            )
            continue
        proposal = found[int(number) - 1]
        if proposal.value is None and not value:
            faults.append(f"--accept {text}: say the value, as --accept '{number}=20 to 40'; it is {proposal.now} now.")
        elif proposal.path == KNOWN:
            happened += [] if str(proposal.value) in happened else [str(proposal.value)]
        elif proposal.path in chosen:
            faults.append(f"--accept {text}: another accepted proposal changes {proposal.path}. Keep one.")
        else:
            chosen[proposal.path] = value or str(proposal.value)
    if faults:
        raise ContestError([Fault((), fault) for fault in faults])
    return chosen, happened


def _note(documents: Sequence[Document], accepted: dict[str, str]) -> str:
    reports = ", ".join(document.name for document in documents[:20])
    return f"Update with {reports}." + (f" Accepted: {', '.join(accepted)}." if accepted else "")


def _seal(home: Path, asked: Asked, known: str | None, note: str) -> tuple[Entry, Seal]:
    found = forecast_shown.with_progress(load(home), asked.draws, asked.seed)
    return sealing.seal(home, asked.day, found, known=known, note=note)


def _print(
    folder: Path,
    asked: Asked,
    reports: tuple[Added, date | None],
    changes: tuple[Sequence[Proposal], dict[str, str]],
    sealed: tuple[Entry, Seal],
    step: tracking.Step,
) -> None:
    (added, moved), (found, accepted) = reports, changes
    print_added(added, folder, as_json=False)
    if moved is not None:
        typer.echo(f"The contest now stands as of {moved}.")
    out = show.console()
    if accepted:
        for path, value in accepted.items():
            typer.echo(f"Accepted: {path} = {value}")
    elif found:
        columns = (("", "right"), ("where", "left"), ("now", "left"), ("proposed", "left"), ("why", "left"))
        table = show.listing("\nProposals; none is applied unless accepted", *columns)
        for number, one in enumerate(found, 1):
            table.add_row(str(number), *map(escape, (one.path, one.now, one.value or "yours to say", one.why)))
        out.print(table)
        typer.echo("Accept with the same command and --accept N, or --accept 'N=VALUE'.")
    else:
        typer.echo("\nThe reports propose no change of what is in the contest.")
    typer.echo("")
    record.print_seal(out, *sealed)
    print_step(out, step)


def _print_json(
    added: Added,
    found: Sequence[Proposal],
    accepted: dict[str, str],
    moved: date | None,
    entry: Entry,
    step: tracking.Step,
) -> None:
    whole: dict[str, Any] = {
        "added": [document.name for document in added.documents],
        "recognised": list(added.recognised),
        "as_of": None if moved is None else moved.isoformat(),
        "proposals": [{"number": number, **vars(one)} for number, one in enumerate(found, 1)],
        "accepted": accepted,
        "sealed": {"entry": entry.number, "sha256": entry.sha256},
        "step": tracking.as_json([step])[0],
    }
    typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
