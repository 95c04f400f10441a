"""Evidence dropped: documented ignorance, and the forecast that the wider contest would have."""

import json

import numpy as np
import pytest

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import Mixture, parse
from realpolitik.contest.quantity import Bounds
from realpolitik.errors import ContestError
from realpolitik.forecast.draws import quantiles_of
from realpolitik.forecast.forecast import forecast
from realpolitik.forecast.ignorance import ignorance, weakened
from realpolitik.forecast.linchpins import linchpins
from realpolitik.forecast.moving import linchpins_as_json
from tests.unit.report.contests import bare, claim, full

SHARE, COST, ANY = Bounds(0, 1), Bounds(0), Bounds()
TAILS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])


def judged() -> Contest:
    """A stage that rests on one claim, one that rests on two, one on none, and an unused shared quantity."""
    return Contest.model_validate(
        {
            "contest": "judged", "title": "x", "as_of": "2020-01-08", "horizon": "2020-12-31",
            "sources": {"wire": {"title": "Wire", "url": "https://example.org"},
                        "post": {"title": "Post", "url": "https://example.org"}},
            "claims": {"one": claim("one", "x", document="wire"),
                       "two": claim("two", "y", document="post", reader="rules:1"),
                       "idle": claim("idle", "z", document="post")},
            "quantities": {"mood": {"value": "0.1 to 0.2", "evidence": ["two"]}},
            "pathway": {
                "first": {"judgement": {"value": 0.1, "evidence": ["one"]}},
                "second": {"judgement": {"value": "0.1 to 0.3", "evidence": ["one", "two"]}},
                "third": {"judgement": "mood", "evidence": ["one"]},
                "fourth": {"judgement": "0.1 to 0.3"},
            },
            "outcomes": {"a": "first", "b": "second or third", "c": "fourth", "d": "otherwise"},
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "bounds", "expected"),
    [
        ("60 to 80", Bounds(0, 100), "uniform(0, 100)"),
        ("0.7", SHARE, "uniform(0, 1)"),
        ("uniform(3, 5)", COST, "0.4 to 40"),
        ("0", COST, "0"),
        ("0", ANY, "0"),
        ("uniform(0.01, 1000)", Bounds(-100), None),
    ],
)
def test_ignorance_is_what_the_field_allows(text: str, bounds: Bounds, expected: str | None) -> None:
    if expected is not None:
        assert str(ignorance(parse(text), bounds, {})) == expected


@pytest.mark.parametrize("bounds", [COST, ANY])
@pytest.mark.parametrize("text", ["4 to 9", "0.01 to 900", "lognormal(1, 3)", "mixture(1: 2, 1: 5 to 8)", "7"])
def test_nothing_becomes_narrower(text: str, bounds: Bounds) -> None:
    shape = parse(text)
    unknown = ignorance(shape, bounds, {})
    (low, *_, high), (least, *_, most) = (quantiles_of(each, TAILS, bounds, {}) for each in (shape, unknown))
    assert least <= low + 1e-9
    assert most >= high - 1e-9
    middle, other = (quantiles_of(each, np.array([0.5]), bounds, {})[0] for each in (shape, unknown))
    if text in ("7", "4 to 9"):
        assert other == pytest.approx(middle, rel=0.02)


def test_an_error_without_ends_is_three_times_as_wide() -> None:
    unknown = ignorance(parse("normal(0, 30)"), ANY, {})
    assert quantiles_of(unknown, TAILS, ANY, {}) == pytest.approx(
        3 * quantiles_of(parse("normal(0, 30)"), TAILS, ANY, {})
    )


def test_part_of_the_evidence_is_part_of_the_number() -> None:
    shape = parse("0.1 to 0.3")
    assert weakened(shape, SHARE, {}, dropped=0, cited=3) == shape
    assert weakened(shape, SHARE, {}, dropped=3, cited=3) == parse("uniform(0, 1)")
    mixed = weakened(shape, SHARE, {}, dropped=1, cited=3)
    assert isinstance(mixed, Mixture)
    assert [weight for weight, _ in mixed.parts] == [2, 1]


def test_each_drop_is_the_forecast_of_the_wider_contest() -> None:
    """The analyst could have written the wider values; the forecast with them is the same to the bit."""
    contest, draws = judged(), 3_000
    before = forecast(contest, draws, 2).worlds.outcome
    for found in linchpins(contest, draws, 2):
        plain = contest.model_dump(mode="json")
        for address in (*found.dropped.only, *found.dropped.partly):
            held = contest.inputs()[address]
            lost = sum(id_ in found.dropped.claims for id_ in held.evidence)
            wider = weakened(held.quantity.value, held.bounds, {}, dropped=lost, cited=len(held.evidence))
            place = plain
            for key in held.path[:-1]:
                place = place[key]
            place[held.path[-1]] = str(wider)
        after = forecast(Contest.model_validate(plain), draws, 2).worlds.outcome
        for index, shift in enumerate(found.shifts):
            moved = (after == index).astype(float) - (before == index)
            assert (shift.before, shift.after) == (np.mean(before == index), np.mean(after == index))
            assert shift.standard_error == pytest.approx(moved.std() / np.sqrt(draws))


def test_who_rests_on_what() -> None:
    found = {(each.dropped.kind, each.dropped.name): each for each in linchpins(judged(), 2_000, 1)}
    assert set(found) == {
        ("claim", "one"), ("claim", "two"), ("source", "wire"), ("source", "post"),
        ("reader", "analyst"), ("reader", "rules:1"),
    }  # fmt: skip
    one = found["claim", "one"].dropped
    assert (one.only, one.partly) == (("pathway.first.judgement",), ("pathway.second.judgement",))
    assert found["source", "post"].dropped.claims == ("two",)
    assert found["claim", "two"].dropped.only == ("quantities.mood",)


def test_effects_are_those_of_ignorance_and_the_largest_comes_first() -> None:
    found = linchpins(judged(), 20_000, 1)
    sizes = [abs(each.strongest.difference) for each in found if each.beyond_chance]
    assert sizes == sorted(sizes, reverse=True)
    one = next(each for each in found if each.dropped.name == "one")
    assert one.shifts[0].before == pytest.approx(0.1, abs=0.01)
    assert one.shifts[0].after == pytest.approx(0.5, abs=0.015)
    assert one.beyond_chance
    assert sum(shift.difference for shift in one.shifts) == pytest.approx(0)


def test_errors_are_the_scatter_over_seeds() -> None:
    runs = [next(e for e in linchpins(judged(), 1_000, seed) if e.dropped.name == "two") for seed in range(50)]
    scatter = np.std([run.shifts[1].difference for run in runs], ddof=1)
    said = np.mean([run.shifts[1].standard_error for run in runs])
    assert 0.6 < scatter / said < 1.4


def test_without_claims_there_is_nothing_to_drop() -> None:
    assert linchpins(bare(), 100, 1) == []


def test_plain_data_and_refusals() -> None:
    contest = full()
    found = linchpins_as_json(contest, linchpins(contest, 500, 1), 500, 1)
    assert json.loads(json.dumps(found)) == found
    assert found["linchpins"]
    for draws, seed in ((0, 1), (100, -1)):
        with pytest.raises(ContestError):
            linchpins(contest, draws, seed)
