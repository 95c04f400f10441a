"""Who decides a weighted vote: power indices in exact fractions, with or without abstention and quorum."""

from realpolitik.models.voting.power.indices import INDICES, Power, index, power
from realpolitik.models.voting.power.ternary import TernaryGame, TernaryPower, ternary_power

__all__ = ["INDICES", "Power", "TernaryGame", "TernaryPower", "index", "power", "ternary_power"]
