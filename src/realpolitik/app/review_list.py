"""The review list of a folder: claims in the order in which an analyst should look at them, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from realpolitik.app.claim_shown import read_as
from realpolitik.reading.drafts.importance import Matter
from realpolitik.reading.drafts.words import clean

__all__ = ["REVIEW", "markdown"]

REVIEW = "REVIEW.md"

MOST_LISTED = 300
"""Claims on the list; further ones are counted."""

LONGEST_WORDS = 240
MOST_PLACES = 3

MARKS = re.compile(r"([\\`*_\[\]<>#|~!&])")


def markdown(matters: Sequence[Matter], title: str) -> str:
    """The list as a page; words of reports are escaped, so that they cannot become markup.

    Parameters
    ----------
    matters : heaviest first; those with nothing the matter are counted only.
    title : of the contest.
    """
    listed = [matter for matter in matters if matter.weight > 0]
    lines = [
        f"# To be reviewed: {_plain(title)}",
        "",
        "Claims sorted by what rests on them and what may not hold. Made from the claims as they were read; it is not "
        "read back, so tick and write as you like.",
        "",
    ]
    for matter in listed[:MOST_LISTED]:
        claim = matter.claim
        lines.append(f"- [ ] `{claim.id}` ({claim.kind}: {_plain(read_as(claim))}): “{_plain(claim.text)}”")
        lines.append(f"  {_why(matter)}")
    if not listed:
        lines.append("Nothing is contradicted, hedged or open, and nothing rests on a claim.")
    if len(listed) > MOST_LISTED:
        lines += ["", f"{len(listed) - MOST_LISTED} further claims of less weight are not listed."]
    if len(matters) > len(listed):
        lines += ["", f"With {len(matters) - len(listed)} claims nothing is the matter, and nothing rests on them."]
    return "\n".join(lines) + "\n"


def _why(matter: Matter) -> str:
    told = []
    for reason in matter.reasons:
        match reason:
            case "contradicted":
                told.append(f"contradicted by {_some(matter.contradicted)}")
            case "hedged" | "hedged, and much rests on it" if matter.claim.hedges:
                told.append(f"{reason}: {', '.join(f'“{_plain(word)}”' for word in matter.claim.hedges[:MOST_PLACES])}")
            case "a position rests on it" | "rests on it":
                told.append(f"on it rests {_some(matter.rests)}")
            case _:
                told.append(reason)
    return f"{'; '.join(told)}."


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_PLACES} more" if len(names) > MOST_PLACES else ""
    return ", ".join(f"`{name}`" for name in names[:MOST_PLACES]) + more


def _plain(text: str) -> str:
    return MARKS.sub(r"\\\1", clean(text, LONGEST_WORDS))
