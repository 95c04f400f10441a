"""Who takes a side: the subject of the words that take it, or whoever is quoted with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from realpolitik.contest.evidence import Span, Speaker
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.lexicon import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cast", "Holders", "Voice"]

FIRST_PERSON = vocabulary("i we me us")
PRONOUNS = vocabulary(
    "he she they it him her them who that which one many most some all few others both neither these those"
)
RELATIVE = vocabulary("who that which whom")
GROUPS = vocabulary(
    "party union council committee parliament assembly government ministry minority majority side public "
    "coalition bloc faction opposition cabinet court commission army military militia alliance movement group "
    "lobby church congress senate house chamber administration regime state country nation president minister "
    "governor mayor king queen premier chancellor senator deputy lawmaker legislator official diplomat general "
    "chief head leader spokesman spokeswoman people population public politicians electorate crowd crowds mob "
    "tribe clan community society league delegation board agency embassy kingdom republic capital envoy cleric "
    "bishop protester activist critic candidate resident citizen villager farmer student worker miner voter "
    "member settler refugee ally rival neighbour neighbor mp mps police families women men students lawyers "
    "minorities parties unions factions militias "
)
ACTS = re.compile(r"(?:ers|ors|ists|ians|men|women|ants|crats|herds|folk|guards|scouts)\Z")
"""Endings of words for people; they count in the plural."""


THINGS = vocabulary(
    "papers numbers letters matters powers orders waters computers factors sectors doors errors winters centers "
    "borders chapters offers answers posters towers rivers harbors colors flavors markers parameters numbers layers "
    "barriers helicopters missiles trailers drawers tractors motors reactors sensors corridors floors grants plants "
    "restaurants elephants covers posters counters flowers shoulders fingers dinners registers ministers’ theaters"
)


class Cast(Protocol):
    """Whom words mean."""

    def resolve(self, stretch: Stretch, *, speaker: str | None = None) -> str | None: ...

    def resolve_all(self, stretch: Stretch, *, speaker: str | None = None) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Voice:
    """An attribution with the name of who speaks."""

    said: Said
    speaker: str | None
    """Canonical name of the speaker."""

    source: Stretch | None
    span: Span | None
    """The raw words of the source."""


class Holders:
    """Finds who takes a side.

    Parameters
    ----------
    passages : the parsed text.
    cast : who appears in it.
    said : who says what in it.
    """

    def __init__(self, passages: Sequence[Passage], cast: Cast, said: Sequence[Said]) -> None:
        self._passages = passages
        self._cast = cast
        self._voices: list[list[tuple[int, int, Voice]]] = [[] for _ in passages]
        for one in said:
            name = cast.resolve(one.source) if one.source else None
            voice = Voice(one, name, one.source, self._speaker(name, one.source).span)
            for content in one.content:
                self._voices[content.passage].append((content.start, content.end, voice))

    def voice(self, passage: Passage, at: int, *, besides: tuple[int, int] | None = None) -> Voice | None:
        """Who says the word at a character of a passage; the innermost attribution around it.

        Parameters
        ----------
        besides : a range; an attribution whose cue stands in it does not count.
        """
        best: tuple[int, Voice] | None = None
        for start, end, voice in self._voices[passage.number]:
            if not start <= at < end or (best and best[0] <= end - start):
                continue
            cue = voice.said.cue
            if besides and cue and cue.passage == passage.number and cue.start < besides[1] and besides[0] < cue.end:
                continue
            best = end - start, voice
        return best[1] if best else None

    def voices(self, passage: Passage) -> list[tuple[int, int, Voice]]:
        """All attributions in a passage: where their content stands, and whose it is."""
        return self._voices[passage.number]

    def speaker_of(self, voice: Voice) -> Speaker:
        """The speaker of an attribution, for a claim."""
        return self._speaker(voice.speaker, voice.source)

    def named(self, passage: Passage, head: Token, voice: Voice | None) -> list[Speaker]:
        """Whom the noun phrase with this head means, one each; none if it is nobody who could take a side."""
        if head.lower_ in FIRST_PERSON:
            return [self.speaker_of(voice)] if voice and voice.source else []
        if head.lower_ in RELATIVE and head.pos_ in ("PRON", "SCONJ", "DET"):
            verb = head.head
            while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
                verb = verb.head
            if verb.dep_ != "relcl":
                return []
            head = verb.head
        start, end = _phrase(head)
        stretch = Stretch(passage.number, start, end)
        speaker = voice.speaker if voice else None
        joined = [kid for kid in head.children if kid.dep_ == "conj"]
        if joined:
            names = self._cast.resolve_all(Stretch(passage.number, start, _end(joined)), speaker=speaker)
            if len(names) > 1 and "?" not in names:
                return [self._speaker(name, Stretch(passage.number, start, _end(joined))) for name in names]
        name = self._cast.resolve(stretch, speaker=speaker)
        if name is None and not self._is_somebody(head):
            return []
        return [self._speaker(name, stretch)]

    def name(self, passage: Passage, head: Token, voice: Voice | None) -> str:
        """The canonical name of a phrase, or its words."""
        start, end = _phrase(head)
        found = self._cast.resolve(Stretch(passage.number, start, end), speaker=voice.speaker if voice else None)
        return found or " ".join(passage.text[start:end].split())

    def _speaker(self, name: str | None, stretch: Stretch | None) -> Speaker:
        span = self._passages[stretch.passage].span(stretch.start, stretch.end) if stretch else None
        return Speaker(actor=name, span=span)

    def _is_somebody(self, head: Token) -> bool:
        if head.lower_ in PRONOUNS:
            return head.lower_ not in ("it", "that", "which", "one")
        if head.ent_type_ in ("PERSON", "NORP", "GPE", "ORG"):
            return True
        if head.pos_ not in ("NOUN", "PROPN"):
            return False
        lemma = head.lemma_.lower()
        if head.lower_ in GROUPS or lemma in GROUPS or head.pos_ == "PROPN":
            return True
        return head.tag_ == "NNS" and head.lower_ not in THINGS and ACTS.search(head.lower_) is not None


def _phrase(head: Token) -> tuple[int, int]:
    """A noun phrase without what follows its head, a name of several words included."""
    first = head.left_edge
    last = head
    for kid in head.rights:
        if kid.dep_ in ("prep",) and kid.lower_ == "of" and kid.right_edge.i - head.i <= 4:
            last = kid.right_edge
            break
        if kid.dep_ not in ("flat", "nmod", "compound"):
            break
        last = kid
    return first.idx, last.idx + len(last)


def _end(joined: list[Token]) -> int:
    last = joined[0]
    for _ in range(6):
        further = next((kid for kid in last.children if kid.dep_ == "conj"), None)
        if further is None:
            break
        last = further
    return last.idx + len(last)
