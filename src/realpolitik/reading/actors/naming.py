"""Named mentions: where a report names a person, body, state, people or place.

What the parser mistakes is repaired by context over the whole report: a title or given name before it, a full name
elsewhere, or what most of its mentions are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from realpolitik.reading.actors.gazetteer import Gazetteer, Sense
from realpolitik.reading.actors.metonyms import stands_for_government
from realpolitik.reading.actors.places import is_located, names_place
from realpolitik.reading.actors.raw_names import (
    PARTY,
    Raw,
    has_title,
    looks_like_person,
    raw_names,
    with_turn,
    words_of,
)
from realpolitik.reading.actors.roles import pronoun_of, roles
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import ORGANISATIONS, vocabulary

__all__ = ["GENERATIONS", "Mention", "Sort", "named_mentions", "surname", "within"]

Sort = Literal["person", "body", "state", "people", "place"]

FUNCTION = vocabulary("MD DT IN PRP PRP$ CC WP WDT WRB TO RB RP EX CD")
"""Tags of words that are no surname at the start of a sentence, whatever their capital."""

GENERIC = frozenset({"Congress", "Senate", "House of Representatives"})
"""Names of bodies of one listed state that others have too."""

GENERIC_FIRST = frozenset(name.split()[0] for name in GENERIC)

GENERATIONS = vocabulary("jr jr. sr sr. ii iii iv")
ARTICLE_PREFIXES = ("al-", "el-", "as-", "ash-", "ad-", "ar-", "an-")


class Mention(NamedTuple):
    """A name where it stands."""

    passage: int
    """Number of the passage."""

    first: int
    """First token of the name, without title or article."""

    last: int
    """One past its last token."""

    head: int
    """Its syntactic head."""

    sort: Sort

    name: str
    """The words, without possessive; for a known or composed actor its canonical name."""

    entry: str | None = None
    """Canonical name of the known actor, or of the state that a composed body belongs to."""

    sense: Sense | Literal["office"] | None = None
    """How the gazetteer knows it; ``office`` for a body composed with its state."""


def named_mentions(
    parsed: Sequence[Tokens], gazetteer: Gazetteer, turns: Mapping[int, tuple[int, int]] | None = None
) -> list[Mention]:
    """All named mentions of a report, in order.

    Parameters
    ----------
    parsed : the passages.
    gazetteer : known actors.
    turns : where the name that begins a turn of a transcript ends, and where its words begin, by passage.
    """
    body = {text for tokens in parsed if not tokens.is_title for text in tokens.text}
    raw = [raw_names(tokens, gazetteer, body if tokens.is_title else None) for tokens in parsed]
    for tokens, stretches in zip(parsed, raw, strict=True):
        if turns and tokens.number in turns:
            stretches[:] = with_turn(tokens, stretches, *turns[tokens.number])
    raw = _at_home(parsed, raw, gazetteer)
    known = Surnames()
    for tokens, stretches in zip(parsed, raw, strict=True):
        for stretch in stretches:
            known.meet(tokens, stretch)
        known.count_lone(tokens)
    known.settle()
    mentions: list[Mention] = []
    for tokens, stretches in zip(parsed, raw, strict=True):
        found = [mention for stretch in stretches if (mention := _sorted(tokens, stretch, known, gazetteer))]
        found += _unseen(tokens, found, known)
        mentions += sorted(found, key=lambda mention: (mention.first, -mention.last))
    return mentions


def _at_home(parsed: Sequence[Tokens], raw: list[list[Raw]], gazetteer: Gazetteer) -> list[list[Raw]]:
    """The stretches; ``Congress`` is that of a listed state only if the report does not speak of others alone."""

    def home(stretch: Raw) -> str | None:
        entry = gazetteer.entries.get(stretch.entry or "")
        return None if entry is None else entry.name if entry.kind == "state" else entry.of

    if not any(
        GENERIC_FIRST & {tokens.text[one.first] for one in held} for tokens, held in zip(parsed, raw, strict=True)
    ):
        return raw
    printed = [[words_of(tokens, *one[:2]) for one in held] for tokens, held in zip(parsed, raw, strict=True)]
    pairs = [pair for names, held in zip(printed, raw, strict=True) for pair in zip(names, held, strict=True)]
    homes = {home(stretch) for name, stretch in pairs if name not in GENERIC} - {None}
    if not homes:
        return raw
    return [
        [
            one._replace(label="ORG", entry=None, sense=None, name=name)
            if name in GENERIC and one.entry and home(one) not in homes
            else one
            for name, one in zip(names, held, strict=True)
        ]
        for names, held in zip(printed, raw, strict=True)
    ]


def within(mentions: Sequence[Mention], first: int, last: int) -> Iterator[Mention]:
    """Those of the mentions of a passage, which are in order, that begin and end between two tokens."""
    at = bisect_left(mentions, first, key=lambda mention: mention.first)
    while at < len(mentions) and mentions[at].first < last:
        if mentions[at].last <= last:
            yield mentions[at]
        at += 1


class Surnames:
    """What the report itself tells of its names: which are persons, and what single words mostly are."""

    def __init__(self) -> None:
        self.persons: dict[str, tuple[int, int]] = {}
        """Surnames of full names, or after a title, with passage and token of the first."""
        self.places: set[str] = set()
        """Names of what something is in, or that a word for a place comes with."""
        self._lone: set[str] = set()
        self._labels: dict[str, Counter[str]] = {}
        self._most: dict[str, str] = {}

    def meet(self, tokens: Tokens, raw: Raw) -> None:
        """Count one stretch."""
        if raw.entry is not None:
            return
        is_place = names_place(raw.name)
        if is_place and (not _given(tokens, raw) or is_located(tokens, raw.first, raw.last)):
            self.places.add(raw.name)
        elif (
            (raw.label == "PERSON" and raw.last - raw.first > 1 and looks_like_person(tokens, raw))
            or has_title(tokens, raw.first)
            or _given(tokens, raw)
        ):
            self.persons.setdefault(surname(raw.name), (tokens.number, raw.first))
        elif is_located(tokens, raw.first, raw.last):
            self.places.add(raw.name)
        self._labels.setdefault(raw.name, Counter())[raw.label] += 1

    def count_lone(self, tokens: Tokens) -> None:
        """Note the capitalised words that stand alone, as last names do."""
        for index, text in enumerate(tokens.text):
            if text[0].isupper() and tokens.tag[index] == "NNP" and tokens.dep[index] != "compound":
                self._lone.add(text)

    def settle(self) -> None:
        """Decide what each name mostly is."""
        self._most = {name: labels.most_common(1)[0][0] for name, labels in self._labels.items()}
        for name, label in self._most.items():
            words = name.split()
            is_plain = len(words) == 2 and all(word.istitle() for word in words) and ORGANISATIONS.isdisjoint(words)
            if label in ("ORG", "PRODUCT") and is_plain and words[1] in self._lone and words[0] not in self._lone:
                self.persons.setdefault(surname(name), (0, 0))
                self._most[name] = "PERSON"

    def label(self, raw: Raw) -> str:
        """What the name mostly is in the report."""
        return self._most.get(raw.name, raw.label)


def surname(name: str) -> str:
    """The key under which a person's last name is known: lower case, without article or generation.

    Examples
    --------
    >>> surname("Ahmed Al-Asadi"), surname("Ben Roe Jr.")
    ('asadi', 'roe')
    """
    words = [word for word in name.lower().split() if word not in GENERATIONS and len(word) > 1] or [name.lower()]
    last = words[-1].strip(".,'")
    for prefix in ARTICLE_PREFIXES:
        if last.startswith(prefix) and len(last) > len(prefix) + 1:
            return last[len(prefix) :]
    return last


def _given(tokens: Tokens, raw: Raw) -> bool:
    """Whether it begins with a given name and goes on like a person."""
    words = raw.name.split()
    return len(words) > 1 and pronoun_of(words[0]) is not None and looks_like_person(tokens, raw)


def _sorted(tokens: Tokens, raw: Raw, known: Surnames, gazetteer: Gazetteer) -> Mention | None:
    """The stretch as a mention, with its sort."""
    head = _head(tokens, raw.first, raw.last)

    def mention(sort: Sort, name: str = raw.name) -> Mention:
        return Mention(tokens.number, raw.first, raw.last, head, sort, name, raw.entry, raw.sense)

    if raw.entry is not None:
        printed = words_of(tokens, raw.first, raw.last)
        if raw.sense == "capital":
            if surname(printed) in known.persons and has_title(tokens, raw.first):
                return Mention(tokens.number, raw.first, raw.last, head, "person", printed)
            return (
                mention("state")
                if stands_for_government(tokens, raw.first, raw.last, head)
                else mention("place", printed)
            )
        if raw.sense == "office":
            return mention("body")
        if raw.sense == "people":
            return mention("people", printed)
        entry = gazetteer.entries[raw.entry]
        is_state = bool(entry.adjectives or entry.capital or entry.kind == "state") and entry.kind in (
            "state",
            "government",
            "other",
        )
        first_named = known.persons.get(surname(printed), (tokens.number, raw.first))
        if is_state and raw.label == "PERSON" and first_named < (tokens.number, raw.first) and " " not in printed:
            return Mention(tokens.number, raw.first, raw.last, head, "person", printed)
        return mention("state" if is_state else "body")
    if raw.label == PARTY:
        return mention("body")
    label = known.label(raw)
    key = surname(raw.name)
    if raw.name in known.places and names_place(raw.name):
        return mention("place")
    if has_title(tokens, raw.first) or _given(tokens, raw):
        return mention("person")
    if " " not in raw.name and key in known.persons:
        return mention("person")
    if key not in known.persons and raw.name in known.places:
        return mention("place")
    if label == "PERSON" and looks_like_person(tokens, raw):
        return mention("person")
    if label == "ORG" or (label == "PERSON" and not looks_like_person(tokens, raw)):
        return mention("body")
    if label == "NORP":
        return mention("people") if tokens.tag[head] in ("NNPS", "NNS") else None
    if raw.name.split()[-1] in ORGANISATIONS:
        return mention("body")
    return mention("place")


def _unseen(tokens: Tokens, found: Sequence[Mention], known: Surnames) -> list[Mention]:
    """Names of persons of the report that the parser passed over."""
    taken = {index for mention in found for index in range(mention.first, mention.last)}
    unseen = []
    for index, text in enumerate(tokens.text):
        if index in taken or not text[0].isupper() or text.lower() not in known.persons:
            continue
        if tokens.tag[index] not in FUNCTION and tokens.lower[index] not in roles():
            first = index
            if index > 1 and tokens.text[index - 1] == "-" and tokens.lower[index - 2] in ("al", "el"):
                first = index - 2
            name = words_of(tokens, first, index + 1)
            unseen.append(Mention(tokens.number, first, index + 1, index, "person", name))
    return unseen


def _head(tokens: Tokens, first: int, last: int) -> int:
    """The token whose syntactic head lies outside; the last one of several."""
    for index in range(last - 1, first - 1, -1):
        if not first <= tokens.head[index] < last or tokens.head[index] == index:
            return index
    return last - 1
