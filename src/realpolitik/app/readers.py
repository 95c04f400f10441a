"""Which readers read a report for the commands, side by side, and what the one with a language model has to say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from realpolitik.contest.evidence import Claim
from realpolitik.errors import ReadingError
from realpolitik.reading.reader import RULES, read
from realpolitik.reading.together import together
from realpolitik.reading.verbatim import one_line
from realpolitik.registry import readers
from realpolitik.report.wording import count

if TYPE_CHECKING:
    from pathlib import Path

    from realpolitik.reading.actors.gazetteer import Gazetteer
    from realpolitik.reading.documents.document import Document
    from realpolitik.reading.llm.reader import Session

__all__ = ["LLM", "Readers", "readers_named"]

LLM = "llm"
"""The one reader that uses the network."""

MOST_LISTED = 200
"""Rejected proposals that are listed one by one."""


class Readers:
    """Readers of one run.

    Parameters
    ----------
    names : registered readers, in order; of a claim that several find, that of the first is kept.
    session : what the reader ``llm`` may use.
    gazetteer : the actors that the reader ``rules`` knows; left out: those that come with the project.
    """

    def __init__(
        self, names: Sequence[str], session: Session | None = None, gazetteer: Gazetteer | None = None
    ) -> None:
        self.names, self._session, self._gazetteer = tuple(names), session, gazetteer

    def __call__(self, document: Document) -> list[Claim]:
        """The claims of a report; what several readers found is there once.

        Raises
        ------
        ReadingError : nothing of it was read.
        """
        if self._session:
            questions, tokens = self._session.expected(document)
            _say(
                f"{document.name}: {count(questions, 'question')} of about {tokens:,} tokens to "
                f"{self._session.settings.host}"
            )
        found: list[Claim] = []
        for name in self.names:
            found = together(found, read(document, reader=name, session=self._session, gazetteer=self._gazetteer))
        if self._session and self.names == (LLM,) and document.name in self._session.blank:
            raise self._as_fault(document, self._session)
        return sorted(found, key=lambda claim: (claim.spans[0].start, claim.spans[0].end, claim.id))

    @staticmethod
    def _as_fault(document: Document, session: Session) -> ReadingError:
        """A document of which nothing was read, as a fault like that of any other that cannot be read."""
        reasons = dict.fromkeys(left.reason for left in session.unread if left.document == document.name)
        session.unread = [left for left in session.unread if left.document != document.name]
        return ReadingError(f"{document.name} was left unread: {'; '.join(reasons)}.")

    @property
    def made_with(self) -> str:
        """The readers with their versions."""
        own = {"rules": RULES, LLM: self._session.provenance if self._session else LLM}
        return " + ".join(own.get(name, name) for name in self.names)

    @property
    def is_local(self) -> bool:
        """Whether the report stays on this machine, so that worker processes can read it."""
        return self._session is None

    @property
    def is_complete(self) -> bool:
        """Whether the language model, if one was asked, has read everything."""
        return self._session is None or not self._session.unread

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Say in the end, however it comes, what was thrown away, left unread and spent."""
        try:
            yield
        finally:
            if self._session is not None:
                _report(self._session)


def _report(session: Session) -> None:
    for refusal in session.rejected[:MOST_LISTED]:
        _say(f"rejected ({refusal.document}, {refusal.passages}): {refusal.reason}")
    if len(session.rejected) > MOST_LISTED:
        _say(f"… and {len(session.rejected) - MOST_LISTED:,} more")
    for left in session.unread:
        _say(f"left unread ({left.document}, {left.passages}): {left.reason}")
    budget = session.budget
    cost = "" if budget.cost is None else f", cost {budget.cost:.4g}"
    about = "about " if budget.is_estimated else ""
    _say(
        f"{count(session.found, 'claim')} kept, {len(session.rejected):,} rejected; {about}{budget.tokens:,} tokens "
        f"({budget.tokens_in:,} asked, {budget.tokens_out:,} answered){cost}"
    )


def readers_named(
    names: Sequence[str],
    *,
    endpoint: str | None = None,
    model: str | None = None,
    allow_http: bool = False,
    gazetteer: Path | None = None,
    **limits: float | None,
) -> Readers:
    """The readers that the command line asks for; without a name the rules.

    Parameters
    ----------
    gazetteer : a file of actors that the rules shall know besides.
    limits : ``max_tokens``, ``max_cost``, ``price_in``, ``price_out``, ``timeout``.

    Raises
    ------
    UnknownName : a reader is not registered.
    ReadingError : a reader twice, an option of ``llm`` without it, or endpoint and model are not named.
    """
    wanted = list(names) or ["rules"]
    for name in wanted:
        readers.get(name)
        if wanted.count(name) > 1:
            raise ReadingError(f"--reader {name} is given twice. Name each reader once.")
    known = None
    if gazetteer is not None:
        from realpolitik.reading.actors.gazetteer_file import load_gazetteer

        if "rules" not in wanted:
            raise ReadingError("--gazetteer: only the reader 'rules' uses that. Add --reader rules, or leave it out.")
        known = load_gazetteer(gazetteer)
    if LLM in wanted:
        from realpolitik.reading.llm.reader import Session
        from realpolitik.reading.llm.settings import settings

        session = Session(settings(endpoint, model, environment=None, allow_http=allow_http, **limits))
        return Readers(wanted, session, known)
    given = {"endpoint": endpoint, "model": model, "allow_http": allow_http or None, **limits}
    idle = [f"--{name.replace('_', '-')}" for name, value in given.items() if value is not None]
    if idle:
        raise ReadingError(f"{', '.join(idle)}: only the reader 'llm' uses that. Add --reader llm, or leave it out.")
    return Readers(wanted, gazetteer=known)


def _say(text: str) -> None:
    typer.echo(f"llm: {one_line(text)}", err=True)
