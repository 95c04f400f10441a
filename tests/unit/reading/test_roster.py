"""Actors over many reports: what is one, and what stays apart."""

from realpolitik.contest.actors import Actor
from realpolitik.reading.drafts.roster import Roster
from tests.invented import actor, event, speech, stance


def names(roster: Roster) -> list[str]:
    return sorted(party.name for party in roster.parties)


def test_one_name_in_two_reports_is_one_actor() -> None:
    roster = Roster([speech("one-q01", "Ann Lee"), speech("two-q01", "Ann M. Lee"), speech("two-q02", "the Ann Lee")])
    assert names(roster) == ["Ann M. Lee"]
    assert roster.of("one", "Ann Lee") is roster.of("two", "Ann M. Lee")


def test_two_persons_with_one_last_name_stay_apart() -> None:
    claims = [
        speech("one-q01", "Ann Lee"),
        speech("two-q01", "Bo Lee"),
        actor("three-a01", "Lee"),
        speech("three-q01", "Lee"),
    ]
    roster = Roster(claims)
    assert names(roster) == ["Ann Lee", "Bo Lee", "Lee"]
    open_one = roster.of("three", "Lee")
    assert open_one is not None
    assert open_one.doubts == ["May be Ann Lee or Bo Lee."]


def test_father_and_son_stay_apart() -> None:
    claims = [
        speech("one-q01", "Ann Roe Lee"),
        speech("two-q01", "Ann Roe Lee Jr."),
        speech("three-q01", "Ann Lee Sr."),
    ]
    assert len(names(Roster(claims))) == 3


def test_last_name_alone_means_the_only_bearer_and_says_so() -> None:
    roster = Roster([actor("one-a01", "Lee"), speech("one-q01", "Lee"), speech("two-q01", "Ann Lee")])
    assert names(roster) == ["Ann Lee"]
    assert roster.parties[0].doubts == ["'Lee' in one is taken for the same person."]
    assert roster.parties[0].parts == {"one-q01": "speech", "two-q01": "speech"}


def test_person_and_place_of_one_name_stay_apart() -> None:
    claims = [
        actor("one-a01", "Lorn", "state"),
        actor("two-a01", "Lorn", "person"),
        event("one-e01", "ACCUSE", "Lorn", None),
        event("two-e01", "ACCUSE", "Lorn", None),
    ]
    assert [party.kind for party in Roster(claims).parties] == ["state", "person"]


def test_alias_of_one_actor_is_that_actor() -> None:
    claims = [
        actor("one-a01", "Lorn Front", "party", aliases=("LF", "the party")),
        event("one-e01", "ACCUSE", "Lorn Front", None),
        actor("two-a01", "LF", "party"),
        event("two-e01", "ACCUSE", "LF", None),
        event("one-e02", "ACCUSE", "the party", None),
        actor("three-a01", "the party", "party"),
        event("three-e01", "ACCUSE", "the party", None),
    ]
    roster = Roster(claims)
    assert roster.of("two", "LF") is roster.of("one", "the party") is roster.of("one", "Lorn Front")
    assert roster.of("three", "the party") is not roster.of("one", "Lorn Front")


def test_alias_of_two_actors_is_neither() -> None:
    claims = [
        actor("one-a01", "Lorn Front", "party", aliases=("LF",)),
        actor("two-a01", "Labour Front", "party", aliases=("LF",)),
        actor("three-a01", "LF", "party"),
        *(event(f"{name}-e01", "ACCUSE", who, None) for name, who in
          (("one", "Lorn Front"), ("two", "Labour Front"), ("three", "LF"))),
    ]  # fmt: skip
    assert len(names(Roster(claims))) == 3


def test_joined_names_are_several_actors_unless_the_whole_is_one() -> None:
    claims = [
        actor("one-a01", "Board of Tolls and Ports", "government"),
        actor("one-a02", "Arnor", "state"),
        actor("one-a03", "Lorn", "state"),
        event("one-e01", "ACCUSE", "Arnor and Lorn", "Board of Tolls and Ports"),
    ]
    assert names(Roster(claims)) == ["Arnor", "Board of Tolls and Ports", "Lorn"]


def test_words_that_name_nobody_are_no_actor() -> None:
    claims = [event("one-e01", "ASSAULT", "gunmen", "?"), event("one-e02", "ASSAULT", "they", None)]
    assert names(Roster(claims)) == []


def test_where_actors_are_described_other_words_are_none() -> None:
    acts = [event(f"{name}-e01", "ACCUSE", "Arnor", "Sweet Tolls") for name in ("one", "two")]
    assert names(Roster([actor("one-a01", "Arnor", "state"), acts[0]])) == ["Arnor"]
    assert names(Roster([acts[1]])) == ["Arnor", "Sweet Tolls"]


def test_contest_names_win() -> None:
    known = {"lorn": Actor(name="Kingdom of Lorn", kind="state", aliases=("Lornish government",))}
    claims = [stance("one-s01", "Lornish government", "oppose"), speech("two-q01", "lorn")]
    [party] = Roster(claims, known).parties
    assert (party.key, party.name) == ("lorn", "Kingdom of Lorn")
    assert party.weight == 5


def test_those_who_take_sides_come_first() -> None:
    claims = [speech("one-q01", "Ann Lee"), stance("one-s01", "Ben Roe", "oppose")]
    assert [party.name for party in Roster(claims).parties] == ["Ben Roe", "Ann Lee"]
