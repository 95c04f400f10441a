"""What pronouns and roles refer to: one walk over the report, in order, remembering who was spoken of last.

For *he* and *she* every person mentioned lately is weighed: near before far, subjects before others, the frequent
before the rare, and whom the grammar rules out not at all. If the first is not clearly ahead of the second, the pronoun
stays open; so it does if the first is somebody without a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log2
from typing import NamedTuple

from realpolitik.reading.actors.groups import Phrase
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["Discourse", "Referent", "antecedent", "subjects_above"]

PERSONAL = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
PLURAL = vocabulary("they them their theirs themselves")
NEUTER = vocabulary("it its itself")
RELATIVE = vocabulary("who whom whose which that")
CORE = vocabulary("nsubj nsubjpass dobj dative pobj")
SUBJECTS = vocabulary("nsubj nsubjpass")
MINDFUL = vocabulary(
    "said says say saying told tells tell added adds add wrote writes tweeted argued argues believes believed believe "
    "thinks think thought wants want wanted hopes hoped hope fears feared fear warned warns warn announced announces "
    "claimed claims claim denied denies deny insisted insists insist demanded demands demand urged urges urge vowed "
    "vows vow threatened threatens threaten asked asks ask called calls agreed agrees agree refused refuses rejected "
    "rejects concluded concludes found finds knows know knew felt feels feel expects expected accused accuses "
    "promised promises plans planned decided decides"
)
"""Verbs of those who have a mind."""

FAMILY = {"person": "person", "group": "group", "people": "group"}
REACH = {"he": ("person",), "she": ("person",), "it": ("body",), "they": ("group", "body")}
WINDOW = 12
"""Referents of one family that are weighed."""

FARTHEST = 4
"""Sentences back that a personal pronoun reaches."""

MARGIN = 0.45
"""By how much the first must lead."""


class Place(NamedTuple):
    """Where somebody was spoken of."""

    passage: int
    token: int
    sentence: int
    """Counted over the report, without the sentences inside quotations."""
    is_subject: bool
    is_quiet: bool
    """Only in passing: as an adjective, an owner."""
    quote: int | None


@dataclass
class Referent:
    """Somebody or something of whom the report spoke."""

    key: str | None
    """Canonical name; none for somebody without a name."""

    sort: str
    """``person``, ``body``, ``state``, ``people`` or ``group``."""

    pronoun: str | None = None
    roles: set[str] = field(default_factory=set)
    """Role nouns, singular, with the broader ones."""
    past: set[str] = field(default_factory=set)
    """Those of the roles that are said to be former."""
    belongs: set[str] = field(default_factory=set)
    """States, bodies and parties that the report ties it to."""
    count: int = 0
    outside: Place | None = None
    """Where the writer spoke of it last."""
    inside: Place | None = None
    """Where a quotation did."""

    @property
    def last(self) -> Place:
        """The later of the two."""
        return max(place for place in (self.outside, self.inside) if place is not None)


class Discourse:
    """The walk. Items come in the order of the text: named ones, phrases, pronouns."""

    def __init__(self) -> None:
        self._recent: dict[str, dict[int, Referent]] = {"person": {}, "group": {}, "body": {}}
        self._by_role: dict[str, dict[int, Referent]] = {}
        self._sentences = 0
        self._tokens: Tokens | None = None

    def enter(self, tokens: Tokens) -> None:
        """Begin the next passage."""
        if self._tokens is not None and len(self._tokens):
            self._sentences += self._tokens.narrated[-1] + 1
        self._tokens = tokens

    def meet(self, referent: Referent, index: int, *, quietly: bool = False) -> None:
        """A mention of the referent at a token; ``quietly`` where it must not count as a subject."""
        tokens = self._here
        referent.count += 1
        quote = tokens.quote(tokens.start[index])
        is_subject = not quietly and _role_of(tokens, index) in SUBJECTS
        place = Place(tokens.number, index, self._sentences + tokens.narrated[index], is_subject, quietly, quote)
        held = referent.outside if quote is None else referent.inside
        stays = held is not None and held[:1] == place[:1] and held.sentence == place.sentence and held.is_subject
        if quote is None and not (stays and not is_subject):
            referent.outside = place
        elif quote is not None and not (stays and not is_subject):
            referent.inside = place
        recent = self._recent[FAMILY.get(referent.sort, "body")]
        recent.pop(id(referent), None)
        recent[id(referent)] = referent
        while len(recent) > WINDOW:
            del recent[next(iter(recent))]
        for noun in referent.roles:
            bearers = self._by_role.setdefault(noun, {})
            bearers.pop(id(referent), None)
            bearers[id(referent)] = referent
            if len(bearers) > WINDOW:
                del bearers[next(iter(bearers))]

    def pronoun(self, index: int) -> Referent | None:
        """Whom a pronoun means."""
        tokens = self._here
        word = tokens.lower[index]
        if word in PERSONAL:
            return self._settle(index, PERSONAL[word])
        if word in PLURAL:
            return self._settle(index, "they")
        if word in NEUTER:
            return self._settle(index, "it")
        return None

    def quantity(self, index: int) -> Referent | None:
        """Whom ``many`` means that also do something: the group that was a subject last."""
        passage = self._here.number
        for one in reversed(self._recent["group"].values()):
            place = one.outside
            if place and one.key and place.is_subject and place.passage >= passage - 2:
                self.meet(one, index)
                return one
        return None

    def role(self, phrase: Phrase, owner: str | None = None) -> Referent | None:
        """Whom a definite role means: ``the president``, ``the Arnorian minister``, ``the group``.

        Parameters
        ----------
        phrase : with ``the`` or the like.
        owner : canonical name of the body, party or person in it.
        """
        noun = phrase.role.noun
        held = self._by_role.get(noun, {})
        fitting = [one for one in reversed(held.values()) if self._fits(one, phrase, owner)]
        is_former = phrase.name.startswith(("former ", "ex-"))
        now = [one for one in fitting if (noun in one.past) == is_former] or fitting
        if not now:
            return None
        if len(now) > 1 and phrase.state:
            exact = [one for one in now if phrase.state in one.belongs]
            now = exact or now
        first = now[0]
        rivals = [one for one in now[1:] if one.key != first.key]
        if rivals and rivals[0].last.passage == phrase.passage and rivals[0].last.sentence >= first.last.sentence - 1:
            return None
        return first

    @property
    def _here(self) -> Tokens:
        if self._tokens is None:
            raise RuntimeError("enter a passage first")
        return self._tokens

    def _fits(self, one: Referent, phrase: Phrase, owner: str | None) -> bool:
        if phrase.is_plural and one.sort == "person":
            return False
        if not phrase.is_plural and one.sort != "person":
            return False
        if phrase.role.is_plural and one.sort in ("state", "body"):
            return False
        if phrase.is_plural and one.key is not None and not phrase.is_bare:
            words = set(one.key.lower().replace("-", " ").split())
            if not set(phrase.name.lower().split()[:-1]) <= words:
                return False
        if phrase.role.pronoun and one.pronoun and phrase.role.pronoun != one.pronoun:
            return False
        if owner is not None and owner not in one.belongs:
            return False
        return not (phrase.state and one.belongs and phrase.state not in one.belongs)

    def _settle(self, index: int, pronoun: str) -> Referent | None:
        tokens = self._here
        scored = sorted(self._scores(index, pronoun), key=lambda pair: -pair[0])
        if not scored:
            return None
        score, first = scored[0]
        second = next((other for other, one in scored[1:] if one.key != first.key or one.key is None), None)
        wanted = 2 * MARGIN if first.pronoun is None and pronoun in ("he", "she") else MARGIN
        if second is not None and score - second < wanted:
            return None
        if pronoun in ("he", "she") and first.pronoun is None and (second is None or score - second >= 1):
            first.pronoun = pronoun
        self.meet(first, index, quietly=tokens.dep[index] == "poss")
        return first

    def _scores(self, index: int, pronoun: str) -> Iterable[tuple[float, Referent]]:
        tokens = self._here
        sentence = self._sentences + tokens.narrated[index]
        quote = tokens.quote(tokens.start[index])
        above = subjects_above(tokens, index)
        verb, dep = tokens.head[index], tokens.dep[index]
        for one in (one for family in REACH[pronoun] for one in self._recent[family].values()):
            place = one.last if quote is not None else one.outside or (one.inside if one.key else None)
            if place is None or not _agrees(one, pronoun):
                continue
            far = sentence - place.sentence
            if far > FARTHEST or place.passage < tokens.number - 2:
                continue
            here = place.passage == tokens.number and far == 0
            governs = here and place.token in above
            is_reflexive = dep == "poss" or tokens.lower[index].endswith(("self", "selves"))
            if (
                here
                and not is_reflexive
                and tokens.head[place.token] == verb
                and {dep, tokens.dep[place.token]} <= CORE
            ):
                continue
            if quote is not None and governs and place.quote != quote:
                continue  # the speaker is I, not he
            if pronoun == "it" and not (governs or _is_mindful(tokens, index) or (here and dep == "poss")):
                continue
            score = -float(far) - 0.4 * (tokens.number - place.passage) + 0.1 * log2(1 + one.count)
            score += 0.8 * place.is_subject + 0.6 * governs + 0.4 * (one.pronoun == pronoun) - 0.3 * place.is_quiet
            score -= 0.3 * (one.key is None)
            score -= 0.8 * (place.quote is not None and place.quote != quote)
            if pronoun == "they":
                score += 0.4 * (one.sort in ("group", "people")) - 0.6 * (one.sort == "state")
            yield score, one


def _agrees(one: Referent, pronoun: str) -> bool:
    return pronoun not in ("he", "she") or one.pronoun in (None, pronoun)


def _is_mindful(tokens: Tokens, index: int) -> bool:
    return tokens.dep[index] in SUBJECTS and tokens.lower[tokens.head[index]] in MINDFUL


def _role_of(tokens: Tokens, index: int) -> str:
    """The relation of a token, or that of what it is coordinated with or in apposition to."""
    for _ in range(4):
        if tokens.dep[index] not in ("conj", "appos") or tokens.head[index] == index:
            break
        index = tokens.head[index]
    return tokens.dep[index]


def subjects_above(tokens: Tokens, index: int) -> set[int]:
    """Subjects of the verbs above a token, without that of its own verb."""
    found: set[int] = set()
    at = tokens.head[index]
    for _ in range(8):
        if tokens.head[at] == at:
            break
        at = tokens.head[at]
        found.update(tokens.subjects.get(at, ()))
    found.discard(index)
    return found


def _nearest_conjunct(tokens: Tokens, head: int, index: int) -> int:
    """``Roe and Lund, who …``: Lund."""
    before = index - 2 if index > 1 and tokens.text[index - 1] == "," else index - 1
    if before <= head or tokens.dep[before] != "conj":
        return head
    at = before
    for _ in range(8):
        if tokens.dep[at] != "conj":
            break
        at = tokens.head[at]
    return before if at == head else head


def antecedent(tokens: Tokens, index: int) -> int | None:
    """The token that a relative pronoun takes up."""
    if tokens.lower[index] not in RELATIVE or tokens.tag[index] not in ("WP", "WDT", "WP$"):
        return None
    at = index
    for _ in range(6):
        if tokens.dep[at] == "relcl":
            return _nearest_conjunct(tokens, tokens.head[at], index)
        if tokens.head[at] == at:
            return None
        at = tokens.head[at]
    return None
