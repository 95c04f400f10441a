"""The commands that read reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realpolitik.app.commands.options import AsJson, Day, Draws, Folder, Seed, given_values

__all__ = ["commands"]

commands = typer.Typer()


@commands.command(short_help="Read reports into claims; draft a contest.")
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
            given_values(key),
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


@commands.command(short_help="Judge claims one by one, at the terminal.")
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

    judging.run(
        folder, reviewer=reviewer, sources=given_values(source, "NAME=PATH, e.g. gazette=gazette.txt"), as_json=as_json
    )


@commands.command(short_help="Read new reports, propose changes, seal the new forecast.")
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
