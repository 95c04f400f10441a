"""From reports to a contest, and one more report into it, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realpolitik.contest.file import load
from tests.journey.test_cli import run

ONE = """\
Assembly backs smaller dam

CAPITAL (Wire) -- The assembly voted 61 to 40 on Wednesday for half of the planned dam.

"We will not flood one more village in this valley," said Jane Example, who leads the farmers' union.
"""
TWO = """\
Dam vote divides the capital

CAPITAL (Post) -- By 61 votes to 40 in a chamber of 120 members the smaller dam was passed.

"We will not flood one more village in this valley," said Jane Example.

"The valley needs its water more than the city does," said Ben Roe, the mayor.
"""


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    one, two = tmp_path / "wire-2026-01-09.txt", tmp_path / "post-2026-01-10.txt"
    one.write_text(ONE, encoding="utf-8")
    two.write_text(TWO, encoding="utf-8")
    return one, two


def test_many_reports_become_one_contest_with_a_review_list(reports: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "drafted"
    found = run("read", *reports, "-o", folder, "--reliability", "b")
    assert found.returncode == 0, found.stderr
    contest = load(folder)
    assert {name: str(source.reliability) for name, source in contest.sources.items()} == {
        "wire-2026-01-09": "B",
        "post-2026-01-10": "B",
    }
    assert {contest.claims[cited].document for cited in contest.actors["jane-example"].evidence} == set(contest.sources)
    [chamber] = contest.chambers.values()
    assert chamber.seats == 120
    assert len(contest.pathway["vote-1"].evidence) == 2
    review = (folder / "REVIEW.md").read_text(encoding="utf-8")
    assert "`wire-2026-01-09-v01` (vote: 61 to 40, " in review
    assert run("check", folder).returncode == 0
    assert run("forecast", folder, "--draws", "64").returncode == 0


def test_report_is_added_marked_and_recognised(reports: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "drafted"
    one, two = reports
    assert run("read", one, "-o", folder).returncode == 0
    file = folder / "contest.yaml"
    refused = run("read", two, "--into", folder)
    assert refused.returncode == 2
    assert "after the contest's day 2026-01-09" in refused.stderr
    text = f"# mine\n{file.read_text(encoding='utf-8')}".replace("as_of: '2026-01-09'", "as_of: 2026-01-10  # moved")
    file.write_text(text, encoding="utf-8")
    found = run("read", two, "--into", folder, "--json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    verdicts = {claim["id"]: claim["verdict"] for claim in told["claims"]}
    assert verdicts["post-2026-01-10-v01"] == "confirmed"
    assert verdicts["post-2026-01-10-q01"] == "confirmed"
    assert verdicts["post-2026-01-10-q02"] == "new"
    after = load(folder)
    assert "confirms wire-2026-01-09-v01" in str(after.claims["post-2026-01-10-v01"].note)
    assert list(after.actors) == ["jane-example"]
    assert "# mine" in file.read_text(encoding="utf-8")
    assert "# moved" in file.read_text(encoding="utf-8")
    suggestions = (Path(told["proposals"]) / "suggestions.yaml").read_text(encoding="utf-8")
    assert "ben-roe" in suggestions
    assert "jane-example" not in suggestions
    before = file.read_bytes(), (folder / "claims.jsonl").read_bytes()
    again = run("read", two, one, "--into", folder)
    assert again.returncode == 0
    assert again.stdout.count("is there already") == 2
    assert (file.read_bytes(), (folder / "claims.jsonl").read_bytes()) == before
    assert run("check", folder).returncode == 0


def test_same_name_other_report_gets_a_name_of_its_own(reports: tuple[Path, Path], tmp_path: Path) -> None:
    folder, other = tmp_path / "drafted", tmp_path / "other"
    other.mkdir()
    (other / reports[0].name).write_text(TWO, encoding="utf-8")
    assert run("read", reports[0], "-o", folder).returncode == 0
    found = run("read", other / reports[0].name, "--into", folder)
    assert found.returncode == 0, found.stderr
    assert list(load(folder).sources) == ["wire-2026-01-09", "wire-2026-01-09-2"]


def test_same_report_twice_counts_once(reports: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy-2026-01-09.txt"
    copy.write_text(ONE, encoding="utf-8")
    found = run("read", reports[0], copy, "-o", tmp_path / "drafted")
    assert found.returncode == 0
    assert "'wire-2026-01-09' is there already as 'copy-2026-01-09'" in found.stderr
    assert list(load(tmp_path / "drafted").sources) == ["wire-2026-01-09"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--reliability", "Z", "-o", "drafted"], "A (completely reliable)"),
        (["--reliability", "A"], "give it with -o FOLDER or --into FOLDER"),
        (["--into", "here", "-o", "there"], "--into adds claims"),
        (["--into", "nowhere"], "does not exist"),
    ],
)
def test_refusals(reports: tuple[Path, Path], tmp_path: Path, options: list[str], told: str) -> None:
    options = [str(tmp_path / word) if word in ("drafted", "here", "there", "nowhere") else word for word in options]
    found = run("read", reports[0], *options)
    assert found.returncode == 2
    assert told in found.stderr
    assert "Traceback" not in found.stderr
