"""Section: what a reader must not take from the numbers."""

from __future__ import annotations

from realpolitik.forecast.forecast import Forecast
from realpolitik.registry import section
from realpolitik.report.blocks import Block, Definition, Definitions
from realpolitik.report.wording import count, day_of

__all__ = ["limits"]


@section("limits", order=100)
def limits(forecast: Forecast) -> list[Block]:
    """What this cannot tell you"""
    contest = forecast.contest
    inputs = contest.inputs().values()
    judged = sum(not found.evidence for found in inputs)
    linked = count(len(contest.correlations), "rank correlation is", "rank correlations are")
    others = (
        " Of the others, most claims show which way an actor leans; how far is judgement too, as the notes beside them "
        "say."
        if judged < len(inputs)
        else ""
    )
    bare = [stage for stage in contest.pathway.values() if stage.base_rate is None]
    items = [
        (
            "Whether the judgements are right",
            f"{judged:,} of {count(len(inputs), 'quantity cites', 'quantities cite')} no claim.{others} The forecast "
            "follows from these numbers; it does not test them.",
        ),
        (
            "What nobody wrote down",
            "An actor, a stage or an outcome that is not in the contest has no chance here, however likely it is.",
        ),
        (
            "What happened later",
            f"Nothing that became known after {day_of(contest.as_of)} was to shape an input. It is a forecast of that "
            "day, not a report of today.",
        ),
        (
            "How quantities move together",
            "All quantities are drawn independently, except where the contest says otherwise: "
            f"{linked if contest.correlations else 'no rank correlation is'} stated. If the real ones move together, "
            "extremes are likelier than shown.",
        ),
        (
            "How good the models are",
            "A model of voting, threatening or bargaining is a simplification. Its result is shown beside simpler ones "
            "so that you see how much depends on the choice; agreement between them is no proof.",
        ),
        (
            "How often such things happen",
            f"{count(len(bare), 'stage has', 'stages have')} no base rate beside the judgement. Where there is one, it "
            "is shown and not used.",
        ),
        (
            "What to do",
            "It says what follows from what was assumed. It does not weigh the ends.",
        ),
    ]
    return [Definitions(tuple(Definition(term, text) for term, text in items))]
