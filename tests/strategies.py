"""Hypothesis strategies of the whole suite."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from realpolitik.contest.contest import Contest
from realpolitik.contest.distribution import (
    Beta,
    Constant,
    Distribution,
    Interval,
    LogNormal,
    Mixture,
    Named,
    Normal,
    Triangular,
    Uniform,
)
from realpolitik.contest.expression import Kind, never_holds, parse_expression

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(
    lambda name: name not in ("to", "and", "or", "not", "true", "false", "otherwise", "happened")
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=12)
TEXTS = WORDS.map(str.strip).filter(bool)
NUMBERS = st.floats(-1e12, 1e12, allow_subnormal=False)
WHOLE = st.integers(-1000, 1000).map(float)


def ascending(count: int, numbers: st.SearchStrategy[float] = NUMBERS | WHOLE) -> st.SearchStrategy[list[float]]:
    """That many different numbers, the lowest first."""
    return st.lists(numbers, min_size=count, max_size=count, unique=True).map(sorted)


def simple_distributions(*, named: bool = True) -> st.SearchStrategy[Distribution]:
    """Every shape but mixtures."""
    above_zero = st.floats(1e-6, 1e6)
    shapes: list[st.SearchStrategy[Distribution]] = [
        (NUMBERS | WHOLE).map(Constant),
        ascending(2).map(lambda ends: Interval(*ends)),
        st.builds(Normal, NUMBERS, above_zero),
        st.builds(LogNormal, st.floats(-20, 20), st.floats(1e-3, 5)),
        ascending(2).map(lambda ends: Uniform(*ends)),
        ascending(3).map(lambda ends: Triangular(*ends)),
        st.builds(Beta, above_zero, above_zero),
        st.tuples(above_zero, above_zero, ascending(2)).map(lambda found: Beta(found[0], found[1], *found[2])),
    ]
    return st.one_of(*shapes, *([NAMES.map(Named)] if named else []))


def mixtures(parts: st.SearchStrategy[Distribution]) -> st.SearchStrategy[Mixture]:
    """Two or three weighted parts."""
    weighted = st.tuples(st.floats(0.01, 10) | st.just(1.0), parts)
    return st.lists(weighted, min_size=1, max_size=3).map(lambda found: Mixture(tuple(found)))


def distributions(*, named: bool = True) -> st.SearchStrategy[Distribution]:
    """Every shape, mixtures in mixtures included."""
    return st.recursive(simple_distributions(named=named), mixtures, max_leaves=5)


@st.composite
def quantities(draw: st.DrawFn, *, low: float = 0.0, high: float = 1.0) -> Any:
    """A quantity as it stands in a file, inside the given bounds; long form at times."""
    numbers = st.integers(0, 64).map(lambda step: low + (high - low) * step / 64)
    a, b, c = sorted(draw(st.lists(numbers, min_size=3, max_size=3, unique=True)))
    one = st.sampled_from(
        [
            a,
            f"{a} to {b}",
            f"uniform({a}, {c})",
            f"triangular({a}, {b}, {c})",
            f"beta(2, 3, {a}, {c})",
            f"normal({b}, {c - a})",
            f"mixture(0.3: {a}, 0.7: {b} to {c})",
        ]
    )
    value = draw(st.one_of(one, st.lists(one, min_size=1, max_size=3)))
    if draw(st.booleans()):
        return value
    return {"value": value, "unit": draw(TEXTS), "note": draw(TEXTS)}


TRUTHS = ("t1", "t2.passed", "t-3")
COUNTS = ("n1", "n-2", "n3.yes")


def conditions(truths: tuple[str, ...] = TRUTHS, numbers: tuple[str, ...] = COUNTS) -> st.SearchStrategy[str]:
    """Well-typed conditions over the given names."""
    constant = st.integers(-3, 3).map(str)
    number = st.sampled_from(numbers) | constant if numbers else constant
    sign = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    compare = st.tuples(number, sign, number).map(" ".join)
    chain = st.tuples(number, sign, number, sign, number).map(" ".join)
    truth = st.sampled_from([*truths, "true", "false"])

    def larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        joined = st.tuples(part, st.sampled_from([" and ", " or "]), part).map("".join)
        return joined | part.map(lambda text: f"not {text}") | part.map(lambda text: f"({text})")

    return st.recursive(truth | compare | chain, larger, max_leaves=6)


def possible(truths: tuple[str, ...], numbers: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Conditions that some values meet."""
    kinds: dict[str, Kind] = {**dict.fromkeys(truths, "truth"), **dict.fromkeys(numbers, "number")}
    return conditions(truths, numbers).filter(lambda text: not never_holds(parse_expression(text), kinds, {}))


