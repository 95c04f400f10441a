"""Section and page: another forecast of the same worlds, and what is different."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import realpolitik
from realpolitik.contest.contest import Contest
from realpolitik.contest.differences import Difference
from realpolitik.contest.located import write_whole
from realpolitik.forecast.compare import Changed, Comparison
from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report import charts
from realpolitik.report.blocks import Block, Code, Column, Figure, Heading, Inline, Link, Paragraph, Row, Strong, Table
from realpolitik.report.render import Fact, Page, Section, as_html
from realpolitik.report.svg import clip
from realpolitik.report.wording import MINUS, anchor, count, day_of, number, percent, points, quantity_name

__all__ = ["comparison", "write_comparison"]

MOST = 40
"""Rows of a long list."""

LONGEST = 160
"""Characters of a value."""


@section("comparison", order=37)
def comparison(forecast: Forecast) -> list[Block]:
    """What is different from another forecast"""
    against = forecast.studies.against
    if against is None:
        return []
    found = against.comparison
    text = (
        "Before: ", Code(against.name), f". After: the forecast of this page. The same {found.draws:,} worlds, so that "
        "a difference is taken draw by draw; its standard error is that of the difference.",
    )  # fmt: skip
    return [
        _lead(found),
        Paragraph(text),
        *_notes(found),
        *_differing(found, forecast.contest, linked=True),
        *_effects(found),
    ]


def write_comparison(before: Forecast, after: Forecast, found: Comparison, names: tuple[str, str], path: Path) -> None:
    """Write a comparison as a page of its own; the file is there whole, or as it was.

    Parameters
    ----------
    before, after : that were compared.
    names : of the two, as the reader knows them.

    Raises
    ------
    StorageError : the folder cannot be written.
    """
    contest = after.contest
    facts = (
        Fact("As of ", day_of(contest.as_of)),
        Fact("Horizon ", day_of(contest.horizon)),
        Fact("The same ", f"{found.draws:,}", " worlds twice"),
        Fact("Seed ", str(found.seed)),
    )
    which = Paragraph(("Before: ", Code(names[0]), ". After: ", Code(names[1]), "."))
    sections = (
        Section("changes", "What it changes", (_lead(found), which, *_notes(found), *_effects(found))),
        Section("settings", "Which settings differ", tuple(_differing(found, contest, linked=False))),
    )
    hashes = " and ".join(each.manifest["contest_sha256"][:12] for each in (before, after))
    footer = f"Realpolitik {realpolitik.__version__} · contests {hashes}"
    write_whole(path, as_html(Page(f"Comparison · {contest.contest}", contest.title, facts, sections, footer)))


def _lead(found: Comparison) -> Block:
    if not found.switches:
        return Paragraph("No draw ends otherwise.", lead=True)
    most = max(found.outcomes, key=lambda one: abs(one.difference))
    moved = f": from {percent(most.before)} to {percent(most.after)}, {_points(most)} points."
    return Paragraph(("Most changed is ", Strong(most.name), moved), lead=True)


def _notes(found: Comparison) -> Iterator[Block]:
    for note in found.notes:
        yield Paragraph(note)


def _differing(found: Comparison, contest: Contest, *, linked: bool) -> Iterator[Block]:
    if linked:
        yield Heading("Which settings differ")
    if not found.differences:
        yield Paragraph("The two do not differ in anything that shapes a forecast.")
        return
    known = {tuple(map(str, held.path)): address for address, held in contest.inputs().items()}
    columns = (Column("Setting"), Column("Before"), Column("After"))
    rows = tuple(
        Row((_setting(contest, known, each, linked), _value(each.before), _value(each.after)))
        for each in found.differences[:MOST]
    )
    left = len(found.differences) - len(rows)
    more = f" {left:,} more are not shown; 'realpolitik compare … --json' has them." if left else ""
    yield Table(columns, rows, f"{count(len(found.differences), 'place')} in which the contests differ.{more}")


def _setting(contest: Contest, known: dict[tuple[str, ...], str], each: Difference, linked: bool) -> tuple[Inline, ...]:
    address = known.get(tuple(map(str, each.path)))
    if address is None:
        return (Code(each.address),)
    name = quantity_name(contest, address, contest.inputs()[address])
    return (Link(name, anchor("quantity", address)) if linked else f"{name} ", *(() if linked else (Code(address),)))


def _value(value: Any) -> tuple[Inline, ...]:
    if value is None:
        return ("nothing",)
    return (Code(clip(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), LONGEST)),)


def _effects(found: Comparison) -> Iterator[Block]:
    yield Heading("Outcomes")
    if found.switches:
        bars = [charts.Bar(one.name, one.difference, one.standard_error, _points(one)) for one in found.outcomes]
        caption = "Change of each probability, in percentage points. Whiskers: two standard errors."
        alt = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
        yield Figure((charts.differences(bars),), caption, alt)
    columns = (Column("Outcome"), Column("Before", True), Column("After", True), Column("Points", True))
    rows = (Row((one.name, percent(one.before), percent(one.after), _points(one))) for one in found.outcomes)
    yield Table(columns, tuple(rows))
    if settled := tuple(_settled(found)):
        heads = ("Before", "After", "Difference", "Draws in both", "Only before", "Only after")
        caption = (
            "Means over the draws in which the bargain takes place; the difference over those that have it in both."
        )
        yield Heading("Settlements")
        yield Table((Column("Settlement"), *(Column(head, True) for head in heads)), settled, caption)
    if found.switches:
        yield Heading("Which draws end otherwise")
        ways = (Column("Before"), Column("After"), Column("Draws", True), Column("Of all", True))
        switched = (
            Row((each.before, each.after, f"{each.draws:,}", percent(each.draws / found.draws)))
            for each in sorted(found.switches, key=lambda each: -each.draws)[:MOST]
        )
        yield Table(ways, tuple(switched), f"{found.switched:,} of {found.draws:,} draws end otherwise.")
    yield Paragraph(
        "Errors are those of sampling alone. What other actors would do about the change is not in it, unless the "
        "contest says so."
    )


def _settled(found: Comparison) -> Iterator[Row]:
    for each in found.settlements:
        draws = (f"{each.both:,}", f"{each.only_before:,}", f"{each.only_after:,}")
        means = (number(mean) if mean == mean else "never" for mean in (each.before, each.after))  # NaN: never settled
        moved = f"{each.difference:+.2f} ± {each.standard_error:.2f}".replace("-", MINUS) if each.both else ""
        yield Row((f"{each.issue}, in {each.unit}", *means, moved, *draws))


def _points(one: Changed) -> str:
    return points(one.difference, one.standard_error)
