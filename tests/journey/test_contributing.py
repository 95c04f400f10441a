"""“Add a model in twenty minutes”, followed to the letter in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.transcripts import blocks, commands

COPIED = ("src", "tests", "docs", "examples", "changelog.d", "pyproject.toml")
APPEND = "append to "


@pytest.fixture(scope="module")
def copy(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which every block of the page has been written to its file."""
    folder = tmp_path_factory.mktemp("contributing")
    for name in COPIED:
        if (repository / name).is_dir():
            shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(repository / name, folder / name)
    for block in blocks((repository / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        if block.file:
            (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.file).write_text(block.body, encoding="utf-8")
        elif block.title.startswith(APPEND):
            with (folder / block.title.removeprefix(APPEND)).open("a", encoding="utf-8") as stream:
                stream.write(block.body)
    return folder


def run(copy: Path, *words: str) -> str:
    """What a program prints in the copy, with the package of the copy."""
    environment = os.environ | {"PYTHONPATH": str(copy / "src")}
    found = subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, timeout=300)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def realpolitik(copy: Path, *words: str) -> str:
    return run(copy, sys.executable, "-c", "from realpolitik.app.cli import main; main()", *words)


def test_the_page_runs_these_commands(repository: Path) -> None:
    page = (repository / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert commands(page) == [["models", "--json"], ["forecast", "fares"]]


def test_the_registry_lists_the_model(copy: Path) -> None:
    rows = {row["name"]: row for row in json.loads(realpolitik(copy, "models", "--json"))}
    assert rows["trimmed-mean"]["stage"] == "bargain"
    assert rows["trimmed-mean"]["reference"] == "Tukey1962"


def test_a_stage_runs_with_it(copy: Path) -> None:
    assert "no faults" in realpolitik(copy, "check", "fares")
    found = json.loads(realpolitik(copy, "forecast", "fares", "--draws", "2000", "--json"))
    assert found["manifest"]["models"]["settlement"]["model"] == "trimmed-mean"
    # Of three positions the trimmed mean is the middle one: the city's, whose 90 % interval is 5 to 15.
    assert found["issues"]["fare"]["quantiles"]["0.5"] == pytest.approx(10, abs=0.5)
    assert found["issues"]["fare"]["quantiles"]["0.95"] == pytest.approx(15, abs=1)


def test_its_tests_pass(copy: Path) -> None:
    words = ("tests/contract", "tests/unit/models/bargaining/test_trimmed_mean.py", "-k", "trimmed")
    printed = run(copy, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:benchmark", *words)
    passed = re.search(r"(\d+) passed", printed)
    assert passed, printed
    assert int(passed[1]) >= 7


def test_it_is_laid_out_as_the_rest(copy: Path) -> None:
    page = "CONTRIBUTING.md"
    text = (Path(__file__).parents[2] / page).read_text(encoding="utf-8")
    files = [str(block.file) for block in blocks(text) if block.language == "python"]
    assert len(files) == 2
    run(copy, sys.executable, "-m", "ruff", "check", "--no-cache", *files)
    run(copy, sys.executable, "-m", "ruff", "format", "--check", "--no-cache", *files)
