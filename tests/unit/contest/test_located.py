"""YAML with places and limits, and files that are there whole or not at all."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml.error import YAMLError

from realpolitik.contest import located
from realpolitik.contest.located import as_yaml, locate, parse_yaml, plain, read_text, shield, whole_folder, write_whole
from realpolitik.errors import ContestError, StorageError


def read(text: str) -> Any:
    return plain(parse_yaml(text, "x.yaml"))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 1\nb: [1.5, true, null, x, 2020-01-08]\n", {"a": 1, "b": [1.5, True, None, "x", date(2020, 1, 8)]}),
        ("{a: {1: b}}", {"a": {1: "b"}}),
        ("a: 1\r\nb: |\r\n  two\r\n", {"a": 1, "b": "two\n"}),
        ("no: yes\non: off\n", {"no": "yes", "on": "off"}),
        ("a: 'it''s'\nb: \"q\\t\"\n", {"a": "it's", "b": "q\t"}),
        ("{p: beta(9, 2), q: mixture(0.3: 1, 0.7: 2 to 3)}", {"p": "beta(9, 2)", "q": "mixture(0.3: 1, 0.7: 2 to 3)"}),
        ("p: mixture(0.3: 1, 0.7: beta(2, 3))\n", {"p": "mixture(0.3: 1, 0.7: beta(2, 3))"}),
        (
            "p: mixture(1: mixture(1: mixture(1: 1, 2: 3), 1: 2), 1: 0)",
            {"p": "mixture(1: mixture(1: mixture(1: 1, 2: 3), 1: 2), 1: 0)"},
        ),
        ("[normal(0, 1), uniform(0, 1)]", ["normal(0, 1)", "uniform(0, 1)"]),
        ("a: 'beta(1, 2): x'\nbeta(1, 2): b\n", {"a": "beta(1, 2): x", "beta(1, 2)": "b"}),
    ],
)
def test_yaml_is_read_with_distributions_unquoted(text: str, data: Any) -> None:
    assert read(text) == data


def test_plain_values_are_built_in_types() -> None:
    data = read("a: 'x'\nb: 0x1F\nc: 1.50\nd: [true]\n")
    assert [type(value) for value in data.values()] == [str, int, float, list]
    assert type(data["d"][0]) is bool


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [1\n", (2, 1), "this is not valid YAML: expected ',' or ']'"),
        ("a: 1\na: 2\n", (2, 1), 'found duplicate key "a"'),
        ("a: {b: 1, b: 2}\n", (1, 11), 'found duplicate key "b"'),
        ("a: b: c\n", (1, 5), "mapping values are not allowed here"),
        ("a: 1\n\tb: 2\n", (2, 1), "found character '\\t' that cannot start any token"),
        ("a: &x [1]\nb: *x\n", (2, 4), "aliases (*name) are not allowed. Write the value out, or share it under"),
        ("a: &x {b: *x}\n", (1, 11), "aliases (*name) are not allowed"),
        (
            "a: !!python/object:os.system x\n",
            (1, 4),
            "the tag tag:yaml.org,2002:python/object:os.system is not allowed",
        ),
        ("a: !!str 3\n", (1, 4), "the tag tag:yaml.org,2002:str is not allowed. Remove it."),
        ("a: !thing {b: 1}\n", (1, 4), "the tag !thing is not allowed"),
        ("a: !!set [x]\n", (1, 4), "the tag tag:yaml.org,2002:set is not allowed"),
        ("%YAML 1.1\n---\na: no\n", (2, 1), "directives (%YAML, %TAG) are not allowed. Remove the line."),
        ("%TAG ! tag:x,2000:\n---\na: !y 1\n", (2, 1), "directives (%YAML, %TAG) are not allowed"),
        ("a:\n  <<: {b: 1}\n", (2, 3), "merges (<<) are not allowed. Write the values out."),
        ('a: "\\ud800"\n', (1, 4), "half a character (a lone surrogate such as \\ud800) is not allowed"),
        ("a: 1\nb: x\ue000y\n", (2, None), "the private character U+E000 is not allowed. Remove it."),
        ("a: 2020-02-30\n", (1, 4), "'2020-02-30': day is out of range for month"),
        (f"a: {'9' * 5000}\n", (1, 4), f"'{'9' * 40}…': Exceeds the limit"),
        ("a: 1\n---\nb: 2\n", (2, 1), "but found another document"),
        ("a: x\x01\n", (None, None), "unacceptable character #x0001: special characters are not allowed"),
        ("[" * 25 + "]" * 25, (1, 25), "nested more than 24 deep"),
        ("{a: " * 25 + "1" + "}" * 25, (1, 97), "nested more than 24 deep"),
    ],
)
def test_what_is_refused_is_named_with_its_place(text: str, place: tuple[Any, Any], message: str) -> None:
    with pytest.raises(ContestError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert fault.file == "x.yaml"
    assert (fault.line, fault.column) == place
    assert message in fault.message


def test_twenty_four_deep_is_read() -> None:
    assert read("[" * 24 + "]" * 24) is not None


def test_a_file_of_too_many_values_is_refused_before_it_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located, "MOST_VALUES", 1000)
    with pytest.raises(ContestError, match="more than 1,000 values") as caught:
        read("a: [" + "x," * 1001 + "]")
    assert caught.value.faults[0].line == 1


def test_a_bomb_of_aliases_is_refused_at_the_first_one() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    with pytest.raises(ContestError, match="aliases") as caught:
        read("\n".join(lines))
    assert (caught.value.faults[0].line, caught.value.faults[0].column) == (2, 10)


def test_a_shield_keeps_every_place() -> None:
    text = "a: mixture(0.3: 1, 0.7: beta(2, 3)) # beta(1, 2)\nb: beta(1,\n 2)"
    assert len(shield(text)) == len(text)
    assert ":" not in shield(text).splitlines()[0][2:]
    assert shield(text).splitlines()[1:] == ["b: beta(1,", " 2)"]


def test_a_line_of_open_brackets_is_shielded_in_no_time() -> None:
    text = "a: " + "beta(" * 20_000
    assert shield(text) == text


DOCUMENT = parse_yaml("a:\n  b: {c: 1, 2: [x, {d: y}]}\n  e:\n  - f\n  - g: h\n", "x")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (None, None)),
        (("a",), (1, 1)),
        (("a", "b"), (2, 3)),
        (("a", "b", "c"), (2, 10)),
        (("a", "b", 2, 0), (2, 17)),
        (("a", "b", "2", 1, "d"), (2, 24)),
        (("a", "e", 1, "g"), (5, 8)),
        (("a", "e", 7), (3, 3)),
        (("a", "b", "missing"), (2, 3)),
        (("z",), (None, None)),
        (("a", "b", "c", "value"), (2, 10)),
    ],
)
def test_every_value_has_a_place(path: tuple[Any, ...], place: tuple[Any, Any]) -> None:
    assert locate(DOCUMENT, path) == place


def test_a_document_is_written_with_comments_and_without_shield() -> None:
    text = "# top\na: beta(9, 2)  # why\nb:\n  - {c: 'x', d: mixture(0.3: 1, 0.7: 2)}\n"
    assert as_yaml(parse_yaml(text, "x")) == text


def test_an_error_of_the_parser_without_a_place_is_still_a_contest_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, file: str) -> None:
        raise YAMLError

    monkeypatch.setattr(located, "_inspect", fail)
    with pytest.raises(ContestError, match="this is not valid YAML: YAMLError"):
        read("a: 1")


def refusal(path: Path, **limits: int) -> str:
    with pytest.raises(StorageError) as caught:
        read_text(path, **limits)
    return str(caught.value)


def test_files_that_cannot_be_text(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    assert refusal(file) == f"{file} does not exist."
    assert refusal(tmp_path) == f"{tmp_path} is a folder, not a file."
    for raw, message in [
        (b"", "is empty."),
        (b" \n\r\n", "is empty."),
        (b"caf\xe9", "is not UTF-8 text (byte 3). Save it as UTF-8."),
        (b"\xff\xfea\x00", "is not UTF-8 text (byte 0). Save it as UTF-8."),
        (b"PK\x03\x04\x00\x00", "is a binary file, not text."),
    ]:
        file.write_bytes(raw)
        assert refusal(file) == f"{file} {message}"
    file.write_bytes(b"x" * 11)
    assert refusal(file, most_bytes=10) == f"{file} has 11 bytes; at most 10 are read. Is it the right file?"
    assert read_text(file, 11) == "x" * 11


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    with file.open("wb") as stream:
        stream.truncate(100_000_000)
    assert refusal(file).startswith(f"{file} has 100,000,000 bytes; at most 5,000,000 are read")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == f"{tmp_path / 'pipe'} is a device or a pipe, not a file."


def test_a_path_that_the_system_refuses(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("x" * 300)).endswith("cannot be read: File name too long.")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    assert read_text(tmp_path / "x") == "a: 1\r\n"


def test_a_file_is_written_whole_with_its_old_mode(tmp_path: Path) -> None:
    file = tmp_path / "x"
    write_whole(file, "é")
    assert file.read_bytes() == "é".encode()
    assert file.stat().st_mode & 0o777 == 0o644
    file.chmod(0o600)
    write_whole(file, b"\x00")
    assert file.read_bytes() == b"\x00"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"cannot be written: Not a directory\."):
        write_whole(tmp_path / "file" / "x", "a")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match=r"folder cannot be written: Is a directory\."):
        write_whole(tmp_path / "folder", "a")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_folder_that_fails_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with whole_folder(tmp_path / "new") as work:
            (work / "a").write_text("a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "deep" / "new") as work:
        (work / "a").write_text("a")
        assert not (tmp_path / "deep" / "new").exists()
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["new"]
    assert (tmp_path / "deep" / "new" / "a").read_text() == "a"
