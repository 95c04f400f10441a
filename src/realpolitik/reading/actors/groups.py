"""Persons and groups without a name: *protesters*, *Iraqi politicians*, *the president*, *a lawmaker*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from realpolitik.reading.actors.gazetteer import Gazetteer
from realpolitik.reading.actors.naming import Mention
from realpolitik.reading.actors.roles import Role, roles
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import DETERMINERS, vocabulary

__all__ = ["SELF_SUFFICIENT", "Phrase", "is_mass", "phrases"]

LEFT = vocabulary("det amod compound poss nummod nmod case quantmod advmod predet punct conj cc npadvmod preconj")
"""Relations of the words before a noun that belong to its phrase."""

ACTING = vocabulary("nsubj agent")
QUANTITIES = DETERMINERS | vocabulary(
    "most many some several few other various numerous dozens hundreds thousands more fewer three four five six seven "
    "eight nine ten whose but also even only about roughly around nearly almost both all such certain growing few"
)
ARTICLES = vocabulary("the this that these those both")
MASSES = vocabulary("official authority force troop prosecutor police investigator opposition")
"""Groups of which *the* names all, as it does of protesters and voters."""

SELF_SUFFICIENT = vocabulary("opposition public police crowd mob population military army minority parliament")
"""Groups that need no name where the report is about one of them."""

LONGEST = 10


class Phrase(NamedTuple):
    """A noun phrase for a person or a group, without a name at its head."""

    passage: int
    first: int
    last: int
    head: int
    role: Role
    is_plural: bool
    """Several persons, or a group."""
    is_definite: bool
    """``the``, ``this``, ``that``, ``those``."""
    is_owned: bool
    """A possessive pronoun says whose."""
    is_bare: bool
    """No modifier says which."""
    state: str | None
    """The state whose name or adjective stands in it, or that owns it."""
    owner: Mention | None
    """The body or person that stands in it or after ``of``, ``for``, ``from``: ``a spokesman for …``."""
    core: int
    """First token without article and quantity."""
    name: str
    """Its words from there on."""
    acts: bool
    """Whether it is a subject, an agent, or what words are according to."""


def phrases(tokens: Tokens, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Phrase]:
    """The phrases of a passage, in order; ``mentions`` are its named ones."""
    known = roles()
    heads = {mention.head for mention in mentions}
    by_token = {index: mention for mention in mentions for index in range(mention.first, mention.last)}
    for index, lower in enumerate(tokens.lower):
        role = known.get(lower)
        if role is None or index in heads or not _is_noun(tokens, index):
            continue
        above = tokens.head[index]
        if tokens.dep[index] in ("compound", "amod", "nmod") and above > index and tokens.tag[above][0] == "N":
            continue
        if tokens.tag[index].startswith("NNP") and tokens.dep[index] in ("compound", "poss") and index not in by_token:
            continue
        held = by_token.get(index)
        if held is not None and held.sort != "state":
            continue
        pair = known.get(f"{tokens.lower[index - 1]} {lower}") if index else None
        yield _phrase(tokens, index, pair or role, by_token, gazetteer)


def _is_noun(tokens: Tokens, index: int) -> bool:
    """A noun, or what the tagger takes for an adjective after *the*: ``the public``."""
    tag = tokens.tag[index]
    return tag[0] == "N" or (tag[0] == "J" and index > 0 and tokens.lower[index - 1] == "the")


def is_mass(phrase: Phrase) -> bool:
    """Whether the phrase can name a group by itself: not ``the candidates``, ``the two men``, ``their aides``."""
    if phrase.is_owned:
        return False
    if phrase.is_bare and phrase.role.noun in ("man", "woman", "boy", "girl"):
        return False
    return not (phrase.is_bare and phrase.is_definite) or (
        phrase.role.kind in ("public", "movement", "armed group") or phrase.role.noun in MASSES
    )


def _phrase(tokens: Tokens, head: int, role: Role, by_token: dict[int, Mention], gazetteer: Gazetteer) -> Phrase:
    first = head
    while first and head - first < LONGEST and _belongs(tokens, first - 1, head):
        first -= 1
    if first == head and first and tokens.lower[first - 1] == "the":
        first -= 1
    state: str | None = None
    owner: Mention | None = None
    for index in range(first, head):
        mention = by_token.get(index)
        if mention is None or mention.sort == "place":
            continue
        if mention.sort != "state":
            owner = owner or mention
        elif not (mention.first > 1 and tokens.text[mention.first - 1] == "-"):
            state = mention.entry
    owner = owner or _after(tokens, head, by_token)
    opening = tokens.lower[first]
    kept = [i for i in range(first, head + 1) if not (tokens.lower[i] in QUANTITIES or tokens.tag[i] in ("CD", "PDT"))]
    while len(kept) > 1 and tokens.lower[kept[0]] in (",", "-", "and", "'s", "of", '"'):
        kept = kept[1:]
    name = _name(tokens, kept, by_token, gazetteer)
    is_plural = role.is_plural or role.is_group or tokens.lower[head] in ("police", "people")
    return Phrase(
        passage=tokens.number,
        first=first,
        last=head + 1,
        head=head,
        role=role,
        is_plural=is_plural,
        is_definite=opening in ARTICLES,
        is_owned=any(tokens.tag[index] == "PRP$" for index in range(first, head)),
        is_bare=len(kept) == 1 and owner is None,
        state=state,
        owner=owner,
        core=kept[0],
        name=name,
        acts=_acts(tokens, head),
    )


def _belongs(tokens: Tokens, index: int, head: int) -> bool:
    """Whether a word before a noun is part of its phrase: ``Sunni Arab and Kurdish`` MPs, ``Iraq’s`` minorities."""
    dep, tag = tokens.dep[index], tokens.tag[index]
    if dep == "punct":
        return tokens.text[index] == "-" and tokens.end[index] == tokens.start[index + 1]
    if tokens.head[index] < index:
        is_joint = tag == "CC" and index > 0 and tokens.tag[index - 1][:2] == "JJ"
        return tag == "POS" or is_joint or (tag == "JJ" and dep in ("conj", "appos"))
    return tokens.head[index] <= head and dep in LEFT and (tag[:2] not in ("VB", "IN") or tag == "VBN")


def _after(tokens: Tokens, head: int, by_token: dict[int, Mention]) -> Mention | None:
    """The body after ``of``, ``for``, ``from``, ``with``: ``a spokesman for the ministry``."""
    at = head + 1
    if at >= len(tokens) or tokens.lower[at] not in ("of", "for", "from", "with", "at"):
        return None
    for index in range(at + 1, min(at + 6, len(tokens))):
        mention = by_token.get(index)
        if mention is not None and mention.sort != "place" and tokens.head[mention.head] == at:
            return mention
    return None


def _name(tokens: Tokens, kept: Sequence[int], by_token: dict[int, Mention], gazetteer: Gazetteer) -> str:
    """The words; the possessive of a state as its adjective: ``Iraq’s minorities`` are ``Iraqi minorities``."""
    mention = by_token.get(kept[0])
    is_state = mention is not None and mention.sort == "state" and mention.last < len(tokens)
    if mention is not None and is_state and tokens.lower[mention.last] in ("'s", "'"):
        entry = gazetteer.entries[mention.entry or ""]
        rest = [index for index in kept if index > mention.last]
        if entry.adjectives and rest:
            return f"{entry.adjectives[0]} {_words(tokens, rest)}"
    return _words(tokens, kept)


def _words(tokens: Tokens, kept: Sequence[int]) -> str:
    parts: list[str] = []
    for at, index in enumerate(kept):
        glued = at > 0 and kept[at - 1] == index - 1 and tokens.end[index - 1] == tokens.start[index]
        parts.append(tokens.text[index] if glued or not parts else f" {tokens.text[index]}")
    words = "".join(parts)
    first = words.split(" ", 1)[0]
    if kept[0] == 0 or tokens.sentence[kept[0] - 1] != tokens.sentence[kept[0]]:
        words = words[:1].lower() + words[1:] if first.lower() in roles() else words
    is_name = first.isupper() or tokens.tag[kept[0]].startswith("NNP") or tokens.tag[kept[0]] == "JJ"
    return words if is_name or not first[:1].isupper() else words[:1].lower() + words[1:]


def _acts(tokens: Tokens, head: int) -> bool:
    for _ in range(6):
        if tokens.dep[head] != "conj" or tokens.head[head] == head:
            break
        head = tokens.head[head]
    above = tokens.head[head]
    if tokens.dep[head] in ACTING:
        return tokens.lower[above] not in ("is", "was", "are", "were", "be", "been", "being")
    if tokens.dep[head] == "pobj":
        if tokens.dep[above] == "agent":
            return True
        return tokens.lower[above] == "to" and above > 0 and tokens.lower[above - 1] == "according"
    return False
