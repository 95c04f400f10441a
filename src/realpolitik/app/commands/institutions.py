"""The commands that ask one model of a table, a vote, a conflict or a crisis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.app.commands.options import AsJson, Draws, Seed, Set, given_values
from realpolitik.errors import ContestError

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(short_help="Ask the bargaining models where a table settles.")
def solve(
    table: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, KTAB's CSV or XML, #A #P #D rows, a contest folder.")],
    model: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Ask this model; may be repeated.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Ask every model; so it is if none is named.")] = False,
    variant: Annotated[str | None, typer.Option(help="Named rules of the one model; 'models' lists them.")] = None,
    percent: Annotated[bool, typer.Option("--percent", help="Salience and capability are in percent.")] = False,
    scale: Annotated[
        tuple[float, float] | None, typer.Option(metavar="LOW HIGH", help="Ends of the scale; left out: of the data.")
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(metavar="[ISSUE=]VALUE", help="Where things stay without agreement; may be repeated."),
    ] = None,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Ask the bargaining models where a table of actors settles, side by side."""
    from realpolitik.app import solve as solving
    from realpolitik.contest.tables import Options

    options = Options(percent, scale, solving.reference_points(reference or []))
    names = model or []
    solving.run(table, names, everything=everything, variant=variant, options=options, seed=seed, plain=as_json)


@commands.command(short_help="Who decides a weighted vote, and which coalitions can form.")
def power(
    game: Annotated[list[str], typer.Argument(metavar="GAME…", help="'[39; 7x5, 1x10]', joined by & (and) or | (or).")],
    index: Annotated[list[str] | None, typer.Option(metavar="NAME", help="This index; may be repeated.")] = None,
    coalitions: Annotated[bool, typer.Option("--coalitions", help="List the governments that can form.")] = False,
    position: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Place of a party on the policy scale.")
    ] = None,
    refuse: Annotated[
        list[str] | None, typer.Option(metavar="NAME,NAME", help="Two parties that will not govern together.")
    ] = None,
    third: Annotated[
        str | None, typer.Option(metavar="abstain|absent", help="Voters may also abstain, or stay away.")
    ] = None,
    quorum: Annotated[
        str | None, typer.Option(metavar="RULE", help="With --third: who must take part, as 'majority of seats'.")
    ] = None,
    veto: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="With --third: a voter whose no defeats a motion.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure who decides a weighted vote, in exact fractions, and list the coalitions that can carry it.

    A game is a quota and weights: '[39; 7x5, 1x10]', or with names '[two thirds; Shia=187, Sunni=77, Kurdish=56]'.
    Rules that must all be met are joined by & or given one by one; of rules joined by | one is enough; & binds closer,
    and ( ) say otherwise. With abstention: '[9; permanent=1x5, elected=1x10]' --third abstain --veto permanent.
    """
    from realpolitik.app import power as measuring

    if third is not None:
        from realpolitik.app import abstention

        abstention.refuse_others(index, coalitions, position, refuse)
        return abstention.run(game, third=third, quorum=quorum, vetoes=veto or [], plain=as_json)
    if quorum is not None or veto:
        raise ContestError("--quorum and --veto need --third abstain or --third absent.")
    wanted = coalitions or bool(position) or bool(refuse)
    known = {"positions": measuring.positions(position or []), "vetoes": measuring.refusals(refuse or [])}
    measuring.run(game, index or [], parliament=known if wanted else None, plain=as_json)


@commands.command(short_help="Find the stable states of a conflict.")
def conflict(
    path: Annotated[Path, typer.Argument(help="A file with one conflict, or a contest folder.")],
    name: Annotated[str | None, typer.Option(help="Which conflict of the contest, if it has several.")] = None,
    explain: Annotated[
        int | None, typer.Option(metavar="STATE", help="Say in full why this state holds or not.")
    ] = None,
    inverse: Annotated[
        int | None, typer.Option(metavar="STATE", help="Say which comparisons would make this state stable.")
    ] = None,
    coalition: Annotated[
        list[str] | None, typer.Option(metavar="'A, B'", help="Decision makers who act as one; may be repeated.")
    ] = None,
    coalitions: Annotated[
        bool, typer.Option("--coalitions", help="Ask every coalition which equilibria it would leave.")
    ] = False,
    unknown: Annotated[
        str | None, typer.Option(metavar="a|b|c|d", help="How comparisons that nobody knows count.")
    ] = None,
    strongly: Annotated[bool, typer.Option("--strongly", help="Only a strongly less preferred state deters.")] = False,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Find the stable states of a conflict of moves and counter-moves, and what keeps them stable."""
    from realpolitik.app import conflict as steps

    asked = steps.Asked(name, explain, inverse, unknown, strongly, tuple(coalition or ()), coalitions, draws, seed)
    steps.run(path, asked, changes=given_values(changes), plainly=as_json)


@commands.command(short_help="Play a crisis: a named template or a game file.")
def crisis(
    game: Annotated[
        str | None, typer.Argument(metavar="TEMPLATE|FILE.efg", help="A name from --list, or a Gambit file.")
    ] = None,
    changes: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the template; repeatable.")
    ] = None,
    precision: Annotated[
        float | None, typer.Option(help="How sharply players see what is better, per unit of payoff; left out: 1.")
    ] = None,
    templates: Annotated[bool, typer.Option("--list", help="List the templates and their parameters.")] = False,
    as_json: AsJson = False,
    regions: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="NAME", help="Map the outcomes over two parameters; give it twice."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the game to this .efg file, or the map to this .svg file.")
    ] = None,
) -> None:
    """Play a crisis: how it ends, how likely, and which values would change that."""
    from realpolitik.app import crisis as playing

    if templates:
        playing.listing(as_json)
    elif game is None:
        raise ContestError("Name a template or a .efg file; 'realpolitik crisis --list' shows the templates.")
    else:
        playing.run(game, given_values(changes), precision, as_json, out, regions or [])


@commands.command(short_help="Ask a chamber: quorum, passage, kingmakers.")
def chamber(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER|FILE", help="A contest folder, or YAML of one chamber.")],
    name: Annotated[
        list[str] | None, typer.Option("--chamber", metavar="NAME", help="This chamber only; may be repeated.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Ask how likely a chamber is to find a quorum and pass a motion, by how much, and who can force or stop it."""
    from realpolitik.app import chamber as asking

    asking.run(folder, name or [], draws=draws, seed=seed, changes=given_values(changes), plain=as_json)


@commands.command(short_help="List the models and their variants.")
def models(as_json: AsJson = False) -> None:
    """List the models, their variants and where they come from."""
    from realpolitik.app import show

    show.models(as_json)
