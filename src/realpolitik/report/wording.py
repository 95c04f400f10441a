"""Numbers, probabilities and addresses in words, and the identifiers that links point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import floor, inf, log10

import numpy as np

from realpolitik.contest.contest import Contest, Input
from realpolitik.contest.pathway import Stage, resolve_address
from realpolitik.forecast.draws import Floats
from realpolitik.forecast.summary import Probability, Settled
from realpolitik.models.bargaining.pooled import shipped

__all__ = [
    "MINUS",
    "TAILS",
    "anchor",
    "assumption",
    "bloc_name",
    "count",
    "day_of",
    "interval",
    "noun_name",
    "number",
    "on_scale",
    "percent",
    "points",
    "quantity_name",
    "remaining",
    "share_of",
    "spell",
    "stage_name",
    "truth_name",
    "words_of",
]

TAILS = (0.05, 0.5, 0.95)
"""Ends and middle of every interval shown."""

GAP = "\u00a0"
"""A space at which no line breaks."""

MINUS = "\u2212"

UNSAFE = re.compile(r"[^A-Za-z0-9.-]")

SMALL = 5e-4
"""Share of a scale that is told as zero."""

FINEST = 1e-4
"""Below this a probability is told as a count of draws."""


def anchor(kind: str, name: str) -> str:
    """Identifier of a place in the report, different for different names.

    Examples
    --------
    >>> anchor("outcome", "ink on paper")
    'outcome--ink_20_on_20_paper'
    """
    return f"{kind}--{UNSAFE.sub(lambda found: f'_{ord(found[0]):x}_', name)}"


def number(value: float) -> str:
    """A number for a reader: about three digits.

    Examples
    --------
    >>> number(12345.6), number(0.30000001), number(-4), number(61.19)
    ('12,346', '0.3', '−4', '61.2')
    """
    if value == 0:
        return "0"
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace("-", MINUS)


def interval(values: Floats, width: float = inf) -> str:
    """The 90 % interval of some draws.

    Parameters
    ----------
    width : of the scale that they lie on; what is very small against it is told as zero.
    """
    ends = (float(end) for end in np.quantile(values, (TAILS[0], TAILS[2])))
    low, high = (number(0.0 if width < inf and abs(end) < SMALL * width else end) for end in ends)
    return f"{low} to {high}"


def day_of(day: date) -> str:
    """A day for a reader.

    Examples
    --------
    >>> day_of(date(2020, 1, 8))
    '8 January 2020'
    """
    return f"{day.day} {day:%B %Y}"


def on_scale(value: float, width: float, finer: int = 0) -> str:
    """A value on a scale of this width, to about a hundredth of it.

    Parameters
    ----------
    finer : further decimals.

    Examples
    --------
    >>> on_scale(27.43, 100), on_scale(0.274, 1), on_scale(-0.01, 100, finer=1)
    ('27', '0.27', '0.0')
    """
    decimals = max(2 - floor(log10(width)), 0) + finer if width > 0 else finer
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", MINUS)


def percent(share: float, decimals: int = 1) -> str:
    """A share in percent.

    Examples
    --------
    >>> percent(0.1234).replace(GAP, " ")
    '12.3 %'
    """
    return f"{100 * share:.{decimals}f}{GAP}%".replace("-", MINUS)


def points(difference: float, error: float) -> str:
    """A change of a probability with its standard error, both in percentage points.

    Examples
    --------
    >>> points(-0.034, 0.0042).replace(GAP, " ")
    '−3.4 ± 0.4'
    """
    return f"{100 * difference:+.1f} ± {100 * error:.1f}".replace("-", MINUS).replace(" ", GAP)


def spell(found: Probability) -> str:
    """A probability with its standard error, both in percent.

    Examples
    --------
    >>> spell(Probability("x", 0.1451, 0.0035, 10_000)).replace(GAP, " ")
    '14.5 % ± 0.4'
    >>> spell(Probability("x", 0.0, 0.0, 10_000)).replace(GAP, " ")
    'no draw'
    """
    return share_of(found.probability, found.standard_error, found.draws)


def share_of(share: float, error: float, draws: int) -> str:
    """The same from its parts; the very rare is told in draws, for its standard error says little."""
    if share in (0.0, 1.0) or draws == 0:
        return f"{'all' if share else 'no'}{GAP}draw{'s' if share else ''}"
    if share < FINEST:
        return f"{round(share * draws):,} in {draws:,}{GAP}draws".replace(" ", GAP)
    decimals = 0 if error >= 0.01 else 1 if error >= 0.0005 else 2
    return f"{percent(share, decimals)} ± {max(100 * error, 10**-decimals):.{decimals}f}".replace(" ", GAP)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> count(1, "seat"), count(3, "ballot"), count(2, "quantity", "quantities")
    ('1 seat', '3 ballots', '2 quantities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def remaining(unlisted: int, still: int) -> str:
    """What is left beyond a list of quantities that move an outcome; empty if nothing is.

    Parameters
    ----------
    unlisted : quantities beyond the list that move an outcome by more than chance.
    still : those that do not.

    Examples
    --------
    >>> remaining(0, 5)
    'The other 5 quantities move no outcome by more than chance would at these draws.'
    >>> remaining(2, 0)
    '2 more quantities move an outcome, by less.'
    """
    found = [f"{count(unlisted, 'more quantity', 'more quantities')} move{'s' * (unlisted == 1)} an outcome, by less."]
    others = f"The other {still:,} quantities move" if still != 1 else "The other quantity moves"
    found.append(f"{others} {'none' if unlisted else 'no outcome'} by more than chance would at these draws.")
    return " ".join(text for text, number in zip(found, (unlisted, still), strict=True) if number)


def quantity_name(contest: Contest, address: str, found: Input) -> str:
    """What a quantity is, for a reader: ``Position of Iran``."""
    return _name_of(contest, [str(key) for key in found.path]) or address


def _name_of(contest: Contest, path: Sequence[str]) -> str:
    match path:
        case ["quantities", name]:
            return _sentence(name)
        case ["issues", name, "reference_point"]:
            return f"Reference point of {name}"
        case ["issues", name, "positions", actor, field]:
            return f"{_sentence(field)} of {contest.actor_name(actor)}{_where(contest.issues, name)}"
        case ["chambers", name, "blocs", bloc, field]:
            said = {"attends": "Attendance", "yes": "Share voting yes", "no": "Share voting no", "cohesion": "Cohesion"}
            return f"{said[field]} of {bloc_name(contest, name, bloc)}{_where(contest.chambers, name)}"
        case ["threats", name, field]:
            return f"{_sentence(field)}{_where(contest.threats, name)}"
        case ["mobilisations", name, "groups", group, field]:
            return f"{_sentence(field)} of {words_of(group)}{_where(contest.mobilisations, name)}"
        case ["mobilisations", name, field]:
            return f"{_sentence(field)}{_where(contest.mobilisations, name)}"
        case ["conflicts", name, *rest]:
            return f"{_in_conflict(contest, rest)}{_where(contest.conflicts, name)}"
        case ["pathway", stage, *rest]:
            return _in_stage(contest, stage, rest)
        case _:
            return ""


def _in_conflict(contest: Contest, rest: Sequence[str]) -> str:
    match rest:
        case ["preferences", maker, *inner]:
            whose = f"{contest.actor_name(maker)}"
        case ["believes", viewer, maker, *inner]:
            whose = f"{contest.actor_name(maker)}, as {contest.actor_name(viewer)} believes"
        case _:
            return words_of(" ".join(rest))
    which = f", alternative {int(inner[1]) + 1}" if inner[:1] == ["either"] else ""
    if inner[-1:] == ["probability"]:
        return f"Probability of the preferences of {whose}{which}"
    return f"Weight of “{inner[-1]}” for {whose}{which}" if inner else f"Preferences of {whose}"


def _in_stage(contest: Contest, key: str, rest: Sequence[str]) -> str:
    stage = stage_name(contest, key)
    match rest:
        case ["judgement"]:
            return f"Probability that it happens: {stage}"
        case ["parameters", name]:
            return f"{_sentence(name)}: {stage}"
        case ["model_error"]:
            return f"Model error: {stage}"
        case ["choice", option]:
            return f"Weight of “{words_of(option)}”: {stage}"
        case ["recorded", "attended", bloc]:
            return f"Members of {contest.actor_name(bloc)} present: {stage}"
        case ["effects", index, verb, target]:
            said = {"set": "Sets", "add": "Adds to", "scale": "Scales"}[verb]
            condition = contest.pathway[key].effects[int(index)].when
            when = "" if condition is None else f", if {condition}"
            what = _target(contest, key, target).removesuffix(f": {stage}")
            return f"{said} the {what[:1].lower()}{what[1:]}{when}: {stage}"
        case _:
            return f"{words_of(' '.join(rest))}: {stage}"


def _target(contest: Contest, stage: str, target: str) -> str:
    """Name of the quantity that an effect acts on."""
    inputs = contest.inputs()
    address = resolve_address(contest.pathway[stage], target, inputs)
    path = target.split(".") if address is None else [str(key) for key in inputs[address].path]
    return _name_of(contest, path) or target


def _where(all_of_a_kind: object, name: str) -> str:
    """The name of the noun where the contest has several of its kind."""
    several = isinstance(all_of_a_kind, dict) and len(all_of_a_kind) > 1
    return f" ({words_of(name)})" if several else ""


def bloc_name(contest: Contest, chamber: str, bloc: str) -> str:
    """Name of a bloc: that of its actor, else its key."""
    owner = contest.chambers[chamber].blocs[bloc].actor or bloc
    return contest.actors[owner].name if owner in contest.actors else _sentence(bloc)


def assumption(stage: Stage) -> str | None:
    """What a model that learned from past decisions takes for granted; None for other models."""
    if stage.bargain is None or stage.model != "pooled":
        return None
    return f"'pooled' learned from {shipped().population}: that this bargain ends as they did is an assumption."


def stage_name(contest: Contest, stage: str) -> str:
    """Title of a stage, else its key."""
    return contest.pathway[stage].title or _sentence(stage)


def settlement_name(contest: Contest, settled: Settled) -> str:
    """Title of the stage, with the issue where it settles several."""
    name = stage_name(contest, settled.stage)
    return f"{name}: {settled.issue}" if contest.pathway[settled.stage].along_with else name


def truth_name(contest: Contest, name: str) -> str:
    """A truth of a stage for a reader: ``Washington's answer: comply``."""
    stage, _, result = name.partition(".")
    return stage_name(contest, stage) + (f": {words_of(result)}" if result else "")


