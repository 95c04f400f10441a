"""What the terminal shows: tables that fit it, colour only on a terminal.

Shared by all commands, so nothing of contests and forecasts is imported until it is asked for.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from realpolitik.errors import Fault
from realpolitik.registry import models as registered

if TYPE_CHECKING:
    from realpolitik.contest.actors import Issue
    from realpolitik.contest.contest import Contest
    from realpolitik.models.crisis.base_rates import SanctionsRecord

__all__ = ["console", "contents", "fault", "in_unit", "listing", "models", "percent", "sanctions"]

PLURALS = {"quantity": "quantities"}


def console() -> Console:
    """Standard output; without a terminal 100 columns and no colour."""
    return Console(width=None if sys.stdout.isatty() else 100, highlight=False, soft_wrap=False)


def fault(found: Fault) -> dict[str, Any]:
    """A fault as plain data."""
    place = {"file": found.file, "line": found.line, "column": found.column}
    return {**place, "path": ".".join(str(key) for key in found.path), "message": found.message}


def contents(contest: Contest) -> str:
    """How much of what a contest holds."""
    from realpolitik.report.wording import count

    counts = {
        "actor": len(contest.actors),
        "issue": len(contest.issues),
        "chamber": len(contest.chambers),
        "threat": len(contest.threats),
        "mobilisation": len(contest.mobilisations),
        "stage": len(contest.pathway),
        "outcome": len(contest.outcomes),
        "quantity": len(contest.inputs()),
        "claim": len(contest.claims),
        "source": len(contest.sources),
    }
    return ", ".join(count(number, name, PLURALS.get(name)) for name, number in counts.items() if number) + "."


def listing(title: str | None, *columns: tuple[str, str]) -> Table:
    """An empty table; columns by name and side."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, justify in columns:
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    return table


def sanctions(title: str, rows: Sequence[SanctionsRecord]) -> Table:
    """How threats of sanctions ended; a dash where it was not counted."""
    columns = ("number", "gave in", "or settled", "sender gave up", "imposed")
    table = listing(title, ("cases", "left"), *((column, "right") for column in columns))
    for each in rows:
        shares = (each.target_gave_in, each.with_settlement, each.sender_backed_down, each.imposed)
        told = ("–" if share is None else percent(share) for share in shares)
        table.add_row(escape(each.cases), f"{each.number:,}", *told)
    return table


def in_unit(value: float, issue: Issue, finer: int = 0) -> str:
    """A settlement or its error: to a tenth on a wide scale, finer on one narrower than ten units."""
    from realpolitik.report.wording import on_scale

    width = issue.bounds.high - issue.bounds.low
    return on_scale(value, width if width < 10 else 100.0, finer + 1)


def percent(p: float) -> str:
    """A probability in percent, to a tenth."""
    return f"{100 * p:.1f} %"


def models(as_json: bool) -> None:
    """Print the registered models."""
    rows = [
        {
            "name": name,
            "stage": registered.get(name).about["accepts"].stage,
            "variants": list(registered.get(name).about["variants"]),
            "reference": registered.get(name).about["reference"],
            "summary": registered.get(name).summary,
        }
        for name in registered.names()
    ]
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    table = listing("Models", ("name", "left"), ("stage", "left"), ("variants", "left"), ("what it says", "left"))
    for row in rows:
        table.add_row(row["name"], row["stage"], ", ".join(row["variants"]) or "–", escape(str(row["summary"])))
    console().print(table)
