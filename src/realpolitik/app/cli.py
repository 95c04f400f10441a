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
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="Date of the entry; left out: today.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Use another value, e.g. pathway.notice.judgement=0.2"),
]
Given = Annotated[
    str | None, typer.Option("--given", metavar="CONDITION", help="Suppose this, e.g. 'resolution.passed and not bill'")
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
    given: Given = None,
) -> None:
    """Run a contest and say what happens, how likely, who decides it and what it hangs on."""
    from realpolitik.app import forecast_shown, running
    from realpolitik.contest.file import load
    from realpolitik.contest.guards import guard_of
    from realpolitik.forecast.summary import as_json as plain

    running.refuse(out, resume=resume)
    values = _changes(changes or [])
    contest = load(folder, values)
    if given is not None:
        guard_of(contest, given)
    chosen = engine or ("serial" if jobs == 1 else "processes")
    found = running.run(contest, draws, seed, out=out, resume=resume, engine=chosen, jobs=jobs, changes=values)
    if given is not None:
        from realpolitik.app.condition import answer

        answer(found, given, (), as_json)
    elif as_json:
        typer.echo(json.dumps(plain(found), indent=2))
    else:
        forecast_shown.shown(found)
    if out is not None and not as_json:
        typer.echo(f"\nRun saved in {out}. Make its page with: realpolitik report {shlex.quote(str(out))}")


