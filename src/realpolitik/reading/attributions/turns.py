"""Turns of a transcript or an interview: whose words a paragraph is that begins with a name and a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.english.passages import Passage

__all__ = ["named_turns", "turns"]

TURN = re.compile(
    r"(?P<name>[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4})(?:, [^:.?!]{2,80}| \([^:()]{2,60}\))?: (?=\S)"
)
"""``ANN ROE, MAYOR OF PORTVILLE: No.``, ``Mr Roe (Harbour Party): No.``, ``Q: Why?``"""

FEWEST = 3
"""Turns that make a transcript, if they are also half of its paragraphs and somebody has two of them."""

STAGE = ("(", "[")
"""Signs that begin a line about the scene."""


def named_turns(passages: Sequence[Passage]) -> dict[int, re.Match[str]]:
    """The names that begin turns, by number of the passage; none where the text is no transcript."""
    spoken = [passage for passage in passages if passage.block.label != "title" and passage.start == 0]
    found = {passage.number: match for passage in spoken if (match := TURN.match(passage.text))}
    names = [match["name"].split()[-1].casefold() for match in found.values()]
    is_transcript = len(found) >= FEWEST and 2 * len(found) >= len(spoken) and len(set(names)) < len(names)
    return found if is_transcript else {}


def turns(passages: Sequence[Passage]) -> list[Said]:
    """What each turn says, with the name that begins it as the source; a paragraph without a name goes on.

    Examples
    --------
    >>> turns([])
    []
    """
    names = named_turns(passages)
    said: list[Said] = []
    speaker: Stretch | None = None
    for passage in passages if names else ():
        match = names.get(passage.number)
        if match:
            speaker = Stretch(passage.number, *match.span("name"))
        elif passage.block.label != "body" or passage.text.startswith(STAGE):
            continue
        if speaker is not None:
            content = Stretch(passage.number, match.end() if match else 0, len(passage.text))
            said.append(Said((content,), speaker, None, "direct"))
    return said
