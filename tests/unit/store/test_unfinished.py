"""A run that is broken off goes on to the same bits; what does not belong to it is refused."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from realpolitik import registry
from realpolitik.errors import ContestError, StorageError
from realpolitik.forecast.draws import CHUNK
from realpolitik.forecast.forecast import Forecast, forecast
from realpolitik.forecast.summary import as_json, hinges
from realpolitik.store.run import load_run, save_run
from realpolitik.store.unfinished import UnfinishedRun
from tests.small import SMALL, change, contest
from tests.unit.forecast.test_tally import DRAWS, FULL, streaming

__all__ = ["streaming"]


class Breaking:
    """An engine that is interrupted after so many items."""

    def __init__(self) -> None:
        self.left = 0
        self.asked: list[int] = []


@pytest.fixture
def breaking() -> Iterator[Breaking]:
    made = Breaking()

    def run(task, items):  # type: ignore[no-untyped-def]
        made.asked += [len(items)] if items else []
        for item in items:
            if made.left == 0:
                raise KeyboardInterrupt
            made.left -= 1
            yield task(item)

    registry.engines.load()
    registry.engines.register("breaking")(lambda: nullcontext(run))
    yield made
    del registry.engines._entries["breaking"]


def broken_off(folder: Path, breaking: Breaking, after: int, *, resume: bool = False, seed: int = 5) -> None:
    breaking.left = after
    with pytest.raises(KeyboardInterrupt), UnfinishedRun(folder, resume=resume) as kept:
        forecast(FULL, DRAWS, seed, engine="breaking", unfinished=kept)


def gone_on(folder: Path) -> Forecast:
    with UnfinishedRun(folder, resume=True) as kept:
        found = forecast(FULL, DRAWS, 5, unfinished=kept)
        save_run(found, folder)
        kept.finish()
    return found


@pytest.mark.parametrize("after", [0, 1, 5])
def test_a_run_that_is_held_goes_on(tmp_path: Path, breaking: Breaking, after: int) -> None:
    broken_off(tmp_path / "run", breaking, after)
    assert not (tmp_path / "run").exists()
    assert len(list(tmp_path.glob("run.partial/draws-*.npz"))) == after
    assert as_json(gone_on(tmp_path / "run")) == as_json(forecast(FULL, DRAWS, 5))
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.usefixtures("streaming")
def test_a_run_that_is_counted_goes_on_and_may_be_broken_off_twice(tmp_path: Path, breaking: Breaking) -> None:
    broken_off(tmp_path / "run", breaking, 3)
    assert sorted(path.name for path in (tmp_path / "run.partial").iterdir()) == [
        "draws-000000.npz", "draws-000001.npz", "manifest.json", "tally.npz",
    ]  # fmt: skip
    broken_off(tmp_path / "run", breaking, 1, resume=True)
    assert breaking.asked == [2, 3, 2]  # two chunks that are held; then three blocks; then those that are open
    found = gone_on(tmp_path / "run")
    assert json.dumps(as_json(found)) == json.dumps(as_json(forecast(FULL, DRAWS, 5)))
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    again = load_run(tmp_path / "run")
    assert as_json(again) | {"manifest": found.manifest} == as_json(found)
    assert hinges(again) == hinges(found)
    assert (again.drawn, again.draws) == (DRAWS, 2 * CHUNK)


def test_what_is_done_is_not_done_again(tmp_path: Path, breaking: Breaking) -> None:
    broken_off(tmp_path / "run", breaking, 3)
    broken_off(tmp_path / "run", breaking, 2, resume=True)
    assert breaking.asked == [12, 9]
    seen: list[int] = []
    with UnfinishedRun(tmp_path / "run", resume=True) as kept:
        forecast(FULL, DRAWS, 5, unfinished=kept, progress=seen.append)
    assert sum(seen) == DRAWS


def test_an_interrupted_run_is_not_overwritten(tmp_path: Path, breaking: Breaking) -> None:
    broken_off(tmp_path / "run", breaking, 1)
    with pytest.raises(StorageError, match=r"run\.partial is there from a run that was interrupted"):
        UnfinishedRun(tmp_path / "run")


def test_another_run_is_refused_and_what_differs_is_named(tmp_path: Path, breaking: Breaking) -> None:
    broken_off(tmp_path / "run", breaking, 1)
    with (
        pytest.raises(StorageError, match="belongs to another run: draws, seed differ"),
        UnfinishedRun(tmp_path / "run", resume=True) as kept,
    ):
        forecast(FULL, 20, 6, unfinished=kept)
    assert as_json(gone_on(tmp_path / "run")) == as_json(forecast(FULL, DRAWS, 5))


@pytest.mark.parametrize("name", ["manifest.json", "draws-000000.npz"])
def test_damage_is_said(tmp_path: Path, breaking: Breaking, name: str) -> None:
    broken_off(tmp_path / "run", breaking, 1)
    (tmp_path / "run.partial" / name).write_bytes(b"[")
    with pytest.raises(StorageError, match=r"run\.partial is damaged .* Delete it and run the forecast again"):
        gone_on(tmp_path / "run")


def test_nothing_stays_of_a_contest_at_fault_or_of_a_run_without_draws(tmp_path: Path, breaking: Breaking) -> None:
    broken = contest(change(SMALL, ("otherwise", "settlement < 1")))
    with pytest.raises(ContestError, match="fits none of"), UnfinishedRun(tmp_path / "run") as kept:
        forecast(broken, 10, 1, unfinished=kept)
    broken_off(tmp_path / "run", breaking, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("streaming")
def test_a_tally_of_other_draws_is_refused(tmp_path: Path) -> None:
    save_run(forecast(FULL, DRAWS, 5), tmp_path / "run")
    save_run(forecast(FULL, DRAWS + CHUNK, 5), tmp_path / "other")
    (tmp_path / "other" / "tally.npz").replace(tmp_path / "run" / "tally.npz")
    with pytest.raises(StorageError, match=r"tally\.npz counts other draws than the manifest says"):
        load_run(tmp_path / "run")
