"""Many documents: in order, whatever the number of workers; a broken one is reported; a break is mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from realpolitik.errors import StorageError
from realpolitik.reading import corpus
from realpolitik.reading.corpus import CHUNK, DIED, Options, Result, read_entries
from realpolitik.reading.documents.articles import Article
from realpolitik.reading.documents.inputs import Entry
from realpolitik.reading.progress import ClaimsFile
from realpolitik.reading.reader import read
from tests.broken_articles import BuggyArticle, DeadlyArticle

TEXT = "The council of Arnor backed a toll by {n} votes to 12 on Monday.\n\n“We go,” said Ben Roe, a pilot.\n"


def entry(number: int, kind: type[Article] = Article) -> Entry:
    made = kind(name=f"a{number}", text=TEXT.format(n=20 + number))
    return Entry(where=f"a.jsonl:{number}", name=f"a{number}", article=made)


def flat(chunks: Iterator[list[Result]]) -> list[Result]:
    return [result for chunk in chunks for result in chunk]


def test_order_and_claims_do_not_depend_on_the_number_of_workers() -> None:
    many = [entry(number) for number in range(3 * CHUNK + 5)]
    alone = flat(read_entries(many))
    assert [result.entry for result in alone] == [one.key for one in many]
    assert all(result.fault is None and result.count == result.lines.count("\n") > 0 for result in alone)
    assert flat(read_entries(iter(many), jobs=2)) == alone


def test_a_broken_document_is_reported_and_the_rest_goes_on() -> None:
    many = [entry(0), Entry("x.xyz", "x", fault="x.xyz: no."), entry(2, BuggyArticle), entry(3)]
    results = flat(read_entries(many))
    assert [result.fault is None for result in results] == [True, False, False, True]
    assert results[1].fault == "x.xyz: no."
    assert results[2].fault is not None
    assert results[2].fault.startswith("a.jsonl:2: a bug of the program, please report it (TypeError: a bug \\x1b[31m)")


def test_unknown_reader_is_a_fault_of_each() -> None:
    [result] = flat(read_entries([entry(0)], Options(read=partial(read, reader="rulez"))))
    assert result.fault is not None
    assert result.fault.startswith("a.jsonl:0: There is no reader 'rulez'")


def test_a_document_that_kills_its_worker_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "CHUNK", 3)
    many = [entry(number, DeadlyArticle if number == 1 else Article) for number in range(4)]
    results = flat(read_entries(many, jobs=2))
    assert [result.entry for result in results] == [one.key for one in many]
    assert [result.fault for result in results if result.fault] == [f"a.jsonl:1: {DIED}"]


def save(
    path: Path, many: list[Entry], *, resume: bool = False, stop_after: int | None = None, made: str = "v1"
) -> None:
    with ClaimsFile(path, made, resume=resume) as file:
        for number, results in enumerate(read_entries(file.remaining(many))):
            if number == stop_after:
                raise KeyboardInterrupt
            file.add(results)
        file.finish()


@pytest.fixture
def many() -> list[Entry]:
    return [entry(number, BuggyArticle if number == 3 else Article) for number in range(2 * CHUNK + 3)]


@pytest.fixture
def interrupted(tmp_path: Path, many: list[Entry]) -> Path:
    path = tmp_path / "claims.jsonl"
    with pytest.raises(KeyboardInterrupt):
        save(path, many, stop_after=1)
    assert not path.exists()
    return path


def test_an_interrupted_run_goes_on_to_the_same_file(tmp_path: Path, many: list[Entry], interrupted: Path) -> None:
    whole = tmp_path / "whole.jsonl"
    save(whole, many)
    with interrupted.with_name("claims.jsonl.partial").open("ab") as file:
        file.write(b'{"id": "half a cla')
    with pytest.raises(KeyboardInterrupt):
        save(interrupted, many, resume=True, stop_after=1)
    save(interrupted, many, resume=True)
    assert interrupted.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "whole.jsonl"]
    assert len({json.loads(line)["id"] for line in whole.read_text().splitlines()}) == whole.read_text().count("\n")


def test_counts_go_on_as_well(many: list[Entry], interrupted: Path) -> None:
    with ClaimsFile(interrupted, "v1", resume=True) as file:
        list(file.remaining(many))
        assert (file.done, file.faults) == (CHUNK, 1)
        assert file.claims > 0


def test_resume_without_an_interrupted_run_begins(tmp_path: Path, many: list[Entry]) -> None:
    save(tmp_path / "c.jsonl", many, resume=True)
    assert (tmp_path / "c.jsonl").exists()


def test_other_reports_or_options_are_refused(many: list[Entry], interrupted: Path) -> None:
    with pytest.raises(StorageError, match="belongs to other reports"):
        save(interrupted, many[1:], resume=True)
    with pytest.raises(StorageError, match="belongs to other reports"):
        save(interrupted, many[:2], resume=True)
    with pytest.raises(StorageError, match="was made with v1, this one with v2"):
        save(interrupted, many, resume=True, made="v2")
    save(interrupted, many, resume=True)


def test_taken_places_are_refused(many: list[Entry], interrupted: Path) -> None:
    with pytest.raises(StorageError, match="Go on with --resume"):
        save(interrupted, many)
    interrupted.touch()
    with pytest.raises(StorageError, match="exists already"):
        save(interrupted, many, resume=True)
    with pytest.raises(StorageError, match="cannot be written"):
        save(interrupted.parent / "absent" / "c.jsonl", many)


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"done": -1}', "null", '{"done": 1, "faults": 0, "claims": 1}'])
def test_damaged_progress_is_refused(many: list[Entry], interrupted: Path, state: str) -> None:
    interrupted.with_name("claims.jsonl.progress").write_text(state)
    with pytest.raises(StorageError, match="cannot be used"):
        save(interrupted, many, resume=True)


def test_a_partial_file_that_is_too_short_is_refused(many: list[Entry], interrupted: Path) -> None:
    interrupted.with_name("claims.jsonl.partial").write_bytes(b"")
    with pytest.raises(StorageError, match="does not fit"):
        save(interrupted, many, resume=True)
