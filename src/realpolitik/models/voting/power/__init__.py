"""Who decides a weighted vote: power indices in exact fractions, with or without abstention."""

from realpolitik.models.voting.power.indices import INDICES, Power, index, power

__all__ = ["INDICES", "Power", "index", "power"]
