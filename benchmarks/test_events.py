"""How much the rules for events cost beside the parse that they rest on."""

from time import process_time

from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.events.occurrences import occurrences
from realpolitik.reading.parsing import parser

PARAGRAPH = (
    "Kenya's army shelled two villages near the border on Monday, killing {n} people, a doctor said. Uganda called on "
    "its neighbour to withdraw and threatened to break off relations. The weather in the capital was mild, and the "
    "market stayed open, although fewer traders than usual had come down from the hills. Ben Roe, the foreign "
    "minister, denied that the army had crossed the river, which marks the frontier. "
)


def test_cost_beside_the_parse(benchmark: BenchmarkFixture) -> None:
    parse = parser()
    texts = [PARAGRAPH.format(n=n) for n in range(2, 102)]
    docs = list(parse.many(texts))
    begun = process_time()
    list(parse.many(texts))
    parsing = process_time() - begun

    def run() -> int:
        return sum(len(occurrences(doc)) for doc in docs)

    found = benchmark(run)
    benchmark.extra_info["share_of_parse"] = round(benchmark.stats.stats.mean / parsing, 3)
    assert found >= 300
