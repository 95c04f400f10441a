"""Occurrences with names: who is meant, who reports or denies it, when it was; and which of them are one event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from realpolitik.contest.evidence import DateClaim, Status
from realpolitik.reading.attributions.said import Said, Stretch
from realpolitik.reading.dates import DATE, resolve_date
from realpolitik.reading.english.passages import Passage
from realpolitik.reading.events.occurrences import Occurrence, occurrences

__all__ = ["Event", "Mention", "Resolve", "mentions", "merged"]

Resolve = Callable[[Stretch], str | None]
"""From words to the canonical name of the actor they mean, or None."""

PRONOUNS = frozenset({
    "all", "he", "her", "him", "i", "it", "many", "me", "one", "others", "she", "some", "that", "them", "these",
    "they", "this", "those", "us", "we", "which", "who", "whom", "you",
})  # fmt: skip
"""Words that name nobody by themselves."""

DENIALS = ("den", "refut", "disclaim", "disavow", "rebut", "disput")
"""Beginnings of cues that attribute a denial."""

DENIABLE: frozenset[Status] = frozenset({"asserted", "reported", "negated", "denied", "planned", "threatened"})
"""What somebody who denies the words around it denies as well."""

INTENDED: frozenset[Status] = frozenset({"planned", "threatened", "demanded"})
"""In somebody's words, an intended act is one even if nobody is named in it: a letter of preparations for departure."""

HAPPENED: frozenset[Status] = frozenset({"asserted", "reported"})
MOST_TRIED = 12
"""Earlier events that are compared with a mention."""

STEM = 4
"""Letters that two words for the same act begin with: ``killing``, ``killed``."""


@dataclass(frozen=True)
class Mention:
    """An act where a passage names it, with the names of those who take part."""

    passage: Passage
    act: Occurrence
    source: tuple[str, ...]
    target: tuple[str, ...]
    status: Status
    denied_by: tuple[str, ...]
    date: DateClaim | None


@dataclass(frozen=True)
class Event:
    """One event with all its mentions, the first one first."""

    mentions: tuple[Mention, ...]

    def first(self, has: Callable[[Mention], object]) -> Mention:
        """The first mention that has something; if none has, the first of all."""
        return next((one for one in self.mentions if has(one)), self.mentions[0])


def mentions(passages: Sequence[Passage], resolve: Resolve, said: Sequence[Said]) -> list[Mention]:
    """All acts of a document in the order of their words."""
    spoken: dict[int, list[tuple[int, int, Said]]] = {}
    for one in said:
        for stretch in one.content:
            spoken.setdefault(stretch.passage, []).append((stretch.start, stretch.end, one))
    found: list[Mention] = []
    texts = {passage.number: passage.text for passage in passages}
    for passage in passages:
        around = sorted(spoken.get(passage.number, ()), key=lambda one: one[:2])
        starts = [start for start, _, _ in around]
        for act in occurrences(passage.doc, bare=bool(around)):
            voices = _voices(act.words[0][0], starts, around)
            if _is_bare(act) and not (voices and act.status in INTENDED):
                continue
            status, deniers = _voiced(act, voices, texts)
            by = [_name(passage, part, resolve) for part in act.denied_by]
            by += [_name_at(stretch, texts, resolve) for stretch in deniers]
            found.append(
                Mention(
                    passage,
                    act,
                    _names(passage, act.source, resolve),
                    _names(passage, act.target, resolve),
                    status,
                    tuple(dict.fromkeys(name for name in by if name)),
                    _date(passage, act),
                )
            )
    return found


def _is_bare(act: Occurrence) -> bool:
    return not act.source and not act.target


def _voices(place: int, starts: list[int], around: list[tuple[int, int, Said]]) -> list[Said]:
    """Attributions in whose content a place stands."""
    at = bisect_right(starts, place)
    return [one for start, end, one in around[max(0, at - MOST_TRIED) : at] if start <= place < end]


