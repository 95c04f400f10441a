"""How fast a report becomes claims: words per second of one thread."""

from pytest_benchmark.fixture import BenchmarkFixture

from realpolitik.reading.document import Document
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
