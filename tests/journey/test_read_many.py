"""`realpolitik read` on folders, lists, articles and many reports; killed midway and taken up again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from tests.pdfs import column, pdf

COMMAND = [sys.executable, "-c", "from realpolitik.app.cli import main; main()", "read"]
STORY = "“We go,” said Ben Roe, a pilot. The council of Arnor backed the toll by 41 votes to 12 on Monday.\n"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def read(folder: Path, *words: str) -> Answer:
    """The command in this process; what is not caught by it fails the test."""
    with contextlib.chdir(folder):
        result = CliRunner().invoke(app, ["read", *words], catch_exceptions=False)
    return Answer(result.exit_code, result.stdout_bytes.decode(), result.stderr)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Toll backed\n\n{STORY}", encoding="utf-8")
    (folder / "b.pdf").write_bytes(pdf([column([STORY.strip()])]))
    (folder / "c.eml").write_text(
        f"Subject: Toll\nContent-Type: text/plain; charset=utf-8\n\n{STORY}", encoding="utf-8"
    )
    (folder / "d.xlsx").write_bytes(b"PK")
    return tmp_path


def test_a_folder(reports: Path) -> None:
    done = read(reports, "in", "--json")
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(dict.fromkeys(claim["document"] for claim in claims)) == ["a", "b", "c"]
    assert done.returncode == 3
    assert done.stderr.startswith("realpolitik: in/d.xlsx: '.xlsx' files cannot be read")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_spans_can_be_checked_against_the_raw_text(reports: Path, name: str) -> None:
    raw = read(reports, "in", "--raw", "--only", name).stdout
    lines = read(reports, "in", "--json", "--only", name).stdout.splitlines()
    spans = [span for line in lines for span in json.loads(line)["spans"]]
    assert len(spans) >= 2
    assert all(raw[span["start"] : span["end"]] == span["text"] for span in spans)


def test_raw_and_blocks(reports: Path) -> None:
    assert read(reports, "in/a.txt", "--raw").stdout.encode() == (reports / "in" / "a.txt").read_bytes()
    blocks = [json.loads(line) for line in read(reports, "in/b.pdf", "--blocks", "--json").stdout.splitlines()]
    text = read(reports, "in/b.pdf", "--raw").stdout
    assert "".join(text[block["start"] : block["end"]] for block in blocks) == text
    assert "title" in read(reports, "in/a.txt", "--blocks").stdout
    assert "Choose one: --only NAME" in read(reports, "in", "--raw").stderr
    assert "No document is called 'x'" in read(reports, "in", "--raw", "--only", "x").stderr


def test_a_draft_of_a_folder(reports: Path) -> None:
    done = read(reports, "in", "-o", "draft", "--published", "2020-01-08")
    assert done.returncode == 3
    assert (reports / "draft" / "contest.yaml").exists()
    assert read(reports, "in/d.xlsx", "-o", "none").returncode == 2
    assert not (reports / "none").exists()


def test_options_that_do_not_fit(reports: Path) -> None:
    for words in (("--resume",), ("--key", "story"), ("--key", "story=txet"), ("--published", "soon")):
        done = read(reports, "in/a.txt", *words)
        assert (done.returncode, done.stdout) == (2, "")
    assert "leave -o out" in read(reports, "in/a.txt", "--raw", "-o", "x").stderr


def test_nothing_read_leaves_nothing_behind(reports: Path) -> None:
    before = sorted(reports.iterdir())
    for words in (("in/d.xlsx",), ("in", "--only", "x")):
        assert read(reports, *words, "-o", "c.jsonl").returncode == 2
        assert read(reports, *words, "--json").returncode == 2
    assert sorted(reports.iterdir()) == before


def test_one_document_into_a_file(reports: Path) -> None:
    assert read(reports, "in", "--only", "b", "-o", "c.jsonl").returncode == 0
    documents = {json.loads(line)["document"] for line in (reports / "c.jsonl").read_text().splitlines()}
    assert documents == {"b"}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    records = [{"id": f"w{number}", "date": "2020-01-08", "story": STORY * 8} for number in range(120)]
    lines = [json.dumps(record) for record in records]
    lines.insert(60, "{broken")
    (tmp_path / "articles.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL])
def test_killed_midway_and_taken_up_again(articles: Path, kill: signal.Signals) -> None:
    words = ["articles.jsonl", "--key", "story=text", "--jobs", "2"]
    running = subprocess.Popen(
        [*COMMAND, *words, "-o", "claims.jsonl"], cwd=articles, stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not (articles / "claims.jsonl.progress").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(kill)
    _, said = running.communicate(timeout=120)
    assert running.returncode in (130, -kill)
    assert kill != signal.SIGINT or b"Go on with the same command and --resume" in said
    assert not (articles / "claims.jsonl").exists()
    again = read(articles, *words, "-o", "claims.jsonl", "--resume")
    assert again.returncode == 3
    assert "120 of 121 documents read" in again.stderr
    whole = read(articles, "articles.jsonl", "--key", "story=text", "-o", "whole.jsonl")
    assert whole.stderr.splitlines()[0].startswith("realpolitik: articles.jsonl:61: not JSON")
    assert (articles / "claims.jsonl").read_bytes() == (articles / "whole.jsonl").read_bytes()
    assert sorted(path.name for path in articles.iterdir()) == ["articles.jsonl", "claims.jsonl", "whole.jsonl"]


def test_resume_of_what_is_finished_says_so(reports: Path) -> None:
    assert read(reports, "in/a.txt", "-o", "c.jsonl").returncode == 0
    before = (reports / "c.jsonl").read_bytes()
    again = read(reports, "in/a.txt", "-o", "c.jsonl", "--resume")
    assert (again.returncode, again.stdout) == (0, "")
    assert "c.jsonl is finished" in again.stderr
    assert (reports / "c.jsonl").read_bytes() == before
