"""Words of a report as they may stand in a contest, and what two wordings have in common."""

from __future__ import annotations

import re

from realpolitik.reading.lexicon import vocabulary

__all__ = ["clean", "content_words", "folded", "has_capital"]

LONGEST = 300
"""Characters of somebody's words in a contest."""

STEM = 6
"""Letters by which words are compared: ``withdraw`` and ``withdrawal`` count as one."""

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
OWNER = re.compile(r"['’]s?$")
EMPTY = vocabulary(
    "a about against all an and any are as at be been being but by can could did do does for from had has have he "
    "her his i in into is it its may might more must no not of off on or our out over own shall she should so "
    "some such than that the their them then there these they this those to under up was we were what when which "
    "who whom will with would yet you your"
)
"""Words that do not say what something is about."""


def clean(text: str, most: int = LONGEST) -> str:
    """Words on one line that a file and a terminal can hold.

    Parameters
    ----------
    text : any text; what cannot be printed counts as a space.
    most : characters; a longer text is cut and ends in an ellipsis.

    Examples
    --------
    >>> clean(" the toll \\n of\\x1b Lorn ")
    'the toll of Lorn'
    """
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def folded(name: str) -> str:
    """A name without article, owner's s, full stops and capitals, for comparison.

    Examples
    --------
    >>> folded("The U.S."), folded("Arnor’s")
    ('us', 'arnor')
    """
    line = OWNER.sub("", ARTICLE.sub("", clean(name)))
    return line.replace(".", "").replace("’", "'").casefold().strip()


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that say what a text is about.

    Examples
    --------
    >>> sorted(content_words("a withdrawal of the troops")), sorted(content_words("to withdraw troops"))
    (['troop', 'withdr'], ['troop', 'withdr'])
    """
    words = (folded(word) for word in WORD.findall(text))
    return frozenset(_stem(word) for word in words if word and word not in EMPTY)


def has_capital(name: str) -> bool:
    """Whether a word of the name, apart from its article, begins with a capital letter or a digit."""
    return any(word[0].isupper() or word[0].isdigit() for word in ARTICLE.sub("", name).split())


def _stem(word: str) -> str:
    singular = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return singular[:STEM]
