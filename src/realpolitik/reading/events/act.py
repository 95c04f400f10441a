"""An act where a sentence names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from realpolitik.reading.events.lexicon import TYPES, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["HOSTILE", "Act"]

HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "THREATEN", "ACCUSE", "REJECT"})


@dataclass(eq=False)
class Act:
    """An act where it stands, before it is known who takes part."""

    token: Token
    """Verb or noun that names it."""

    type: str
    mode: str | None = None
    entry: Entry | None = None
    """How the lexicon has it; none for an act that only a cue makes (a demand, a promise)."""

    words: list[Token] = field(default_factory=list)
    """All words that name it."""

    holds: Act | None = None
    """The act that this one is about: what is demanded, threatened, refused."""

    source: list[Token] = field(default_factory=list)
    target: list[Token] = field(default_factory=list)

    @property
    def is_hostile(self) -> bool:
        """Whether it belongs to the conflictual types."""
        return self.type in HOSTILE

    @property
    def is_plover(self) -> bool:
        """Whether PLOVER has the type."""
        return self.type in TYPES
