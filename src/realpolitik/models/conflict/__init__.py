"""Conflicts of moves and counter-moves: the graph model for conflict resolution."""

from realpolitik.models.conflict.chances import Chances, chances, equilibrium_chances, hypergame, ordered, worth
from realpolitik.models.conflict.concepts import CONCEPTS, Concept, Stability, stability
from realpolitik.models.conflict.drawn import DrawnConflict
from realpolitik.models.conflict.graph import StateGraph
from realpolitik.models.conflict.inverse import Requirement, requirements
from realpolitik.models.conflict.preferences import Preference
from realpolitik.models.conflict.rest import Rest, graph_model
from realpolitik.models.conflict.search import Answered, Search, Step, Verdict, coalitions

__all__ = [
    "CONCEPTS", "Answered", "Chances", "Concept", "DrawnConflict", "Preference", "Requirement", "Rest", "Search",
    "Stability", "StateGraph", "Step", "Verdict", "chances", "coalitions", "equilibrium_chances", "graph_model",
    "hypergame", "ordered", "requirements", "stability", "worth",
]  # fmt: skip
