"""Reports that are added to a contest: their claims are compared, marked and appended, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer
from rich.markup import escape

from realpolitik.app import show
from realpolitik.app.drafting import twin
from realpolitik.app.review_list import REVIEW, markdown
from realpolitik.contest.append import append
from realpolitik.contest.claims_file import CLAIMS
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import load
from realpolitik.contest.located import as_yaml, whole_folder
from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import LONGEST_NAME, Document
from realpolitik.reading.drafts.draft import SECTIONS, Parts, parts_of, source_of
from realpolitik.reading.drafts.importance import importance
from realpolitik.reading.drafts.match import Contradictions, Match, match
from realpolitik.reading.drafts.roster import Roster
from realpolitik.reading.drafts.words import clean

__all__ = ["ADDITIONS", "SUGGESTIONS", "Added", "add", "print_added"]

ADDITIONS = "additions"
"""Folder inside the contest that holds what each added report proposes."""

SUGGESTIONS = "suggestions.yaml"

HEAD = """\
# Proposals from {names}. Nothing of this is in contest.yaml: copy what you judge right, and judge its numbers.
# Names of actors are those of the contest where it has them.
"""

MOST_NAMED = 5
"""Reports or claims that are named in one line."""

MOST_ROWS = 40
"""Rows of the table of claims; new ones beyond are counted."""


@dataclass(frozen=True)
class Added:
    """What adding reports to a contest came to."""

    documents: tuple[Document, ...]
    matches: tuple[Match, ...]
    recognised: tuple[str, ...]
    """What was left out because the contest holds it already, in words."""

    proposals: Path | None
    """Folder with suggestions and review list."""


def add(folder: Path, documents: Iterable[Document], read: Callable[[Document], Sequence[Claim]], *,
        reliability: str | None = None, contradictions: Contradictions | None = None) -> Added:  # fmt: skip
    """Add reports to a contest: compare their claims with those that are there, mark them and append them.

    Nothing else in the contest changes. What the reports propose beyond claims is written beside it.

    Parameters
    ----------
    folder : a contest folder without faults.
    documents : the reports; those that the folder holds already are left out.
    read : from a report to its claims.
    reliability : Admiralty grade of the new sources.
    contradictions : links further claims that cannot hold together, see
        :func:`~realpolitik.reading.drafts.match.match`.

    Raises
    ------
    ContestError, ReadingError, StorageError : the folder has faults, a report is later than the contest's day, or
        nothing can be written.
    """
    contest = load(folder)
    home = folder if folder.is_dir() else folder.parent
    fresh, told, names = [], [], _finished(contest)
    for document in documents:
        if same := twin(document, names):
            told.append(same)
        else:
            fresh.append(document)
    _refuse_later(fresh, contest, folder)
    named = _named_anew(fresh, contest)
    if not named:
        return Added((), (), tuple(told), None)
    claims = [claim for document in named for claim in read(document)]
    old = list(contest.claims.values())
    roster = Roster([*old, *claims], contest.actors)
    days = {name: source.published for name, source in contest.sources.items() if source.published}
    days |= {document.name: document.published for document in named if document.published}
    matches = match(old, claims, roster, contradictions, days)
    marked = [_marked(found) for found in matches]
    after = append(folder, {document.name: source_of(document, reliability) for document in named}, marked)
    parts = parts_of([*old, *marked], contest.actors, new=frozenset(claim.id for claim in marked), fewest=1)
    new_ids = {claim.id for claim in marked}
    matters = [matter for matter in importance(after, after.claims.values()) if matter.claim.id in new_ids]
    proposals = _unused_folder(home / ADDITIONS, named[0].name)
    with whole_folder(proposals) as work:
        (work / SUGGESTIONS).write_text(_suggestions(parts, named), encoding="utf-8")
        (work / REVIEW).write_text(markdown(matters, contest.title), encoding="utf-8")
    return Added(tuple(named), tuple(matches), tuple(told), proposals)


def _finished(contest: Contest) -> dict[str, str]:
    """Names of the sources by digest; one without claims may be left over from a break, and is read again."""
    spoken = {claim.document for claim in contest.claims.values()}
    return {source.sha256: name for name, source in contest.sources.items() if source.sha256 and name in spoken}


def _refuse_later(documents: Sequence[Document], contest: Contest, folder: Path) -> None:
    later = [document for document in documents if document.published and document.published > contest.as_of]
    if later:
        last = max(document.published for document in later if document.published)
        raise ReadingError(
            f"'{later[0].name}' was published {later[0].published}, after the contest's day {contest.as_of}: nothing "
            "known later may shape an input. Leave it out, or move the day first: "
            f"realpolitik edit {folder} as_of={last}"
        )


def _named_anew(documents: Sequence[Document], contest: Contest) -> list[Document]:
    """The documents under names that no other source of the contest has."""
    held = {source.sha256: name for name, source in contest.sources.items() if source.sha256}
    taken = set(contest.sources)
    found = []
    for document in documents:
        name = held.get(document.sha256) or document.name
        number = 1
        while name in taken and document.sha256 not in held:
            number += 1
            ending = f"-{number}"
            name = document.name[: LONGEST_NAME - len(ending)].rstrip("-") + ending
        taken.add(name)
        found.append(replace(document, name=name))
    return found


def _marked(found: Match) -> Claim:
    """The claim with what it is beside the earlier ones."""
    parts = [
        f"{verb} {', '.join(ids[:MOST_NAMED])}{f' and {len(ids) - MOST_NAMED} more' if len(ids) > MOST_NAMED else ''}"
        for verb, ids in (("contradicts", found.contradicts), ("confirms", found.confirms))
        if ids
    ]
    told = f"{'; '.join(parts) or 'new'}{f' ({found.why})' if found.why else ''}"
    note = f"{found.claim.note} " if found.claim.note else ""
    contradicts = tuple(dict.fromkeys((*found.claim.contradicts, *found.contradicts)))
    return found.claim.model_copy(
        update={"contradicts": contradicts, "note": clean(f"{note}Added beside earlier claims: {told}.", 2000)}
    )


def _suggestions(parts: Parts, documents: Sequence[Document]) -> str:
    held: dict[str, Any] = {name: found for name in SECTIONS if (found := getattr(parts, name))}
    if parts.stages:
        held["pathway"] = parts.stages
    named = ", ".join(document.name for document in documents[:MOST_NAMED])
    more = f" and {len(documents) - MOST_NAMED} more" if len(documents) > MOST_NAMED else ""
    head = HEAD.format(names=f"{named}{more}")
    return head + (as_yaml(held, parts.comments) if held else "# The reports propose nothing beyond their claims.\n")


def _unused_folder(parent: Path, name: str) -> Path:
    number, folder = 1, parent / name
    while folder.exists():
        number += 1
        folder = parent / f"{name}-{number}"
    return folder


def print_added(added: Added, folder: Path, *, as_json: bool) -> None:
    """Show what is new, confirmed and contradicted."""
    if as_json:
        typer.echo(json.dumps(_as_data(added), ensure_ascii=False))
        return
    for told in added.recognised:
        typer.echo(told)
    if not added.documents:
        typer.echo(f"{folder}: nothing was added.")
        return
    out = show.console()
    counts = show.listing("", ("report", "left"), *((name, "right") for name in ("new", "confirmed", "contradicted")))
    for document in added.documents:
        verdicts = [found.verdict for found in added.matches if found.claim.document == document.name]
        told_counts = (str(verdicts.count(verdict)) for verdict in ("new", "confirmed", "contradicted"))
        counts.add_row(escape(document.name), *told_counts)
    out.print(counts)
    rows = sorted(
        (found for found in added.matches if found.verdict != "new"), key=lambda found: found.verdict != "contradicted"
    )
    if rows:
        table = show.listing("", ("claim", "left"), ("", "left"), ("earlier claims", "left"), ("words", "left"))
        for found in rows[:MOST_ROWS]:
            others = ", ".join((found.contradicts or found.confirms)[:3])
            why = f": {found.why}" if found.why else ""
            table.add_row(
                *map(escape, (found.claim.id, found.verdict, clean(others + why), clean(found.claim.text, 60)))
            )
        out.print(table)
    if len(rows) > MOST_ROWS:
        out.print(f"{len(rows) - MOST_ROWS} more in {CLAIMS}.")
    typer.echo(
        f"\n{len(added.matches)} claims added to {folder}; in contest.yaml only the sources have changed.\n"
        f"Proposals to judge: {added.proposals}"
    )


def _as_data(added: Added) -> dict[str, Any]:
    return {
        "added": [document.name for document in added.documents],
        "recognised": list(added.recognised),
        "claims": [
            {
                "id": found.claim.id,
                "verdict": found.verdict,
                "confirms": list(found.confirms),
                "contradicts": list(found.contradicts),
                "why": found.why or None,
            }
            for found in added.matches
        ],
        "proposals": str(added.proposals) if added.proposals else None,
    }
