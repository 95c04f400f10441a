"""Plain tables of actors: every format, every fault with its place, and limits."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from realpolitik.contest.tables import Options, PlainTable, cells, draft, ktab, read_table
from realpolitik.errors import ContestError, StorageError

SIMPLE = """actor,position,salience,capability
France,10,0.6,0.16
Denmark,4,1,.05
"""


def write(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(folder: Path, text: str | bytes, name: str = "table.csv", **options: Any) -> list[str]:
    """What is wrong with a table, as ``line:column: path: message``."""
    path = write(folder, text, name)
    with pytest.raises(ContestError) as caught:
        read_table(path, Options(**options))
    assert all(fault.file == str(path) for fault in caught.value.faults)
    return [str(fault).removeprefix(str(path)).lstrip(": ") for fault in caught.value.faults]


def workbook(folder: Path, rows: list[list[Any]], other: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if other:
        book.create_sheet(other)
    path = folder / "table.xlsx"
    book.save(path)
    return path


def assert_simple(table: PlainTable) -> None:
    assert table.actors == ("France", "Denmark")
    assert table.issues == ("issue",)
    assert table.position.tolist() == [[10], [4]]
    assert table.salience.tolist() == [[0.6], [1]]
    assert table.capability.tolist() == [[0.16], [0.05]]
    assert (table.low.tolist(), table.high.tolist(), table.reference_point) == ([4], [10], None)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, ending: str) -> None:
    table = read_table(write(tmp_path, "\ufeff" + SIMPLE.replace(",", separator).replace("\n", ending)))
    assert_simple(table)
    assert "taken from the data, 4 to 10" in table.notes[0]


def test_workbook(tmp_path: Path) -> None:
    rows = [["Actor", "Position (years)", "Salience", "Capability"], ["France", 10, 0.6, 0.16], [],
            ["Denmark", 4.0, 1, "0.05"]]  # fmt: skip
    table = read_table(workbook(tmp_path, rows, "Sources"))
    assert_simple(table)
    assert table.notes[0] == "Sheet 'Sheet' is read; 'Sources' is not."
    assert len(read_table(workbook(tmp_path, rows)).notes) == 1


def test_workbook_faults_name_row_and_column(tmp_path: Path) -> None:
    head = ["actor", "position", "salience", "capability"]
    path = workbook(tmp_path, [head, ["France", "=1+1", 0.5, 1], ["Denmark", "#DIV/0!", 0.5, 1]])
    with pytest.raises(ContestError) as caught:
        read_table(path)
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, 2), (3, 2)]
    assert "found a formula (=1+1). Put the value itself" in str(caught.value)
    assert "found an error (#DIV/0!)" in str(caught.value)
    path = workbook(tmp_path, [head, ["France", True, 0.5, 1], [2020, 5, 0.5, 1]])
    with pytest.raises(ContestError, match=r"table.xlsx:2:2: France.position: found 'True'"):
        read_table(path)


def test_cells_far_out_in_a_workbook_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    head = ["actor", "position", "salience", "capability"]
    path = workbook(tmp_path, [head, ["France", 10, 0.6, 0.16], ["Denmark", 4, 1, 0.05]])
    book = openpyxl.load_workbook(path)
    book.active.cell(9_000, 1, "Spain")
    book.save(path)
    assert "Only the first 5,000 rows and 400 columns of the sheet are read." in read_table(path).notes


def test_workbooks_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="is no workbook"):
        read_table(write(tmp_path, "hello", "table.xlsx"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(StorageError, match="cannot be read as a workbook"):
        read_table(write(tmp_path, packed.getvalue(), "table.ods"))
    with pytest.raises(ContestError, match="Begin with the row: actor"):
        read_table(workbook(tmp_path, []))
    path = workbook(tmp_path, [["actor", "position"]] * 5)
    monkeypatch.setattr(cells, "MOST_UNPACKED_BYTES", 100)
    with pytest.raises(StorageError, match="unpacks to"):
        read_table(path)
    monkeypatch.undo()
    monkeypatch.setattr(cells, "MOST_ROWS", 3)
    with pytest.raises(ContestError, match="4 rows with"):
        read_table(path)


def test_several_issues_with_units_scales_and_reference_points(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, """actor;position:delay (years);position:fine;salience:delay (%);salience:fine;\
capability (votes);note
France;10;;60;;29;first
Denmark;4;200;100;0.5;7;
Reference point;10;0;;;;
scale low;0;0
scale high;12;500
"""))  # fmt: skip
    assert table.issues == ("delay", "fine")
    assert np.isnan(table.position[0, 1])
    assert np.isnan(table.salience[0, 1])
    assert table.salience[:, 0].tolist() == [0.6, 1.0]
    assert table.capability[1].tolist() == [7, 7]
    assert (table.low.tolist(), table.high.tolist()) == ([0, 0], [12, 500])
    assert table.reference_point is not None
    assert table.reference_point.tolist() == [10, 0]
    assert table.notes == ("Column 'note' is not read.", "'France' has no position on 'fine' and takes no part there.")


def test_what_the_command_line_adds(tmp_path: Path) -> None:
    percent = SIMPLE.replace("0.6,0.16", "60,16").replace("1,.05", "100,5%")
    table = read_table(write(tmp_path, percent), Options(True, (0, 12), {"": 11}))
    assert table.salience.tolist() == [[0.6], [1.0]]
    assert table.capability.tolist() == [[0.16], [0.05]]
    assert (table.low.tolist(), table.high.tolist()) == ([0], [12])
    assert table.reference_point is not None
    assert table.reference_point.tolist() == [11]
    assert table.notes == ()
    stretched = read_table(write(tmp_path, SIMPLE), Options(reference={"issue": 0}))
    assert (stretched.low.tolist(), stretched.high.tolist()) == ([0], [10])
    two = "actor,position:a,position:b,salience,capability\nx,1,2,1,1\ny,2,3,1,1\n"
    partly = read_table(write(tmp_path, two), Options(reference={"b": 2}))
    assert partly.reference_point is None
    assert "No reference point for 'a', so those of the other issues are not used." in partly.notes


def test_all_faults_at_once_with_their_places(tmp_path: Path) -> None:
    found = faults(tmp_path, """actor,position,salience,capability
