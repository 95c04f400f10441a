"""The prompts, as files that can be read; their version stands in the provenance of every claim."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["DIGEST", "system", "user", "version"]

FOLDER = Path(__file__).parent

DIGEST = "41750e01fae0a03495af3257e02d70f80e15b91d40e948013ae1905754ced1f8"
"""SHA-256 of ``claims.md`` and ``report.md``, one behind the other. A test compares it, so that whoever edits a prompt
is reminded to raise its version."""


@cache
def _parts() -> tuple[str, str]:
    head, _, body = (FOLDER / "claims.md").read_text(encoding="utf-8").partition("\n")
    return head.removeprefix("version:").strip(), body.strip()


def version() -> str:
    """Version of the prompts, from the first line of ``claims.md``."""
    return _parts()[0]


def system() -> str:
    """What the model is told about its work."""
    return _parts()[1]


def user(passages: str, boundary: str) -> str:
    """The passages between two boundary lines."""
    text = (FOLDER / "report.md").read_text(encoding="utf-8").strip()
    before, _, after = text.replace("{boundary}", boundary).partition("{passages}")
    return f"{before}{passages}{after}"
