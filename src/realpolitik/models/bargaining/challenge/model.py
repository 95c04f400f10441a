"""The expected-utility model of Bueno de Mesquita, as Scholz, Calbert and Smith reconstruct it."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.arrays import Floats
from realpolitik.models.bargaining.challenge import kernel
from realpolitik.models.bargaining.challenge.codes import Encoded, encoded
from realpolitik.models.bargaining.challenge.rules import VARIANTS, ChallengeRules, Variant
from realpolitik.models.bargaining.compromise import compromise
from realpolitik.models.bargaining.mean import nonzero_total
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.settlement import Move, Round, Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["challenge"]

WORTH_COMPILING = 25_000
"""Pairs of actors, by draws and rounds, that plain Python plays in about the second that Numba takes to load."""


@model("challenge", accepts=ActorTable, reference="Scholz2011", variants=tuple(VARIANTS))
def challenge(
    table: ActorTable,
    *,
    variant: Variant = "settled",
    rules: ChallengeRules | None = None,
    history: bool = False,
    rng: np.random.Generator | None = None,
) -> Settlement:
    """Everybody weighs up challenging everybody else, and gives way to whoever gains most by a challenge.

    In each round an actor expects a gain or a loss from challenging each other actor, from the chances in a
    vote of all, the salience of the challenged and its own attitude to risk; each pair's expectations make an
    offer (move all the way, part of it, or none); each actor takes one of those it gets. Issues are
    independent of each other. Needs no scale beyond positions: shifting or stretching an issue, or changing
    the unit of capability, shifts and stretches the outcome. An actor with salience zero has no vote, but it
    challenges and is challenged.

    Parameters
    ----------
    table : positions in the unit of the issue; salience in [0, 1]; capability at least 0.
    variant : named rule set: ``settled``, ``paper``, ``scholz-table`` or ``quantal``.
    rules : a rule set of your own, instead of the named one.
    history : whether to return positions by round and moves, for all draws.
    rng : source of chance; read only under the rule ``both_positive="lottery"``.

    Returns
    -------
    Settlement : outcome float[draws, issues]; exact unless drawn by lot; converged False where positions
    repeat or move on, with the reason. With several issues a draw's reason is that of the issue that came
    least to rest.

    Raises
    ------
    ModelError : capability times salience is zero for everybody in some draw; a lottery without ``rng``.
    UnknownName : no such variant.

    References
    ----------
    Bueno de Mesquita 1994, Political forecasting: an expected utility method; Scholz, Calbert and Smith 2011,
    Unravelling Bueno de Mesquita's group decision model (ICAART). Checked: tests/reference/challenge.yaml.

    Examples
    --------
    >>> table = ActorTable.one_issue(
    ...     positions={"a": 0, "b": 40, "c": 100},
    ...     salience={"a": 0.9, "b": 0.3, "c": 0.6},
    ...     capability={"a": 50, "b": 20, "c": 40},
    ... )
    >>> solved = challenge(table, history=True)
    >>> move = solved.moves[0]
    >>> move.actor, move.because_of, move.start, round(move.end, 2)
    ('b', 'a', 40.0, 38.61)
    >>> solved.outcome
    array([[0.]])
    """
    if rules is None and variant not in VARIANTS:
        raise UnknownName("challenge variant", variant, tuple(VARIANTS))
    chosen = VARIANTS[variant] if rules is None else rules
    drawn_by_lot = chosen.both_positive == "lottery"
    if drawn_by_lot and rng is None:
        raise ModelError("The rule both_positive='lottery' draws by lot: pass a seeded generator as rng.")
    weight = table.weight("capability", "salience")
    nonzero_total(table, weight)
    course = _Course(table, weight, chosen, history, rng or np.random.default_rng(0))
    end = replace(table, position=course.final)
    solved = median(end, variant=chosen.median_ties) if chosen.outcome == "median" else compromise(end)
    code = course.code.max(axis=1)
    codes, reason = np.unique(code, return_inverse=True)
    return Settlement(
        table.issues,
        solved.outcome,
        "challenge",
        variant if rules is None else None,
        not drawn_by_lot,
        f"{chosen.outcome} of the positions after rounds of challenges and offers",
        asdict(chosen),
        converged=code < kernel.RAN_OUT,
        reasons=tuple(_sentence(int(each), chosen) for each in codes),
        reason=reason.astype(np.int64),
        rounds=course.rounds() if history else (),
        moves=course.moves() if history else (),
    )


def _sentence(code: int, rules: ChallengeRules) -> str:
    """Why the rounds ended."""
    if code == kernel.AT_REST:
        return "Nobody moves."
    if code == kernel.MEDIAN_AT_REST:
        share = f"{rules.tolerance:.3g} of the scale"
        return f"The median moved by less than {share} in each of the last rounds ({rules.patience})."
    if code == kernel.RAN_OUT:
        return f"Stopped after {rules.max_rounds} rounds; actors still move."
    return f"Positions repeat in a cycle of {code - kernel.CYCLE} rounds."


class _Course:
    """All rounds of all issues."""

    def __init__(
        self, table: ActorTable, weight: Floats, rules: ChallengeRules, history: bool, rng: np.random.Generator
    ) -> None:
        draws, actors, issues = table.position.shape
        kept = draws if history else 1
        self.table = table
        self.final = table.position.copy()
        self.code = np.empty((draws, issues), dtype=np.int64)
        self.length = np.empty((draws, issues), dtype=np.int64)
        self.path = np.full((issues, kept, rules.max_rounds + 1, actors), np.nan)
        self.source = np.full((issues, kept, rules.max_rounds, actors), kernel.NOBODY, dtype=np.int64)
        large = draws * rules.max_rounds * actors**2 > WORTH_COMPILING
        self._solve = kernel.fast().solve if large else kernel.solve
        for issue in range(issues):
            self._play(issue, weight, encoded(rules), rng)

    def _play(self, issue: int, weight: Floats, rules: Encoded, rng: np.random.Generator) -> None:
        table, who = self.table, np.flatnonzero(self.table.takes_part[:, issue])
        position, votes, salience = (
            np.array(values[:, who, issue], order="C") for values in (table.position, weight, table.salience)
        )
        path, source = (np.array(kept[issue][:, :, who], order="C") for kept in (self.path, self.source))
        ended = np.empty((len(position), 2), dtype=np.int64)
        scale = float(table.high[issue] - table.low[issue])
        self._solve(position, votes, salience, scale, rules, rng, path, source, ended)
        self.final[:, who, issue] = position
        self.length[:, issue], self.code[:, issue] = ended.T
        self.path[issue][:, :, who] = path
        self.source[issue][:, :, who] = np.where(source == kernel.NOBODY, kernel.NOBODY, who[source])

    def rounds(self) -> tuple[Round, ...]:
        """Positions, means and medians, the start first; an issue that has ended stays as it is."""
        table, draws, found = self.table, np.arange(self.table.draws), []
        for number in range(int(self.length.max()) + 1):
            now = [self.path[issue, draws, np.minimum(number, self.length[:, issue])] for issue in self._issues]
            then = replace(table, position=np.stack(now, axis=-1))
            found.append(Round(then.position, compromise(then).outcome, median(then).outcome))
        return tuple(found)

    def moves(self) -> tuple[Move, ...]:
        """Every change of position, by draw, round, issue and actor."""
        actors, issues, found = self.table.actors, self.table.issues, []
        moved = (self.source != kernel.NOBODY) & (self.path[:, :, 1:] != self.path[:, :, :-1])
        for issue, draw, number, actor in np.argwhere(moved).tolist():
            start, end = self.path[issue, draw, number : number + 2, actor].tolist()
            mover, proposer = actors[actor], actors[self.source[issue, draw, number, actor]]
            found.append(Move(draw, number + 1, mover, proposer, issues[issue], start, end))
        return tuple(sorted(found, key=lambda move: (move.draw, move.round)))

    @property
    def _issues(self) -> range:
        return range(len(self.table.issues))
