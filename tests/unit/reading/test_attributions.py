"""Attributions: who, by which words, said what; and what is no attribution."""

import pytest

from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages

Found = tuple[str, str, str]


def said(text: str) -> list[Found]:
    """Source, cue and content of each attribution; parts of a content are separated by a bar."""
    parsed = passages(Document.from_text(text, "wire"), parser())

    def words(*stretches: Stretch | None) -> str:
        return " | ".join(parsed[part.passage].text[part.start : part.end] for part in stretches if part)

    return [(words(one.source), words(one.cue), words(*one.content)) for one in attributions(parsed)]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Ann Roe said that the toll was dead.", "Ann Roe", "said", "that the toll was dead"),
        ("Ann Roe said the toll was dead.", "Ann Roe", "said", "the toll was dead"),
        ("The toll, Ann Roe said, is dead.", "Ann Roe", "said", "The toll | is dead"),
        ("The toll would fail, Ann Roe believes.", "Ann Roe", "believes", "The toll would fail"),
        ("The toll will pass, according to Ben Hall.", "Ben Hall", "according to", "The toll will pass"),
        ("Ann Roe promised to cut the toll.", "Ann Roe", "promised", "to cut the toll"),
        ("Ann Roe called for a vote.", "Ann Roe", "called for", "a vote"),
        ("Ann Roe urged the council to leave.", "Ann Roe", "urged", "the council to leave"),
        ("Ann Roe told the council to leave.", "Ann Roe", "told", "to leave"),
        ("Ann Roe criticized the toll.", "Ann Roe", "criticized", "the toll"),
        ("Ann Roe described the toll as a gift.", "Ann Roe", "described", "the toll as a gift"),
        ("Ann Roe accused Ben Hall of theft.", "Ann Roe", "accused", "Ben Hall of theft"),
        ("Ben Hall was accused of theft.", "", "accused", "Ben Hall | of theft"),
        ("The bank is expected to raise rates.", "", "expected", "The bank | to raise rates"),
        ("The mayor reportedly left the city.", "", "reportedly", "The mayor | left the city"),
        ("Ann Roe is confident that it will pass.", "Ann Roe", "is confident", "that it will pass"),
        ("Ann Roe did not say when it would start.", "Ann Roe", "say", "when it would start"),
        ("Her claim that the toll is dead made no friends.", "Her", "claim", "that the toll is dead"),
        ("Ann Roe tweeted a threat to close the port.", "Ann Roe", "tweeted a threat", "to close the port"),
        ("It rests on a letter accepting the vote.", "a letter", "accepting", "the vote"),
        ("A poll showed a close race in Arnor.", "A poll", "showed", "a close race in Arnor"),
        ("Critics of the toll met in May.", "Critics", "Critics of", "the toll"),
        ("In Roe’s view, the toll is dead.", "Roe’s", "In Roe’s view", "the toll is dead"),
        ("The council voted to leave.", "The council", "voted", "to leave"),
        ("Ann Roe has repeatedly said that it was dead.", "Ann Roe", "said", "that it was dead"),
    ],
)
def test_indirect_speech_and_thought(text: str, source: str, cue: str, content: str) -> None:
    assert said(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Ann Roe called the toll “a gift” to Arnor.", "Ann Roe", "the toll “a gift” to Arnor"),
        ("The toll was “a gift,” Ann Roe said.", "Ann Roe", "The toll was “a gift,”"),
        (
            "The toll, Ann Roe added, was “dead” and “gone for good.”",
            "Ann Roe",
            "The toll | was “dead” and “gone for good.”",
        ),
        ("Ann Roe, in a letter, warned that “nobody is safe.”", "Ann Roe", "“nobody is safe.”"),
        ("As Ann Roe put it, “the toll is dead.”", "Ann Roe", "“the toll is dead.”"),
        (
            "''It is dead,'' Ann Roe said. ''It was never alive.''",
            "Ann Roe",
            "''It is dead,'' | ''It was never alive.''",
        ),
        ("“It is dead,” said Monday the mayor, Ann Roe.", "the mayor, Ann Roe", "“It is dead,”"),
    ],
)
def test_quotations_with_and_without_words_around(text: str, source: str, content: str) -> None:
    [(who, _, what)] = said(text)
    assert (who, what) == (source, content)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Roe said this:\n\n“It is dead, and nobody will bring it back to life.”", ["Ann Roe"]),
        ("“It is dead, said Ann Roe.\n\n“It was never alive,” she said.", ["she"]),
        ("Ann Roe rose to answer. “It is dead and will not come back.”", ["Ann Roe"]),
        ("ROE: “We will not pay for it.” HALL: “You will pay for all of it.”", ["ROE", "HALL"]),
        ("Roe: “Will you pay the toll?”\n\nHall: “I will not pay a cent of it.”", ["Roe", "Hall"]),
        ("Ben Hall on the toll: “It is a bad deal for us all.”", ["Ben Hall"]),
        ("“It is a bad deal for us all,” is how Roe put it.", ["Roe"]),
        ("“The toll is dead,” the headline read.", ["the headline"]),
        ("For Mia Lund, the toll is personal. “It took my father’s boat.”", ["Mia Lund"]),
        ("Mia Lund lost her boat to the toll.\n\n“It took my father’s boat.”", ["Mia Lund"]),
        ("“Will you go to court?” Roe asked Hall.\n\n“I will go at once.”", ["Roe", "Hall"]),
        ("“He has no plan,” Hall said. Roe has denied that. “He knows nothing of me.”", ["Hall", "Roe", "Roe"]),
    ],
)
def test_quotations_without_a_cue_beside_them(text: str, speakers: list[str]) -> None:
    assert [source for source, _, _ in said(text) if source] == speakers


def test_quotation_over_paragraphs_has_content_in_each() -> None:
    text = "Ann Roe said: “It is dead.\n\n“It was never alive.”\n"
    assert said(text) == [("Ann Roe", "said", "“It is dead. | “It was never alive.”")]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the port at noon.",
        "There is no way to claim the money.",
        "The so-called war began in May.",
        "The ship made the harbour safe.",
        "Who would defend the port of Velm?",
    ],
)
def test_what_is_no_attribution(text: str) -> None:
    assert said(text) == []


def test_how_somebody_spoke_is_not_what_was_said() -> None:
    text = "Arnor threatened to close the port, according to an official who spoke on condition of anonymity."
    assert [content for _, _, content in said(text)] == ["Arnor threatened to close the port"]


def test_attribution_inside_another_is_part_of_it() -> None:
    text = "Ann Roe said that Ben Hall believes that the toll is dead."
    assert said(text) == [("Ann Roe", "said", "that Ben Hall believes that the toll is dead")]
