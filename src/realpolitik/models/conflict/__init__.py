"""Conflicts of moves and counter-moves: the graph model for conflict resolution."""

from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.preferences import Preference
from realpolitik.models.conflict.stability import CONCEPTS, Concept, Stability, stability

__all__ = ["CONCEPTS", "Concept", "Preference", "Stability", "StateGraph", "stability"]
