"""Which claim supports what, and what rests on which claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realpolitik.contest.conflict_faults import forms_of
from realpolitik.contest.contest import Contest, Input
from realpolitik.report.blocks import Code, Inline, Link, Rich, Small
from realpolitik.report.wording import anchor, noun_name, quantity_name, stage_name, words_of

__all__ = ["JUDGEMENT", "claim_link", "evidence", "guard", "uses"]

JUDGEMENT = Small("judgement")
"""Stands where no claim does."""


def claim_link(id_: str) -> Link:
    """Link to a claim in the table of evidence."""
    return Link(id_, anchor("claim", id_))


def evidence(ids: Iterable[str]) -> Rich:
    """Links to claims, or the word ``judgement``."""
    return joined([claim_link(id_) for id_ in ids]) or (JUDGEMENT,)


def joined(parts: Iterable[Inline]) -> tuple[Inline, ...]:
    """Parts with commas between them."""
    found: list[Inline] = []
    for part in parts:
        found += [", ", part] if found else [part]
    return tuple(found)


def guard(contest: Contest, stage: str) -> tuple[Inline, ...]:
    """The condition of a stage as the analyst wrote it, if it has one."""
    condition = contest.pathway[stage].when
    return () if condition is None else (" if ", Code(condition.text))


def uses(contest: Contest) -> dict[str, list[Link]]:
    """By claim: links to the quantities, stages and actors that cite it, each once."""
    found: dict[str, dict[Link, None]] = {id_: {} for id_ in contest.claims}
    for ids, link in _citations(contest):
        for id_ in ids:
            found[id_][link] = None
    return {id_: list(links) for id_, links in found.items()}


def _citations(contest: Contest) -> Iterator[tuple[tuple[str, ...], Link]]:
    inputs = contest.inputs()
    first: dict[tuple[str | int, ...], str] = {}
    for address, held in inputs.items():
        first.setdefault(held.noun, address)
        yield held.evidence, _quantity_link(contest, address, held, first[held.noun])
    for name, stage in contest.pathway.items():
        link = Link(stage_name(contest, name), anchor("stage", name))
        yield stage.evidence, link
        if stage.recorded is not None:
            yield stage.recorded.evidence, link
        for effect in stage.effects:
            yield effect.evidence, link
    for key, actor in contest.actors.items():
        yield actor.evidence, Link(actor.name, anchor("actor", key))
    for name, conflict in contest.conflicts.items():
        link = Link(conflict.title or words_of(name).capitalize(), anchor("conflict", name))
        yield conflict.evidence, link
        for path, wish in conflict.wishes():
            for each in (wish, *forms_of(path, wish).values()):
                yield each.evidence, link


def _quantity_link(contest: Contest, address: str, held: Input, first: str) -> Link:
    """A quantity by its own evidence; else the noun that lends it, at the noun's first quantity."""
    if held.quantity.evidence or held.noun == held.path:
        return Link(quantity_name(contest, address, held), anchor("quantity", address))
    if held.noun[0] == "pathway":
        return Link(stage_name(contest, str(held.noun[1])), anchor("stage", str(held.noun[1])))
    return Link(noun_name(contest, held.noun), anchor("quantity", first))
