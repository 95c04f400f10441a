"""Whether a record is what it was: the chain, every digest, git's memory, and every sealed forecast run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from realpolitik.contest.file import load
from realpolitik.errors import ContestError, Fault, RealpolitikError
from realpolitik.record import ledger
from realpolitik.record.book import Book, Sealed, filed
from realpolitik.record.history import History, history
from realpolitik.record.ledger import CONTESTS, HEAD, LEDGER, RECORD, Ledger, digest
from realpolitik.record.seal import Again, again, files_of, kept

__all__ = ["Verified", "verify"]

FEWEST_DIGITS = 12
"""Of a hash that somebody wrote down."""


@dataclass(frozen=True)
class Verified:
    """What was found."""

    ledger: Ledger
    book: Book
    faults: tuple[Fault, ...]
    """Whatever cannot be if nothing was rewritten."""

    changed: tuple[str, ...]
    """Files of the contest that are not what the last seal saw; that is how work goes on."""

    seals: tuple[tuple[Sealed, Again | None], ...]
    """None where the forecast was not run again, or could not be."""

    history: History


def verify(
    folder: Path, *, known_head: str | None = None, run: bool = True, progress: Callable[[int], None] | None = None
) -> Verified:
    """Check the record of a contest folder.

    Parameters
    ----------
    folder : a contest folder.
    known_head : hash of an entry, at least its first 12 digits, that somebody wrote down; it must still be there.
    run : whether every sealed forecast is run again.
    progress : called with the number of draws done since the last call.

    Raises
    ------
    ContestError : the folder has no record.
    """
    found = ledger.read(folder)
    if not found.entries and not found.faults:
        raise ContestError(f"{folder} has no record. Begin with 'realpolitik question' or 'realpolitik seal'.")
    made = filed(folder, found.entries)
    past = history(folder)
    faults = [*found.faults, *made.faults, *past.faults, *_head_faults(found, known_head)]
    if not found.faults and not made.faults:  # else entries that speak of them may stand below what cannot be read
        faults += _stray(folder, made)
    seals: list[tuple[Sealed, Again | None]] = []
    for sealed in made.seals:
        try:
            result = None
            if run:
                result = again(made, sealed, progress)
            else:
                kept(folder, sealed)
        except RealpolitikError as error:
            faults.append(Fault((), str(error), str(found.file), sealed.entry.number))
        if result and result.verdict == "not reproduced":
            with_ = f" Run with {result.here}." if result.here else ""
            text = f"the sealed forecast is not reproduced: a probability differs by {result.largest:.4f}.{with_}"
            faults.append(Fault((), text, str(found.file), sealed.entry.number))
        seals.append((sealed, result))
    return Verified(found, made, tuple(faults), _changed(folder, made), tuple(seals), past)


def _head_faults(found: Ledger, known_head: str | None) -> Iterator[Fault]:
    if known_head is None:
        return
    known_head = known_head.strip().lower()
    if len(known_head) < FEWEST_DIGITS:
        text = f"'{known_head}' is too short for a hash: give at least its first {FEWEST_DIGITS} digits."
        yield Fault(("--head",), text)
    elif not any(entry.sha256.startswith(known_head) for entry in found.entries):
        text = f"no entry has the hash {known_head[:64]}: the ledger was rewritten, or it is another one."
        yield Fault((), text, str(found.file))


def _stray(folder: Path, made: Book) -> Iterator[Fault]:
    """Files that no entry speaks of: an entry was cut off, or writing was interrupted."""
    home = folder / RECORD
    wanted = {f"{CONTESTS}/{one.seal.contest_sha256}.json" for one in made.seals} | {LEDGER, HEAD}
    for file in sorted(home.rglob("*")):
        name = file.relative_to(home).as_posix()
        if file.is_file() and name not in wanted:
            text = "no entry speaks of this file: an entry was cut off, or sealing was interrupted (then delete it)."
            yield Fault((), text, str(file))


def _changed(folder: Path, made: Book) -> tuple[str, ...]:
    if not made.seals:
        return ()
    sealed = made.seals[-1].seal.files
    try:
        now = files_of(folder, load(folder))
    except RealpolitikError:
        now = {name: digest((folder / name).read_bytes()) for name in sealed if (folder / name).is_file()}
    return tuple(sorted(name for name in {*sealed, *now} if sealed.get(name) != now.get(name)))
