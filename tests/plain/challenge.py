"""The expected-utility model for one issue and one draw, as slowly and plainly as the papers put it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf

from realpolitik.models.bargaining import ChallengeRules

SAME, REST = 1e-12, 1e-9


@dataclass
class Actor:
    """One row of the table, with the exponent of the round."""

    position: float
    salience: float
    weight: float
    risk: float = 1.0


def median(actors: Sequence[Actor], ties: str) -> float:
    """Position with half the weight on either side."""
    total = sum(actor.weight for actor in actors)
    held = sorted(actor.position for actor in actors)

    def below(point: float) -> float:
        return sum(actor.weight for actor in actors if actor.position <= point) / total

    lower = next(point for point in held if below(point) >= 0.5 - SAME)
    upper = next(point for point in held if below(point) > 0.5 + SAME)
    return {"lower": lower, "upper": upper, "midpoint": (lower + upper) / 2}[ties]


def mean(actors: Sequence[Actor]) -> float:
    """Mean of positions by weight."""
    return sum(a.weight * a.position for a in actors) / sum(a.weight for a in actors)


def supports(voter: Actor, one: float, other: float, span: float, exponent: float) -> float:
    """Votes for one position over another, negative for the other one (eq. 28)."""
    far, near = (abs(voter.position - point) / span for point in (other, one))
    return voter.weight * (far**exponent - near**exponent)


def chance(
    actors: Sequence[Actor], one: float, other: float, judge: Actor, span: float, rules: ChallengeRules
) -> float:
    """Chance that one position beats another (eq. 31)."""

    def bend(voter: Actor) -> float:
        return {"linear": 1.0, "voter-risk": voter.risk, "judge-risk": judge.risk}[rules.votes]

    cast = [supports(voter, one, other, span, bend(voter)) for voter in actors]
    if rules.success == "pair":
        whole = sum(map(abs, cast))
    else:
        whole = sum(
            abs(supports(voter, a.position, b.position, span, bend(voter)))
            for voter in actors
            for a in actors
            for b in actors
        )
    return sum(votes for votes in cast if votes > 0) / whole if whole else 0.5


@dataclass
class Situation:
    """Actors as they stand, and what everybody takes for granted in a round."""

    actors: list[Actor]
    middle: float
    span: float
    rules: ChallengeRules

    def expects(self, challenger: Actor, resister: Actor, lead: float, judge: Actor) -> float:
        """Expected utility of a challenge (eq. 5 to 7)."""
        rules, r = self.rules, judge.risk
        gap = abs(challenger.position - resister.position) / self.span
        off = abs(challenger.position - self.middle) / self.span
        p = chance(self.actors, challenger.position, resister.position, judge, self.span, rules)
        success, failure = 2 - 4 * max(0, 0.5 - gap / 2) ** r, 2 - 4 * (0.5 + gap / 2) ** r
        better, worse = 2 - 4 * max(0, 0.5 - (off + gap) / 4) ** r, 2 - 4 * (0.5 + (off + gap) / 4) ** r
        t = float(off < gap - SAME) if rules.t_rule == "median" else rules.t
        sign = 1 if rules.no_challenge == "subtract" else -1
        challenged = lead * (p * success + (1 - p) * failure) + (1 - lead) * success
        left_alone = sign * (1 - rules.q) * (t * better + (1 - t) * worse)
        return challenged - rules.q * (2 - 4 * 0.5**r) - left_alone

    def mine(self, focal: Actor, other: Actor) -> float:
        """What the focal actor expects from challenging the other one."""
        lead = focal.salience if self.rules.salience == "challenger" else other.salience
        return self.expects(focal, other, lead, judge=focal)

    def theirs(self, focal: Actor, other: Actor) -> float:
        """What the focal actor believes the other one to expect from challenging it."""
        lead = focal.salience if self.rules.salience == "resister" else other.salience
        return self.expects(other, focal, lead, judge=other if self.rules.exponent == "challenger" else focal)

    def danger(self, focal: Actor, view: Callable[[Actor, Actor], float]) -> float:
        """Sum of expectations over everybody else."""
        gaps = {id(other): abs(other.position - focal.position) / self.span for other in self.actors}
        skip = self.rules.equal_positions == "skip"
        return sum(
            view(focal, other) for other in self.actors if other is not focal and not (skip and gaps[id(other)] <= SAME)
        )

    def exponents(self) -> list[float]:
        """Risk exponents (eq. 32 and 33), the actors being neutral so far."""
        if self.rules.security == "none":
            return [1.0 for _ in self.actors]
        view = self.mine if self.rules.security == "own-row" else self.theirs
        dangers = [self.danger(actor, view) for actor in self.actors]
        if self.rules.security != "hypothetical":
            return [exponent(danger, dangers) for danger in dangers]
        held, found = [actor.position for actor in self.actors], []
        for actor, danger in zip(self.actors, dangers, strict=True):
            home, elsewhere = actor.position, []
            for actor.position in held:
                elsewhere.append(self.danger(actor, view))
            actor.position = home
            found.append(exponent(danger, elsewhere))
        return found

    def offers(self, focal: Actor) -> list[tuple[str, float, Actor, float, float]]:
        """Class, target, proposer, its expected utility and the receiver's (figure 6)."""
        found = []
        for other in self.actors:
            gap = other.position - focal.position
            if other is focal or abs(gap) <= SAME * self.span:
                continue
            a, b = self.mine(focal, other), self.theirs(focal, other)
            if b <= SAME or abs(a) <= SAME:
                continue
            if a > 0:
                if self.rules.both_positive == "weaker" and b > a + SAME:
                    found.append(("0 conflict", other.position, other, b, a))
            elif b > -a + SAME:
                part = -a / b if self.rules.compromise == "ratio" else -a / (b - a)
                found.append(("1 compromise", focal.position + part * gap, other, b, a))
            elif self.rules.capitulate == "full":
                found.append(("2 capitulation", other.position, other, b, a))
        return found

    def target(self, focal: Actor) -> float:
        """Where the focal actor moves."""
        offers, rules = self.offers(focal), self.rules
        if rules.choice == "logit":
            weights = [exp(rules.precision * b) for _, _, _, b, _ in offers]
            pulls = [w * (offer[1] - focal.position) for w, offer in zip(weights, offers, strict=True)]
            return focal.position + sum(pulls) / (1 + sum(weights))
        merits = {
            "strongest": lambda offer: -offer[3],
            "class": lambda offer: int(offer[0][0]),
            "class-low": lambda offer: int(offer[0][0]),
            "least": lambda offer: 0,
        }
        offers = keep(offers, merits[rules.choice])
        if rules.choice == "class-low" and offers and offers[0][0] == "1 compromise":
            offers = keep(
                offers, lambda o: (abs(o[4]) * focal.position + o[3] * o[2].position) / (abs(o[4]) + o[3]) / self.span
            )
        offers = keep(offers, lambda offer: abs(offer[1] - focal.position) / self.span)
        ends = [offer[1] for offer in offers] or [focal.position]
        if max(ends) - min(ends) <= SAME * self.span:
            return ends[0]
        return {"lower": min(ends), "upper": max(ends), "stay": focal.position}[rules.ties]


