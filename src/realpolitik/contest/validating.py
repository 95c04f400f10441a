"""Plain data into nouns, part by part; each fault with its path, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from realpolitik.contest.base import NAME, Name, Text
from realpolitik.contest.contest import Contest
from realpolitik.errors import Fault, nearest

__all__ = ["ALLOWED_NAMES", "part_of", "shown", "told", "validated", "what_for"]

ALLOWED_NAMES = (
    "Names begin with a letter (A to Z, a to z) and hold such letters, digits, _ and single hyphens; 80 at most."
)


def part_of(key: str, value: Any) -> tuple[Any, list[Fault]]:
    """Validate one top-level key; in a section every entry by itself, so that one fault does not hide another."""
    entry = _entry_type(key)
    if entry is None:
        field = Contest.model_fields[key]
        whole: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        return validated(TypeAdapter(whole), value, (key,), field.annotation)
    if not isinstance(value, dict):
        return None, [Fault((key,), f"found {shown(value)}, expected names with what they stand for")]
    if not value and key in ("pathway", "outcomes"):
        return None, [Fault((key,), "nothing is declared here; at least one is needed")]
    faults: list[Fault] = []
    good: dict[str, Any] = {}
    for name, item in value.items():
        if str(name) in good:
            faults.append(Fault((key, str(name)), f"'{name}' stands there twice, once as a number"))
        if key == "outcomes":
            faults += validated(TypeAdapter(Text), str(name), (key, str(name)), None)[1]
        else:
            _, wrong = validated(TypeAdapter(Name), name, (key, str(name)), None)
            faults += [Fault(fault.path, f"'{name}' is no name. {ALLOWED_NAMES}") for fault in wrong]
        noun, found = validated(TypeAdapter(entry), item, (key, str(name)), entry)
        faults += found
        if found:
            noun = validated(TypeAdapter(entry), _mended(key, item, found), (), entry)[0]
        if noun is not None:
            good[str(name)] = noun
    return good, faults


def _mended(key: str, item: Any, faults: list[Fault]) -> Any:
    """The same entry with stand-ins for faulty positions and blocs, so that what refers to it can be checked too."""
    part = {"issues": "positions", "chambers": "blocs"}.get(key)
    if part is None or not isinstance(item, dict) or not isinstance(item.get(part), dict):
        return item
    parts = dict(item[part])
    for name in {fault.path[3] for fault in faults if len(fault.path) > 3 and fault.path[2] == part} & parts.keys():
        if part == "positions":
            scale = item.get("scale")
            ends = [key for key in scale if isinstance(key, int | float)] if isinstance(scale, dict) else []
            parts[name] = {"position": min(ends, default=0), "salience": 0, "capability": 0}
        elif isinstance(parts[name], dict):
            parts[name] = {"seats": parts[name].get("seats"), "attends": 0, "yes": 0}
    return {**item, part: parts}


def _entry_type(key: str) -> Any:
    """The type of the entries of a section; None where the key holds a single value."""
    annotation = Contest.model_fields[key].annotation
    arguments = get_args(annotation)
    return arguments[1] if get_origin(annotation) is dict else None


def validated(adapter: TypeAdapter[Any], value: Any, path: tuple[str | int, ...], noun: Any) -> tuple[Any, list[Fault]]:
    try:
        return adapter.validate_python(value), []
    except ValidationError as error:
        return None, told(error, path, noun)


def told(error: ValidationError, path: tuple[str | int, ...], noun: Any) -> list[Fault]:
    """What is wrong with a noun, in words: found, allowed, and what a missing field is for.

    Parameters
    ----------
    path : keys down to the noun.
    noun : its class, or an annotation that holds one.
    """
    found = error.errors()
    deep = {details["loc"][: len(details["loc"]) - 1] for details in found}
    kept = [details for details in found if details["type"] != "too_short" or details["loc"] not in deep]
    return [_fault(details, path, noun) for details in kept]


def _fault(details: ErrorDetails, path: tuple[str | int, ...], noun: Any) -> Fault:
    inner = tuple(part for part in details["loc"] if part != "[key]")
    if noun is not None and not (isinstance(noun, type) and issubclass(noun, BaseModel)):
        noun = _model_inside(noun)
    holder = _holder(noun, inner[:-1]) if noun else None
    whole = (*path, *inner)
    match details["type"]:
        case "extra_forbidden":
            known = tuple(holder.model_fields) if holder else ()
            return Fault(whole, f"unknown key '{inner[-1]}'. {nearest(str(inner[-1]), known)}")
        case "missing":
            field = holder.model_fields.get(str(inner[-1])) if holder else None
            return Fault(whole, f"'{inner[-1]}' is missing: {what_for(field.description if field else None)}")
        case "quantity" | "quantity_bounds" | "rule" | "expression":
            return Fault(whole, details["msg"])
        case "model_type" | "dict_type":
            return Fault(whole, f"found {shown(details['input'])}, expected keys with values, as in 'key: value'")
        case "too_short" if not details["input"]:
            return Fault(whole, f"found nothing in it; at least {details['ctx']['min_length']} must be given")
        case "tuple_type":
            return Fault(whole, f"found {shown(details['input'])}, expected a list, as in [first, second]")
        case "value_error":
            return Fault(whole, details["msg"].removeprefix("Value error, "))
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return Fault(whole, f"found {shown(details['input'])}, expected a day, such as 2020-01-08")
        case "string_too_short" if not str(details["input"]).strip():
            return Fault(whole, f"found {shown(details['input'])}, expected words")
        case "string_pattern_mismatch" if details["ctx"]["pattern"] == NAME:
            return Fault(
                whole,
                f"found {shown(details['input'])}, expected a name: letters, digits, underscores and single hyphens, "
                "a letter first",
            )
        case _:
            message = details["msg"].removeprefix("Input ").removeprefix("should be ")
            return Fault(whole, f"found {shown(details['input'])}, expected {message[:1].lower()}{message[1:]}")


def what_for(description: str | None) -> str:
    return (description or "it must be given").strip().splitlines()[0]


def shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value)}"
    text = repr(value) if isinstance(value, str) else str(value)
    return "nothing" if value is None else text if len(text) <= 60 else f"{text[:57]}…"


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    """The noun inside ``dict[Name, Position]``, ``Share | None``, ``tuple[Effect, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_inside(part))), None)


def _holder(noun: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel]:
    """The noun at the end of a path of keys."""
    for key in path:
        field = noun.model_fields.get(str(key))
        noun = (_model_inside(field.annotation) if field else None) or noun
    return noun