France,10,60,16
France,4,0.5,0.5
,4,0.5,0.5
Denmark,nan,,-1
"Nor
way",7,"0,5",0.5
Spain,1e999,0.5,0.5,7
Italy,"7",1.5%,101%
Japan,abc
""")  # fmt: skip
    say = "If these are percentages, say so: --percent, or '(%)' behind the column's name."
    assert found == [
        f"2:11: France.salience: found 60, expected 0 to 1. {say}",
        f"2:14: France.capability: found 16, expected 0 to 1. {say} For any other unit name it there, e.g. "
        "'capability (votes)'.",
        "3:1: actor 'France' stands here a second time. Give each actor one row and name.",
        "4:1: the actor's name is missing",
        "5:9: Denmark.position: found 'nan', expected a finite number such as 12.5.",
        "5:13: Denmark.salience: the cell is empty; a number is needed.",
        "5:14: Denmark.capability: found -1, expected 0 to 1.",
        "6: the actor's name holds characters that cannot be printed: 'Nor\\nway'",
        "6: row 6.salience: found '0,5'. Write the decimal sign as a point: 0.5.",
        "8:7: Spain.position: found '1e999', expected a finite number such as 12.5.",
        "8:21: found '7' beyond the last heading. Is a heading missing?",
        "9: Italy.capability: found 101, expected 0 to 100.",
        "10: Japan.salience: the cell is empty; a number is needed.",
        "10: Japan.capability: the cell is empty; a number is needed.",
        "10:7: Japan.position: found 'abc', expected a finite number such as 12.5.",
    ]


def test_decimal_commas_are_refused_with_the_remedy(tmp_path: Path) -> None:
    found = faults(tmp_path, "actor;position;salience;capability\na;1;0,5;1\nb;2;0.5;1\n")
    assert found == ["2:5: a.salience: found '0,5'. Write the decimal sign as a point: 0.5."]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("actor,position,salience,power", "Did you mean 'capability'?"),
        ("actor,position,salience,capablity", "Did you mean 'capability'?"),
        ("who,position,salience,capability", "a column 'actor' is missing"),
        ("actor,salience,capability", "a column 'position' is missing"),
        ("actor,position,salience", "a column 'capability' is missing"),
        ("actor,position,position:a,salience,capability", "'position' names no issue, but there are several"),
        ("actor,position:a,salience:b,capability", "'salience:b' belongs to no column of positions"),
        ("actor,position:,salience,capability", "names no issue behind the colon"),
        ("actor,position,position,salience,capability", "heading 'position' stands here a second time"),
        ("actor,position,salience (tenths),capability", "unit 'tenths' of salience is unknown"),
        ("actor,position,salience,capability,,x:y(", "unknown heading 'x:y('"),
        ("actor:b,position,salience,capability", "unknown heading 'actor:b'"),
        (f"actor,position:{'x' * 201},salience,capability", "name is too long"),
    ],
)
def test_headings(tmp_path: Path, heading: str, words: str) -> None:
    found = faults(tmp_path, f"{heading}\nFrance,1,1,1,1\n")
    assert any(words in fault for fault in found), found


def test_headings_say_how_numbers_are_meant(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "actor,position,salience (0-1),capability (percent)\na,1,1,100\nb,2,0.5,7\n"))
    assert table.capability.tolist() == [[1.0], [0.07]]
    found = faults(tmp_path, "actor,position,salience (0-1),capability (index)\na,1,50,-3\nb,2,1,1\n", percent=True)
    assert [fault.partition(": ")[2] for fault in found] == [
        "a.salience: found 50, expected 0 to 1.",
        "a.capability: found -3, expected 0 or more.",
    ]


def test_rows_about_the_issue(tmp_path: Path) -> None:
    found = faults(tmp_path, SIMPLE + "reference point,99,1,\nscale low,0\nscale high,20\nscale-high,30,,3\n")
    assert found == [
        "4:17: the reference point of 'issue' is 99, expected 0 to 30.",
        "4:20: salience: such a row has no salience. Leave the cell empty.",
        "7:12: position: this row stands here a second time.",
        "7:16: capability: such a row has no capability. Leave the cell empty.",
    ]
    assert "only one end of the scale" in faults(tmp_path, SIMPLE + "scale low,0\n")[0]
    assert "its first end must be the lower one" in faults(tmp_path, SIMPLE, scale=(9, 3))[0]
    assert "its first end must be the lower one" in faults(tmp_path, SIMPLE, scale=(-1.7e308, 1.7e308))[0]
    assert faults(tmp_path, SIMPLE, scale=(5, 10)) == [
        "3:9: Denmark.position: found 4, expected 5 to 10, the scale of the issue."
    ]
    both = SIMPLE + "scale low,0\nscale high,20\nreference point,3\n"
    found = faults(tmp_path, both, scale=(0, 20), reference={"": 3})
    assert "states the reference point of 'issue' itself" in found[0]
    assert "states the scale of 'issue' itself (0 to 20)" in found[1]


def test_reference_points_that_fit_no_issue(tmp_path: Path) -> None:
    assert (
        "there is no issue 'fine'; write ISSUE=VALUE with one of 'issue'"
        in faults(tmp_path, SIMPLE, reference={"fine": 3})[0]
    )
    two = "actor,position:a,position:b,salience,capability\nx,1,2,1,1\ny,2,3,1,1\n"
    assert "there are several issues" in faults(tmp_path, two, reference={"": 3})[0]


def test_tables_with_nobody_or_nothing_to_bargain_over(tmp_path: Path) -> None:
    assert faults(tmp_path, "actor,position,salience,capability\n") == ["there is no actor. Write one row for each."]
    one = "actor,position,salience,capability\nFrance,4,1,1\n"
    assert "all positions on 'issue' are 4, so they give no scale" in faults(tmp_path, one)[0]
    idle = "actor,position:a,position:b,salience:a,salience:b,capability\nx,1,,1,,1\ny,2,,1,,1\nz,,,,,1\n"
    found = faults(tmp_path, idle)
    assert "nobody has a position on issue 'b'." in found
    assert "4:1: z: takes part in no issue. Give it a position or remove it." in found
    half = "actor,position:a,position:b,salience:a,salience:b,capability\nx,1,,1,0.5,1\ny,2,3,1,1,1\n"
    assert faults(tmp_path, half) == ["2:5: x.b.position: the cell is empty; a number is needed."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"actor,position\xff\xfe", "not UTF-8"),
        (b"actor\0position", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old kind"),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(StorageError, match=words):
        read_table(write(tmp_path, content))


def test_missing_folder_and_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(StorageError, match="is a folder"):
        read_table(tmp_path)
    with pytest.raises(StorageError, match="cannot be read"):
        read_table(tmp_path / ("x" * 300))
    monkeypatch.setattr(cells, "MOST_BYTES", 10)
    with pytest.raises(StorageError, match="at most 10 are read"):
        read_table(write(tmp_path, SIMPLE))


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "at most 400 are read" in faults(tmp_path, "actor" + ",position:x" * 500)[0]
    assert "field larger than field limit" in faults(tmp_path, SIMPLE + "x" * 200_000 + ",4,1,1")[0]
    assert 'Close every " that opens a cell' in faults(tmp_path, SIMPLE + '"Spain,4,1,1')[0]
    assert "has 201 characters" in faults(tmp_path, SIMPLE + "x" * 201 + ",4,1,1")[0]
    assert faults(tmp_path, SIMPLE + f"x,{'9x' * 40},1,1")[0] == (
        f"4:3: x.position: found '{'9x' * 20}…', expected a finite number such as 12.5."
    )
    monkeypatch.setattr(draft, "MOST_FAULTS", 3)
    assert faults(tmp_path, SIMPLE + "a,b,c,d\nb,b,c,d\n")[3:] == ["3 more faults"]
    monkeypatch.setattr(cells, "MOST_ROWS", 2)
    assert faults(tmp_path, SIMPLE) == ["3 rows with 12 cells; at most 2 and 200,000 are read."]
    monkeypatch.setattr(cells, "MOST_LINES", 2)
    assert faults(tmp_path, SIMPLE) == ["more than 2 lines; no more are read"]


KTAB = """Title ,"A description, with a comma",2,2,
Actor,Description,Power,Delay,Sal1,Fine,Sal2,
 Alice, first, 102.5, 75.5, 49.5,  6.25,  5,
