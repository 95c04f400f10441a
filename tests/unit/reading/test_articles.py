"""Records of articles: common keys, refusals, dates in the forms that collections use."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.documents.articles import IGNORED, KEYS, article, key_map

TEXT = "The council of Arnor backed a toll.\n\n“We go,” said Ben Roe."


def read(record: Any, **keys: str) -> Any:
    return article(json.dumps(record), "a.jsonl:1", key_map(keys))


@pytest.mark.parametrize("meaning", ["text", "title", "url", "publisher", "id"])
def test_every_common_key_is_understood(meaning: str) -> None:
    for key in KEYS[meaning]:
        for spelling in (key, key.upper(), key.replace("_", "-")):
            found = read({"text": TEXT, spelling: "Words"} if meaning != "text" else {spelling: "Words"})
            assert (found.name if meaning == "id" else getattr(found, meaning)) == "Words"


@pytest.mark.parametrize(
    "value",
    [
        "2020-01-08",
        "2020-01-08T23:30:00Z",
        "2020-01-08 10:00",
        "Wed, 08 Jan 2020 06:00:00 GMT",
        "January 8, 2020",
        "8 Jan 2020",
        1578441600,
        1578441600000,
    ],
)
def test_dates(value: str | float) -> None:
    assert read({"text": TEXT, "date": value}).published == date(2020, 1, 8)


@pytest.mark.parametrize("value", ["soon", "2020-13-01", 17, True, [2020], -5.0, 1e30])
def test_a_date_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(ReadingError, match=r"a\.jsonl:1: 'published' is"):
        read({"text": TEXT, "date": value})


def test_the_document_is_the_text_and_nothing_else() -> None:
    record = {"text": TEXT, "title": "Toll backed", "url": "https://a.example/x", "source": {"id": 1, "name": "Wire"}}
    document = read({**record, "date": None, "authors": ["Ann Lee"]}).document("wire-1")
    assert document.raw == TEXT
    assert (document.title, document.url, document.publisher) == ("Toll backed", "https://a.example/x", "Wire")
    assert [block.label for block in document.blocks if block.text] == ["body", "body"]
    assert document.published is None


def test_a_headline_that_the_text_repeats_is_its_title() -> None:
    document = read({"text": f"ARNOR\n\nToll backed\n\n{TEXT}", "headline": "Toll Backed"}).document("x")
    assert [block.text for block in document.labelled("title")] == ["Toll backed"]


def test_a_given_date_goes_before_that_of_the_record() -> None:
    found = read({"text": TEXT, "date": "2020-01-08"})
    assert found.document("x", date(2020, 1, 9)).published_basis == "given"
    assert found.document("x").published_basis == "in the record of the article"


def test_html_is_read_as_a_page() -> None:
    document = read({"html": "<h1>Toll</h1><p>&ldquo;We go.&rdquo;</p>", "id": 7}).document("7")
    assert document.media == "html"
    assert document.labelled("body")[0].text == "“We go.”"


def test_the_first_filled_key_wins_and_the_users_before_all() -> None:
    record = {"body": "Body.", "text": "", "content": "Content.", "story": "Story."}
    assert read(record).text == "Body."
    assert read(record, story="text").text == "Story."


def test_unknown_keys_are_refused_or_mapped() -> None:
    record = {"text": TEXT, "Blurb": "x", "kicker": "y"}
    with pytest.raises(ReadingError, match=r"unknown keys 'Blurb', 'kicker'\. Say what each is, e\.g\. --key KEY=text"):
        read(record)
    assert read(record, blurb="ignore", kicker="title").title == "y"
    with pytest.raises(ReadingError, match="Did you mean 'title'"):
        key_map({"kicker": "titel"})


def test_keys_that_are_not_read_are_allowed() -> None:
    assert read({"text": TEXT, **dict.fromkeys(IGNORED, 1)}).text == TEXT


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"text": 1' + "0" * 5000 + "}", "not JSON|Expected a string"),
        ("[]", "found a list"),
        ('"x"', "found a str"),
        ("{}", "has no text"),
        ('{"text": "  "}', "has no text"),
        ('{"text": ["a"]}', "'text' is a list"),
        ('{"text": "a", "title": 3}', "'title' is a int"),
    ],
)
def test_what_is_no_article_is_refused(line: str, words: str) -> None:
    with pytest.raises(ReadingError, match=f"a.jsonl:1: .*(?:{words})"):
        article(line, "a.jsonl:1")


def test_half_characters_become_the_sign_for_unknown() -> None:
    assert article('{"text": "a \\ud800 b", "title": "\\udc00"}', "x").text == "a \ufffd b"
