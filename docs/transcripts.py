"""Runs the commands that README and the documentation show, and compares or renews what stands below them.

A page is worked through from top to bottom in an empty folder that holds ``examples/``:

- a fenced block with a title, ```` ```yaml title="dam/contest.yaml" ````, is written to that file; one that is titled
  ``from FILE`` quotes it;
- a block ```` ```console ```` holds commands (``$ realpolitik …``), each with what it prints. A line ``…`` at the end
  of an output stands for the rest of it.

``python docs/transcripts.py`` puts the present output into every page; a test says which page is out of date.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from typer.testing import CliRunner

from realpolitik.app.cli import app

REPOSITORY = Path(__file__).parents[1]

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
PROMPT = "$ "
REST = "…"
SHELL = (">", "|", "&&")
"""Where a command ends for the shell."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    info: str
    body: str
    start: int
    """Offset of the body in the page."""

    @property
    def title(self) -> str:
        """What stands above the block: a file, ``from FILE`` or ``append to FILE``; empty if nothing."""
        found = TITLE.search(self.info)
        return found[1] if found else ""

    @property
    def file(self) -> str | None:
        """File that the block is to be written to."""
        return self.title if self.title and " " not in self.title else None

    @property
    def language(self) -> str:
        """First word after the fence."""
        return self.info.split()[0] if self.info.split() else ""


def pages() -> list[Path]:
    """README, CONTRIBUTING and every page of the documentation."""
    return [
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *sorted((REPOSITORY / "docs").rglob("*.md")),
    ]


def blocks(text: str) -> list[Block]:
    """Fenced blocks in the order of the page."""
    return [Block(found["info"].strip(), found["body"], found.start("body")) for found in FENCE.finditer(text)]


def commands(text: str) -> list[list[str]]:
    """Every ``realpolitik …`` line of the page's console and shell blocks, as words without the first."""
    found = []
    for block in blocks(text):
        if block.language in ("console", "sh", "bash"):
            for line in block.body.splitlines():
                if block.language == "console" and not line.startswith(PROMPT):
                    continue  # what a command printed
                words = shlex.split(line.removeprefix(PROMPT), comments=True)
                if words and words[0] == "realpolitik":
                    found.append(list(takewhile(lambda word: word not in SHELL, words[1:])))
    return found


def renewed(text: str) -> str:
    """The page with the present output of its console blocks."""
    parts, end = [], 0
    with _empty_folder():
        for block in blocks(text):
            if block.file:
                file = Path(block.file)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.body, encoding="utf-8")
            elif block.language == "console":
                parts += [text[end : block.start], _transcript(block.body)]
                end = block.start + len(block.body)
    return "".join([*parts, text[end:]])


def _transcript(body: str) -> str:
    lines = []
    for command, shown in _shown(body):
        lines.append(f"{PROMPT}{command}")
        printed = _run(command)
        kept = len(shown) - 1 if shown and shown[-1] == REST else None
        lines += printed if kept is None else [*printed[:kept], REST]
    return "".join(f"{line}\n" for line in lines)


def _shown(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each command with the output that the page shows for it."""
    command, output = "", list[str]()
    for line in body.splitlines():
        if line.startswith(PROMPT):
            if command:
                yield command, output
            command, output = line.removeprefix(PROMPT), []
        else:
            output.append(line)
    if command:
        yield command, output


def _run(command: str) -> list[str]:
    """Lines that the command prints, without trailing spaces."""
    program, *words = shlex.split(command)
    if program != "realpolitik":
        raise ValueError(f"'{command}': a console block runs realpolitik only; use a sh block")
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    return [line.rstrip() for line in result.output.splitlines()]


@contextlib.contextmanager
def _empty_folder() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(REPOSITORY / "examples", Path(folder) / "examples")
        before = Path.cwd()
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def main() -> None:
    """Renew every page."""
    for page in pages():
        text = page.read_text(encoding="utf-8")
        now = renewed(text)
        if now != text:
            page.write_text(now, encoding="utf-8")
            print(page.relative_to(REPOSITORY), file=sys.stderr)


if __name__ == "__main__":
    main()
