"""Shapes of uncertainty, and the few words in which an analyst writes them.

===========================  ==========================================================================
text                         meaning
===========================  ==========================================================================
``0.7``                      known exactly
``60 to 80``                 90 % interval: 5 % below 60, 5 % above 80 (shape: see :class:`Interval`)
``normal(50, 10)``           mean, standard deviation
``lognormal(0, 0.5)``        mean and standard deviation of the logarithm
``uniform(0, 1)``            low, high
``triangular(0, 2, 10)``     low, mode, high
``beta(7, 3)``               two shape parameters on 0 to 1; ``beta(7, 3, 0, 100)`` on 0 to 100
``mixture(0.3: 0, 0.7: …)``  weights and parts
``some-name``                the same draw as the quantity of that name
===========================  ==========================================================================

A list of these, one per analyst, is the equal mixture of their judgements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "Beta",
    "Constant",
    "Distribution",
    "Interval",
    "LogNormal",
    "Mixture",
    "Named",
    "Normal",
    "Triangular",
    "Uniform",
    "judgements",
    "parse",
    "support",
    "write",
]

MOST_CHARACTERS = 2_000
"""A longer text is refused before it is parsed."""

MOST_DEPTH = 8
"""Mixtures inside mixtures, at most."""

LARGEST = 1e30
"""Largest size of a number in a distribution; products and squares of such numbers are still numbers."""

FARTHEST = 8.0
"""Standard deviations beyond which no draw lies."""


@dataclass(frozen=True)
class Constant:
    """Known exactly."""

    value: float

    def __str__(self) -> str:
        return write(self.value)


@dataclass(frozen=True)
class Interval:
    """A 90 % interval: the 5 % and 95 % quantiles.

    The shape is the normal with those two quantiles, and what lies beyond a bound of the field is put on the bound.
    Where the field is bounded below only (a capability, a cost) and ``low`` is above that bound, the shape is the
    lognormal with those quantiles, measured from the bound. Both quantiles are kept exactly in either case.
    """

    low: float
    high: float

    def __str__(self) -> str:
        return f"{write(self.low)} to {write(self.high)}"


@dataclass(frozen=True)
class Normal:
    """Mean and standard deviation; what lies beyond a bound of the field is put on the bound."""

    mean: float
    sd: float

    def __str__(self) -> str:
        return f"normal({write(self.mean)}, {write(self.sd)})"


@dataclass(frozen=True)
class LogNormal:
    """Mean and standard deviation of the natural logarithm."""

    mu: float
    sigma: float

    def __str__(self) -> str:
        return f"lognormal({write(self.mu)}, {write(self.sigma)})"


@dataclass(frozen=True)
class Uniform:
    """Every value from low to high alike."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"uniform({write(self.low)}, {write(self.high)})"


@dataclass(frozen=True)
class Triangular:
    """Lowest, most likely, highest."""

    low: float
    mode: float
    high: float

    def __str__(self) -> str:
        return f"triangular({write(self.low)}, {write(self.mode)}, {write(self.high)})"


@dataclass(frozen=True)
class Beta:
    """Beta distribution stretched over low to high."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    def __str__(self) -> str:
        ends = "" if (self.low, self.high) == (0.0, 1.0) else f", {write(self.low)}, {write(self.high)}"
        return f"beta({write(self.a)}, {write(self.b)}{ends})"


@dataclass(frozen=True)
class Mixture:
    """One of several distributions, with weights that sum to one after normalisation."""

    parts: tuple[tuple[float, Distribution], ...]
    """Weight as written, and the part."""

    def __str__(self) -> str:
        return f"mixture({', '.join(f'{write(weight)}: {part}' for weight, part in self.parts)})"


@dataclass(frozen=True)
class Named:
    """The same draw as the quantity of that name in ``quantities``."""

    name: str

    def __str__(self) -> str:
        return self.name


Distribution = Constant | Interval | Normal | LogNormal | Uniform | Triangular | Beta | Mixture | Named


def write(number: float) -> str:
    """Shortest text that reads back as the same number.

    Examples
    --------
    >>> write(60.0), write(0.1), write(1e20)
    ('60', '0.1', '1e+20')
    """
    return str(int(number)) if abs(number) < 1e15 and number == int(number) else repr(float(number))


def support(distribution: Distribution) -> tuple[float, float]:
    """Lowest and highest value that the distribution can take before the field's bounds act on it.

    The tails of an interval, a normal and a lognormal are cut by the field, so an interval counts with its two
    quantiles and a normal with its mean.

    Examples
    --------
    >>> support(parse("mixture(1: 0.2, 1: uniform(0.5, 2))"))
    (0.2, 2.0)
    """
    match distribution:
        case Constant(value):
            return value, value
        case Interval(low, high) | Uniform(low, high) | Triangular(low, _, high) | Beta(_, _, low, high):
            return low, high
        case Normal(mean, _):
            return mean, mean
        case LogNormal(mu, _):
            return 0.0, math.exp(mu)
        case Mixture(parts):
            ends = [support(part) for _, part in parts if not isinstance(part, Named)]
            return min((low for low, _ in ends), default=math.inf), max((high for _, high in ends), default=-math.inf)
        case Named():
            return math.inf, -math.inf


def judgements(parts: Sequence[Distribution]) -> Mixture:
    """Equal mixture of several analysts' judgements."""
    return Mixture(tuple((1.0, part) for part in parts))


TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_.%])"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)|(?P<mark>[(),:]))"
)

