"""How a crisis ends: who gives way at which step, and how many take to the streets."""

from realpolitik.models.crisis.game import ENDS, NODES, ThreatGame
from realpolitik.models.crisis.induction import backward_induction, subgame_perfect
from realpolitik.models.crisis.mobilisation import Crowd, Turnout, mobilisation
from realpolitik.models.crisis.quantal import quantal
from realpolitik.models.crisis.threat import Crisis, threat
from realpolitik.models.crisis.tree import Chance, Choice, End, Tree

__all__ = [
    "ENDS",
    "NODES",
    "Chance",
    "Choice",
    "Crisis",
    "Crowd",
    "End",
    "ThreatGame",
    "Tree",
    "Turnout",
    "backward_induction",
    "mobilisation",
    "quantal",
    "subgame_perfect",
    "threat",
]
