"""Commands. Each asks the rooms below for data and hands it to `show`; nothing is worked out here.

Only the standard library and typer are imported at the top, so that ``realpolitik --help`` starts at once.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import realpolitik
from realpolitik.errors import ContestError, RealpolitikError

__all__ = ["main"]

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""

BAD_INPUT = 2
"""Exit code for anything that the user can mend."""


class Commands(TyperGroup):
    """Turns what the user can mend into one message and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except RealpolitikError as error:
            typer.echo(f"realpolitik: {error}", err=True)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            typer.echo("\nrealpolitik: interrupted; nothing is half-written.", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(1) from None
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            typer.echo(f"realpolitik: {place}{error.strerror or error}.", err=True)
            raise typer.Exit(BAD_INPUT) from None


app = typer.Typer(
    cls=Commands,
    name="realpolitik",
    help="From reports to forecasts: a workbench for political contests.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Folder = Annotated[Path, typer.Argument(help="A contest folder, or the contest.yaml in it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Draws = Annotated[int, typer.Option(help="Possible worlds.")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same numbers.")]
Jobs = Annotated[int, typer.Option(help="Worker processes; the numbers do not depend on it.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Use another value, e.g. pathway.notice.judgement=0.2"),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"realpolitik {realpolitik.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(short_help="Forecast the bundled contest on Iraq, 2020.")
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the bundled contest.")] = Path("realpolitik-demo"),
    draws: Draws = 10_000,
    seed: Seed = 1,
) -> None:
    """Forecast the bundled contest: will the United States be pushed out of Iraq?"""
    from realpolitik.app import demo as steps

    steps.run(folder, draws, seed)


@app.command(short_help="Write a small, commented contest to start from.")
def new(folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")]) -> None:
    """Write a small, commented contest to start from."""
    from realpolitik.app.start import start_contest

    start_contest(folder)
    named = shlex.quote(str(folder))
    typer.echo(f"{folder}/contest.yaml written. Edit it, then:\n  realpolitik check {named}")
    typer.echo(f"  realpolitik forecast {named}")


@app.command(short_help="Report every fault of a contest and its place.")
def check(folder: Folder, as_json: AsJson = False) -> None:
    """Report every fault of a contest, each with its place and what is allowed."""
    from realpolitik.app import show
    from realpolitik.contest.file import load
    from realpolitik.errors import ContestError

    try:
        contest = load(folder)
    except ContestError as error:
        if not as_json:
            number = len(error.faults)
            raise ContestError((*error.faults, _count(number))) from None
        typer.echo(json.dumps({"faults": [show.fault(fault) for fault in error.faults]}, indent=2))
        raise typer.Exit(BAD_INPUT) from None
    if as_json:
        typer.echo(json.dumps({"faults": []}))
    else:
        typer.echo(f"{folder}: no faults. {show.contents(contest)}")


def _count(number: int) -> Any:
    from realpolitik.errors import Fault

    return Fault((), f"{number} fault{'s' if number != 1 else ''} in all.")


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it here instead of printing.")] = None,
) -> None:
    """Print the JSON Schema of contest.yaml, for editors."""
    from realpolitik.contest.file import schema_text, write_whole

    if out is None:
        typer.echo(schema_text(), nl=False)
    else:
        write_whole(out, schema_text())


@app.command(short_help="Change values in a contest; comments are kept.")
def edit(
    folder: Folder,
    changes: Annotated[list[str], typer.Argument(metavar="PATH=VALUE…", help="New values by dotted path.")],
) -> None:
    """Change values in a contest file; comments are kept, and a faulty change is refused."""
    from realpolitik.contest.file import edit as change

    change(folder, _changes(changes))
    typer.echo(f"{folder}: {len(changes)} value{'s' if len(changes) != 1 else ''} changed.")


@app.command(short_help="Run a contest: what happens, how likely, and why.")
def forecast(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Save the run in this new folder.")] = None,
    jobs: Jobs = 1,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Where draws run: serial, processes, dask://HOST:PORT; left out: by the number of jobs.",
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False,
) -> None:
    """Run a contest and say what happens, how likely, who decides it and what it hangs on."""
    from realpolitik.app import running, show
    from realpolitik.contest.file import load
    from realpolitik.forecast.summary import as_json as plain

    running.refuse(out, resume=resume)
    values = _changes(changes or [])
    contest = load(folder, values)
    chosen = engine or ("serial" if jobs == 1 else "processes")
    found = running.run(contest, draws, seed, out=out, resume=resume, engine=chosen, jobs=jobs, changes=values)
    if as_json:
        typer.echo(json.dumps(plain(found), indent=2))
    else:
        show.forecast(found)
        if out is not None:
            typer.echo(f"\nRun saved in {out}. Make its page with: realpolitik report {shlex.quote(str(out))}")


@app.command(short_help="Make one HTML page from a saved run.")
def report(
    run: Annotated[Path, typer.Argument(help="A run saved with 'forecast --out'.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The page; left out: report.html in the run.")] = None,
) -> None:
    """Make one self-contained HTML page from a saved run, without running it again."""
    from realpolitik.report.render import write_report
    from realpolitik.store.run import load_run

    page = out or run / "report.html"
    write_report(load_run(run), page)
    typer.echo(str(page))


@app.command(short_help="Read reports into claims; draft a contest.")
def read(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT…", help="Text, Markdown, HTML, PDF, e-mail, a folder, @LIST of files, JSONL of articles."
        ),
    ],
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Draft a contest in this new folder; FILE.jsonl: save the claims there."),
    ] = None,
    published: Annotated[str | None, typer.Option(help="Date of publication, e.g. 2020-01-08.")] = None,
    key: Annotated[
        list[str] | None, typer.Option(metavar="KEY=MEANING", help="What a key of the articles is, e.g. story=text.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes for --json and FILE.jsonl.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a file of claims that was interrupted.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print the text that offsets count in, nothing else.")] = False,
    blocks: Annotated[bool, typer.Option("--blocks", help="Print the labelled blocks instead of claims.")] = False,
    only: Annotated[str | None, typer.Option(metavar="NAME", help="Only the document of this name.")] = None,
) -> None:
    """Read reports into claims, each tied to its exact words; draft a contest from them.

    What cannot be read is named on standard error and the rest goes on; the exit code is then 3, or 2 if nothing
    could be read.
    """
    from realpolitik.app import reading

    reading.run(
        reading.Asked(
            reports,
            as_json,
            out,
            published,
            _changes(key or []),
            jobs,
            resume=resume,
            raw=raw,
            blocks=blocks,
            only=only,
        )
    )


