"""The yardstick for events, on records of our own."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from realpolitik.errors import ReadingError, StorageError
from realpolitik.evaluation.plover import measure, shares_word
from realpolitik.evaluation.plover_gold import gold_events
from realpolitik.reading.english.parsing import parser


def record(text: str, event: str, source: list[str], target: list[str] | None) -> dict[str, Any]:
    return {
        "id": text[:8],
        "text": text,
        "event": event,
        "source": [{"actorText": one} for one in source],
        "target": None if target is None else [{"actorText": one} for one in target],
    }


RECORDS = [
    {"id": "about", "event": "DOCUMENT", "license": "invented"},
    record("Kenya bombed Uganda.", "FIGHT", ["Kenya"], ["Uganda"]),
    record("Kenya demanded that Uganda withdraw its troops.", "DEMAND", ["Kenya"], ["Uganda"]),
    record("Police arrested Ben Roe.", "PROTEST", ["Police"], ["Ada Moe", "Carl Voe"]),
    record("The prime minister resigned.", "RETREAT", ["minister"], None),
    record("Kenya bombed Uganda.", "FIGHT", ["Kenya"], ["Uganda"]),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(RECORDS), encoding="utf-8")
    return path


def test_the_figures_follow_the_definitions(file: Path) -> None:
    found = measure(file, parser())
    ours = found.systems["realpolitik"]
    assert (found.n, found.distinct, found.with_source, found.with_target) == (5, 4, 5, 4)
    assert ours.type_accuracy == pytest.approx(4 / 5)
    assert ours.source_recall == 1
    assert ours.target_recall == pytest.approx(3 / 4)
    # ASSAULT, REQUEST and RETREAT are perfect, PROTEST is missed.
    assert ours.macro_f1 == pytest.approx(3 / 4)
    majority = next(scores for name, scores in found.systems.items() if name.startswith("majority"))
    assert majority.type_accuracy == pytest.approx(2 / 5)
    assert majority.source_recall == 0
    assert ("PROTEST", "COERCE", 1) in found.confusions


def test_old_names_of_types_are_mapped(file: Path) -> None:
    assert [one.type for one in gold_events(file)] == ["ASSAULT", "REQUEST", "PROTEST", "RETREAT", "ASSAULT"]


def test_words_of_grammar_do_not_make_a_match() -> None:
    assert shares_word("some of the rebels", "Ugandan rebels in Kampala")
    assert not shares_word("some of the rebels", "some of the soldiers")
    assert shares_word("U.S. troops", "US")


def test_json_has_the_agreed_keys(file: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "plover", str(file), "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {"type_accuracy", "macro_f1", "source_recall", "target_recall", "n"} <= set(found)
    assert found["n"] == 5
    assert len(found["baselines"]) == 2


def test_the_table_fits_a_terminal(file: Path) -> None:
    done = CliRunner().invoke(app, ["evaluate", "plover", str(file)])
    assert done.exit_code == 0
    assert "5 sentences (4 distinct)" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([{"text": "A.", "event": "DANCE"}, 3, {"text": " ", "event": "AID"}]), encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        gold_events(path)
    for part in ("0.event", "DANCE", "1:", "2.text"):
        assert part in str(caught.value)


@pytest.mark.parametrize("content", [b"{}", b"[]", b"[", b"\xff\xfe\x00", b"[{}]", b"null"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(content)
    with pytest.raises(ReadingError):
        gold_events(path)
    assert CliRunner().invoke(app, ["evaluate", "plover", str(path)]).exit_code == 2


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(StorageError):
            gold_events(path)
