"""A contest becomes a forecast: seeds, chunks, manifest, hash."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import realpolitik
from realpolitik import registry
from realpolitik.contest.file import load
from realpolitik.contest.located import parse_yaml, plain
from realpolitik.errors import ContestError, UnknownName
from realpolitik.forecast.draws import CHUNK
from realpolitik.forecast.forecast import MOST_FORECAST, Forecast, contest_hash, forecast
from tests.fakes import FakeEngine
from tests.small import CHAMBER, SMALL, THREAT, change, claim, contest, folder, with_section

FULL = change(
    with_section(CHAMBER + THREAT),
    ("outcomes:", "  vote: {chamber: house}\n  crisis: {threat: sanctions, variant: logit}\noutcomes:"),
)


def bits(found: Forecast, draws: int | None = None) -> dict[str, bytes]:
    parts = {**found.worlds.inputs, **found.worlds.results, **found.worlds.details, "outcome": found.worlds.outcome}
    return {key: values[:draws].tobytes() for key, values in parts.items()}


def test_the_same_seed_gives_the_same_bits_and_another_does_not() -> None:
    first, second, third = (forecast(contest(FULL), 300, seed) for seed in (7, 7, 8))
    assert bits(first) == bits(second)
    assert bits(first) != bits(third)


def test_the_first_chunks_of_a_longer_run_are_the_shorter_run() -> None:
    short, long = (forecast(contest(FULL), draws) for draws in (CHUNK, 2 * CHUNK + 100))
    assert long.draws == 2 * CHUNK + 100
    assert bits(long, CHUNK) == bits(short)


def test_progress_is_told_of_every_chunk() -> None:
    seen: list[int] = []
    forecast(contest(), 2 * CHUNK + 5, progress=seen.append)
    assert seen == [CHUNK, CHUNK, 5]


@pytest.fixture
def fake() -> Iterator[FakeEngine]:
    """A fake engine among the registered ones."""
    made = FakeEngine()

    registry.engines.load()
    registry.engines.register("fake")(lambda *, jobs: made(jobs=jobs))
    yield made
    del registry.engines._entries["fake"]


def test_any_engine_may_work_in_any_order(fake: FakeEngine) -> None:
    found = forecast(contest(FULL), CHUNK + 10, 3, engine="fake", jobs=4)
    assert bits(found) == bits(forecast(contest(FULL), CHUNK + 10, 3))
    assert (fake.jobs, [chunk.size for chunk in fake.asked]) == (4, [CHUNK, 10])


def test_processes_give_the_same_forecast() -> None:
    assert bits(forecast(contest(FULL), CHUNK + 1, engine="processes", jobs=2)) == bits(
        forecast(contest(FULL), CHUNK + 1)
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"draws": 0}, "draws is 0; 1 to 1,000,000,000 are possible."),
        ({"draws": MOST_FORECAST + 1}, "draws is 1000000001; 1 to 1,000,000,000 are possible."),
        ({"seed": -1}, "seed is -1; it must be 0 or more."),
        ({"jobs": 0}, "jobs is 0; at least 1 is needed."),
    ],
)
def test_what_cannot_be_drawn_is_refused(asked: dict[str, int], message: str) -> None:
    with pytest.raises(ContestError) as caught:
        forecast(contest(), **asked)
    assert str(caught.value) == message


def test_an_unknown_engine_lists_the_known() -> None:
    with pytest.raises(UnknownName, match=r"There is no engine 'serail'. Did you mean 'serial'\?"):
        forecast(contest(), 10, engine="serail")


def test_the_manifest_says_what_it_takes_to_do_it_again() -> None:
    found = forecast(contest(FULL), 100, 4, changes={"note": "x"})
    assert set(found.manifest) == {"contest_sha256", "draws", "seed", "chunk", "method", "models", "set", "versions"}
    assert {key: found.manifest[key] for key in ("draws", "seed", "chunk", "set")} == {
        "draws": 100,
        "seed": 4,
        "chunk": CHUNK,
        "set": {"note": "x"},
    }
    assert found.manifest["models"] == {
        "settlement": {"model": "compromise", "variant": None},
        "vote": {"model": "passage", "variant": None},
        "crisis": {"model": "threat", "variant": "logit"},
    }
    assert found.manifest["versions"]["realpolitik"] == realpolitik.__version__
    assert found.manifest["versions"]["numpy"] == np.__version__
    assert found.manifest["contest_sha256"] == contest_hash(contest(FULL))


def test_truths_are_found_by_their_name_in_guards() -> None:
    found = forecast(contest(), 50)
    np.testing.assert_array_equal(found.truth("notice"), found.worlds.results["notice"])


# --- the hash ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pair",
    [
        ("title: Who leaves?", "title:   'Who leaves?'  # really"),
        ("position: 0 to 30, salience: beta(9, 2)", "salience: beta(9.0, 2), position: 0 to 3e1"),
        ("judgement: 0.3", "judgement: {value: 0.30}"),
        ("as_of: 2020-01-08\nhorizon: 2020-12-31\n", "horizon: 2020-12-31\nas_of: 2020-01-08\n"),
        ("    scale: {0: nothing,", "    scale: {0.0: nothing,"),
    ],
)
def test_layout_comments_and_the_order_of_keys_do_not_change_the_hash(pair: tuple[str, str]) -> None:
    assert contest_hash(contest(change(SMALL, pair))) == contest_hash(contest())


@pytest.mark.parametrize(
    "pairs",
    [
        [("judgement: 0.3", "judgement: 0.31")],
        [("title: Who leaves?", "title: Who stays?")],
        [("much: settlement >= 50\n  little: otherwise", "little: not notice\n  much: otherwise")],
        [
            ("  usa: {name: United States, kind: state}\n", ""),
            ("Iran, kind: state}\n", "Iran, kind: state}\n  usa: {name: United States, kind: state}\n"),
        ],
    ],
)  # fmt: skip
def test_values_and_the_order_of_entries_change_the_hash(pairs: list[tuple[str, str]]) -> None:
    assert contest_hash(contest(change(SMALL, *pairs))) != contest_hash(contest())


def test_the_order_of_outcomes_changes_the_hash_because_it_changes_the_forecast() -> None:
    first = "much: settlement >= 0\n  none: not notice\n  all: notice\n  little: otherwise"
    second = "all: notice\n  none: not notice\n  much: settlement >= 0\n  little: otherwise"
    one, other = (
        contest(change(SMALL, ("much: settlement >= 50\n  little: otherwise", text))) for text in (first, second)
    )
    assert contest_hash(one) != contest_hash(other)


def test_claims_are_in_the_hash(tmp_path: Path) -> None:
    text = change(SMALL, ("actors:\n", "sources: {report: {title: T, url: u}}\nactors:\n"))
    with_claim = load(folder(tmp_path, text, claim()))
    assert contest_hash(with_claim) != contest_hash(contest(text))
    assert contest_hash(with_claim) == contest_hash(load(tmp_path))


def test_the_hash_survives_the_saved_contest() -> None:
    found = contest(FULL)
    assert contest_hash(type(found).model_validate_json(found.model_dump_json())) == contest_hash(found)
    assert plain(parse_yaml(SMALL, "x"))["contest"] == found.contest
