"""From words that a model proposes to places in the report; what cannot be found is rejected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from pydantic import ValidationError

from realpolitik.contest.evidence import Claim, EventClaim, FigureClaim, Span, Speaker, StanceClaim, VoteClaim
from realpolitik.reading.llm.answer import Proposal
from realpolitik.reading.llm.chunks import Chunk, Piece
from realpolitik.reading.verbatim import find, nearest_place, numeral, one_line

__all__ = ["Rejected", "placed"]

NEAR = 400
"""Characters around repeated words in which their speaker or cue must stand to tell them apart."""


class Rejected(Exception):
    """A proposal that does not stand in the report; the text says what is missing."""


class Place(NamedTuple):
    """A stretch of a piece."""

    piece: Piece
    start: int
    end: int


def placed(proposal: Proposal, chunk: Chunk, id_: str, reader: str) -> Claim:
    """The claim whose spans are the proposed words, where they stand in the report.

    Parameters
    ----------
    chunk : the passages that the model was shown.
    id_ : id of the claim.
    reader : its provenance.

    Raises
    ------
    Rejected : words are not in the report, or stand there several times and nothing tells which are meant.
    """
    return _Placing(proposal, chunk).claim(id_, reader)


class _Placing:
    def __init__(self, proposal: Proposal, chunk: Chunk) -> None:
        self.proposal, self.chunk = proposal, chunk
        self.words = self._words()
        self.piece = self.words[0].piece
        self.start, self.end = self.words[0].start, self.words[-1].end

    def claim(self, id_: str, reader: str) -> Claim:
        proposal = self.proposal
        content = self._content()
        speaker = self._speaker(content)
        cue = self._cue(content, speaker)
        try:
            return Claim(
                id=id_,
                kind=proposal.kind,
                document=self.chunk.document.name,
                spans=tuple(map(self._span, self.words)),
                speaker=self._voice(speaker),
                cue=self._span(cue) if cue else None,
                content=tuple(map(self._span, content)),
                event=self._event(),
                figure=self._figure(),
                vote=self._vote(),
                stance=self._stance(),
                status=proposal.status,
                hedges=tuple(self._text(self._inside(words, "hedge")) for words in dict.fromkeys(proposal.hedges)),
                reader=reader,
            )
        except ValidationError as error:
            raise Rejected(f"not a claim: {one_line(error.errors()[0]['msg'], 120)}") from None

    def _words(self) -> list[Place]:
        """The stretches of the claim, in order; the first one decides where."""
        first, *rest = self.proposal.words
        places = [self._first(first)]
        for words in rest:
            last = places[-1]
            found = find(last.piece.text, words, last.end)
            if found:
                places.append(Place(last.piece, *found[0]))
                continue
            later = [piece for piece in self.chunk.pieces if piece.number > last.piece.number]
            where = next((Place(piece, *found[0]) for piece in later if (found := find(piece.text, words))), None)
            if where is None:
                raise Rejected(f"not in the passage behind the words before: {_shown(words)}")
            places.append(where)
        return places

    def _first(self, words: str) -> Place:
        proposal = self.proposal
        everywhere = [Place(piece, *place) for piece in self.chunk.pieces for place in find(piece.text, words)]
        if not everywhere:
            raise Rejected(f"not in the passages: {_shown(words)}")
        named = [place for place in everywhere if place.piece.number == proposal.passage]
        fitting = named or everywhere
        if len(fitting) > 1 and proposal.before:
            fitting = [place for place in fitting if _follows(place, proposal.before)] or fitting
        if len(fitting) > 1:
            told = [words for words in (proposal.speaker, proposal.cue, *proposal.words[1:]) if words]
            scores = [sum(_is_near(place, words) for words in told) for place in fitting]
            best = max(scores)
            fitting = [place for place, score in zip(fitting, scores, strict=True) if score == best]
        if len(fitting) > 1:
            raise Rejected(f"stands {len(fitting)} times, and nothing tells which is meant: {_shown(words)}")
        return fitting[0]

    def _content(self) -> list[Place]:
        """What was said, inside the claim's own words and in order."""
        found: list[Place] = []
        for words in self.proposal.content:
            after = found[-1] if found else None
            stretches = [
                place
                for own in self.words
                for place in self._in(own, words)
                if after is None or (place.piece.number, place.start) >= (after.piece.number, after.end)
            ]
            if not stretches:
                raise Rejected(f"content that is not in the words of the claim: {_shown(words)}")
            found.append(stretches[0])
        return found

    def _speaker(self, content: Sequence[Place]) -> Place | None:
        words = self.proposal.speaker
        if words is None:
            if self.proposal.speaker_is is not None:
                raise Rejected("'speaker_is' without the words that name the speaker")
            return None
        found = self._outside(words, content)
        if found is None:
            raise Rejected(f"speaker that is not in the passage: {_shown(words)}")
        return found

    def _voice(self, place: Place | None) -> Speaker | None:
        if place is None:
            return None
        name = self.proposal.speaker_is
        return Speaker(actor=self._anywhere(name, "name of the speaker") if name else None, span=self._span(place))

    def _cue(self, content: Sequence[Place], speaker: Place | None) -> Place | None:
        words = self.proposal.cue
        if words is None:
            return None
        found = self._outside(words, (*content, *([speaker] if speaker else [])))
        if found is None:
            raise Rejected(f"cue that is not in the passage: {_shown(words)}")
        return found

    def _event(self) -> EventClaim | None:
        event = self.proposal.event
        if event is None:
            return None
        source, target = (
            self._somewhere(words, side) if words else None
            for side, words in (("source", event.source), ("target", event.target))
        )
        return EventClaim(
            type=event.type,
            source=self._text(source) if source else None,
            target=self._text(target) if target else None,
            source_span=self._span(source) if source else None,
            target_span=self._span(target) if target else None,
            status=self.proposal.status,
            denied_by=tuple(self._anywhere(words, "denial") for words in dict.fromkeys(event.denied_by)),
            place=self._text(self._somewhere(event.place, "place")) if event.place else None,
        )

    def _stance(self) -> StanceClaim | None:
        stance = self.proposal.stance
        if stance is None:
            return None
        return StanceClaim(
            issue=self._text(self._somewhere(stance.issue, "issue")),
            stance=stance.stance,
            tier=stance.tier,
            qualifier=self._text(self._somewhere(stance.qualifier, "qualifier")) if stance.qualifier else None,
        )

    def _figure(self) -> FigureClaim | None:
        figure = self.proposal.figure
        if figure is None:
            return None
        unit, referent = (
            self._text(self._somewhere(words, side)) if words else None
            for side, words in (("unit", figure.unit), ("referent", figure.referent))
        )
        value = self._number(figure.number)
        return FigureClaim(value=value, unit=unit, referent=referent, comparison=figure.comparison)

    def _vote(self) -> VoteClaim | None:
        vote = self.proposal.vote
        if vote is None:
            return None
        counts = {name: self._number(words) for name, words in vote.counts.items()}
        wrong = next((name for name, value in counts.items() if value != int(value)), None)
        if wrong:
            raise Rejected(f"a vote of {counts[wrong]:g} is no whole number")
        return VoteClaim.model_validate({**{name: int(value) for name, value in counts.items()}, "passed": vote.passed})

    def _number(self, words: str) -> float:
        place = self._inside(words, "number")
        value = numeral(self._text(place))
        if value is None:
            raise Rejected(f"no number: {_shown(words)}")
        return value

    def _inside(self, words: str, what: str) -> Place:
        """Words within those of the claim."""
        for own in self.words:
            for place in self._in(own, words):
                return place
        raise Rejected(f"{what} that is not in the words of the claim: {_shown(words)}")

    def _in(self, own: Place, words: str) -> Iterable[Place]:
        return (Place(own.piece, *place) for place in find(own.piece.text, words, own.start, own.end))

    def _outside(self, words: str, taken: Sequence[Place]) -> Place | None:
        """The place of words nearest to the claim's, in its passage, that lies in nothing that is taken."""
        free = [
            place
            for place in find(self.piece.text, words)
            if not any(other.piece is self.piece and place[0] < other.end and other.start < place[1] for other in taken)
        ]
        last = self.words[-1]
        end = last.end if last.piece is self.piece else len(self.piece.text)
        inside = [place for place in free if self.start <= place[0] and place[1] <= end]
        near = taken[0] if taken and taken[0].piece is self.piece else self.words[0]
        found = nearest_place(inside or free, near.start, near.end)
        return Place(self.piece, *found) if found else None

    def _somewhere(self, words: str, what: str) -> Place:
        """Words in the claim, else in its passage, else in the passage nearest to it."""
        for own in self.words:
            for place in self._in(own, words):
                return place
        here = nearest_place(find(self.piece.text, words), self.start, self.end)
        if here:
            return Place(self.piece, *here)
        for piece in sorted(self.chunk.pieces, key=lambda piece: abs(piece.number - self.piece.number)):
            found = find(piece.text, words)
            if found:
                return Place(piece, *found[-1 if piece.number < self.piece.number else 0])
        raise Rejected(f"{what} that is not in the passages: {_shown(words)}")

    def _anywhere(self, words: str, what: str) -> str:
        """Words as some readable block of the report has them."""
        here = (piece.text for piece in self.chunk.pieces)
        for text in chain(here, (block.text for block in self.chunk.document.readable())):
            found = find(text, words)
            if found:
                return text[slice(*found[0])]
        raise Rejected(f"{what} that is not in the report: {_shown(words)}")

    def _span(self, place: Place) -> Span:
        return self.chunk.span(place.piece, place.start, place.end)

    @staticmethod
    def _text(place: Place) -> str:
        return place.piece.text[place.start : place.end]


def _follows(place: Place, before: str) -> bool:
    found = find(place.piece.text, before, 0, place.start)
    return bool(found) and not place.piece.text[found[-1][1] : place.start].strip()


def _is_near(place: Place, words: str) -> bool:
    return bool(find(place.piece.text, words, max(0, place.start - NEAR), place.end + NEAR))


def _shown(words: str) -> str:
    return f"'{one_line(words, 90)}'"
