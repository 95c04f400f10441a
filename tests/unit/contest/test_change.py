"""An edit changes the value and nothing else, or leaves the file as it is to the last byte."""

from difflib import unified_diff
from pathlib import Path

import pytest

from realpolitik.contest.change import assign, changed
from realpolitik.contest.file import CONTEST, edit, load
from realpolitik.contest.located import parse_yaml, plain
from realpolitik.errors import ContestError, RealpolitikError, StorageError, UnknownName
from tests.small import folder

LAID_OUT = """\
# yaml-language-server: $schema=./contest.schema.json
contest:   small      # the name
title: 'Who leaves?'
as_of: 2020-01-08
horizon: "2020-12-31"

# The actors come first.
actors:
    usa:   {name: United States,   kind: state}   # us
    iran: {name: Iran, kind: state,
           note: words that go
             over two lines}
quantities: {q: 0.2 to 0.3}
# Issues come now.
issues:
  exit:
    question: >
      How much
      leaves?
    unit: percent
    scale: {0: nothing, 100: everything}
    positions:
      usa:
        position: 0 to 30   # p
        salience: [0.2, 0.3 to 0.5]  # s
        capability: mixture(0.3: 70, 0.7: 2 to 3)
        # after usa
      iran: {position: 100, salience: beta(9, 2), capability: 40}
pathway:
  notice: {judgement: 0.3}
  settlement:
    bargain: exit
    when: notice
    effects:
    - set: {usa.position: 3}
      note:
outcomes:
  much: settlement >= 50
  little: otherwise   # last"""
"""Laid out by hand in ways that a program would not choose; no newline at the end."""


def differences(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("address", "value", "lines"),
    [
        ("title", "Who stays?", ["-title: 'Who leaves?'", "+title: Who stays?"]),
        ("contest", "other", ["-contest:   small      # the name", "+contest:   other      # the name"]),
        ("as_of", "2020-01-09", ["-as_of: 2020-01-08", "+as_of: 2020-01-09"]),
        (
            "issues.exit.positions.iran.salience",
            "beta(2, 3)",
            [
                "-      iran: {position: 100, salience: beta(9, 2), capability: 40}",
                "+      iran: {position: 100, salience: beta(2, 3), capability: 40}",
            ],
        ),
        (
            "issues.exit.positions.usa.capability",
            "mixture(0.5: 1, 0.5: beta(2, 3))",
            [
                "-        capability: mixture(0.3: 70, 0.7: 2 to 3)",
                "+        capability: mixture(0.5: 1, 0.5: beta(2, 3))",
            ],
        ),
        (
            "issues.exit.positions.usa.position",
            "5",
            ["-        position: 0 to 30   # p", "+        position: 5   # p"],
        ),
        (
            "issues.exit.positions.usa.salience.1",
            "0.4",
            ["-        salience: [0.2, 0.3 to 0.5]  # s", "+        salience: [0.2, 0.4]  # s"],
        ),
        (
            "issues.exit.positions.usa.salience",
            "[0.1, 0.2, 0.3]",
            ["-        salience: [0.2, 0.3 to 0.5]  # s", "+        salience: [0.1, 0.2, 0.3]  # s"],
        ),
        (
            "issues.exit.scale.100",
            "all",
            ["-    scale: {0: nothing, 100: everything}", "+    scale: {0: nothing, 100: all}"],
        ),
        (
            "pathway.settlement.effects.0.set.usa.position",
            "4",
            ["-    - set: {usa.position: 3}", "+    - set: {usa.position: 4}"],
        ),
        ("pathway.settlement.effects.0.note", "why", ["-      note:", "+      note: why"]),
        ("actors.usa.note", "new", [
            "-    usa:   {name: United States,   kind: state}   # us",
            "+    usa:   {name: United States,   kind: state, note: new}   # us",
        ]),
        ("issues.exit.positions.usa.note", "new", ["+        note: new"]),
        ("issues.exit.note", "new", ["+    note: new"]),
        ("pathway.settlement.title", "Talks", ["+    title: Talks"]),
        ("note", "new", ["+note: new"]),
        (
            "actors.iran",
            "{name: Iran, kind: state}",
            [
                "-    iran: {name: Iran, kind: state,",
                "-           note: words that go",
                "-             over two lines}",
                "+    iran: {name: Iran, kind: state}",
            ],
        ),
    ],
)  # fmt: skip
def test_only_the_value_changes(tmp_path: Path, address: str, value: str, lines: list[str]) -> None:
    place = folder(tmp_path, LAID_OUT)
    edit(place, {address: value})
    after = (place / CONTEST).read_bytes().decode()
    assert differences(LAID_OUT, after) == lines
    assert "\r" not in after


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    place = folder(tmp_path, LAID_OUT.replace("\n", "\r\n"))
    edit(place, {"title": "Who stays?", "issues.exit.note": "new", "note": "new"})
    after = (place / CONTEST).read_bytes().decode()
    assert differences(LAID_OUT, after) == [
        "-title: 'Who leaves?'",
        "+title: Who stays?",
        "+    note: new",
        "+note: new",
    ]
    assert after.count("\r\n") == after.count("\n")


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("issues.exit.question", "How many leave?"),
        ("issues.exit.positions.usa", "{position: 1, salience: 0.4, capability: 3}"),
        ("issues.exit.positions.iran.note", "a, b"),
        ("title", "--- words"),
        ("issues.exit.positions.iran", "position: 1\nsalience: 0.4\ncapability: 3"),
        ("actors.iran.note", ""),
        ("actors.iran.note", "words # with a comment"),
    ],
)
def test_what_takes_more_than_replacing_characters_keeps_comments(tmp_path: Path, address: str, value: str) -> None:
    place = folder(tmp_path, LAID_OUT)
    expected = parse_yaml(LAID_OUT, "x")
    assign(expected, address, value)
    edit(place, {address: value})
    after = (place / CONTEST).read_text()
    assert plain(parse_yaml(after, "x")) == plain(expected)
    for comment in (
        "# yaml-language-server",
        "# the name",
        "# The actors come first.",
        "# us",
        "# Issues come now.",
        "# last",
    ):
        assert comment in after
    assert load(place)


