"""The small language of guards and outcomes: names, numbers, comparison, and, or, not.

It is parsed by hand and never handed to Python. A name is a stage (``notice``), one of its results
(``resolution.passed``) or a quantity of the contest; names may contain hyphens, there is no arithmetic.

::

    expression = conjunction {"or" conjunction}
    conjunction = negation {"and" negation}
    negation   = "not" negation | comparison
    comparison = term {("<" | "<=" | ">" | ">=" | "==" | "!=") term}
    term       = number | name | "true" | "false" | "(" expression ")"
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from math import inf, isinf, nan
from typing import Any, Literal

from realpolitik.errors import nearest

__all__ = [
    "RESERVED",
    "Expression",
    "ExpressionError",
    "Interpretation",
    "Kind",
    "names",
    "never_holds",
    "parse_expression",
    "wrong_types",
]

MOST_CHARACTERS = 2_000
MOST_DEPTH = 40

RESERVED = ("and", "or", "not", "true", "false")
"""Words of the language; nothing that guards name may be called so."""

Kind = Literal["truth", "number"]
"""What a name stands for."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": lambda a, b: (a < b) | (a > b),
}
"""Each is false where a number is missing (NaN), ``!=`` as well."""


class ExpressionError(ValueError):
    """The text is not an expression; ``offset`` is the character at which reading stopped."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True)
class Number:
    """A literal."""

    value: float


@dataclass(frozen=True)
class Truth:
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True)
class Ref:
    """A name, with the offset at which it stands."""

    name: str
    offset: int


@dataclass(frozen=True)
class Compare:
    """A chain such as ``20 <= settlement < 70``."""

    terms: tuple[Node, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    """Negation."""

    part: Node


@dataclass(frozen=True)
class Join:
    """Parts joined by ``and`` or by ``or``."""

    word: Literal["and", "or"]
    parts: tuple[Node, ...]


Node = Number | Truth | Ref | Compare | Not | Join


@dataclass(frozen=True)
class Expression:
    """A parsed text."""

    text: str
    root: Node

    def __str__(self) -> str:
        return self.text

    def evaluate(self, interpretation: Interpretation) -> Any:
        """Return the truth of the expression.

        Parameters
        ----------
        interpretation : gives for a name its value: bool or float, or arrays of them of one shape.

        Returns
        -------
        bool or an array of bool of that shape.
        """
        return _evaluate(self.root, interpretation)


Interpretation = Callable[[str], Any]

TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_.])"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:[-.][A-Za-z0-9_]+)*)"
    r"|(?P<mark><=|>=|==|!=|<|>|\(|\)))"
)

ALLOWED = "Allowed: names, numbers, < <= > >= == !=, and, or, not, brackets."


def parse_expression(text: str) -> Expression:
    """Read a guard or an outcome's condition.

    Raises
    ------
    ExpressionError : with the offset of the fault.

    Examples
    --------
    >>> rule = parse_expression("notice and not 20 <= settlement < 70")
    >>> rule.evaluate({"notice": True, "settlement": 80.0}.__getitem__)
    True
    """
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"{len(text)} characters; at most {MOST_CHARACTERS} are allowed", 0)
    return Expression(text, _Parser(text).whole())


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str, int]] = []
        self.index = 0
        position, end = 0, len(text.rstrip())
        while position < end:
            match = TOKEN.match(text, position)
            if match is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                raise ExpressionError(f"'{text[start : start + 12]}' cannot be read. {ALLOWED}", start)
            group = str(match.lastgroup)
            self.tokens.append((group, match.group(group), match.start(group)))
            position = match.end()

    def whole(self) -> Node:
        node = self.disjunction(0)
        kind, text, offset = self.peek()
        if kind != "end":
            raise ExpressionError(f"'{text}' is not expected here. {ALLOWED}", offset)
        return node

    def peek(self) -> tuple[str, str, int]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "", len(self.text))

    def take_if(self, *texts: str) -> str | None:
        kind, text, _ = self.peek()
        if kind in ("mark", "name") and text in texts:
            self.index += 1
            return text
        return None

    def disjunction(self, depth: int) -> Node:
        return self.join("or", self.conjunction, depth)

    def conjunction(self, depth: int) -> Node:
        return self.join("and", self.negation, depth)

    def join(self, word: Literal["and", "or"], part: Callable[[int], Node], depth: int) -> Node:
        parts = [part(depth)]
        while self.take_if(word):
            parts.append(part(depth))
        return parts[0] if len(parts) == 1 else Join(word, tuple(parts))

    def negation(self, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise ExpressionError(f"nested more than {MOST_DEPTH} deep", self.peek()[2])
        return Not(self.negation(depth + 1)) if self.take_if("not") else self.comparison(depth)

    def comparison(self, depth: int) -> Node:
        terms, operators = [self.term(depth)], []
        while found := self.take_if(*COMPARISONS):
            operators.append(found)
            terms.append(self.term(depth))
        return Compare(tuple(terms), tuple(operators)) if operators else terms[0]

    def term(self, depth: int) -> Node:
        kind, text, offset = self.peek()
        if self.take_if("("):
            node = self.disjunction(depth + 1)
            if not self.take_if(")"):
                raise ExpressionError("a bracket is not closed", offset)
            return node
        if kind == "number":
            self.index += 1
            value = float(text.replace("_", ""))
            if isinf(value):
                raise ExpressionError(f"'{text}' is too large for a number", offset)
            return Number(value)
        if kind == "name" and text not in ("and", "or", "not"):
            self.index += 1
            return Truth(text == "true") if text in ("true", "false") else Ref(text, offset)
        found = f"found '{text}'" if text else "the text ends"
        raise ExpressionError(f"a name or a number is missing: {found}. {ALLOWED}", offset)


def _evaluate(node: Node, value_of: Interpretation) -> Any:
    match node:
        case Number(value) | Truth(value):
            return value
        case Ref(name, _):
            return value_of(name)
        case Not(part):
            return _negate(_evaluate(part, value_of))
        case Join(word, parts):
            join = operator.and_ if word == "and" else operator.or_
            result = _evaluate(parts[0], value_of)
            for part in parts[1:]:
                result = join(result, _evaluate(part, value_of))
            return result
        case Compare(terms, operators):
            values = [_evaluate(term, value_of) for term in terms]
            links = [COMPARISONS[name](a, b) for name, (a, b) in zip(operators, pairwise(values), strict=True)]
            result = links[0]
            for link in links[1:]:
                result = result & link
            return result


def _negate(value: Any) -> Any:
    return not value if isinstance(value, bool) else ~value


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Not(part):
            yield from _walk(part)
        case Join(_, parts) | Compare(parts, _):
            for part in parts:
                yield from _walk(part)
        case _:
            return


def names(expression: Expression) -> tuple[Ref, ...]:
    """Every name in the expression, in the order of the text."""
    return tuple(node for node in _walk(expression.root) if isinstance(node, Ref))


def wrong_types(expression: Expression, kinds: Mapping[str, Kind]) -> list[tuple[str, int]]:
    """Messages and offsets for unknown names and for numbers used as truths or truths as numbers.

    Parameters
    ----------
    kinds : for each known name, whether it is a truth or a number.
    """
    faults: list[tuple[str, int]] = []

    def kind(node: Node) -> Kind | None:
        match node:
            case Number():
                return "number"
            case Ref(name, offset):
                if name not in kinds:
                    faults.append((f"nothing here is called '{name}'. {nearest(name, kinds)}", offset))
                return kinds.get(name)
            case Compare(terms, _):
                for term in terms:
                    if kind(term) == "truth":
                        faults.append((f"'{_show(term)}' is true or false and cannot be compared", _offset(term)))
                return "truth"
            case Not(part):
                need_truth(part)
                return "truth"
            case Join(_, parts):
                for part in parts:
                    need_truth(part)
                return "truth"
            case Truth():
                return "truth"

    def need_truth(node: Node) -> None:
        if kind(node) == "number":
            faults.append(
                (f"'{_show(node)}' is a number; compare it, as in '{_show(node)} >= 50'", _offset(node)),
            )

    need_truth(expression.root)
    return faults


def _show(node: Node) -> str:
    match node:
        case Ref(name, _):
            return name
        case Number(value):
            return f"{value:g}"
        case _:
            return "this part"


def _offset(node: Node) -> int:
    return min((part.offset for part in _walk(node) if isinstance(part, Ref)), default=0)


MOST_CASES = 20_000
"""Combinations that :func:`never_holds` tries before it gives no verdict."""


def never_holds(expression: Expression, kinds: Mapping[str, Kind], ranges: Mapping[str, tuple[float, float]]) -> bool:
    """Return whether no values of the names can make the expression true.

    Every truth is tried both ways, every number at the constants it is compared with, between them, at the ends of
    its range and missing (NaN), as it is where its stage does not happen. The answer is exact for expressions that
    compare names with constants; where names are compared with each other, or where more than ``MOST_CASES`` cases
    would be needed, the answer is False: nothing is claimed.
    """
    used = {ref.name for ref in names(expression)}
    values = {name: _cases(name, kinds[name], expression, ranges) for name in sorted(used)}
    count = 1
    for cases in values.values():
        count *= len(cases)
    if count > MOST_CASES or _compares_names(expression):
        return False
    for chosen in product(*values.values()):
        if expression.evaluate(dict(zip(values, chosen, strict=True)).__getitem__):
            return False
    return True


def _compares_names(expression: Expression) -> bool:
    return any(
        isinstance(node, Compare) and sum(isinstance(term, Ref) for term in node.terms) > 1
        for node in _walk(expression.root)
    )


def _cases(name: str, kind: Kind, expression: Expression, ranges: Mapping[str, tuple[float, float]]) -> list[Any]:
    if kind == "truth":
        return [False, True]
    low, high = ranges.get(name, (-inf, inf))
    constants = {
        term.value
        for node in _walk(expression.root)
        if isinstance(node, Compare) and any(isinstance(term, Ref) and term.name == name for term in node.terms)
        for term in node.terms
        if isinstance(term, Number)
    }
    points = sorted({low, high, *(value for value in constants if low <= value <= high)})
    finite = [value for value in points if not isinf(value)]
    between = [(a + b) / 2 for a, b in pairwise(finite)]
    beyond = [finite[0] - 1, finite[-1] + 1] if finite else [0.0]
    return [nan, *sorted({*points, *between, *(value for value in beyond if low <= value <= high)})]