def noun_name(contest: Contest, noun: Sequence[str | int]) -> str:
    """What holds some quantities: an actor on an issue, a bloc, a threat, a stage."""
    match [str(key) for key in noun]:
        case ["issues", name, "positions", actor]:
            return f"{contest.actor_name(actor)}{_where(contest.issues, name)}"
        case ["chambers", name, "blocs", bloc]:
            return f"{bloc_name(contest, name, bloc)}{_where(contest.chambers, name)}"
        case ["conflicts", name, *rest] if rest:
            return f"{_in_conflict(contest, rest[:3] if rest[0] == 'believes' else rest[:2])}"
        case ["threats", name]:
            return f"Threat: {words_of(name)}"
        case ["mobilisations", name, "groups", group]:
            return f"{_sentence(group)}{_where(contest.mobilisations, name)}"
        case ["mobilisations", name]:
            return f"Mobilisation: {words_of(name)}"
        case ["pathway", stage, "effects", index]:
            return f"Effect {int(index) + 1}: {stage_name(contest, stage)}"
        case ["pathway", stage]:
            return stage_name(contest, stage)
        case [*_, name]:
            return _sentence(name)
        case _:
            return ""


def words_of(key: str) -> str:
    """A key as words."""
    return key.replace("-", " ").replace("_", " ")


def _sentence(key: str) -> str:
    words = words_of(key)
    return words[:1].upper() + words[1:]