def test_several_values_change_together(tmp_path: Path) -> None:
    place = folder(tmp_path, LAID_OUT)
    edit(place, {"actors.usa.note": "one", "actors.usa.name": "USA", "note": "two", "quantities.q": "0.5"})
    assert differences(LAID_OUT, (place / CONTEST).read_text()) == [
        "-    usa:   {name: United States,   kind: state}   # us",
        "+    usa:   {name: USA,   kind: state, note: one}   # us",
        "-quantities: {q: 0.2 to 0.3}",
        "+quantities: {q: 0.5}",
        "+note: two",
    ]


def test_an_edit_to_what_stands_there_changes_nothing(tmp_path: Path) -> None:
    place = folder(tmp_path, LAID_OUT)
    edit(place, {"issues.exit.positions.iran.capability": "40"})
    assert (place / CONTEST).read_text() == LAID_OUT


@pytest.mark.parametrize(
    ("address", "value", "error", "message"),
    [
        ("issues.exit.positions.iran.salience", "5", ContestError, "'5' reaches 5; allowed is 0 to 1."),
        ("issues.exit.positions.iran.salence", "0.5", ContestError, "unknown key 'salence'. Did you mean 'salience'?"),
        ("actors.usa.part_of", "iraq", ContestError, "there is no actor 'iraq'"),
        ("title", "[1", ContestError, "title=:1:3: this is not valid YAML"),
        ("title", "*x", ContestError, "title=:1:1: aliases (*name) are not allowed"),
        ("title", "", ContestError, "title: found nothing, expected a valid string"),
        (
            "actors.us.name",
            "x",
            UnknownName,
            "There is no value 'actors.us.name'. Did you mean 'actors.usa'? Known: actors.iran, actors.usa.",
        ),
        ("actors.usa.name.first", "x", UnknownName, "Did you mean 'actors.usa.name'? Known: actors.usa.name."),
        (
            "issues.exit.positions.usa.salience.2",
            "1",
            UnknownName,
            "Known: issues.exit.positions.usa.salience.0, issues.exit.positions.usa.salience.1.",
        ),
        ("pathway.settlement.effects.1", "{}", UnknownName, "Known: pathway.settlement.effects.0."),
        ("", "x", UnknownName, "There is no value ''. Known: actors, as_of"),
        ("actors.", "x", UnknownName, "There is no value 'actors.'. Did you mean 'actors'?"),
        ("..", "x", UnknownName, "There is no value '..'."),
    ],
)
def test_a_faulty_edit_leaves_the_file_as_it_is(
    tmp_path: Path, address: str, value: str, error: type[RealpolitikError], message: str
) -> None:
    place = folder(tmp_path, LAID_OUT)
    before = (place / CONTEST).stat()
    with pytest.raises(error) as caught:
        edit(place, {"note": "fine", address: value})
    assert message in str(caught.value)
    assert (place / CONTEST).read_text() == LAID_OUT
    assert (place / CONTEST).stat().st_mtime_ns == before.st_mtime_ns
    assert [path.name for path in place.iterdir()] == [CONTEST]


