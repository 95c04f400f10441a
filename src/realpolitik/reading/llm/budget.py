"""Tokens and cost of a run: estimated before a question is asked, counted from what the service says afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from realpolitik.reading.llm.settings import Settings

__all__ = ["BYTES_PER_TOKEN", "LEAST_ANSWER", "MOST_ANSWER", "Budget", "estimate"]

BYTES_PER_TOKEN = 3
"""English has about four bytes a token; three overestimates, so that the cap holds."""

OVERHEAD = 32
"""Tokens that the form of a conversation costs."""

MOST_ANSWER = 4_000
"""Tokens of one answer."""

LEAST_ANSWER = 300
"""Below this no answer fits, and nothing is asked."""

UNBELIEVABLE = 4
"""A count that is this many times below the estimate is not believed; the estimate stands."""


def estimate(*texts: str) -> int:
    """Tokens of texts, rather too many than too few.

    Examples
    --------
    >>> estimate("six words of a short text")
    41
    """
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return OVERHEAD + -(-size // BYTES_PER_TOKEN)


@dataclass
class Budget:
    """What may be spent, and what was."""

    settings: Settings

    tokens_in: int = 0
    tokens_out: int = 0
    requests: int = 0

    is_estimated: bool = False
    """Whether some of it is an estimate, because the service did not say."""

    def answer(self, asked: int) -> int:
        """Tokens that an answer may have if the question takes ``asked``; 0 if it cannot be afforded."""
        left = self.settings.max_tokens - self.tokens - asked
        if self.settings.max_cost is not None and self.settings.price_out is not None:
            money = self.settings.max_cost - self.cost_of(self.tokens_in + asked, self.tokens_out)
            if money <= 0:
                return 0
            if self.settings.price_out > 0:
                left = min(left, int(money * 1e6 / self.settings.price_out))
        left = min(left, MOST_ANSWER)
        return left if left >= LEAST_ANSWER else 0

    def spend(self, asked: int, answered: int, usage: tuple[int, int] | None = None) -> None:
        """Count a question.

        Parameters
        ----------
        asked, answered : the estimates.
        usage : what the service says; not believed where it is far too low.
        """
        self.requests += 1
        if usage is None or usage[0] * UNBELIEVABLE < asked or usage[1] * UNBELIEVABLE * 2 < answered:
            self.is_estimated = True
            self.tokens_in += asked
            self.tokens_out += answered
        else:
            self.tokens_in += usage[0]
            self.tokens_out += usage[1]

    @property
    def tokens(self) -> int:
        """Tokens that were used."""
        return self.tokens_in + self.tokens_out

    def cost_of(self, tokens_in: int, tokens_out: int) -> float:
        """Cost of tokens, 0 without prices."""
        return (tokens_in * (self.settings.price_in or 0.0) + tokens_out * (self.settings.price_out or 0.0)) / 1e6

    @property
    def cost(self) -> float | None:
        """What was spent, in the currency of the prices."""
        return None if self.settings.price_in is None else self.cost_of(self.tokens_in, self.tokens_out)