@app.command(short_help="Ask the bargaining models where a table settles.")
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


@app.command(short_help="Who decides a weighted vote, and which coalitions can form.")
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


@app.command(short_help="Find the stable states of a conflict.")
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
    steps.run(path, asked, changes=_changes(changes or []), plainly=as_json)


@app.command(short_help="Play a crisis: a named template or a game file.")
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
    from realpolitik.errors import ContestError

    if templates:
        playing.listing(as_json)
    elif game is None:
        raise ContestError("Name a template or a .efg file; 'realpolitik crisis --list' shows the templates.")
    else:
        playing.run(game, _changes(changes or []), precision, as_json, out, regions or [])


@app.command(short_help="Ask a chamber: quorum, passage, kingmakers.")
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

    asking.run(folder, name or [], draws=draws, seed=seed, changes=_changes(changes or []), plain=as_json)


@app.command(short_help="List the models and their variants.")
def models(as_json: AsJson = False) -> None:
    """List the models, their variants and where they come from."""
    from realpolitik.app import show

    show.models(as_json)


def _changes(pairs: list[str]) -> dict[str, str]:
    from realpolitik.errors import ContestError, Fault

    wrong = [pair for pair in pairs if "=" not in pair or pair.startswith("=")]
    if wrong:
        raise ContestError(
            [Fault((), f"'{pair}' is not PATH=VALUE, e.g. pathway.notice.judgement=0.2") for pair in wrong]
        )
    values: dict[str, str] = {}
    for path, _, value in (pair.partition("=") for pair in pairs):
        if path.strip() in values:
            raise ContestError([Fault((), f"'{path.strip()}' is given twice. Keep one.")])
        values[path.strip()] = value.strip()
    return values


def main() -> None:
    """Entry point of ``realpolitik``."""
    app()
