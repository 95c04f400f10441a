"""Figures: a number, what it counts, what it is about, and how the text qualifies it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from realpolitik.contest.evidence import Claim, FigureClaim
from realpolitik.reading.attributions.said import Stretch
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.figures.amounts import Amount, amounts
from realpolitik.reading.figures.numerals import NUMERAL
from realpolitik.reading.lexicon import NO_UNITS, UNIT_STOPS, UNITS_WITHOUT_S

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Resolver", "figures"]


class Resolver(Protocol):
    """Whom words mean; the cast of a report can tell."""

    def resolve(self, stretch: Stretch) -> str | None: ...


CURRENCIES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CURRENCY_WORDS = {
    "dollars": "USD",
    "euros": "EUR",
    "cents": "US cents",
    "rubles": "RUB",
    "roubles": "RUB",
    "yen": "JPY",
}
REPEATED = re.compile(r" dollars\b| euros\b| pounds\b| yen\b")
PERCENT = re.compile(r"\s?%|[ -](?:percent|per cent|pct)\b(?: points\b)?|\spercentage points\b", re.I)
COMPOUND = re.compile(r"-(?P<unit>[a-z]+)\b(?P<old>-old\b)?")
PARTITIVE = re.compile(rf" of (?:the|its|their|his|her|all|those|these)\b(?: {NUMERAL}\b)?", re.I)
NOUN_GROUP = re.compile(r"(?:[ ][A-Za-z][\w.’'-]*){1,5}")
REFERENT = re.compile(
    r"(?: ago)?(?P<referent> (?!to \d)(?:north|south|east|west|outside|of|in|on|for|from|against|to|into|per"
    r"|between|inside)\b"
    r"(?: (?!and\b|but\b|who\b|that\b|which\b|when\b|while\b|as\b|were\b|was\b|are\b|is\b|has\b|have\b|had\b|will\b)"
    r"[\w$€£%.’'&-]+(?:,\d{3})*){1,7})"
)
IN_PHRASE = frozenset({"det", "amod", "nummod", "poss", "compound", "case", "nmod", "quantmod", "predet"})
"""Relations of the words before the head of a noun phrase."""

BEYOND = re.compile(r" or (?:(?P<more>more|greater|above|higher|older)|less|fewer|below|lower|younger)\b")
"""After a number and its unit."""

DOING = re.compile(
    r"[\w’'-]+(?: (?!and\b|but\b|who\b|that\b|which\b|when\b|while\b|as\b|after\b|before\b|since\b)[\w$€£%’'&-]+){0,7}"
)
"""A verb with the words after it."""

DESIGNATOR = re.compile(
    r"\b(?:Article|Resolution|Chapter|Section|Flight|Route|Highway|Boeing|Airbus|Channel|Room|Gate|Phase|Level|Unit"
    r"|Brigade|Number|No\.|Proposition|Paragraph|Page|Act|Track|Annex|Title|Protocol|Group of|page|chapter)\s\Z"
)
"""A number after it is a name."""

YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
LOOK_BACK = 16
LOOK_AHEAD = 120
"""Characters around a number that are looked at."""

PRONOUNS = frozenset({"PRON", "DET"})
LONGEST_SUBJECT = 8
"""Words of a subject that are taken into the referent."""


def figures(
    passages: Sequence[Passage], taken: Sequence[tuple[int, int]] = (), cast: Resolver | None = None
) -> list[Claim]:
    """All figures of the readable text, in order.

    A number without a unit is left out, because nothing says what it counts; so are a number inside a date or vote, a
    year, an ordinal, and the number of an article or a flight. A share (``two-thirds of the members``) has the unit
    ``share``; a plural without a number (``hundreds of``) is a lower bound.

    Parameters
    ----------
    passages : the parsed text.
    taken : raw ranges of dates and votes, in any order.
    cast : who appears in the text; a subject is then named by its canonical name in the referent.
    """
    ranges = sorted(taken)
    claims: list[Claim] = []
    for passage in passages:
        for figure, start, end, hedge in _in_passage(passage, cast):
            span = passage.span(start, end)
            if _overlaps(ranges, span.start, span.end):
                continue
            claims.append(
                Claim(
                    id=passage.document.claim_id("f", len(claims) + 1),
                    kind="figure",
                    document=passage.document.name,
                    spans=(span,),
                    figure=figure,
                    hedges=(passage.span(start, start + len(hedge)).text,) if hedge else (),
                )
            )
    return claims


def _overlaps(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(ranges, (end, 0))
    return any(high > start for _, high in ranges[max(0, at - 2) : at])


def _in_passage(passage: Passage, cast: Resolver | None) -> Iterator[tuple[FigureClaim, int, int, str | None]]:
    text = passage.text
    for amount in sorted(amounts(text)):
        found = _share(passage, amount) if amount.form == "share" else _unit(text, amount)
        if found is None:
            continue
        unit, end = found
        printed = text[amount.number : amount.end]
        if printed.lower() == "one" and unit not in ("percent", "share"):
            continue
        if DESIGNATOR.search(text, max(0, amount.start - LOOK_BACK), amount.start):
            continue
        if YEAR.fullmatch(printed) and amount.hedge is None and unit != "percent" and not amount.sign:
            continue
        beyond = BEYOND.match(text, end)
        end = beyond.end() if beyond else end
        referent = _referent(passage, amount, end, unit, cast)
        for value, comparison in amount.values:
            if beyond:
                comparison = "at least" if beyond["more"] else "at most"
            yield (
                FigureClaim(value=value, unit=unit, referent=referent, comparison=comparison),
                amount.start,
                end,
                amount.hedge,
            )


def _share(passage: Passage, amount: Amount) -> tuple[str, int] | None:
    """The unit of a share and where the words for the whole end; None if there is no whole."""
    rest = passage.doc.char_span(amount.end, len(passage.text.rstrip()), alignment_mode="contract")
    word = next((token for token in rest if not token.is_space), None) if rest is not None else None
    if word is None or word.is_punct:
        return None
    for _ in range(LONGEST_SUBJECT):
        if word.dep_ not in IN_PHRASE or word.head.i <= word.i:
            break
        word = word.head
    last = word
    for kid in word.rights:
        if kid.dep_ == "prep" and kid.lower_ in ("of", "in") and kid.right_edge.i - word.i <= LONGEST_SUBJECT:
            last = kid.right_edge
            break
    return "share", last.idx + len(last)


def _unit(text: str, amount: Amount) -> tuple[str, int] | None:
    """The unit after a number and where it ends; None if there is none."""
    end = amount.end
    if amount.form == "number":
        percent = PERCENT.match(text, end)
        if percent:
            return "percentage points" if "point" in percent.group() else "percent", percent.end()
        if amount.sign:
            repeated = REPEATED.match(text, end)
            return CURRENCIES[amount.sign.upper()], repeated.end() if repeated else end
        compound = COMPOUND.match(text, end)
        if compound:
            return ("years old" if compound["old"] else compound["unit"]), compound.end()
        partitive = PARTITIVE.match(text, end)
        if partitive:
            end = partitive.end()
    group = NOUN_GROUP.match(text, end, end + LOOK_AHEAD)
    if not group:
        return None
    best = None
    for word in re.finditer(r"[^ ]+", group.group()):
        plain = word.group().rstrip(".’'")
        if plain.lower() in UNIT_STOPS:
            break
        if plain.islower() and plain not in NO_UNITS and _is_plural(plain):
            best = CURRENCY_WORDS.get(plain, plain), end + word.start() + len(plain)
            if plain != "news":
                break
    return best


def _is_plural(word: str) -> bool:
    if word in UNITS_WITHOUT_S or word.endswith(("men", "people", "folk")):
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _referent(passage: Passage, amount: Amount, end: int, unit: str, cast: Resolver | None) -> str | None:
    """What the number is about: what it is a part or a measure of, or who does what, as far as the text tells."""
    text = passage.text
    if unit == "share":
        return text[amount.end : end].strip() or None
    after = REFERENT.match(text, end, end + LOOK_AHEAD)
    following = after["referent"].strip(" .’'-").removeprefix("of ") if after else ""
    act = _act(passage, amount, end, cast)
    return " ".join(part for part in (act, following) if part) or None


def _act(passage: Passage, amount: Amount, end: int, cast: Resolver | None) -> str:
    """The owner of the counted thing, or the verb that it takes part in, with the subject."""
    span = passage.doc.char_span(amount.number, end, alignment_mode="expand")
    if span is None or not len(span):
        return ""
    noun = span.root
    head = noun.head
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ in ("NOUN", "PROPN"):
        owner = head.head.head if head.head.dep_ == "appos" else head.head
        return _named(passage, owner, cast)
    if noun.dep_ in ("nsubj", "nsubjpass") and head.pos_ == "VERB":
        doing = DOING.match(passage.text, head.idx)
        return "" if head.lemma_ in ("say", "tell") or doing is None else doing.group().strip(" .’'-")
    if noun.dep_ == "dobj" and head.pos_ == "VERB":
        verb = head
        subject = _subject(verb)
        if subject is not None and subject.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
            subject = verb.head
        while subject is None and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
            subject = _subject(verb)
        return f"{_named(passage, subject, cast)} {head.text}".strip() if subject is not None else str(head.text)
    return ""


def _subject(verb: Token) -> Token | None:
    return next((kid for kid in verb.lefts if kid.dep_ in ("nsubj", "nsubjpass")), None)


def _named(passage: Passage, head: Token, cast: Resolver | None) -> str:
    """The actor that a noun phrase names, or its words."""
    first = next((kid for kid in head.lefts if kid.dep_ in ("compound", "amod", "poss", "det", "nummod")), head)
    start, end = min(first.left_edge.idx, head.idx), head.idx + len(head)
    if cast is not None:
        name = cast.resolve(Stretch(passage.number, start, end))
        if name:
            return name
    words = passage.text[start:end].split()
    return " ".join(words) if len(words) <= LONGEST_SUBJECT else words[-1]
