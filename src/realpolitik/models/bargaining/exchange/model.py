"""The exchange model on a table of actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any, get_args

import numpy as np

from realpolitik.errors import ModelError, UnknownName
from realpolitik.models.arrays import Bools, Counts, Floats
from realpolitik.models.bargaining.compromise import compromise
from realpolitik.models.bargaining.exchange import kernel
from realpolitik.models.bargaining.exchange.record import Exchange
from realpolitik.models.bargaining.exchange.rules import RULES, ExchangeRules, Variant
from realpolitik.models.bargaining.mean import nonzero_total
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.settlement import Move, Round, Settlement
from realpolitik.models.bargaining.table import ActorTable
from realpolitik.registry import model

__all__ = ["REASONS", "SMALL", "exchange"]

REASONS = ("no exchange is left that gains", "the last of the rounds asked for was played, with exchanges in it")

SMALL = 100_000
"""Possible exchanges times actors, over all draws and rounds, up to which it is not worth compiling: half a second."""


@model("exchange", accepts=ActorTable, reference="StokmanVanOosten1994", variants=get_args(Variant))
def exchange(
    table: ActorTable,
    *,
    variant: Variant = "equal-gain",
    rules: ExchangeRules | None = None,
    history: bool = False,
    rng: np.random.Generator | None = None,
) -> Settlement:
    """Pairs trade moves: each gives way on the issue it cares less about, so that both gain the same.

    Who stands below the expected outcome on two issues can trade with who stands above on both, and who
    stands below on one only with who stands below on the other only. The exchange that gains most comes
    first; the others are worked out anew. Then all vote: the outcome is the mean of what they vote for,
    weighted by capability times salience. The next round starts some way from the old positions to the votes.

    Parameters
    ----------
    table : two issues or more; actors may lack positions. Salience in [0, 1], capability at least 0.
    variant : ``equal-gain``; ``randomised``, which divides the gain at random; ``decide``, which follows
        the open program of that name, oversights included.
    rules : every choice by name, instead of a variant.
    history : whether to keep rounds, moves and ``details``: ``exchanges`` (each an :class:`Exchange`, with
        what it does to third actors) and ``starts`` (float[draws, actors, issues] for each round).
        The position of a round is what the actors vote for at its end.
    rng : needed where the rules leave something to chance.

    Returns
    -------
    Settlement : outcome float[draws, issues] of the last round; exact unless chance plays a part.

    Raises
    ------
    ModelError : a single issue; capability times salience zero for everybody on an issue; no ``rng``.
    UnknownName : no such variant.

    References
    ----------
    Stokman & Van Oosten 1994, in Bueno de Mesquita & Stokman, European Community Decision Making;
    Dijkstra, Van Assen, Stokman & Draaijer 2018, Random variation of exchange rates (``randomised``).
    Choices: docs/explanation/models/exchange.md. Checked: tests/reference/exchange.yaml.

    Examples
    --------
    >>> import numpy as np
    >>> from realpolitik.models.bargaining import ActorTable
    >>> care = np.array([[[0.1, 0.9], [0.6, 0.5]]])
    >>> stand = np.array([[[0.0, 0.0], [100.0, 100.0]]])
    >>> ends, both = (np.zeros(2), np.full(2, 100.0)), np.ones((2, 2), dtype=bool)
    >>> table = ActorTable(("one", "two"), ("tax", "spending"), stand, care, np.ones((1, 2, 2)), *ends, both)
    >>> exchange(table, rules=ExchangeRules(max_rounds=1)).outcome.round(2)
    array([[100.  ,  28.57]])
    """
    if variant not in RULES:
        raise UnknownName("exchange variant", variant, tuple(RULES))
    chosen = rules or RULES[variant]
    if len(table.issues) < 2:
        raise ModelError(
            f"The exchange model trades one issue for another, and this table has only '{table.issues[0]}'. "
            "Add an issue, or use 'compromise', 'median' or 'challenge', which settle a single one."
        )
    if chosen.needs_rng and rng is None:
        raise ModelError(
            "These exchange rules leave something to chance: pass rng=numpy.random.default_rng(seed), "
            "or use the variant 'equal-gain'."
        )
    name = next((key for key, known in RULES.items() if known == chosen), None)
    return _settle(table, chosen, name, history, rng or np.random.default_rng(0))


def _settle(
    table: ActorTable, rules: ExchangeRules, variant: str | None, history: bool, rng: np.random.Generator
) -> Settlement:
    """Order the actors, run the rounds, put what comes back into the units of the table."""
    actors = len(table.actors)
    order = np.arange(actors) if rules.ties == "by-row" else np.argsort(np.array(table.actors), kind="stable")
    weight = table.weight("capability", "salience")
    share = weight / nonzero_total(table, weight)[:, np.newaxis, :]
    start = 100 * ((table.asks - table.low) / (table.high - table.low))
    salience = np.where(table.takes_part, table.salience, 0.0)
    share, start, salience = (np.ascontiguousarray(values[:, order]) for values in (share, start, salience))
    play_all, play_one = _functions(table, rules)
    switches = _switches(rules)
    if history:
        votes, last, kept = _recorded(table, rules, order, play_one, switches, start, share, salience, rng)
    else:
        shares = float(rules.fixed_share), float(rules.salience_share)
        part = np.ascontiguousarray(table.takes_part[order])
        votes, last = play_all(start, share, salience, part, switches, int(rules.max_rounds), *shares, rng)
        kept = {}
    end = _voting(table, order, start, votes)
    reason: Counts = np.where(last == 0, 0, 1)
    luck = "divided at random" if rules.randomness else "equal for both"
    return Settlement(
        table.issues,
        compromise(end).outcome,
        "exchange",
        variant,
        not rules.needs_rng,
        f"exchanges with gains {luck}, then the mean of votes; at most {rules.max_rounds} rounds",
        asdict(rules),
        converged=last == 0,
        reasons=REASONS,
        reason=reason,
        **kept,
    )


def _functions(table: ActorTable, rules: ExchangeRules) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """``settle`` and ``trade``: as they are for small tables, unless machine code is at hand already."""
    actors, issues = len(table.actors), len(table.issues)
    pairs = actors * (actors - 1) // 2 * (issues * (issues - 1) // 2)
    if table.draws * rules.max_rounds * pairs * actors <= SMALL and not kernel.compiled.cache_info().currsize:
        return kernel.settle, kernel.trade
    return kernel.compiled()


def _switches(rules: ExchangeRules) -> kernel.Switches:
    return kernel.Switches(
        {"below": -1, "neither": 0, "above": 1}[rules.at_outcome],
        rules.known_moves == "own-deals",
        rules.stop_at_partner,
        rules.once_passed == "refuse",
        rules.rising_offers == "summed",
        float(rules.minimum_gain),
        float(rules.tolerance),
        rules.ties == "random",
        float(rules.randomness),
        rules.luck == "once",
    )


def _voting(table: ActorTable, order: Counts, start: Floats, votes: Floats) -> ActorTable:
    """The table with votes for positions; whoever did not move keeps its position to the last bit."""
    back = np.argsort(order)
    still = (votes == start)[:, back]
    scaled = table.low + votes[:, back] / 100 * (table.high - table.low)
    return replace(table, position=np.where(still, table.asks, np.clip(scaled, table.low, table.high)))


def _recorded(
    table: ActorTable, rules: ExchangeRules, order: Counts, play_one: Callable[..., Any], switches: kernel.Switches,
    start: Floats, share: Floats, salience: Floats, rng: np.random.Generator,
) -> tuple[Floats, Counts, dict[str, Any]]:  # fmt: skip
    """The same rounds draw by draw, with everything that happened in them."""
    draws, actors, issues = start.shape
    part: Bools = np.ascontiguousarray(table.takes_part[order])
    most = max(actors * (actors - 1) // 2 * (issues * (issues - 1) // 2), 1)
    follow = rules.fixed_share + rules.salience_share * (1 - salience)
    last = np.zeros(draws, dtype=np.int64)
    starts, votes = [start], [start]
    logs: list[tuple[int, int, Floats]] = []
    for draw in range(draws):
        position = start[draw]
        for index in range(1, rules.max_rounds + 1):
            log = np.empty((most, kernel.LOG_COLUMNS))
            given = kernel.Given(position, share[draw], salience[draw], part, switches)
            vote, last[draw] = play_one(given, rng, log)
            if index == len(votes):
                starts.append(starts[-1].copy())
                votes.append(votes[-1].copy())
            for later in range(index, len(votes)):
                starts[later][draw], votes[later][draw] = position, vote
            if last[draw] == 0:
                break
            logs.append((draw, index, log[: last[draw]].copy()))
            position = position + follow[draw] * (vote - position)
    tables = [_voting(table, order, start, vote) for vote in votes]
    begun = tuple(_shown(table, _voting(table, order, start, each)) for each in starts[1:])
    moves, exchanges = _told(table, order, logs, starts, salience)
    rounds = tuple(Round(_shown(table, each), compromise(each).outcome, median(each).outcome) for each in tables)
    details = {"exchanges": exchanges, "starts": begun}
    return votes[-1], last, {"rounds": rounds, "moves": moves, "details": details}


def _shown(table: ActorTable, other: ActorTable) -> Floats:
    """Positions with NaN where an actor takes no part."""
    return np.where(table.takes_part, other.position, np.nan)


def _told(
    table: ActorTable, order: Counts, logs: Sequence[tuple[int, int, Floats]], starts: Sequence[Floats], care: Floats
) -> tuple[tuple[Move, ...], tuple[Exchange, ...]]:
    """Moves and exchanges in the words and units of the table."""
    names, width = [table.actors[row] for row in order], (table.high - table.low) / 100
    moves, exchanges = [], []
    back = np.argsort(order)
    for draw, index, log in logs:
        for row in log:
            i, j, p, q = row[:4].astype(int)
            for actor, other, issue, ends in ((i, j, q, row[4:6]), (j, i, p, row[6:8])):
                begin, end = (float(x) for x in table.low[issue] + ends * width[issue])
                moves.append(Move(draw, index, names[actor], names[other], table.issues[issue], begin, end))
            nearer = np.zeros(len(names))
            for issue, (before, after) in ((p, row[8:10]), (q, row[10:12])):
                stand = starts[index][draw, :, issue]
                nearer += care[draw, :, issue] * (abs(before - stand) - abs(after - stand))
            nearer[[i, j]] = 0
            on_p, on_q = (float(shift) for shift in row[12:])
            s = care[draw]
            exchanges.append(
                Exchange(
                    draw,
                    index,
                    (names[i], names[j]),
                    (table.issues[q], table.issues[p]),
                    (float(on_p * s[i, p]), float(on_q * s[j, q])),
                    (float(on_q * s[i, q]), float(on_p * s[j, p])),
                    tuple(float(value) for value in nearer[back]),
                )
            )
    return tuple(moves), tuple(exchanges)