def _voiced(act: Occurrence, voices: list[Said], texts: dict[int, str]) -> tuple[Status, list[Stretch]]:
    """Status of an act inside what somebody says, and who denies it."""
    for one in voices:
        cue = texts[one.cue.passage][one.cue.start : one.cue.end].lower() if one.cue else ""
        denies = any(word.startswith(DENIALS) for word in cue.split())
        insists = act.status == "negated" and "adamant" in cue
        if insists or (denies and act.status in DENIABLE):
            return "denied", [one.source] if one.source else []
    if voices and act.status == "asserted":
        return "reported", []
    return act.status, []


def _names(passage: Passage, parts: tuple[tuple[int, int], ...], resolve: Resolve) -> tuple[str, ...]:
    found = (_name(passage, part, resolve) for part in parts)
    return tuple(dict.fromkeys(name for name in found if name))


def _name(passage: Passage, part: tuple[int, int], resolve: Resolve) -> str | None:
    return _name_at(Stretch(passage.number, *part), {passage.number: passage.text}, resolve)


def _name_at(stretch: Stretch, texts: dict[int, str], resolve: Resolve) -> str | None:
    """The canonical name; else the words, unless they are a pronoun."""
    name = resolve(stretch)
    if name:
        return name
    words = texts[stretch.passage][stretch.start : stretch.end].strip()
    return None if not words or words.lower() in PRONOUNS else words


def _date(passage: Passage, act: Occurrence) -> DateClaim | None:
    if act.date is None:
        return None
    match = DATE.search(passage.text, *act.date)
    if match is None:
        return None
    return resolve_date(match, passage.text[max(0, match.start() - 90) : match.start()], passage.document.published)


# One event, several mentions


def merged(found: Sequence[Mention]) -> list[Event]:
    """Put mentions of the same event together, in the order of first mentions.

    Two mentions are one event if type and status agree, they share the one acted upon (or, where neither names one, the
    one who acts), nothing that both say differs (who acts, mode, day, and for violence and protest the place), and the
    word is the same or one of them is a noun. What names nobody at all is no event, unless somebody intends it.
    """
    events: list[list[Mention]] = []
    found = [mention for mention in found if mention.source or mention.target or _is_bare(mention.act)]
    known: dict[tuple[str, str, str], list[int]] = {}
    for mention in found:
        keys = _keys(mention)
        tried = [at for key in keys for at in known.get(key, ())[-MOST_TRIED:]]
        same = next(
            (at for at in sorted(set(tried)) if all(_agree(one, mention) for one in events[at][-MOST_TRIED:])), None
        )
        if same is None:
            same = len(events)
            events.append([])
        events[same].append(mention)
        for key in keys:
            places = known.setdefault(key, [])
            if same not in places[-MOST_TRIED:]:
                places.append(same)
    return [Event(tuple(group)) for group in events]


def _keys(mention: Mention) -> list[tuple[str, str, str]]:
    kind = f"{mention.act.type} {'happened' if mention.status in HAPPENED else mention.status}"
    if mention.target:
        return [(kind, "target", _plain(name)) for name in mention.target]
    return [(kind, "source", _plain(name)) for name in mention.source]


def _agree(one: Mention, other: Mention) -> bool:
    """Whether nothing speaks against one event."""
    acts = (one.act, other.act)
    if acts[0].mode and acts[1].mode and acts[0].mode != acts[1].mode:
        return False
    if one.source and other.source and not _share(one.source, other.source):
        return False
    if one.target and other.target and not _share(one.target, other.target):
        return False
    days = [mention.date.value for mention in (one, other) if mention.date and mention.date.value]
    if len(days) == 2 and days[0] != days[1]:
        return False
    if acts[0].type in ("ASSAULT", "PROTEST") and acts[0].place and acts[1].place:
        places = [mention.passage.text[slice(*mention.act.place)] for mention in (one, other) if mention.act.place]
        if places[0] != places[1]:
            return False
    words = [_word(mention) for mention in (one, other)]
    return acts[0].is_nominal or acts[1].is_nominal or words[0] == words[1]


def _share(these: tuple[str, ...], those: tuple[str, ...]) -> bool:
    return not {_plain(name) for name in these}.isdisjoint(_plain(name) for name in those)


def _plain(name: str) -> str:
    return " ".join(name.lower().replace(".", "").split())


def _word(mention: Mention) -> str:
    start, end = mention.act.words[0]
    return mention.passage.text[start : min(end, start + STEM)].lower()
