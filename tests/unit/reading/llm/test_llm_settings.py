"""Addresses, keys, caps: what is refused before anything is sent."""

from __future__ import annotations

import pytest

from realpolitik.errors import ReadingError
from realpolitik.reading.llm.settings import Settings, settings

HERE = "http://localhost:11434/v1"


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        (HERE, f"{HERE}/chat/completions"),
        (f"{HERE}/", f"{HERE}/chat/completions"),
        (f"{HERE}/chat/completions", f"{HERE}/chat/completions"),
        ("https://llm.example/v1?api-version=2", "https://llm.example/v1/chat/completions?api-version=2"),
        ("http://[::1]:80", "http://[::1]:80/chat/completions"),
    ],
)
def test_address_of_questions(endpoint: str, url: str) -> None:
    assert Settings(endpoint, "toy").url == url


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        ("http://llm.example/v1", "--allow-http"),
        ("http://localhost.example/v1", "--allow-http"),
        ("http://127.0.0.1.example/v1", "--allow-http"),
        ("http://10.0.0.5/v1", "--allow-http"),
        ("ftp://localhost/v1", "no address"),
        ("localhost:8080", "no address"),
        ("https://", "no address"),
        ("https://host:port/v1", "no address"),
        ("https://[::1/v1", "no address"),
        ("https://ann:pw@llm.example/v1", "user name or password"),
        ("https://llm.example/v1#x", "ends in '#"),
        ("https://llm.example/v1\nHost: x", "no address"),
    ],
)
def test_addresses_that_are_refused(endpoint: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        Settings(endpoint, "toy")
    assert "pw" not in str(caught.value)


def test_plain_http_if_asked_for() -> None:
    assert Settings("http://llm.example/v1", "toy", allow_http=True).host == "llm.example"


def test_everything_from_the_environment() -> None:
    known = {
        "REALPOLITIK_LLM_ENDPOINT": HERE,
        "REALPOLITIK_LLM_MODEL": "toy",
        "REALPOLITIK_LLM_KEY": "k",
    }
    found = settings(environment=known)
    assert (found.endpoint, found.model, found.key) == (HERE, "toy", "k")
    assert "'k'" not in repr(found)
    assert settings(f"{HERE}2", "other", environment=known).model == "other"


def test_what_is_missing_is_named_at_once() -> None:
    with pytest.raises(ReadingError, match=r"--endpoint URL .* and --model NAME"):
        settings(environment={})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"model": "a\x1bb"}, "model"),
        ({"model": "a" * 200}, "model"),
        ({"key": "two words"}, "REALPOLITIK_LLM_KEY"),
        ({"key": "line\nend"}, "REALPOLITIK_LLM_KEY"),
        ({"max_tokens": 0}, "--max-tokens"),
        ({"max_cost": 1.0}, "--price-in"),
        ({"price_in": 1.0}, "--price-in"),
        ({"price_in": 1.0, "price_out": -1.0}, "--price-out"),
        ({"price_in": 1.0, "price_out": float("nan")}, "--price-out"),
        ({"timeout": 0.0}, "--timeout"),
    ],
)
def test_values_that_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ReadingError, match=words) as caught:
        Settings(**{"endpoint": HERE, "model": "toy", **options})  # type: ignore[arg-type]
    assert "two words" not in str(caught.value)
