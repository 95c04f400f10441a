"""Scores of the bargaining models on decisions with known outcome, as they come with Realpolitik for its reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from realpolitik.errors import ContestError
from realpolitik.record.backtest import Backtest
from realpolitik.record.intervals import Mean
from realpolitik.record.measures import measures

__all__ = ["FILE", "Score", "ShippedScores", "scores_of", "shipped_scores"]

FILE = "scores.json"
"""The scores that come with Realpolitik, beside this module."""

FORMAT = "realpolitik scores 1"

DECISIONS = "issues of legislation of the European Union"
"""What a file of the form of DEU holds."""


@dataclass(frozen=True)
class Score:
    """How far off one model was, in points of a scale 0 to 100; less is better."""

    issues: int
    """That it answers."""

    mae: float
    """Mean absolute error of its point forecast."""

    crps: float
    """Of its distribution: a point model has its errors in the other dossiers for one."""

    against: Mean
    """CRPS minus that of the compromise on the same issues; 95 % interval, clustered by dossier."""


@dataclass(frozen=True)
class ShippedScores:
    """Scores by model, and how they came about."""

    command: str
    """That makes the file again."""

    decisions: str
    """What the decisions were, in words."""

    sha256: str
    """Of the file of decisions."""

    issues: int
    dossiers: int
    models: Mapping[str, Score]

    @property
    def population(self) -> str:
        """The decisions and their number, in words."""
        return f"{self.issues} {self.decisions} in {self.dossiers} dossiers"

    def dumped(self) -> str:
        """As the text of a file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def parse(cls, text: str, where: str) -> ShippedScores:
        """Read the text of a file.

        Raises
        ------
        ContestError : it is no such file.
        """
        try:
            data = json.loads(text)
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']!r}")
            models = {
                name: Score(int(one["issues"]), float(one["mae"]), float(one["crps"]), Mean(**one["against"]))
                for name, one in data["models"].items()
            }
            about = {key: data[key] for key in ("command", "decisions", "sha256", "issues", "dossiers")}
            return cls(**about, models=models)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ContestError(
                f"{where}: these are no scores of models ({type(error).__name__}: {error}). "
                "Make them with: realpolitik evaluate deu FILE --scores OUT.json"
            ) from None


def scores_of(found: Backtest, command: str) -> ShippedScores:
    """The scores of a backtest, as reports put them beside the models.

    Parameters
    ----------
    command : that makes the file.

    Raises
    ------
    ContestError : the pooled forecast was scored on what it had learned from.
    """
    if not found.refitted:
        raise ContestError("Scores for reports want every dossier forecast from the others: leave --shipped out.")
    models = {
        name: Score(part.n, _short(part.mae), _short(part.crps), _mean(part.against))
        for name in found.models
        if (part := measures(found, name)) is not None
    }
    return ShippedScores(
        command, DECISIONS, found.data.sha256, len(found.data.issues), len(set(found.dossiers)), models
    )


def _mean(found: Mean) -> Mean:
    ends = (None if end is None else _short(end) for end in (found.low, found.high))
    return Mean(_short(found.mean), *ends)


def _short(value: float) -> float:
    return round(float(value), 4)


@cache
def shipped_scores() -> ShippedScores:
    """The scores that come with Realpolitik."""
    return ShippedScores.parse(files(__package__).joinpath(FILE).read_text(encoding="utf-8"), FILE)
