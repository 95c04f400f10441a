"""The ledger notices whatever is done to it, keeps its order and loses nothing."""

import json
import shutil
import subprocess
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from realpolitik.errors import ContestError, StorageError
from realpolitik.record import ledger
from realpolitik.record.book import book, noted
from realpolitik.record.ledger import CONTESTS, HEAD, LEDGER, RECORD, canonical, digest
from realpolitik.record.verify import verify
from tests.unit.record.records import FIRST, FOURTH, SECOND, THIRD, asked, git, sealed, whole


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole(tmp_path_factory.mktemp("record") / "contest")


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy"))


def lines_of(place: Path) -> list[bytes]:
    return (place / RECORD / LEDGER).read_bytes().splitlines(keepends=True)


def write(place: Path, lines: list[bytes]) -> None:
    (place / RECORD / LEDGER).write_bytes(b"".join(lines))


def faults(place: Path) -> list[str]:
    return [str(fault) for fault in verify(place, run=False).faults]


def test_a_whole_record_has_no_fault(original: Path) -> None:
    found = verify(original)
    assert not found.faults
    assert [again.verdict for _, again in found.seals if again] == ["bit for bit", "bit for bit"]
    assert found.changed == ()


def edited(line: bytes) -> bytes:
    """The line with one digit or letter of its body replaced, still canonical JSON."""
    held = json.loads(line)
    for key, value in held["body"].items():
        if isinstance(value, str):
            held["body"][key] = value[:-1] + ("x" if value[-1] != "x" else "y")
            break
    else:
        held["body"]["more"] = 1
    return canonical(held).encode() + b"\n"


def without(lines: list[bytes], place: int) -> list[bytes]:
    return lines[:place] + lines[place + 1 :]


LINE_ATTACKS: dict[str, Callable[[list[bytes], int], list[bytes]]] = {
    "edit": lambda lines, place: [*lines[:place], edited(lines[place]), *lines[place + 1 :]],
    "delete": without,
    "truncate": lambda lines, place: lines[:place],
    "cut": lambda lines, place: [*lines[:place], lines[place][:-7]],
    "no line feed": lambda lines, place: [*lines[:place], lines[place].rstrip(b"\n"), *lines[place + 1 :]],
    "insert": lambda lines, place: [*lines[:place], lines[place], *lines[place:]],
    "insert blank": lambda lines, place: [*lines[:place], b"\n", *lines[place:]],
    "swap": lambda lines, place: [*without(lines, place)[:-1], lines[place], *without(lines, place)[-1:]],
    "space": lambda lines, place: [*lines[:place], lines[place].replace(b":", b": ", 1), *lines[place + 1 :]],
    "twice": lambda lines, place: [*lines[: place + 1], lines[place], *lines[place + 1 :]],
    "reverse": lambda lines, place: lines[:place] + lines[place:][::-1],
}


@pytest.mark.parametrize("attack", LINE_ATTACKS)
def test_nothing_is_done_to_a_line_unnoticed(copy: Path, attack: str) -> None:
    lines = lines_of(copy)
    for place in range(len(lines)):
        altered = LINE_ATTACKS[attack](lines, place)
        if altered == lines:
            continue
        write(copy, altered)
        assert faults(copy), f"{attack} at line {place + 1}"
        with pytest.raises(ContestError):
            noted(copy, FOURTH, "end", "one more")
        assert lines_of(copy) == b"".join(altered).splitlines(keepends=True)


def rechained(lines: list[bytes]) -> list[bytes]:
    """What somebody writes who knows how the chain is made."""
    made: list[bytes] = []
    previous = "0" * 64
    for number, line in enumerate(lines, 1):
        held = {**json.loads(line), "previous": previous, "number": number}
        made.append(canonical(held).encode() + b"\n")
        previous = digest(made[-1].rstrip(b"\n"))
    return made


def with_head(place: Path, lines: list[bytes]) -> None:
    """A ledger with a head that fits it."""
    write(place, lines)
    last = digest(lines[-1].rstrip(b"\n"))
    (place / RECORD / HEAD).write_text(f"{len(lines)} {last}\n")


