"""A contest folder: read with every fault at file:line:column, all at once."""

import json
from pathlib import Path

import pytest

from realpolitik.contest.claims_file import CLAIMS, dump_claims, read_claims
from realpolitik.contest.evidence import Claim
from realpolitik.contest.file import CONTEST, load
from realpolitik.contest.schema import SCHEMA, SCHEMA_LINE, schema, schema_text
from realpolitik.contest.source_texts import texts
from realpolitik.errors import ContestError, StorageError
from tests.small import (
    CHAMBER,
    CONFLICT,
    SMALL,
    THREAT,
    change,
    claim,
    contest,
    digest,
    faults,
    folder,
    said,
    with_section,
)

WORDS = "And they left. So it was."
SOURCE = "sources:\n  report: {title: T, file: report.txt}\n"
WITH_SOURCE = change(SMALL, ("actors:\n", SOURCE + "actors:\n"))


def small(*pairs: tuple[str, str]) -> str:
    return change(SMALL, *pairs)


def refusal(place: Path) -> str:
    with pytest.raises(StorageError) as caught:
        load(place)
    return str(caught.value)


def test_a_folder_or_its_file_is_read(tmp_path: Path) -> None:
    place = folder(tmp_path, with_section(CHAMBER + THREAT + CONFLICT))
    assert load(place) == load(place / CONTEST) == contest(with_section(CHAMBER + THREAT + CONFLICT))


def test_a_contest_with_claims_is_read_and_survives_json(tmp_path: Path) -> None:
    lines = claim(text="they left", start=4) + "\n" + claim("c2", "So it was", 15, contradicts=["c1"])
    place = folder(
        tmp_path, change(WITH_SOURCE, ("capability: 40}", "capability: 40, evidence: [c1]}")), lines, report=WORDS
    )
    found = load(place)
    assert [one.text for one in found.claims.values()] == ["they left", "So it was"]
    assert type(found).model_validate_json(found.model_dump_json()) == found
    assert texts(found, place) == {"report": WORDS}
    assert dump_claims(found.claims.values()) == lines.replace("\n\n", "\n").replace(": ", ":").replace(", ", ",")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} has no {CONTEST}. Start one with 'realpolitik new {tmp_path}'."
    nowhere = tmp_path / "nowhere"
    assert refusal(nowhere) == f"{nowhere} does not exist. Start one with 'realpolitik new {nowhere}'."
    missing = tmp_path / "conflict.yaml"
    assert refusal(missing) == f"{missing} does not exist."
    (tmp_path / CONTEST).mkdir()
    assert refusal(tmp_path) == f"{tmp_path / CONTEST} is a folder, not a file."


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty."),
        (b"\n\n", "is empty."),
        (b"\x89PNG\r\n\x1a\n\x00", "is not UTF-8 text (byte 0). Save it as UTF-8."),
        (b"a: \x00", "is a binary file, not text."),
        ("contest: caf\xe9".encode("latin-1"), "is not UTF-8 text (byte 12). Save it as UTF-8."),
    ],
)
def test_what_is_no_text_is_said(tmp_path: Path, raw: bytes, message: str) -> None:
    assert refusal(folder(tmp_path, raw)) == f"{tmp_path / CONTEST} {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# nothing yet\n", "found only comments, expected keys such as 'contest:' and 'actors:'"),
        ("- a\n- b\n", "found a list, expected keys such as"),
        ("just words\n", "found a str, expected keys such as"),
    ],
)
def test_what_is_no_mapping_is_one_fault(tmp_path: Path, text: str, message: str) -> None:
    (fault,) = faults(folder(tmp_path, text))
    assert (fault.file, fault.line) == (str(tmp_path / CONTEST), 1)
    assert message in fault.message


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert load(folder(tmp_path, raw)) == contest()


