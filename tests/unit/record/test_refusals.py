"""What a person gets wrong with the record: said in words, with what to do, and nothing is written."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from realpolitik.app.cli import app
from realpolitik.record.ledger import LEDGER, RECORD, read
from realpolitik.record.verify import verify
from tests.small import folder
from tests.unit.record.records import TEXT, asked, whole

WORDS = ["--text", "x", "--criteria", "x", "--source", "x", "--deadline", "2020-12-31", "--date", "2020-01-09"]


def refused(*words: object) -> str:
    found = CliRunner().invoke(app, [str(word) for word in words])
    assert found.exit_code == 2, found.output
    return " ".join(found.stderr.split())


@pytest.mark.parametrize("command", ["question", "score", "track", "verify", "resolve"])
def test_a_folder_that_is_none_is_no_empty_record(tmp_path: Path, command: str) -> None:
    more = ["x", "yes", "--source", "x"] if command == "resolve" else []
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert "nowhere does not exist" in refused(command, tmp_path / "nowhere", *more)
    assert "has no contest.yaml and no record" in refused(command, tmp_path / "empty", *more)
    assert "is a file, not a folder" in refused(command, tmp_path / "file", *more)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_refusal_leaves_no_empty_record_behind(tmp_path: Path) -> None:
    folder(tmp_path, TEXT)
    assert "no question 'end'" in refused("resolve", tmp_path, "end", "much", "--source", "x")
    assert not (tmp_path / RECORD).exists()


def test_a_file_in_the_place_of_the_record_is_named(tmp_path: Path) -> None:
    folder(tmp_path, TEXT)
    (tmp_path / RECORD).touch()
    assert "record is a file" in refused("score", tmp_path)
    assert "record is a file" in refused("question", tmp_path, "end", *WORDS)


def test_one_record_counts_once(tmp_path: Path) -> None:
    place = whole(tmp_path / "contest")
    assert "named 2 times" in refused("score", place, place.parent / "contest" / ".." / "contest")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["question", "FOLDER", "share", "--note", " "], "share: the note is empty. Say what is to be known."),
        (["question", "FOLDER", "end", "--note", "x" * 10_001], "at most 10000 characters"),
        (["question", "FOLDER", "a b", *WORDS], "found 'a b', expected a name: letters, digits"),
        (["question", "FOLDER", "new", "--text", "", *WORDS[2:]], "new.text: found '', expected words"),
        (["question", "FOLDER", "new", *WORDS[:6]], "'deadline' is missing: The last day that counts"),
        (["question", "FOLDER", "new", *WORDS[:7], "2020-13-31"], "found '2020-13-31', expected a day, such as"),
        (["question", "FOLDER", "new", *WORDS, "--base-rate", "yes"], "'yes' is not ANSWER=SHARE, e.g. yes=0.2"),
        (["resolve", "FOLDER", "end", "much"], "'source' is missing: Who says what happened"),
        (["resolve", "FOLDER", "end", "--source", "x"], "end: needs an answer: much, little"),
        (["resolve", "FOLDER", "share", "", "--source", "x"], "share: needs an answer: a number, 0 to 100"),
        (["resolve", "FOLDER", "share", "nan", "--source", "x"], "share: nan is no number that can be scored"),
        (["resolve", "FOLDER", "share", "1e9", "--source", "x"], "outside the scale of the question, 0 to 100"),
        (["verify", "FOLDER", "--head", "abc"], "'abc' is too short for a hash: give at least its first 12 digits"),
    ],
)
def test_faults_are_told_in_words(tmp_path: Path, words: list[str], told: str) -> None:
    place = asked(tmp_path / "contest")
    before = read(place).head
    found = refused(*(str(place) if word == "FOLDER" else word for word in words))
    assert told in found
    assert "Input should" not in found
    assert read(place).head == before


def test_a_hash_counts_in_capitals_too(tmp_path: Path) -> None:
    place = asked(tmp_path / "contest")
    assert not verify(place, known_head=f" {read(place).head.upper()}\n", run=False).faults


def test_nothing_is_to_be_deleted_while_the_ledger_cannot_be_read(tmp_path: Path) -> None:
    place = whole(tmp_path / "contest")
    ledger = place / RECORD / LEDGER
    ledger.write_bytes(ledger.read_bytes().replace(b'"number":1,', b'"number":2,', 1))
    told = [str(fault) for fault in verify(place, run=False).faults]
    assert told
    assert not any("no entry speaks" in fault for fault in told)


def test_no_byte_of_the_ledger_changes_unnoticed(tmp_path: Path) -> None:
    place = Path(copytree(whole(tmp_path / "contest"), tmp_path / "copy"))
    ledger = place / RECORD / LEDGER
    data = ledger.read_bytes()
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    for at in [*range(0, len(data), 41), *ends]:
        for other in (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], data[:at] + data[at + 1 :],
                      data[:at] + b" " + data[at:], data[:at]):  # fmt: skip
            ledger.write_bytes(other)
            assert read(place).faults, at
