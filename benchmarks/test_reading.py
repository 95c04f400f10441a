"""How fast a report becomes claims: words per second of one thread."""

from time import process_time

from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.actors import Cast
from realpolitik.reading.attributions import attributions
from realpolitik.reading.contradictions import contradictions
from realpolitik.reading.document import Document
from realpolitik.reading.figures import figures
from realpolitik.reading.hedges import hedged
from realpolitik.reading.parsing import parser
from realpolitik.reading.passages import passages
from realpolitik.reading.reader import read
from realpolitik.reading.stances import stances
from realpolitik.reading.votes import votes

PARAGRAPH = (
    "“We waited for {n} years and nobody listened,” said Ann Lee, who runs a tug from the northern pier. The council "
    "backed the toll by 170 votes to none in a chamber of 328 members on Monday, and about half a million people live "
    "there. The reason, she said, is that “every ship counts.” Harbour officials called it a draft.\n\n"
)


def test_words_per_second(benchmark: BenchmarkFixture) -> None:
    raw = "Toll backed\n\n" + "".join(PARAGRAPH.format(n=n) for n in range(2, 202))

    def run() -> int:
        return len(read(Document.from_text(raw, "bench")))

    claims = benchmark(run)
    benchmark.extra_info["words_per_second"] = round(len(raw.split()) / benchmark.stats.stats.mean)
    assert claims >= 200


PLAIN = (
    "The fishermen of Portville went out before dawn, as their fathers had, and came back with half-empty nets. In the "
    "market the women spoke of the weather and of the children who had moved to the capital. Nobody at the harbour "
    "could remember a winter as mild as this one, and the old men on the benches shook their heads.\n\n"
)


def test_counting_and_taking_sides_as_a_share_of_parsing(benchmark: BenchmarkFixture) -> None:
    raw = "Toll backed\n\n" + "".join(PARAGRAPH.format(n=n) + 3 * PLAIN for n in range(2, 52))
    document, pipeline = Document.from_text(raw, "bench"), parser()
    passages(document, pipeline)
    start = process_time()
    parsed = passages(document, pipeline)
    parsing = process_time() - start
    cast, said = Cast(parsed), attributions(parsed)

    def run() -> float:
        start = process_time()
        found = [*votes(parsed), *figures(parsed, (), cast), *stances(parsed, cast, said)]
        assert contradictions(hedged(parsed, found))
        return process_time() - start

    share = benchmark.pedantic(run, rounds=3, warmup_rounds=1) / parsing
    benchmark.extra_info["share_of_parsing"] = round(share, 3)
    assert share < 0.15
