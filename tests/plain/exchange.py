"""Position exchange for one draw, straight from its definition, with dictionaries and nothing clever.

Every quantity is worked out anew from the votes before each exchange. Positions run from 0 to 100.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import inf

Cell = tuple[str, str]
"""Actor, issue."""

Pair = tuple[str, str, str, str]
"""Two actors and two issues."""

Row = tuple[float, float, float]
"""Position, salience, capability."""

NEAR = 1e-9


class Bazaar:
    """One round of exchange.

    Parameters
    ----------
    cells : by actor and issue; an absent actor has no cell.
    actors, issues : in the order in which ties are broken.
    own_deals, once_passed, summed : the choices that tell the variant ``decide`` from ``equal-gain``.
    """

    def __init__(
        self, cells: Mapping[Cell, Row], actors: Sequence[str], issues: Sequence[str], *,
        own_deals: bool = False, ignore_passed: bool = False, summed: bool = False,
    ) -> None:  # fmt: skip
        self.start = {cell: row[0] for cell, row in cells.items()}
        self.care = {cell: row[1] for cell, row in cells.items()}
        self.force = {cell: row[1] * row[2] for cell, row in cells.items()}
        self.vote = dict(self.start)
        self.own_deals, self.ignore_passed, self.summed = own_deals, ignore_passed, summed
        self.known: dict[Cell, dict[str, float]] = {}
        self.offers: dict[Pair, dict[str, float]] = {}
        self.done: list[tuple[str, str, str, str, float]] = []
        self.pairs = [
            (a, b, p, q)
            for p, q in combinations(issues, 2)
            for a, b in combinations(actors, 2)
            if self.opposed(a, b, p) and self.opposed(a, b, q)
        ]

    def mean(self, votes: Mapping[Cell, float], issue: str) -> float:
        """Mean of votes weighted by capability times salience."""
        here = [cell for cell in votes if cell[1] == issue]
        return sum(self.force[cell] * votes[cell] for cell in here) / sum(self.force[cell] for cell in here)

    def opposed(self, a: str, b: str, issue: str) -> bool:
        """Whether the two stand on either side of the expected outcome."""
        if (a, issue) not in self.start or (b, issue) not in self.start:
            return False
        outcome = self.mean(self.start, issue)
        return (self.start[a, issue] <= outcome + NEAR) != (self.start[b, issue] <= outcome + NEAR)

    def weight(self, actor: str, issue: str) -> float:
        """By how much the outcome moves if the actor moves by one."""
        return self.force[actor, issue] / sum(force for cell, force in self.force.items() if cell[1] == issue)

    def room(self, seller: str, buyer: str, issue: str) -> tuple[float, float]:
        """How far the seller, and how far the outcome, may still go towards the buyer; signed that way."""
        votes = dict(self.vote)
        if self.own_deals:
            votes = {**self.start, **{(a, issue): x for a, x in self.known.get((buyer, issue), {}).items()}}
            votes[seller, issue] = self.vote[seller, issue]
        aim = self.start[buyer, issue]
        way = 1 if self.start[seller, issue] < aim else -1
        return way * (aim - self.vote[seller, issue]), way * (aim - self.mean(votes, issue))

    def offer(self, pair: Pair) -> tuple[float, dict[str, float]]:
        """Gain of each partner, and how far each goes; (0, {}) if there is none."""
        a, b, p, q = pair
        i, j = (a, b) if self.care[a, p] * self.care[b, q] >= self.care[b, p] * self.care[a, q] else (b, a)
        if not self.force[i, q] or not self.force[j, p]:
            return 0, {}
        (far_p, room_p), (far_q, room_q) = self.room(j, i, p), self.room(i, j, q)
        if min(far_p, far_q) <= NEAR or (not self.ignore_passed and min(room_p, room_q) <= NEAR):
            return 0, {}
        # Equal gain: dp·s(i,p) − dq·s(i,q) = dq·s(j,q) − dp·s(j,p).
        rate = (self.care[i, p] + self.care[j, p]) / (self.care[i, q] + self.care[j, q])
        limits_p = [far_p * self.weight(j, p), room_p if room_p > NEAR else inf]
        limits_q = [far_q * self.weight(i, q), room_q if room_q > NEAR else inf]
        before = min(limits_p[0], limits_q[0] / rate)
        if self.summed:
            for who, other, issue, goes in (
                (j, i, p, before / self.weight(j, p)),
                (i, j, q, before * rate / self.weight(i, q)),
            ):
                upward = self.start[who, issue] < self.start[other, issue]
                if upward and self.offers.get(pair, {}).get(who, 0) + goes > 100 + 1e-7:
                    return 0, {}
        dp = min(*limits_p, *(limit / rate for limit in limits_q))
        gain = dp * self.care[i, p] - dp * rate * self.care[i, q]
        goes = {j: dp / self.weight(j, p), i: dp * rate / self.weight(i, q)}
        return (gain, goes) if gain >= 1e-10 and min(goes.values()) > NEAR else (0, {})

    def concerns(self, pair: Pair, deal: Mapping[Cell, str]) -> bool:
        """Whether a deal (mover and issue: for whom) bears on what a pair can offer."""
        for (mover, issue), buyer in deal.items():
            if issue in pair[2:] and (not self.own_deals or {mover, buyer} & set(pair[:2])):
                return True
        return False

    def run(self) -> dict[Cell, float]:
        """Carry out all exchanges and return the votes."""
        live = {pair: offer for pair in self.pairs if (offer := self.offer(pair))[0] > 0}
        while live:
            most = max(gain for gain, _ in live.values())
            pair = next(pair for pair in self.pairs if pair in live and live[pair][0] >= most * (1 - NEAR))
            gain, goes = live.pop(pair)
            a, b, p, q = pair
            i, j = (a, b) if self.care[a, p] * self.care[b, q] >= self.care[b, p] * self.care[a, q] else (b, a)
            self.done.append((i, j, p, q, gain))
            for seller, buyer, issue in ((i, j, q), (j, i, p)):
                way = 1 if self.start[seller, issue] < self.start[buyer, issue] else -1
                self.vote[seller, issue] += way * goes[seller]
                self.known.setdefault((buyer, issue), {})[seller] = self.vote[seller, issue]
            self.renew(live, {(i, q): j, (j, p): i})
        return self.vote

    def renew(self, live: dict[Pair, tuple[float, dict[str, float]]], deal: dict[Cell, str]) -> None:
        """Work out anew what the deal bears on; what gains nothing now is gone for this round."""
        for pair in [pair for pair in live if self.concerns(pair, deal)]:
            for who, issue in deal:
                if who in pair[:2] and self.gives(pair, who) == issue:
                    seen = self.offers.setdefault(pair, {})
                    seen[who] = seen.get(who, 0) + live[pair][1][who]
            live[pair] = self.offer(pair)
            if not live[pair][0] > 0:
                del live[pair]

    def gives(self, pair: Pair, who: str) -> str:
        """The issue on which one of a pair gives way."""
        a, b, p, q = pair
        first = a if self.care[a, p] * self.care[b, q] >= self.care[b, p] * self.care[a, q] else b
        return q if who == first else p


def votes_after(
    cells: Mapping[Cell, Row], actors: Sequence[str], issues: Sequence[str], rounds: int, **choices: bool
) -> list[Bazaar]:
    """Rounds of exchange; each starts 0.1 + 0.4 · (1 − salience) of the way from the last start to the vote."""
    played = []
    for _ in range(rounds):
        bazaar = Bazaar(cells, actors, issues, **choices)
        bazaar.run()
        played.append(bazaar)
        cells = {cell: (x + (0.1 + 0.4 * (1 - s)) * (bazaar.vote[cell] - x), s, c) for cell, (x, s, c) in cells.items()}
    return played
