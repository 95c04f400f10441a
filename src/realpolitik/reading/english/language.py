"""Words, sentences and names of English, by rule.

The one place that knows how text is cut. A trained parser can take its place behind the same functions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from realpolitik.reading.lexicon import ABBREVIATIONS, CALENDAR, STARTERS, TITLES

__all__ = ["Word", "is_capitalised", "person_name", "sentence_ends", "words"]

WORD = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Sgt|Capt|Adm|Maj|Prof|Rev|Hon|St|Jr|Sr|[A-Z])\.(?!\w)"
    r"|[^\W_]+(?:[-’'&][^\W_]+)*"
    r"|''|``|[^\w\s]"
)
SENTENCE_END = re.compile(r"(?:[.!?…]+|\.\.\.)(?:['’\"”»)\]]*)\s+(?=[\"“‘«'(\[]*[A-Z0-9“\"])")  # noqa: RUF001
LAST_WORD = re.compile(r"[\w.’'-]{1,20}\Z")


LONGEST_PERSON = 5
"""Words of a person's name; a longer run of capitals is an organisation or a headline."""


class Word(NamedTuple):
    """A word or a mark of punctuation."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case, without the full stop of an abbreviation."""
        return self.text.lower().rstrip(".") or self.text

    @property
    def bare(self) -> str:
        """Without a possessive ending or the stop of an abbreviation."""
        text = self.text
        return text[:-2] if text.endswith(("’s", "'s")) else text.rstrip(".") or text


def words(text: str) -> list[Word]:
    """Cut text into words and punctuation, with offsets."""
    return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(text)]


def is_capitalised(word: Word) -> bool:
    """Whether the word begins with a capital letter."""
    return word.text[:1].isupper()


def sentence_ends(text: str) -> list[int]:
    """Offsets where a sentence ends and the next begins, the last one being the end of the text.

    Examples
    --------
    >>> text = "Mr. Roe left the U.S. on Monday. Nobody knew."
    >>> [text[:end] for end in sentence_ends(text)][0]
    'Mr. Roe left the U.S. on Monday. '
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text) if not _is_abbreviation(text, match)]
    if not ends or ends[-1] != len(text):
        ends.append(len(text))
    return ends


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    if match.group().rstrip() != ".":
        return False
    last = LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    if not last:
        return False
    word = last.group()
    if word.lower() in ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isupper():
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        following = re.match(r"\w+", text[match.end() : match.end() + 20])
        return following is not None and following.group() not in STARTERS
    return False


def person_name(run: list[Word]) -> list[Word]:
    """The words of the name proper in a run of capitalised words: without titles, offices and weekdays.

    Examples
    --------
    >>> [word.text for word in person_name(words("Secretary of Defense Mark Esper"))]
    ['Mark', 'Esper']
    """
    start = 0
    for index, word in enumerate(run):
        if word.bare in TITLES or word.bare in CALENDAR:
            start = index + 1
            if start + 2 < len(run) and run[start].text in ("of", "for"):
                start += 2
    return [word for word in run[start:] if word.text != ","]
