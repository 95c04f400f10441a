"""The one place that uses the network: a question to an OpenAI-compatible service, and its answer.

Only the address that the user gave is asked. No redirection is followed, no proxy or password file of the environment
is used, and nothing is sent before a question is asked.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from realpolitik.errors import ReadingError
from realpolitik.reading.llm.answer import Answer, Unusable, parsed
from realpolitik.reading.llm.settings import KEY, Settings
from realpolitik.reading.verbatim import one_line

if TYPE_CHECKING:
    import httpx

__all__ = ["ATTEMPTS", "PAUSE", "Endpoint", "Silent"]

ATTEMPTS = 4
"""Times that a question is asked before it is given up."""

PAUSE = 1.0
"""Seconds before the second attempt; doubled before each further one."""

LONGEST_PAUSE = 60.0
"""Seconds that a service may ask to wait; longer, and the question is given up."""

MOST_BYTES = 4_000_000
"""Bytes of an answer with its envelope."""

RETRIED = (408, 425, 429, 500, 502, 503, 504, 529)


class Silent(Exception):
    """The service does not answer, or keeps failing; to ask again now would not help."""


class _Again(Exception):
    """This attempt failed; another may not."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Endpoint:
    """A service that answers questions.

    Parameters
    ----------
    settings : address, model, key and time-out.
    sleep : waits that many seconds.
    on_lost : called for every attempt whose answer was given up, since it may cost all the same.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None],
        on_lost: Callable[[], None],
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self._on_lost = on_lost

    def ask(self, system: str, user: str, most_tokens: int) -> Answer:
        """Ask a question; failures that may pass are tried again after a pause.

        Parameters
        ----------
        most_tokens : tokens that the answer may have.

        Raises
        ------
        Silent : it failed :data:`ATTEMPTS` times.
        Unusable : the answer is too large or not of the form.
        ReadingError : asking again would not help: refused, not found, redirected.
        """
        body = {
            "model": self.settings.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "max_tokens": most_tokens,
            "temperature": 0,
            "stream": False,
        }
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _answer(self._post(body))
            except _Again as error:
                wait = PAUSE * 2 ** (attempt - 1) if error.wait is None else error.wait
                if attempt == ATTEMPTS or wait > LONGEST_PAUSE:
                    asks = f"; it asks to wait {wait:,.0f} s" if wait > LONGEST_PAUSE else ""
                    times = f"{attempt} time{'s' if attempt > 1 else ''}"
                    raise Silent(f"{self.settings.host} {error} ({times}{asks})") from None
                self._sleep(wait)
        raise AssertionError("unreachable")

    def _post(self, body: dict[str, Any]) -> bytes:
        """One attempt: the bytes of the answer."""
        httpx = _httpx()
        deadline = time.monotonic() + self.settings.timeout
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        try:
            with (
                httpx.Client(trust_env=False, follow_redirects=False, timeout=self.settings.timeout) as client,
                client.stream("POST", self.settings.url, headers=headers, content=_dump(body)) as got,
            ):
                content = self._body(got, deadline)
                self._judge(got, content)
                return content
        except httpx.TimeoutException:
            self._on_lost()
            raise _Again(f"did not answer within {self.settings.timeout:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Again(
                f"cannot be reached or broke off ({one_line(str(error) or type(error).__name__, 100)})"
            ) from None

    def _body(self, got: httpx.Response, deadline: float) -> bytes:
        if got.headers.get("content-encoding", "identity") != "identity":
            raise Unusable("the answer is packed, although none was asked for")
        content = bytearray()
        for part in got.iter_raw():
            content += part
            if len(content) > MOST_BYTES:
                raise Unusable(f"the answer has more than {MOST_BYTES:,} bytes")
            if time.monotonic() > deadline:
                self._on_lost()
                raise _Again(f"did not answer within {self.settings.timeout:g} s")
        return bytes(content)

    def _judge(self, got: httpx.Response, content: bytes) -> None:
        """Raise what a status other than 200 means."""
        status = got.status_code
        if status == 200:
            return
        if status in RETRIED:
            raise _Again(f"answered with status {status}", _wait(got.headers.get("retry-after")))
        host = self.settings.host
        if 300 <= status < 400:
            raise ReadingError(
                f"{host} wants to send the report elsewhere (status {status}). That is not followed: give the address "
                "itself with --endpoint."
            )
        said = self._said(content)
        if status in (401, 403):
            raise ReadingError(f"{host} refuses (status {status}){said}. Is the right key in {KEY}?")
        raise ReadingError(f"{host} answered with status {status}{said}. Check --endpoint and --model.")

    def _said(self, content: bytes) -> str:
        """The message of the service, without the key."""
        text = content[:2_000].decode("utf-8", "replace")
        try:
            data = parsed(text)
            found = data["error"]["message"]
        except (Unusable, KeyError, TypeError):
            return ""
        if self.settings.key:
            found = str(found).replace(self.settings.key, "…")
        return f": {one_line(str(found), 160)}"


def _httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise ReadingError("The reader 'llm' needs the package httpx: install realpolitik[llm].") from None
    return httpx


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode("ascii")


def _wait(header: str | None) -> float | None:
    """Seconds that a service asks to wait; dates and nonsense count as nothing."""
    if header is None or not header.strip().isascii() or not header.strip().isdigit():
        return None
    return float(header.strip()[:9])


def _answer(content: bytes) -> Answer:
    """The words in the envelope of the service.

    Raises
    ------
    Unusable : the envelope is not of the form.
    """
    try:
        data = parsed(content.decode("utf-8"), MOST_BYTES)
        choice = data["choices"][0]
        text = choice["message"]["content"]
    except UnicodeDecodeError:
        raise Unusable("the answer is not UTF-8") from None
    except (KeyError, IndexError, TypeError):
        raise Unusable("the answer has no choices[0].message.content") from None
    if text is None:
        text = ""
    if not isinstance(text, str):
        raise Unusable("choices[0].message.content is no text")
    return Answer(text, _usage(data.get("usage")), choice.get("finish_reason") == "length")


def _usage(found: Any) -> tuple[int, int] | None:
    if not isinstance(found, dict):
        return None
    counts = (found.get("prompt_tokens"), found.get("completion_tokens"))
    if not all(type(count) is int and 0 <= count < 10**9 for count in counts):
        return None
    return counts  # type: ignore[return-value]
