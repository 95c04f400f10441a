"""Who takes part, over many reports: names that mean the same actor are one party.

In a report whose reader says who its actors are, other words for who acted name no actor.
Names are compared, never guessed at: the same canonical name, a name that is another's alias, a last name that only
one person in all reports bears. Two persons with one last name stay apart, and so do a person and a place of one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.contest.actors import Actor, ActorKind
from realpolitik.contest.evidence import Claim
from realpolitik.reading.drafts.words import clean, folded, has_capital
from realpolitik.reading.lexicon import ORGANISATIONS, vocabulary

__all__ = ["Part", "Party", "Roster", "names_of"]

Part = Literal["stance", "act", "speech", "acted upon"]
"""What somebody does in a claim."""

WEIGHT: dict[Part, int] = {"stance": 3, "act": 3, "speech": 2, "acted upon": 2}
"""How much a claim counts for the rank of a party: those who act or take sides before those who are only heard."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Ends of a name that tell father and son apart."""

SPOKEN = frozenset({"quotation", "stance", "event"})
"""Kinds of claims whose speaker does something by them; a number inside a quotation adds nothing."""

PRONOUNS = vocabulary("he him she her they them it i me we us you who one")
"""Words that name nobody by themselves."""

LONGEST_NAME = 120
"""Characters of a name; a longer one is no name but a sentence."""

CONTEST = ""
"""Stands for the contest itself where a name comes from there and not from a report."""

Node = tuple[str, str]
"""A report and a folded name in it."""


@dataclass
class Party:
    """One actor with everything that the reports say of it."""

    name: str
    """As a reader knows it: the fullest name found."""

    kind: ActorKind = "other"
    key: str | None = None
    """Its name in the contest, if it is there already."""

    aliases: dict[str, None] = field(default_factory=dict)
    """Other names, in order of appearance."""

    offices: dict[tuple[str | None, str | None], list[str]] = field(default_factory=dict)
    """Role and affiliation, with the reports that give them."""

    parts: dict[str, Part] = field(default_factory=dict)
    """Ids of the claims in which it does something, with what it does there."""

    documents: dict[str, None] = field(default_factory=dict)
    """Reports that speak of it."""

    described: list[str] = field(default_factory=list)
    """Ids of the claims that say who it is."""

    doubts: list[str] = field(default_factory=list)
    """What was taken for granted, or left open, when names were put together."""

    @property
    def weight(self) -> int:
        """Sum over its claims, see :data:`WEIGHT`."""
        return sum(WEIGHT[part] for part in self.parts.values())


def names_of(joined: str | None) -> list[str]:
    """The names in a field that may join several by *and*; open ones (``?``) are left out."""
    parts = (joined or "").split(" and ")
    return [part.strip() for part in parts if part.strip() and part.strip() != "?"]


