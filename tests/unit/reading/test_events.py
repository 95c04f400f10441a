"""Events: types, roles, status, denials, and several mentions of one event. All names are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from realpolitik.contest.evidence import Claim, EventClaim
from realpolitik.evaluation.plover import plover_type, shares_word
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.events import events
from realpolitik.reading.events.lexicon import TYPES, lexicon
from realpolitik.reading.events.occurrences import main, occurrences

SENTENCES = [
    line.split("|")
    for line in (Path(__file__).parent / "event_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(
    text: str, said: tuple[Said, ...] = (), resolve: Callable[[Stretch], str | None] = lambda _: None
) -> list[Claim]:
    document = Document.from_text(text, "wire-2020-01-08")
    return events(passages(document, parser()), resolve, said)


def only(found: list[Claim], kind: str) -> EventClaim:
    chosen = [claim.event for claim in found if claim.event and claim.event.type == kind]
    assert len(chosen) == 1, [claim.event for claim in found]
    return chosen[0]


def stretch_of(text: str, words: str) -> Stretch:
    return Stretch(0, text.index(words), text.index(words) + len(words))


def test_most_of_our_own_sentences_are_read_as_a_reader_would() -> None:
    right = {"type": 0, "source": 0, "target": 0}
    asked = {"type": 0, "source": 0, "target": 0}
    for (kind, source, target, _), doc in zip(SENTENCES, parser().many(one[3] for one in SENTENCES), strict=True):
        event = main(occurrences(doc))
        asked["type"] += 1
        right["type"] += event is not None and plover_type(event) == kind
        for name, wanted in (("source", source), ("target", target)):
            if wanted:
                asked[name] += 1
                given = [doc.text[start:end] for start, end in getattr(event, name)] if event else []
                right[name] += any(shares_word(words, wanted) for words in given)
    shares = {name: right[name] / asked[name] for name in asked}
    assert shares["type"] > 0.88, shares
    assert shares["source"] > 0.9, shares
    assert shares["target"] > 0.82, shares


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Rohan attacked Arnor on Monday.", "ASSAULT", "Rohan", "Arnor"),
        ("Arnor was attacked by Rohan on Monday.", "ASSAULT", "Rohan", "Arnor"),
        ("Arnor was attacked on Monday.", "ASSAULT", None, "Arnor"),
        ("Nobody mourned Ben Roe’s killing.", "ASSAULT", None, "Ben Roe"),
        ("The killing of Ben Roe shocked the capital.", "ASSAULT", None, "Ben Roe"),
        ("Parliament debated the killing of Ben Roe by soldiers.", "ASSAULT", "soldiers", "Ben Roe"),
        ("Talks between Kenya and Uganda went on.", "CONSULT", "Kenya", "Uganda"),
        ("An airstrike on Mosul followed.", "ASSAULT", None, "Mosul"),
        ("The withdrawal of Kenyan soldiers from Uganda was slow.", "RETREAT", "Kenyan soldiers", "Uganda"),
        ("A British-led invasion of Uganda was unpopular.", "ASSAULT", "British", "Uganda"),
        ("Months of anti-British protests were forgotten.", "PROTEST", None, "British"),
        ("The rebels who shelled Kampala have left.", "ASSAULT", "rebels", "Kampala"),
    ],
)
def test_roles_come_from_the_grammar(text: str, kind: str, source: str | None, target: str) -> None:
    event = only(read(text), kind)
    assert (event.source, event.target) == (source, target)


def test_who_is_unknown_stays_empty() -> None:
    event = only(read("Ada Moe was assassinated in Nairobi on Sunday."), "ASSAULT")
    assert event.source is None
    assert event.source_span is None
    assert event.target == "Ada Moe"
    assert event.mode == "assassinate"
    assert event.place == "Nairobi"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Kenya bombed Uganda.", "ASSAULT", "asserted"),
        ("Kenya threatened to bomb Uganda.", "ASSAULT", "threatened"),
        ("Kenya vowed to bomb Uganda.", "ASSAULT", "threatened"),
        ("Kenya will bomb Uganda.", "ASSAULT", "planned"),
        ("Kenya plans to release the prisoners.", "RETREAT", "planned"),
        ("Kenya promised to release the prisoners.", "RETREAT", "planned"),
        ("Uganda is ready to release the prisoners.", "RETREAT", "planned"),
        ("Parliament voted to expel the soldiers.", "SANCTION", "planned"),
        ("Kenya demanded the release of the prisoners.", "RETREAT", "demanded"),
        ("Kenya urged Uganda to release the prisoners.", "RETREAT", "demanded"),
        ("Uganda must release the prisoners.", "RETREAT", "demanded"),
        ("Uganda refused to release the prisoners.", "RETREAT", "negated"),
        ("Uganda did not release the prisoners.", "RETREAT", "negated"),
        ("Uganda failed to release the prisoners.", "RETREAT", "negated"),
        ("Uganda denied that it bombed Kenya.", "ASSAULT", "denied"),
        ("Kenya accused Uganda of bombing the port.", "ASSAULT", "reported"),
        ("Uganda might bomb Kenya.", "ASSAULT", "hypothetical"),
        ("Kenya would bomb Uganda if the talks failed.", "ASSAULT", "conditional"),
        ("If Kenya bombed Uganda, nobody would help.", "ASSAULT", "conditional"),
        ("It is not the time for Kenya to withdraw from Uganda.", "RETREAT", "negated"),
        ("A possible invasion of Uganda worried the markets.", "ASSAULT", "hypothetical"),
        ("A planned visit of Kenya’s president to Uganda was mentioned.", "CONSULT", "planned"),
    ],
)
def test_status_follows_the_table_of_rules(text: str, kind: str, status: str) -> None:
    found = [claim for claim in read(text) if claim.event and claim.event.type == kind]
    assert [claim.status for claim in found] == [status]
    assert found[0].event is not None
    assert found[0].event.status == status


def test_who_denies_it_is_named() -> None:
    event = only(read("Uganda denied that it bombed Kenya."), "ASSAULT")
    assert event.denied_by == ("Uganda",)
    event = only(read("Ben Roe was adamant that there had been no decision to withdraw from Uganda."), "RETREAT")
    assert (event.status, event.denied_by) == ("denied", ("Ben Roe",))


def test_what_somebody_says_is_reported() -> None:
    text = "Rebels shelled Kampala, Ben Roe said."
    said = Said(
        (stretch_of(text, "Rebels shelled Kampala"),), stretch_of(text, "Ben Roe"), stretch_of(text, "said"), "indirect"
    )
    assert only(read(text, (said,)), "ASSAULT").status == "reported"
    assert only(read(text), "ASSAULT").status == "asserted"


def test_a_denial_found_as_an_attribution_names_its_speaker() -> None:
    text = "Rebels shelled Kampala? General Moe denies it."
    said = Said(
        (stretch_of(text, "Rebels shelled Kampala"),),
        stretch_of(text, "General Moe"),
        stretch_of(text, "denies"),
        "indirect",
    )
    event = only(read(text, (said,), lambda at: "Carl Moe" if at.start == text.index("General") else None), "ASSAULT")
    assert (event.status, event.denied_by) == ("denied", ("Carl Moe",))


def test_names_are_resolved_and_pronouns_alone_name_nobody() -> None:
    text = "They bombed Kampala."
    event = only(read(text), "ASSAULT")
    assert event.source is None
    assert event.source_span is not None
    assert event.source_span.text == "They"
    resolved = only(read(text, (), lambda at: "Kenya" if at.start == 0 else None), "ASSAULT")
    assert resolved.source == "Kenya"


def test_what_names_nobody_is_no_event() -> None:
    assert read("An attack followed. They invaded.") == []


def test_several_sentences_about_one_event_become_one() -> None:
    found = read(
        "Gunmen killed Ben Roe on Monday. The killing of Ben Roe shocked everybody. Ben Roe’s killing is unsolved."
    )
    event = [claim for claim in found if claim.event and claim.event.type == "ASSAULT"]
    assert len(event) == 1
    assert len(event[0].spans) == 3
    assert event[0].event is not None
    assert event[0].event.source == "Gunmen"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Kampala in March 2019. Rebels attacked Kampala in May 2019.",
        "Kenya attacked Uganda. The attack by Rwanda on Uganda went on.",
        "Kenya bombed Uganda. Kenya will bomb Uganda.",
        "Gunmen ambushed a convoy in Nairobi. Gunmen ambushed a convoy in Kisumu.",
    ],
)
def test_different_events_stay_apart(text: str) -> None:
    found = [claim for claim in read(text) if claim.event and claim.event.type == "ASSAULT"]
    assert len(found) == 2


def test_days_resolve_against_the_publication() -> None:
    document = Document.from_text("Kenya bombed Uganda on Monday.", "wire-2020-01-08")
    event = only(events(passages(document, parser()), lambda _: None, ()), "ASSAULT")
    assert event.date is not None
    assert str(event.date.value) == "2020-01-06"


def test_ids_count_the_events_in_order() -> None:
    found = read("Kenya bombed Uganda. Brazil praised Portugal.")
    assert [claim.id[-3:] for claim in found] == ["e01", "e02"]
    assert {claim.kind for claim in found} == {"event"}


def test_spans_hold_the_words_of_the_source() -> None:
    raw = "On Monday  Kenya’s army “bombed”\nUgan\u00adda.\n"
    document = Document.from_text(raw, "wire")
    for claim in events(passages(document, parser()), lambda _: None, ()):
        assert claim.event is not None
        for span in (*claim.spans, claim.event.source_span, claim.event.target_span):
            if span is not None:
                assert raw[span.start : span.end] == span.text


def test_the_lexicon_knows_only_types_of_plover_and_our_own_two() -> None:
    words = lexicon()
    types = {entry.type for entries in words.verbs.values() for entry in entries} | {
        one.type for one in words.nouns.values()
    }
    assert types - set(TYPES) == {"decide", "disclose"}
    assert set(TYPES) <= types
    entries = sum(len(found) for found in words.verbs.values()) + len(words.nouns)
    assert entries > 2_000


def test_the_lexicon_names_no_class_that_does_not_exist() -> None:
    for entries in lexicon().verbs.values():
        for entry in entries:
            assert not [need for need in entry.needs if need.startswith("@")], entry


@pytest.mark.parametrize(
    "text",
    [
        "Minister Lena Holt denied that Lorn planned to attack the port.",
        "Minister Lena Holt denied that Lorn would attack the port.",
    ],
)
def test_a_plan_that_is_denied_is_denied(text: str) -> None:
    found = [claim for claim in read(text) if claim.event and claim.event.type == "ASSAULT"]
    assert [claim.status for claim in found] == ["denied"]
    assert found[0].event is not None
    assert found[0].event.denied_by == ("Minister Lena Holt",)


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Holt warned that Iran could impose sanctions on Iraq.",
        "Analysts warned that Iran would attack Iraq.",
        "Ms. Holt warned that Iran might attack Iraq.",
    ],
)
def test_a_warning_of_what_another_may_do_is_no_threat(text: str) -> None:
    found = [claim for claim in read(text) if claim.event]
    assert found
    assert all(claim.event and claim.event.type != "THREATEN" for claim in found)
    assert all(claim.status != "threatened" for claim in found)


@pytest.mark.parametrize(
    "text",
    [
        "Iran warned that it would attack Iraq.",
        "President Holt warned that his army would attack Iraq.",
        "President Holt warned that Iran would attack Iraq.",
        "Iran warned Iraq of an attack.",
    ],
)
def test_a_warning_of_what_ones_own_side_will_do_is_a_threat(text: str) -> None:
    assert "THREATEN" in {claim.event.type for claim in read(text) if claim.event}


@pytest.mark.parametrize(
    ("text", "type_", "target"),
    [
        ("Police fired tear gas.", "ASSAULT", None),
        ("Iranian soldiers opened fire.", "ASSAULT", None),
        ("Iran's navy fired on a Turkish trawler.", "ASSAULT", "Turkish trawler"),
        ("Turkish vessels were fired upon by Iran.", "ASSAULT", "Turkish vessels"),
        ("A strike by fishermen on Monday closed the port.", "PROTEST", None),
        ("The Harbour Party hit back, accusing Iran of fraud.", "ACCUSE", "Iran"),
        ("Israel hit back with air strikes on Syria.", "ASSAULT", "Syria"),
        ("Pakistan and Turkey called for a ceasefire.", "REQUEST", "ceasefire"),
        ("The minister expressed a strong protest to Iran.", "ACCUSE", "Iran"),
    ],
)
def test_what_is_done_and_to_whom(text: str, type_: str, target: str | None) -> None:
    first = next(claim.event for claim in read(text) if claim.event)
    assert (first.type, first.target) == (type_, target)


def test_a_demand_that_is_rejected_was_made() -> None:
    [demand] = [
        claim for claim in read("Turkey rejected Iran's demand.") if claim.event and claim.event.type == "REQUEST"
    ]
    assert demand.status in ("asserted", "reported")


def test_a_semicolon_parts_what_is_decided_from_what_was_done() -> None:
    text = "Russia vetoed a resolution; 13 members voted in favour and one, China, abstained."
    found = {claim.event.type: claim.status for claim in read(text) if claim.event}
    assert found["REJECT"] == "asserted"
    assert "PROTEST" not in found


def test_who_names_an_act_does_not_do_it() -> None:
    found = [
        claim.event for claim in read("President Korn called the closure of the border a last resort.") if claim.event
    ]
    assert all(event.source != "President Korn" for event in found if event.type == "COERCE")
