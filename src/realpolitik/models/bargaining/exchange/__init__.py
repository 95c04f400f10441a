"""Position exchange: two actors each give way on the issue that matters less to them."""

from realpolitik.models.bargaining.exchange.model import exchange
from realpolitik.models.bargaining.exchange.record import Exchange
from realpolitik.models.bargaining.exchange.rules import RULES, ExchangeRules

__all__ = ["RULES", "Exchange", "ExchangeRules", "exchange"]
