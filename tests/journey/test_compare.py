"""`compare` and `levers` as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journey.test_cli import run

DRAWS = ("--draws", "400")


@pytest.fixture
def dam(tmp_path: Path) -> Path:
    folder = tmp_path / "dam"
    assert run("new", folder).returncode == 0
    return folder


def first(folder: Path) -> tuple[str, str]:
    """A quantity of the contest, and an actor with a position."""
    from realpolitik.contest.file import load

    contest = load(folder)
    issue = next(iter(contest.issues))
    actor = next(iter(contest.issues[issue].positions))
    return f"issues.{issue}.positions.{actor}.salience", actor


def outcome(folder: Path) -> str:
    from realpolitik.contest.file import load

    return next(iter(load(folder).outcomes))


class TestCompare:
    def test_folder_with_another_value(self, dam: Path) -> None:
        address, _ = first(dam)
        found = run("compare", dam, "--set", f"{address}=0.05", *DRAWS)
        assert found.returncode == 0
        assert address in found.stdout
        assert "difference" in found.stdout
        assert max(map(len, found.stdout.splitlines())) <= 100

    def test_saved_runs_are_not_run_again(self, dam: Path, tmp_path: Path) -> None:
        address, _ = first(dam)
        before, after = tmp_path / "before", tmp_path / "after"
        run("forecast", dam, *DRAWS, "--seed", "7", "--out", before)
        run("forecast", dam, *DRAWS, "--seed", "7", "--set", f"{address}=0.05", "--out", after)
        saved = run("compare", before, after, "--json")
        direct = run("compare", dam, "--set", f"{address}=0.05", *DRAWS, "--seed", "7", "--json")
        mixed = run("compare", before, dam, "--set", f"{address}=0.05", "--json")
        assert saved.stdout == direct.stdout == mixed.stdout
        assert json.loads(saved.stdout)["seed"] == 7

    def test_a_page_of_its_own_and_a_section_of_the_report(self, dam: Path, tmp_path: Path) -> None:
        address, _ = first(dam)
        words = ("--set", f"{address}=0.05", *DRAWS)
        plain = json.loads(run("compare", dam, *words, "--report", tmp_path / "page.html", "--json").stdout)
        shown = run("compare", dam, *words, "--report", tmp_path / "again.html")
        assert str(tmp_path / "again.html") in shown.stdout
        run("forecast", dam, *words, "--out", tmp_path / "run")
        found = run("report", tmp_path / "run", "--quick", "--against", dam)
        assert found.returncode == 0, found.stderr
        alone, within = (tmp_path / "page.html").read_text(), Path(found.stdout.strip()).read_text()
        for row in plain["outcomes"]:
            error = 100 * row["standard_error"]
            told = f"{100 * row['difference']:+.1f}\u00a0±\u00a0{error:.1f}".replace("-", "\u2212")
            assert told in alone
            assert told in within
        assert "What is different from another forecast" in within
        assert address in alone

    def test_other_worlds_are_no_comparison(self, dam: Path, tmp_path: Path) -> None:
        for seed in ("1", "2"):
            run("forecast", dam, *DRAWS, "--seed", seed, "--out", tmp_path / seed)
        found = run("report", tmp_path / "1", "--against", tmp_path / "2")
        assert (found.returncode, found.stdout) == (2, "")
        assert "seed is 2 and 1" in found.stderr

    def test_refusals(self, dam: Path, tmp_path: Path) -> None:
        run("forecast", dam, *DRAWS, "--out", tmp_path / "run")
        run("forecast", dam, *DRAWS, "--seed", "2", "--out", tmp_path / "other")
        wrong = {
            "Name a second contest": ("compare", dam),
            "is a saved run, whose values are fixed": ("compare", tmp_path / "run", "--set", "a=1"),
            "seed is 1 and 2": ("compare", tmp_path / "run", tmp_path / "other"),
            "draws is 400 and 300": ("compare", tmp_path / "run", dam, "--draws", "300"),
            "There is no outcome 'nowhere'": ("compare", dam, dam, "--map", "nowhere=here", *DRAWS),
            "draws is 0": ("compare", dam, dam, "--draws", "0"),
        }
        for message, words in wrong.items():
            found = run(*words)
            assert (found.returncode, found.stdout) == (2, "")
            assert message in found.stderr


class TestLevers:
    def test_table_and_data(self, dam: Path) -> None:
        _, actor = first(dam)
        words = ("levers", dam, "--actor", actor, "--toward", outcome(dam), *DRAWS)
        found = run(*words)
        assert found.returncode == 0
        assert "held fixed" in found.stdout
        assert max(map(len, found.stdout.splitlines())) <= 100
        plain = json.loads(run(*words, "--json").stdout)
        assert plain["actor"] == actor
        assert {each["kind"] for each in plain["levers"]} >= {"position", "salience"}
        assert run(*words, "--json").stdout == run(*words, "--json").stdout

    def test_refusals(self, dam: Path) -> None:
        _, actor = first(dam)
        nobody = run("levers", dam, "--actor", "nobody", "--toward", outcome(dam), *DRAWS)
        nowhere = run("levers", dam, "--actor", actor, "--toward", "nowhere", *DRAWS)
        cheap = run("levers", dam, "--actor", actor, "--toward", outcome(dam), "--others", "-1", *DRAWS)
        assert [each.returncode for each in (nobody, nowhere, cheap)] == [2, 2, 2]
        assert "There is no actor 'nobody'" in nobody.stderr
        assert "There is no outcome 'nowhere'" in nowhere.stderr
        assert "more than 0 units" in cheap.stderr