@pytest.mark.parametrize("place", range(8))
def test_a_chain_forged_anew_is_noticed_by_its_head(copy: Path, place: int) -> None:
    lines = lines_of(copy)
    write(copy, rechained([*lines[:place], edited(lines[place]), *lines[place + 1 :]]))
    assert any(HEAD in fault for fault in faults(copy))


def test_git_notices_a_chain_that_was_forged_with_its_head(copy: Path) -> None:
    git(copy, "init")
    git(copy, "add", ".")
    git(copy, "commit", "-m", "record")
    assert verify(copy, run=False).history.commits == 1
    noted(copy, FOURTH, "end", "one more")
    found = verify(copy, run=False)
    assert not found.faults
    assert found.history.uncommitted == 1
    head = found.ledger.head
    lines = rechained([edited(line) if place == 1 else line for place, line in enumerate(lines_of(copy))])
    with_head(copy, lines)
    told = faults(copy)
    assert len(told) == 1
    assert "commit" in told[0]
    assert f"{LEDGER}:2" in told[0]
    kept = verify(copy, known_head=head, run=False)
    assert any("no entry has the hash" in fault.message for fault in kept.faults)
    git(copy, "commit", "-am", "forged")
    assert faults(copy)


def test_git_notices_a_ledger_that_was_taken_away_and_begun_again(copy: Path) -> None:
    git(copy, "init")
    git(copy, "add", ".")
    git(copy, "commit", "-m", "record")
    git(copy, "rm", "-r", RECORD)
    git(copy, "commit", "-m", "gone")
    assert not (copy / RECORD).exists()
    sealed(copy, FOURTH)
    assert any("commit" in fault for fault in faults(copy))


def test_a_hash_kept_elsewhere_tells_a_forged_chain_without_git(copy: Path) -> None:
    head = ledger.read(copy).head
    assert not verify(copy, known_head=head[:16], run=False).faults
    lines = rechained(lines_of(copy)[:-1])
    with_head(copy, lines)
    assert not verify(copy, run=False).faults
    assert verify(copy, known_head=head, run=False).faults
    assert verify(copy, known_head="", run=False).faults


FILES = {
    "head edited": lambda home: (home / HEAD).write_text("3 " + "a" * 64 + "\n"),
    "head deleted": lambda home: (home / HEAD).unlink(),
    "head emptied": lambda home: (home / HEAD).write_text(""),
    "head of an earlier entry": lambda home: (home / HEAD).write_text(
        f"2 {ledger.read(home.parent).entries[1].sha256}\n"
    ),
    "ledger deleted": lambda home: (home / LEDGER).unlink(),
    "ledger emptied": lambda home: (home / LEDGER).write_bytes(b""),
    "contest deleted": lambda home: first(home).unlink(),
    "contest edited": lambda home: first(home).write_bytes(first(home).read_bytes().replace(b"0.3", b"0.4")),
    "contest emptied": lambda home: first(home).write_bytes(b""),
    "contests swapped": lambda home: swap(*sorted((home / CONTESTS).iterdir())),
    "contest added": lambda home: (home / CONTESTS / f"{'b' * 64}.json").write_text("{}"),
    "file added": lambda home: (home / "more.txt").write_text("x"),
}


def first(home: Path) -> Path:
    return min((home / CONTESTS).iterdir())


def swap(one: Path, other: Path) -> None:
    a, b = one.read_bytes(), other.read_bytes()
    one.write_bytes(b)
    other.write_bytes(a)


@pytest.mark.parametrize("attack", FILES)
def test_nothing_is_done_to_a_file_of_the_record_unnoticed(copy: Path, attack: str) -> None:
    FILES[attack](copy / RECORD)
    assert faults(copy)


def test_cutting_off_a_seal_with_its_head_leaves_its_contest_behind(copy: Path) -> None:
    kinds = [json.loads(line)["kind"] for line in lines_of(copy)]
    last = max(place for place, kind in enumerate(kinds) if kind == "seal")
    lines = lines_of(copy)[:last]
    with_head(copy, lines)
    assert any("no entry speaks of this file" in fault for fault in faults(copy))


