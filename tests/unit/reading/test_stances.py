"""Stances in sentences of our own: every one of the table, and none besides."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.contest.evidence import Claim
from realpolitik.reading.actors.actors import Cast
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.figures.figures import figures
from realpolitik.reading.figures.votes import votes
from realpolitik.reading.hedges import hedged
from realpolitik.reading.stances.stances import TO_BE_JUDGED, stances

HERE = Path(__file__).parent
LINES = (HERE / "stance_sentences.txt").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(part.strip() for part in line.split("||")) for line in LINES if line and line[0] != "#"]
SIDES = {"support": "+", "oppose": "-", "ambivalent": "~", "conditional": "if", None: "?"}
TIERS = {"own words": "w", "own action": "a", "attributed": "t", "inferred": "i"}


def found_in(text: str) -> list[Claim]:
    parsed = passages(Document.from_text(text, "wire"), parser())
    return stances(parsed, Cast(parsed), attributions(parsed))


def holder(claim: Claim) -> str:
    if claim.speaker is None:
        return ""
    return claim.speaker.actor or (claim.speaker.span.text if claim.speaker.span else "")


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_stances(text: str, expected: str) -> None:
    found = found_in(text)
    wanted = [] if expected == "-" else [[part.strip() for part in one.split("|")] for one in expected.split(";")]
    assert len(found) == len(wanted)
    for claim, (who, side, issue, tier, *qualifier) in zip(found, wanted, strict=True):
        stance = claim.stance
        assert stance is not None
        assert (SIDES[stance.stance], stance.issue, TIERS[stance.tier]) == (side, issue, tier)
        assert who.lower() in holder(claim).lower()
        assert not qualifier or qualifier[0].lower() in (stance.qualifier or "").lower()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("“Can anybody say that we do not need the garrison?” asked Ann Lee.", "rhetorical question"),
        ("Ben Roe warned that a withdrawal would bring chaos.", "warning"),
        ("The council may back the treaty.", "possible"),
        ("The council does not oppose the treaty.", "no opposition"),
    ],
)
def test_what_takes_no_side_goes_to_review(text: str, why: str) -> None:
    [claim] = found_in(text)
    assert claim.stance is not None
    assert claim.stance.stance is None
    assert claim.note is not None
    assert claim.note.startswith(why)
    assert claim.note.endswith(TO_BE_JUDGED)


def test_whom_the_issue_concerns() -> None:
    [claim] = found_in("Ann Lee opposes the sanctions on Gondor.")
    assert claim.stance is not None
    assert (claim.stance.issue, claim.stance.object) == ("sanctions", "Gondor")


def test_status_of_a_stance() -> None:
    assert [claim.status for claim in found_in("Ann Lee opposes the treaty.")] == ["asserted"]
    assert [claim.status for claim in found_in("“We reject the treaty,” said Ann Lee.")] == ["reported"]
    assert [claim.status for claim in found_in("Ann Lee would back the treaty if it is amended.")] == ["conditional"]
    assert [claim.status for claim in found_in("Ann Lee will back the treaty.")] == ["planned"]


TEXTS = [
    line.split("||")[0].strip()
    for name in ("stance_sentences.txt", "vote_sentences.txt", "figure_sentences.txt")
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()
    if line and line[0] != "#"
]
NOISE = st.text(alphabet="“”‘’\"' -–—,.?!()%$€\n\tnoto0123456789ABé\u00ad\u200bﬁ", max_size=12)  # noqa: RUF001


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), NOISE, st.integers(0, 120)), min_size=1, max_size=5))
def test_every_span_is_a_slice_of_the_source(parts: list[tuple[str, str, int]]) -> None:
    text = "\n\n".join(one[:at] + noise + one[at:] for one, noise, at in parts)
    document = Document.from_text(text, "wire")
    parsed = passages(document, parser())
    cast = Cast(parsed)
    claims = [*votes(parsed), *figures(parsed, (), cast), *stances(parsed, cast, attributions(parsed))]
    claims = contradictions(hedged(parsed, claims))
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        for span in (*claim.spans, *([claim.speaker.span] if claim.speaker and claim.speaker.span else [])):
            assert document.raw[span.start : span.end] == span.text
            assert span.text.strip()
        for hedge in claim.hedges:
            assert hedge in document.raw
