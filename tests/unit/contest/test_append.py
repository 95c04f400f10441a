"""More sources and claims in a folder: what is there stays, letter by letter."""

import json
from pathlib import Path

import pytest

from realpolitik.contest.append import append
from realpolitik.contest.claims_file import CLAIMS
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.located import write_whole
from realpolitik.errors import ContestError, StorageError
from tests.invented import speech
from tests.small import SMALL

DIGEST = "ab" * 32
WIRE = {"title": 'The "wire": #1, {new}', "sha256": DIGEST, "published": "2020-01-07"}
COMMENTED = SMALL.replace("actors:", "# who is who\nactors:  # all of them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / CONTEST).write_text(COMMENTED, encoding="utf-8")
    return tmp_path


def test_contest_without_sources_gets_them_at_its_end(folder: Path) -> None:
    after = append(folder, {"wire": WIRE}, [speech("wire-q01", "Ann Lee")])
    text = (folder / CONTEST).read_text(encoding="utf-8")
    assert text.startswith(COMMENTED)
    assert after == load(folder)
    assert after.sources["wire"].title == WIRE["title"]


def test_sources_are_put_behind_the_others(folder: Path) -> None:
    append(folder, {"wire": WIRE}, [])
    before = (folder / CONTEST).read_text(encoding="utf-8")
    append(folder, {"post": {**WIRE, "sha256": "cd" * 32}, "wire": {"title": "other"}}, [speech("post-q01", None)])
    after = load(folder)
    assert list(after.sources) == ["wire", "post"]
    assert after.sources["wire"].title == WIRE["title"]
    assert (folder / CONTEST).read_text(encoding="utf-8").splitlines()[:-1] == before.splitlines()[:-1]


def test_lines_of_claims_stay_and_new_ones_follow(folder: Path) -> None:
    append(folder, {"wire": WIRE}, [speech("wire-q01", "Ann Lee")])
    kept = (folder / CLAIMS).read_text(encoding="utf-8").rstrip("\n")
    (folder / CLAIMS).write_text(kept, encoding="utf-8")
    append(folder, {}, [speech("wire-q02", "Ben Roe")])
    lines = (folder / CLAIMS).read_text(encoding="utf-8").splitlines()
    assert lines[0] == kept
    assert json.loads(lines[1])["id"] == "wire-q02"


def test_nothing_is_written_that_does_not_fit(folder: Path) -> None:
    with pytest.raises(ContestError, match="as_of"):
        append(folder, {"wire": {**WIRE, "published": "2021-01-01"}}, [speech("wire-q01", "Ann Lee")])
    with pytest.raises(ContestError, match="post"):
        append(folder, {"wire": WIRE}, [speech("post-q01", "Ann Lee")])
    assert (folder / CONTEST).read_text(encoding="utf-8") == COMMENTED
    assert not (folder / CLAIMS).exists()


def test_claims_that_could_not_be_written_can_be_added_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: str | bytes) -> None:
        if path.name == CLAIMS:
            raise StorageError(f"{path} cannot be written: No space left on device.")
        write_whole(path, content)

    with monkeypatch.context() as disk:
        disk.setattr("realpolitik.contest.append.write_whole", full)
        with pytest.raises(StorageError):
            append(folder, {"wire": WIRE}, [speech("wire-q01", "Ann Lee")])
    assert not load(folder).claims
    append(folder, {"wire": WIRE}, [speech("wire-q01", "Ann Lee")])
    assert list(load(folder).claims) == ["wire-q01"]
