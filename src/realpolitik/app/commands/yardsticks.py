"""The commands that measure on collections the user holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.app.commands.options import AsJson

__all__ = ["commands"]

commands = typer.Typer()
evaluate = typer.Typer(
    help="Measure on collections that you hold; none comes with the project.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
commands.add_typer(evaluate, name="evaluate", short_help="Measure on a collection that you hold.")


@evaluate.command(short_help="Quotations and attributions, on PolNeAR.")
def polnear(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Holds text/*.txt and attributions/*.ann.")],
    as_json: AsJson = False,
    misses: Annotated[int, typer.Option(min=0, metavar="N", help="Show so many errors of each class.")] = 0,
) -> None:
    """Score quotations and attributions against the annotations of PolNeAR, beside simple baselines."""
    from realpolitik.app.evaluate import polnear as measuring

    measuring.run(folder, as_json=as_json, misses=misses)


@evaluate.command(short_help="Events, on PLOVER's gold-standard records.")
def plover(
    file: Annotated[Path, typer.Argument(help="JSON of the records, e.g. PLOVER_GSR_CAMEO.txt.")],
    as_json: AsJson = False,
) -> None:
    """Score types, sources and targets of events against PLOVER's gold-standard records, beside simple baselines."""
    from realpolitik.app.evaluate import plover as measuring

    measuring.run(file, as_json=as_json)


@evaluate.command(short_help="Bargaining models, on decisions of the European Union.")
def deu(
    file: Annotated[Path, typer.Argument(help="Decisions as DEU has them: prnr, p…, s…, rp, out.")],
    capabilities: Annotated[
        str, typer.Option(metavar="TABLE", help="council: votes by treaty; nice; equal: everybody alike.")
    ] = "council",
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Score the pooled forecast as it comes, instead of learning it anew.")
    ] = False,
    learn: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write what the pooled forecast learns from the whole file.")
    ] = None,
    scores: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write the scores that reports put beside the models.")
    ] = None,
    page: Annotated[Path | None, typer.Option("--report", metavar="OUT", help="Write a page with charts.")] = None,
    as_json: AsJson = False,
) -> None:
    """Forecast decisions known by now, each dossier from the others, with every bargaining model; score them."""
    from realpolitik.app.evaluate import backtests

    backtests.deu(
        file, table=capabilities, parameters=shipped, learn_to=learn, scores_to=scores, page=page, plain=as_json
    )


@evaluate.command(short_help="Base rates and a logit, on threats of sanctions.")
def ties(
    file: Annotated[Path, typer.Argument(help="Cases as TIES 4.0 has them: .xls, or a table of its columns.")],
    as_json: AsJson = False,
) -> None:
    """Forecast threats of sanctions after 1989 from those before, and score imposition, acquiescence, settlement."""
    from realpolitik.app.evaluate import backtests

    backtests.ties(file, plain=as_json)
