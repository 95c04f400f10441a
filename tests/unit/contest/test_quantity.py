"""A quantity has a short and a long form, keeps within the bounds of its field, and survives the file."""

import math
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from realpolitik.contest.distribution import Beta, Constant, Interval, Mixture, Named, parse
from realpolitik.contest.located import as_yaml, parse_yaml, plain
from realpolitik.contest.quantity import Bounds, NonNegative, Quantity, Share

FORMS: list[Any] = [
    0.7,
    3,
    -0.0,
    1e15,
    1e-300,
    "60 to 80",
    "beta(7, 3)",
    "mixture(0.3: 1, 0.7: 2 to 3)",
    "name",
    [0.2, "0.3 to 0.5", "beta(2, 3)"],
    [0.2],
    [[1, 2], 3],
    ["mixture(0.5: 1, 2: name)", 3],
    {"value": "60 to 80", "unit": "percent", "evidence": ["c1", "c2"], "note": "why"},
    {"value": 0, "note": "zero is a value"},
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_survives_yaml_and_json(form: Any) -> None:
    quantity = Quantity.model_validate(form)
    assert Quantity.model_validate(quantity.model_dump()) == quantity
    assert Quantity.model_validate_json(quantity.model_dump_json()) == quantity
    text = as_yaml({"q": quantity.model_dump(mode="json")})
    assert Quantity.model_validate(plain(parse_yaml(text, "x"))["q"]) == quantity


def test_short_forms_are_written_short() -> None:
    assert Quantity.model_validate({"value": 0.5}).model_dump() == 0.5
    assert Quantity.model_validate("3.0").model_dump() == 3
    assert Quantity.model_validate(["1", 2]).model_dump() == [1, 2]
    assert Quantity.model_validate({"value": 1, "unit": "m"}).model_dump() == {"value": 1, "unit": "m"}


def test_what_it_says_becomes_a_distribution() -> None:
    values = [Quantity.model_validate(form).value for form in (1, "1 to 2", [1, 2], "name", parse("beta(1, 2)"))]
    assert values == [
        Constant(1),
        Interval(1, 2),
        Mixture(((1, Constant(1)), (1, Constant(2)))),
        Named("name"),
        Beta(1, 2),
    ]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (None, "found None, expected a quantity. Allowed: a number"),
        (True, "found True, expected a quantity"),
        (math.nan, "found nan, expected a finite number up to 1e+30"),
        (-math.inf, "found -inf, expected a finite number"),
        (10**400, "found a whole number that is too large, expected a finite number up to 1e+30"),
        ([], "a list of 0 judgements; 1 to 200 are allowed"),
        ([1] * 201, "a list of 201 judgements; 1 to 200 are allowed"),
        ([1, None], "found None, expected a quantity"),
        ({"value": {1, 2}}, "found a set, expected a quantity"),
        ("8 to 7", "the low end must be below the high end"),
    ],
)
def test_each_fault_says_what_was_found_and_what_is_allowed(form: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Quantity.model_validate(form)
    assert message in caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("field", "form", "message"),
    [
        (Share, 60, "'60' reaches 60; allowed is 0 to 1. If 60 is a percentage, write 0.6."),
        (Share, 1.8, "'1.8' reaches 1.8; allowed is 0 to 1. If 1.8 is a percentage, write 0.018."),
        (Share, 6000, "'6000' reaches 6000; allowed is 0 to 1."),
        (Share, -0.1, "'-0.1' reaches -0.1; allowed is 0 to 1."),
        (Share, "mixture(1: 0.2, 1: 0.5 to 1.5)", "reaches 1.5; allowed is 0 to 1."),
        (NonNegative, "-1 to 3", "'-1 to 3' reaches -1; allowed is 0 or more."),
    ],
)
def test_a_field_refuses_what_reaches_beyond_it(field: Any, form: Any, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(field).validate_python(form)
    assert message in caught.value.errors()[0]["msg"]


def test_a_field_gives_its_bounds() -> None:
    share = TypeAdapter(Share).validate_python(0.5)
    assert share.bounds == Bounds(0, 1)
    assert Quantity.model_validate(0.5).bounds == Bounds()
    assert TypeAdapter(Share).validate_python(share) == share
    with pytest.raises(PydanticCustomError, match=r"'0\.5' reaches 0\.5; allowed is 1 or more"):
        share.within(Bounds(1))


def test_bounds_are_said_in_words() -> None:
    said = [str(bounds) for bounds in (Bounds(), Bounds(0), Bounds(0, 100), Bounds(high=5))]
    assert said == ["any number", "0 or more", "0 to 100", "5 or less"]


def test_a_beta_on_a_wide_scale_asks_for_its_ends() -> None:
    fault = Bounds(0, 100).fault(Beta(7, 3))
    assert fault == "'beta(7, 3)' lives on 0 to 1, but this field runs 0 to 100. Write beta(7, 3, 0, 100)."
    assert Bounds(0, 100).fault(parse("beta(7, 3, 0, 100)")) is None
    assert Bounds(0, 1).fault(Beta(7, 3)) is None
    assert Bounds(0).fault(Beta(7, 3)) is None


def test_the_schema_offers_short_and_long_form() -> None:
    schema = Quantity.model_json_schema()
    forms = schema["anyOf"]
    assert [form.get("type") for form in forms[:3]] == ["number", "string", "array"]
    long = forms[3]
    assert set(long["properties"] if "properties" in long else schema["$defs"]["Quantity"]["properties"]) == {
        "value",
        "unit",
        "evidence",
        "note",
    }
