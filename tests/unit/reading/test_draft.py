"""Drafts: what was found, and plain ignorance for the rest."""

from datetime import date
from typing import Any

import pytest

from realpolitik.contest.evidence import Claim, EventClaim, Span
from realpolitik.errors import ReadingError
from realpolitik.reading.documents.document import Document
from realpolitik.reading.drafts.draft import MOST_ACTORS, TO_BE_JUDGED, Draft, draft
from realpolitik.reading.drafts.roster import Roster
from realpolitik.reading.drafts.suggested_issues import holdings
from realpolitik.reading.reader import read
from tests.invented import actor, claim, event, figure, report, speech, stance, vote

TEXT = (
    "Toll backed\n\nThe toll passed by 170 votes to none in a chamber of 328 members after a debate of many hours.\n\n"
    "“We go,” said Ann Lee of the northern pier, who had opposed it. The “new” toll starts soon, Lee said.\n\n"
    "“We stay,” said Ben Roe.\n"
)


def drafted(text: str = TEXT, published: date | None = date(2020, 1, 8)) -> Draft:
    document = Document.from_text(text, "wire", published=published)
    return draft([document], read(document))


def quotes(actor: dict[str, Any]) -> list[str]:
    """The reports whose quotations an actor cites."""
    return list(dict.fromkeys(id_.partition("-q")[0] for id_ in actor["evidence"] if "-q" in id_))


def test_speakers_become_actors_with_their_quotes() -> None:
    actors = drafted().contest["actors"]
    assert list(actors) == ["ann-lee", "ben-roe"]
    assert quotes(actors["ann-lee"]) == ["wire"]
    assert actors["ann-lee"]["kind"] == "person"


def test_vote_becomes_a_chamber_with_the_vote_on_record() -> None:
    contest = drafted().contest
    chamber = contest["chambers"]["chamber-of-328"]
    assert chamber["seats"] == sum(bloc["seats"] for bloc in chamber["blocs"].values()) == 328
    assert contest["pathway"]["vote-1"]["recorded"]["yes"] == 170
    assert TO_BE_JUDGED in chamber["note"]


def test_nothing_is_invented() -> None:
    issue = drafted().contest["issues"]["settlement-issue"]
    for position in issue["positions"].values():
        assert position["position"] == "uniform(0, 100)"
        assert position["salience"] == "uniform(0, 1)"
        assert TO_BE_JUDGED in position["note"]
    assert TO_BE_JUDGED in issue["question"]


def test_source_is_named_by_title_date_and_digest() -> None:
    document = Document.from_text(TEXT, "wire", published=date(2020, 1, 8))
    source = drafted().contest["sources"]["wire"]
    assert source["sha256"] == document.sha256
    assert source["published"] == "2020-01-08"
    assert drafted().contest["as_of"] == "2020-01-08"


def test_report_without_speakers_gives_an_open_question() -> None:
    contest = drafted("A title\n\nNothing was said by anyone about anything in this text.").contest
    assert "issues" not in contest
    assert list(contest["pathway"]) == ["event"]


def test_several_reports_merge_by_name_and_vote() -> None:
    one = Document.from_text(TEXT, "one", published=date(2020, 1, 8))
    two = Document.from_text(f"{TEXT}\nThe rest of the day was calm.\n", "two", published=date(2020, 1, 9))
    contest = draft([one, two], [*read(one), *read(two)]).contest
    assert list(contest["actors"]) == ["ann-lee", "ben-roe"]
    assert quotes(contest["actors"]["ben-roe"]) == ["one", "two"]
    assert [stage for stage in contest["pathway"] if stage.startswith("vote")] == ["vote-1"]
    assert contest["pathway"]["vote-1"]["evidence"] == ["one-v01", "two-v01"]
    assert contest["as_of"] == "2020-01-09"


def test_impossible_vote_is_not_put_on_record() -> None:
    text = "Vote\n\nIt passed by 170 votes to 90 in a chamber of 200 members, said the paper, after a long debate."
    contest = drafted(text).contest
    assert "vote-1" not in contest["pathway"]
    chamber = contest["chambers"]["chamber-of-200"]
    assert chamber["blocs"]["members"]["evidence"] == ["wire-v01"]
    assert "not put on record" in chamber["note"]


def test_refusals_say_what_to_do() -> None:
    document = Document.from_text(TEXT, "wire")
    with pytest.raises(ReadingError, match="Give the date"):
        draft([document], [])
    with pytest.raises(ReadingError, match="Two reports have the name 'wire'"):
        draft([document, document], [])
    with pytest.raises(ReadingError, match="'wire' and 'copy' are the same report"):
        draft([document, Document.from_text(TEXT, "copy")], [])
    with pytest.raises(ReadingError, match="There is no report"):
        draft([], [])


