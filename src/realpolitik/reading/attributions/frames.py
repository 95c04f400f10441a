"""All frames of a passage: each kind of cue has one function, chosen by part of speech and lexicon.

None looks inside a quotation: what a speaker quotes again is part of what the speaker said.
"""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.reading.attributions import cues
from realpolitik.reading.attributions.frame import Frame
from realpolitik.reading.attributions.noun_frames import (
    according_frames,
    adjective_frames,
    hearsay_frames,
    holder_frames,
    noun_frames,
    view_frames,
)
from realpolitik.reading.attributions.subjects import VERBS
from realpolitik.reading.attributions.verb_frames import verb_frames
from realpolitik.reading.english.tree import Tree

__all__ = ["frames"]


def frames(tree: Tree) -> list[Frame]:
    """All frames whose cue stands outside quotations, in order of their cues."""
    found: list[Frame] = []
    for index, inside in enumerate(tree.quoted):
        if not inside:
            found += _at(tree, index)
    return found


def _at(tree: Tree, index: int) -> Iterator[Frame]:
    pos, lemma, lower = tree.pos[index], tree.lemma[index], tree.lower[index]
    if pos in VERBS:
        yield from verb_frames(tree, index)
    elif pos == "NOUN" and lemma in cues.NOUNS:
        yield from noun_frames(tree, index)
    elif pos == "NOUN" and lemma in cues.HOLDERS:
        yield from holder_frames(tree, index)
    elif pos == "ADJ" and lemma in cues.ADJECTIVES:
        yield from adjective_frames(tree, index)
    elif lower in cues.HEARSAY:
        yield from hearsay_frames(tree, index)
    if lower == "according":
        yield from according_frames(tree, index)
    elif lower == "in" and pos == "ADP":
        yield from view_frames(tree, index)
