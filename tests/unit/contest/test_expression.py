"""Guards and outcomes: grammar, types, missing numbers, and what can never hold."""

import math
import re
from typing import Any

import numpy as np
import pytest

from realpolitik.contest.expression import (
    Expression,
    ExpressionError,
    Kind,
    names,
    never_holds,
    parse_expression,
    wrong_types,
)
from tests.plain.expression import holds

VALUES: dict[str, bool | float] = {
    "yes": True,
    "no": False,
    "x": 3.0,
    "two-parts.last": True,
    "missing": math.nan,
    "a-1": 7.0,
}


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("yes", True),
        ("not yes", False),
        ("not not yes", True),
        ("yes or no and no", True),
        ("(yes or no) and no", False),
        ("not no and yes", True),
        ("not (yes and no)", True),
        ("not x < 2", True),
        ("not x > 2 and yes", False),
        ("two-parts.last", True),
        ("x == 3 and x != 4", True),
        ("x<=3 and x>=3.0", True),
        ("x > -1", True),
        ("x>-.5e1", True),
        ("a-1 == 7", True),
        ("2 < x < 4", True),
        ("2 < x < 3", False),
        ("1 < 2 <= x >= 3 == 3", True),
        ("1_000 > x", True),
        ("true", True),
        ("not false and true", True),
        ("true or x > 100", True),
        ("2 > 1", True),
        ("missing > 1", False),
        ("missing <= 1", False),
        ("missing == missing", False),
        ("missing != 1", False),
        ("not missing != 1", True),
        ("not missing > 1", True),
        ("1 < missing < 3", False),
    ],
)
def test_meaning(text: str, truth: bool) -> None:
    expression = parse_expression(text)
    assert bool(expression.evaluate(VALUES.__getitem__)) is truth
    assert holds(text, VALUES) is truth
    arrays = {name: np.array([value, value]) for name, value in VALUES.items()}
    assert np.broadcast_to(expression.evaluate(arrays.__getitem__), 2).tolist() == [truth, truth]


def test_an_expression_keeps_its_text() -> None:
    text = "  yes  and(no)"
    assert str(parse_expression(text)) == text


def test_names_stand_in_the_order_of_the_text() -> None:
    found = names(parse_expression("b and not (a or c.d > 3) and 1 < b"))
    assert [(ref.name, ref.offset) for ref in found] == [("b", 0), ("a", 11), ("c.d", 16), ("b", 33)]


ALLOWED = "Allowed: names, numbers, < <= > >= == !=, and, or, not, brackets."


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", f"a name or a number is missing: the text ends. {ALLOWED}", 0),
        ("   ", "the text ends", 3),
        ("a and", "a name or a number is missing: the text ends", 5),
        ("and a", "a name or a number is missing: found 'and'", 0),
        ("a b", "'b' is not expected here", 2),
        ("a or or b", "found 'or'", 5),
        ("(a", "a bracket is not closed", 0),
        ("a or (b and c", "a bracket is not closed", 5),
        ("a)", "')' is not expected here", 1),
        ("()", "found ')'", 1),
        ("a + b", "'+ b' cannot be read", 2),
        ("a = b", "'= b' cannot be read", 2),
        ("a -- b", "'-- b' cannot be read", 2),
        ("  $", "'$' cannot be read", 2),
        ("x > 1..2", "cannot be read", 4),
        ("x > 5%", "'%' cannot be read", 5),
        ("12x > 3", "cannot be read", 0),
        ("a.", "'.' cannot be read", 1),
        ("a < not b", "found 'not'", 4),
        ("x > 1e999", "'1e999' is too large for a number", 4),
        ("__import__('os')", "cannot be read", 0),
    ],
)
def test_each_fault_names_its_place(text: str, message: str, offset: int) -> None:
    with pytest.raises(ExpressionError, match=re.escape(message)) as caught:
        parse_expression(text)
    assert caught.value.offset == offset


@pytest.mark.parametrize("text", ["(" * 40 + "a" + ")" * 40, "not " * 40 + "a", "a" + " and a" * 300])
def test_the_deepest_and_longest_that_is_read(text: str) -> None:
    assert parse_expression(text).evaluate({"a": True}.__getitem__) is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(" * 41 + "a" + ")" * 41, "nested more than 40 deep"),
        ("not " * 41 + "a", "nested more than 40 deep"),
        ("(" * 1500, "nested more than 40 deep"),
        ("a" * 2001, "2001 characters; at most 2000 are allowed"),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        parse_expression(text)


KINDS: dict[str, Kind] = {"happens": "truth", "law.passed": "truth", "share": "number", "count": "number"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("happens and share > 3", []),
        ("1 < 2", []),
        ("true", []),
        ("happens and shar > 3", [("nothing here is called 'shar'. Did you mean 'share'? Known: count, happens,", 12)]),
        ("share", [("'share' is a number; compare it, as in 'share >= 50'", 0)]),
        ("3", [("'3' is a number; compare it", 0)]),
        ("not share", [("'share' is a number", 4)]),
        ("happens or count", [("'count' is a number", 11)]),
        ("happens > 3", [("'happens' is true or false and cannot be compared", 0)]),
        ("3 > (happens and law.passed)", [("'this part' is true or false and cannot be compared", 5)]),
        ("true == false", [("'this part' is true or false", 0), ("'this part' is true or false", 0)]),
        ("a and b", [("nothing here is called 'a'", 0), ("nothing here is called 'b'", 6)]),
        ("not (not a)", [("nothing here is called 'a'", 9)]),
    ],
)
def test_types(text: str, faults: list[tuple[str, int]]) -> None:
    found = wrong_types(parse_expression(text), KINDS)
    assert [offset for _, offset in found] == [offset for _, offset in faults]
    assert all(message in said for (said, _), (message, _) in zip(found, faults, strict=True))


RANGES = {"share": (0.0, 100.0), "count": (-10.0, 10.0)}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("share > 100", True),
        ("share >= 100", False),
        ("share < 0", True),
        ("share > 50 and share < 40", True),
        ("share > 40 and share < 50", False),
        ("50 < share < 50.001", False),
        ("share == 50 and share != 50", True),
        ("happens and not happens", True),
        ("happens and not law.passed", False),
        ("share < 10 or count > 9.5", False),
        ("not share >= 0", False),
        ("not share >= 0 and share < 5", True),
        ("not share == share", False),
        ("share > count and share < count", False),
        ("false", True),
        ("2 > 3", True),
        ("unbounded > 1e99 and unbounded < 1e98", True),
        ("unbounded > 1e99", False),
        ("unbounded != 3", False),
    ],
)
def test_what_can_never_hold(text: str, never: bool) -> None:
    assert never_holds(parse_expression(text), {**KINDS, "unbounded": "number"}, RANGES) is never


def test_nothing_is_claimed_where_there_are_too_many_cases() -> None:
    many = [f"t{i}" for i in range(15)]
    text = " and ".join([*many, "not t0"])
    kinds: dict[str, Kind] = dict.fromkeys(many, "truth")
    assert never_holds(parse_expression(text), kinds, {}) is False
    assert never_holds(parse_expression("t0 and not t0"), kinds, {}) is True


@pytest.mark.parametrize("values", [{"a": np.array([True, False])}, {"a": True}])
def test_constants_and_arrays_mix(values: dict[str, Any]) -> None:
    expression: Expression = parse_expression("not (2 > 3) and a")
    assert np.asarray(expression.evaluate(values.__getitem__)).tolist() == np.asarray(values["a"]).tolist()
