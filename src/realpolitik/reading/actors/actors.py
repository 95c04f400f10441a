"""The actors of a report: who appears in it, under which names, and whom a name, a role or a pronoun means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from realpolitik.contest.actors import ActorKind
from realpolitik.contest.evidence import ActorClaim, Claim
from realpolitik.reading.actors.bodies import Bodies
from realpolitik.reading.actors.casting import Casting
from realpolitik.reading.actors.discourse import RELATIVE, antecedent, subjects_above
from realpolitik.reading.actors.gazetteer import Gazetteer, builtin
from realpolitik.reading.actors.introduced import with_introduced
from realpolitik.reading.actors.naming import named_mentions, within
from realpolitik.reading.actors.persons import Persons
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.attributions.turns import named_turns
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.english.tokens import Tokens
from realpolitik.reading.lexicon import vocabulary

__all__ = ["Cast", "Cluster", "actor_claims"]

DOCUMENTS = vocabulary(
    "report reports statement statements letter letters memo memos study studies survey surveys poll polls article "
    "articles tweet tweets post posts analysis editorial editorials filing filings lawsuit brief briefs document "
    "documents video videos ad ads advertisement website data figures estimate estimates story stories interview speech"
)
"""Nouns for what somebody writes: they speak for their maker."""

FIRST_PERSON = vocabulary("i me my mine myself we us our ours ourselves")
NOT_A_HEAD = vocabulary("poss pobj compound nmod amod")
MOST_SPANS = 20
"""Mentions that a claim cites, the first ones."""


@dataclass(frozen=True)
class Cluster:
    """One actor with all its mentions."""

    name: str
    """Canonical name, unique in the cast."""

    kind: ActorKind

    aliases: tuple[str, ...]
    """Other words for it in the report, in order of appearance; no pronouns."""

    role: str | None
    """Office or role at the time, as printed."""

    affiliation: str | None
    """Canonical name of the state, body, party or group that it belongs to."""

    mentions: tuple[Stretch, ...] = field(repr=False)
    """Where it is named, in order; pronouns are left out."""

    pronoun: str | None = None
    """``he`` or ``she``, where the report tells."""


class Cast:
    """The actors of a report.

    Parameters
    ----------
    passages : the readable text, parsed.
    gazetteer : known actors; by default those that come with the package.
    """

    def __init__(self, passages: Sequence[Passage], gazetteer: Gazetteer | None = None) -> None:
        self.passages = tuple(passages)
        self._tokens = [Tokens(passage) for passage in self.passages]
        known = with_introduced(gazetteer or builtin(), self._tokens)
        turns = {number: (match.end("name"), match.end()) for number, match in named_turns(self.passages).items()}
        mentions = named_mentions(self._tokens, known, turns)
        casting = Casting(
            self._tokens, mentions, Persons(mentions, self._tokens), Bodies(mentions, self._tokens), known
        )
        self._at = casting.walk()
        self._mentions = casting.by_passage
        self.actors: tuple[Cluster, ...] = tuple(
            Cluster(
                name=part.name,
                kind=part.kind,
                aliases=tuple(alias for alias in part.aliases if alias != part.name),
                role=part.role,
                affiliation=part.affiliation,
                mentions=tuple(part.mentions),
                pronoun=part.pronoun,
            )
            for part in casting.parts()
        )
        """In order of appearance."""
        self._by_name = {actor.name: actor for actor in self.actors}

    def actor(self, name: str) -> Cluster | None:
        """The actor of that canonical name."""
        return self._by_name.get(name)

    def resolve(self, stretch: Stretch, *, speaker: str | None = None) -> str | None:
        """Canonical name of whom the words mean; None where that is open.

        Parameters
        ----------
        stretch : a name, a noun phrase with or without a name, or a pronoun.
        speaker : canonical name of who speaks there, whom *I* and *we* mean.
        """
        names = self.resolve_all(stretch, speaker=speaker)
        return names[0] if len(names) == 1 else None

    def resolve_all(self, stretch: Stretch, *, speaker: str | None = None) -> tuple[str, ...]:
        """Canonical names of all whom coordinated words mean: ``Ann Roe and the ministry``."""
        tokens = self._tokens[stretch.passage]
        inside = tokens.between(stretch.start, stretch.end)
        heads = [
            i for i in inside if (tokens.head[i] not in inside or tokens.head[i] == i) and tokens.tag[i][0].isalpha()
        ]
        heads = [i for i in heads if tokens.tag[i][:2] in ("NN", "PR", "WP", "WD", "CD", "DT", "JJ")] or heads
        if not heads:
            return ()
        head = next((i for i in heads if self._name_at(tokens, i, speaker)), heads[0])
        names = [self._name_at(tokens, head, speaker)]
        for index in inside:
            if tokens.dep[index] == "conj" and index != head and self._is_joined(tokens, index, head):
                names.append(self._name_at(tokens, index, speaker))
        if names == [None]:
            names = [self._inside(tokens, inside, head)]
        return tuple(dict.fromkeys(name or "?" for name in names)) if any(names) else ()

    def _name_at(self, tokens: Tokens, index: int, speaker: str | None) -> str | None:
        found = self._at.get((tokens.number, index))
        if found is not None:
            return found
        if tokens.lower[index] in FIRST_PERSON:
            return speaker or self._quoted_speaker(tokens, index)
        if tokens.lower[index] in RELATIVE:
            taken_up = antecedent(tokens, index)
            found = None if taken_up is None else self._at.get((tokens.number, taken_up))
            if found is None and taken_up is not None and tokens.lower[index] == "who":
                return self._last_person(tokens, index) if tokens.tag[taken_up] == "NNP" else None
            return found
        return None

    def _last_person(self, tokens: Tokens, index: int) -> str | None:
        """``Ann Roe, 59, of Arnor, who …``: the person named last in the sentence."""
        first = index
        while first and tokens.sentence[first - 1] == tokens.sentence[index]:
            first -= 1
        heads = [m.head for m in within(self._mentions[tokens.number], first, index) if m.sort == "person"]
        return self._at.get((tokens.number, heads[-1])) if heads else None

    def _quoted_speaker(self, tokens: Tokens, index: int) -> str | None:
        """Who is the subject, outside the quotation, of the verb that it hangs on."""
        quote = tokens.quote(tokens.start[index])
        if quote is None:
            return None
        outside = [i for i in subjects_above(tokens, index) if tokens.quote(tokens.start[i]) != quote]
        names = {self._at.get((tokens.number, i)) for i in outside}
        return names.pop() if len(names) == 1 else None

    def _is_joined(self, tokens: Tokens, index: int, head: int) -> bool:
        for _ in range(8):
            index = tokens.head[index]
            if index == head:
                return True
            if tokens.dep[index] != "conj":
                return False
        return False

    def _inside(self, tokens: Tokens, inside: range, head: int) -> str | None:
        """The one person or body named in a phrase whose head says nothing, unless only as owner or part."""
        names = set()
        is_document = tokens.lower[head] in DOCUMENTS
        for mention in within(self._mentions[tokens.number], inside.start, inside.stop):
            leads = is_document and _makes(tokens, mention.head, head)
            leads = leads or mention.head == head or tokens.dep[mention.head] not in NOT_A_HEAD
            if leads and mention.sort in ("person", "body") + ("state",) * is_document:
                names.add(self._at.get((tokens.number, mention.head)))
        return names.pop() if len(names) == 1 else None


def _makes(tokens: Tokens, index: int, document: int) -> bool:
    """Whether a name in a phrase made the document at its head: ``a ministry memo``, ``a report by the court``."""
    above = tokens.head[index]
    if above == document:
        return tokens.dep[index] in ("poss", "compound", "amod", "nmod")
    for _ in range(3):
        if tokens.dep[index] == "pobj":
            return tokens.lower[above] in ("by", "from") and tokens.head[above] in (document, tokens.head[document])
        if tokens.dep[index] not in ("compound", "conj"):
            return False
        index, above = above, tokens.head[above]
    return False


def actor_claims(cast: Cast) -> list[Claim]:
    """The actors as claims, one each, in order of appearance; their spans are the first mentions."""
    claims = []
    for number, actor in enumerate(cast.actors, 1):
        first = cast.passages[actor.mentions[0].passage]
        spans = tuple(cast.passages[m.passage].span(m.start, m.end) for m in actor.mentions[:MOST_SPANS])
        claims.append(
            Claim(
                id=first.document.claim_id("a", number),
                kind="actor",
                document=first.document.name,
                spans=spans,
                actor=ActorClaim(
                    name=actor.name,
                    kind=actor.kind,
                    aliases=actor.aliases,
                    role=actor.role,
                    affiliation=actor.affiliation,
                ),
            )
        )
    return claims