def proposed(*claims: Claim) -> Draft:
    return draft([report(name) for name in dict.fromkeys(claim.document for claim in claims)], claims)


def test_stances_of_several_actors_suggest_an_issue_in_order() -> None:
    found = proposed(
        stance("one-s01", "Ann Lee", "support", "the toll on the canal", tier="own words"),
        stance("one-s02", "Ben Roe", "oppose", "the canal toll", qualifier="not now", hedges=("perhaps",)),
        stance("two-s01", "Ida Fox", "conditional", "a toll on the canal"),
        stance("two-s02", "Ida Fox", "support", "new schools"),
    )
    [issue] = found.contest["issues"].values()
    assert list(issue["positions"]) == ["ben-roe", "ida-fox", "ann-lee"]
    first = issue["positions"]["ben-roe"]
    assert first["evidence"] == ["one-s02"]
    assert "place 1 of 3 from oppose to support: oppose (attributed, “not now”, hedged “perhaps”" in first["note"]
    assert {position["position"] for position in issue["positions"].values()} == {"uniform(0, 100)"}
    [comment] = found.comments.values()
    assert comment.splitlines()[1] == "  Ben Roe: oppose (attributed, “not now”, hedged “perhaps”: one-s02)"
    assert "1 more issue of less weight stay" in found.contest["note"]


def test_one_word_for_two_issues_stays_two() -> None:
    found = proposed(
        stance("one-s01", "Ann Lee", "support", "toll on ships"),
        stance("one-s02", "Ben Roe", "oppose", "toll"),
        stance("one-s03", "Ida Fox", "oppose", "toll"),
    )
    assert [list(issue["positions"]) for issue in found.contest["issues"].values()] == [["ben-roe", "ida-fox"]]


def test_actor_on_both_sides_is_in_the_middle() -> None:
    found = proposed(
        stance("one-s01", "Ann Lee", "support"),
        stance("two-s01", "Ann Lee", "oppose"),
        stance("two-s02", "Ben Roe", "oppose"),
    )
    [issue] = found.contest["issues"].values()
    assert list(issue["positions"]) == ["ben-roe", "ann-lee"]
    assert "ambivalent (attributed: one-s01; attributed: two-s01)" in issue["positions"]["ann-lee"]["note"]


def test_demand_joins_those_who_are_for_it() -> None:
    found = proposed(
        event("one-e01", "REQUEST", "Arnor", "Lorn", words="Arnor asks Lorn for a withdrawal of troops"),
        stance("one-s01", "Lorn", "oppose", "to withdraw the troops"),
        event("one-e02", "REQUEST", "Gond", "Lorn", words="Gond asks Lorn for a withdrawal of troops", status="denied"),
    )
    [issue] = found.contest["issues"].values()
    assert list(issue["positions"]) == ["lorn", "arnor"]
    assert "support (own action: one-e01)" in issue["positions"]["arnor"]["note"]


def test_names_of_the_parties_are_no_part_of_a_demand() -> None:
    words = "Arnor asks her to reopen the canal"
    spans = {"source_span": Span(start=0, end=5, text="Arnor"), "target_span": Span(start=11, end=14, text="her")}
    asked = claim(
        "one-e01", "event", words, event=EventClaim(type="REQUEST", source="Arnor", target="Ann Lee", **spans)
    )
    vague = claim("one-e02", "event", "Arnor called", event=EventClaim(type="REQUEST", source="Arnor"))
    [issue] = proposed(asked, vague).contest["issues"].values()
    assert issue["question"] == f"What becomes of: reopen the canal? ({TO_BE_JUDGED})"


def test_threat_names_sender_target_and_demand_and_no_number() -> None:
    found = proposed(
        event("one-e01", "THREATEN", "Arnor", "Lorn", words="Arnor threatened Lorn with sanctions"),
        event("two-e01", "THREATEN", "Arnor", "Lorn", words="Arnor again threatened Lorn"),
        event("two-e02", "REQUEST", "Arnor", "Lorn", words="Arnor asks Lorn to open the canal"),
        event("two-e03", "THREATEN", "Lorn", "Arnor", status="denied"),
        event("two-e04", "THREATEN", "Lorn", None),
    )
    [(key, threat)] = found.contest["threats"].items()
    assert key == "arnor-against-lorn"
    assert (threat["sender"], threat["target"], threat["sanctions"]) == ("arnor", "lorn", True)
    assert threat["demand"] == f"“Arnor asks Lorn to open the canal” ({TO_BE_JUDGED})"
    assert threat["evidence"] == ["one-e01", "two-e01", "two-e02"]
    assert threat["sender_cost"] == "uniform(0, 100)"
    assert found.contest["pathway"]["threat-1"]["threat"] == key


def test_who_does_nothing_stays_in_the_claims() -> None:
    found = proposed(actor("one-a01", "Ida Fox"), actor("one-a02", "Ann Lee"), speech("one-q01", "Ann Lee"))
    assert list(found.contest["actors"]) == ["ann-lee"]
    assert found.contest["actors"]["ann-lee"]["evidence"] == ["one-q01", "one-a02"]


