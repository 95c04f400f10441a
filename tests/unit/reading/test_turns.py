"""Turns of transcripts and interviews."""

from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.reader import read

BROADCAST = """EVENING NEWS

MARA QUILL, HOST: Good evening. Minister, will you win the vote?

ODA BRAND, FOREIGN MINISTER: I am confident that we will win it. We demand an inquiry into the fire.

QUILL: Thank you for coming.

(MUSIC)

BRAND: I thank you.

We will not leave the council.
"""
INTERVIEW = """“We want our men back”: an interview with Gil Torv

Q: Mr. Torv, do you trust the council?

A: No. We demand that the council lower the toll.

Q: Will you strike?

A: We will strike on Monday.
"""


def speakers(text: str, words: str) -> set[str | None]:
    claims = read(Document.from_text(text, "x"))
    return {
        claim.speaker.actor
        for claim in claims
        if claim.kind == "quotation" and claim.speaker and any(words in span.text for span in claim.content)
    }


def test_a_turn_is_in_the_words_of_whom_it_names() -> None:
    assert speakers(BROADCAST, "Thank you for coming") == {"Mara Quill"}
    assert speakers(BROADCAST, "we will win") == {"Oda Brand"}
    assert speakers(BROADCAST, "We will not leave") == {"Oda Brand"}


def test_we_is_who_has_the_floor() -> None:
    events = [claim.event for claim in read(Document.from_text(BROADCAST, "x")) if claim.event]
    assert ("REQUEST", "Oda Brand") in {(event.type, event.source) for event in events}


def test_names_in_capitals_are_those_of_the_text() -> None:
    cast = Cast(passages(Document.from_text(BROADCAST, "x"), parser()))
    assert {actor.name for actor in cast.actors if actor.kind == "person"} == {"Mara Quill", "Oda Brand"}
    assert not any(actor.name.isupper() for actor in cast.actors)


def test_answers_are_those_of_whom_the_title_interviews() -> None:
    assert speakers(INTERVIEW, "We will strike") == {"Torv"}
    assert speakers(INTERVIEW, "Will you strike?") == {None}


def test_a_colon_does_not_make_a_transcript() -> None:
    text = "Title of it\n\nRoe: the toll is dead, he said.\n\nThe council met on Monday.\n\nNobody came to the square."
    assert not any(span.text == "the toll is dead" for claim in read(Document.from_text(text, "x"))
                   if claim.kind == "quotation" and claim.cue is None for span in claim.content)  # fmt: skip
