"""The command line as a person meets it: what it prints, where it stops, what it leaves behind."""

from __future__ import annotations

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

COMMAND = [sys.executable, "-c", "from realpolitik.app.cli import main; main()"]


@dataclass(frozen=True)
class Answer:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Answer:
    """The command in this process; what is not caught by it fails the test."""
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    return Answer(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def contest(tmp_path: Path) -> Path:
    folder = tmp_path / "dam"
    assert run("new", folder).returncode == 0
    return folder


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "contest.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_help_names_every_command() -> None:
    found = run("--help")
    assert found.returncode == 0
    for command in (
        "demo",
        "new",
        "check",
        "schema",
        "edit",
        "forecast",
        "report",
        "read",
        "review",
        "models",
        "conflict",
    ):
        assert command in found.stdout


def test_no_words_shows_the_help() -> None:
    assert "forecast" in run().stdout + run().stderr


def test_version() -> None:
    import realpolitik

    assert run("--version").stdout == f"realpolitik {realpolitik.__version__}\n"


def test_unknown_command_exits_with_two() -> None:
    assert run("forcast").returncode == 2


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom realpolitik.app.cli import main\nsys.argv = ['realpolitik', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'scipy', 'numba', 'spacy', 'altair', 'numpy', 'pydantic', 'jinja2', 'vl_convert', 'ruamel'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("command", "spared"),
    [
        ("power", {"scipy", "numba", "pydantic", "ruamel", "realpolitik.forecast"}),
        ("crisis", {"scipy", "numba", "pydantic", "realpolitik.forecast"}),
        ("conflict", {"scipy", "numba", "spacy"}),
        ("chamber", {"scipy", "numba", "spacy"}),
    ],
)
def test_a_command_starts_without_what_it_does_not_use(command: str, spared: set[str]) -> None:
    script = (
        f"import sys\nimport realpolitik.app.{command}\n"
        f"sys.exit(', '.join(sorted({spared!r} & set(sys.modules))) or 0)\n"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert found.returncode == 0, found.stderr


def test_new_check_forecast(contest: Path) -> None:
    assert "no faults" in run("check", contest).stdout
    found = run("forecast", contest, "--draws", "2000")
    assert found.returncode == 0, found.stderr
    for words in ("full plan", "probability", "s.e.", "Who decides", "What it hangs on", "compromise"):
        assert words in found.stdout
    assert "\x1b[" not in found.stdout, "no colour outside a terminal"
    assert max(map(len, found.stdout.splitlines())) <= 100


def test_new_refuses_a_folder_that_is_there(contest: Path) -> None:
    before = (contest / "contest.yaml").read_text()
    found = run("new", contest)
    assert found.returncode == 2
    assert "exists already" in found.stderr
    assert (contest / "contest.yaml").read_text() == before


def test_check_reports_all_faults_with_places(contest: Path) -> None:
    change(contest, "kind: movement", "kind: movment")
    change(contest, "seats: 64", "seats: -64")
    change(contest, "judgement: 0.1 to 0.3", "judgement: 10 to 30")
    change(contest, "settlement >= 80", "setlement >= 80")
    found = run("check", contest)
    assert found.returncode == 2
    lines = found.stderr.splitlines()
    assert len([line for line in lines if "contest.yaml:" in line]) == 4
    assert "contest.yaml:19:" in found.stderr
    assert "Did you mean 'settlement'" in found.stderr
    assert "4 faults" in found.stderr
    assert "Traceback" not in found.stderr


def test_check_json(contest: Path) -> None:
    assert json.loads(run("check", contest, "--json").stdout) == {"faults": []}
    change(contest, "kind: movement", "kind: movment")
    found = run("check", contest, "--json")
    assert found.returncode == 2
    (fault,) = json.loads(found.stdout)["faults"]
    assert fault["path"] == "actors.farmers.kind"
    assert (fault["line"], fault["column"]) == (19, 41)


def test_edit_keeps_comments_and_refuses_faults(contest: Path) -> None:
    file = contest / "contest.yaml"
    assert run("edit", contest, "issues.size.positions.farmers.salience=0.2 to 0.4").returncode == 0
    text = file.read_text()
    assert "salience: 0.2 to 0.4" in text
    assert "# members present" in text
    found = run("edit", contest, "pathway.court.judgement=7")
    assert found.returncode == 2
    assert "allowed is 0 to 1" in found.stderr
    assert file.read_text() == text
    found = run("edit", contest, "pathway.cuort.judgement=0.7")
    assert found.returncode == 2
    assert "pathway.cuort.judgement" in found.stderr
    assert run("edit", contest, "nothing").returncode == 2
    assert file.read_text() == text


def test_set_changes_the_forecast_and_not_the_file(contest: Path) -> None:
    before = (contest / "contest.yaml").read_text()
    found = run("forecast", contest, "--draws", "2000", "--json", "--set", "pathway.court.judgement=1")
    data = json.loads(found.stdout)
    assert data["stages"]["court"]["results"]["happens"]["probability"] == 1
    assert data["manifest"]["set"] == {"pathway.court.judgement": "1"}
    assert (contest / "contest.yaml").read_text() == before


def test_json_is_the_same_whatever_the_workers(contest: Path) -> None:
    words = ("forecast", contest, "--draws", "5000", "--seed", "3", "--json")
    first = run(*words)
    assert first.returncode == 0, first.stderr
    assert first.stdout == run(*words).stdout
    assert first.stdout == run(*words, "--jobs", "2").stdout
    data = json.loads(first.stdout)
    assert set(data) == {
        "contest", "as_of", "horizon", "draws", "seed", "outcomes", "stages", "issues", "manifest",
    }  # fmt: skip
    assert sum(row["probability"] for row in data["outcomes"]) == pytest.approx(1)
    assert set(data["issues"]["size"]["models"]) == {"mean", "median", "compromise"}
    assert {"0.05", "0.5", "0.95"} <= set(data["issues"]["size"]["quantiles"])


def test_run_is_saved_and_shown_again(contest: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run"
    found = run("forecast", contest, "--draws", "2000", "--out", saved)
    assert found.returncode == 0, found.stderr
    assert {path.name for path in saved.iterdir()} == {"manifest.json", "contest.json", "draws.npz", "forecast.json"}
    (contest / "contest.yaml").unlink()
    found = run("report", saved)
    assert found.returncode == 0, found.stderr
    assert "smaller dam" in Path(found.stdout.strip()).read_text()
    again = run("forecast", tmp_path / "dam", "--out", saved)
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_altered_run_is_refused(contest: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run"
    run("forecast", contest, "--draws", "2000", "--out", saved)
    held = saved / "contest.json"
    held.write_text(held.read_text().replace("Will the dam be built?", "Will it?"))
    found = run("report", saved)
    assert found.returncode == 2
    assert "altered" in found.stderr
    (saved / "draws.npz").write_bytes(b"not a zip")
    found = run("report", saved)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02binary", "binary"),
        (b"\xff\xfe\xfa\xfb", "not UTF-8"),
        (b"a: &a [1, 2]\nb: *a\n", "aliases"),
        (b"a: &a [*a]\n", "aliases"),
        (b"a: [1, 2\n", "not valid YAML"),
        (b"- 1\n- 2\n", "expected keys"),
        (b"# only a comment\n", "only comments"),
        (b"a: " + b"[" * 60 + b"]" * 60, "nested more than"),
        (b"contest: !!python/object/apply:os.system [ls]\n", "tag"),
    ],
)
def test_broken_contest_files(tmp_path: Path, content: bytes, words: str) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "contest.yaml").write_bytes(content)
    for command in ("check", "forecast"):
        found = run(command, folder)
        assert found.returncode == 2
        assert words in found.stderr
        assert "Traceback" not in found.stderr
        assert found.stdout == ""


def test_huge_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "huge"
    folder.mkdir()
    with (folder / "contest.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    found = run("check", folder)
    assert found.returncode == 2
    assert "100,000,000 bytes" in found.stderr


def test_missing_folder(tmp_path: Path) -> None:
    found = run("forecast", tmp_path / "nothing")
    assert found.returncode == 2
    assert "realpolitik new" in found.stderr


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("judgement: 0.1 to 0.3", "judgement: .nan", "nan"),
        ("seats: 64", "seats: 60", "116 seats, 4 fewer"),
        ("farmers: {position", "farmer: {position", "no actor 'farmer'"),
        ("  bill: {chamber: assembly}", "  bill: {chamber: assembly, when: court}", "circle"),
        ("when: bill.passed and not court", "when: bill.passed and not bill.passed", "can never hold"),
        ("judgement: 0.1 to 0.3", "judgment: 0.1 to 0.3", "Did you mean 'judgement'"),
        ("  no dam: otherwise", "", "fits none of"),
    ],
)
def test_faults_of_issue_a(contest: Path, old: str, new: str, words: str) -> None:
    change(contest, old, new)
    found = run("forecast", contest, "--draws", "2000")
    assert found.returncode == 2
    assert words in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("option", [("--draws", "0"), ("--seed", "-1"), ("--jobs", "0"), ("--engine", "sreial")])
