"""Files, folders, lists and JSONL: one entry a document, in a stable order, nothing silently left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from realpolitik.errors import RealpolitikError
from realpolitik.reading.documents import inputs as module
from realpolitik.reading.documents.inputs import Entry, count_entries, entries

TEXT = "The council of Arnor backed a toll."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b/report.txt", "b/a/report.txt", "a.md", ".hidden.txt", ".git/x.txt", "c.xlsx", "z"):
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT)
    return Path("in")


def shown(found: list[Entry]) -> list[tuple[str, str, bool]]:
    return [(entry.where, entry.name, entry.fault is None) for entry in found]


def test_folder_is_walked_in_order_and_unknown_kinds_are_reported(folder: Path) -> None:
    found = list(entries([folder]))
    assert shown(found) == [
        ("in/a.md", "a", True),
        ("in/b/a/report.txt", "report", True),
        ("in/b/report.txt", "report-2", True),
        ("in/c.xlsx", "c", False),
        ("in/z", "z", True),
    ]
    assert "'.xlsx' files cannot be read" in (found[3].fault or "")
    assert count_entries([folder]) == 5
    assert found[0].document().raw == TEXT
    assert found == list(entries([str(folder)]))


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret.")
    os.symlink(tmp_path / "secret.txt", folder / "link.txt")
    os.symlink(tmp_path, folder / "loop")
    faults = {entry.where: entry.fault for entry in entries([folder]) if entry.fault}
    assert set(faults) == {"in/c.xlsx", "in/link.txt", "in/loop"}
    assert "a symbolic link is not followed" in (faults["in/loop"] or "")


def test_list_of_files(folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# reports\n\nin/z\nin/b\nabsent.txt\n@list.txt\n")
    found = list(entries(["@list.txt", "in/a.md"]))
    assert [(entry.name, entry.fault is None) for entry in found] == [
        ("z", True),
        ("report", True),
        ("report-2", True),
        ("absent", True),
        ("list", False),
        ("a", True),
    ]
    assert "a list cannot name another list" in (found[4].fault or "")
    with pytest.raises(RealpolitikError, match="there is no such file"):
        found[3].document()
    assert count_entries(["@list.txt", "in/a.md"]) == 5
    listed.write_bytes(b"\xff\xfe\xfa")
    assert [entry.fault is None for entry in entries(["@list.txt"])] == [False]
    assert [entry.fault is None for entry in entries(["@none.txt"])] == [False]


def test_articles(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"text": "One.", "id": "a/1"}\n\n{"text": "Two."}\n{"text"\n\xff\n{"text": "X.", "k": 1}\n'
    )
    found = list(entries([file]))
    assert [(entry.name, entry.fault is None) for entry in found] == [
        ("a-1", True),
        ("news-3", True),
        ("news-4", False),
        ("news-5", False),
        ("news-6", False),
    ]
    assert found[2].where == f"{file}:4"
    assert [entry.fault is None for entry in entries([file], keys={"k": "ignore"})][-1]
    assert found[0].document().raw == "One."
    assert count_entries([file]) == 6


def test_names_are_unique_even_if_they_look_like_numbered_ones(tmp_path: Path) -> None:
    file = tmp_path / "n.jsonl"
    file.write_text(
        "".join(f'{{"text": "x", "id": "{name}"}}\n' for name in ("a", "a-2", "a", "a", "b" * 70, "b" * 70))
    )
    names = [entry.name for entry in entries([file])]
    assert names[:4] == ["a", "a-2", "a-3", "a-4"]
    assert len(set(names)) == 6
    assert max(map(len, names)) == 60


def test_a_line_that_is_too_long_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_BYTES", 50)
    file = tmp_path / "news.jsonl"
    file.write_text('{"text": "' + "x" * 500 + '"}\n{"text": "Two."}\n')
    first, second = entries([file])
    assert "more than 50 bytes" in (first.fault or "")
    assert (second.name, second.fault) == ("news-2", None)


@pytest.mark.parametrize("path", ["a\0b.txt", "absent.jsonl", "a\x1b[31m.xyz"])
def test_paths_that_are_none(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [entry] = entries([path])
    with pytest.raises(RealpolitikError):
        entry.document()
    assert entry.where.isprintable()
    assert count_entries([path]) == 1


def test_empty_folder_and_special_file_are_reported(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    [entry] = entries([tmp_path / "empty"])
    assert "holds no file" in (entry.fault or "")
    os.mkfifo(tmp_path / "pipe.txt")
    [pipe] = entries([tmp_path / "pipe.txt"])
    with pytest.raises(RealpolitikError, match="not a regular file"):
        pipe.document()


@pytest.mark.parametrize(("name", "words"), [("n.jsonl", "holds no article"), ("l.txt", "names no file")])
def test_empty_collections_are_reported(tmp_path: Path, name: str, words: str) -> None:
    file = tmp_path / name
    file.write_text("\n \n")
    [entry] = entries([file if name == "n.jsonl" else f"@{file}"])
    assert words in (entry.fault or "")


def test_folders_that_are_too_deep_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEEPEST", 1)
    (tmp_path / "a" / "b").mkdir(parents=True)
    [entry] = entries([tmp_path])
    assert "more than 1 deep" in (entry.fault or "")


def test_date_in_a_name_that_is_cut(tmp_path: Path) -> None:
    file = tmp_path / f"{'long-' * 15}2020-01-08.txt"
    file.write_text(TEXT)
    [entry] = entries([file])
    assert str(entry.document().published) == "2020-01-08"


@pytest.mark.parametrize("path", ["", " "])
def test_an_empty_path_is_not_the_current_folder(path: str) -> None:
    [entry] = entries([path])
    assert entry.fault == f"{path!r}: the path is empty. Name a file or folder; the current folder is '.'."
