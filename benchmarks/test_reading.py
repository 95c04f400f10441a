"""How fast a report becomes claims, beside the bare spaCy pipeline on the same text in the same run."""

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.actors.actors import Cast, actor_claims
from realpolitik.reading.attributions.attributions import attributions
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.documents.document import Document
from realpolitik.reading.english.parsing import parser
from realpolitik.reading.english.passages import passages
from realpolitik.reading.events import events
from realpolitik.reading.figures.figures import figures
from realpolitik.reading.figures.votes import votes
from realpolitik.reading.hedges import hedged
from realpolitik.reading.reader import read
from realpolitik.reading.stances.stances import stances

PARAGRAPH = (
    "“The toll was never about money in round {n},” said Ann Roe, the harbour minister. On Tuesday the council of "
    "Portville voted {n}0 to 12 against the bill, and more than {n},000 people marched to the docks in protest. "
    "Ben Vale of the Seamen’s Union told reporters that the union would strike if the government did not withdraw the "
    "toll. The minister denied that talks had failed; according to two officials, a draft agreement may be signed.\n\n"
)
PLAIN = (
    "The fishermen of Portville went out before dawn, as their fathers had, and came back with half-empty nets. In the "
    "market the women spoke of the weather and of the children who had moved to the capital. Nobody at the harbour "
    "could remember a winter as mild as this one, and the old men on the benches shook their heads.\n\n"
)
TEXT = "Toll rejected\n\n" + "".join(PARAGRAPH.format(n=n) + PLAIN for n in range(2, 82))
"""Denser in claims than a newspaper is."""

Part = Callable[[list[Any], Cast, list[Any]], object]

PARTS: dict[str, Part] = {
    "attributions": lambda parsed, _, __: attributions(parsed),
    "actors": lambda parsed, _, __: actor_claims(Cast(parsed)),
    "events": lambda parsed, cast, said: events(parsed, cast.resolve, said),
    "counts and stances": lambda parsed, cast, said: contradictions(
        hedged(parsed, [*votes(parsed), *figures(parsed, (), cast), *stances(parsed, cast, said)])
    ),
}


def timed(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


@pytest.fixture(scope="module")
def document() -> Document:
    made = Document.from_text(TEXT, "bench", media="text")
    passages(made, parser())
    return made


def test_reader_beside_the_bare_pipeline(benchmark: BenchmarkFixture, document: Document) -> None:
    """Speed of the whole reader as a share of that of the pipeline alone; medians of runs in turn."""
    texts = [block.text for block in document.readable()]
    pipeline = parser()
    bare = [timed(lambda: list(pipeline.many(texts)))]

    def run() -> float:
        bare.append(timed(lambda: list(pipeline.many(texts))))
        return timed(lambda: read(document))

    whole = [run(), run(), benchmark.pedantic(run, rounds=3)]
    benchmark.extra_info["words"] = len(TEXT.split())
    benchmark.extra_info["share_of_bare_speed"] = round(median(bare) / median(whole), 3)
    assert len(read(document)) > 400


@pytest.mark.parametrize("part", PARTS)
def test_part_beside_parsing(benchmark: BenchmarkFixture, document: Document, part: str) -> None:
    """Time of one part of the rules as a share of parsing the same text."""
    parsing = median(timed(lambda: passages(document, parser())) for _ in range(3))
    parsed = passages(document, parser())
    cast, said = Cast(parsed), attributions(parsed)
    found = benchmark.pedantic(PARTS[part], args=(parsed, cast, said), rounds=3, warmup_rounds=1)
    benchmark.extra_info["share_of_parsing"] = round(benchmark.stats.stats.median / parsing, 3)
    assert found
