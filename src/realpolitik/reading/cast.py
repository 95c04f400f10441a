"""Who appears in a report: full names, and which of them a last name or a pronoun means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from realpolitik.reading.blocks import Block
from realpolitik.reading.language import LONGEST_PERSON, Word, is_capitalised, person_name, words
from realpolitik.reading.lexicon import ORGANISATIONS, PARTICLES, ROLES, STARTERS

__all__ = ["Cast", "Mention", "Place"]

Place = tuple[int, int]
"""Index of the paragraph and offset into its clean text."""


LOOK_BACK = 10
"""Full names that are tried for a pronoun."""

MOST_NAMESAKES = 50
"""Mentions of one last name that are looked at."""

PRONOUN_OF_TITLE = {
    "Mr": "he",
    "Sir": "he",
    "Lord": "he",
    "King": "he",
    "Prince": "he",
    "Congressman": "he",
    "Spokesman": "he",
    "Chairman": "he",
    "Mrs": "she",
    "Ms": "she",
    "Lady": "she",
    "Queen": "she",
    "Princess": "she",
    "Congresswoman": "she",
    "Spokeswoman": "she",
    "Chairwoman": "she",
}


@dataclass(frozen=True)
class Mention:
    """A full name where it stands."""

    place: Place
    name: str
    first: str
    last: str


class Cast:
    """The full names of a report, in order of appearance.

    Parameters
    ----------
    paragraphs : the readable blocks; names in titles and decks do not count, because they are headlines.
    """

    def __init__(self, paragraphs: Iterable[Block]) -> None:
        self._mentions: list[Mention] = []
        self._of_last: dict[str, list[Mention]] = {}
        self._pronoun_of: dict[str, str] = {}
        self._common: set[str] = set()
        for number, block in enumerate(paragraphs):
            tokens = words(block.text)
            self._common.update(token.text for token in tokens if not is_capitalised(token))
            if block.label == "body":
                for run in _capital_runs(tokens):
                    self._meet(number, run)

    def _meet(self, number: int, run: list[Word]) -> None:
        name = person_name(run)
        titles = [word.bare for word in run[: len(run) - len(name)]]
        if name:
            for title in titles:
                if title in PRONOUN_OF_TITLE:
                    self._pronoun_of.setdefault(name[-1].bare, PRONOUN_OF_TITLE[title])
        if not 2 <= len(name) <= LONGEST_PERSON:
            return
        mention = Mention((number, name[0].start), _joined(name), name[0].bare, name[-1].bare)
        self._mentions.append(mention)
        self._of_last.setdefault(mention.last, []).append(mention)

    def full_name(self, phrase: str, place: Place) -> str | None:
        """The fullest name, up to ``place``, of whom the capitalised words mean.

        None if they fit two persons, or are no name.
        """
        run = _without_starters(words(phrase))
        name = person_name(run) or run
        if not name or (len(name) == 1 and self._is_common(name[0])):
            return None
        known = [mention for mention in self._of_last.get(name[-1].bare, ())[:MOST_NAMESAKES] if mention.place <= place]
        if len(name) > 1:
            same = [mention for mention in known if mention.first == name[0].bare]
            return same[0].name if same else _joined(name)
        if not known:
            return name[0].bare
        return known[0].name if len({mention.first for mention in known}) == 1 else None

    def _is_common(self, word: Word) -> bool:
        return word.bare.lower() in self._common or word.bare.lower() in ROLES

    def is_person(self, name: str) -> bool:
        """Whether a name is a known full name without the word of an organisation in it."""
        parts = name.split()
        return len(parts) > 1 and parts[-1] in self._of_last and ORGANISATIONS.isdisjoint(parts)

    def can_be(self, pronoun: str, name: str) -> bool:
        """Whether nothing in the text speaks against the pronoun for that person."""
        known = self._pronoun_of.get(name.split()[-1])
        return known is None or known == pronoun

    def last_named(self, pronoun: str, place: Place) -> str | None:
        """The person named last before ``place`` whom the pronoun can mean, in this or the previous paragraph."""
        at = bisect_left(self._mentions, place, key=lambda mention: mention.place)
        for mention in reversed(self._mentions[max(0, at - LOOK_BACK) : at]):
            is_near = mention.place[0] >= place[0] - 1
            if is_near and self.is_person(mention.name) and self.can_be(pronoun, mention.name):
                return mention.name
        return None


def _capital_runs(tokens: list[Word]) -> Iterable[list[Word]]:
    run: list[Word] = []
    for index, token in enumerate(tokens):
        links = token.text in PARTICLES | {"of"} and index + 1 < len(tokens) and is_capitalised(tokens[index + 1])
        if is_capitalised(token) or (run and links):
            run.append(token)
            if not token.text.endswith(("’s", "'s")):
                continue
        if run:
            yield _without_starters(run)
        run = []
    if run:
        yield _without_starters(run)


def _without_starters(run: list[Word]) -> list[Word]:
    start = 0
    while start < len(run) and run[start].text in STARTERS:
        start += 1
    return run[start:]


def _joined(name: list[Word]) -> str:
    parts = [word.text for word in name]
    parts[-1] = name[-1].bare
    return " ".join(parts)
