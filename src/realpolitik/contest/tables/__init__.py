"""Plain tables of actors, as analysts keep them, in any of the formats that the field uses."""

from __future__ import annotations

from pathlib import Path

from realpolitik.contest.tables.cells import read_bytes, read_delimited, read_workbook, text_of
from realpolitik.contest.tables.draft import Options, PlainTable
from realpolitik.contest.tables.headed import ONE_ISSUE, read_headed
from realpolitik.contest.tables.ktab import is_ktab, read_ktab_csv, read_ktab_xml
from realpolitik.contest.tables.tagged import TAGGED, read_tagged

__all__ = ["ONE_ISSUE", "Options", "PlainTable", "read_table"]

ZIP = b"PK\x03\x04"


def read_table(path: Path, options: Options | None = None) -> PlainTable:
    """Read a table of actors. What kind of file it is follows from its content.

    Parameters
    ----------
    path : CSV, TSV or XLSX with headings; KTAB's CSV or XML; rows of decide-exchange-model.
    options : what the table does not say itself.

    Raises
    ------
    StorageError : the file cannot be read.
    ContestError : with every fault of the table, each with its line.
    """
    chosen = options or Options()
    raw, file = read_bytes(path), str(path)
    if raw.startswith(ZIP) or path.suffix.lower() in (".xlsx", ".xlsm"):
        rows, notes = read_workbook(raw, path)
        return read_headed(rows, file, "workbook", chosen, notes)
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return read_ktab_xml(raw, file, chosen)
    text = text_of(raw, path)
    if (tagged := TAGGED.match(text)) is not None:
        quote = "'" if "'#" in text else '"'
        return read_tagged(read_delimited(text, file, quote=quote, delimiter=tagged["separator"]), file, chosen)
    rows = read_delimited(text, file)
    if is_ktab(rows):
        return read_ktab_csv(rows, file, chosen)
    return read_headed(rows, file, "table", chosen, ())