def test_bad_options(contest: Path, option: tuple[str, str]) -> None:
    found = run("forecast", contest, *option)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr


def test_output_below_a_file_is_refused_before_the_run(contest: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    found = run("forecast", contest, "--out", blocker / "run", "--draws", "5000000")
    assert found.returncode == 2
    assert "cannot be written" in found.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_read_only_output_folder(contest: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    found = run("forecast", contest, "--out", closed / "run")
    assert found.returncode == 2
    assert "cannot be written" in found.stderr
    assert list(closed.iterdir()) == []


def _hears_ctrl_c() -> None:
    """A shell that runs tests in the background lets them ignore Ctrl-C, and what they start as well."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done_and_leaves_nothing_half_written(contest: Path, tmp_path: Path, jobs: str) -> None:
    words = ["forecast", str(contest), "--draws", "100000000", "--jobs", jobs, "--out", str(tmp_path / "run")]
    process = subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_hears_ctrl_c,
    )
    first = tmp_path / "run.partial" / "draws-000000.npz"
    while not first.exists() and process.poll() is None:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "nothing is half-written" in errors
    assert "Traceback" not in errors
    assert out == ""
    assert {path.name for path in tmp_path.iterdir()} == {"dam", "run.partial"}
    assert f"What is done lies in {tmp_path / 'run.partial'}: go on with the same command and --resume" in errors
    kept = {path.name for path in (tmp_path / "run.partial").iterdir()}
    assert {"manifest.json", "draws-000000.npz"} <= kept
    again = run(*words)
    assert again.returncode == 2
    assert "run.partial is there from a run that was interrupted. Go on with --resume, or delete it." in again.stderr


def test_a_run_to_go_on_with_needs_its_name(contest: Path) -> None:
    found = run("forecast", contest, "--resume")
    assert (found.returncode, "name its folder with --out" in found.stderr) == (2, True)


@pytest.mark.parametrize("name", ["préfet", "2026-canal", "a--b", "中文", "x" * 120, "it's a dam"])
def test_new_contest_passes_its_check_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    assert run("new", tmp_path / name).returncode == 0
    found = run("check", tmp_path / name)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("command", ["check", "forecast", "report", "read", "new"])
def test_a_path_that_no_system_takes_is_one_message(command: str) -> None:
    found = run(command, "x" * 5000)
    assert found.returncode == 2
    assert found.stderr.startswith("realpolitik: ")
    assert found.stderr.count("\n") == 1


def test_a_value_that_is_given_twice_is_refused(contest: Path) -> None:
    found = run("forecast", contest, "--set", "pathway.court.judgement=0.1", "--set", "pathway.court.judgement=0.9")
    assert found.returncode == 2
    assert found.stderr == "realpolitik: 'pathway.court.judgement' is given twice. Keep one.\n"


def test_tables_without_rows_are_not_printed(tmp_path: Path) -> None:
    (tmp_path / "contest.yaml").write_text(
        "contest: x\ntitle: T\nas_of: 2026-01-01\nhorizon: 2026-12-31\n"
        "pathway: {a: {judgement: 0.4}}\noutcomes: {yes: a, no: otherwise}\n"
    )
    found = run("forecast", tmp_path, "--draws", "10")
    assert found.returncode == 0
    assert "Outcome" in found.stdout
    assert "Who decides" not in found.stdout
    assert "What it hangs on" not in found.stdout
    assert "1 stage, 2 outcomes, 1 quantity." in run("check", tmp_path).stdout


def test_schema_is_json(tmp_path: Path) -> None:
    data = json.loads(run("schema").stdout)
    assert data["properties"]["actors"]["description"]
    assert "claims" not in data["properties"]
    file = tmp_path / "schema.json"
    assert run("schema", "-o", file).returncode == 0
    assert json.loads(file.read_text()) == data


def test_models_lists_what_is_registered() -> None:
    data = json.loads(run("models", "--json").stdout)
    assert {"compromise", "median", "mean", "passage", "threat"} <= {row["name"] for row in data}
    assert "compromise" in run("models").stdout


REPORT = """Parliament backs exit

CAPITAL (Wire) -- The assembly voted 170 to none on Sunday to end the mission, in a chamber of 328 members.

"There has been no decision to leave," said Mark Example, the defence secretary.
"""


def test_read_prints_claims_and_drafts_a_contest(tmp_path: Path) -> None:
    report = tmp_path / "report-2020-01-06.txt"
    report.write_text(REPORT)
    lines = [json.loads(line) for line in run("read", report, "--json").stdout.splitlines()]
    for claim in lines:
        for span in claim["spans"]:
            assert REPORT[span["start"] : span["end"]] == span["text"]
    assert {"quotation", "vote"} <= {claim["kind"] for claim in lines}
    folder = tmp_path / "draft"
    found = run("read", report, "-o", folder)
    assert found.returncode == 0, found.stderr
    assert "Mark Example" in found.stdout
    assert run("check", folder).returncode == 0
    assert run("forecast", folder, "--draws", "2000").returncode == 0
    again = run("read", report, "-o", folder)
    assert (again.returncode, again.stdout) == (2, "")


@pytest.mark.parametrize(("name", "content"), [("a.txt", b""), ("a.txt", b"\x00\x01"), ("a.xyz", b"hello")])
def test_reports_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    report = tmp_path / name
    report.write_bytes(content)
    found = run("read", report)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert run("read", tmp_path / "missing.txt").returncode == 2
