"""Stand-ins for what tests should not use, written once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.walk import Worlds


@dataclass
class FakeEngine:
    """An engine that keeps what it was asked, and works the chunks out from the last to the first."""

    asked: list[Chunk] = field(default_factory=list)
    jobs: int = 0

    def __call__(self, task: Callable[[Chunk], Worlds], chunks: Sequence[Chunk], *, jobs: int) -> Iterator[Worlds]:
        self.asked, self.jobs = list(chunks), jobs
        done = {chunk.index: task(chunk) for chunk in reversed(chunks)}
        yield from (done[chunk.index] for chunk in chunks)
