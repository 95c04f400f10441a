"""`forecast --given`, `condition`, `sensitivity` and `linchpins` as a person meets them."""

import json
from pathlib import Path

import pytest

from tests.journey.test_cli import run
from tests.small import claim, digest, folder

CONTEST = f"""\
contest: canal
title: Will the toll be raised?
as_of: 2026-01-15
horizon: 2026-06-30
sources: {{report: {{title: A wire, sha256: {digest("they left")}}}}}
chambers:
  house:
    seats: 20
    passes: majority of present
    blocs:
      left: {{seats: 12, attends: 0.7 to 0.95, yes: 0.6 to 0.9, evidence: [c1]}}
      right: {{seats: 8, attends: 0.5, yes: 0.1, no: 0.8}}
pathway:
  bill: {{judgement: 0.2 to 0.8, evidence: [c1]}}
  vote: {{chamber: house, when: bill}}
outcomes: {{raised: vote.passed, as it is: otherwise}}
"""


@pytest.fixture
def canal(tmp_path: Path) -> Path:
    return folder(tmp_path, CONTEST, claim())


@pytest.fixture
def saved(canal: Path, tmp_path: Path) -> Path:
    assert run("forecast", canal, "--draws", "2000", "--out", tmp_path / "run").returncode == 0
    return tmp_path / "run"


def narrow(text: str) -> bool:
    return max(map(len, text.splitlines())) <= 100


def test_a_forecast_on_condition(canal: Path, saved: Path) -> None:
    found = run("forecast", canal, "--draws", "2000", "--given", "not bill")
    assert found.returncode == 0, found.stderr
    assert "effective sample size" in found.stdout
    assert "100.0 %" in found.stdout
    assert narrow(found.stdout)
    asked = ("--given", "bill", "--pairs", "vote.passed", "--json")
    again = json.loads(run("condition", saved, *asked).stdout)
    fresh = json.loads(run("condition", canal, "--draws", "2000", *asked).stdout)
    assert again == fresh
    assert again["effective_draws"] == again["agreeing"] > 500
    assert [row["name"] for row in again["outcomes"]] == ["raised", "as it is"]
    assert again["pairs"][0]["holds"]["probability"] == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "Say what to suppose"),
        (("--given", "bil"), "Did you mean 'bill'"),
        (("--given", "bill and"), "the text ends"),
        (("--given", "vote.present < 1"), "draws agree; 100 are needed"),
        (("--pairs", "1 <"), "a number is missing"),
    ],
)
def test_what_cannot_be_supposed_is_refused_in_words(saved: Path, asked: tuple[str, ...], said: str) -> None:
    found = run("condition", saved, *asked)
    assert (found.returncode, found.stdout) == (2, "")
    assert said in found.stderr.replace("\n", " ")
    assert "Traceback" not in found.stderr


def test_a_faulty_condition_is_refused_before_anything_runs(canal: Path, tmp_path: Path) -> None:
    found = run("forecast", canal, "--given", "bil", "--out", tmp_path / "never")
    assert (found.returncode, found.stdout) == (2, "")
    assert not (tmp_path / "never").exists()
    assert run("condition", canal, "--given", "bill", "--pairs", "bil").returncode == 2


def test_sensitivity_in_words_and_as_data(canal: Path) -> None:
    found = run("sensitivity", canal, "--rows", "1000")
    assert found.returncode == 0, found.stderr
    assert "1,024 rows" in found.stdout
    assert "pathway.bill.judgement" in found.stdout
    assert "Chance" in found.stdout
    assert narrow(found.stdout)
    plain = json.loads(run("sensitivity", canal, "--rows", "1000", "--json").stdout)
    shares = {row["quantity"]: row["total"]["value"] for row in plain["outcomes"][0]["effects"]}
    assert max(shares, key=lambda name: shares[name]) == "pathway.bill.judgement"
    certain = run("sensitivity", canal, "--rows", "64", "--set", "pathway.bill.judgement=0")
    assert "always or never" in certain.stdout
    assert run("sensitivity", canal, "--rows", "0").returncode == 2


def test_linchpins_in_words_and_as_data(canal: Path) -> None:
    found = run("linchpins", canal, "--draws", "2000", "--set", "pathway.bill.judgement.value=0.1")
    assert found.returncode == 2  # a short form has no such key
    found = run("linchpins", canal, "--draws", "2000", "--set", "pathway.bill.judgement=0.1")
    assert found.returncode == 0, found.stderr
    assert "claim" in found.stdout
    assert narrow(found.stdout)
    plain = json.loads(run("linchpins", canal, "--draws", "500", "--json").stdout)["linchpins"]
    assert {row["drop"] for row in plain} == {"claim", "source", "reader"}
    assert plain[0]["claims"] == ["c1"]
    assert "pathway.bill.judgement" in plain[0]["rest_only_on_it"]
    alone = run("linchpins", canal, "--draws", "0")
    assert (alone.returncode, alone.stdout) == (2, "")


def test_without_evidence_there_is_nothing_to_drop(canal: Path) -> None:
    (canal / "claims.jsonl").unlink()
    (canal / "contest.yaml").write_text(CONTEST.replace(", evidence: [c1]", ""))
    found = run("linchpins", canal, "--draws", "200")
    assert "nothing to drop" in found.stdout


def test_the_page_has_both_unless_a_quick_one_is_asked_for(saved: Path) -> None:
    found = run("report", saved)
    assert found.returncode == 0, found.stderr
    assert run("report", saved, "--quick", "-o", saved.parent / "quick.html").returncode == 0
    page, quick = Path(found.stdout.strip()).read_text(), (saved.parent / "quick.html").read_text()
    for name in ("sensitivity", "linchpins"):
        assert f'<section id="section--{name}"' in page
        assert f'<section id="section--{name}"' not in quick
    for words in ("Which quantity moves which outcome", "What the evidence carries", "It was not worked out."):
        assert words in quick
