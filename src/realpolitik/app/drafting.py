"""Reports that become a new contest folder: a draft with its claims and the list of what to review first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from realpolitik.app.review_list import REVIEW, markdown
from realpolitik.app.start import write_folder
from realpolitik.contest.claims_file import CLAIMS, dump_claims
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import CONTEST
from realpolitik.contest.located import as_yaml
from realpolitik.contest.schema import SCHEMA_LINE
from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.drafts.draft import draft
from realpolitik.reading.drafts.importance import importance
from realpolitik.reading.drafts.match import Contradictions

__all__ = ["checked_grade", "save", "twin"]

GRADES = frozenset("ABCDEF")


def checked_grade(grade: str | None) -> str | None:
    """The Admiralty grade of a source as it is written in a contest.

    Raises
    ------
    ReadingError : it is none.
    """
    if grade is None or grade.upper() in GRADES:
        return grade and grade.upper()
    raise ReadingError(
        f"--reliability is '{grade}'; the Admiralty grades of a source are A (completely reliable) to E (unreliable), "
        "and F (cannot be judged)."
    )


def twin(document: Document, names: dict[str, str]) -> str | None:
    """Say that the very bytes of a report were there before; None if they were not.

    Parameters
    ----------
    document : the report.
    names : names of earlier reports by SHA-256; a new one is entered.
    """
    first = names.get(document.sha256)
    if first is None:
        names[document.sha256] = document.name
        return None
    called = "" if first == document.name else f" as '{document.name}'"
    return f"'{first}' is there already{called}: the same bytes (SHA-256 {document.sha256[:12]}…). It is left out."


def save(folder: Path, documents: Sequence[Document], claims: Sequence[Claim], *, reliability: str | None = None,
         contradictions: Contradictions | None = None) -> None:  # fmt: skip
    """Write the draft of a contest, with its claims and its review list.

    Parameters
    ----------
    folder : does not exist, or is empty.
    documents, claims : the reports and what was read in them.
    reliability : Admiralty grade of all sources, A to F.
    contradictions : links claims of all reports that cannot hold together; left out: they keep the links they have.

    Raises
    ------
    ReadingError, StorageError : nothing can be drafted, or the folder is taken.
    """
    days = {document.name: document.published for document in documents if document.published}
    held = list(contradictions(claims, days)) if contradictions else claims
    proposal = draft(documents, held, reliability=reliability)
    contest = Contest.model_validate({**proposal.contest, "claims": {claim.id: claim for claim in proposal.claims}})
    review = markdown(importance(contest, proposal.claims), contest.title)
    yaml = as_yaml(dict(proposal.contest), proposal.comments)
    write_folder(folder, {CONTEST: SCHEMA_LINE + yaml, CLAIMS: dump_claims(proposal.claims), REVIEW: review})
