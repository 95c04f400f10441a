"""The expected-utility model: challenges, offers and moves in rounds."""

from realpolitik.models.bargaining.challenge.model import challenge
from realpolitik.models.bargaining.challenge.rules import VARIANTS, ChallengeRules

__all__ = ["VARIANTS", "ChallengeRules", "challenge"]
