"""Actors of any text: no crash, verbatim spans, stable names, and an answer that is an actor or nothing."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.evidence import Claim
from realpolitik.reading.actors.actors import Cast, actor_claims
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import Passage, passages

PIECES = st.sampled_from(
    [
        "Ann Roe",
        "Ben Roe",
        "Mr. Roe",
        "President",
        "the president",
        "Ahmed Al-Asadi",
        "al-",
        "U.S.",
        "Iraq's",
        "Iraqi",
        "government",
        "Washington",
        "in",
        "of",
        "the",
        "said",
        "told",
        ", who",
        ", a lawmaker from the north,",
        "he",
        "she",
        "they",
        "it",
        "its",
        "I",
        "we",
        "“",
        "”",
        '"',
        "'",
        "(PMU)",
        "(",
        ")",
        "--",
        "-",
        "protesters",
        "the group",
        "Hezbollah",
        "ISIS",
        "Islamic State",
        "and",
        "or",
        ".",
        ",",
        ";",
        "was",
        "is",
        "mayor",
        "Secretary of Defense",
        "former",
        "pro-Iranian",
        "militias",
        "\n\n",
        "\xad",
        "\u200b",
        "é",
        "中文",
        "🙂",
        "\u2028",
        "ARNOR SAYS NO",
        "THE MINISTER OF",
        "SECRETARY",
        "Islamic Republic",
        "spokeswoman",
        "report",
        "by",
        "D-Ohio",
        "'s",
        "’s",
        "Jordan",
        "Georgia",
        "spokesman for",
        "according to",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map(" ".join)


@cache
def read(text: str) -> tuple[Document, list[Passage]]:
    document = Document.from_text(text, "fuzz")
    return document, passages(document, parser())


def check(text: str) -> list[Claim]:
    document, parts = read(text)
    cast = Cast(parts)
    names = [actor.name for actor in cast.actors]
    assert len(names) == len(set(names))
    claims = actor_claims(cast)
    assert len({claim.id for claim in claims}) == len(claims) == len(cast.actors)
    for claim in claims:
        assert all(document.raw[span.start : span.end] == span.text and span.text for span in claim.spans)
    for part in parts:
        for token in part.doc:
            for width in (1, 3):
                end = part.doc[min(token.i + width, len(part.doc)) - 1]
                found = cast.resolve(Stretch(part.number, token.idx, end.idx + len(end.text)))
                assert found is None or found.strip()
    return claims


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_hard_pieces_in_any_order(text: str) -> None:
    assert check(text) == check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=4).map("".join), st.sampled_from(["he", "she"]))
def test_a_new_surname_changes_nothing_but_the_name(letters: str, pronoun: str) -> None:
    surname = f"X{letters}sen"
    title = {"he": "Mr.", "she": "Mrs."}[pronoun]
    text = f"{title} {surname} met the envoys of Norway on Monday. Later {pronoun} signed the treaty."
    _, parts = read(text)
    start = text.index(f" {pronoun} ") + 1
    assert Cast(parts).resolve(Stretch(0, start, start + len(pronoun))) == surname
