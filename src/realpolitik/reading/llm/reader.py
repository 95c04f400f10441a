"""The reader ``llm``: asks a language model about a report chunk by chunk, and keeps what stands in the text."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from realpolitik.contest.evidence import Claim
from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.llm import prompts
from realpolitik.reading.llm.answer import Answer, Proposal, Unusable, proposals
from realpolitik.reading.llm.budget import LEAST_ANSWER, Budget, estimate
from realpolitik.reading.llm.chunks import Chunk, chunks
from realpolitik.reading.llm.endpoint import Endpoint, Silent
from realpolitik.reading.llm.placing import Rejected, placed
from realpolitik.reading.llm.settings import Settings, settings
from realpolitik.registry import reader

__all__ = ["Left", "Refusal", "Session", "llm"]


@dataclass(frozen=True)
class Refusal:
    """A proposal that was thrown away."""

    document: str
    passages: str
    """Which passages the model was shown."""

    reason: str
    """Why, with the words; fit for a terminal."""


@dataclass(frozen=True)
class Left:
    """Passages of a report that were left unread."""

    document: str
    passages: str
    reason: str


@dataclass
class Session:
    """One run of the reader over any number of reports: what it may spend, what it spent, what it threw away."""

    settings: Settings
    rejected: list[Refusal] = field(default_factory=list)
    unread: list[Left] = field(default_factory=list)
    found: int = 0
    """Claims that were kept."""

    blank: set[str] = field(default_factory=set)
    """Documents of which nothing at all was read."""

    stopped: str | None = None
    """Why nothing is asked any more."""

    sleep: Callable[[float], None] = time.sleep
    """Waits that many seconds before a question is asked again."""

    def __post_init__(self) -> None:
        self.budget = Budget(self.settings)
        self._asked = self._room = 0
        self._endpoint = Endpoint(self.settings, sleep=self.sleep, on_lost=self._lost)

    @property
    def provenance(self) -> str:
        """What stands as reader of every claim: model and version of the prompts."""
        return f"llm:{self.settings.model}:{prompts.version()}"

    def expected(self, document: Document) -> tuple[int, int]:
        """Questions that a report takes, and an estimate of their tokens without the answers."""
        parts = chunks(document)
        return len(parts), sum(estimate(prompts.system(), _question(chunk)) for chunk in parts)

    def read(self, document: Document) -> list[Claim]:
        """The claims of one report that the model proposes and that stand there.

        Raises
        ------
        ReadingError : the service refuses, redirects or does not exist.
        """
        claims: list[Claim] = []
        known: set[str] = set()
        queue = deque(chunks(document))
        is_blank = bool(queue)
        while queue:
            chunk = queue.popleft()
            if self.stopped:
                self._leave(chunk, self.stopped)
                continue
            try:
                answer = self._ask(chunk)
                if answer is None:
                    self._leave(chunk, str(self.stopped))
                    continue
                if answer.was_cut and len(chunk.pieces) > 1:
                    queue.extendleft(reversed(chunk.halves()))
                    continue
                found = proposals(answer.text)
                is_blank = False
                for proposal in found:
                    self._keep(proposal, chunk, claims, known)
            except Unusable as error:
                self._leave(chunk, f"the answer cannot be used: {error}")
            except Silent as error:
                self.stopped = str(error)
                self._leave(chunk, self.stopped)
            except ReadingError as error:
                self.stopped = str(error)
                raise
        self.found += len(claims)
        if is_blank:
            self.blank.add(document.name)
        return claims

    def _ask(self, chunk: Chunk) -> Answer | None:
        """The answer about a chunk; None where it cannot be afforded."""
        system, question = prompts.system(), _question(chunk)
        self._asked = estimate(system, question)
        self._room = self.budget.answer(self._asked)
        if not self._room:
            self.stopped = _exhausted(self.budget, self._asked)
            return None
        try:
            answer = self._endpoint.ask(system, question, self._room)
        except Unusable:
            self.budget.spend(self._asked, self._room)
            raise
        self.budget.spend(self._asked, estimate(answer.text), answer.usage)
        return answer

    def _lost(self) -> None:
        """Count an attempt whose answer was not waited for: it may cost all the same.

        Raises
        ------
        Silent : the same question cannot be afforded again.
        """
        self.budget.spend(self._asked, self._room)
        if self.budget.answer(self._asked) < self._room:
            raise Silent(f"{self.settings.host} did not answer in time, and another attempt could exceed the cap")

    def _keep(self, proposal: Proposal | str, chunk: Chunk, claims: list[Claim], known: set[str]) -> None:
        document = chunk.document
        try:
            if isinstance(proposal, str):
                raise Rejected(proposal)
            claim = placed(proposal, chunk, document.claim_id("l", len(claims) + 1), self.provenance)
            content = claim.model_dump_json(exclude={"id"})
            if content in known:
                raise Rejected(f"proposed twice: '{_words(claim)}'")
        except Rejected as error:
            self.rejected.append(Refusal(document.name, chunk.places, str(error)))
        else:
            known.add(content)
            claims.append(claim)

    def _leave(self, chunk: Chunk, reason: str) -> None:
        self.unread.append(Left(chunk.document.name, chunk.places, reason))


@reader("llm")
def llm(document: Document, *, session: Session | None = None) -> Iterable[Claim]:
    """Claims that a language model proposes and that stand word for word in the report; uses the network.

    Parameters
    ----------
    session : endpoint, model and what may be spent; by default as the environment has them, with the default cap.

    Raises
    ------
    ReadingError : endpoint or model are not named, the service refuses, or a part could not be read and no session
        was given that could say so.
    """
    own = session or Session(settings())
    claims = own.read(document)
    if session is None and own.unread:
        left = "; ".join(f"{part.passages}: {part.reason}" for part in own.unread)
        raise ReadingError(f"{document.name}: the reader 'llm' left passages unread ({left}).")
    return claims


def _question(chunk: Chunk) -> str:
    return prompts.user(chunk.text, chunk.boundary)


def _exhausted(budget: Budget, asked: int) -> str:
    wanted = budget.settings
    if budget.tokens + asked + LEAST_ANSWER > wanted.max_tokens:
        used = f"{budget.tokens:,} of {wanted.max_tokens:,} are used (--max-tokens)"
        return f"the next question takes about {asked:,} tokens and its answer {LEAST_ANSWER} or more; {used}"
    return f"{budget.cost:.4g} of {wanted.max_cost:g} is spent, and the next question would exceed it (--max-cost)"


def _words(claim: Claim) -> str:
    words = " ".join(claim.text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
