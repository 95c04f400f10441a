"""Figures and votes in sentences of our own: every number of the tables, and none besides."""

import re
from pathlib import Path

import pytest

from realpolitik.contest.evidence import Claim, VoteClaim
from realpolitik.reading.documents.document import Document
from realpolitik.reading.reader import read

HERE = Path(__file__).parent
COMPARISONS = {
    "=": "exactly",
    "~": "about",
    ">": "more than",
    "<": "less than",
    ">=": "at least",
    "<=": "at most",
}
NUMBERS = ("yes", "no", "abstain", "present", "absent", "seats", "quorum", "required", "margin", "short")


def rows(name: str) -> list[tuple[str, str]]:
    lines = [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    pairs = [line.split("||") for line in lines]
    return [(text.strip(), expected.strip()) for text, expected in pairs]


def claims(text: str, kind: str) -> list[Claim]:
    return [claim for claim in read(Document.from_text(text, "wire")) if claim.kind == kind]


@pytest.mark.parametrize(("text", "expected"), rows("figure_sentences.txt"))
def test_figures(text: str, expected: str) -> None:
    found = [claim.figure for claim in claims(text, "figure")]
    wanted = [] if expected == "-" else expected.split(";")
    assert len(found) == len(wanted)
    for figure, words in zip(found, wanted, strict=True):
        assert figure is not None
        amount, _, referent = words.partition("@")
        value, *unit, comparison = amount.split()
        assert figure.value == pytest.approx(float(value))
        assert (figure.unit, figure.comparison) == (" ".join(unit), COMPARISONS[comparison])
        assert referent.strip() in (figure.referent or "")


def shown(vote: VoteClaim) -> dict[str, str]:
    found = {name: str(getattr(vote, name)) for name in NUMBERS if getattr(vote, name) is not None}
    found = {name: value + "*" * (name in vote.derived) for name, value in found.items()}
    if vote.rule:
        found["rule"] = vote.rule
    if vote.passed is not None:
        found["passed"] = "+" if vote.passed else "-"
    return found


def wished(words: str) -> dict[str, str]:
    rule = re.search(r"rule -(.+?)(?: [+-])?$", words)
    plain = words[: rule.start()] if rule else words
    found = dict(re.findall(r"([a-z]+) (-?\d+\*?)", plain))
    if rule:
        found["rule"] = rule[1]
    verdict = re.search(r" ([+-])$", words)
    if verdict:
        found["passed"] = verdict[1]
    return found


@pytest.mark.parametrize(("text", "expected"), rows("vote_sentences.txt"))
def test_votes(text: str, expected: str) -> None:
    found = [shown(claim.vote) for claim in claims(text, "vote") if claim.vote]
    assert found == ([] if expected == "-" else [wished(words.strip()) for words in expected.split(";")])


def test_a_vote_over_two_sentences_cites_both() -> None:
    [claim] = claims("The bill passed by 61 votes to 40. Nine members abstained.", "vote")
    assert [span.text for span in claim.spans] == ["61 votes to 40", "Nine members abstained"]


def test_chamber_and_matter_of_a_vote_are_printed_words() -> None:
    [claim] = claims("The upper house voted 26-24 to admit Lorn on Friday.", "vote")
    assert claim.vote is not None
    assert (claim.vote.chamber, claim.vote.about) == ("The upper house", "to admit Lorn")
