"""Words, sentences and names of English, by rule.

The one place that knows how text is cut. A trained parser can take its place behind the same functions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Word", "is_capitalised", "person_name", "sentence_ends", "words"]

WORD = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Col|Lt|Sgt|Capt|Adm|Maj|Prof|Rev|Hon|St|Jr|Sr|[A-Z])\.(?!\w)"
    r"|[^\W_]+(?:[-’'&][^\W_]+)*"
    r"|''|``|[^\w\s]"
)
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "sen",
        "sens",
        "rep",
        "reps",
        "gov",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "adm",
        "maj",
        "prof",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
        "vs",
        "etc",
        "inc",
        "ltd",
        "corp",
        "co",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "a.m",
        "p.m",
        "e.g",
        "i.e",
    ]
)
SENTENCE_END = re.compile(r"(?:[.!?…]+|\.\.\.)(?:['’\"”»)\]]*)\s+(?=[\"“‘«'(\[]*[A-Z0-9“\"])")
LAST_WORD = re.compile(r"[\w.’'-]{1,20}\Z")
STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "But",
        "And",
        "Or",
        "So",
        "In",
        "On",
        "At",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "If",
        "When",
        "While",
        "As",
        "For",
        "Many",
        "Most",
        "Some",
        "Such",
        "There",
        "Still",
        "Yet",
        "However",
        "Meanwhile",
        "Now",
        "Then",
        "After",
        "Before",
        "Since",
        "His",
        "Her",
        "Their",
        "Its",
    ]
)
"""Words that begin a sentence even after ``U.S.``"""

TITLES = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Mx",
        "Dr",
        "Sir",
        "Lord",
        "Lady",
        "Sen",
        "Sens",
        "Senator",
        "Senators",
        "Rep",
        "Reps",
        "Representative",
        "Congressman",
        "Congresswoman",
        "Gov",
        "Governor",
        "Gen",
        "General",
        "Col",
        "Colonel",
        "Lt",
        "Lieutenant",
        "Sgt",
        "Sergeant",
        "Capt",
        "Captain",
        "Adm",
        "Admiral",
        "Maj",
        "Major",
        "Prof",
        "Professor",
        "Rev",
        "Reverend",
        "Hon",
        "President",
        "Presidents",
        "Prime",
        "Minister",
        "minister",
        "Ministers",
        "Chancellor",
        "Secretary",
        "Chairman",
        "Chairwoman",
        "Chair",
        "Speaker",
        "Leader",
        "Director",
        "Ambassador",
        "Judge",
        "Justice",
        "Attorney",
        "King",
        "Queen",
        "Prince",
        "Princess",
        "Emperor",
        "Pope",
        "Cardinal",
        "Archbishop",
        "Bishop",
        "Ayatollah",
        "Sheikh",
        "Sheik",
        "Imam",
        "Mayor",
        "Councilman",
        "Councilwoman",
        "Commissioner",
        "Commander",
        "Spokesman",
        "Spokeswoman",
        "Spokesperson",
        "Candidate",
        "Deputy",
        "Former",
        "Caretaker",
        "Acting",
        "Vice",
        "Republican",
        "Republicans",
        "Democrat",
        "Democrats",
        "Democratic",
        "Commissioner",
        "Premier",
    ]
)
CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)
PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "la",
        "le",
        "du",
        "y",
        "abu",
    ]
)
"""Small words inside a person's name."""

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
