"""Where a bargain over a continuum settles.

Every model takes an :class:`ActorTable` and returns a :class:`Settlement`.

Examples
--------
>>> from realpolitik.models import bargaining
>>> table = bargaining.ActorTable.one_issue(
...     positions={"usa": 10, "iran": 100},
...     salience={"usa": 0.5, "iran": 1},
...     capability={"usa": 80, "iran": 20},
... )
>>> bargaining.compromise(table).outcome
array([[40.]])
"""

from realpolitik.models.bargaining.challenge import ChallengeRules, challenge
from realpolitik.models.bargaining.compromise import compromise
from realpolitik.models.bargaining.exchange import Exchange, ExchangeRules, exchange
from realpolitik.models.bargaining.kalai_smorodinsky import KalaiSmorodinskyRules, kalai_smorodinsky
from realpolitik.models.bargaining.mean import mean
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.nash import NashRules, nash
from realpolitik.models.bargaining.pce import pce, winning_chances
from realpolitik.models.bargaining.pooled.model import pooled
from realpolitik.models.bargaining.settlement import Move, Round, Settlement
from realpolitik.models.bargaining.spatial import Course, ElectionRules, SpatialRules, courses, spatial
from realpolitik.models.bargaining.table import ActorTable

__all__ = [
    "ActorTable",
    "ChallengeRules",
    "Course",
    "ElectionRules",
    "Exchange",
    "ExchangeRules",
    "KalaiSmorodinskyRules",
    "Move",
    "NashRules",
    "Round",
    "Settlement",
    "SpatialRules",
    "challenge",
    "compromise",
    "courses",
    "exchange",
    "kalai_smorodinsky",
    "mean",
    "median",
    "nash",
    "pce",
    "pooled",
    "spatial",
    "winning_chances",
]
