"""Whatever stands in a file, reading it as a table gives a table or a message, never a traceback."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.tables import Options, read_table
from realpolitik.errors import RealpolitikError

CELLS = st.one_of(
    st.sampled_from(["actor", "position", "position:a", "salience", "salience (%)", "capability", "Description",
                     "reference point", "scale low", "#A", "#D", "'#P'", "", "0", "1", "0.5", "-3", "60%", "nan",
                     "1e400", "0,5", "=1+1", "\"", "a"]),
    st.text(max_size=6),
)  # fmt: skip
TAGS = ["Scenario", "Dimensions", "dName", "Actors", "Actor", "name", "capability", "Position", "dCoord", "dSal"]
PARTS = st.one_of(
    *(st.sampled_from([f"<{tag}>", f"</{tag}>", f"<{tag}/>"]) for tag in TAGS),
    st.sampled_from(
        ["1", "200", "x", "&amp;", "&b;", "<!DOCTYPE a>", "<![CDATA[1]]>", "<?xml version='1.0'?>", "<!--"]
    ),
)
OPTIONS = st.builds(
    Options,
    st.booleans(),
    st.none() | st.tuples(st.floats(), st.floats()),
    st.dictionaries(st.sampled_from(["", "a", "issue"]), st.floats(allow_nan=False), max_size=2),
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def survives(folder: Path, content: bytes, name: str, options: Options) -> None:
    path = folder / name
    path.write_bytes(content)
    try:
        table = read_table(path, options)
    except RealpolitikError:
        return
    takes_part = ~np.isnan(table.position)
    assert takes_part.any(axis=0).all()
    assert np.isfinite(table.salience[takes_part]).all()
    assert (table.capability[takes_part] >= 0).all()
    assert (table.low < table.high).all()


@given(
    content=st.binary(max_size=300), name=st.sampled_from(["t.csv", "t.tsv", "t.xml", "t.xlsx", "t"]), options=OPTIONS
)
def test_any_bytes(folder: Path, content: bytes, name: str, options: Options) -> None:
    survives(folder, content, name, options)


@given(rows=st.lists(st.lists(CELLS, max_size=7), max_size=6), separator=st.sampled_from(",;\t"), options=OPTIONS)
def test_any_rows(folder: Path, rows: list[list[str]], separator: str, options: Options) -> None:
    text = "\n".join(separator.join(row) for row in rows)
    survives(folder, text.encode("utf-8", "replace"), "t.csv", options)


@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6), options=OPTIONS)
def test_any_rows_below_headings(folder: Path, rows: list[list[str]], options: Options) -> None:
    text = "\n".join(["actor,position,salience,capability", *(",".join(row) for row in rows)])
    survives(folder, text.encode("utf-8", "replace"), "t.csv", options)


@given(parts=st.lists(PARTS, max_size=30), options=OPTIONS)
def test_any_elements(folder: Path, parts: list[str], options: Options) -> None:
    survives(folder, ("<Scenario>" + "".join(parts)).encode(), "t.xml", options)
    survives(folder, ("<Scenario>" + "".join(parts) + "</Scenario>").encode(), "t.xml", options)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["actor", "position", "salience", "capability"], ["a", 1, 0.5, 1], ["b", 2, 1, 0.5]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WORKBOOK = workbook()


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_any_damage_to_a_workbook(folder: Path, place: float, byte: int, cut: bool) -> None:
    at = int(place * len(WORKBOOK))
    damaged = WORKBOOK[:at] if cut else WORKBOOK[:at] + bytes([byte]) + WORKBOOK[at + 1 :]
    survives(folder, damaged, "t.xlsx", Options())


@settings(max_examples=60)
@given(data=st.data())
def test_any_damage_inside_a_workbook(folder: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=8)) + parts[name][at + data.draw(st.integers(0, 8)) :]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    survives(folder, stream.getvalue(), "t.xlsx", Options())


@given(value=st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
                       st.datetimes(), st.text(st.characters(categories=["L", "N"]), max_size=5)))  # fmt: skip
@settings(max_examples=40)
def test_any_value_in_a_workbook(folder: Path, value: object) -> None:
    book = openpyxl.Workbook()
    for row in (["actor", "position", "salience", "capability"], ["a", value, 0.5, 1], [value, 2, 1, value]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    survives(folder, stream.getvalue(), "t.xlsx", Options())
