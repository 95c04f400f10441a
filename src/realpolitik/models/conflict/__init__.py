"""Conflicts of moves and counter-moves: the graph model for conflict resolution."""

from realpolitik.models.conflict.chances import Chances, chances, hypergame, worth
from realpolitik.models.conflict.concepts import CONCEPTS, Concept, Stability, stability
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.inverse import Requirement, requirements
from realpolitik.models.conflict.preferences import Preference
from realpolitik.models.conflict.search import Answered, Search, Step, Verdict, coalitions

__all__ = [
    "CONCEPTS", "Answered", "Chances", "Concept", "Preference", "Requirement", "Search", "Stability", "StateGraph",
    "Step", "Verdict", "chances", "coalitions", "hypergame", "requirements", "stability", "worth",
]  # fmt: skip