def test_all_faults_are_found_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = small(
        ("contest: small\n", ""),
        ("Who leaves?", "''"),
        ("as_of: 2020-01-08", "as_of: yesterday"),
        ("kind: state}\n\n", "kind: tribe, clour: red}\n\n"),
        ("    unit: percent\n", ""),
        ("salience: 0.5", "salience: 50"),
        ("capability: 40", "capability: .nan"),
        ("{judgement: 0.3}", "{judgment: 0.3}"),
        ("settlement >= 50", "settlement >= "),
        ("outcomes:", "chamber: {}\noutcomes:"),
    )
    found = said(folder(tmp_path, text, claims="{]\n" + claim("c1")))
    assert [line.split(". ")[0] for line in found] == [
        "1:2: : not a line of JSON: Expecting property name enclosed in double quotes",
        "2:None: c1.document: there is no source 'report'",
        "None:None: : 'contest' is missing: Short name; file names and records use it.",
        "1:8: title: found '', expected words",
        "2:8: as_of: found 'yesterday', expected a day, such as 2020-01-08",
        "7:28: actors.iran.kind: found 'tribe', expected 'state', 'government', 'party', 'armed group', 'person', "
        "'international body', 'movement', 'public', 'coalition' or 'other'",
        "7:42: actors.iran.clour: unknown key 'clour'",
        "10:3: issues.exit.unit: 'unit' is missing: Unit of the scale, e.g",
        "15:39: issues.exit.positions.iran.salience: '50' reaches 50; allowed is 0 to 1",
        "15:55: issues.exit.positions.iran.capability.value: found nan, expected a finite number up to 1e+30",
        "18:22: pathway.notice.judgment: unknown key 'judgment'",
        "21:1: chamber: unknown key 'chamber'",
        "23:9: outcomes.much: 'settlement >=', character 14: a name or a number is missing: the text ends",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            small(("kind: state}\n\n", "knd: state}\n\n")),
            "8:27: actors.iran.knd: unknown key 'knd'. Did you mean 'kind'? Known: aliases,",
        ),
        (
            small(("salience: 0.5", "saliance: 0.5")),
            "17:39: issues.exit.positions.iran.saliance: unknown key 'saliance'. Did you",
        ),
        (
            small(("when: notice", "effects: [{set: {usa.position: 1}, whn: notice}]")),
            "21:71: pathway.settlement.effects.0.whn: unknown key 'whn'. Did you mean 'when'? Known: add,",
        ),
        (
            small(("capability: 40", "capability: {value: 1, units: m}")),
            "issues.exit.positions.iran.capability.units: unknown key 'units'. Did you mean 'unit'?",
        ),
        (with_section("chambers: {h: {seat: 3}}\n"), "chambers.h.seat: unknown key 'seat'. Did you mean 'seats'?"),
        (
            small(("title:", "actor: {}\ntitle:")),
            "2:1: actor: unknown key 'actor'. Did you mean 'actors'? Known: actors, as_of,",
        ),
        (
            small(("title:", "claims: {}\ntitle:")),
            "2:1: claims: unknown key 'claims'. Claims are kept in claims.jsonl.",
        ),
        (small(("title:", "~: 1\ntitle:")), "2:4: None: unknown key 'None'."),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known(tmp_path: Path, text: str, expected: str) -> None:
    found = said(folder(tmp_path, text))
    assert any(expected in line for line in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            small(
                ("actors:\n", "actors: [a]\n"),
                ("  usa: {name: United States, kind: state}\n  iran: {name: Iran, kind: state}\n", ""),
            ),
            "actors: found a list of 1, expected names with what they stand for",
        ),
        (with_section("threats:\n"), "threats: found nothing, expected names with what they stand for"),
        (
            SMALL[: SMALL.index("pathway:")] + "pathway: {}\noutcomes: {}\n",
            "pathway: nothing is declared here; at least one is needed",
        ),
        (
            SMALL[: SMALL.index("pathway:")] + "pathway: {}\noutcomes: {}\n",
            "outcomes: nothing is declared here; at least one is needed",
        ),
        (
            small(("  iran: {name: Iran", "  ir an: {name: Iran")),
            "8:3: actors.ir an: 'ir an' is no name. Names begin with a letter (A to Z, a to z)",
        ),
        (small(("  iran: {name: Iran", "  7: {name: Iran")), "8:3: actors.7: '7' is no name."),
        (
            small(("{name: Iran, kind: state}", "Iran")),
            "8:9: actors.iran: found 'Iran', expected keys with values, as in 'key: value'",
        ),
        (
            small(("capability: 40}", "capability: 40, evidence: c1}")),
            "17:70: issues.exit.positions.iran.evidence: found 'c1', expected a list, as in",
        ),
        (
            small(("position: 100", "position: null")),
            "issues.exit.positions.iran.position.value: found None, expected a quantity",
        ),
        (small(("much:", "'':")), "24:7: outcomes.: found '', expected words"),
        (
            small(("much: settlement >= 50", "'1': settlement >= 50\n  1: settlement >= 20")),
            "outcomes.1: '1' stands there twice, once as",
        ),
        (
            small(("{0: nothing, 100: everything}", "{0: nothing, .inf: everything}")),
            "issues.exit.scale.inf: found inf, expected a finite",
        ),
        (
            small(("{0: nothing, 100: everything}", "")),
            "15:5: issues.exit.scale: found nothing, expected keys with values",
        ),
        (
            small(("scale: {0: nothing, 100: everything}", "scale: {0: a, x: b}"), ("salience: 0.5", "salience: 5")),
            "scale.x: found 'x', expected a valid number",
        ),
        (
            small(("    scale: {0: nothing, 100: everything}\n", ""), ("salience: 0.5", "salience: 5")),
            "'scale' is missing: Labelled points;",
        ),
        (small(("How much leaves?", "long " * 3000)), "…, expected string should have at most 10000 characters"),
        (
            small(("contest: small", "contest: two words")),
            "1:10: contest: found 'two words', expected a name: letters, digits",
        ),
        (small(("horizon: 2020-12-31", "horizon: null")), "4:10: horizon: found nothing, expected a day"),
        (with_section("correlations: 5\n"), "correlations: found 5, expected a list, as in [first, second]"),
        (
            with_section(CHAMBER.replace("seats: 6", "seats: -6")),
            "chambers.house.blocs.left.seats: found -6, expected greater than or equal to 1",
        ),
        (
            with_section(CHAMBER.replace("majority of present", "most")),
            "chambers.house.passes: 'most' is not a decision rule. Allowed: 'majority",
        ),
        (
            with_section("sources: {s: {title: T}}\n"),
            "sources.s: a source needs 'file' (a path in the folder), 'sha256' or 'url'",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(tmp_path: Path, text: str, expected: str) -> None:
    found = said(folder(tmp_path, text))
    assert any(expected in line for line in found), found


def test_the_text_of_an_error_holds_file_line_and_column(tmp_path: Path) -> None:
    place = folder(tmp_path, small(("salience: 0.5", "salience: 5")))
    with pytest.raises(ContestError) as caught:
        load(place)
    assert str(caught.value).startswith(f"{place / CONTEST}:17:39: issues.exit.positions.iran.salience: '5' reaches 5")


# --- values from outside ----------------------------------------------------------------------------------------------


def test_changes_are_used_and_the_file_stays(tmp_path: Path) -> None:
    place = folder(tmp_path)
    found = load(place, {"pathway.notice.judgement": "0.1 to 0.2", "note": "new"})
    assert str(found.pathway["notice"].judgement.value) == "0.1 to 0.2"  # type: ignore[union-attr]
    assert found.note == "new"
    assert (place / CONTEST).read_text() == SMALL


@pytest.mark.parametrize(
    ("address", "value", "expected"),
    [
        ("issues.exit.positions.usa.noote", "3", "issues.exit.positions.usa.noote: unknown key 'noote'"),
        ("issues.exit.reference_point", "300", "issues.exit.reference_point: '300' reaches 300"),
        ("pathway.notice.judgement", "3", "pathway.notice.judgement: '3' reaches 3"),
        ("issues.exit.positions.usa", "{position: 3}", "'salience' is missing"),
    ],
)
def test_a_change_that_does_not_fit_is_a_fault_of_the_change(
    tmp_path: Path, address: str, value: str, expected: str
) -> None:
    with pytest.raises(ContestError) as caught:
        load(folder(tmp_path), {address: value})
    (fault, *_) = caught.value.faults
    assert expected in str(fault)
    assert (fault.file, fault.line) == ("changed value", None), "the file has another value there"


# --- claims -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "not a line of JSON: Expecting property name"),
        ("nonsense", "not a line of JSON: Expecting value"),
        ("[" * 100_000, "not a line of JSON: maximum recursion depth exceeded"),
        ('{"id": ' + "1" * 5000 + "}", "not a line of JSON: Exceeds the limit"),
        ('{"id": "a", "id": "b"}', "not a line of JSON: the key 'id' stands there twice"),
        ('{"id": "a\\ud800"}', "not a line of JSON: half a character"),
        ("[1]", "found a list of 1, expected keys with values"),
        ("3", "found 3, expected keys with values"),
        ("null", "found nothing, expected keys with values"),
        ("{}", "'id' is missing: Unique in the contest."),
        (claim().replace("actor", "gossip").strip(), "c1.kind: found 'gossip', expected 'quotation', 'event'"),
        (claim(colour=3).strip(), "c1.colour: unknown key 'colour'. Known: actor, content,"),
        (claim(figure={"value": 3, "unt": "men"}).strip(), "c1.figure.unt: unknown key 'unt'. Did you mean 'unit'?"),
        (claim(figure={"value": float("nan")}).strip(), "c1.figure.value: found nan, expected a finite number"),
        (claim(figure={"unit": "m"}).strip(), "c1.figure.value: 'value' is missing: The number in ``unit``."),
        (
            claim().replace('"end": 9', '"end": 8').strip(),
            "c1.spans.0: span 0–8 covers 8 characters, but its text has 9",
        ),
        (claim(cue={"start": -1, "end": 0, "text": ""}).strip(), "c1.cue.start: found -1, expected greater than or"),
        (claim(cue={"start": 0, "end": 0, "txt": ""}).strip(), "c1.cue.txt: unknown key 'txt'. Did you mean 'text'?"),
        (claim("c0").strip(), "c0: this id stands in line 1 already; ids must be unique"),
    ],
)
def test_faults_of_claims_have_the_number_of_their_line(tmp_path: Path, line: str, expected: str) -> None:
    place = folder(tmp_path, WITH_SOURCE, claim("c0") + "\n" + line + "\n", report="they left")
    found = [fault for fault in faults(place) if fault.file == str(place / CLAIMS)]
    assert any(expected in str(fault) for fault in found), found
    assert {fault.line for fault in found} == {3}


