"""Section: how to get the same numbers again."""

from __future__ import annotations

import shlex

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Code, Definition, Definitions, Inline, Paragraph

__all__ = ["reproduce"]


@section("reproduce", order=110)
def reproduce(forecast: Forecast) -> list[Block]:
    """How to get the same numbers again"""
    manifest = forecast.manifest
    changes = " ".join(f"--set {shlex.quote(f'{key}={value}')}" for key, value in manifest["set"].items())
    command = f"realpolitik forecast {forecast.contest.contest} --draws {manifest['draws']} --seed {manifest['seed']}"
    models = [f"{stage}: {_model(used)}" for stage, used in manifest["models"].items()]
    versions = [f"{name} {version}" for name, version in manifest["versions"].items()]
    items: list[tuple[str, tuple[Inline, ...]]] = [
        ("Command", (Code(f"{command} {changes}".strip()),)),
        ("SHA-256 of the contest", (Code(manifest["contest_sha256"]),)),
        (
            "Draws and seed",
            (f"{manifest['draws']:,} draws in chunks of {manifest['chunk']:,}, seed {manifest['seed']}",),
        ),
        ("Versions", ("; ".join(versions),)),
        ("Models", ("; ".join(models) or "none: judgements and choices only",)),
    ]
    if changes:
        items.insert(1, ("Set from outside", (Code(changes),)))
    text = (
        "With the same contest, seed, draws and versions the numbers are the same to the last bit, on any number of "
        "workers. Replace the name by the path of the contest’s folder."
    )
    return [Paragraph(text), Definitions(tuple(Definition(term, parts) for term, parts in items))]


def _model(used: dict[str, str | None]) -> str:
    return f"{used['model']} ({used['variant']})" if used["variant"] else str(used["model"])
