"""Who is said to have spoken: cue words and the words that name their speaker.

Works on a paragraph whose quotations are masked, so that words inside a quotation are never taken for cues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from realpolitik.reading.language import Word, is_capitalised, words
from realpolitik.reading.lexicon import (
    ATTITUDES,
    AUXILIARIES,
    BREAKS,
    CALENDAR,
    CUES,
    DETERMINERS,
    NOUN_LIKE,
    PARTICIPLES,
    PARTICLES,
    PASSIVE_CUES,
    PREPOSITIONS,
    vocabulary,
)

__all__ = ["PRONOUNS", "Attribution", "attributions"]


PASSIVE = frozenset({"was", "were", "been", "being"})
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})
RIGHT_STOPS = (
    (PREPOSITIONS - {"of", "for", "from", "with"})
    | BREAKS
    | vocabulary(
        "who speaking adding referring this last next earlier late yesterday today tomorrow noting citing using is was "
        "has had have are were him her them us me reporters"
    )
    - {"and"}
)
SIGNATURE = re.compile(r"[”\"»]\s?(?P<cue>[―—–]|--)\s?(?P<name>[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}?)\s*\.?\s*\Z")
LONGEST_SIGNATURE = 80
"""Characters of ``” — Ann Roe`` at the end of a paragraph."""

LONGEST_SPEAKER = 12
"""Words that name a speaker."""


@dataclass(frozen=True)
class Attribution:
    """A cue and its speaker, as offsets into the paragraph."""

    cue: tuple[int, int]

    source: tuple[int, int]

    name: tuple[int, int] | None
    """The capitalised words in the source that name somebody; none for pronouns and roles."""

    follows_cue: bool
    """Whether the speaker stands after the cue: ``said Roe``."""

    pronoun: str | None = None
    """The pronoun, in lower case, if the speaker is one."""

    @property
    def start(self) -> int:
        """First character of cue or source."""
        return min(self.cue[0], self.source[0])

    @property
    def end(self) -> int:
        """One past the last character of cue or source."""
        return max(self.cue[1], self.source[1])


def attributions(text: str) -> list[Attribution]:
    """All cues of a masked paragraph for which a speaker is named, in order."""
    tokens = words(text)
    found: list[Attribution] = []
    for index, token in enumerate(tokens):
        attribution = _attribution(tokens, index, found)
        if attribution and not _is_mark(token):
            found.append(attribution)
    signed = SIGNATURE.search(text, max(0, len(text) - LONGEST_SIGNATURE))
    if signed:
        found.append(Attribution(signed.span("cue"), signed.span("name"), signed.span("name"), True))
    return found


def _attribution(tokens: Sequence[Word], index: int, before: Sequence[Attribution]) -> Attribution | None:
    word = tokens[index].text
    if word in CUES:
        return _verb(tokens, index)
    if word.lower() == "according" and index + 2 < len(tokens) and tokens[index + 1].text == "to":
        return _right(tokens, (tokens[index].start, tokens[index + 1].end), index + 2)
    if word in ATTITUDES and index and tokens[index - 1].text in AUXILIARIES:
        return _left(tokens, (tokens[index - 1].start, tokens[index].end), index - 1)
    if word in PARTICIPLES:
        return _participle(tokens, index, before)
    return None


def _verb(tokens: Sequence[Word], index: int) -> Attribution | None:
    token = tokens[index]
    cue = (token.start, token.end)
    if index and token.text in PASSIVE_CUES and tokens[index - 1].text in PASSIVE:
        return None
    if index == 0 or _is_mark(tokens[index - 1]):
        inverted = _right(tokens, cue, index + 1)
        if inverted and (token.text not in NOUN_LIKE or inverted.name):
            return inverted
    found = _left(tokens, cue, index)
    if found and token.text in NOUN_LIKE and not found.name and not found.pronoun:
        return None
    return found


def _is_mark(token: Word) -> bool:
    return not token.text[0].isalnum()


def _participle(tokens: Sequence[Word], index: int, before: Sequence[Attribution]) -> Attribution | None:
    """``X dismissed it, saying …``: the subject is that of the last cue, or the name that opens the sentence."""
    first = index
    while first and tokens[first - 1].text not in ".?!" and index - first < 4 * LONGEST_SPEAKER:
        first -= 1
    cue = (tokens[index].start, tokens[index].end)
    for known in reversed(before):
        if known.start >= tokens[first].start:
            return Attribution(cue, known.source, known.name, False, known.pronoun)
        break
    if tokens[first].lower in PREPOSITIONS | BREAKS:
        comma = next((at for at in range(first, index) if tokens[at].text == ","), index)
        first = comma + 1
    if first < index and tokens[first].text.lower() in PRONOUNS:
        token = tokens[first]
        return Attribution(cue, (token.start, token.end), None, False, token.text.lower())
    last = first
    while last < index and (is_capitalised(tokens[last]) or tokens[last].text in PARTICLES):
        last += 1
    if last == first:
        return None
    if tokens[first].text.lower() in DETERMINERS and last == first + 1 and last < index:
        last += 1
    return _named(tokens, cue, first, last, follows_cue=False)


def _left(tokens: Sequence[Word], cue: tuple[int, int], index: int) -> Attribution | None:
    """The subject that ends before the cue."""
    last = index - 1
    while last >= 0 and (tokens[last].text in AUXILIARIES or tokens[last].text.endswith("ly")):
        last -= 1
    if last < 0:
        return None
    token = tokens[last]
    if token.text == "who":
        return _antecedent(tokens, cue, last)
    if token.text.lower() in PRONOUNS:
        return Attribution(cue, (token.start, token.end), None, False, token.text.lower())
    if token.text == ",":
        return _before_apposition(tokens, cue, last)
    if token.text == ")":
        opening = next((at for at in range(last, max(0, last - LONGEST_SPEAKER), -1) if tokens[at].text == "("), 0)
        return _phrase_ending(tokens, cue, opening - 1) if opening else None
    return _phrase_ending(tokens, cue, last)


def _antecedent(tokens: Sequence[Word], cue: tuple[int, int], who: int) -> Attribution | None:
    last = who - 1
    if last >= 0 and tokens[last].text == ",":
        last -= 1
    phrase = _phrase_ending(tokens, cue, last) if last >= 0 else None
    if phrase is None or phrase.name:
        return phrase
    first = next((at for at in range(last, -1, -1) if tokens[at].start == phrase.source[0]), 0)
    if first >= 2 and tokens[first - 1].text == "," and is_capitalised(tokens[first - 2]):
        return _phrase_ending(tokens, cue, first - 2) or phrase
    return phrase


def _before_apposition(tokens: Sequence[Word], cue: tuple[int, int], comma: int) -> Attribution | None:
    """``Roe, a lawmaker from the north, said``: the words before the opening comma."""
    for at in range(comma - 1, max(-1, comma - 4 * LONGEST_SPEAKER), -1):
        text = tokens[at].text
        if text in '?!;:“”"' or (text == "." and tokens[at + 1].text not in (",", ")")):
            return None
        if text in (",", "(") and at:
            found = _phrase_ending(tokens, cue, at - 1)
            if found and found.name:
                return found
    return None


def _phrase_ending(tokens: Sequence[Word], cue: tuple[int, int], last: int) -> Attribution | None:
    """The noun phrase whose last word is ``tokens[last]``."""
    token = tokens[last]
    if _is_mark(token) or token.lower in BREAKS or token.lower in PREPOSITIONS or token.text in DETERMINERS:
        return None
    first = last
    if is_capitalised(token):
        first = _name_start(tokens, last)
        if not (first and tokens[first - 1].text in PREPOSITIONS and _is_inside_phrase(tokens, first - 1)):
            return _named(tokens, cue, first, last + 1, follows_cue=False)
    while first and last - first < LONGEST_SPEAKER:
        before = tokens[first - 1]
        if _is_mark(before) or before.lower in BREAKS or before.text == "who":
            break
        first -= 1
        if before.text.lower() in DETERMINERS:
            break
    while first < last and tokens[first].lower in PREPOSITIONS:
        first += 1
    return _named(tokens, cue, first, last + 1, follows_cue=False, is_role=True)


def _is_inside_phrase(tokens: Sequence[Word], preposition: int) -> bool:
    """Whether a preposition joins two nouns: ``a spokesman for Roe``, unlike ``In Iowa Roe``."""
    before = tokens[preposition - 1]
    return (
        preposition > 0
        and not _is_mark(before)
        and not is_capitalised(tokens[preposition])
        and (before.lower != "according")
    )


def _name_start(tokens: Sequence[Word], last: int) -> int:
    first = last
    while first and last - first < LONGEST_SPEAKER:
        before = tokens[first - 1]
        if is_capitalised(before) and not _is_mark(before) and before.text not in CALENDAR:
            first -= 1
        elif (
            first > 1
            and before.text in PARTICLES | {"of", "for", "the", "and", "&"}
            and is_capitalised(tokens[first - 2])
            and tokens[first - 2].text not in CALENDAR
            and before.text != "and"
        ):
            first -= 2
        else:
            break
    return first


def _right(tokens: Sequence[Word], cue: tuple[int, int], first: int) -> Attribution | None:
    """The noun phrase that begins with ``tokens[first]``, with a name in apposition: ``said a man, Ben Roe``."""
    last = first
    while last < len(tokens) and last - first < LONGEST_SPEAKER:
        token = tokens[last]
        if _is_mark(token) or token.text in RIGHT_STOPS or token.text in CALENDAR:
            break
        if token.text.lower() in PRONOUNS:
            is_alone = last == first
            return Attribution(cue, (token.start, token.end), None, True, token.text.lower()) if is_alone else None
        last += 1
    while last > first and tokens[last - 1].text in PREPOSITIONS | DETERMINERS | {"and"}:
        last -= 1
    if last == first or tokens[first].lower in PREPOSITIONS:
        return None
    found = _named(tokens, cue, first, last, follows_cue=True)
    if found.name is None and last + 1 < len(tokens) and tokens[last].text == ",":
        end = last + 1
        while end < len(tokens) and (is_capitalised(tokens[end]) or (end > last + 1 and tokens[end].text in PARTICLES)):
            end += 1
        if end > last + 2 or (end == last + 2 and "-" in tokens[last + 1].text):
            return _named(tokens, cue, last + 1, end, follows_cue=True)
    return found


def _named(
    tokens: Sequence[Word],
    cue: tuple[int, int],
    first: int,
    last: int,
    *,
    follows_cue: bool,
    is_role: bool = False,
) -> Attribution:
    """An attribution to ``tokens[first:last]``; its name is the last run of capitals before a preposition."""
    source = (tokens[first].start, tokens[last - 1].end)
    name = None if is_role else _name_in(tokens[first:last])
    return Attribution(cue, source, name, follows_cue)


def _name_in(phrase: Sequence[Word]) -> tuple[int, int] | None:
    run: list[Word] = []
    for index, word in enumerate(phrase):
        joins = word.text in PARTICLES | {"of", "for", "the"} and index + 1 < len(phrase) and bool(run)
        if is_capitalised(word) or (joins and is_capitalised(phrase[index + 1])):
            run.append(word)
        elif run:
            is_noun_after = word.text not in PREPOSITIONS and word.text not in {"and", ","}
            if is_noun_after:
                run = []
                continue
            break
        elif word.text in PREPOSITIONS:
            return None
    return (run[0].start, run[-1].end) if run else None
