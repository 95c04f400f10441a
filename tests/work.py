"""Work counted instead of timed, and the texts that make careless readers slow."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

REPEATED = (
    '"',
    "“",
    "”",
    "“”",
    "'",
    "''",
    "said ",
    "he said that ",
    '"a" he said ',
    ", said",
    "voted 5-4 ",
    "$5 ",
    "<!--",
    "<a '>'",
    "<div>",
    "&",
    "a\n",
    "“a\n\n",
    "[",
    "**",
    "`",
    "> ",
    "a-\n",
    "1\f",
    "Subject: x\n",
    ". ",
    "Monday, ",
    "\ufb01",
    "fi",
)
"""Pieces that, written a thousand times over, ask for a nested loop."""


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python and C functions the work makes in this thread."""
    count = 0

    def seen(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
