"""How fast a report becomes claims: words per second of one thread, and what the actors cost beside the parser."""

from time import process_time

from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.actors import Cast, actor_claims
from realpolitik.reading.document import Document
from realpolitik.reading.parsing import parser
from realpolitik.reading.passages import passages
from realpolitik.reading.reader import read

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


def test_actors_beside_parsing(benchmark: BenchmarkFixture) -> None:
    """Time of the actors as a share of the time of parsing the same text."""
    document = Document.from_text("".join(PARAGRAPH.format(n=n) for n in range(2, 102)), "bench")
    passages(document, parser())
    start = process_time()
    parsed = passages(document, parser())
    parsing = process_time() - start

    def run() -> int:
        return len(actor_claims(Cast(parsed)))

    actors = benchmark(run)
    benchmark.extra_info["share_of_parsing"] = round(benchmark.stats.stats.mean / parsing, 3)
    assert actors >= 2
