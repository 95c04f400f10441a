"""How well events are read, measured on sentences with one coded event each.

Definitions. *Event compared*: the main event of the sentence, by :func:`realpolitik.reading.events.occurrences.main`;
a sentence without any event counts as wrong in everything. *Type*: of the 16; PLOVER has no status, so an act that is
only planned, demanded, threatened or refused is compared under the type that PLOVER gives such words
(:func:`plover_type`). *Macro F1*: mean over the types that the gold has. *Role found*: the words of ours and of one of
the gold's texts for that role share a word other than function words and titles of address; where the gold names
several, one suffices. *Role close*, the stricter measure: at least half of all words of the two texts are in both.
Recall is over the sentences whose gold has the role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.evaluation.plover_gold import GoldEvent, gold_events
from realpolitik.reading.english.parsing import Parser
from realpolitik.reading.events.act import HOSTILE
from realpolitik.reading.events.lexicon import lexicon
from realpolitik.reading.events.occurrences import Occurrence, main, occurrences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Answer", "Scores", "Yardstick", "measure", "plover_type", "shares_word"]

FUNCTION_WORDS = frozenset({
    "a", "about", "all", "an", "and", "any", "at", "both", "by", "for", "from", "he", "her", "him", "his", "in", "it",
    "its", "least", "more", "most", "mr", "mrs", "ms", "nearly", "of", "on", "or", "our", "over", "s", "she", "some",
    "than", "that", "the", "their", "them", "these", "they", "this", "those", "to", "which", "who", "with",
})  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@dataclass(frozen=True)
class Answer:
    """What a system says about a sentence."""

    type: str | None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scores:
    """How a system did; shares in [0, 1]."""

    type_accuracy: float
    macro_f1: float
    source_recall: float
    target_recall: float
    source_close: float
    """Recall of sources by the stricter measure."""

    target_close: float
    answered: float
    """Share of sentences for which the system has an event at all."""


@dataclass(frozen=True)
class Yardstick:
    """Scores of the reader and of the baselines, on the same sentences."""

    n: int
    """Sentences, as they come."""

    distinct: int
    """Different sentences among them."""

    with_source: int
    with_target: int
    systems: dict[str, Scores]
    """By name: ``realpolitik`` first."""

    confusions: tuple[tuple[str, str, int], ...]
    """Types that we mistake, most frequent first: the gold's, ours, how often."""

    by_type: tuple[tuple[str, int, int], ...]
    """Type, sentences that have it, of which ours is right."""


def measure(path: Path, parse: Parser) -> Yardstick:
    """Score the reader and the baselines on a file of gold-standard records.

    Parameters
    ----------
    path : JSON file of PLOVER's records.
    parse : the pipeline that the reader uses.
    """
    gold = gold_events(path)
    docs = list(parse.many(" ".join(one.text.split()) for one in gold))
    majority = Counter(one.type for one in gold).most_common(1)[0][0]
    answers: dict[str, list[Answer]] = {
        "realpolitik": [_ours(doc) for doc in docs],
        "verb lemma and dependency roles": [_bare(doc) for doc in docs],
        f"majority class ({majority})": [Answer(majority) for _ in docs],
    }
    ours = answers["realpolitik"]
    wrong = Counter((one.type, answer.type or "none") for one, answer in zip(gold, ours, strict=True))
    types = sorted({one.type for one in gold})
    return Yardstick(
        n=len(gold),
        distinct=len({one.text for one in gold}),
        with_source=sum(bool(one.source) for one in gold),
        with_target=sum(bool(one.target) for one in gold),
        systems={name: _scores(gold, given) for name, given in answers.items()},
        confusions=tuple((*pair, count) for pair, count in wrong.most_common() if pair[0] != pair[1]),
        by_type=tuple((name, sum(one.type == name for one in gold), wrong[(name, name)]) for name in types),
    )