ALLOWED = (
    "Allowed: a number, 'low to high' (90 % interval), normal(mean, sd), lognormal(mu, sigma), uniform(low, high), "
    "triangular(low, mode, high), beta(a, b), mixture(weight: part, …), the name of a quantity, or a list of these."
)

SHAPES: dict[str, tuple[type[Distribution], tuple[int, ...]]] = {
    "normal": (Normal, (2,)),
    "lognormal": (LogNormal, (2,)),
    "uniform": (Uniform, (2,)),
    "triangular": (Triangular, (3,)),
    "beta": (Beta, (2, 4)),
}


def parse(text: str) -> Distribution:
    """Read a distribution from its text.

    Parameters
    ----------
    text : one of the forms at the head of this module.

    Returns
    -------
    Distribution : such that ``parse(str(d)) == d``.

    Raises
    ------
    ValueError : the text is none of these; the message says what is allowed.

    Examples
    --------
    >>> parse("60 to 80")
    Interval(low=60.0, high=80.0)
    >>> parse("mixture(0.3: 0, 0.7: beta(2, 5))")
    Mixture(parts=((0.3, Constant(value=0.0)), (0.7, Beta(a=2.0, b=5.0, low=0.0, high=1.0))))
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a quantity of {len(text)} characters; at most {MOST_CHARACTERS} are allowed")
    reader = _Reader(text)
    found = reader.part()
    reader.end()
    return found


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.index = 0
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            if match is None:
                raise ValueError(f"'{text}' cannot be read at '{text[position:].strip()[:20]}'. {ALLOWED}")
            self.tokens.append((str(match.lastgroup), match.group(str(match.lastgroup))))
            position = match.end()

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.index += 1
        return token

    def wrong(self, wanted: str) -> ValueError:
        kind, text = self.peek()
        found = "the end" if kind == "end" else f"'{text}'"
        return ValueError(f"'{self.text}': expected {wanted}, found {found}. {ALLOWED}")

    def end(self) -> None:
        if self.peek()[0] != "end":
            raise self.wrong("nothing more")

    def number(self) -> float:
        if self.peek()[0] != "number":
            raise self.wrong("a number")
        value = float(self.take()[1].replace("_", ""))
        if not abs(value) <= LARGEST:
            raise ValueError(f"'{self.text}': {write(value)} is too large; numbers up to {write(LARGEST)} are possible")
        return value

    def mark(self, wanted: str) -> None:
        if self.peek() != ("mark", wanted):
            raise self.wrong(f"'{wanted}'")
        self.take()

    def part(self, depth: int = 0) -> Distribution:
        kind, word = self.peek()
        if kind == "number":
            return self.constant_or_interval()
        if kind != "word":
            raise self.wrong("a number or a name")
        if depth > MOST_DEPTH:
            raise ValueError(f"'{self.text}': mixtures nested more than {MOST_DEPTH} deep")
        self.take()
        if self.peek() != ("mark", "("):
            return Named(word)
        if word == "mixture":
            return self.mixture(depth)
        if word not in SHAPES:
            raise ValueError(f"'{self.text}': there is no distribution '{word}'. {ALLOWED}")
        return self.shape(word)

    def constant_or_interval(self) -> Distribution:
        low = self.number()
        if self.peek() != ("word", "to"):
            return Constant(low)
        self.take()
        high = self.number()
        if not low < high:
            raise ValueError(f"'{self.text}': the low end must be below the high end. Write a single number if known.")
        return Interval(low, high)

    def shape(self, word: str) -> Distribution:
        kind, counts = SHAPES[word]
        self.mark("(")
        numbers = [self.number()]
        while self.peek() == ("mark", ","):
            self.take()
            numbers.append(self.number())
        self.mark(")")
        if len(numbers) not in counts:
            wanted = " or ".join(str(count) for count in counts)
            raise ValueError(f"'{self.text}': {word} takes {wanted} numbers, found {len(numbers)}")
        found: Distribution = kind(*numbers)  # type: ignore[arg-type]
        fault = _fault(found)
        if fault:
            raise ValueError(f"'{self.text}': {fault}")
        return found

    def mixture(self, depth: int) -> Distribution:
        self.mark("(")
        parts = [self.weighted(depth)]
        while self.peek() == ("mark", ","):
            self.take()
            parts.append(self.weighted(depth))
        self.mark(")")
        if not any(weight > 0 for weight, _ in parts):
            raise ValueError(f"'{self.text}': at least one weight must be above zero")
        return Mixture(tuple(parts))

    def weighted(self, depth: int) -> tuple[float, Distribution]:
        weight = self.number()
        if weight < 0:
            raise ValueError(f"'{self.text}': a weight of {write(weight)}; weights must not be negative")
        self.mark(":")
        return weight, self.part(depth + 1)


def _fault(distribution: Distribution) -> str | None:
    """What is wrong with the parameters of a shape, if anything."""
    match distribution:
        case Normal(_, sd) | LogNormal(_, sd) if sd <= 0:
            return f"the standard deviation is {write(sd)}; it must be above zero"
        case LogNormal(mu, sigma) if abs(mu) + FARTHEST * sigma > math.log(LARGEST):
            return (
                f"its values go beyond {write(LARGEST)}; mean and standard deviation are those of the natural logarithm"
            )
        case Uniform(low, high) if low >= high:
            return "the low end must be below the high end"
        case Triangular(low, mode, high) if not (low <= mode <= high and low < high):
            return "write low, mode, high in ascending order"
        case Beta(a, b, _, _) if a <= 0 or b <= 0:
            return "the two shape parameters must be above zero"
        case Beta(_, _, low, high) if low >= high:
            return "the low end must be below the high end"
        case _:
            return None