class Roster:
    """The parties of many reports.

    Parameters
    ----------
    claims : of all reports.
    actors : of the contest that the reports are added to, by name.
    """

    def __init__(self, claims: Iterable[Claim], actors: Mapping[str, Actor] | None = None) -> None:
        held = tuple(claims)
        self._home: dict[Node, int] = {}
        self._parties: list[Party] = []
        self._up: list[int] = []
        self._folded: list[str] = []
        self._enter_actors(actors or {})
        self._enter_claims(held)
        self._join_names()
        self._join_aliases()
        self._join_surnames()
        self._settle()
        for claim in held:
            self._take_part(claim)

    def of(self, document: str, name: str | None) -> Party | None:
        """Whom a report means by a name; None where that is open."""
        if not name:
            return None
        index = self._index(document, name)
        return None if index is None else self._parties[self._root(index)]

    def all_of(self, document: str, joined: str | None) -> list[Party]:
        """All whom a report means by names that may be joined by *and*."""
        whole = self.of(document, joined)
        found = [whole] if whole else [self.of(document, name) for name in names_of(joined)]
        return [party for party in found if party is not None]

    @property
    def parties(self) -> list[Party]:
        """Those who act, speak, take sides or are acted upon, most important first; at equal weight by appearance."""
        roots = [party for index, party in enumerate(self._parties) if self._root(index) == index]
        return sorted((party for party in roots if party.parts), key=lambda party: -party.weight)

    def _index(self, document: str, name: str) -> int | None:
        for place in (document, CONTEST):
            found = self._home.get((place, folded(name)))
            if found is not None:
                return found
        return None

    def _enter(self, document: str, name: str, kind: ActorKind = "other") -> int | None:
        key = (document, folded(name))
        if not key[1] or key[1] in PRONOUNS or len(name) > LONGEST_NAME:
            return None
        index = self._home.get(key)
        if index is None:
            index = self._home[key] = len(self._parties)
            self._parties.append(Party(clean(name), kind))
            self._up.append(index)
            self._folded.append(key[1])
        elif self._parties[index].kind == "other":
            self._parties[index].kind = kind
        if document != CONTEST:
            self._parties[index].documents[document] = None
        return index

    def _enter_actors(self, actors: Mapping[str, Actor]) -> None:
        for key, actor in actors.items():
            index = self._enter(CONTEST, actor.name, actor.kind)
            if index is None:
                continue
            self._parties[index].key = self._parties[index].key or key
            for alias in (key, *actor.aliases):
                self._home.setdefault((CONTEST, folded(alias)), index)
                self._parties[index].aliases[clean(alias)] = None

    def _enter_claims(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if claim.actor is None:
                continue
            index = self._enter(claim.document, claim.actor.name, claim.actor.kind)
            if index is not None:
                party = self._parties[index]
                party.described.append(claim.id)
                party.aliases.update(dict.fromkeys(map(clean, claim.actor.aliases)))
                if claim.actor.role or claim.actor.affiliation:
                    office = (claim.actor.role, claim.actor.affiliation)
                    party.offices.setdefault(office, []).append(claim.document)
        described = dict(self._aliases_in_their_report())
        told = {claim.document for claim in claims if claim.actor is not None}
        for claim in claims:
            for joined, part in _parts(claim):
                whole = self._known(claim.document, joined, described)
                for name in () if whole else names_of(joined):
                    if self._known(claim.document, name, described):
                        continue
                    if part in ("speech", "stance") or (has_capital(name) and claim.document not in told):
                        self._enter(claim.document, name, _guessed_kind(name) if part == "speech" else "other")

    def _known(self, document: str, name: str, described: Mapping[Node, int]) -> bool:
        """Whether the name is an actor's, or becomes one as the only alias of that sort in its report."""
        node = (document, folded(name))
        if node not in self._home and (CONTEST, node[1]) not in self._home and node in described:
            self._home[node] = described[node]
        return self._index(document, name) is not None

    def _aliases_in_their_report(self) -> Iterable[tuple[Node, int]]:
        """Aliases that only one actor of their report has."""
        bearers: dict[Node, set[int]] = {}
        for (document, _), index in self._home.items():
            for alias in self._parties[index].aliases:
                bearers.setdefault((document, folded(alias)), set()).add(index)
        return ((alias, found.pop()) for alias, found in bearers.items() if len(found) == 1)

    def _canonical(self) -> list[tuple[Node, int]]:
        """Names by which an actor may be known beyond its report: *the party* is another one elsewhere."""
        return [
            (node, index)
            for node, index in self._home.items()
            if node[0] == CONTEST or (has_capital(self._parties[index].name) and node[1] == self._folded[index])
        ]

    def _join_names(self) -> None:
        """One canonical name in several reports."""
        bearers: dict[tuple[str, ...], list[int]] = {}
        for (document, name), index in self._canonical():
            party = self._parties[index]
            is_alone = party.kind == "person" and len(name.split()) == 1 and document != CONTEST
            if not is_alone:
                bearers.setdefault(_name_key(name, party.kind), []).append(index)
                if party.kind == "other":
                    bearers.setdefault(_name_key(name, "person"), []).append(index)
        for found in bearers.values():
            self._join_all(found)

    def _join_all(self, found: Sequence[int]) -> None:
        """Join those that fit the first; a person and a body of one name stay apart."""
        firsts: list[int] = []
        for index in found:
            fitting = next((first for first in firsts if self._fit(first, index)), None)
            if fitting is None:
                firsts.append(index)
            else:
                self._join(fitting, index)

    def _join_aliases(self) -> None:
        """A name that is the alias of exactly one other actor."""
        by_alias: dict[str, set[int]] = {}
        for index, party in enumerate(self._parties):
            for alias in party.aliases:
                if has_capital(alias) and (party.kind != "person" or len(alias.split()) > 1):
                    by_alias.setdefault(folded(alias), set()).add(self._root(index))
        for (_, name), index in self._canonical():
            others = {self._root(other) for other in by_alias.get(name, ())} - {self._root(index)}
            if len(others) == 1 and self._fit(other := others.pop(), index):
                self._join(other, index)

    def _join_surnames(self) -> None:
        """A last name by itself means the one person who bears it, if there is exactly one."""
        full: dict[str, set[int]] = {}
        alone: dict[str, list[int]] = {}
        for (document, name), index in self._canonical():
            party = self._parties[index]
            words = [word for word in name.split() if word not in SUFFIXES]
            if party.kind == "person" and len(words) > 1:
                full.setdefault(words[-1], set()).add(self._root(index))
            elif len(words) == 1 and party.kind in ("person", "other") and document != CONTEST:
                alone.setdefault(name, []).append(index)
        for name, found in alone.items():
            bearers = sorted({self._root(index) for index in full.get(name, ())})
            persons = [index for index in found if self._parties[index].kind == "person"]
            if len(bearers) == 1:
                self._take_for(bearers[0], found)
            elif bearers:
                told = " or ".join(self._parties[index].name for index in bearers[:4])
                for index in persons:
                    self._parties[index].doubts.append(f"May be {told}.")
            else:
                self._join_all(persons)

    def _take_for(self, bearer: int, found: Sequence[int]) -> None:
        for index in found:
            party = self._parties[index]
            if self._root(index) != self._root(bearer) and self._fit(bearer, index):
                where = ", ".join(party.documents)
                self._parties[bearer].doubts.append(f"'{party.name}' in {where} is taken for the same person.")
                self._join(bearer, index)

    def _fit(self, one: int, other: int) -> bool:
        kinds = {self._parties[self._root(one)].kind, self._parties[self._root(other)].kind}
        return len(kinds) == 1 or "other" in kinds or "person" not in kinds

    def _root(self, index: int) -> int:
        while self._up[index] != index:
            self._up[index] = self._up[self._up[index]]
            index = self._up[index]
        return index

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        self._up[high] = low
        if self._parties[low].kind == "other":
            self._parties[low].kind = self._parties[high].kind

    def _settle(self) -> None:
        """Put what was gathered for each name into the party that it belongs to."""
        for index, party in enumerate(self._parties):
            root = self._parties[self._root(index)]
            if root is party:
                continue
            names = [party.name, *party.aliases]
            if not root.key and root.kind == "person" and len(party.name.split()) > len(root.name.split()):
                root.name, names[0] = party.name, root.name
            root.aliases.update(dict.fromkeys(names))
            for office, documents in party.offices.items():
                root.offices.setdefault(office, []).extend(documents)
            root.documents.update(party.documents)
            root.described += party.described
            root.doubts += party.doubts
        for party in self._parties:
            party.aliases.pop(party.name, None)

    def _take_part(self, claim: Claim) -> None:
        for joined, part in _parts(claim):
            for party in self.all_of(claim.document, joined):
                held = party.parts.get(claim.id)
                if held is None or WEIGHT[part] > WEIGHT[held]:
                    party.parts[claim.id] = part


def _parts(claim: Claim) -> Iterable[tuple[str, Part]]:
    """Who does what in a claim; several may be joined by *and*."""
    if claim.speaker and claim.speaker.actor and claim.kind in SPOKEN:
        yield claim.speaker.actor, "stance" if claim.stance else "speech"
    if claim.event:
        if claim.event.source:
            yield claim.event.source, "act"
        if claim.event.target:
            yield claim.event.target, "acted upon"
        for name in claim.event.denied_by:
            yield name, "speech"


def _name_key(name: str, kind: ActorKind) -> tuple[str, ...]:
    """What two names of one actor share: of a person the first name, the last name and what follows it."""
    words = name.split()
    if kind != "person" or len(words) < 3 or len(words[0]) < 2:
        return (name,)
    last = len(words) - 1
    while last > 1 and words[last] in SUFFIXES:
        last -= 1
    return (" ".join((words[0], *words[last:])),)


def _guessed_kind(name: str) -> ActorKind:
    """Of a speaker whom no claim describes."""
    words = name.split()
    return "person" if len(words) > 1 and ORGANISATIONS.isdisjoint(words) else "other"