def plover_type(event: Occurrence) -> str:
    """The type under which PLOVER puts an act with that status.

    PLOVER codes words about acts that have not happened as acts of speech: a promise is AGREE, a threat THREATEN, a
    demand REQUEST, a refusal REJECT. Version 0.5, in which the records are coded, has the police against a crowd under
    COERCE.
    """
    if event.status == "demanded":
        return "REQUEST"
    if event.mode == "crowd-control":
        return "COERCE"
    if event.status in ("planned", "threatened", "conditional") and event.type not in (
        "THREATEN",
        "REQUEST",
        "ACCUSE",
        "REJECT",
    ):
        return "THREATEN" if event.type in HOSTILE else "AGREE"
    if event.status == "negated" and event.type not in HOSTILE and event.type != "REQUEST":
        return "REJECT"
    return event.type


def shares_word(ours: str, gold: str) -> bool:
    """Whether two texts share a word that is more than grammar.

    Examples
    --------
    >>> shares_word("the Arnor government", "government of Arnor")
    True
    >>> shares_word("all of them", "some of the rebels")
    False
    """
    return bool(_content(ours) & _content(gold))


def _content(text: str) -> set[str]:
    return {word for word in _words(text) if word not in FUNCTION_WORDS}


def _words(text: str) -> list[str]:
    return [match.group().lower().replace(".", "") for match in WORD.finditer(text)]


def _is_close(ours: str, gold: str) -> bool:
    mine, theirs = _content(ours), _content(gold)
    return 2 * len(mine & theirs) >= len(mine | theirs) > 0


def _scores(gold: Sequence[GoldEvent], answers: Sequence[Answer]) -> Scores:
    pairs = list(zip(gold, answers, strict=True))
    return Scores(
        type_accuracy=_share(answer.type == one.type for one, answer in pairs),
        macro_f1=_macro_f1([(one.type, answer.type) for one, answer in pairs]),
        source_recall=_found([(answer.source, one.source) for one, answer in pairs], shares_word),
        target_recall=_found([(answer.target, one.target) for one, answer in pairs], shares_word),
        source_close=_found([(answer.source, one.source) for one, answer in pairs], _is_close),
        target_close=_found([(answer.target, one.target) for one, answer in pairs], _is_close),
        answered=_share(answer.type is not None for answer in answers),
    )


def _share(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values) if values else 0.0


def _found(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]], same: Callable[[str, str], bool]) -> float:
    return _share(any(same(one, other) for one in ours for other in gold) for ours, gold in pairs if gold)


def _macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    values = []
    for name in {gold for gold, _ in pairs}:
        right = sum(gold == ours == name for gold, ours in pairs)
        total = sum(gold == name for gold, _ in pairs) + sum(ours == name for _, ours in pairs)
        values.append(2 * right / total)
    return sum(values) / len(values)


# Systems


def _ours(doc: Doc) -> Answer:
    event = main(one for one in occurrences(doc))
    if event is None:
        return Answer(None)
    texts = [tuple(doc.text[start:end] for start, end in part) for part in (event.source, event.target)]
    return Answer(plover_type(event) if not event.type.islower() else None, *texts)


def _bare(doc: Doc) -> Answer:
    """The verb nearest to the root, verbs of saying apart, with its type, its subject and its object, and no more."""
    known = lexicon().verbs
    spoken = {word for word, kind in lexicon().cues["verb"].items() if kind == "say"}
    verbs = [token for token in doc if token.pos_ == "VERB" and token.lemma_ not in spoken]
    verbs = [token for token in verbs if token.lemma_ in known] or verbs
    if not verbs:
        return Answer(None)
    verb = min(verbs, key=lambda token: (sum(1 for _ in token.ancestors), token.i))
    entries = known.get(verb.lemma_, ())
    plain = [entry.type for entry in entries if not entry.needs] or [entry.type for entry in entries]
    source = [child for child in verb.children if child.dep_ == "nsubj"]
    target = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    target += [one for child in verb.children if child.dep_ == "prep" for one in child.children if one.dep_ == "pobj"]
    return Answer(plain[0] if plain else None, _noun_texts(source[:1]), _noun_texts(target[:1]))


def _noun_texts(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(token.doc[token.left_edge.i : token.right_edge.i + 1].text for token in tokens)