def test_words_that_do_not_stand_there_are_named(tmp_path: Path) -> None:
    spoken = {
        "cue": {"start": 0, "end": 3, "text": "And"},
        "speaker": {"span": {"start": 99, "end": 103, "text": "They"}},
    }
    lines = claim(start=4, **spoken) + claim("c2", "So it is", 15, content=[{"start": 0, "end": 2, "text": "XX"}])
    found = said(folder(tmp_path, WITH_SOURCE, lines, report=WORDS))
    assert found == [
        "1:None: c1.spans: the source has '' at 99–103, not 'They'",
        "2:None: c2.spans: the source has 'So it wa' at 15–23, not 'So it is'",
        "2:None: c2.spans: the source has 'An' at 0–2, not 'XX'",
    ]


def test_offsets_count_code_points_of_the_raw_text(tmp_path: Path) -> None:
    words = "\U0001f600 Bagh\u2028dad\x85\r\n said"
    lines = claim(text="Bagh\u2028dad\x85\r\n said", start=2)
    found = load(folder(tmp_path, WITH_SOURCE, lines, report=words))
    again = dump_claims(found.claims.values())
    (tmp_path / CLAIMS).write_text(again, encoding="utf-8", newline="")
    assert load(tmp_path) == found


def test_no_claims_are_no_fault(tmp_path: Path) -> None:
    assert read_claims(tmp_path) == ({}, [], {})
    (tmp_path / CLAIMS).touch()
    assert read_claims(tmp_path) == ({}, [], {})


