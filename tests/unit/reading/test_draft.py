"""Drafts: what was found, and plain ignorance for the rest."""

from datetime import date

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.document import Document
from realpolitik.reading.draft import TO_BE_JUDGED, Draft, draft
from realpolitik.reading.reader import read

TEXT = (
    "Toll backed\n\nThe toll passed by 170 votes to none in a chamber of 328 members after a debate of many hours.\n\n"
    "“We go,” said Ann Lee of the northern pier, who had opposed it. The “new” toll starts soon, Lee said.\n\n"
    "“We stay,” said Ben Roe.\n"
)


def drafted(text: str = TEXT, published: date | None = date(2020, 1, 8)) -> Draft:
    document = Document.from_text(text, "wire", published=published)
    return draft([document], read(document))


def test_speakers_become_actors_with_their_quotes() -> None:
    actors = drafted().contest["actors"]
    assert list(actors) == ["ann-lee", "ben-roe"]
    assert actors["ann-lee"]["evidence"] == ["wire-q01", "wire-q02", "wire-q03"]
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
    two = Document.from_text(TEXT, "two", published=date(2020, 1, 9))
    contest = draft([one, two], [*read(one), *read(two)]).contest
    assert list(contest["actors"]) == ["ann-lee", "ben-roe"]
    assert contest["actors"]["ben-roe"]["evidence"] == ["one-q04", "two-q04"]
    assert [stage for stage in contest["pathway"] if stage.startswith("vote")] == ["vote-1"]
    assert contest["as_of"] == "2020-01-09"


def test_impossible_vote_is_not_put_on_record() -> None:
    text = "Vote\n\nIt passed by 170 votes to 90 in a chamber of 200 members, said the paper, after a long debate."
    contest = drafted(text).contest
    assert "vote-1" not in contest["pathway"]
    assert contest["chambers"]["chamber-of-200"]["blocs"]["members"]["evidence"] == ["wire-v01"]


def test_refusals_say_what_to_do() -> None:
    document = Document.from_text(TEXT, "wire")
    with pytest.raises(ReadingError, match="Give the date"):
        draft([document], [])
    with pytest.raises(ReadingError, match="Two reports have the name 'wire'"):
        draft([document, document], [])
    with pytest.raises(ReadingError, match="There is no report"):
        draft([], [])
