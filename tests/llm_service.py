"""A service that plays a language model: a real HTTP server on this machine, with answers that a test writes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PASSAGES = "=====report"


@dataclass
class Reply:
    """One answer of the service."""

    content: str | None = None
    """What the model says; put into the usual envelope."""

    status: int = 200
    body: bytes | None = None
    """The whole answer instead of the envelope."""

    headers: dict[str, str] = field(default_factory=dict)
    usage: Any = "counted"
    finish: str = "stop"
    drip: float = 0.0
    """Seconds before each byte of the body."""


@dataclass
class Asked:
    """What the service was asked."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def passages(self) -> str:
        """What stands between the boundary lines."""
        lines = str(self.body["messages"][1]["content"]).splitlines()
        bounds = [index for index, line in enumerate(lines) if line.startswith(PASSAGES)]
        return "\n".join(lines[bounds[0] + 1 : bounds[1]])


@dataclass
class Service:
    """The service as a test sees it."""

    url: str
    asked: list[Asked] = field(default_factory=list)


Script = Callable[[Asked, int], Reply]
"""From a question and its number, from 0, to the answer."""


def claims(*found: dict[str, Any]) -> str:
    """An answer of the right form."""
    return json.dumps({"claims": list(found)})


@contextmanager
def serving(script: Script | list[Reply] | Reply) -> Iterator[Service]:
    """Run the service for a while; a list is answered in order, its last reply for ever."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(length)))
            number = len(service.asked)
            service.asked.append(asked)
            reply = script(asked, number) if callable(script) else _listed(script, number)
            body = reply.body if reply.body is not None else _envelope(reply, length)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if reply.drip:
                    for byte in body:
                        time.sleep(reply.drip)
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                else:
                    self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass

        def do_GET(self) -> None:
            service.asked.append(Asked(f"GET {self.path}", dict(self.headers), {}))
            self.send_error(404)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        service = Service(f"http://127.0.0.1:{server.server_address[1]}/v1")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()


def _listed(script: list[Reply] | Reply, number: int) -> Reply:
    replies = [script] if isinstance(script, Reply) else script
    return replies[min(number, len(replies) - 1)]


def _envelope(reply: Reply, length: int) -> bytes:
    usage = reply.usage
    if usage == "counted":
        usage = {"prompt_tokens": length // 4, "completion_tokens": len(reply.content or "") // 4}
    choice = {"index": 0, "message": {"role": "assistant", "content": reply.content}, "finish_reason": reply.finish}
    return json.dumps({"id": "x", "choices": [choice], "usage": usage}).encode()