@st.composite
def contest_files(draw: st.DrawFn) -> dict[str, Any]:
    """A contest as its file has it, without faults, with most of what a file can hold."""
    actors = draw(st.lists(NAMES, min_size=2, max_size=4, unique=True))
    first, second = actors[:2]
    as_of = draw(st.dates(date(1950, 1, 1), date(2080, 1, 1)))
    low, high = draw(ascending(2, WHOLE))
    share = quantities()
    amount = quantities(low=0, high=90)

    def position() -> dict[str, Any]:
        return {"position": draw(quantities(low=low, high=high)), "salience": draw(share), "capability": draw(amount)}

    blocs = {name: draw(st.integers(1, 50)) for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))}
    stakes = ("sender_stake", "sender_cost", "sender_audience_cost", "target_stake", "target_cost")
    threshold = st.sampled_from(["majority of seats", "two thirds of present", "3/5 of cast", 1])
    found: dict[str, Any] = {
        "contest": draw(NAMES),
        "title": draw(TEXTS),
        "as_of": as_of.isoformat(),
        "horizon": (as_of + timedelta(days=draw(st.integers(1, 400)))).isoformat(),
        "actors": {name: {"name": draw(TEXTS), "kind": draw(st.sampled_from(["state", "party"]))} for name in actors},
        "quantities": {"shared": draw(quantities(low=0.1, high=0.9))},
        "issues": {
            "matter": {
                "question": draw(TEXTS),
                "unit": draw(TEXTS),
                "scale": {low: draw(TEXTS), high: draw(TEXTS)},
                "reference_point": draw(quantities(low=low, high=high)),
                "positions": {name: position() for name in actors},
            }
        },
        "chambers": {
            "house": {
                "seats": sum(blocs.values()),
                "passes": draw(threshold),
                "quorum": draw(st.sampled_from(["majority of seats", 1])),
                "blocs": {name: {"seats": n, "attends": draw(share), "yes": "shared"} for name, n in blocs.items()},
            }
        },
        "threats": {
            "sanctions": {"sender": first, "target": second, "demand": draw(TEXTS)}
            | {stake: draw(amount) for stake in stakes}
        },
        "conflicts": {
            "standoff": {
                "decision_makers": {first: ["leave"], second: ["attack"]},
                "preferences": {
                    first: {"weights": {"not attack": draw(amount), "leave": "shared"}},
                    second: {
                        "either": [
                            {"probability": draw(share), "statements": ["leave and not attack"]},
                            {"ranking": [2, [1, 3], ">>", 4]},
                        ]
                    },
                },
            }
        },
        "pathway": {
            "vote": {"chamber": "house"},
            "notice": {"judgement": draw(share), "when": "vote.passed or vote.yes > 1", "by": first},
            "answer": {"choice": {"comply": draw(amount), "fight": draw(amount)}, "by": second},
            "crisis": {"threat": "sanctions", "variant": draw(st.sampled_from(["backward-induction", "logit"]))},
            "settlement": {
                "bargain": "matter",
                "effects": [
                    {
                        "when": draw(st.sampled_from(["answer.fight", "crisis.imposed and not notice"])),
                        "set": {f"{first}.salience": draw(share)},
                        "add": {f"{second}.position": draw(quantities(low=-5, high=5))},
                        "scale": {f"issues.matter.positions.{first}.capability": draw(amount)},
                    }
                ],
            },
        },
        "outcomes": {"upper half": f"settlement >= {(low + high) / 2}", draw(TEXTS): "otherwise"},
    }
    return found


