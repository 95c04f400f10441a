"""How the time of reading grows with a text that repeats one piece: fourfold text, fourfold time if all is well."""

from statistics import median
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.documents.document import Document
from realpolitik.reading.reader import read
from tests.work import REPEATED

LENGTH = 10_000
QUADRATIC = 16.0


def seconds(raw: str) -> float:
    begun = process_time()
    read(Document.from_text(raw, "any", media="text"))
    return process_time() - begun


@pytest.mark.parametrize("piece", REPEATED)
def test_fourfold_text(benchmark: BenchmarkFixture, piece: str) -> None:
    """Time of the long text over that of the short one."""
    short = piece * (LENGTH // len(piece))
    seconds(short)
    base = median(seconds(short) for _ in range(3))
    grown = benchmark.pedantic(seconds, args=(4 * short,), rounds=1)
    benchmark.extra_info["times_as_long"] = round(grown / max(base, 0.01), 1)
    assert grown < QUADRATIC * max(base, 0.1)
