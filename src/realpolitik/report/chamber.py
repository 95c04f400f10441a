"""Section: every vote as a half circle of seats."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.contest.chamber import Chamber, Record
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.forecast import Forecast
from realpolitik.forecast.summary import Probability, bloc_votes, deciders, share, share_of_stage, spread
from realpolitik.forecast.views import recorded_vote
from realpolitik.models.voting.pivotal import walk_out
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Column, Figure, Heading, Key, Note, Paragraph, Row, Table
from realpolitik.report.charts import Gauge, Marker, gauges, mark
from realpolitik.report.hemicycle import STANCES, Wedge, hemicycle, seats_per_mark, whole
from realpolitik.report.links import claim_link, joined
from realpolitik.report.wording import anchor, bloc_name, count, interval, number, share_of, spell, stage_name

__all__ = ["chamber"]

MARKS = {"yes": "circle", "abstain": "triangle", "no": "diamond", "absent": "circle"}


@section("chamber", order=40)
def chamber(forecast: Forecast) -> list[Block]:
    """How the chambers vote"""
    found: list[Block] = []
    told: set[str] = set()
    for name in forecast.contest.stage_order():
        stage = forecast.contest.pathway[name]
        if stage.chamber is None:
            continue
        found.append(Heading(stage_name(forecast.contest, name), anchor("vote", name)))
        note = forecast.contest.chambers[stage.chamber].note
        if note is not None and stage.chamber not in told:
            found.append(Note(note))
        told.add(stage.chamber)
        if not forecast.truth(f"{name}.happened").any():
            found.append(Paragraph(f"This vote took place in no draw{' that is held' if forecast.counted else ''}."))
        elif stage.recorded is not None:
            found += _recorded(forecast, name, forecast.contest.chambers[stage.chamber], stage.recorded)
        else:
            found += _expected(forecast, name, forecast.contest.chambers[stage.chamber], stage.chamber)
    return found


def _title(body: Chamber, key: str) -> str:
    return f"{body.name or key}, {count(body.seats, 'seat')}"


def _rule(body: Chamber) -> str:
    quorum = f"Quorum: {body.quorum}" if body.quorum is not None else "No quorum"
    needed = body.rule.quorum_needed(seats=body.seats)
    members = f", {count(needed, 'member')}" if needed and body.quorum is not None and body.quorum.base else ""
    passes = " and ".join(f"{each}" if each.base is not None else f"{each} yes votes" for each in body.passes)
    return f"{quorum}{members}. It passes with {passes}.{_second(body)}"


def _second(body: Chamber) -> str:
    rule = body.second_rule
    if rule is None:
        return ""
    passes = " and ".join(
        f"{each}" if each.base is not None else f"{each} yes votes" for each in (rule.passes, *rule.also)
    )
    quorum = f", with a quorum of {rule.quorum}" if rule.quorum is not None else ""
    return f" It must pass a second reading as well, with {passes}{quorum}; the figures show the first."


def _key(totals: tuple[int, ...], seats: int) -> tuple[Key, ...]:
    found = [Key(mark(MARKS[way], f"seat {way}"), f"{way} {many:,}") for way, many in zip(STANCES, totals, strict=True)]
    several = seats_per_mark(seats)
    return (*found, Key(mark("line", "none"), f"one mark for {several} seats")) if several > 1 else tuple(found)


# A vote that has taken place


def _recorded(forecast: Forecast, name: str, body: Chamber, record: Record) -> Iterator[Block]:
    key = str(forecast.contest.pathway[name].chamber)
    vote = recorded_vote(forecast.contest, key, record)
    counts = (record.yes, record.abstain, record.no, body.seats - record.present)
    one = [tuple(many if index == place else 0 for index in range(4)) for place, many in enumerate(counts)]
    wedges = [Wedge(stance, each) for stance, each in zip(STANCES, one, strict=True) if sum(each)]
    result = "passed" if vote.passed[0] else "did not pass"
    told = f"Recorded: {record.yes} yes, {record.no} no, {count(record.present, 'member')} present. It {result}."
    yield Paragraph(f"{told} {_rule(body)}", lead=True)
    needed = int(body.rule.yes_needed(yes=record.yes, no=record.no, present=record.present, seats=body.seats))
    quorum, majority = _quorum(body), Marker("needed", needed, f"needed {needed:,}")
    rows = [
        Gauge("Present", record.present, 0, 0, quorum, f"{record.present:,}"),
        Gauge("Yes", record.yes, 0, 0, majority, f"{record.yes:,}"),
    ]
    lines = {marker.text: int(marker.value) for marker in (quorum, majority) if marker is not None}
    yield Figure(
        (hemicycle(wedges, lines=lines), gauges(rows, body.seats)),
        f"{_title(body, key)}. The vote as recorded, by stance; the record does not say who sat where.",
        told,
        shape="hemicycle",
        key=_key(counts, body.seats),
    )
    if record.note is not None:
        yield Note(("What is disputed: ", record.note))
    if record.evidence:
        yield Paragraph(("Evidence for the record: ", *joined(map(claim_link, record.evidence)), "."))
    if body.quorum is not None and vote.quorate[0]:
        yield from _walk_out(forecast, name, record, walk_out(vote).members[0])


def _quorum(body: Chamber) -> Marker | None:
    needed = body.rule.quorum_needed(seats=body.seats)
    return Marker("quorum", needed, f"quorum {needed:,}") if needed else None


def _walk_out(forecast: Forecast, name: str, record: Record, members: int) -> Iterator[Block]:
    """Who could have broken the quorum."""
    spare = count(members - 1, "member")
    yield Paragraph(f"The quorum held with {spare} beyond those needed: {members} leaving would have broken it.")
    if not record.attended:
        return
    chamber_key = str(forecast.contest.pathway[name].chamber)
    rows = []
    for bloc in record.attended:
        address = f"pathway.{name}.recorded.attended.{bloc}"
        drawn = forecast.worlds.inputs[address]
        enough = share(bloc, int(np.count_nonzero(np.rint(drawn) >= members)), len(drawn))
        row = (bloc_name(forecast.contest, chamber_key, bloc), interval(np.rint(drawn)), spell(enough))
        rows.append((enough.probability, Row(row)))
    rows.sort(key=lambda pair: -pair[0])
    columns = (
        Column("Bloc"),
        Column("Members present, 90 %", True),
        Column("Its walk-out alone breaks the quorum", True),
    )
    caption = "Who could have broken the quorum: share of draws in which the bloc had enough members in the room."
    yield Table(columns, tuple(row for _, row in rows), caption)


# A vote still ahead


def _expected(forecast: Forecast, name: str, body: Chamber, key: str) -> Iterator[Block]:
    passed, quorate = (share_of_stage(forecast, name, key) for key in ("passed", "quorate"))
    quorum = f" It finds a quorum in {_of_draws(quorate)}." if body.quorum is not None else ""
    yield Paragraph(f"Where the vote takes place, it passes in {_of_draws(passed)}.{quorum} {_rule(body)}", lead=True)
    votes = bloc_votes(forecast, name)
    wedges = [
        Wedge(bloc_name(forecast.contest, key, name), whole(list(row), bloc.seats))
        for (name, bloc), row in zip(body.blocs.items(), votes, strict=True)
    ]
    order = sorted(range(len(wedges)), key=lambda index: -votes[index, 0] / votes[index].sum())
    totals = tuple(sum(many) for many in zip(*(wedge.counts for wedge in wedges), strict=True))
    yield Figure(
        (hemicycle([wedges[index] for index in order]), gauges(_lines(forecast, name, body), body.seats)),
        f"{_title(body, key)}. What each bloc is expected to do, in whole seats; the likeliest supporters sit on "
        "the left. Bars: median and 90 % interval over draws.",
        f"Expected: {', '.join(f'{many} {way}' for way, many in zip(STANCES, totals, strict=True))}.",
        shape="hemicycle",
        key=_key(totals, body.seats),
    )
    yield _blocs(forecast, name, [wedges[index].name for index in order], [list(body.blocs)[index] for index in order],
                 votes[order])  # fmt: skip


def _of_draws(found: Probability) -> str:
    text = spell(found)
    return text if "draw" in text else f"{text} of draws"


def _lines(forecast: Forecast, name: str, body: Chamber) -> list[Gauge]:
    found = []
    for label, key in (("Present", "present"), ("Yes", "yes")):
        low, middle, high = spread(forecast, f"{name}.{key}")
        marker = _quorum(body) if key == "present" else _needed(forecast, name, body)
        text = f"{number(middle)}  ({number(low)} to {number(high)})"
        found.append(Gauge(label, middle, low, high, marker, text))
    return found


def _needed(forecast: Forecast, name: str, body: Chamber) -> Marker:
    """Yes votes needed: fixed where the rule counts seats, else the median over draws."""
    worlds = forecast.worlds.results
    needed = float(np.nanmedian(worlds[f"{name}.yes"] - worlds[f"{name}.margin"]))
    varies = any(each.base in ("present", "cast") for each in body.passes)
    return Marker("needed", needed, f"{'usually ' if varies else ''}needed {number(needed)}")


def _blocs(forecast: Forecast, name: str, names: list[str], keys: list[str], votes: Floats) -> Table:
    home = {row.who: row.effect for row in deciders(forecast) if row.stage == name}
    draws = forecast.tally.times(f"{name}.happened")
    rows = []
    for index, (said, key, row) in enumerate(zip(names, keys, votes, strict=True), start=1):
        changed = share_of(home[key], float(np.sqrt(home[key] * (1 - home[key]) / draws)), draws)
        rows.append(Row((f"{index}", said, f"{row.sum():.0f}", *(f"{many:.1f}" for many in row), changed)))
    columns = (
        Column("No.", True),
        Column("Bloc"),
        *(
            Column(title, True)
            for title in ("Seats", "Yes", "Abstain", "No", "Absent", "Staying home changes the result")
        ),
    )
    caption = (
        "Expected members by bloc. Last column, who decides: share of draws in which the result is another if this "
        "bloc alone stays home."
    )
    return Table(columns, tuple(rows), caption)
