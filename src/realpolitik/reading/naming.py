"""Named mentions: where a report names a person, body, state, people or place.

The entities of the parser and the hits of the gazetteer, made one: what the gazetteer knows wins over a shorter or
equal entity; a longer entity wins where it is a person's or a body's name of its own. What the parser mistakes is
repaired by context over the whole report: a title or given name before it, a full name elsewhere, or what most of its
mentions are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from realpolitik.reading.gazetteer import Gazetteer, Sense
from realpolitik.reading.lexicon import CALENDAR, DETERMINERS, ORGANISATIONS, TITLES, vocabulary
from realpolitik.reading.metonyms import stands_for_government
from realpolitik.reading.roles import pronoun_of, roles
from realpolitik.reading.tokens import Tokens

__all__ = ["GENERATIONS", "Mention", "Sort", "has_title", "named_mentions", "surname", "with_article"]

Sort = Literal["person", "body", "state", "people", "place"]

LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})
BODIES = frozenset({"ORG", "FAC", "PRODUCT"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
DROPPED = frozenset({"EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
ARTICLES = frozenset({"the", "a", "an"})
ENDS = frozenset({"'s", "'", ",", ".", '"', "-", "--", "–", "—", ")", "(", "&"})  # noqa: RUF001
AFTER_MINISTER = vocabulary("secretary minister ministers undersecretary ministry department")
GENERATIONS = vocabulary("jr jr. sr sr. ii iii iv")
ARTICLE_PREFIXES = ("al-", "el-", "as-", "ash-", "ad-", "ar-", "an-")
LONGEST_PERSON = 6
FUNCTION = vocabulary("MD DT IN PRP PRP$ CC WP WDT WRB TO RB RP EX CD")
"""Tags of words that are no surname at the start of a sentence, whatever their capital."""

BETWEEN = vocabulary(
    "new old current former then-ruling ruling caretaker interim transitional central federal national provisional "
    "elected incoming outgoing own recognized recognised recognised internationally backed unity coalition"
)
"""Words between a state and its office: ``Iraqi caretaker government``."""


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


class Raw(NamedTuple):
    """A stretch of tokens before it has a sort."""

    first: int
    last: int
    label: str
    entry: str | None
    sense: Sense | Literal["office"] | None
    name: str


def named_mentions(parsed: Sequence[Tokens], gazetteer: Gazetteer) -> list[Mention]:
    """All named mentions of a report, in order."""
    body = "\n".join(tokens.doc.text for tokens in parsed if not tokens.is_title)
    raw = [_raw_mentions(tokens, gazetteer, body if tokens.is_title else None) for tokens in parsed]
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


class Surnames:
    """What the report itself tells of its names: which are persons, and what single words mostly are."""

    def __init__(self) -> None:
        self.persons: set[str] = set()
        """Surnames of full names, or after a title."""
        self.places: set[str] = set()
        """Single words that something is in."""
        self._lone: set[str] = set()
        self._labels: dict[str, Counter[str]] = {}
        self._most: dict[str, str] = {}

    def meet(self, tokens: Tokens, raw: Raw) -> None:
        """Count one stretch."""
        if raw.entry is not None:
            return
        if raw.label == "PERSON" and raw.last - raw.first > 1 and _looks_like_person(tokens, raw):
            self.persons.add(surname(raw.name))
        elif has_title(tokens, raw.first) or _given(tokens, raw):
            self.persons.add(surname(raw.name))
        elif raw.last - raw.first == 1 and _is_located(tokens, raw.first):
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
                self.persons.add(surname(name))
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


def _raw_mentions(tokens: Tokens, gazetteer: Gazetteer, body: str | None) -> list[Raw]:
    """What may be a name; of a headline, where every word may be a capital, only what the ``body`` repeats."""
    hits = list(_hits(tokens, gazetteer))
    hits += list(_offices(tokens, hits, gazetteer))
    owner: dict[int, list[Raw]] = {}
    for hit in hits:
        for index in range(hit.first, hit.last):
            owner.setdefault(index, []).append(hit)
    dropped: set[Raw] = set()
    found: list[Raw] = []
    for entity in tokens.doc.ents:
        if entity.label_ not in LABELS:
            continue
        first, last = _trimmed(tokens, entity.start, entity.end, owner, is_person=entity.label_ == "PERSON")
        if first >= last or last - first > 12:
            continue
        inner = {hit for index in range(first, last) for hit in owner.get(index, ())}
        own = Raw(first, last, entity.label_, None, None, _words(tokens, first, last))
        if body is not None and own.name not in body:
            continue
        if not inner:
            if entity.label_ not in DROPPED and not _is_part_of_title(tokens, first) and own.name[:1].isalpha():
                found.append(own)
        elif _wins(tokens, own, inner):
            dropped |= inner
            found.append(own)
    found += [hit for hit in hits if hit not in dropped]
    return found


def _hits(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[Raw]:
    for hit in gazetteer.hits(tokens.doc.text):
        indices = tokens.between(hit.start, hit.end)
        if len(indices):
            yield Raw(indices[0], indices[-1] + 1, "", hit.entry, hit.sense, hit.entry)


def _offices(tokens: Tokens, hits: Sequence[Raw], gazetteer: Gazetteer) -> Iterator[Raw]:
    """``Iraq’s new government``, ``the ministry of oil of Iraq``: a body that every state has, with its state."""
    for hit in hits:
        entry = gazetteer.entries.get(hit.entry or "")
        if entry is None or not (entry.adjectives or entry.capital) or hit.sense in ("people", "seat"):
            continue
        at = hit.last
        if at < len(tokens) and tokens.lower[at] in ("'s", "'"):
            at += 1
        if at < len(tokens) and tokens.text[at] == "-":
            continue
        for _ in range(2):
            if at < len(tokens) and tokens.lower[at] in BETWEEN and not _office_at(tokens, at, gazetteer):
                at += 1
        length = _office_at(tokens, at, gazetteer)
        if length:
            yield _office(tokens, hit, hit.first, at, length, gazetteer)
            continue
        before = hit.first - 1
        if before >= 0 and tokens.lower[before] == "the":
            before -= 1
        if before > 0 and tokens.lower[before] == "of" and hit.sense == "name":
            for size in range(min(gazetteer.longest_office, before), 0, -1):
                if " ".join(tokens.lower[before - size : before]) in gazetteer.offices:
                    yield _office(tokens, hit, before - size, before - size, size, gazetteer, hit.last)
                    break


def _office_at(tokens: Tokens, at: int, gazetteer: Gazetteer) -> int:
    for length in range(gazetteer.longest_office, 0, -1):
        if " ".join(tokens.lower[at : at + length]) in gazetteer.offices and at + length <= len(tokens):
            return length
    return 0


def _office(
    tokens: Tokens, hit: Raw, first: int, at: int, length: int, gazetteer: Gazetteer, last: int | None = None
) -> Raw:
    office = gazetteer.offices[" ".join(tokens.lower[at : at + length])]
    state = hit.entry or ""
    name = gazetteer.parliament(state) if office.name == "Parliament" else f"{office.name} of {with_article(state)}"
    return Raw(first, last or at + length, "", state, "office", name)


def with_article(state: str) -> str:
    """The name of a state inside a phrase: ``the United States``."""
    needs = state.startswith("United ") or state.endswith(("Republic", "Islands", "Netherlands", "Philippines", "Union"))
    return f"the {state}" if needs or state == "Democratic Republic of the Congo" else state


def _trimmed(
    tokens: Tokens, first: int, last: int, owner: dict[int, list[Raw]], *, is_person: bool
) -> tuple[int, int]:
    """Without articles, possessives and marks; a person's name without titles and adjectives too."""
    while last > first and (tokens.lower[last - 1] in ENDS or tokens.lower[last - 1] in ARTICLES):
        last -= 1
    while first < last and (tokens.lower[first] in ENDS or tokens.lower[first] in DETERMINERS):
        first += 1
    while is_person and last - first > 1 and tokens.tag[last - 1][:2] in ("VB", "MD", "IN", "RB"):
        last -= 1
    known = roles()
    cut = first
    for index in range(first, last):
        word = tokens.text[index].rstrip(".")
        role = known.get(tokens.lower[index])
        is_title = word in TITLES or word in CALENDAR or (is_person and role is not None and index == cut)
        is_adjective = any(hit.sense == "adjective" for hit in owner.get(index, ())) and index == cut
        if is_person and (is_title or is_adjective):
            cut = index + 1
    if is_person and cut < last:
        first = cut
    elif last - first == 1:
        word = tokens.text[first].rstrip(".")
        if word in TITLES or word in CALENDAR or tokens.lower[first] in known:
            first = last
    return first, last


