"""Corrections by prompts: a field is chosen, its new value typed; words are searched in the text."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import ValidationError
from rich.text import Text

from realpolitik.app.review.context import located
from realpolitik.app.review.terminal import Terminal
from realpolitik.contest.actors import ActorKind
from realpolitik.contest.evidence import Claim, DateClaim, FigureClaim, StanceClaim, Status
from realpolitik.reading.documents.document import Document
from realpolitik.reading.llm.answer import EventType
from realpolitik.reading.verbatim import one_line

__all__ = ["corrected", "with_value"]

Form = Literal["text", "number", "yes or no", "words", "stretches", "list"]
BETWEEN = "|"
"""Between the stretches or items that are typed on one line."""


@dataclass(frozen=True)
class Field:
    """Something in a claim that can be corrected."""

    path: tuple[str, ...]
    form: Form = "text"
    allowed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How it is called in the list."""
        return " ".join(self.path).replace("_", " ").removesuffix(" span") + (
            " (words)" if "span" in self.path[-1] else ""
        )


def _choice(model: Any, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in get_args(model.model_fields[name].annotation))


COMMON = (
    Field(("status",), allowed=get_args(Status)),
    Field(("speaker", "actor")),
    Field(("speaker", "span"), "words"),
    Field(("cue",), "words"),
    Field(("content",), "stretches"),
    Field(("spans",), "stretches"),
    Field(("hedges",), "list"),
    Field(("note",)),
)
OWN: dict[str, tuple[Field, ...]] = {
    "event": (
        Field(("event", "type"), allowed=get_args(EventType)),
        Field(("event", "mode")),
        Field(("event", "source")),
        Field(("event", "target")),
        Field(("event", "denied_by"), "list"),
        Field(("event", "place")),
    ),
    "figure": (
        Field(("figure", "value"), "number"),
        Field(("figure", "unit")),
        Field(("figure", "referent")),
        Field(("figure", "comparison"), allowed=_choice(FigureClaim, "comparison")),
    ),
    "vote": (
        *(Field(("vote", name), "number") for name in ("yes", "no", "abstain", "present", "seats", "required")),
        Field(("vote", "passed"), "yes or no"),
    ),
    "date": (Field(("date", "value")), Field(("date", "precision"), allowed=_choice(DateClaim, "precision"))),
    "stance": (
        Field(("stance", "issue")),
        Field(("stance", "stance"), allowed=_choice(StanceClaim, "stance")),
        Field(("stance", "tier"), allowed=_choice(StanceClaim, "tier")),
        Field(("stance", "qualifier")),
    ),
    "actor": (
        Field(("actor", "name")),
        Field(("actor", "kind"), allowed=get_args(ActorKind)),
        Field(("actor", "role")),
        Field(("actor", "affiliation")),
        Field(("actor", "aliases"), "list"),
    ),
}


def corrected(claim: Claim, document: Document | None, terminal: Terminal, show: Callable[[Claim], None]) -> Claim:
    """The claim with what the reviewer typed; the same claim if nothing was saved.

    Parameters
    ----------
    document : the text, if it is held.
    show : shows a claim as it stands now.
    """
    now = claim
    choices = (*OWN.get(claim.kind, ()), *COMMON)
    say = terminal.console.print
    while True:
        show(now)
        say()
        say(Text(" · ".join(f"{number} {field.name}" for number, field in enumerate(choices, start=1))))
        typed = terminal.line("Number of what is wrong (empty: done, x: leave all as it was): ")
        if typed is None or typed.strip().lower() == "x":
            return claim
        if not typed.strip():
            return now
        if not (typed.strip().isdigit() and 1 <= int(typed) <= len(choices)):
            _wait(terminal, f"'{one_line(typed, 20)}' is none of the numbers 1 to {len(choices)}.")
            continue
        field = choices[int(typed) - 1]
        value = terminal.line(_prompt(field))
        if value is None:
            continue
        try:
            now = with_value(now, field, value.strip(), document)
        except ValueError as error:
            _wait(terminal, str(error))


def _wait(terminal: Terminal, text: str) -> None:
    terminal.console.print(Text(one_line(text)))
    terminal.line("Enter goes on. ")


def _prompt(field: Field) -> str:
    about = {
        "words": "words of the text",
        "stretches": f"words of the text, '{BETWEEN}' between stretches",
        "list": f"'{BETWEEN}' between several",
        "number": "a number",
        "yes or no": "yes or no",
        "text": ", ".join(field.allowed),
    }[field.form]
    return f"{field.name} ({about or 'text'}; empty: nothing): "


def with_value(claim: Claim, field: Field, typed: str, document: Document | None) -> Claim:
    """The claim with another value in a field.

    Raises
    ------
    ValueError : the value is not allowed there, or the words do not stand in the text.
    """
    data: dict[str, Any] = json.loads(claim.model_dump_json(exclude_none=True))
    *way, last = field.path
    holder = data
    for key in way:
        holder = holder.setdefault(key, {})
    value = _value(field, typed, claim, document)
    if value is None:
        holder.pop(last, None)
    else:
        holder[last] = value
    _keep_whole(data, field)
    try:
        return Claim.model_validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}. Nothing was changed.") from None


def _keep_whole(data: dict[str, Any], field: Field) -> None:
    """What follows from a correction: an event has its claim's status, a corrected count is not derived."""
    if field.path == ("status",) and "event" in data:
        data["event"]["status"] = data.get("status", "asserted")
    if field.path[0] == "vote":
        data["vote"]["derived"] = [name for name in data["vote"].get("derived", []) if name != field.path[1]]
    if field.path in (("event", "source"), ("event", "target")):
        data["event"].pop(f"{field.path[1]}_span", None)
    if data.get("speaker") == {}:
        del data["speaker"]
    if not data.get("spans"):
        raise ValueError("A claim needs words. Type those that it rests on.")


def _value(field: Field, typed: str, claim: Claim, document: Document | None) -> Any:
    if not typed:
        return None
    match field.form:
        case "words":
            return _found(typed, claim, document)
        case "stretches":
            return [_found(words, claim, document) for part in typed.split(BETWEEN) if (words := part.strip())]
        case "list":
            return [part.strip() for part in typed.split(BETWEEN) if part.strip()]
        case "number":
            return _number(typed)
        case "yes or no":
            if typed.lower() not in ("yes", "no"):
                raise ValueError(f"'{typed}' is neither yes nor no.")
            return typed.lower() == "yes"
        case _:
            if field.allowed and typed not in field.allowed:
                raise ValueError(f"'{typed}' is not allowed here. Allowed: {', '.join(field.allowed)}.")
            return typed


def _number(typed: str) -> int | float:
    try:
        value = float(typed.replace(",", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"'{typed}' is no number.")
    return int(value) if value.is_integer() else value


def _found(words: str, claim: Claim, document: Document | None) -> dict[str, Any]:
    span = located(words, claim, document)
    if span is None:
        where = "the text" if document else "the claim's own words (the text is not held; see --source)"
        raise ValueError(f"'{one_line(words, 60)}' does not stand in {where}. Type it as it is printed.")
    return {"start": span.start, "end": span.end, "text": span.text}
