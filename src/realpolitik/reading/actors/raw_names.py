"""Stretches that may be names: the entities of the parser and the words of the gazetteer, made one.

What the gazetteer knows wins over a shorter or equal entity; a longer entity wins where it is a person's or a body's
name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from realpolitik.reading.actors.gazetteer import Gazetteer, Sense
from realpolitik.reading.actors.roles import roles
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import CALENDAR, DETERMINERS, ORGANISATIONS, TITLES, vocabulary

__all__ = ["PARTY", "Raw", "has_title", "looks_like_person", "raw_names", "with_article", "with_turn", "words_of"]

PARTY = "PARTY"
"""Label, beside those of the parser, of a party that no list knows."""

LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})
BODIES = frozenset({"ORG", "FAC", "PRODUCT"})
DROPPED = frozenset({"EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
ARTICLES = frozenset({"the", "a", "an"})
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})
"""Words after a comma that belong to the name before it."""

ENDS = frozenset({"'s", "'", ",", ".", '"', "-", "--", "–", "—", ")", "(", "&"})
AFTER_MINISTER = vocabulary("secretary minister ministers undersecretary ministry department")
MONTHS = vocabulary("Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec")
LONGEST_PERSON = 6
SHORTEST = 3
"""Characters of a name that begins a turn; *Q* and *A* are none."""
BETWEEN = vocabulary(
    "new old current former then-ruling ruling caretaker interim transitional central federal national provisional "
    "elected incoming outgoing own recognized recognised recognised internationally backed unity coalition"
)
"""Words between a state and its office: ``Iraqi caretaker government``."""


class Raw(NamedTuple):
    """A stretch of tokens before it has a sort."""

    first: int
    last: int
    label: str
    entry: str | None
    sense: Sense | Literal["office"] | None
    name: str


def raw_names(tokens: Tokens, gazetteer: Gazetteer, body: set[str] | None) -> list[Raw]:
    """What may be a name; of a headline, where every word may be a capital, only what the ``body`` repeats."""
    hits = list(_hits(tokens, gazetteer))
    hits = [_longer_party(tokens, hit, gazetteer) for hit in hits]
    hits += list(_offices(tokens, [hit for hit in hits if hit.entry], gazetteer))
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
        if entity.label_ == "PERSON" or (entity.label_ == "ORG" and last - first == 3):
            first = _after_comma(tokens, first, last)
        if first >= last or last - first > 12 or _is_no_name(tokens, first, last, entity.label_):
            continue
        if entity.label_ == "PERSON" and last - first == 1:
            first = _with_given_name(tokens, first, owner)
        inner = {hit for index in range(first, last) for hit in owner.get(index, ())}
        own = Raw(first, last, entity.label_, None, None, words_of(tokens, first, last))
        if body is not None and not body.issuperset(tokens.text[first:last]):
            continue
        if not inner:
            if entity.label_ not in DROPPED and not _is_part_of_title(tokens, first) and own.name[:1].isalpha():
                found.append(own)
        elif _wins(tokens, own, inner):
            dropped |= inner
            found.append(own)
    found += [hit for hit in hits if hit not in dropped]
    if body is None:
        found += _titled(tokens, {index for raw in found for index in range(raw.first, raw.last)})
    return found


def with_turn(tokens: Tokens, found: Sequence[Raw], end: int, begins: int) -> list[Raw]:
    """The stretches, with the name that begins a turn of a transcript, unless it says a role or a known body only."""
    name, spoken = tokens.between(0, end), tokens.at(begins)
    kept = [raw for raw in found if raw.first >= (name.stop if raw.entry else spoken)]
    first = 0
    while first < name.stop and (tokens.text[first].rstrip(".").title() in TITLES or tokens.text[first] == "."):
        first += 1
    words = words_of(tokens, first, name.stop) if first < name.stop else ""
    is_role = all(word.lower() in roles() for word in words.split())
    if any(raw.entry for raw in found if raw.first < name.stop):
        return list(found)
    if is_role or len(words) < SHORTEST or not {word.title() for word in words.split()}.isdisjoint(ORGANISATIONS):
        return kept
    return [Raw(first, name.stop, "PERSON", None, None, words.title() if words.isupper() else words), *kept]


def _after_comma(tokens: Tokens, first: int, last: int) -> int:
    """Where a name begins of which the parser took words before a comma as well: ``in Arnor, Lee told``."""
    if tokens.lower[last - 1] in SUFFIXES:
        return first
    return max((index + 1 for index in range(first, last) if tokens.text[index] == ","), default=first)


def _is_no_name(tokens: Tokens, first: int, last: int, label: str) -> bool:
    """``Mar 12``, ``#AlmaBay``, ``HOST``, ``Home Minister``; a common noun that begins a sentence: ``Turnout was``."""
    if last - first > 1:
        if tokens.text[first].rstrip(".") in MONTHS and tokens.text[first + 1].isdigit():
            return True
        return all(word.isupper() and word.lower() in roles() for word in tokens.text[first:last])
    word = tokens.text[first]
    follows = tokens.text[last : last + 1]
    before = tokens.text[first - 1] if first else ""
    if label == "ORG" and follows and follows[0] in ("Minister", "Secretary", "Ministry"):
        return True
    if word.rstrip(".") in MONTHS and follows and follows[0][:1].isdigit():
        return True
    if before == "#" or (before == "(" and first == 1) or (word.isupper() and tokens.lower[first] in roles()):
        return True
    begins = not first or tokens.sentence[first - 1] != tokens.sentence[first]
    return label == "PERSON" and begins and tokens.tag[first] in ("NN", "NNS")


