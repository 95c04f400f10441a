"""How a threat ends: who gives way, and at which step."""

from realpolitik.models.crisis.game import ENDS, NODES, ThreatGame
from realpolitik.models.crisis.threat import Crisis, threat

__all__ = ["ENDS", "NODES", "Crisis", "ThreatGame", "threat"]
