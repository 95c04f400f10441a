"""Quotations: the marks, the speakers, the names they resolve to."""

import pytest

from realpolitik.contest.evidence import Claim
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.marks import quoted_parts
from realpolitik.reading.reader import read


def quotes(text: str) -> list[Claim]:
    return [claim for claim in read(Document.from_text(text, "wire")) if claim.kind == "quotation"]


def speakers(text: str) -> list[str | None]:
    return [claim.speaker.actor if claim.speaker else None for claim in quotes(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“A “b” c,” x “d", ["“A “b” c,”", "“d"]),
        ('"He said "no" to me," Roe said. "B', ['"He said "no" to me,"', '"B']),
        ("\u2018We don’t know,’ he said. \u2018Why?’", ["\u2018We don’t know,’", "\u2018Why?’"]),
        ("'We won't go,' he said", ["'We won't go,'"]),
        ("“A, he said. “B,” x", ["“B,”"]),
        ("„Nein“, sagte er", ["„Nein“"]),
        ("«Non», dit-il", ["«Non»"]),
        ("''It is,'' he said", ["''It is,''"]),
        ('“Mixed marks," he said', ['“Mixed marks,"']),
        ("”Typed the wrong way,” he said", ["”Typed the wrong way,”"]),
        ('a 5" pipe by 6" pipe', []),
        ("an empty “” pair", []),
    ],
)
def test_marks(text: str, parts: list[str]) -> None:
    assert [text[part.start : part.end] for part in quoted_parts(text)] == parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“We go,” said Ann Lee.", ["Ann Lee"]),
        ("“We go,” Ann Lee said.", ["Ann Lee"]),
        ("Ann Lee said: “We go.”", ["Ann Lee"]),
        ("According to Ann Lee, “we go” soon.", ["Ann Lee"]),
        (
            "Minister of Trade Ann Lee was adamant on Friday that “nobody leaves. Period.” U.S. aides said no.",
            ["Ann Lee"],
        ),
        ("“We go,” said one sailor, Ann Lee-Roe, speaking by phone.", ["Ann Lee-Roe"]),
        ("“We go,” Ann Lee, a member of the council, said.", ["Ann Lee"]),
        ("“We go,” Rep. Ann Lee (R-Ohio) said.", ["Ann Lee"]),
        ("“We go,” said Ann Lee. “Nobody stays.”", ["Ann Lee"]),
        ("“We go,” said Ann Lee, “and nobody stays.”", ["Ann Lee"]),
        (
            "It failed, according to Ann Lee, a lawmaker who described the vote as “ink and air” with no value.",
            ["Ann Lee", "Ann Lee"],
        ),
        ("Ann Lee dismissed the idea, saying “we go.”", ["Ann Lee", "Ann Lee"]),
        ("“We go.” — Ann Lee", ["Ann Lee"]),
        ("Ann Lee’s answer: “We go.”", ["Ann Lee"]),
        ("“No.” “Never,” said Ann Lee.", ["Ann Lee"]),
        ("The council leaked a letter that accepts the “sovereign” decision.", [None]),
        ("Ann Lee said the “sovereign” decision stands.", ["Ann Lee"]),
        ("“We go,” a sailor said.", [None]),
        ("“We go,” officials said.", ["officials"]),
        ("Nobody knew who had written “we go” on the wall.", [None]),
        ("The council was told “we go” by letter.", [None]),
    ],
)
def test_speaker_of_one_paragraph(text: str, names: list[str | None]) -> None:
    assert speakers(text) == names


def test_last_name_and_pronoun_resolve_to_the_full_name() -> None:
    text = (
        "Ann Lee met Ben Roe of the Harbour Council in Portville on Monday, and they spoke for most of the day.\n\n"
        "“We go,” said Roe.\n\nThe reason, he said, is that “nobody listens.”\n"
    )
    assert speakers(text) == ["Ben Roe", "Ben Roe"]


def test_pronoun_does_not_contradict_a_title() -> None:
    text = "Mrs. Ann Lee arrived late, long after everybody else had left the hall. “We go,” he said."
    assert speakers(text) == [None]


def test_ambiguous_last_name_stays_open() -> None:
    text = "Ann Lee and Bob Lee met in the hall and sat there for hours. “We go,” said Lee."
    [claim] = quotes(text)
    assert claim.speaker is not None
    assert claim.speaker.actor is None
    assert claim.speaker.span is not None
    assert claim.speaker.span.text == "Lee"


def test_split_quotation_is_one_claim_with_two_contents() -> None:
    [claim] = quotes("“We go,” said Ann Lee, “and nobody stays.”")
    assert [span.text for span in claim.content] == ["“We go,”", "“and nobody stays.”"]
    assert claim.cue is not None
    assert claim.cue.text == "said"
    assert [span.text for span in claim.spans] == ["“We go,” said Ann Lee, “and nobody stays.”"]


def test_quotation_over_two_paragraphs_is_one_claim() -> None:
    text = "A hall\n\n“We go, said the town, and we go soon, Ann Lee said.\n\n“We waited for years.”\n"
    [claim] = quotes(text)
    assert len(claim.content) == 2
    assert claim.content[1].text == "“We waited for years.”"


def test_paragraph_of_nothing_but_a_quotation_continues_the_speaker() -> None:
    text = "“We go,” said Ann Lee, who has led the council since the last flood.\n\n“Nobody listens to us any more.”\n"
    assert speakers(text) == ["Ann Lee", "Ann Lee"]


def test_boilerplate_is_no_evidence() -> None:
    text = (
        "Toll passed\n\nThe toll passed after a long debate on ships that lasted until the early hours of Friday.\n\n"
        "Read more: “We go,” said Ann Lee of 20 ships\n\nPhoto by Ben Roe, who said “wait” on January 5, 2020\n"
    )
    assert quotes(text) == []
