"""Persons of a report: which full name a last name, a given name or a shorter form means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from realpolitik.reading.actors.naming import GENERATIONS, Mention, surname
from realpolitik.reading.actors.raw_names import has_title
from realpolitik.reading.actors.roles import pronoun_of, roles
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["Person", "Persons", "pronoun_of_title"]

MALE_TITLES = vocabulary("mr sir lord king prince baron duke sheikh sheik imam ayatollah pope father")
FEMALE_TITLES = vocabulary("mrs ms miss lady queen princess madam dame baroness duchess sister")

DOMINANT = 3
"""A last name that two persons bear means the one who was clearly named this many times as often, if any."""


MOST_NAMESAKES = 20
"""A last name that more persons bear means none of them by itself."""


class Person:
    """One person of the report."""

    def __init__(self, name: str, order: int) -> None:
        self.name = name
        self.order = order
        """Number of the first mention among all names."""
        self.clear = 0
        """Mentions by more than the last name."""
        self.bare = 0
        """Mentions by one word while nobody else had it."""
        self.is_titled = False
        """Whether a title introduced the full name."""
        self.last = order
        """Number of the last mention."""
        self.pronoun = pronoun_of(name.split()[0]) if " " in name else None


class Persons:
    """All persons of a report.

    Parameters
    ----------
    mentions : in order; those of other sorts are passed over.
    parsed : the passages, for titles.
    """

    def __init__(self, mentions: Iterable[Mention], parsed: list[Tokens]) -> None:
        held = [(order, mention) for order, mention in enumerate(mentions) if mention.sort == "person"]
        self._of_surname: dict[str, list[Person]] = {}
        self._of_given: dict[str, list[Person]] = {}
        self._of_full: dict[tuple[str, str], Person] = {}
        self.person_of: dict[tuple[int, int], Person] = {}
        """Person by passage and head of the mention; a mention that two persons fit is absent."""
        for order, mention in held:
            if len(_parts(mention.name)) > 1:
                person = self._meet(mention.name, order)
                person.clear += 1
                person.is_titled = person.is_titled or has_title(parsed[mention.passage], mention.first)
                self.person_of[mention.passage, mention.head] = person
                person.pronoun = pronoun_of_title(parsed[mention.passage], mention.first) or person.pronoun
        for order, mention in held:
            if (mention.passage, mention.head) not in self.person_of:
                title = pronoun_of_title(parsed[mention.passage], mention.first)
                single = self._single(mention.name, order, title)
                if single:
                    self.person_of[mention.passage, mention.head] = single
                    single.pronoun = single.pronoun or title
            named = self.person_of.get((mention.passage, mention.head))
            if named:
                named.last = order

    def _meet(self, name: str, order: int) -> Person:
        key = surname(name)
        known = self._of_surname.setdefault(key, [])
        parts = _parts(name)
        exact = self._of_full.get((parts[0], key))
        for person in (exact,) if exact else known[:MOST_NAMESAKES]:
            if _same(_parts(person.name), _parts(name)):
                return person
        person = Person(name, order)
        known.append(person)
        self._of_full[parts[0], key] = person
        self._of_given.setdefault(parts[0], []).append(person)
        return person

    def _single(self, name: str, order: int, title: str | None) -> Person | None:
        """The person whom one word means; a new one if no full name has it, None if it fits several."""
        fitting = self._of_surname.get(surname(name), [])
        if not fitting:
            fitting = self._of_given.get(name.lower(), [])
        if not fitting:
            person = Person(name, order)
            self._of_surname.setdefault(surname(name), []).append(person)
            return person
        if len(fitting) > MOST_NAMESAKES:
            return None
        if title and all(person.pronoun not in (None, title) for person in fitting):
            person = Person(f"{'Mr.' if title == 'he' else 'Mrs.'} {name}", order)
            person.pronoun = title
            fitting.append(person)
            return person
        met = [person for person in fitting if person.order <= order] or fitting
        fitted = [person for person in met if not title or person.pronoun in (None, title)] or met
        if len(fitted) > 1 and title:
            fitted = [person for person in fitted if person.pronoun == title] or fitted
        if len(fitted) == 1:
            fitted[0].bare += len(met) == 1
            return fitted[0]
        return _principal(fitted)


def _principal(fitting: Sequence[Person]) -> Person | None:
    """Whom a last name means that several bear: who was clearly named far more often; or the one who had it alone
    before, if no namesake with a title was named since."""
    most, second = sorted(fitting, key=lambda person: -person.clear)[:2]
    if most.clear >= DOMINANT * max(1, second.clear):
        return most
    alone = [person for person in fitting if person.bare]
    if len(alone) != 1:
        return None
    since = [person for person in fitting if person.last > alone[0].last and person.is_titled]
    return None if since else alone[0]


def _parts(name: str) -> list[str]:
    """Words of a name in lower case, without initials and generations."""
    words = [word.strip(".,'") for word in name.lower().split() if word not in GENERATIONS]
    return [word for word in words if len(word) > 1] or words


def _same(one: list[str], other: list[str]) -> bool:
    """Whether two names with the same last word can be one: same first word, or one ends the other."""
    if one[0] == other[0]:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) < len(longer) and longer[-len(shorter) :] == shorter


def pronoun_of_title(tokens: Tokens, first: int) -> str | None:
    """``he`` or ``she`` from the title right before a name."""
    if first == 0:
        return None
    word = tokens.lower[first - 1].rstrip(".")
    if word in MALE_TITLES:
        return "he"
    if word in FEMALE_TITLES:
        return "she"
    role = roles().get(word)
    return role.pronoun if role else None
