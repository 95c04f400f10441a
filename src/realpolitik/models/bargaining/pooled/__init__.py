"""Several models as one predictive distribution, with weights learned from decisions whose outcome is known."""

from realpolitik.models.bargaining.pooled.learning import Past, learn
from realpolitik.models.bargaining.pooled.parameters import Parameters, shipped
from realpolitik.models.bargaining.pooled.predictive import Points, predict
from realpolitik.models.bargaining.pooled.situation import Situations, situations

__all__ = ["Parameters", "Past", "Points", "Situations", "learn", "predict", "shipped", "situations"]
