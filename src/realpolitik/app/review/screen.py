"""A claim as the reviewer sees it: why it matters, its words in their paragraph, and what was read from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.text import Text

from realpolitik.app.review.context import Excerpt
from realpolitik.app.review.log import State, Verdict
from realpolitik.app.review.terminal import Terminal
from realpolitik.contest.contest import Contest
from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.importance import Matter
from realpolitik.reading.verbatim import one_line

__all__ = ["KEYS", "fields", "show"]

KEYS = "a accept · c correct · r reject · n next · b back · q quit"

FEWEST_ROWS = 2
OTHER_ROWS = 12
"""Rows that everything but the excerpt takes, about."""

MOST_CITED = 3
MOST_REASONS = 2


def show(
    terminal: Terminal,
    claim: Claim,
    matter: Matter,
    contest: Contest,
    found: Sequence[Excerpt],
    *,
    place: str,
    held: bool,
    state: State,
    verdict: Verdict | None,
) -> None:
    """Show a claim.

    Parameters
    ----------
    place : its place in the queue, e.g. ``3 of 29``.
    held : whether the text is there, so that more than the claim's own words can be shown.
    """
    out = terminal.console
    terminal.clear()
    source = contest.sources[claim.document]
    head = " · ".join(part for part in (place, claim.id, claim.kind, ", ".join(matter.reasons[:MOST_REASONS])) if part)
    out.print(Text(head, "bold"))
    when = f", {source.published}" if source.published else ""
    out.print(Text(one_line(f"{source.publisher or source.title}{when}; found by {claim.reader}")))
    if state != "open" and verdict is not None:
        now = "changed since it was" if state == "changed" else ""
        out.print(Text(one_line(f"{now} {verdict.verdict} by {verdict.reviewer}, {verdict.date}".strip())))
    for line in _stakes(matter, contest):
        out.print(Text(one_line(line)))
    if not held:
        out.print(Text("The text is not held here; these are the claim's own words. See more with --source NAME=PATH."))
    room = max(FEWEST_ROWS, terminal.height - OTHER_ROWS) * out.width
    out.print()
    for excerpt in found:
        out.print(_marked(_cut(excerpt, max(room // len(found), out.width)), brackets=terminal.marks))
    out.print()
    for name, value in fields(claim):
        out.print(Text.assemble((f"{name}: ", "bold"), one_line(value)))


def _stakes(matter: Matter, contest: Contest) -> Iterator[str]:
    if matter.rests:
        more = f" and {len(matter.rests) - MOST_CITED} more" if len(matter.rests) > MOST_CITED else ""
        yield f"Evidence for {', '.join(matter.rests[:MOST_CITED])}{more}"
    for other in matter.contradicted:
        yield f"Against {other}: “{contest.claims[other].text}”"


def fields(claim: Claim) -> Iterator[tuple[str, str]]:
    """What was read from the words, field by field, those that are empty left out."""
    if claim.speaker:
        words = f" (“{claim.speaker.span.text}”)" if claim.speaker.span else ""
        yield "speaker", f"{claim.speaker.actor or 'not resolved'}{words}"
    if claim.cue:
        yield "cue", claim.cue.text
    if claim.content:
        yield "content", " … ".join(span.text for span in claim.content)
    yield "status", claim.status
    part: Any = getattr(claim, claim.kind, None)
    if part is not None:
        for name, value in part.model_dump(mode="json", exclude_none=True).items():
            if value not in ([], {}) and not (claim.kind == "event" and name == "status"):
                yield name.replace("_", " "), _plain(value)
    if claim.hedges:
        yield "hedges", ", ".join(claim.hedges)
    if claim.note:
        yield "note", claim.note


def _plain(value: Any) -> str:
    match value:
        case {"text": str(text)}:
            return f"“{text}”"
        case dict():
            return ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items())
        case list():
            return ", ".join(map(_plain, value))
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
        case _:
            return str(value)


def _cut(excerpt: Excerpt, most: int) -> Excerpt:
    """The part of a paragraph that fits, with the marked words in it."""
    if len(excerpt.text) <= most:
        return excerpt
    first, last = excerpt.marks[0][0], excerpt.marks[-1][1]
    start = max(0, min(first - max(0, most - (last - first)) // 2, len(excerpt.text) - most))
    end = min(len(excerpt.text), start + most)
    if start:
        start = min(first, excerpt.text.find(" ", start, first) + 1 or start)
    if end < len(excerpt.text):
        end = max(excerpt.text.rfind(" ", max(start, min(last, end)), end), min(last, end))
    before, after = "… " * (start > 0), " …" * (end < len(excerpt.text))
    shift = len(before) - start
    marks = tuple((max(low, start) + shift, min(high, end) + shift) for low, high in excerpt.marks if low < end)
    return Excerpt(f"{before}{excerpt.text[start:end]}{after}", marks)


def _marked(excerpt: Excerpt, *, brackets: bool) -> Text:
    text, end = Text(), 0
    for low, high in excerpt.marks:
        low = max(low, end)
        text.append(_visible(excerpt.text[end:low]))
        words = _visible(excerpt.text[low:high])
        text.append(f"[[{words}]]" if brackets else words, None if brackets else "reverse")
        end = max(end, high)
    text.append(_visible(excerpt.text[end:]))
    return text


def _visible(text: str) -> str:
    """The same text, spaces at its ends kept, without characters that steer a terminal."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}" for char in text
    )
