"""Gambit's text format for extensive games, read and written: ``EFG 2 R "title" { "A" "B" } …``.

Read: chance, personal and terminal nodes, information sets, outcomes that are named once and used again, payoffs
at nodes inside the tree (they are added to all ends below). Numbers may be whole, decimal or fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from realpolitik.errors import ContestError, Fault, StorageError
from realpolitik.models.crisis.tree import MOST_DEPTH, MOST_NODES, Chance, Choice, End, Node, Tree, numbers

__all__ = ["MOST_BYTES", "parse_efg", "read_efg", "write_efg"]

MOST_BYTES = 10_000_000
"""Size of a file."""

MOST_DIGITS = 40
"""Characters of one number, so that no number takes long to read."""

MOST_POWER = 100
"""Largest exponent of ten."""

TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([{}])|([^\s"{},]+)|(,))')
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+)|/(\d+))?\Z")


def read_efg(path: Path) -> Tree:
    """Read a file.

    Raises
    ------
    StorageError : there is no such file, or it is too large.
    ContestError : it is not a game in this format; says the line.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from None
    if len(raw) > MOST_BYTES:
        raise StorageError(f"{path} has more than {MOST_BYTES:,} bytes, which is the most.")
    return parse_efg(raw.decode("utf-8", errors="replace"), str(path))


@dataclass
class _Open:
    """A node whose branches are still being read."""

    kind: str
    place: str
    player: str
    moves: tuple[str, ...]
    chances: tuple[Fraction, ...]
    paid: tuple[Fraction, ...]
    children: list[Node] = field(default_factory=list)

    def closed(self) -> Node:
        """The node, with all that follows."""
        if self.kind == "c":
            return Chance(self.place, self.moves, tuple(map(float, self.chances)), tuple(self.children))
        return Choice(self.player, self.place, self.moves, tuple(self.children))


def parse_efg(text: str, name: str = "game") -> Tree:
    """Read a text.

    Parameters
    ----------
    name : of the file, for messages.

    Raises
    ------
    ContestError : it is not a game in this format; says the line.

    Examples
    --------
    >>> tree = parse_efg('EFG 2 R "g" { "a" } p "" 1 1 "" { "x" "y" } 0 t "" 1 "no" { 0 } t "" 2 "yes" { 1/2 }')
    >>> tree.outcomes, tree.players
    (('no', 'yes'), ('a',))
    """
    return _Parser(text, name).game()


