"""`read --reader llm` as a person meets it, against a service on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from realpolitik.app.cli import app
from realpolitik.contest.file import load
from tests.llm_service import Reply, Service, claims, serving

TEXT = "Toll backed\n\n“We will not pay,” said Ann Lee on Monday. The council voted 61 to 40 for it.\n"
QUOTE: dict[str, Any] = {
    "kind": "quotation",
    "passage": 2,
    "words": ['"We will not pay," said Ann Lee'],
    "speaker": "Ann Lee",
    "speaker_is": "Ann Lee",
    "cue": "said",
    "content": ['"We will not pay,"'],
    "status": "reported",
}
ACT: dict[str, Any] = {
    "kind": "event",
    "passage": 2,
    "words": ["The council voted 61 to 40"],
    "event": {"type": "SUPPORT", "source": "The council"},
}
LIE: dict[str, Any] = {**QUOTE, "words": ["We shall \x1b[31mpay"]}
USAGE = {"prompt_tokens": 2_000, "completion_tokens": 500}


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(Reply(claims(QUOTE, ACT, LIE), usage=USAGE)) as running:
        yield running


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "wire-2026-01-10.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENDPOINT", "MODEL", "KEY"):
        monkeypatch.delenv(f"REALPOLITIK_LLM_{name}", raising=False)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def llm(service: Service) -> list[str]:
    return ["--reader", "llm", "--endpoint", service.url, "--model", "toy-1"]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_claims_as_json_and_what_was_rejected(report: Path, service: Service) -> None:
    found = run("read", report, *llm(service), "--json")
    assert found.exit_code == 0
    assert [claim["reader"] for claim in lines(found.stdout)] == ["llm:toy-1:1"] * 2
    assert "rejected (wire-2026-01-10, passages 1 to 2): not in the passages: 'We shall \\x1b[31mpay'" in found.stderr
    assert "2 claims kept, 1 rejected; 2,500 tokens (2,000 asked, 500 answered)" in found.stderr


def test_two_readers_side_by_side(report: Path, service: Service) -> None:
    rules = lines(run("read", report, "--json").stdout)
    both = lines(run("read", report, "--reader", "rules", *llm(service), "--json").stdout)
    assert len(both) == len(rules) + 1
    [quote] = [claim for claim in both if claim["kind"] == "quotation"]
    assert quote["id"] == "wire-2026-01-10-q01"
    assert quote["reader"].endswith(" + llm:toy-1:1")
    known = {claim["id"] for claim in rules}
    assert [(claim["kind"], claim["reader"]) for claim in both if claim["id"] not in known] == [
        ("event", "llm:toy-1:1")
    ]


def test_settings_from_the_environment_and_the_key_nowhere(
    report: Path, service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REALPOLITIK_LLM_ENDPOINT", service.url)
    monkeypatch.setenv("REALPOLITIK_LLM_MODEL", "toy-1")
    monkeypatch.setenv("REALPOLITIK_LLM_KEY", "secret-key-1")
    found = run("read", report, "--reader", "rules", "--reader", "llm", "-o", tmp_path / "draft")
    assert found.exit_code == 0
    assert service.asked[0].headers["Authorization"] == "Bearer secret-key-1"
    load(tmp_path / "draft")
    written = "".join(path.read_text() for path in (tmp_path / "draft").iterdir())
    assert "secret-key-1" not in found.output + written


def test_claims_in_a_file(report: Path, service: Service, tmp_path: Path) -> None:
    found = run("read", report, *llm(service), "-o", tmp_path / "claims.jsonl")
    assert found.exit_code == 0
    assert len(lines((tmp_path / "claims.jsonl").read_text(encoding="utf-8"))) == 2


def test_cap_leaves_the_rest_unread(report: Path, service: Service, tmp_path: Path) -> None:
    other = tmp_path / "second.txt"
    other.write_text(TEXT, encoding="utf-8")
    found = run("read", report, other, *llm(service), "--json", "--max-tokens", "4000")
    assert found.exit_code == 3
    assert len(service.asked) == 1
    assert len(lines(found.stdout)) == 2
    assert "second was left unread: the next question takes about" in found.stderr


def test_rules_go_on_where_the_cap_ends(report: Path, service: Service, tmp_path: Path) -> None:
    other = tmp_path / "second.txt"
    other.write_text(TEXT, encoding="utf-8")
    found = run("read", report, other, "--reader", "rules", *llm(service), "--json", "--max-tokens", "4000")
    assert found.exit_code == 3
    assert {claim["document"] for claim in lines(found.stdout)} == {"wire-2026-01-10", "second"}
    assert "left unread (second, passages 1 to 2): the next question takes about" in found.stderr


def test_cost_is_said(report: Path, service: Service) -> None:
    found = run("read", report, *llm(service), "--price-in", "1", "--price-out", "4", "--max-cost", "1", "--json")
    assert "cost 0.004" in found.stderr


def test_refusal_of_the_service(report: Path) -> None:
    with serving(Reply(status=401, body=b"{}")) as service:
        found = run("read", report, report, *llm(service), "--json")
    assert found.exit_code == 2
    assert len(service.asked) == 1
    assert "refuses (status 401)" in found.stderr


def test_service_that_refuses_leaves_nothing_to_show(report: Path, tmp_path: Path) -> None:
    with serving(Reply(status=401, body=b"{}")) as service:
        found = run("read", report, *llm(service), "-o", tmp_path / "draft")
    assert found.exit_code == 2
    assert "refuses (status 401)" in found.stderr
    assert not (tmp_path / "draft").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--reader", "llm"], "--endpoint URL (or REALPOLITIK_LLM_ENDPOINT) and --model NAME"),
        (["--reader", "llm", "--endpoint", "http://llm.example/v1", "--model", "m"], "--allow-http"),
        (["--reader", "lm"], "There is no reader 'lm'. Did you mean 'llm'?"),
        (["--reader", "rules", "--reader", "rules"], "--reader rules is given twice"),
        (["--model", "m"], "--model: only the reader 'llm' uses that"),
        (["--max-tokens", "5", "--allow-http"], "--allow-http, --max-tokens: only the reader 'llm' uses that"),
        (
            ["--reader", "llm", "--endpoint", "http://localhost/v1", "--model", "m", "--jobs", "2"],
            "asks one question after the other",
        ),
    ],
)
def test_what_is_refused_before_anything_is_sent(report: Path, words: list[str], message: str) -> None:
    found = run("read", report, *words)
    assert found.exit_code == 2
    assert message in found.stderr
