"""A backtest as a page: scores, histogram of the PIT, reliability."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import realpolitik
from realpolitik.contest.located import write_whole
from realpolitik.record.backtest import POOLED, YARDSTICK, Backtest
from realpolitik.record.measures import LEVELS, Measures, measures
from realpolitik.report.blocks import Block, Column, Figure, Key, Paragraph, Row, Svg, Table
from realpolitik.report.charts import mark
from realpolitik.report.render import Fact, Page, Section, as_html
from realpolitik.report.svg import Canvas, Scale

__all__ = ["histogram", "reliability", "write_backtest"]

TALL = 150.0
"""Height of a picture, in pixels."""

ROOF = 0.25
"""Share of outcomes at the top of the histogram, unless a class holds more."""


def write_backtest(found: Backtest, name: str, path: Path) -> None:
    """Write the page; the file is there whole, or as it was.

    Parameters
    ----------
    name : of the file of decisions, for the title.

    Raises
    ------
    StorageError : the folder cannot be written.
    """
    write_whole(path, as_html(_page(found, name)))


def _page(found: Backtest, name: str) -> Page:
    facts = (
        Fact("", str(len(found.data.issues)), " issues"),
        Fact("", str(len(set(found.dossiers))), " dossiers"),
        Fact("Capabilities ", found.capabilities),
    )
    sections = (
        Section("scores", "How far off each model was", (_lead(found), _table(found))),
        Section("calibration", "Whether its chances were right", tuple(_calibration(found))),
        Section("kinds", "By kind of issue", (_kinds(found),)),
    )
    footer = f"Realpolitik {realpolitik.__version__} · decisions {found.data.sha256[:12]}"
    return Page("Backtest", f"What the models would have said of {name}", facts, sections, footer)


def _lead(found: Backtest) -> Block:
    return Paragraph(
        f"The pooled forecast scores {found.against(POOLED).written(2)} against the compromise in CRPS; in brackets "
        "the 95 % interval with whole dossiers resampled. Below zero is better.",
        lead=True,
    )


def _told(found: Backtest) -> list[tuple[str, Measures]]:
    return [(name, part) for name in found.models if (part := measures(found, name)) is not None]


def _table(found: Backtest) -> Table:
    heads = ("Issues", "MAE", "RMSE", "Within 5", "Within 10", "CRPS", "50 %", "80 %", "CRPS − compromise")
    rows = tuple(Row((name, *_cells(part))) for name, part in _told(found))
    columns = (Column("Model"), *(Column(head, True) for head in heads))
    caption = (
        "In points of the scale 0 to 100. A point model has its errors in the other dossiers as its distribution; the "
        f"pooled forecast {'was learned anew without each dossier' if found.refitted else 'has given parameters'}."
    )
    return Table(columns, rows, caption)


def _cells(part: Measures) -> tuple[str, ...]:
    numbers = (part.mae, part.rmse, part.within_5, part.within_10, part.crps, part.coverage_50, part.coverage_80)
    return (str(part.n), *(f"{value:.2f}" for value in numbers), part.against.written(2))


def _kinds(found: Backtest) -> Table:
    rows = []
    for group in found.groups:
        pair = [measures(found, name, group) for name in (YARDSTICK, POOLED)]
        cells = [f"{value:.2f}" for part in pair if part is not None for value in (part.mae, part.crps)]
        difference = "" if pair[1] is None else pair[1].against.written(2)
        rows.append(Row((f"{group.label}: {group.name}", str(int(group.chosen.sum())), *cells, difference)))
    heads = (*(f"{name}, {what}" for name in (YARDSTICK, POOLED) for what in ("MAE", "CRPS")), "CRPS difference")
    columns = (Column("Issues"), Column("Number", True), *(Column(head, True) for head in heads))
    caption = "Spread: weighted standard deviation of positions, cut into thirds of the file."
    return Table(columns, tuple(rows), caption)


def _calibration(found: Backtest) -> list[Block]:
    parts = [(name, part) for name, part in _told(found) if name in (POOLED, YARDSTICK)]
    blocks: list[Block] = []
    for name, part in sorted(parts, key=lambda pair: pair[0] != POOLED):
        shares = tuple(
            Row((f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", f"{share:.3f}"))
            for tenth, share in enumerate(part.histogram)
        )
        blocks.append(
            Figure(
                (histogram(part.histogram.tolist()),),
                f"Where outcomes fell in the distribution of '{name}': share in each tenth of the randomised "
                "probability integral transform. Flat, at the broken line, is right; high at both ends means too sure.",
                f"Histogram of the PIT of {name}, between {part.histogram.min():.2f} and {part.histogram.max():.2f}.",
                numbers=Table((Column("Tenth"), Column("Share", True)), shares),
            )
        )
    keys = (Key(mark("circle", "dot"), POOLED), Key(mark("circle", "before"), YARDSTICK))
    curves = [part.reliability.tolist() for _, part in sorted(parts, key=lambda pair: pair[0] != POOLED)]
    rows = tuple(
        Row((f"{level:.0%}", *(f"{curve[place]:.3f}" for curve in curves))) for place, level in enumerate(LEVELS)
    )
    blocks.append(
        Figure(
            (reliability(curves),),
            "Share of outcomes at or below each level of the distribution; on the broken line the chances were right.",
            "Reliability of the pooled forecast and of the compromise with residuals.",
            key=keys,
            numbers=Table((Column("Level"), Column(POOLED, True), Column(YARDSTICK, True)), rows),
        )
    )
    return blocks


def histogram(shares: Sequence[float]) -> Svg:
    """Share of outcomes in equally wide classes of the PIT, with a broken line where all would be equal."""
    across = Scale(0, len(shares), 5, 98)
    top = max(ROOF, *shares)
    canvas = Canvas(TALL + 24)
    for index, share in enumerate(shares):
        high = TALL * share / top
        canvas.draw("rect", "bin", x=across.at(index), y=TALL - high, width=across.length(1), height=high)
    level = TALL * (1 - 1 / len(shares) / top)
    canvas.draw("line", "reference", x1=across.at(0), x2=across.at(len(shares)), y1=level, y2=level)
    canvas.draw("line", "axis", x1=across.at(0), x2=across.at(len(shares)), y1=TALL, y2=TALL)
    for index in range(0, len(shares) + 1, max(len(shares) // 5, 1)):
        canvas.write(f"{index / len(shares):.1f}", "tick", across.at(index), TALL + 17, text_anchor="middle")
    return canvas.done()


def reliability(curves: Sequence[Sequence[float]]) -> Svg:
    """Share of outcomes at or below each level, the first curve in full dots, the second in open ones."""
    across, tall = Scale(0, 1, 7, 98), 2 * TALL
    canvas = Canvas(tall + 24)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = tall * (1 - tick)
        canvas.draw("line", "grid", x1=across.at(0), x2=across.at(1), y1=y, y2=y)
        canvas.write(f"{tick:.0%}", "tick", across.at(0), y + 4, text_anchor="end", dx=-6)
        canvas.write(f"{tick:.0%}", "tick", across.at(tick), tall + 17, text_anchor="middle")
    canvas.draw("line", "reference", x1=across.at(0), x2=across.at(1), y1=tall, y2=0)
    looks = ("dot", "before")
    for look, curve in reversed(list(zip(looks, curves, strict=False))):
        for level, share in zip(LEVELS, curve, strict=True):
            canvas.draw("circle", look, cx=across.at(float(level)), cy=tall * (1 - share), r=6 if look == "dot" else 5)
    return canvas.done()
