"""Bodies that the gazetteer does not know: one name for their forms, and the kind that the name tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from realpolitik.contest.actors import ActorKind
from realpolitik.reading.actors.naming import Mention
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["Bodies", "kind_of_name"]

KINDS: tuple[tuple[ActorKind, frozenset[str]], ...] = (
    ("coalition", vocabulary("coalition alliance bloc")),
    ("party", vocabulary("party caucus democrats republicans socialists liberals greens conservatives")),
    ("movement", vocabulary("movement campaign network uprising union unions federation")),
    (
        "armed group",
        vocabulary("brigade brigades militia militias battalion battalions front fighters guerrillas units"),
    ),
    (
        "government",
        vocabulary(
            "ministry department agency parliament assembly senate congress court police army navy force forces bureau "
            "administration commission cabinet embassy treasury council authority committee government office guard"
        ),
    ),
)
ACRONYM = re.compile(r"\s?\(\s?(?:the )?[\"“']?([A-Z][A-Za-z.&-]{1,9})[\"”']?\s?\)")
SMALL = vocabulary("of the and for in on to at de")
LONGEST = 8


class Bodies:
    """The bodies of a report.

    Parameters
    ----------
    mentions : in order; only those of sort ``body`` count.
    parsed : the passages, for acronyms in brackets.
    """

    def __init__(self, mentions: Iterable[Mention], parsed: Sequence[Tokens]) -> None:
        self._canonical: dict[str, str] = {}
        self.acronyms: dict[str, str] = {}
        """Canonical name by acronym."""
        first_words: dict[str, list[str]] = {}
        initials: dict[str, str] = {}
        for mention in mentions:
            if mention.sort != "body":
                continue
            name = mention.name
            if name not in self._canonical:
                self._canonical[name] = name
                words = name.split()
                if mention.entry is None and 1 < len(words) <= LONGEST:
                    first_words.setdefault(words[0], []).append(name)
                    initials.setdefault("".join(w[0] for w in words if w not in SMALL).upper(), name)
            tokens = parsed[mention.passage]
            end = tokens.end[mention.last - 1]
            found = ACRONYM.match(tokens.words, end, end + 20)
            if found and found[1] != name:
                self.acronyms[found[1]] = name
        for name in list(self._canonical):
            self._canonical[name] = self._longer(name, first_words, initials)

    def _longer(self, name: str, first_words: dict[str, list[str]], initials: dict[str, str]) -> str:
        if name in self.acronyms:
            return self.acronyms[name]
        plain = name.replace(".", "")
        if plain.isupper() and 2 <= len(plain) <= LONGEST and plain in initials:
            return initials[plain]
        words = name.split()
        longer = [other for other in first_words.get(words[0], ())[:LONGEST] if other.split()[: len(words)] == words]
        fitting = [other for other in longer if other != name]
        return fitting[0] if len(fitting) == 1 and len(words) < len(fitting[0].split()) else name

    def canonical(self, name: str) -> str:
        """The name under which a body is kept."""
        return self._canonical.get(name, name)


def kind_of_name(name: str) -> ActorKind:
    """The kind of a body that only its name tells; ``other`` where it does not.

    Examples
    --------
    >>> kind_of_name("Harbour Party"), kind_of_name("Ministry of Tolls"), kind_of_name("Roe Brothers")
    ('party', 'government', 'other')
    """
    words = [word.strip(".,'").lower() for word in name.split()]
    if words[:1] in (["international"], ["united"], ["world"]):
        return "international body"
    for word in (words[-1], *words[:-1]):
        for kind, heads in KINDS:
            if word in heads:
                return kind
    return "other"
