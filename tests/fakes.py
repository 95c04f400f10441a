"""Stand-ins for what tests should not use, written once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from realpolitik.forecast.draws import Chunk
from realpolitik.forecast.walk import Worlds


@dataclass
class FakeEngine:
    """An engine that keeps what it was asked, and works the chunks out from the last to the first."""

    asked: list[Chunk] = field(default_factory=list)
    jobs: int = 0

    @contextmanager
    def __call__(self, *, jobs: int) -> Iterator[Callable[..., Iterator[Worlds]]]:
        self.jobs = jobs
        yield self._run

    def _run(self, task: Callable[[Chunk], Worlds], chunks: Sequence[Chunk]) -> Iterator[Worlds]:
        self.asked += chunks
        done = {chunk.index: task(chunk) for chunk in reversed(chunks)}
        return (done[chunk.index] for chunk in chunks)
