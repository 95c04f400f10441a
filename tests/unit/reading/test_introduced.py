"""States, towns and parties that no list knows; what only looks like a name."""

import pytest

from realpolitik.reading.actors.actors import Cast, Cluster
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages


def actors_of(text: str) -> dict[str, Cluster]:
    return {actor.name: actor for actor in Cast(passages(Document.from_text(text, "wire"), parser())).actors}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("It rained in Velmark. Velmark's foreign ministry protested.", "Velmark"),
        ("The Ambassador of Velmark protested on Monday, and Velmark recalled him.", "Velmark"),
        ("Troops moved into Ostria at dawn. The Ostrian army denied it.", "Ostria"),
        ("Ships left Dorn, Velmark's capital. Velmark's navy followed them.", "Velmark"),
    ],
)
def test_what_only_a_state_has_makes_a_state(text: str, state: str) -> None:
    assert actors_of(text)[state].kind == "state"


def test_bodies_of_such_a_state_get_its_name() -> None:
    found = actors_of("It rained in Velmark. Velmark's foreign ministry said that the Velmarkian army had left.")
    assert found["Ministry of Foreign Affairs of Velmark"].affiliation == "Velmark"
    assert found["Armed Forces of Velmark"].affiliation == "Velmark"


@pytest.mark.parametrize(
    "text",
    [
        "Ben Lorrik spoke in the capital. Lorrik's army lost the battle.",
        "President Lorrik spoke. Confidence in Lorrik fell, and Lorrik's foreign minister resigned.",
        "They met in Velmark. Velmark's parliament voted.",
    ],
)
def test_persons_and_regions_are_no_states(text: str) -> None:
    assert all(actor.kind != "state" for actor in actors_of(text).values())


@pytest.mark.parametrize(
    "text",
    [
        "Grain went through Tarrow. Tarrow was calm.",
        "The port of Alma Cove was closed, and ships waited outside Alma Cove.",
        "Shells hit the towns of Kesh and Orlu. Orlu fell.",
        "Fighting went on in the Daroon region.",
    ],
)
def test_towns_and_regions_are_no_persons(text: str) -> None:
    assert all(actor.kind != "person" for actor in actors_of(text).values())


def test_the_governor_of_a_region_is_named_in_full() -> None:
    found = actors_of("The governor of Daroon, Lena Osk, was killed. Osk was 50.")
    assert [name for name, actor in found.items() if actor.kind == "person"] == ["Lena Osk"]


def test_the_party_of_a_member_is_no_known_party() -> None:
    found = actors_of("Mr Falk (Democratic Left) moved an amendment. The Civic Union won 71 of the 180 seats.")
    assert "Democratic Party" not in found
    assert found["Democratic Left"].kind != "person"
    assert found["Civic Union"].kind == "party"


def test_a_generic_name_belongs_to_the_states_of_the_report() -> None:
    assert "United States Congress" not in actors_of("In India Congress accused the ministers of India of fraud.")
    assert "United States Congress" in actors_of("In the United States Congress accused the ministers of fraud.")


def test_second_chambers_are_bodies_of_their_own() -> None:
    assert "Rajya Sabha" in actors_of("The Rajya Sabha passed the bills of the Lok Sabha.")


def test_months_tags_and_titles_are_no_names() -> None:
    found = actors_of(
        "Mar 12 was calm, said Ann Roe. Home Minister Ben Lund left. Turnout was 61.3 percent, 4 points lower."
    )
    assert found.keys() <= {"Ann Roe", "Ben Lund"}