Bob, second,  53,   82.5, 30,   73.5,  21,
"""


def test_ktab_csv(tmp_path: Path) -> None:
    for text in (KTAB, KTAB.replace(",\n", "\n")):
        table = read_table(write(tmp_path, text))
        assert table.format == "KTAB scenario (CSV)"
        assert (table.actors, table.issues) == (("Alice", "Bob"), ("Delay", "Fine"))
        assert table.position.tolist() == [[75.5, 6.25], [82.5, 73.5]]
        assert table.salience.tolist() == [[0.495, 0.05], [0.3, 0.21]]
        assert table.capability.tolist() == [[102.5, 102.5], [53, 53]]
        assert (table.low.tolist(), table.high.tolist()) == ([0, 0], [100, 100])


def test_ktab_csv_faults(tmp_path: Path) -> None:
    text = KTAB.replace('comma",2,2', 'comma",3,x').replace("75.5", "175.5").replace("49.5", "149.5")
    found = faults(tmp_path, text.replace("53,", "-53,").replace("21,", "21,,9"))
    assert found == [
        "1: the first row announces '3' actors, but 2 follow.",
        "1: the first row announces 'x' issues, but 2 follow.",
        "3:23: Alice.Delay.position: found 175.5, expected 0 to 100, the scale of the issue.",
        "3:30: Alice.Delay.salience: found 149.5, expected 0 to 100.",
        "4:15: Bob.Delay.capability: found -53, expected 0 or more.",
        "4:15: Bob.Fine.capability: found -53, expected 0 or more.",
        "4:45: found '9' beyond the last heading.",
    ]
    assert "expected a position and a salience heading" in faults(tmp_path, KTAB.replace(",Sal2", ""))[0]
    assert "issue 'Delay' stands here a second time" in faults(tmp_path, KTAB.replace("Fine", "Delay"))[0]
    assert "actor 'Alice' stands here a second time" in faults(tmp_path, KTAB.replace("Bob", "Alice"))[0]


XML = """<?xml version="1.0" encoding="UTF-8"?>
<Scenario>
  <name>Two</name>
  <ModelParameters><VotingRule>Binary</VotingRule></ModelParameters>
  <Dimensions><dName>Delay</dName><dName>Fine</dName></Dimensions>
  <Actors>
    <Actor>
      <name>Alice</name><description>first</description><capability>102.5</capability>
      <Position><dCoord>75.5</dCoord><dCoord>6.25</dCoord></Position>
      <Salience><dSal>49.5</dSal><dSal>5</dSal></Salience>
    </Actor>
    <Actor>
      <name>Bob</name><description/><capability>53</capability>
      <Position><dCoord>82.5</dCoord><dCoord>73.5</dCoord></Position>
      <Salience><dSal>30</dSal><dSal>21</dSal></Salience>
    </Actor>
  </Actors>