@app.command(short_help="Suppose that something holds: the same draws, reweighted.")
def condition(
    run: Annotated[Path, typer.Argument(metavar="RUN|FOLDER", help="A saved run, or a contest that is run first.")],
    given: Given = None,
    pairs: Annotated[
        list[str] | None,
        typer.Option(metavar="CONDITION", help="Compare the outcomes if this holds and if not; may be repeated."),
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Say what happens, and how likely, if something holds; draws and seed count for a contest that is run first."""
    from realpolitik.app import condition as steps

    steps.run(run, given, pairs or [], draws=draws, seed=seed, plain=as_json)


@app.command(short_help="Say which uncertain quantity moves which outcome.")
def sensitivity(
    folder: Folder,
    rows: Annotated[int, typer.Option(help="Rows of the design; rounded up to a power of two.")] = 4_096,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Say which uncertain quantity moves which outcome, alone and together with others, and how much is chance."""
    from realpolitik.app import sensitivity as steps

    steps.sensitivity(folder, rows=rows, seed=seed, changes=_changes(changes or []), plain=as_json)


@app.command(short_help="Drop each claim, source and reader; see the forecast move.")
def linchpins(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Drop each claim, source and reader in turn, let what rests on it become unknown, and see the forecast move."""
    from realpolitik.app import sensitivity as steps

    steps.linchpins(folder, draws=draws, seed=seed, changes=_changes(changes or []), plain=as_json)


@app.command(short_help="Compare two contests on the same worlds.")
def compare(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="A contest folder, or a run saved with 'forecast --out'.")
    ],
    after: Annotated[
        Path | None, typer.Argument(metavar="[B]", help="Another one; left out: the same with the values of --set.")
    ] = None,
    changes: Set = None,
    renamed: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="OLD=NEW", help="Count this outcome under that name; may be repeated."),
    ] = None,
    draws: Annotated[int | None, typer.Option(help="Possible worlds; left out: those of the run, or 10,000.")] = None,
    seed: Annotated[int | None, typer.Option(help="Left out: that of the run, or 1.")] = None,
    page: Annotated[Path | None, typer.Option("--report", metavar="OUT", help="Also write it as a page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two contests, or one with other values, draw by draw on the same worlds."""
    from realpolitik.app import compare as steps

    asked = steps.Asked(before, after, _changes(changes or []), _changes(renamed or []), draws, seed, page)
    steps.run(asked, as_json)


@app.command(short_help="Rank what one actor can do towards an outcome.")
def levers(
    folder: Folder,
    actor: Annotated[str, typer.Option(metavar="ACTOR", help="Who acts, by its key in the contest.")],
    toward: Annotated[str, typer.Option(metavar="OUTCOME", help="The outcome that it works towards.")],
    others: Annotated[
        float | None, typer.Option(help="Effort per step of somebody else; left out: by how much it outweighs ACTOR.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    as_json: AsJson = False,
) -> None:
    """Rank what one actor can do towards an outcome, per unit of effort; all others are held fixed."""
    from realpolitik.app import levers as steps

    values = _changes(changes or [])
    steps.run(folder, actor, toward, others=others, draws=draws, seed=seed, changes=values, plain=as_json)


@app.command(short_help="Pool several analysts' versions of a contest.")
def combine(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Versions of one contest, one an analyst.")],
    opinions: Annotated[
        list[str] | None,
        typer.Option("--opinion", metavar="'NAME: OUTCOME=0.2, …'", help="A crowd, say; may be repeated."),
    ] = None,
    base_rate: Annotated[
        str | None, typer.Option(metavar="'OUTCOME=0.2, …'", help="What extremising draws away from.")
    ] = None,
    weights: Annotated[
        list[str] | None, typer.Option("--weight", metavar="NAME=WEIGHT", help="Left out: 1; the base rate 0.")
    ] = None,
    extremise: Annotated[
        float | None, typer.Option(help="Factor on the log odds; left out: by the number of voices.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Pool several analysts' versions of one contest, and say which of their disagreements matter."""
    from realpolitik.app import combine as steps

    asked = steps.Asked(folders, opinions or [], base_rate, _changes(weights or []), extremise, draws, seed)
    steps.run(asked, as_json)


@app.command(short_help="Make one HTML page from a saved run.")
def report(
    run: Annotated[Path, typer.Argument(help="A run saved with 'forecast --out'.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The page; left out: report.html in the run.")] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what moves the outcomes, and what the evidence carries.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(metavar="OTHER", help="Also compare with another contest or saved run.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Also show how its sealed forecasts moved, and their scores.")
    ] = None,
) -> None:
    """Make one self-contained HTML page from a saved run.

    The draws are those of the run. For the sections on sensitivity and linchpins the contest is walked again, some
    hundred times; --quick leaves them out. The page says what it leaves out, and what adds it.
    """
    from realpolitik.app import page as steps

    typer.echo(str(steps.report(run, steps.Asked(out, quick, against, record))))


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
    reader: Annotated[
        list[str] | None, typer.Option(metavar="rules|llm", help="Who reads; give it twice for both. Left out: rules.")
    ] = None,
    gazetteer: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For rules: actors to know besides, as YAML.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="For llm: an OpenAI-compatible service, as https://HOST/v1.")
    ] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="For llm: the model of that service.")] = None,
    max_tokens: Annotated[int | None, typer.Option(help="For llm: tokens of the run; left out: 200,000.")] = None,
    max_cost: Annotated[float | None, typer.Option(help="For llm: cost of the run; needs the prices.")] = None,
    price_in: Annotated[float | None, typer.Option(help="For llm: price of a million tokens asked.")] = None,
    price_out: Annotated[float | None, typer.Option(help="For llm: price of a million tokens answered.")] = None,
    timeout: Annotated[float | None, typer.Option(help="For llm: seconds for an answer; left out: 120.")] = None,
    allow_http: Annotated[
        bool, typer.Option("--allow-http", help="For llm: send the report unencrypted to another machine.")
    ] = False,
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Add the claims to this contest, beside what it knows.")
    ] = None,
    reliability: Annotated[
        str | None, typer.Option(metavar="GRADE", help="Admiralty grade of the sources, A to F.")
    ] = None,
) -> None:
    """Read reports into claims, each tied to its exact words; draft a contest from them.

    What cannot be read is named on standard error and the rest goes on; the exit code is then 3, or 2 if nothing
    could be read. Reports leave this machine only with --reader llm; its key is taken from REALPOLITIK_LLM_KEY.
    """
    from realpolitik.app import reading
    from realpolitik.app.readers import readers_named

    limits = {"max_cost": max_cost, "price_in": price_in, "price_out": price_out, "timeout": timeout}
    own = readers_named(
        reader or [],
        endpoint=endpoint,
        model=model,
        allow_http=allow_http,
        gazetteer=gazetteer,
        max_tokens=max_tokens,
        **limits,
    )
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
            readers=own,
            into=into,
            reliability=reliability,
        )
    )