class _Parser:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at = text, name, 0
        self.ahead = self._next()
        self.outcomes: dict[str, tuple[str, tuple[Fraction, ...]]] = {}
        self.sets: dict[tuple[str, str], tuple[str, tuple[str, ...], tuple[Fraction, ...]]] = {}
        self.names: set[str] = set()
        self.players: tuple[str, ...] = ()

    def game(self) -> Tree:
        """The whole file."""
        for word in ("EFG", "2"):
            if self.word("the header EFG 2 R") != word:
                raise self.fault("expected the header EFG 2 R")
        if self.word("R") not in ("R", "D"):
            raise self.fault("expected R or D after EFG 2")
        title = self.quoted("the title in quotes")
        self.brace("{")
        players = list(self.until_brace("a player in quotes", quoted=True))
        if len(set(players)) != len(players) or not players:
            raise self.fault("players need names, all different")
        self.players = tuple(players)
        if self.ahead and self.ahead[0] == '"':
            self.quoted("a comment")
        root = self.tree()
        if self.ahead is not None:
            raise self.fault(f"expected the end of the file, found '{self.ahead[1]}'")
        try:
            return Tree(title or self.name, self.players, root)
        except ContestError as error:
            raise ContestError([Fault(found.path, found.message, self.name) for found in error.faults]) from None

    def tree(self) -> Node:
        """All nodes, with a stack instead of recursion."""
        stack: list[_Open] = []
        for _ in range(MOST_NODES):
            if len(stack) > MOST_DEPTH:
                raise self.fault(f"more than {MOST_DEPTH} moves one after another")
            kind = self.word("a node: c, p or t")
            if kind not in ("c", "p", "t"):
                raise self.fault(f"expected a node (c, p or t), found '{kind}'")
            paid = stack[-1].paid if stack else (Fraction(0),) * len(self.players)
            label = self.quoted("the name of the node in quotes")
            if kind != "t":
                stack.append(self.inner(kind, paid))
                continue
            node: Node = self.end(label, paid)
            while stack:
                stack[-1].children.append(node)
                if len(stack[-1].children) < len(stack[-1].moves):
                    break
                node = stack.pop().closed()
            if not stack:
                return node
        raise self.fault(f"more than {MOST_NODES:,} nodes")

    def inner(self, kind: str, paid: tuple[Fraction, ...]) -> _Open:
        """A node with branches, up to its payoffs."""
        owner = "" if kind == "c" else self.whole("the number of a player")
        if owner and not 1 <= int(owner) <= len(self.players):
            raise self.fault(f"there is no player {owner}; there are {len(self.players)}")
        key = (owner, self.whole("the number of an information set"))
        label = self.quoted("its name") if self.ahead and self.ahead[0] == '"' else ""
        if self.ahead == ("{", "{"):
            self.brace("{")
            moves, chances = self.branches(kind)
            if key not in self.sets:
                self.sets[key] = (self.fresh(label, key), moves, chances)
            elif self.sets[key][1:] != (moves, chances):
                raise self.fault(f"information set {key[1]} has other moves than before")
        if key not in self.sets:
            raise self.fault(f"information set {key[1]} is used before its moves are listed")
        place, moves, chances = self.sets[key]
        _, payoffs = self.outcome("")
        player = self.players[int(owner) - 1] if owner else ""
        return _Open(kind, place, player, moves, chances, tuple(a + b for a, b in zip(paid, payoffs, strict=True)))

    def fresh(self, label: str, key: tuple[str, str]) -> str:
        """A name for an information set that no other one has."""
        owner = self.players[int(key[0]) - 1] if key[0] else "chance"
        name = label or f"{owner} {key[1]}"
        name = name if name not in self.names else f"{name} ({owner} {key[1]})"
        self.names.add(name)
        return name

    def branches(self, kind: str) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """Names of the moves and, for chance, their probabilities, up to the closing brace."""
        moves: list[str] = []
        chances: list[Fraction] = []
        while self.ahead != ("}", "}"):
            name = self.quoted("a move in quotes")
            twin = f"{name or 'move'} {len(moves) + 1}"
            moves.append(twin if not name or name in moves else name)
            if kind == "c":
                chances.append(self.number())
        self.brace("}")
        if not moves:
            raise self.fault("a node needs a move")
        return tuple(moves), tuple(chances)

    def end(self, label: str, paid: tuple[Fraction, ...]) -> End:
        """A terminal node."""
        name, payoffs = self.outcome(label)
        worth = tuple(float(a + b) for a, b in zip(paid, payoffs, strict=True))
        return End(name or f"({', '.join(f'{value:g}' for value in worth)})", worth)

    def outcome(self, label: str) -> tuple[str, tuple[Fraction, ...]]:
        """Number of an outcome and, the first time, its name and payoffs; 0 is none."""
        key = self.whole("the number of an outcome")
        name = self.quoted("its name") if self.ahead and self.ahead[0] == '"' else ""
        if self.ahead == ("{", "{"):
            self.brace("{")
            payoffs = tuple(self.number(word) for word in self.until_brace("a payoff", quoted=False))
            if len(payoffs) != len(self.players):
                raise self.fault(f"found {len(payoffs)} payoffs, expected {len(self.players)}")
            self.outcomes.setdefault(key, (name, payoffs))
        if int(key) == 0:
            return label, (Fraction(0),) * len(self.players)
        if key not in self.outcomes:
            raise self.fault(f"outcome {key} is used before its payoffs are listed")
        known, payoffs = self.outcomes[key]
        return known or label or f"outcome {key}", payoffs

    def until_brace(self, what: str, *, quoted: bool) -> Iterator[str]:
        """Everything up to the closing brace."""
        while self.ahead != ("}", "}"):
            yield self.quoted(what) if quoted else self.word(what)
        self.brace("}")

    def number(self, word: str | None = None) -> Fraction:
        """A whole number, a decimal or a fraction."""
        found = word if word is not None else self.word("a number")
        match = NUMBER.match(found) if len(found) <= MOST_DIGITS else None
        if match is None or abs(int(match[1] or 0)) > MOST_POWER or (match[2] and not int(match[2])):
            raise self.fault(f"'{found[:MOST_DIGITS]}' is not a number such as 2, -0.5 or 1/3")
        if match[2] and not re.fullmatch(r"[+-]?\d+/\d+", found):
            raise self.fault(f"'{found}' is not a fraction of whole numbers")
        return Fraction(found)

    def whole(self, what: str) -> str:
        """A whole number of at least 0, in its shortest form."""
        found = self.word(what)
        if not (found.isascii() and found.isdigit() and len(found) <= MOST_DIGITS):
            raise self.fault(f"expected {what}, found '{found[:MOST_DIGITS]}'")
        return str(int(found))

    def quoted(self, what: str) -> str:
        """A text in quotes."""
        if self.ahead is None or self.ahead[0] != '"':
            raise self.fault(f"expected {what}, found {self._found()}")
        return re.sub(r"\\(.)", r"\1", self._take())

    def word(self, what: str) -> str:
        """A word or number without quotes."""
        if self.ahead is None or self.ahead[0] != "w":
            raise self.fault(f"expected {what}, found {self._found()}")
        return self._take()

    def brace(self, which: str) -> None:
        """One brace."""
        if self.ahead != (which, which):
            raise self.fault(f"expected {which}, found {self._found()}")
        self._take()

    def _found(self) -> str:
        return f"'{self.ahead[1][:MOST_DIGITS]}'" if self.ahead else "the end of the file"

    def _take(self) -> str:
        kind_and_text = self.ahead or ("", "")
        self.ahead = self._next()
        return kind_and_text[1]

    def _next(self) -> tuple[str, str] | None:
        """The next token, its kind first; commas only separate."""
        while match := TOKEN.match(self.text, self.at):
            self.at = match.end()
            if match[1] is not None:
                return '"', match[1]
            if match[2]:
                return match[2], match[2]
            if match[3]:
                return "w", match[3]
        if self.text[self.at :].strip():
            raise self.fault("a quote is not closed")
        return None

    def fault(self, message: str) -> ContestError:
        """An error at the line reached."""
        line = self.text.count("\n", 0, self.at) + 1
        return ContestError([Fault((), f"{message}.", self.name, line)])