def test_an_unreadable_claim_is_not_reported_where_it_is_cited(tmp_path: Path) -> None:
    text = change(WITH_SOURCE, ("capability: 40}", "capability: 40, evidence: [c1]}"))
    found = said(folder(tmp_path, text, claim().replace("actor", "gossip"), report=WORDS))
    assert len(found) == 1
    assert found[0].startswith("1:None: c1.kind")


# --- sources ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("missing.txt", "missing.txt does not exist."),
        ("../outside.txt", "../outside.txt lies outside the contest folder. Copy it into the folder."),
        ("/etc/hostname", "/etc/hostname lies outside the contest folder."),
        ("link.txt", "link.txt lies outside the contest folder."),
        ("up/outside.txt", "up/outside.txt lies outside the contest folder."),
        ("loop.txt", "'loop.txt' is not the path of a file: Symlink loop"),
        ('"a\\0b"', "'a\\x00b' is not the path of a file: embedded null byte."),
        (".", "is a folder, not a file."),
        ("empty.txt", "empty.txt is empty."),
        ("latin.txt", "latin.txt is not UTF-8 text (byte 3)."),
    ],
)
def test_a_source_must_be_a_text_inside_the_folder(tmp_path: Path, file: str, expected: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "outside.txt").write_text("secret")
    (home / "link.txt").symlink_to(tmp_path / "outside.txt")
    (home / "up").symlink_to(tmp_path, target_is_directory=True)
    (home / "loop.txt").symlink_to(home / "loop.txt")
    (home / "empty.txt").touch()
    (home / "latin.txt").write_bytes(b"caf\xe9")
    text = change(WITH_SOURCE, ("file: report.txt", f"file: {file}"))
    (line,) = said(folder(home, text))
    assert line.startswith("7:28: sources.report.file: ")
    assert expected in line


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    place = folder(tmp_path, WITH_SOURCE, other=WORDS)
    (place / "report.txt").symlink_to("other.txt")
    assert texts(load(place), place) == {"report": WORDS}