def _wins(tokens: Tokens, own: Raw, inner: set[Raw]) -> bool:
    """Whether an entity of the parser is a name of its own and not the known names inside it."""
    if any(hit.first <= own.first and hit.last >= own.last for hit in inner):
        whole = [hit for hit in inner if (hit.first, hit.last) == (own.first, own.last)]
        is_namesake = bool(whole) and whole[0].sense in ("name", "capital") and own.last - own.first == 1
        return is_namesake and own.label == "PERSON" and has_title(tokens, own.first)
    if own.label == "PERSON":
        return _looks_like_person(tokens, own) and not any(hit.first == own.first for hit in inner)
    if own.label in BODIES:
        if any(hit.last == own.last and hit.sense in ("name", "office") for hit in inner):
            return False
        capitals = sum(tokens.text[index][:1].isupper() for index in range(own.first, own.last))
        held = sum(hit.last - hit.first for hit in inner)
        return tokens.text[own.last - 1] in ORGANISATIONS or capitals > held
    return False


def _looks_like_person(tokens: Tokens, raw: Raw) -> bool:
    words = raw.name.split()
    return (
        1 <= len(words) <= LONGEST_PERSON
        and ORGANISATIONS.isdisjoint(words)
        and all(word[:1].isupper() or word[:3].lower() in ("al-", "el-") or len(word) <= 3 for word in words)
    )