def _with_given_name(tokens: Tokens, index: int, owner: dict[int, list[Raw]]) -> int:
    """Where a name begins of which the parser saw the last word only: ``the governor of Daran, Leyla Osman``."""
    before = index - 1
    is_part = (
        before >= 0
        and tokens.head[before] == index
        and tokens.tag[before] == "NNP"
        and before not in owner
        and tokens.text[before].istitle()
        and _can_be_name(tokens, before)
        and tokens.doc[before].ent_type_ == ""
    )
    return before if is_part else index


def _longer_party(tokens: Tokens, hit: Raw, gazetteer: Gazetteer) -> Raw:
    """``Democratic Left``: the adjective of a known party inside the name of another."""
    entry = gazetteer.entries[hit.entry or ""]
    at = hit.last
    if hit.sense != "adjective" or entry.kind != "party" or at >= len(tokens):
        return hit
    ends = at + 1 == len(tokens) or tokens.tag[at + 1] != "NNP"
    if ends and tokens.tag[at] == "NNP" and tokens.head[hit.last - 1] == at and _can_be_name(tokens, at):
        return Raw(hit.first, at + 1, PARTY, None, None, words_of(tokens, hit.first, at + 1))
    return hit


def _titled(tokens: Tokens, taken: set[int]) -> Iterator[Raw]:
    """Names after a title that the parser passed over: ``King Hakon``."""
    for index, tag in enumerate(tokens.tag):
        if tag != "NNP" or index in taken or not _can_be_name(tokens, index) or not has_title(tokens, index):
            continue
        last = index + 1
        while last < len(tokens) and last not in taken and tokens.tag[last] == "NNP" and _can_be_name(tokens, last):
            last += 1
        yield Raw(index, last, "PERSON", None, None, words_of(tokens, index, last))


def _can_be_name(tokens: Tokens, index: int) -> bool:
    word = tokens.text[index]
    is_other = word in TITLES or word in CALENDAR or word in ORGANISATIONS or tokens.lower[index] in roles()
    return word[:1].isupper() and word[-1:].isalpha() and not word.isupper() and not is_other


def _hits(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[Raw]:
    for hit in gazetteer.hits(tokens.words):
        indices = tokens.between(hit.start, hit.end)
        follows = tokens.text[indices[-1] + 1] if len(indices) and indices[-1] + 1 < len(tokens) else ""
        if len(indices) and not follows.startswith("@"):
            label = tokens.doc[indices[0]].ent_type_
            yield Raw(indices[0], indices[-1] + 1, label, hit.entry, hit.sense, hit.entry)


def _offices(tokens: Tokens, hits: Sequence[Raw], gazetteer: Gazetteer) -> Iterator[Raw]:
    """``Iraq’s new government``, ``the ministry of oil of Iraq``: a body that every state has, with its state."""
    for hit in hits:
        entry = gazetteer.entries.get(hit.entry or "")
        if (
            entry is None
            or not (entry.kind == "state" or entry.adjectives or entry.capital)
            or hit.sense in ("people", "seat")
        ):
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
    needs = state.startswith("United ") or state.endswith(
        ("Republic", "Islands", "Netherlands", "Philippines", "Union")
    )
    return f"the {state}" if needs or state == "Democratic Republic of the Congo" else state


def _trimmed(tokens: Tokens, first: int, last: int, owner: dict[int, list[Raw]], *, is_person: bool) -> tuple[int, int]:
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
        return looks_like_person(tokens, own) and not any(hit.first == own.first for hit in inner)
    if own.label in BODIES:
        if any(hit.last == own.last and hit.sense in ("name", "office") for hit in inner):
            return False
        capitals = sum(tokens.text[index][:1].isupper() for index in range(own.first, own.last))
        held = sum(hit.last - hit.first for hit in inner)
        return tokens.text[own.last - 1] in ORGANISATIONS or capitals > held
    return False


def looks_like_person(tokens: Tokens, raw: Raw) -> bool:
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


def _is_part_of_title(tokens: Tokens, first: int) -> bool:
    """``Secretary of [Defense for Special Operations]``."""
    at = first - 1
    if at > 0 and tokens.lower[at] == "the":
        at -= 1
    return at > 0 and tokens.lower[at] in ("of", "for") and tokens.lower[at - 1] in AFTER_MINISTER


def words_of(tokens: Tokens, first: int, last: int) -> str:
    return " ".join(tokens.words[tokens.start[first] : tokens.end[last - 1]].split())