def test_a_source_that_has_changed_is_refused(tmp_path: Path) -> None:
    text = change(WITH_SOURCE, ("file: report.txt", f"file: report.txt, sha256: {digest(WORDS)}"))
    assert said(folder(tmp_path, text, report=WORDS)) == []
    found = said(folder(tmp_path, text, report=WORDS + " "))
    assert found == [
        "7:28: sources.report.file: report.txt has changed: its SHA-256 is not the one given in 'sources'."
    ]


def test_a_source_without_a_text_is_named_only(tmp_path: Path) -> None:
    text = change(WITH_SOURCE, ("file: report.txt", f"sha256: {digest(WORDS)}"))
    place = folder(tmp_path, text, claim())
    assert texts(load(place), place) == {}


# --- the schema -------------------------------------------------------------------------------------------------------


def test_the_schema_is_named_in_the_first_line_of_a_file(tmp_path: Path) -> None:
    assert json.loads(schema_text()) == schema()
    assert SCHEMA in SCHEMA_LINE
    assert load(folder(tmp_path, SCHEMA_LINE + SMALL)) == contest()


def test_a_claim_is_dumped_without_what_was_left_out() -> None:
    found = Claim.model_validate_json(claim())
    assert json.loads(dump_claims([found])) == json.loads(claim())