def exponent(danger: float, dangers: Sequence[float]) -> float:
    """Between 0.5 for the one most in danger and 2 for the safest."""
    least, most = min(dangers), max(dangers)
    if most - least <= SAME * (1 + abs(most)):
        return 1.0
    relative = (2 * danger - most - least) / (most - least)
    return (1 - relative / 3) / (1 + relative / 3)


def keep(offers: list, merit: Callable) -> list:  # type: ignore[type-arg]
    """Those with the least merit figure, within rounding."""
    least = min(map(merit, offers), default=inf)
    return [offer for offer in offers if merit(offer) <= least + SAME]


def one_round(actors: list[Actor], span: float, rules: ChallengeRules) -> None:
    """Move everybody."""
    for actor in actors:
        actor.risk = 1.0
    now = Situation(actors, median(actors, rules.median_ties), span, rules)
    risks = now.exponents()
    for actor, risk in zip(actors, risks, strict=True):
        actor.risk = risk
    if rules.update == "simultaneous":
        targets = [now.target(actor) for actor in actors]
        for actor, target in zip(actors, targets, strict=True):
            actor.position = target
    else:
        for actor in sorted(actors, key=lambda actor: (-actor.weight, actor.position)):
            actor.position = now.target(actor)


def challenge(
    rows: Sequence[tuple[float, float, float]], scale: float, rules: ChallengeRules
) -> tuple[list[list[float]], str]:
    """Positions by round, the start first, and why the rounds end; rows are position, salience, capability."""
    largest = [max(row[column] for row in rows) for column in (1, 2)]
    actors = [Actor(x, s, s / largest[0] * (c / largest[1])) for x, s, c in rows]
    path, medians, cycle = [[actor.position for actor in actors]], [], 0
    while True:
        held = path[-1]
        extent = {"current": max(held) - min(held), "start": max(path[0]) - min(path[0]), "scale": scale}[rules.range]
        if max(held) - min(held) <= SAME * scale:
            return path, "rest"
        one_round(actors, extent, rules)
        path.append([actor.position for actor in actors])
        if max(abs(a - b) for a, b in zip(path[-1], held, strict=True)) <= REST * scale:
            return path, "rest"
        medians.append(median(actors, rules.median_ties))
        again = [
            len(path) - 1 - place
            for place, then in enumerate(path[:-2])
            if max(abs(a - b) for a, b in zip(path[-1], then, strict=True)) <= SAME * scale
        ]
        cycle = cycle or min(again, default=0)
        steps = [abs(b - a) < rules.tolerance * scale for a, b in pairwise(medians)]
        if rules.stop == "median" and len(steps) >= rules.patience and all(steps[-rules.patience :]):
            return path, "median"
        out = len(path) > rules.max_rounds
        if cycle and (out or rules.stop != "rounds"):
            return path, f"cycle of {cycle} "
        if out:
            return path, "Stopped"