MOST_DENOMINATOR = 1_000_000
"""Numbers that are such a fraction are written as one."""


def write_efg(tree: Tree, draw: int = 0) -> str:
    """Write one possible world of a game, so that ``parse_efg`` and Gambit read it.

    Chances are written such that they sum to exactly one.

    Parameters
    ----------
    draw : which possible world, from zero.
    """
    players = " ".join(_quote(player) for player in tree.players)
    lines = [f"EFG 2 R {_quote(tree.title)} {{ {players} }}", '""', ""]
    place = {index: place for place in tree.places for index in place.nodes}
    number = {
        found.name: sum(other.player == found.player for other in tree.places[: order + 1])
        for order, found in enumerate(tree.places)
    }
    chance = 0
    outcomes: dict[tuple[str, tuple[str, ...]], int] = {}
    for index, node in enumerate(tree.nodes):
        values = [_exact(float(np.broadcast_to(value, tree.draws)[draw])) for value in numbers(node)]
        if isinstance(node, End):
            written = tuple(map(str, values))
            key = outcomes.setdefault((node.name, written), len(outcomes) + 1)
            lines.append(f't "" {key} {_quote(node.name)} {{ {", ".join(written)} }}')
        elif isinstance(node, Chance):
            chance += 1
            values[-1] = 1 - sum(values[:-1], Fraction(0))
            branches = " ".join(f"{_quote(move)} {p}" for move, p in zip(node.moves, values, strict=True))
            lines.append(f'c "" {chance} {_quote(node.place)} {{ {branches} }} 0')
        else:
            found = place[index]
            branches = " ".join(map(_quote, node.moves))
            lines.append(f'p "" {found.player + 1} {number[found.name]} {_quote(found.name)} {{ {branches} }} 0')
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _exact(value: float) -> Fraction:
    near = Fraction(value).limit_denominator(MOST_DENOMINATOR)
    return near if float(near) == value else Fraction(repr(value))