</Scenario>
"""


def test_ktab_xml_holds_the_same(tmp_path: Path) -> None:
    from_csv = read_table(write(tmp_path, KTAB))
    for text in (XML, "\ufeff" + XML):
        from_xml = read_table(write(tmp_path, text, "scenario.xml"))
        for field in ("position", "salience", "capability", "low", "high"):
            assert getattr(from_xml, field).tolist() == getattr(from_csv, field).tolist()
        assert (from_xml.actors, from_xml.issues) == (from_csv.actors, from_csv.issues)
        assert from_xml.notes == ("<ModelParameters> is not read; choose rules with --variant.",)
    unnamed = XML.replace("<Dimensions><dName>Delay</dName><dName>Fine</dName></Dimensions>", "")
    assert read_table(write(tmp_path, unnamed)).issues == ("dimension 1", "dimension 2")


def test_ktab_xml_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = XML.replace("<dCoord>75.5</dCoord>", "").replace("<dSal>21</dSal>", "<dSal/>").replace(">53<", "><")
    assert faults(tmp_path, text) == [
        "7:5: Alice: found 1 <dCoord>, expected 2, one an issue.",
        "13:37: Bob.Delay.capability: the cell is empty; a number is needed.",
        "13:37: Bob.Fine.capability: the cell is empty; a number is needed.",
        "15:32: Bob.Fine.salience: the cell is empty; a number is needed.",
    ]
    assert "the actor's name is missing" in faults(tmp_path, XML.replace("<name>Bob</name>", ""))[0]
    assert faults(tmp_path, "<Scenario><Actors/></Scenario>") == [
        "there is no actor. Write one row for each.",
        "there is no issue. Write one column of positions for each.",
    ]
    assert "expected KTAB's <Scenario>" in faults(tmp_path, "<html></html>")[0]
    assert "this is not valid XML" in faults(tmp_path, "<Scenario>")[0]
    assert "this is not valid XML" in faults(tmp_path, '<?xml version="1.0" encoding="nonesuch"?><a/>')[0]
    deep = "<a>" * 20 + "</a>" * 20
    assert "more than 12 levels" in faults(tmp_path, deep)[0]
    monkeypatch.setattr(ktab, "MOST_ELEMENTS", 3)
    assert "or 3 elements" in faults(tmp_path, XML)[0]


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://localhost/x.dtd"><a/>',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, document: str) -> None:
    assert faults(tmp_path, document) == [
        "document types, entities and references to other files are not allowed. Remove the <!DOCTYPE …>."
    ]


ROWS = [["#/", "two actors"], ["#A", "one", "The first"], ["#A", "two"], ["#P", "toll", "Toll"], ["#P", "ring"],
        ["#M", "toll", "0.5", "low"], ["#M", "toll", "7"],
        ["#D", "one", "toll", "3", "0.95", "1"], ["#D", "two", "toll", "0.5", "0.7", "0.8"],
        ["#D", "one", "ring", "25", "0.5", "1"]]  # fmt: skip


def tagged(rows: list[list[str]], separator: str = "\t", quote: str = "") -> str:
    return "".join(separator.join(f"{quote}{cell}{quote}" for cell in row) + "\n" for row in rows)


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_rows_of_decide_exchange_model(tmp_path: Path, separator: str, quote: str) -> None:
    table = read_table(write(tmp_path, tagged(ROWS, separator, quote), "rows.txt"))
    assert table.format == "rows of decide-exchange-model"
    assert (table.actors, table.issues) == (("one", "two"), ("toll", "ring"))
    assert (table.low.tolist(), table.high.tolist()) == ([0.5, 0], [7, 100])
    assert table.position[:, 0].tolist() == [3, 0.5]
    assert np.isnan(table.position[1, 1])
    assert table.capability[:, 0].tolist() == [1, 0.8]
    assert table.notes == ("'ring' has no #M rows, so its scale is 0 to 100.",)


def test_rows_of_decide_exchange_model_faults(tmp_path: Path) -> None:
    wrong = [["#X", "y"], ["#A", "one"], ["#P", "toll"], ["#M", "tol", "1"], ["#M", "toll", "x"],
             ["#D", "three", "toll", "3", "1", "1"], ["#D", "one", "toll", "3", "1", "1"],
             ["#D", "one", "toll", "300", "5"]]  # fmt: skip
    found = faults(tmp_path, tagged([*ROWS, *wrong]))
    assert [fault.split(":")[0] for fault in found] == [str(line) for line in (11, 12, 13, 14, 15, 16, 17, 18)]
    assert "row begins with '#X'" in found[0]
    assert "actor 'one' stands here a second time" in found[1]
    assert "issue 'tol' has no row of its own. Did you mean 'toll'?" in found[3]
    assert "'one' has a position on 'toll' already" in found[6]
    outside = faults(tmp_path, tagged([*ROWS[:7], ["#D", "one", "toll", "9", "50", "1"], *ROWS[8:]]))
    assert outside[0] == "8:13: one.toll.position: found 9, expected 0.5 to 7, the scale of the issue."
    assert outside[1].startswith("8:15: one.toll.salience: found 50, expected 0 to 1. If these are percentages")
    scaled = [row for row in ROWS if row[0] != "#M"]
    assert read_table(write(tmp_path, tagged(scaled)), Options(scale=(0, 50))).high.tolist() == [50, 50]


def test_a_heading_full_of_spaces_takes_no_longer_than_another(tmp_path: Path) -> None:
    """Three runs of optional spaces in one expression once took minutes over it; a slow rule would hang here."""
    found = faults(tmp_path, f"actor,position{' ' * 20_000}x(,salience\nann,1,2\nbob,3,4\n")
    assert "column 'position' is missing" in found[0]
