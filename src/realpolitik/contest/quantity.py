"""A number with its uncertainty, unit and evidence."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from realpolitik.contest.base import Noun, Text
from realpolitik.contest.distribution import (
    ALLOWED,
    LARGEST,
    Beta,
    Constant,
    Distribution,
    Mixture,
    judgements,
    parse,
    support,
    write,
)

__all__ = ["Bounds", "NonNegative", "Quantity", "Share", "within"]

MOST_JUDGEMENTS = 200
"""Analysts on one quantity, at most."""


@dataclass(frozen=True)
class Bounds:
    """The values that a field can take, in the unit of the field."""

    low: float = -math.inf
    high: float = math.inf

    def __str__(self) -> str:
        if math.isinf(self.high):
            return "any number" if math.isinf(self.low) else f"{write(self.low)} or more"
        if math.isinf(self.low):
            return f"{write(self.high)} or less"
        return f"{write(self.low)} to {write(self.high)}"

    def fault(self, distribution: Distribution) -> str | None:
        """Why the distribution does not fit, if it does not."""
        low, high = support(distribution)
        if low < self.low or high > self.high:
            outside = low if low < self.low else high
            percent = 1 < outside <= 100 and (self.low, self.high) == (0.0, 1.0)
            hint = f" If {write(outside)} is a percentage, write {write(round(outside / 100, 12))}." if percent else ""
            return f"'{distribution}' reaches {write(outside)}; allowed is {self}.{hint}"
        plain_beta = isinstance(distribution, Beta) and (distribution.low, distribution.high) == (0.0, 1.0)
        if plain_beta and 1 < self.high < math.inf:
            stretched = str(distribution).replace(")", f", {write(self.low)}, {write(self.high)})")
            return f"'{distribution}' lives on 0 to 1, but this field runs {self}. Write {stretched}."
        return None


class _Text:
    """Lets pydantic read a distribution from a number, a text or a list."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _read, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = {"anyOf": [{"type": "number"}, {"type": "string", "description": ALLOWED}]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "description": "one judgement per analyst"}]}


def _read(value: Any) -> Distribution:
    if isinstance(value, Distribution):
        return value
    if isinstance(value, bool) or value is None:
        raise PydanticCustomError("quantity", "{text}", {"text": f"found {value!r}, expected a quantity. {ALLOWED}"})
    if isinstance(value, int | float):
        if not abs(value) <= LARGEST:
            found = "a whole number that is too large" if isinstance(value, int) else str(value)
            text = f"found {found}, expected a finite number up to {write(LARGEST)}. {ALLOWED}"
            raise PydanticCustomError("quantity", "{text}", {"text": text})
        return Constant(float(value))
    try:
        if isinstance(value, str):
            return parse(value)
        if isinstance(value, list | tuple):
            if not 1 <= len(value) <= MOST_JUDGEMENTS:
                raise ValueError(f"a list of {len(value)} judgements; 1 to {MOST_JUDGEMENTS} are allowed")
            return judgements([_read(item) for item in value])
    except ValueError as error:
        raise PydanticCustomError("quantity", "{text}", {"text": str(error)}) from None
    raise PydanticCustomError(
        "quantity", "{text}", {"text": f"found a {type(value).__name__}, expected a quantity. {ALLOWED}"}
    )


def _plain(distribution: Distribution) -> float | int | str | list[Any]:
    match distribution:
        case Constant(value):
            return int(value) if value == int(value) and abs(value) < 1e15 else value
        case Mixture(parts) if all(weight == 1.0 for weight, _ in parts):
            return [_plain(part) for _, part in parts]
        case _:
            return str(distribution)


class Quantity(Noun):
    """A number with its uncertainty, unit and evidence.

    In the file it is a number (``0.7``), a text (``60 to 80``), a list of analysts' judgements, or the long form
    ``{value: 60 to 80, unit: percent, evidence: [c07], note: …}``.

    Examples
    --------
    >>> Quantity.model_validate("60 to 80").value
    Interval(low=60.0, high=80.0)
    >>> Quantity.model_validate({"value": [0.2, "0.3 to 0.5"], "unit": "share"}).model_dump()
    {'value': [0.2, '0.3 to 0.5'], 'unit': 'share'}
    """

    value: Annotated[Distribution, _Text]
    """The distribution, in one of the forms of :mod:`realpolitik.contest.distribution`."""

    unit: Text | None = None
    """Unit, where it differs from the field's own."""

    evidence: tuple[str, ...] = ()
    """Ids of the claims that it rests on; empty means the analyst's judgement."""

    note: Text | None = None
    """Why this value."""

    _bounds: Bounds = PrivateAttr(default=Bounds())

    @property
    def bounds(self) -> Bounds:
        """Values that the field allows; draws beyond them are put on the bound."""
        return self._bounds

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return data if isinstance(data, dict | Quantity) else {"value": data}

    @model_serializer(mode="wrap")
    def _shorten(self, handler: Callable[[Quantity], dict[str, Any]]) -> Any:
        full = {key: value for key, value in handler(self).items() if value not in (None, (), [])}
        return full["value"] if set(full) == {"value"} else full

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long = handler(schema)
        short = _Text.__get_pydantic_json_schema__(schema, handler)["anyOf"]
        resolved = handler.resolve_ref_schema(long)
        resolved["title"] = "Quantity (long form)"
        return {"anyOf": [*short, long]}

    def within(self, bounds: Bounds) -> Quantity:
        """Return the same quantity in a field with these bounds.

        Raises
        ------
        PydanticCustomError : the distribution reaches beyond the bounds.
        """
        fault = bounds.fault(self.value)
        if fault:
            raise PydanticCustomError("quantity_bounds", "{text}", {"text": fault})
        bounded = self.model_copy()
        bounded._bounds = bounds
        return bounded


def within(low: float, high: float) -> AfterValidator:
    """Return a validator that gives a quantity its bounds."""
    bounds = Bounds(low, high)
    return AfterValidator(lambda quantity: quantity.within(bounds))


Share = Annotated[Quantity, within(0.0, 1.0)]
"""A quantity from 0 to 1."""

NonNegative = Annotated[Quantity, within(0.0, math.inf)]
"""A quantity of 0 or more."""
