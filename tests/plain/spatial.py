"""The spatial model of politics for one draw, actor by actor from its definitions, without arrays.

Written out in full where the product takes short cuts: the utilities of all three parties to a contest,
chains by iteration, chances as products, every bargain valued over all positions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import dist, sqrt
from typing import Any

Point = tuple[float, ...]
TIE = 1e-9
"""The first of those that differ by no more."""


@dataclass(frozen=True)
class Actor:
    """Positions in [0, 1], saliences with a total of at most one, capability."""

    position: Point
    salience: Point
    capability: float

    @property
    def care(self) -> float:
        return sum(self.salience)


RESPONSES: dict[str, Callable[[float], float]] = {
    "binary": lambda du: max(-1.0, min(1.0, du / 1e-8)),
    "binary-proportional": lambda du: 0.8 * du + 0.2 * max(-1.0, min(1.0, du / 1e-8)),
    "proportional": lambda du: du,
    "proportional-cubic": lambda du: (du + du**3) / 2,
    "cubic": lambda du: du**3,
}
POWERS = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}
OWN_SHARE = {"none": 1.0, "one-third": 2 / 3, "half": 1 / 2, "two-thirds": 1 / 3, "full": 0.0}


def utility(d: float, r: float) -> float:
    return 1 - d + r * d - r * d * d


def weighted_distance(actor: Actor, ideal: Point, other: Point) -> float:
    total = sum(s * s for s in actor.salience)
    if total == 0:
        return 0.0
    return sqrt(sum((s * (x - y)) ** 2 for s, x, y in zip(actor.salience, ideal, other, strict=True)) / total)


def beats(ours: float, theirs: float, law: str) -> float:
    if law != "binary":
        return ours ** POWERS[law] / (ours ** POWERS[law] + theirs ** POWERS[law])
    if ours >= 1.1 * theirs:
        return 1 / (1 + 1e-6)
    if theirs >= 1.1 * ours:
        return 1e-6 / (1 + 1e-6)
    slope = 2.1 / 0.1
    return min(1 / (1 + 1e-6), max(1e-6 / (1 + 1e-6), 0.5 + slope * (ours / (ours + theirs) - 0.5)))


def election(weights: Sequence[float], options: Sequence[Sequence[float]], rules: Any) -> list[float]:
    """Chance of each option; ``options[x][a]`` is its utility to actor a."""
    respond, size = RESPONSES[rules.voting], range(len(options))

    def backing(x: int, y: int) -> float:
        gains = [(w, u - v) for w, u, v in zip(weights, options[x], options[y], strict=True)]
        return 1e-8 + sum(w * respond(gain) for w, gain in gains if gain >= 1e-12)

    strong = [[backing(x, y) if x != y else 1e-8 for y in size] for x in size]
    wins = [[beats(strong[x][y], strong[y][x], rules.victory) if x != y else 0.5 for y in size] for x in size]
    if rules.election == "conditional":
        products = []
        for x in size:
            product = 1.0
            for y in size:
                product *= wins[x][y]
            products.append(product)
        return [product / sum(products) for product in products]
    if rules.election == "markov-uniform":
        dares = [[1 / len(options) for _ in size] for _ in size]
    else:
        hopes = [[strong[x][y] * wins[x][y] + (1e-10 if x == y else 0.0) for y in size] for x in size]
        dares = [[hopes[x][y] / sum(hopes[z][y] for z in size) for y in size] for x in size]
    share = [1 / len(options) for _ in size]
    for _ in range(20_000):
        # Whoever is in front meets a challenger, and the winner is in front.
        meets = [[share[y] * dares[x][y] for y in size] for x in size]
        after = [sum(wins[x][y] * (meets[x][y] + meets[y][x]) for y in size) for x in size]
        change = max(abs(p - q) for p, q in zip(share, after, strict=True))
        share = [(p + q) / 2 for p, q in zip(share, after, strict=True)]
        if change < 1e-14:
            break
    return share


class World:
    """Positions of a turn and what everybody thinks of them."""

    def __init__(self, actors: Sequence[Actor], now: Sequence[Point], rules: Any, *, neutral: bool = False) -> None:
        self.actors, self.now, self.rules, self.size = actors, now, rules, range(len(actors))
        self.away = [[weighted_distance(actors[a], now[a], now[j]) for j in self.size] for a in self.size]
        weights = [actor.capability for actor in actors]
        first = election(weights, [[1 - self.away[a][x] for a in self.size] for x in self.size], rules)
        low, high = min(first), max(first)
        floor = {"min": 0.0, "mid": -0.5, "max": -1.0}[rules.risk_range]
        self.risk = [floor + (1 - floor) * (p - low) / (high - low) if high - low > 1e-9 else 0.0 for p in first]
        if neutral:
            self.risk = [0.0 for _ in actors]

    def sees(self, h: int, a: int, j: int) -> float:
        """What h takes for the utility to a of the position of j."""
        own = OWN_SHARE[self.rules.risk_adjust]
        return utility(self.away[a][j], own * self.risk[h] + (1 - own) * self.risk[a])

    def challenge(self, h: int, i: int, j: int) -> tuple[float, float]:
        """Chance that i defeats j and gain of i, as h sees them."""
        respond, actors = RESPONSES[self.rules.voting], self.actors
        strength = [actor.capability * actor.care for actor in actors]
        start_i = 1e-10 + strength[i] * respond(self.sees(h, i, i) - self.sees(h, i, j))
        start_j = 1e-10 + strength[j] * respond(self.sees(h, j, j) - self.sees(h, j, i))
        side_i, side_j = start_i, start_j
        for k in self.size:
            if k in (i, j):
                continue
            at_i, at_j, at_k = self.sees(h, k, i), self.sees(h, k, j), self.sees(h, k, k)
            first = strength[k] * respond(at_i - at_j)
            p = (start_i + max(first, 0)) / (start_i + max(first, 0) + start_j + max(-first, 0))
            moves_if_joined_and_lost = self.rules.third_parties != "none"
            moves_if_apart_and_lost = self.rules.third_parties == "full"
            won = 2 * at_i + (at_i if moves_if_apart_and_lost else at_k)
            lost = 2 * at_j + (at_j if moves_if_joined_and_lost else at_k)
            with_i = p * won + (1 - p) * lost
            won = 2 * at_i + (at_i if moves_if_joined_and_lost else at_k)
            lost = 2 * at_j + (at_j if moves_if_apart_and_lost else at_k)
            with_j = p * won + (1 - p) * lost
            cast = strength[k] * respond(with_i - with_j)
            side_i, side_j = side_i + max(cast, 0), side_j + max(-cast, 0)
        p = side_i / (side_i + side_j)
        u_i, u_j = self.sees(h, i, i), self.sees(h, i, j)
        fights = actors[j].care
        return p, (1 - fights) * 2 * u_i + fights * (p * 2 * u_i + (1 - p) * 2 * u_j) - u_i - u_j

    def bargain(self, i: int, j: int, p: float) -> tuple[Point, Point]:
        """Where i and j would go."""
        ends: tuple[list[float], list[float]] = ([], [])
        sides = zip(self.now[i], self.now[j], self.actors[i].salience, self.actors[j].salience, strict=True)
        for x, y, s, t in sides:
            if self.rules.bargain_weights == "s2pmax":
                give_i, give_j = max(0.0, (1 - p) - p), max(0.0, p - (1 - p))
                ends[0].append(x + give_i * t**2 / (give_i * t**2 + 1e-6 + (1 - give_i) * s**2) * (y - x))
                ends[1].append(y + give_j * s**2 / (give_j * s**2 + 1e-6 + (1 - give_j) * t**2) * (x - y))
            else:
                power = {"s1p1": 1, "s2p2": 2}[self.rules.bargain_weights]
                w, v = s**power * p**power, t**power * (1 - p) ** power
                for end, (a, b) in zip(ends, ((w + 1e-6, v), (w, v + 1e-6)), strict=True):
                    end.append(int((a * x + b * y) / (w + v + 1e-6) * 10_000 + 0.5) / 10_000)
        return tuple(ends[0]), tuple(ends[1])

    def offers(self) -> list[dict[int, Point]]:
        """By bargain, where its sides would go."""
        found = []
        for i in self.size:
            gains = {j: self.challenge(i, i, j) for j in self.size if j != i}
            most = max((gain for _, gain in gains.values()), default=0.0)
            if most <= 1e-5:
                continue
            j = next(j for j in gains if gains[j][1] >= most - TIE)
            mine = self.bargain(i, j, gains[j][0])
            yours = self.bargain(i, j, self.challenge(j, i, j)[0])
            if self.rules.offers == "power-weighted":
                w, v = (self.actors[a].capability * self.actors[a].care for a in (i, j))
                mine = tuple(
                    tuple((w * a + v * b) / (w + v) for a, b in zip(one, two, strict=True))
                    for one, two in zip(mine, yours, strict=True)
                )  # type: ignore[assignment]
            found.append(dict(zip((i, j), mine, strict=True)))
            if self.rules.offers == "both":
                found.append(dict(zip((i, j), yours, strict=True)))
        return found

    def after(self) -> list[Point]:
        """Positions after the turn."""
        weights, offers, new = [actor.capability for actor in self.actors], self.offers(), []
        for k in self.size:
            options = [{}, *(offer for offer in offers if k in offer)]
            values = []
            for option in options:
                world = [option.get(a, self.now[a]) for a in self.size]
                values.append(
                    [
                        sum(utility(weighted_distance(self.actors[a], self.now[a], x), self.risk[a]) for x in world)
                        / len(world)
                        for a in self.size
                    ]
                )
            chance = election(weights, values, self.rules)
            taken = next(x for x, p in enumerate(chance) if p >= max(chance) - TIE)
            new.append(options[taken].get(k, self.now[k]))
        return new

    def chances(self) -> list[float]:
        """Chance of each actor's position."""
        named: list[int] = []
        for a in self.size:
            near = [x for x in range(a) if named[x] == x and dist(self.now[a], self.now[x]) < self.rules.same_within]
            named.append(near[0] if near else a)
        heads = sorted(set(named))
        options = [[utility(self.away[a][x], self.risk[a]) for a in self.size] for x in heads]
        chance = election([actor.capability for actor in self.actors], options, self.rules)
        return [chance[heads.index(named[a])] for a in self.size]


def play(actors: Sequence[Actor], rules: Any) -> list[World]:
    """All turns; the strongest actor should come first."""
    worlds = [World(actors, [actor.position for actor in actors], rules)]
    ways: list[float] = []
    while len(ways) < rules.most_turns:
        worlds.append(World(actors, worlds[-1].after(), rules))
        ways.append(sum(map(dist, worlds[-2].now, worlds[-1].now)))
        if len(ways) >= rules.least_turns and ways[-1] < rules.movement * (ways[0] + 1e-4):
            break
    return worlds
