"""A review, claim by claim: what is shown, which key does what, and what is written when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.text import Text

from realpolitik.app.review.change import citing, replace_claim, withdraw_claim
from realpolitik.app.review.context import documents, excerpts
from realpolitik.app.review.correct import corrected
from realpolitik.app.review.log import Verdict, add, digest, last, read_log, state
from realpolitik.app.review.screen import KEYS, show
from realpolitik.app.review.terminal import Terminal
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import load
from realpolitik.reading.drafts.importance import Matter, importance
from realpolitik.reading.verbatim import one_line

__all__ = ["Review", "summary"]


def summary(contest: Contest, verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    """The state of a review as plain data: counts, and what is still to be judged, in order."""
    counts = Counter(state(claim, verdicts) for claim in contest.claims.values())
    rejected = [id_ for id_, verdict in verdicts.items() if verdict.verdict == "rejected" and id_ not in contest.claims]
    queue = [
        {"claim": one.claim.id, "why": list(one.reasons), "changed": state(one.claim, verdicts) == "changed"}
        for one in _matters(contest)
        if state(one.claim, verdicts) in ("open", "changed")
    ]
    return {
        "claims": len(contest.claims),
        "accepted": counts["accepted"],
        "corrected": counts["corrected"],
        "rejected": len(rejected),
        "open": len(queue),
        "reviewers": sorted({verdict.reviewer for verdict in verdicts.values()}),
        "queue": queue,
    }


def _matters(contest: Contest) -> tuple[Matter, ...]:
    """All claims by importance; equal ones as their words stand in the sources."""
    sources = {name: index for index, name in enumerate(contest.sources)}

    def place(claim: Claim) -> tuple[int, int, str]:
        return sources.get(claim.document, 0), claim.spans[0].start, claim.id

    return importance(contest, sorted(contest.claims.values(), key=place))


class Review:
    """One sitting.

    Parameters
    ----------
    folder : the contest folder.
    reviewer : who judges.
    today : the day that stands with each verdict.
    given : texts that the folder does not hold, by source.
    """

    def __init__(
        self, folder: Path, reviewer: str, today: Callable[[], date], terminal: Terminal, given: Mapping[str, Path]
    ) -> None:
        self.folder, self.reviewer, self.today, self.terminal = folder, reviewer, today, terminal
        self.contest = load(folder)
        self.texts = documents(self.contest, folder, given)
        self.verdicts = last(read_log(folder))
        self.matters = {matter.claim.id: matter for matter in _matters(self.contest)}
        self.queue = tuple(self.matters)

    def run(self) -> dict[str, Any]:
        """Go through the claims until the end or until the reviewer quits."""
        at = self._following(-1, only_open=True)
        while at is not None:
            claim = self.contest.claims[self.queue[at]]
            self._show(claim, at)
            self.terminal.console.print(Text(f"\n{KEYS}", "bold"))
            match self.terminal.key():
                case "q" | "" | "\x04":
                    break
                case "a":
                    self._judge(Verdict(verdict="accepted", **self._about(claim)))
                    at = self._following(at, only_open=True)
                case "c":
                    at = self._following(at, only_open=True) if self._correct(claim, at) else at
                case "r":
                    at = self._following(at, only_open=True) if self._reject(claim) else at
                case "n" | " " | "\r" | "\n":
                    at = self._following(at)
                case "b":
                    at = self._before(at)
                case _:
                    pass
        return summary(self.contest, self.verdicts)

    def _following(self, at: int, *, only_open: bool = False) -> int | None:
        for index in range(at + 1, len(self.queue)):
            claim = self.contest.claims.get(self.queue[index])
            if claim and (not only_open or state(claim, self.verdicts) in ("open", "changed")):
                return index
        return None

    def _before(self, at: int) -> int:
        earlier = (index for index in range(at - 1, -1, -1) if self.queue[index] in self.contest.claims)
        return next(earlier, at)

    def _show(self, claim: Claim, at: int) -> None:
        document = self.texts.get(claim.document)
        show(
            self.terminal,
            claim,
            self.matters[claim.id],
            self.contest,
            excerpts(claim, document),
            place=f"{at + 1} of {len(self.queue)}",
            held=document is not None,
            state=state(claim, self.verdicts),
            verdict=self.verdicts.get(claim.id),
        )

    def _about(self, claim: Claim) -> dict[str, Any]:
        return {"claim": claim.id, "reviewer": self.reviewer, "date": self.today(), "digest": digest(claim)}

    def _judge(self, verdict: Verdict) -> None:
        add(self.folder, verdict)
        self.verdicts[verdict.claim] = verdict

    def _correct(self, claim: Claim, at: int) -> bool:
        new = corrected(claim, self.texts.get(claim.document), self.terminal, lambda now: self._show(now, at))
        if new == claim:
            return False
        self._judge(Verdict(verdict="corrected", was=claim, **self._about(new)))
        replace_claim(self.folder, claim, new)
        self.contest = self.contest.model_copy(update={"claims": {**self.contest.claims, new.id: new}})
        return True

    def _reject(self, claim: Claim) -> bool:
        """Ask once more, and say what else will change."""
        lists, claims = citing(self.contest, claim.id)
        say = self.terminal.console.print
        for address in lists:
            say(Text(one_line(f"It is evidence for {address.removesuffix('.evidence')}, and will be taken out there.")))
        for other in claims:
            say(Text(f"{other} says that the two contradict each other; it will not any more."))
        say(Text(f"Reject {claim.id}? y yes · any other key no", "bold"))
        if self.terminal.key() != "y":
            return False
        self._judge(Verdict(verdict="rejected", was=claim, withdrawn=(*lists, *claims), **self._about(claim)))
        withdraw_claim(self.folder, self.contest, claim)
        self.contest = load(self.folder)
        self.matters = {matter.claim.id: matter for matter in _matters(self.contest)}
        return True