def test_the_contest_itself_may_go_on_and_it_is_said(copy: Path) -> None:
    text = (copy / "contest.yaml").read_text()
    (copy / "contest.yaml").write_text(text.replace("Who leaves?", "Who goes?"))
    found = verify(copy, run=False)
    assert not found.faults
    assert found.changed == ("contest.yaml",)
    (copy / "contest.yaml").write_text("broken: [")
    assert verify(copy, run=False).changed == ("contest.yaml",)


def test_a_sealed_number_that_is_altered_in_a_forged_chain_is_not_reproduced(copy: Path) -> None:
    lines = lines_of(copy)
    place = next(place for place, line in enumerate(lines) if json.loads(line)["kind"] == "seal")
    held = json.loads(lines[place])
    much, little = held["body"]["outcomes"]["much"], held["body"]["outcomes"]["little"]
    held["body"]["outcomes"] = {"much": little, "little": much}
    lines = rechained([*lines[:place], canonical(held).encode() + b"\n", *lines[place + 1 :]])
    with_head(copy, lines)
    found = verify(copy)
    assert any("not reproduced" in fault.message for fault in found.faults)


@pytest.mark.parametrize(
    "line",
    [b"[]", b"{}", b"[" * 100_000, b'{"body":1}', b"\xff\xfe",
     b'{"body":{},"date":1,"kind":"note","number":1,"previous":"'
     + b"0" * 64 + b'"}', b'{"body":{},"date":"2020-01-01","kind":"x","number":1,"previous":"' + b"0" * 64 + b'"}',
     b'{"body":{},"date":"2020-01-01","kind":"note","number":true,"previous":"' + b"0" * 64 + b'"}'],
)  # fmt: skip
def test_rubbish_is_a_fault_and_no_accident(tmp_path: Path, line: bytes) -> None:
    (tmp_path / RECORD).mkdir()
    (tmp_path / RECORD / LEDGER).write_bytes(line + b"\n")
    (tmp_path / RECORD / HEAD).write_text(f"1 {digest(line)}\n")
    assert verify(tmp_path, run=False).faults
    with pytest.raises(ContestError):
        book(tmp_path)


def test_days_never_go_back(tmp_path: Path) -> None:
    asked(tmp_path)
    sealed(tmp_path, THIRD)
    with pytest.raises(ContestError, match="order of their days"):
        noted(tmp_path, SECOND, "end", "late")
    assert not verify(tmp_path, run=False).faults


def test_what_fails_half_way_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(tmp_path)
    before = (tmp_path / RECORD / LEDGER).read_bytes()

    def broken(*_: object) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(ledger, "write_whole", broken)
    with pytest.raises(StorageError):
        noted(tmp_path, SECOND, "end", "never")
    assert (tmp_path / RECORD / LEDGER).read_bytes() == before
    monkeypatch.undo()
    assert not verify(tmp_path, run=False).faults


def one_note(place: Path, number: int) -> None:
    noted(place, SECOND, "end", f"note {number}")


def test_many_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    asked(tmp_path)
    with get_context("spawn").Pool(4) as pool:
        pool.starmap(one_note, [(tmp_path, number) for number in range(24)])
    found = verify(tmp_path, run=False)
    assert not found.faults
    assert {text for _, text in found.book.questions["end"].notes} == {f"note {number}" for number in range(24)}


def test_others_can_check_the_chain_with_sha256sum(original: Path) -> None:
    previous = "0" * 64
    for line in lines_of(original):
        assert json.loads(line)["previous"] == previous
        told = subprocess.run(["sha256sum"], input=line.rstrip(b"\n"), capture_output=True, check=True).stdout
        previous = told.decode().split()[0]
    assert (original / RECORD / HEAD).read_text().split()[1] == previous
    for file in (original / RECORD / CONTESTS).iterdir():
        assert digest(file.read_bytes()) == file.stem


def test_canonical_refuses_what_json_does_not_know() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"x": float("nan")})


def test_a_folder_without_record_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ContestError, match="realpolitik question"):
        verify(tmp_path)
    assert FIRST < SECOND
