"""Names that refer to something else in the contest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from realpolitik.contest.distribution import Distribution, Mixture, Named
from realpolitik.errors import Fault, nearest

if TYPE_CHECKING:
    from realpolitik.contest.contest import Contest

__all__ = ["Path", "names_in", "unknown", "written_out"]

Path = tuple[str | int, ...]
"""Keys from the root of the file."""


def unknown(path: Path, kind: str, name: str, known: Iterable[str]) -> Iterator[Fault]:
    """A fault if nothing of that name is known."""
    if name not in known:
        yield Fault(path, f"there is no {kind} '{name}'. {nearest(name, known)}")


def names_in(distribution: Distribution) -> Iterator[str]:
    """The shared quantities that a distribution names."""
    match distribution:
        case Named(name):
            yield name
        case Mixture(parts):
            for _, part in parts:
                yield from names_in(part)
        case _:
            return


def written_out(distribution: Distribution, contest: Contest) -> Distribution:
    """The same distribution with the shared quantities that it names, as far as they are known."""
    match distribution:
        case Named(name) if name in contest.quantities:
            return contest.quantities[name].value
        case Mixture(parts):
            return Mixture(tuple((weight, written_out(part, contest)) for weight, part in parts))
        case _:
            return distribution
