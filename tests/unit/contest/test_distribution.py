"""Distributions are read from the few words in which analysts write them, and written back the same."""

import math
import re

import pytest

from realpolitik.contest.distribution import (
    ALLOWED,
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
    judgements,
    parse,
    support,
    write,
)

FORMS: list[tuple[str, Distribution]] = [
    ("0.7", Constant(0.7)),
    ("-3", Constant(-3.0)),
    ("+.5", Constant(0.5)),
    ("1_000", Constant(1000.0)),
    ("2.5e-3", Constant(0.0025)),
    ("60 to 80", Interval(60, 80)),
    ("-1 to +1", Interval(-1, 1)),
    ("normal(50, 10)", Normal(50, 10)),
    ("lognormal(-1, 0.5)", LogNormal(-1, 0.5)),
    ("uniform(0, 1)", Uniform(0, 1)),
    ("triangular(0, 0, 10)", Triangular(0, 0, 10)),
    ("triangular(0, 10, 10)", Triangular(0, 10, 10)),
    ("beta(7, 3)", Beta(7, 3)),
    ("beta(7, 3, 0, 100)", Beta(7, 3, 0, 100)),
    ("  beta ( 7 ,3 ) ", Beta(7, 3)),
    ("some-name", Named("some-name")),
    ("mixture(1: a, 0: 3)", Mixture(((1, Named("a")), (0, Constant(3))))),
    ("mixture(0.3: 0, 0.7: 1 to 2)", Mixture(((0.3, Constant(0)), (0.7, Interval(1, 2))))),
    ("mixture(1: mixture(2: 1, 3: beta(1, 2)))", Mixture(((1, Mixture(((2, Constant(1)), (3, Beta(1, 2))))),))),
]


@pytest.mark.parametrize(("text", "meaning"), FORMS)
def test_each_form_is_read_and_written_back(text: str, meaning: Distribution) -> None:
    assert parse(text) == meaning
    assert parse(str(meaning)) == meaning


FAULTS = [
    ("", "expected a number or a name, found the end", ALLOWED),
    ("60%", "cannot be read at '60%'", ALLOWED),
    ("60 to", "expected a number, found the end", ALLOWED),
    ("60 to 80 to 90", "expected nothing more, found 'to'", ALLOWED),
    ("5 6", "expected nothing more, found '6'", ALLOWED),
    ("80 to 60", "'80 to 60': the low end must be below the high end", "Write a single number if known."),
    ("60 to 60", "the low end must be below", "single number"),
    ("normal(1)", "normal takes 2 numbers, found 1", ""),
    ("beta(1, 2, 3)", "beta takes 2 or 4 numbers, found 3", ""),
    ("normal(0, 0)", "the standard deviation is 0; it must be above zero", ""),
    ("lognormal(0, -1)", "the standard deviation is -1; it must be above zero", ""),
    ("lognormal(1000, 1)", "its values go beyond 1e+30", "natural logarithm"),
    ("lognormal(0, 40)", "its values go beyond 1e+30", "natural logarithm"),
    ("uniform(1, 0)", "the low end must be below the high end", ""),
    ("triangular(0, 11, 10)", "low, mode, high in ascending order", ""),
    ("triangular(0, 0, 0)", "low, mode, high in ascending order", ""),
    ("beta(0, 1)", "the two shape parameters must be above zero", ""),
    ("beta(1, 1, 5, 5)", "the low end must be below the high end", ""),
    ("normal(0, 1", "expected ')', found the end", ALLOWED),
    ("normal(a, 1)", "expected a number, found 'a'", ALLOWED),
    ("gamma(1, 2)", "there is no distribution 'gamma'", ALLOWED),
    ("mixture(1 3)", "expected ':', found '3'", ALLOWED),
    ("mixture(1: 3", "expected ')', found the end", ALLOWED),
    ("mixture(-1: 3, 2: 4)", "a weight of -1; weights must not be negative", ""),
    ("mixture(0: 3)", "at least one weight must be above zero", ""),
    (",", "expected a number or a name, found ','", ALLOWED),
    ("1e999", "inf is too large; numbers up to 1e+30 are possible", ""),
    ("-1e101 to 2", "-1e+101 is too large", ""),
    ("1" * 2001, "a quantity of 2001 characters; at most 2000 are allowed", ""),
    ("mixture(1: " * 10 + "1" + ")" * 10, "mixtures nested more than 8 deep", ""),
    ("60to80", "cannot be read at '60to80'", ALLOWED),
]


@pytest.mark.parametrize(("text", "found", "allowed"), FAULTS)
def test_each_fault_says_what_was_found_and_what_is_allowed(text: str, found: str, allowed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(found)) as caught:
        parse(text)
    assert allowed in str(caught.value)


def test_nine_mixtures_inside_each_other_can_be_read() -> None:
    assert parse("mixture(1: " * 9 + "1" + ")" * 9) == parse(str(parse("mixture(1: " * 9 + "1" + ")" * 9)))


@pytest.mark.parametrize(
    ("number", "text"),
    [(60.0, "60"), (-0.0, "0"), (0.1, "0.1"), (1e14, "100000000000000"), (1e15, "1000000000000000.0"), (1e20, "1e+20")],
)
def test_numbers_are_written_short_and_read_back(number: float, text: str) -> None:
    assert write(number) == text
    assert parse(text) == Constant(number)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_can_still_be_written_into_a_message(number: float) -> None:
    assert write(number) == repr(number)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3", (3, 3)),
        ("1 to 2", (1, 2)),
        ("normal(5, 100)", (5, 5)),
        ("lognormal(0, 1)", (0, 1)),
        ("uniform(1, 2)", (1, 2)),
        ("triangular(1, 2, 4)", (1, 4)),
        ("beta(2, 2)", (0, 1)),
        ("beta(2, 2, 3, 4)", (3, 4)),
        ("mixture(1: 0.2, 1: uniform(0.5, 2), 1: name)", (0.2, 2)),
        ("name", (math.inf, -math.inf)),
        ("mixture(1: name)", (math.inf, -math.inf)),
    ],
)
def test_support_is_where_the_middle_of_a_shape_lies(text: str, ends: tuple[float, float]) -> None:
    assert support(parse(text)) == ends


def test_judgements_weigh_the_same() -> None:
    assert judgements([Constant(1), Constant(2)]) == parse("mixture(1: 1, 1: 2)")