def test_an_edit_of_a_file_that_cannot_be_replaced_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)  # so long that no temporary file can stand beside it
    path.write_text(LAID_OUT)
    with pytest.raises(StorageError, match="cannot be written: File name too long"):
        edit(path, {"note": "new"})
    assert path.read_text() == LAID_OUT
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_key_is_meant() -> None:
    document = parse_yaml("a: {b.c: 1, b: {c: 2}}\n1.5: x\n", "x")
    assign(document, "a.b.c", "3")
    assign(document, "1.5", "y")
    assert plain(document) == {"a": {"b.c": 3, "b": {"c": 2}}, 1.5: "y"}


@pytest.mark.parametrize("text", ["a:\n", "a: {}\n", "a: []\n", "a:\n- 1\n"])
def test_there_is_no_place_to_splice_in_what_is_empty(text: str) -> None:
    document = parse_yaml(text, "x")
    if isinstance(document["a"], dict):
        assert plain(changed(text, "x", {"a.b": "1"})[1]) == {"a": {"b": 1}}
    else:
        with pytest.raises(UnknownName):
            changed(text, "x", {"a.b": "1"})


@pytest.mark.parametrize(
    ("text", "address", "expected"),
    [
        ("a:\n  b: |\n    words\nc: 1\n", "a.d", "a:\n  b: |\n    words\n  d: 7\nc: 1\n"),
        ("a:\n  b:\n  - 1\n  - x: 2\n# end\n", "a.d", "a:\n  b:\n  - 1\n  - x: 2\n  d: 7\n# end\n"),
        ("a: {b: 1,\n    c: 2,\n}\n", "a.d", None),
        ("a: {d:\n}\n", "a.d", "a: {d: 7\n}\n"),
        ("a:\n  b: 1", "a.d", "a:\n  b: 1\n  d: 7\n"),
        ("a:\n  b: []\n", "a.d", "a:\n  b: []\n  d: 7\n"),
    ],
)
def test_a_new_key_stands_behind_the_last(text: str, address: str, expected: str | None) -> None:
    after, document = changed(text, "x", {address: "7"})
    assert document["a"]["d"] == 7
    assert expected in (None, after)


def test_an_empty_entry_of_a_list_is_filled() -> None:
    after, document = changed("a:\n-\n- 1\n", "x", {"a.0": "7"})
    assert document["a"] == [7, 1]
    assert plain(parse_yaml(after, "x")) == {"a": [7, 1]}


@pytest.mark.parametrize(
    "changes",
    [
        {"actors.usa.name": "USA", "issues.exit.positions.usa.salience": "0.4", "pathway.notice.judgement": "0.5"},
        {"pathway.notice.judgement": "0.5", "actors.usa.kind": "group", "actors.usa.note": "new"},
        {"issues.exit.positions.iran": "{position: 9, salience: 1, capability: 1}", "title": "[a, b]"},
        {"issues.exit.positions.usa.salience": "[0.3, 0.4]", "issues.exit.positions.usa.salience.1": "0.9"},
        {"pathway.settlement.effects.0.note": "seen", "pathway.settlement.when": "notice"},
        {"issues.exit.question": "How?", "horizon": '"2021-12-31"'},
    ],
)
def test_several_changes_at_once_are_those_one_by_one(changes: dict[str, str]) -> None:
    text = LAID_OUT
    for address, value in changes.items():
        text, document = changed(text, "x", {address: value})
    together, also = changed(LAID_OUT, "x", changes)
    assert together == text
    assert plain(also) == plain(document)
