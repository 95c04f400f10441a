"""A second reading of conditions: Python's own grammar, walked by hand, one draw at a time.

It shares no code with the product. Names are turned into identifiers first; nothing is executed.
"""

import ast
import re
from collections.abc import Mapping

Value = bool | float

NAME = re.compile(r"(?<![\w.])[A-Za-z][A-Za-z0-9_]*(?:[-.][A-Za-z0-9_]+)*")
WORDS = {"and": "and", "or": "or", "not": "not", "true": "True", "false": "False"}


def holds(text: str, values: Mapping[str, Value]) -> bool:
    """Whether a condition holds for the values of one draw."""
    names: dict[str, str] = {}

    def identifier(found: re.Match[str]) -> str:
        word = found.group()
        return WORDS.get(word) or names.setdefault(word, f"name_{len(names)}")

    source = NAME.sub(identifier, text).strip()
    written = {identifier: word for word, identifier in names.items()}
    answer = _value(ast.parse(source, mode="eval").body, {key: values[word] for key, word in written.items()})
    return bool(answer)


def _value(node: ast.expr, values: Mapping[str, Value]) -> Value:
    match node:
        case ast.Constant(value=bool() | int() | float() as value):
            return value
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return not _value(part, values)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return -_value(part, values)
        case ast.UnaryOp(op=ast.UAdd(), operand=part):
            return _value(part, values)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, values) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_value(part, values) for part in parts)
        case ast.Compare(left=first, ops=signs, comparators=others):
            numbers = [_value(part, values) for part in (first, *others)]
            links = zip(numbers[:-1], signs, numbers[1:], strict=True)
            return all(_compares(left, sign, right) for left, sign, right in links)
    raise ValueError(f"{ast.dump(node)} is no part of a condition")


def _compares(left: Value, sign: ast.cmpop, right: Value) -> bool:
    if left != left or right != right:
        return False
    match sign:
        case ast.Lt():
            return left < right
        case ast.LtE():
            return left <= right
        case ast.Gt():
            return left > right
        case ast.GtE():
            return left >= right
        case ast.Eq():
            return left == right
        case ast.NotEq():
            return left != right
    raise ValueError(f"{sign} is no comparison")
