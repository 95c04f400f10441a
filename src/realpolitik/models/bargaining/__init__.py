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
from realpolitik.models.bargaining.mean import mean
from realpolitik.models.bargaining.median import median
from realpolitik.models.bargaining.settlement import Move, Round, Settlement
from realpolitik.models.bargaining.table import ActorTable

__all__ = ["ActorTable", "ChallengeRules", "Move", "Round", "Settlement", "challenge", "compromise", "mean", "median"]
