"""From mentions to actors: one walk over the report gives each mention its actor and each actor its traits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from realpolitik.contest.actors import ActorKind
from realpolitik.reading.actors.bodies import Bodies, kind_of_name
from realpolitik.reading.actors.discourse import NEUTER, PERSONAL, PLURAL, Discourse, Referent
from realpolitik.reading.actors.gazetteer import Gazetteer
from realpolitik.reading.actors.groups import SELF_SUFFICIENT, Phrase, is_mass, phrases
from realpolitik.reading.actors.naming import Mention
from realpolitik.reading.actors.offices import role_given
from realpolitik.reading.actors.persons import Persons
from realpolitik.reading.actors.raw_names import with_article
from realpolitik.reading.actors.roles import roles
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["Casting", "Part"]

PRONOUNS = frozenset(PERSONAL) | PLURAL | NEUTER
SPOKESPERSONS = vocabulary("spokesman spokeswoman spokesperson")
HOLDERS = vocabulary("president premier chancellor king queen emir sultan monarch ambassador envoy") | {
    "prime minister"
}
"""Offices that one person holds: with a state they name somebody even without a name."""

QUANTITIES = vocabulary("many most some several")
STAFFS = vocabulary("campaign administration foundation camp team")
OFFICES = {
    "government": "Government",
    "cabinet": "Cabinet",
    "parliament": "Parliament",
    "military": "Armed Forces",
    "army": "Armed Forces",
    "police": "Police",
}
GENERIC: dict[str, tuple[str, ...]] = {
    "state": ("country", "nation", "state"),
    "armed group": ("group", "organization", "organisation", "movement", "militia"),
    "movement": ("group", "organization", "organisation", "movement"),
    "party": ("party",),
    "coalition": ("coalition", "alliance", "bloc", "group"),
    "international body": ("organization", "organisation", "group"),
    "other": ("group", "organization", "organisation"),
}
MOST_ALIASES = 12
SEATING = vocabulary("won win wins lost loses lose gained gains took takes held holds has had secured captured")
REACH = 8
"""Tokens from a verb in which the seats stand."""
FORMER = vocabulary("former ex late then retired")


@dataclass
class Part:
    """An actor while its mentions are gathered."""

    name: str
    kind: ActorKind
    affiliation: str | None = None
    role: str | None = None
    pronoun: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    mentions: list[Stretch] = field(default_factory=list)
    counts: bool = True
    """Whether it is an actor: a group without a name is one only where it acts or speaks."""
    is_reporter: bool = False
    """Reporters, photographers and editors are no actors."""


class Casting:
    """The walk over the report."""

    def __init__(
        self,
        parsed: Sequence[Tokens],
        mentions: Sequence[Mention],
        persons: Persons,
        bodies: Bodies,
        gazetteer: Gazetteer,
    ) -> None:
        self._parsed = parsed
        self._persons = persons
        self._bodies = bodies
        self._gazetteer = gazetteer
        self.by_passage: list[list[Mention]] = [[] for _ in parsed]
        """Named mentions by passage."""
        for mention in mentions:
            self.by_passage[mention.passage].append(mention)
        self._parts: dict[str, Part] = {}
        self._referents: dict[str, Referent] = {}
        self._at: dict[tuple[int, int], str] = {}
        self._belongs: dict[int, str] = {}
        self._governed: set[str] = set()
        self._discourse = Discourse()

    def parts(self) -> Iterator[Part]:
        """The actors, in order of appearance."""
        held = [part for part in self._parts.values() if part.counts and part.mentions and not part.is_reporter]
        yield from sorted(held, key=lambda part: part.mentions[0])

    def walk(self) -> dict[tuple[int, int], str]:
        """Name by passage and token of the head of each mention."""
        for tokens, mentions in zip(self._parsed, self.by_passage, strict=True):
            self._discourse.enter(tokens)
            self._belongs = {}
            items: list[tuple[int, Mention | Phrase | None]] = [(mention.head, mention) for mention in mentions]
            items += [(phrase.head, phrase) for phrase in phrases(tokens, mentions, self._gazetteer)]
            items += [(index, None) for index, lower in enumerate(tokens.lower) if lower in PRONOUNS]
            items += [(index, None) for index, lower in enumerate(tokens.lower[:-1]) if _takes_up(tokens, index, lower)]
            for mention in mentions:
                if mention.sort == "person":
                    self._introduce(tokens, mention)
            for index, item in sorted(items, key=lambda pair: pair[0]):
                if isinstance(item, Mention):
                    self._named(tokens, item)
                elif item is not None:
                    self._phrase(tokens, item)
                else:
                    many = tokens.lower[index] in QUANTITIES
                    found = self._discourse.quantity(index) if many else self._discourse.pronoun(index)
                    if found and found.key:
                        self._at[tokens.number, index] = found.key
        return self._at

    def _part(self, name: str, kind: ActorKind, affiliation: str | None = None, *, counts: bool = True) -> Part:
        part = self._parts.get(name)
        if part is None:
            part = self._parts[name] = Part(name, kind, affiliation, counts=counts)
        part.counts = part.counts or counts
        return part

    def _referent(self, part: Part, sort: str) -> Referent:
        referent = self._referents.get(part.name)
        if referent is None:
            referent = self._referents[part.name] = Referent(part.name, sort, part.pronoun)
            if part.affiliation:
                referent.belongs.add(part.affiliation)
            if sort in ("body", "state"):
                words = [word.lower() for word in part.name.split() if word.lower() in roles()]
                referent.roles.update((*words, *GENERIC.get(part.kind, ())))
                if part.affiliation and part.name == self._gazetteer.parliament(part.affiliation):
                    referent.roles |= {"parliament", "legislature", "assembly"}
        return referent

    def _introduce(self, tokens: Tokens, mention: Mention) -> None:
        """A person's roles at this mention."""
        person = self._persons.person_of.get((mention.passage, mention.head))
        if person is None:
            return
        part = self._part(person.name, "person")
        referent = self._referent(part, "person")
        for given in role_given(tokens, mention, self.by_passage[tokens.number]):
            words = tokens.words[tokens.start[given.first] : tokens.end[given.last - 1]] if given.nouns else None
            part.role = part.role or (" ".join(words.split()) if words else None)
            tied = self._bodies.canonical(given.affiliation or "")
            if tied:
                part.affiliation = part.affiliation or tied
                referent.belongs.add(tied)
                state = self._gazetteer.entries.get(tied)
                referent.belongs.update({state.of} if state and state.of else ())
            part.is_reporter = part.is_reporter or given.is_reporter
            person.pronoun = person.pronoun or given.pronoun
            nouns = {noun for one in given.nouns for noun in (one, *roles()[one].broader)}
            referent.roles |= nouns
            if words and not FORMER.isdisjoint(words.lower().replace("-", " ").split()[:2]):
                referent.past |= nouns
            if given.nouns and given.last - given.first:
                self._belongs[given.noun] = person.name
        part.pronoun = referent.pronoun = person.pronoun or referent.pronoun

    def _named(self, tokens: Tokens, mention: Mention) -> None:
        part, sort = self._part_of(tokens, mention)
        if part is None:
            if mention.sort == "person":
                self._discourse.meet(Referent(None, "person"), mention.head)
            return
        if mention.entry is None and sort == "body" and part.kind != "party" and _holds_seats(tokens, mention.head):
            part.kind = "party"
        self._at.setdefault((tokens.number, mention.head), part.name)
        self._mention(part, tokens, mention.first, mention.last)
        quietly = mention.sense == "adjective" or tokens.dep[mention.head] in ("poss", "compound", "amod")
        self._discourse.meet(self._referent(part, sort), mention.head, quietly=quietly)

    def _part_of(self, tokens: Tokens, mention: Mention) -> tuple[Part | None, str]:
        if mention.sort == "place":
            return None, "place"
        if mention.sort == "person":
            person = self._persons.person_of.get((mention.passage, mention.head))
            return (self._part(person.name, "person") if person else None), "person"
        if mention.sense == "office":
            self._governed.add(mention.entry or "")
            entry = self._gazetteer.entries.get(mention.name)
            return self._part(mention.name, entry.kind if entry else "government", mention.entry), "body"
        entry = self._gazetteer.entries.get(mention.entry or "")
        if entry is not None and mention.sort == "people" and entry.kind in ("state", "government", "other"):
            return self._part(mention.name, "public", entry.name), "people"
        if entry is not None:
            return self._part(entry.name, entry.kind, entry.of), "state" if mention.sort == "state" else "body"
        if mention.sort == "people":
            return self._part(mention.name, "public"), "people"
        name = self._bodies.canonical(mention.name)
        entry = self._gazetteer.entries.get(name)
        return self._part(name, entry.kind if entry else kind_of_name(name), entry.of if entry else None), "body"

    def _mention(self, part: Part, tokens: Tokens, first: int, last: int, *, is_alias: bool = True) -> None:
        stretch = Stretch(tokens.number, tokens.start[first], tokens.end[last - 1])
        if not part.mentions or part.mentions[-1] != stretch:
            part.mentions.append(stretch)
        if is_alias and len(part.aliases) < MOST_ALIASES:
            words = " ".join(tokens.words[stretch.start : stretch.end].split())
            part.aliases.setdefault(words)

    def _phrase(self, tokens: Tokens, phrase: Phrase) -> None:
        owner = self._belongs.get(phrase.head) or self._apposed(tokens, phrase.head)
        if owner:
            self._at.setdefault((tokens.number, phrase.head), owner)
            return
        if (tokens.number, phrase.head) in self._at:
            return
        part, referent = self._group(tokens, phrase) if phrase.is_plural else self._somebody(tokens, phrase)
        if referent.key or tokens.dep[phrase.head] != "attr":
            self._discourse.meet(referent, phrase.head, quietly=tokens.dep[phrase.head] == "poss")
        if referent.key:
            self._at[tokens.number, phrase.head] = referent.key
        if part is not None:
            is_alias = not (phrase.is_bare or (part.mentions and phrase.is_definite))
            self._mention(part, tokens, phrase.core, phrase.last, is_alias=is_alias)

    def _apposed(self, tokens: Tokens, head: int) -> str | None:
        """The person to whom the phrase is in apposition."""
        if tokens.dep[head] != "appos":
            return None
        name = self._at.get((tokens.number, tokens.head[head]))
        part = self._parts.get(name or "")
        return name if part and part.kind == "person" else None

    def _owner(self, tokens: Tokens, phrase: Phrase) -> Part | None:
        return self._part_of(tokens, phrase.owner)[0] if phrase.owner else None

    def _somebody(self, tokens: Tokens, phrase: Phrase) -> tuple[Part | None, Referent]:
        """One person without a name."""
        role = phrase.role
        owner = self._owner(tokens, phrase)
        if role.noun in SPOKESPERSONS and (owner or phrase.state):
            part = owner or self._parts.get(phrase.state or "")
            if part is not None and part.kind != "person":
                return None, Referent(part.name, "person", role.pronoun, {role.noun, *role.broader})
        if phrase.is_definite and not (owner and owner.kind == "person"):
            found = self._discourse.role(phrase, owner.name if owner else None)
            if found:
                return self._parts.get(found.key or ""), found
            if phrase.state and role.noun in HOLDERS and owner is None:
                part = self._part(phrase.name, "person", phrase.state, counts=phrase.acts)
                referent = self._referent(part, "person")
                referent.roles |= {role.noun, *role.broader}
                return part, referent
        return None, Referent(
            None, "person", role.pronoun, {role.noun, *role.broader}, belongs={phrase.state} if phrase.state else set()
        )

    def _group(self, tokens: Tokens, phrase: Phrase) -> tuple[Part | None, Referent]:
        """Several persons, or a group, without a name."""
        noun = phrase.role.noun
        owner = self._owner(tokens, phrase)
        if noun in STAFFS and owner is not None and owner.kind == "person":
            part = self._part(f"{owner.name.split()[-1]} {noun}", phrase.role.kind, owner.name)
            return part, self._with_roles(part, phrase)
        definite = phrase.is_definite or (phrase.is_bare and noun in OFFICES)
        if definite and owner is None and (phrase.is_bare or phrase.state is None):
            found = self._discourse.role(phrase)
            if found:
                return self._parts.get(found.key or ""), found
        if phrase.is_bare and definite and not phrase.is_owned and noun in OFFICES and len(self._governed) == 1:
            state = next(iter(self._governed))
            name = (
                f"{OFFICES[noun]} of {with_article(state)}"
                if noun != "parliament"
                else self._gazetteer.parliament(state)
            )
            part = self._part(name, "government", state)
            return part, self._with_roles(part, phrase)
        stands = phrase.role.is_plural or noun in SELF_SUFFICIENT or (phrase.state and not phrase.is_bare)
        stands = stands and not (phrase.role.kind == "state" and phrase.is_bare)
        if not stands or not is_mass(phrase):
            return None, Referent(None, "group", None, {noun})
        part = self._part(phrase.name, phrase.role.kind, owner.name if owner else phrase.state, counts=phrase.acts)
        return part, self._with_roles(part, phrase)

    def _with_roles(self, part: Part, phrase: Phrase) -> Referent:
        referent = self._referent(part, "group")
        referent.roles |= {phrase.role.noun, *phrase.role.broader}
        return referent


def _takes_up(tokens: Tokens, index: int, lower: str) -> bool:
    """``Many also fear …``: a quantity that goes on about the same group."""
    return lower in QUANTITIES and tokens.dep[index] == "nsubj" and tokens.lower[index + 1] in ("also", "too")


def _holds_seats(tokens: Tokens, index: int) -> bool:
    """``The Civic Union won 71 seats``: what wins or loses seats is a party."""
    verb = tokens.head[index]
    if tokens.dep[index] not in ("nsubj", "conj") or tokens.lower[verb] not in SEATING:
        return False
    return not {"seat", "seats"}.isdisjoint(tokens.lower[verb : verb + REACH])
