"""The gazetteer: whole lists, the longest name first, a user's file that extends it or is refused with all faults."""

from pathlib import Path
from typing import get_args

import pytest

from realpolitik.contest.actors import ActorKind
from realpolitik.errors import ContestError, RealpolitikError
from realpolitik.reading.actors.gazetteer import LISTS, builtin, rows
from realpolitik.reading.actors.gazetteer_file import load_gazetteer
from realpolitik.reading.actors.roles import pronoun_of, roles

GOOD = """
actors:
  - name: Arnor
    kind: state
    adjectives: Arnorian
    people: [Arnorians]
    capital: Fornost
    legislature: [White Council]
  - {name: Guild of Pilots, kind: coalition, of: Arnor, aliases: [GP]}
"""


@pytest.mark.parametrize("file", sorted(path.name for path in LISTS.glob("*.tsv")))
def test_every_list_says_what_it_is_and_has_no_stray_cells(file: str) -> None:
    lines = (LISTS / file).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    assert all(line.count("\t") < len(columns) for line in lines if not line.startswith("#"))
    assert all(cell == cell.strip() for row in rows(file) for cell in row.values())


def test_every_entry_has_a_kind_and_belongs_to_a_known_one() -> None:
    entries = builtin().entries
    assert {entry.kind for entry in entries.values()} <= set(get_args(ActorKind))
    assert [entry.name for entry in entries.values() if entry.of and entry.of not in entries] == []
    assert sum(entry.kind == "state" for entry in entries.values()) > 195


def test_every_member_of_the_united_nations_has_adjective_or_people_and_few_have_no_capital() -> None:
    states = [row for row in rows("states.tsv") if row["kind"] == "state"]
    lacking = [row["name"] for row in states if not (row["adjectives"] or row["people"])]
    assert len(lacking) < 8
    assert sum(not row["capital"] for row in states) < 20


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S. House of Representatives met", [("United States House of Representatives", "name")]),
        ("South Korean and North Korean envoys", [("South Korea", "adjective"), ("North Korea", "adjective")]),
        ("Guinea-Bissau, Papua New Guinea, Guinea", ["Guinea-Bissau", "Papua New Guinea", "Guinea"]),
        ("Côte d’Ivoire", ["Ivory Coast"]),
        ("the Nigerian and the Nigerien president", [("Nigeria", "adjective"), ("Niger", "adjective")]),
        ("Irany Chinatown us", []),
        ("anti-U.S. and U.S.-led", ["United States", "United States"]),
    ],
)
def test_the_longest_known_name_is_found(text: str, found: list[object]) -> None:
    straight = text.replace("’", "'")
    hits = [(hit.entry, hit.sense) for hit in builtin().hits(straight)]
    assert hits == [one if isinstance(one, tuple) else (one, "name") for one in found]


def test_a_file_adds_actors_and_its_words_win(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD + "  - {name: Tower of Fornost, kind: government, of: Arnor, aliases: [Kremlin]}\n")
    known = load_gazetteer(path)
    assert [hit.entry for hit in known.hits("Arnorian pilots of the GP")] == ["Arnor", "Guild of Pilots"]
    assert known.lookup("Kremlin") == ("Tower of Fornost", "name")
    assert known.parliament("Arnor") == "White Council"
    assert builtin().lookup("Kremlin") == ("Russia", "seat")


def test_the_file_of_the_documentation_loads(repository: Path, tmp_path: Path) -> None:
    page = (repository / "docs" / "explanation" / "actors.md").read_text(encoding="utf-8")
    path = tmp_path / "actors.yaml"
    path.write_text(page.split('```yaml title="actors.yaml"\n')[1].split("```")[0], encoding="utf-8")
    assert load_gazetteer(path).lookup("Fornost") == ("Arnor", "capital")


def test_all_faults_of_a_file_are_named_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "actors:\n"
        "  - {name: Arnor, kind: stat}\n"
        "  - {name: Rohan, kind: state, adjective: Rohirric}\n"
        "  - {kind: party, aliases: [12]}\n"
    )
    with pytest.raises(ContestError) as caught:
        load_gazetteer(path)
    told = str(caught.value)
    assert len(caught.value.faults) == 4
    assert f"{path}:2:25: actors.0.kind: found 'stat', expected state, government" in told
    assert "unknown key 'adjective'. Did you mean 'adjectives'?" in told
    assert "actors.2.name: 'name' is missing" in told
    assert "found 12, expected words" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("actors: {}\n", "expected a list"),
        ("5\n", "expected keys with values"),
        ("actors: [5]\n", "expected keys with values"),
        ("states: []\n", "'actors' is missing"),
        ("actors: [*a]\n", "aliases"),
        ("actors: [\n", "not valid YAML"),
        ("actors:\n  - {name: Arnor, kind: state, of: Gondor}\n", "'Gondor' is no actor"),
        ("actors:\n  - {name: Arnor, kind: state}\n  - {name: Arnor, kind: party}\n", "stands twice"),
        ("actors: []\n", "at least 1"),
        ("", "empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(RealpolitikError, match=told):
        load_gazetteer(path)


def test_roles_and_given_names() -> None:
    assert roles()["protesters"].kind == "movement"
    assert roles()["senator"].broader[0] == "lawmaker"
    assert roles()["police"].is_group
    assert (pronoun_of("Mohammed"), pronoun_of("Angela"), pronoun_of("Jean")) == ("he", "she", None)
