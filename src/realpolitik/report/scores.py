"""Section: what the forecast scored on questions whose answer is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Column, Heading, Note, Paragraph, Rich, Row, Small, Table
from realpolitik.report.wording import MINUS, count, day_of, number, percent

__all__ = ["SCORES", "scores"]

SCORES = "scores"
"""Key of the manifest under which ``realpolitik report --record`` puts the score sheet, as plain data; None where no
question of the record is resolved."""

Sheet = Mapping[str, Any]


@section("scores", order=93)
def scores(forecast: Forecast) -> list[Block]:
    """Was it right? The score sheet"""
    found: Sheet | None = forecast.manifest.get(SCORES)
    if not found:
        return []
    blocks: list[Block] = []
    if found["hindsight"]:
        blocks.append(
            Note(
                "Hindsight. This forecast was sealed when the answers were known. The sheet says what such a forecast "
                "would have scored; it is no evidence of skill."
            )
        )
    blocks += _scored(found)
    if found["unanswered"]:
        rows = tuple(Row((_question(one), *_happened(one))) for one in found["unanswered"])
        columns = (Column("Question"), Column("Answer"), Column("Settled, and source"))
        caption = "Neither an outcome nor a stage of this contest answers these, so that they have no score."
        blocks += [Heading("Questions that the contest does not speak of"), Table(columns, rows, caption)]
    if found["open"]:
        rows = tuple(Row((_question(one), day_of(date.fromisoformat(one["deadline"])))) for one in found["open"])
        blocks += [Heading("Still open"), Table((Column("Question"), Column("Deadline")), rows)]
    return blocks


def _scored(found: Sheet) -> Iterator[Block]:
    if not found["rows"]:
        yield Paragraph("No sealed forecast answers a question that is resolved.")
        return
    yield Paragraph(_lead(found), lead=True)
    yield Paragraph(_which(found["seal"]))
    heads = ("It said", "Brier", "Log", "CRPS", "Base rate", "Better by")
    columns = (Column("Question"), Column("Answer"), *(Column(head, True) for head in heads))
    mixed = not found["hindsight"]
    rows = tuple(Row((_question(row), _answer(row, mixed), _said(row), *_numbers(row))) for row in found["rows"])
    caption = (
        "0 is best. It said: the probability of what happened, or median and 90 % interval of a number. Brier score, "
        "logarithmic score, and for a number the continuous ranked probability score in its unit. Base rate: the same "
        "score of the frequency that was written down with the question, else of even odds, or of an even spread over "
        "the scale."
    )
    yield Table(columns, rows, caption)
    if not found["hindsight"] and any(mean["last"] is not None for mean in found["means"].values()):
        yield Paragraph("The last forecasts of the record, which knew more, score " + ", ".join(_last(found)) + ".")


def _lead(found: Sheet) -> str:
    parts = []
    for name, label, digits, what, rate in (
        ("brier", "Brier score", 3, "question", "the base rates"),
        ("crps", "CRPS", 1, "number", "an even spread over the scale"),
    ):
        mean = found["means"].get(name)
        if mean is not None:
            of = f"{label} {mean['score']:.{digits}f} on {count(mean['n'], what)}"
            base = mean["base_rate"]
            parts.append(of + (f", against {base:.{digits}f} of {rate}" if base is not None else ""))
    return "; ".join(parts) + ". Less is better."


def _last(found: Sheet) -> Iterator[str]:
    for name, label, digits in (("brier", "Brier", 3), ("log", "log score", 3), ("crps", "CRPS", 1)):
        mean = found["means"].get(name)
        if mean is not None and mean["last"] is not None:
            yield f"{label} {mean['last']:.{digits}f}"


def _which(seal: Mapping[str, Any]) -> Rich:
    told = f"Scored is entry {seal['entry']} of the record, sealed {day_of(date.fromisoformat(seal['date']))}"
    supposed = ("; known by then: ", Code(seal["known"])) if seal["known"] else ()
    if seal["same_contest"]:
        return (told, *supposed, ", a forecast of the contest on this page.")
    return (told, *supposed, ". The contest was changed since: it is not the forecast on this page.")


def _question(row: Mapping[str, Any]) -> Rich:
    return (row["text"], Small(f" {row['question']}"))


def _happened(row: Mapping[str, Any]) -> tuple[str, Rich]:
    return _answer(row), f"{day_of(date.fromisoformat(row['on']))}, {row['source']}"


def _answer(row: Mapping[str, Any], mixed: bool = False) -> str:
    answer = row["answer"]
    late = " (hindsight)" if mixed and row["hindsight"] else ""
    return (answer if isinstance(answer, str) else number(answer)) + late


def _said(row: Mapping[str, Any]) -> str:
    if row["quantiles"] is None:
        return percent(row["probability"])
    low, middle, high = (number(value) for value in row["quantiles"])
    return f"{middle} ({low} to {high})"


def _numbers(row: Mapping[str, Any]) -> tuple[str, ...]:
    main, digits = ("brier", 3) if row["crps"] is None else ("crps", 1)
    base = None if row["base"] is None else row["base"][main]
    better = "" if base is None else f"{base - row[main]:+.{digits}f}".replace("-", MINUS)
    own = (_digits(row["brier"], 3), _digits(row["log"], 3), _digits(row["crps"], 1))
    return (*own, _digits(base, digits), better)


def _digits(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