@st.composite
def certain_contests(draw: st.DrawFn) -> Contest:
    """Contests whose inputs may be uncertain, but whose stages leave nothing to chance once they are drawn."""
    actors = ("a", "b", "c")
    whole = st.integers(0, 100)
    steps = st.integers(1, 4)

    def number(most: int, least: int = 0) -> Any:
        exact = st.integers(least, most)
        return draw(
            exact | st.tuples(exact, st.integers(1, 9)).map(lambda n: f"{n[0]} to {n[0] + n[1]}") if most > 1 else exact
        )

    issue = {
        "question": "How much?",
        "unit": "percent",
        "scale": {0: "nothing", 100: "everything"},
        "positions": {
            actor: {"position": draw(whole), "salience": draw(steps) / 4, "capability": draw(steps)} for actor in actors
        },
    }
    blocs = {
        f"bloc-{i}": {
            "seats": draw(st.integers(1, 5)),
            "attends": draw(st.integers(0, 1)),
            "yes": draw(st.integers(0, 1)),
            "no": 0,
        }
        for i in range(3)
    }
    for bloc in blocs.values():
        bloc["no"] = draw(st.integers(0, 1 - bloc["yes"]))
    chamber = {
        "seats": sum(bloc["seats"] for bloc in blocs.values()),
        "quorum": draw(st.sampled_from([1, "majority of seats", "two thirds of seats"])),
        "quorum_counts": draw(st.sampled_from(["present", "cast"])),
        "passes": draw(st.sampled_from(["majority of present", "majority of seats", "majority of cast"])),
        "ties": draw(st.sampled_from(["pass", "fail"])),
        "blocs": blocs,
    }
    threat = {
        "sender": "a",
        "target": "b",
        "demand": "leave",
        "made": draw(st.booleans()),
        "sender_stake": number(6),
        "sender_cost": number(6),
        "sender_audience_cost": number(6),
        "target_stake": number(6),
        "target_cost": number(6),
        "paid_before_yielding": draw(st.sampled_from([0, 0.5, 1, "0.2 to 0.7"])),
    }
    truths = ["q-is", "vote.passed", "vote.quorate", "vote", "crisis", "crisis.complied", "crisis.threatened"]
    numbers = ["q", "vote.yes", "vote.margin"]

    def guard(*, late: bool = False) -> Any:
        more = ("pick.left", "pick.right", "vote.happened") if late else ("vote.happened",)
        counts = (*numbers, "settlement") if late else tuple(numbers)
        return draw(possible((*truths, *more), counts))

    effect_targets = ["a.position", "b.salience", "issues.m.positions.c.capability", "quantities.q"]
    effects = [
        {
            "when": guard(),
            draw(st.sampled_from(["set", "add", "scale"])): {
                draw(st.sampled_from(effect_targets)): draw(st.sampled_from([0, 1, "0.25 to 0.75"]))
            },
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    left = draw(st.integers(0, 1))
    pathway: dict[str, Any] = {
        "vote": {"chamber": "house"},
        "crisis": {"threat": "t"},
        "q-is": {"judgement": draw(st.integers(0, 1))},
        "settlement": {
            "bargain": "m",
            "model": draw(st.sampled_from(["mean", "median", "compromise"])),
            "when": guard(),
            "effects": effects,
        },
        "pick": {"choice": {"left": left, "right": 1 - left}, "when": draw(possible(tuple(truths), ("settlement",)))},
    }
    if draw(st.booleans()):
        pathway["vote"]["recorded"] = {"yes": 1, "no": draw(st.integers(0, 1)), "abstain": draw(st.integers(0, 1))}
    if draw(st.booleans()):
        pathway["settlement"]["model_error"] = "normal(0, 5)"
    outcomes = {f"end {i}": guard(late=True) for i in range(3)} | {"none of these": "otherwise"}
    return Contest.model_validate(
        {
            "contest": "certain",
            "title": "Nothing is left to chance",
            "as_of": "2020-01-08",
            "horizon": "2020-12-31",
            "actors": {actor: {"name": actor, "kind": "state"} for actor in actors},
            "quantities": {"q": "0 to 2"},
            "issues": {"m": issue},
            "chambers": {"house": chamber},
            "threats": {"t": threat},
            "pathway": pathway,
            "outcomes": outcomes,
        }
    )