@app.command(short_help="Judge claims one by one, at the terminal.")
def review(
    folder: Folder,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NAME=PATH", help="The text of a source that the folder does not hold."),
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Who judges; left out: the user's name.")] = None,
    as_json: AsJson = False,
) -> None:
    """Accept, correct or reject claims one by one, those that matter most first; what is done is kept at once.

    Verdicts go into review.jsonl in the folder. A corrected claim is replaced in claims.jsonl, a rejected one is taken
    out of it and of everything that cites it. With --json the state of the review is printed and nothing asked.
    """
    from realpolitik.app import review as judging

    judging.run(folder, reviewer=reviewer, sources=_changes(source or []), as_json=as_json)


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


@app.command(short_help="Ask a question that forecasts will be scored on.")
def question(
    folder: Folder,
    name: Annotated[
        str | None, typer.Argument(help="A new name; for --note the question or number of an entry.")
    ] = None,
    text: Annotated[str | None, typer.Option(help="The question in words.")] = None,
    criteria: Annotated[str | None, typer.Option(help="When it counts as which answer.")] = None,
    source: Annotated[str | None, typer.Option(help="Who says what happened.")] = None,
    deadline: Annotated[str | None, typer.Option(help="The last day that counts, e.g. 2020-12-31.")] = None,
    event: Annotated[str | None, typer.Option(help="Ask whether this holds, e.g. 'notice and not sanctions'.")] = None,
    number: Annotated[str | None, typer.Option(help="Ask for this number, e.g. settlement.")] = None,
    base_rate: Annotated[
        list[str] | None, typer.Option(metavar="ANSWER=SHARE", help="How often such things happen; may be repeated.")
    ] = None,
    base_rate_of: Annotated[str | None, typer.Option(help="Of which cases the base rate is.")] = None,
    file: Annotated[Path | None, typer.Option(help="Ask the questions in this YAML file instead.")] = None,
    note: Annotated[str | None, typer.Option(help="Add a note instead; the question stays as it is.")] = None,
    hindsight: Annotated[bool, typer.Option("--hindsight", help="Ask even if the deadline has passed.")] = False,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Ask a question: criteria, source, deadline and answers are fixed, and only notes can be added later.

    Without --event and --number it asks which outcome of the contest comes about. Without a name, list the questions.
    """
    from realpolitik.app import record

    today = record.day_of(day)
    fields = {"text": text, "criteria": criteria, "source": source, "deadline": deadline, "event": event,
              "number": number, "base_rate": _changes(base_rate) if base_rate else None,
              "base_rate_of": base_rate_of}  # fmt: skip
    if note is not None:
        if name is None or file is not None or any(value is not None for value in fields.values()):
            raise ContestError("--note needs the name of a question, or the number of an entry, and nothing else.")
        record.note(folder, name, note, today, as_json=as_json)
    elif name is None and file is None:
        record.questions(folder, as_json=as_json)
    else:
        record.ask(folder, record.filled(file, name, fields, "name"), today, hindsight=hindsight, as_json=as_json)


@app.command(short_help="Put a forecast into the record, so that it cannot be changed.")
def seal(
    folder: Folder,
    draws: Draws = 10_000,
    seed: Seed = 1,
    changes: Set = None,
    known: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="What is known to hold, e.g. resolution.passed.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="Anything to add.")] = None,
    jobs: Jobs = 1,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Run a contest and put the forecast into its record, with its answers to all open questions."""
    from realpolitik.app import forecast_shown, record
    from realpolitik.contest.file import load

    today, values = record.day_of(day), _changes(changes or [])
    chosen = "serial" if jobs == 1 else "processes"
    found = forecast_shown.with_progress(load(folder, values), draws, seed, engine=chosen, jobs=jobs, changes=values)
    record.seal(folder, found, today, known=known, note=note, as_json=as_json)


@app.command(short_help="Write down what happened on a question.")
def resolve(
    folder: Folder,
    name: Annotated[str | None, typer.Argument(help="The question.")] = None,
    answer: Annotated[str | None, typer.Argument(help="yes, no, the outcome, or the number.")] = None,
    on: Annotated[str | None, typer.Option(help="The day on which it was settled; left out: --date.")] = None,
    source: Annotated[str | None, typer.Option(help="Who says so.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything to add; needed to correct an earlier answer.")] = None,
    file: Annotated[Path | None, typer.Option(help="Resolve the questions in this YAML file instead.")] = None,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Write down what happened; a second answer to a question is a dated correction, and the first one stays."""
    from realpolitik.app import record

    fields = {"answer": answer, "on": on, "source": source, "note": note}
    record.resolve(folder, record.filled(file, name, fields, "question"), record.day_of(day), as_json=as_json)


@app.command(short_help="Check that nothing in a record was rewritten.")
def verify(
    folder: Folder,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A hash that you wrote down; it must still be there.")
    ] = None,
    run: Annotated[bool, typer.Option("--run/--no-run", help="Run every sealed forecast again.")] = True,
    as_json: AsJson = False,
) -> None:
    """Check the chain of a record, every digest and git's memory, and run every sealed forecast again."""
    from realpolitik.app import record

    record.check(folder, head=head, run=run, as_json=as_json)


@app.command(short_help="Score sealed forecasts on what happened.")
def score(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Contest folders with a record.")],
    as_json: AsJson = False,
) -> None:
    """Score sealed forecasts: Brier, log, CRPS, calibration, against the base rate and earlier forecasts."""
    from realpolitik.app import record

    record.score(folders, as_json=as_json)


@app.command(short_help="Show how the forecast moved, and why.")
def track(
    folder: Folder,
    why: Annotated[bool, typer.Option("--why/--no-why", help="Try out every change by itself.")] = True,
    as_json: AsJson = False,
) -> None:
    """Show how the sealed forecasts of a contest moved, and what each change did, on common random numbers."""
    from realpolitik.app import record

    record.track(folder, why=why, as_json=as_json)


@app.command(short_help="Read new reports, propose changes, seal the new forecast.")
def update(
    folder: Folder,
    reports: Annotated[list[str], typer.Argument(metavar="REPORT…", help="As for 'read'.")],
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="N", help="Apply proposal N; N=VALUE where the value is yours; may be repeated."),
    ] = None,
    known: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="What is known to hold by now, e.g. resolution.passed.")
    ] = None,
    published: Annotated[str | None, typer.Option(help="Date of publication, e.g. 2020-01-08.")] = None,
    reliability: Annotated[
        str | None, typer.Option(metavar="A…F", help="Admiralty grade of the reports' source.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 1,
    day: Day = None,
    as_json: AsJson = False,
) -> None:
    """Read new reports into a contest, propose changes, and put the forecast on what is known into the record.

    Claims are added and marked; numbers stay as they are unless --accept names a proposal that an earlier run with the
    same reports has printed.
    """
    from realpolitik.app import record
    from realpolitik.app import update as steps

    dated = None if published is None else record.day_of(published)
    today = record.day_of(day)
    steps.run(
        folder,
        steps.Asked(reports, accept or [], known, dated, reliability, draws, seed, today, as_json),
    )


evaluate = typer.Typer(
    help="Measure on collections that you hold; none comes with the project.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(evaluate, name="evaluate", short_help="Measure on a collection that you hold.")


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