def test_roles_and_affiliations_are_those_of_the_time() -> None:
    found = proposed(
        actor("one-a01", "Ann Lee", role="pilot", affiliation="Toll Board"),
        actor("one-a02", "Toll Board", "government"),
        speech("one-q01", "Ann Lee"),
        event("one-e01", "ACCUSE", "Toll Board", "Ann Lee"),
        actor("two-a01", "Ann Lee", role="mayor"),
        speech("two-q01", "Ann Lee"),
    )
    lee = found.contest["actors"]["ann-lee"]
    assert lee["part_of"] == "toll-board"
    assert "At the time pilot, Toll Board (one). At the time mayor (two)." in lee["note"]


def test_those_who_belong_to_each_other_belong_to_nobody_twice() -> None:
    found = proposed(
        actor("one-a01", "Arnor Front", "party", affiliation="Lorn Front"),
        actor("one-a02", "Lorn Front", "party", affiliation="Arnor Front"),
        event("one-e01", "ACCUSE", "Arnor Front", "Lorn Front"),
    )
    assert sum("part_of" in each for each in found.contest["actors"].values()) == 1


def test_reports_that_disagree_on_seats_are_noted() -> None:
    found = proposed(
        vote("one-v01", yes=61, no=40, seats=120),
        vote("two-v01", yes=61, no=40, seats=121, contradicts=("one-v01",)),
        vote("two-v02", yes=61, no=40, seats=120),
    )
    chamber = found.contest["chambers"]["chamber-of-120"]
    assert (
        "Reports disagree on 'seats': 120 (one-v01, two-v02), 121 (two-v01). Contradicted: one-v01." in chamber["note"]
    )
    assert chamber["blocs"]["members"]["evidence"] == ["one-v01", "two-v01", "two-v02"]


def test_chamber_of_unknown_size_says_so() -> None:
    found = proposed(vote("one-v01", yes=61, no=40, present=101, derived=("present",)))
    chamber = found.contest["chambers"]["chamber-of-vote-1"]
    assert chamber["seats"] == 101
    assert "The number of seats is not reported: 101" in chamber["note"]


def test_blocs_come_from_printed_numbers_only() -> None:
    claims = [
        vote("one-v01", yes=61, no=40, seats=120),
        event("one-e01", "ACCUSE", "Lorn Front", "Ann Lee"),
        figure("one-f01", 48, "seats", "the Lorn Front"),
        figure("one-f02", 12, "ships", "Ann Lee"),
    ]
    blocs = proposed(*claims).contest["chambers"]["chamber-of-120"]["blocs"]
    assert {key: bloc["seats"] for key, bloc in blocs.items()} == {"lorn-front": 48, "members": 72}
    assert blocs["lorn-front"]["evidence"] == ["one-f01"]
    disputed = [*claims, figure("one-f03", 50, "seats", "the Lorn Front")]
    assert list(proposed(*disputed).contest["chambers"]["chamber-of-120"]["blocs"]) == ["members"]


def test_many_actors_are_counted_not_listed() -> None:
    claims = [speech(f"one-q{number}", f"Ann {chr(65 + number // 26)}{chr(97 + number % 26)}") for number in range(70)]
    contest = proposed(*claims).contest
    assert len(contest["actors"]) == MOST_ACTORS
    assert "10 more actors of less weight stay in the claims." in contest["note"]


def test_source_has_grade_publisher_and_address() -> None:
    article = Document.from_text(TEXT, "wire", published=date(2020, 1, 8), publisher="The Wire", url="x:1")
    source = draft([article], [], reliability="B").contest["sources"]["wire"]
    assert (source["publisher"], source["url"], source["reliability"]) == ("The Wire", "x:1", "B")


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Iran and Turkey called for a ceasefire in Yemen.", "a ceasefire in Yemen"),
        ("Iran urged the council of Portville to lower the toll.", "the council of Portville to lower the toll"),
        ("The Harbour Union demanded that Iraq withdraw the toll bill.", "Iraq withdraw the toll bill"),
        ("On Monday Iraq's parliament asked the government to expel all foreign troops.", "expel all foreign troops"),
    ],
)
def test_a_demand_says_what_is_demanded(text: str, issue: str) -> None:
    claims = list(read(Document.from_text(text, "one")))
    words = [words for words, holding in holdings(claims, Roster(claims)) if holding.claim.event]
    assert words[0] == issue


def test_who_must_act_does_not_demand_it() -> None:
    claims = list(read(Document.from_text("“Iraq must release the two crews,” said Ann Roe.", "one")))
    assert {holding.party.name for _, holding in holdings(claims, Roster(claims))} == {"Ann Roe"}
