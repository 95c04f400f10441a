"""Which endpoint to ask, and how much it may cost."""

from __future__ import annotations

import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from realpolitik.errors import ReadingError

__all__ = ["ENDPOINT", "KEY", "MODEL", "Settings", "settings"]

ENDPOINT, MODEL, KEY = "REALPOLITIK_LLM_ENDPOINT", "REALPOLITIK_LLM_MODEL", "REALPOLITIK_LLM_KEY"
"""Variables of the environment. The key is taken from there only; it is never written, printed or kept."""

MOST_TOKENS = 200_000
"""Tokens that a run may use if nothing is said."""

LONGEST_MODEL = 120


@dataclass(frozen=True)
class Settings:
    """How to ask."""

    endpoint: str
    """Address that an OpenAI-compatible service answers at, e.g. ``http://localhost:11434/v1``."""

    model: str
    """Name of the model, as the service knows it."""

    key: str | None = field(default=None, repr=False)
    """Sent as bearer token, if there is one."""

    max_tokens: int = MOST_TOKENS
    """Tokens of questions and answers together, for all reports of a run."""

    max_cost: float | None = None
    """Cost of a run, in the currency of the prices."""

    price_in: float | None = None
    """Price of a million tokens of questions."""

    price_out: float | None = None
    """Price of a million tokens of answers."""

    timeout: float = 120.0
    """Seconds after which an answer is given up."""

    allow_http: bool = False
    """Whether the report and the key may travel unencrypted to another machine."""

    def __post_init__(self) -> None:
        _address(self.endpoint, self.allow_http)
        if not self.model or not self.model.isprintable() or len(self.model) > LONGEST_MODEL:
            raise ReadingError(
                f"The model must be named, in at most {LONGEST_MODEL} printable characters: --model NAME."
            )
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and " " not in self.key):
            raise ReadingError(f"{KEY} holds characters that no key has (spaces, line ends or others). Set it again.")
        if self.max_tokens < 1:
            raise ReadingError(f"--max-tokens is {self.max_tokens}; at least 1 is needed.")
        _positive("--timeout", self.timeout, above=0.0)
        for name, value in (
            ("--max-cost", self.max_cost),
            ("--price-in", self.price_in),
            ("--price-out", self.price_out),
        ):
            if value is not None:
                _positive(name, value)
        if (self.price_in is None) != (self.price_out is None) or (self.max_cost is not None and self.price_in is None):
            raise ReadingError(
                "A cost needs the prices of a million tokens: --price-in and --price-out. The program knows none."
            )

    @property
    def url(self) -> str:
        """Where questions are sent."""
        parts = urlsplit(self.endpoint)
        path = parts.path.rstrip("/")
        path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
        return SplitResult(parts.scheme, parts.netloc, path, parts.query, "").geturl()

    @property
    def host(self) -> str:
        """Where the report goes, for messages."""
        return urlsplit(self.endpoint).netloc


def settings(
    endpoint: str | None = None,
    model: str | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    **others: float | bool | None,
) -> Settings:
    """Settings as given, else as the environment has them; the key always from the environment.

    Raises
    ------
    ReadingError : endpoint or model are missing, or a value is impossible.
    """
    known = os.environ if environment is None else environment
    missing = [
        f"{option} (or {name})"
        for option, name, value in (("--endpoint URL", ENDPOINT, endpoint), ("--model NAME", MODEL, model))
        if not (value or known.get(name))
    ]
    if missing:
        raise ReadingError(f"The reader 'llm' asks a language model that you name: {' and '.join(missing)} missing.")
    values = {key: value for key, value in others.items() if value is not None}
    return Settings(
        endpoint=endpoint or known[ENDPOINT],
        model=model or known[MODEL],
        key=known.get(KEY) or None,
        **values,  # type: ignore[arg-type]
    )


def _positive(name: str, value: float, above: float | None = None) -> None:
    if not math.isfinite(value) or value < 0 or (above is not None and value <= above):
        raise ReadingError(f"{name} is {value}; a number above zero is needed.")


def _address(endpoint: str, allow_http: bool) -> None:
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), None
    if parts.scheme not in ("http", "https") or not host or not endpoint.isprintable() or " " in endpoint:
        raise ReadingError(
            "The endpoint is no address of a service; expected https://HOST/v1 or http://localhost:PORT/v1."
        )
    if parts.username or parts.password:
        raise ReadingError(f"The endpoint holds a user name or password. Leave it out; a key goes into {KEY}.")
    if parts.fragment:
        raise ReadingError("The endpoint ends in '#…', which no service sees. Leave that out.")
    if parts.scheme == "http" and not allow_http and not is_local(host):
        raise ReadingError(
            f"{host} would be asked over http: report and key would travel unencrypted. Use https, or allow it with "
            "--allow-http."
        )


def is_local(host: str) -> bool:
    """Whether the host is this machine.

    Examples
    --------
    >>> is_local("localhost"), is_local("127.0.0.2"), is_local("::1"), is_local("localhost.example.org")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
