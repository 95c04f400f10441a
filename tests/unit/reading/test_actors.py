"""Actors: clusters, kinds and roles; whom a name, a role or a pronoun means."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from realpolitik.reading.actors.actors import Cast, actor_claims
from realpolitik.reading.actors.gazetteer_file import load_gazetteer
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages

CASES = YAML(typ="safe").load((Path(__file__).parent / "resolved.yaml").read_text(encoding="utf-8"))


def cast_of(text: str) -> Cast:
    return Cast(passages(Document.from_text(text, "wire"), parser()))


def marked(text: str) -> tuple[str, int, int]:
    start = text.index("[")
    plain = text.replace("[", "", 1)
    end = plain.index("]")
    return plain.replace("]", "", 1), start, end


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_marked_words_mean(case: dict[str, str]) -> None:
    text, start, end = marked(case["text"])
    cast = cast_of(text)
    found = cast.resolve(Stretch(0, start, end))
    assert found == case["is"]


REPORT = """Arnor Weighs a Toll

PORTVILLE (Wire) -- U.S. Secretary of Trade Mark Lund met Harbour Party leader Ann Roe on Monday. Lund, a former envoy
to Norway, told Washington that the Popular Mobilization Units (PMU) would not object.

“Nobody asked us,” said one protester, Omar Haddad. Protesters blocked the Iraqi parliament. Haddad left early.

Carla Diaz, a reporter for the Portville Echo, saw it. Iraq’s foreign ministry said it had no comment. ISIS fighters and
the Danube Institute kept silent. So did Sen. Ada Quill (D-Ohio). Iraqis watched. Iran and Tehran’s allies denied it.
"""


def test_clusters_with_kind_role_affiliation_and_aliases() -> None:
    cast = cast_of(REPORT)
    found = {actor.name: actor for actor in cast.actors}
    lund = found["Mark Lund"]
    assert (lund.kind, lund.role, lund.affiliation) == ("person", "U.S. Secretary of Trade", "United States")
    assert lund.aliases == ("Lund",)
    assert lund.pronoun == "he"
    assert found["Ann Roe"].affiliation == "Harbour Party"
    assert found["Omar Haddad"].role == "protester"
    assert found["Ada Quill"].affiliation == "Democratic Party"
    assert found["Popular Mobilization Forces"].kind == "armed group"
    assert found["Council of Representatives"].affiliation == "Iraq"
    assert found["Ministry of Foreign Affairs of Iraq"].kind == "government"
    assert found["Islamic State"].aliases == ("ISIS",)
    assert found["Iraqis"].kind == "public"
    assert found["protesters"].kind == "movement"
    assert found["Danube Institute"].kind == "other"
    assert found["Iran"].aliases == ("Tehran",)
    assert cast.actor("Mark Lund") is lund
    assert cast.actor("Nobody") is None


def test_reporters_places_and_headlines_are_no_actors() -> None:
    names = {actor.name for actor in cast_of(REPORT).actors}
    assert names.isdisjoint({"Carla Diaz", "Portville", "PORTVILLE", "Wire", "Arnor Weighs", "Washington"})


def test_words_before_a_comma_are_no_part_of_a_name() -> None:
    text = "Lorn has about 2,500 troops in Arnor, Holt told the committee. Holt left."
    assert not any("," in actor.name for actor in cast_of(text).actors)


def test_mentions_are_the_words_of_the_report() -> None:
    cast = cast_of(REPORT)
    lund = cast.actor("Mark Lund")
    assert lund is not None
    words = [cast.passages[m.passage].text[m.start : m.end] for m in lund.mentions]
    assert words == ["Mark Lund", "Lund"]


def test_claims_carry_the_traits_and_verbatim_spans() -> None:
    cast = cast_of(REPORT)
    claims = actor_claims(cast)
    assert [claim.id for claim in claims[:2]] == ["wire-a01", "wire-a02"]
    assert all(claim.kind == "actor" and claim.actor for claim in claims)
    held = next(claim for claim in claims if claim.actor and claim.actor.name == "Iran")
    assert [span.text for span in held.spans] == ["Iran", "Tehran"]
    raw = cast.passages[0].document.raw
    assert all(raw[span.start : span.end] == span.text for claim in claims for span in claim.spans)


def test_a_claim_cites_only_the_first_mentions() -> None:
    claims = actor_claims(cast_of("Ann Roe spoke about the toll again, and nobody listened. " * 30))
    roe = next(claim for claim in claims if claim.actor and claim.actor.name == "Ann Roe")
    assert len(roe.spans) == 20


def test_several_persons_are_resolved_one_by_one() -> None:
    text = "Ann Roe and the White House denied it."
    cast = cast_of(text)
    stretch = Stretch(0, 0, text.index(" denied"))
    assert cast.resolve(stretch) is None
    assert cast.resolve_all(stretch) == ("Ann Roe", "White House")


def test_the_speaker_is_whom_we_means() -> None:
    text = "“We will pay,” it said."
    cast = cast_of(text)
    assert cast.resolve(Stretch(0, 1, 3)) is None
    assert cast.resolve(Stretch(0, 1, 3), speaker="Ann Roe") == "Ann Roe"


def test_a_user_s_gazetteer_names_and_classes_actors(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "actors:\n"
        "  - {name: Arnor, kind: state, adjectives: [Arnorian], capital: [Fornost]}\n"
        "  - {name: Guild of Pilots, kind: armed group, of: Arnor, aliases: [GOP]}\n"
    )
    text = "Fornost warned the pilots. The GOP denied it, and the Arnorian government was silent."
    cast = Cast(passages(Document.from_text(text, "wire"), parser()), load_gazetteer(path))
    found = {actor.name: (actor.kind, actor.affiliation) for actor in cast.actors}
    assert found["Arnor"] == ("state", None)
    assert found["Guild of Pilots"] == ("armed group", "Arnor")
    assert found["Government of Arnor"] == ("government", "Arnor")


def test_nothing_to_read_has_no_actors() -> None:
    cast = Cast([])
    assert cast.actors == ()
    assert actor_claims(cast) == []