def has_title(tokens: Tokens, first: int) -> bool:
    """Whether a title or an office stands right before: ``Mr. Roe``, ``President Roe``."""
    if first == 0:
        return False
    word = tokens.text[first - 1]
    if word.rstrip(".") in ("Vice", "Former", "Deputy", "Republican", "Republicans", "Democrat", "Democrats"):
        return False
    role = roles().get(word.lower())
    return word.rstrip(".") in TITLES or (role is not None and not role.is_plural and word[:1].isupper())


def _given(tokens: Tokens, raw: Raw) -> bool:
    """Whether it begins with a given name and goes on like a person."""
    words = raw.name.split()
    return len(words) > 1 and pronoun_of(words[0]) is not None and _looks_like_person(tokens, raw)


def _is_located(tokens: Tokens, index: int) -> bool:
    return tokens.dep[index] == "pobj" and tokens.lower[tokens.head[index]] in ("in", "near", "outside")


def _is_part_of_title(tokens: Tokens, first: int) -> bool:
    """``Secretary of [Defense for Special Operations]``."""
    at = first - 1
    if at > 0 and tokens.lower[at] == "the":
        at -= 1
    return at > 0 and tokens.lower[at] in ("of", "for") and tokens.lower[at - 1] in AFTER_MINISTER


def _sorted(tokens: Tokens, raw: Raw, known: Surnames, gazetteer: Gazetteer) -> Mention | None:
    """The stretch as a mention, with its sort."""
    head = _head(tokens, raw.first, raw.last)

    def mention(sort: Sort, name: str = raw.name) -> Mention:
        return Mention(tokens.number, raw.first, raw.last, head, sort, name, raw.entry, raw.sense)

    if raw.entry is not None:
        printed = _words(tokens, raw.first, raw.last)
        if raw.sense == "capital":
            if surname(printed) in known.persons and has_title(tokens, raw.first):
                return Mention(tokens.number, raw.first, raw.last, head, "person", printed)
            return mention("state") if stands_for_government(tokens, raw.first, raw.last, head) else mention(
                "place", printed
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
        if is_state and raw.sense == "name" and surname(printed) in known.persons and raw.last - raw.first == 1:
            return Mention(tokens.number, raw.first, raw.last, head, "person", printed)
        return mention("state" if is_state else "body")
    label = known.label(raw)
    key = surname(raw.name)
    if has_title(tokens, raw.first) or _given(tokens, raw):
        return mention("person")
    if raw.last - raw.first == 1 and key in known.persons:
        return mention("person")
    if label == "PERSON" and _looks_like_person(tokens, raw):
        return mention("person")
    if label == "ORG" and raw.name in known.places and key not in known.persons:
        return mention("place")
    if label == "ORG" or (label == "PERSON" and not _looks_like_person(tokens, raw)):
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
            name = _words(tokens, first, index + 1)
            unseen.append(Mention(tokens.number, first, index + 1, index, "person", name))
    return unseen


def _head(tokens: Tokens, first: int, last: int) -> int:
    """The token whose syntactic head lies outside; the last one of several."""
    for index in range(last - 1, first - 1, -1):
        if not first <= tokens.head[index] < last or tokens.head[index] == index:
            return index
    return last - 1


def _words(tokens: Tokens, first: int, last: int) -> str:
    return " ".join(tokens.doc.text[tokens.start[first] : tokens.end[last - 1]].split())
