"""Labels for the units of a report: what is the story, and what is the page around it.

The rules look at one line, at its neighbours and at repetition. None knows a particular publisher.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from realpolitik.reading.documents.blocks import Label, Unit
from realpolitik.reading.documents.datelines import MONTHS, NAME, WEEKDAY, dateline_end, is_headed

__all__ = ["label_units", "line_label"]

HEAD = 4
"""Lines, blank ones apart, among which one stands that dates the whole."""

LONGEST_TITLE = 30
"""Words. A longer first line is a paragraph."""

LONGEST_TITLE_SENTENCE = 14
"""Words. A first line that ends in a full stop is a title only up to this length."""

LONGEST_DECK = 30
LONGEST_SECTION_HEAD = 8
SHORTEST_PARAGRAPH = 12
"""Words. Below this a line does not count as the running text under a section head."""

LONGEST_CREDIT = 40
"""Words. Credits, contacts and the like are short; a long paragraph that mentions one is story."""

OFTEN = 3
"""A line that stands this many times in a report is furniture of the page."""

LONGEST_LINE = 500
"""Characters. The same for a line without spaces, so that no rule searches a megabyte."""

TURN = re.compile(r"[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){0,4}: ")
"""A name and a colon begin a turn of an interview, not a section."""

SHORTEST_REPEAT = 3
SHORTEST_PULL_QUOTE = 5
LONGEST_PULL_QUOTE = 40
"""Words."""

PAGE_WORD = (
    r"(?:share|print|e-?mail|save|tweet|listen|copy link|bookmark|facebook|twitter|whatsapp|linkedin|reddit|menu|search"
    r"|log ?in|sign in|subscribe|home|\d{1,3} min(?:ute)?s? read)"
)
"""A word of the buttons around a story."""

END_MARK = re.compile(r"(?:#\s?#\s?#|[-–—]\s?30\s?[-–—]|[-–—*]?\s?ENDS\s?[-–—*]?)\s*\Z")
"""Closes a press release or an agency's dispatch."""

LINE_RULES: tuple[tuple[Label, re.Pattern[str]], ...] = (
    (
        "advertisement",
        re.compile(
            r"\W*(?:advertise?ment|sponsored(?: content| post)?|paid (?:content|post)|promoted(?: content)?|ads?"
            r"|(?:story|article) continues (?:below|after)\b.*|scroll (?:down )?to (?:continue|read)\b.*"
            r"|continue reading(?: below| the main story)?)\W*\Z",
            re.I,
        ),
    ),
    (
        "contact",
        re.compile(
            r"\W*(?:to contact (?:the|our|this)\b|contact (?:us|the (?:writer|reporter|author|editor|newsroom))\b"
            r"|write to\b.*@"
            r"|(?:e-?mail|tips?|twitter|phone|tel|fax|(?:press|media)(?: (?:contacts?|office|[ei]nquiries))?)\s*:"
            r"|follow\b.*\bon (?:twitter|x|facebook|instagram)\b|[\w ,.'’-]{0,80}\bcan be reached (?:at|on|by)\b)"
            r"|(?:[^\s@]++\s++){0,12}+[^\s@]*@[\w-]++\.[\w.-]+\W*\Z",
            re.I,
        ),
    ),
    (
        "credit",
        re.compile(
            r"\W*(?:©|\(c\)\s|copyright\b|all rights reserved|(?:with )?(?:additional )?(?:assistance|reporting"
            r"|editing|writing|contributions?|research|production)\s+(?:from|by)\b|compiled by\b|translated by\b"
            r"|photo(?:graph|graphs|s)?\s+by\b|image credit|(?:photo )?credit\s*:|source\s*:\s)"
            r"|.{0,80}\bcontributed (?:to this (?:report|story|article)|reporting)\b.{0,20}\Z",
            re.I,
        ),
    ),
    (
        "caption",
        re.compile(
            r"\W*(?:file (?:photo|image|picture|pic)|(?:photo|image|picture|pictured|in this)"
            r"(?: (?:taken|released|provided|made available))\b|(?:photo|image|picture|caption|watch|video)\s*:"
            r"|FILE\s*[-–—:])"
            r"|.+\((?:(?:photo|image|source|credit|file|picture)s?(?:\s*:|\s+by\b)[^()]*"
            r"|[^()]*(?:getty|reuters|afp|ap photo|epa|shutterstock)[^()]*)\)\W*\Z"
            r"|.+\b(?:Getty Images|AP Photo/[\w ]+)\W*\Z"
            r"|(?:figure|fig\.|table|chart|map|graphic)\s+\d{1,3}\s*[.:–—-]\s",
            re.I,
        ),
    ),
    (
        "boilerplate",
        re.compile(
            rf"\W+\Z|[-–—\W]{{0,6}}(?:ends?|30)[-–—\W]{{0,6}}\Z|{PAGE_WORD}(?:\W+{PAGE_WORD}){{0,12}}\W*\Z"
            r"|(?:for (?:immediate )?release|(?:under )?embargo(?:ed)?\b.{0,40}|press release|news release)\W*\Z"
            r"|our standards:|you (?:are )?receiv(?:e|ed|ing) this\b"
            r"|(?:view|read) (?:this|it) (?:e-?mail )?(?:in|online)\b"
            r"|(?:unsubscribe|manage (?:your )?(?:preferences|subscription))\b.{0,60}\Z|leave a (?:comment|reply)\b"
            r"|.{3,200}?(?:\.\s?){5,200}\s*\d{1,4}\Z",
            re.I,
        ),
    ),
    (
        "related",
        re.compile(
            r"\W*(?:(?:read|see|watch|more)\s*(?:more|also|next|on this)?\s*:"
            r"|(?:also read|read (?:more|next|also)|see also"
            r"|related(?: \w+)?|more (?:from|on|in|news|stories)\b|recommended|trending|most (?:read|popular|viewed)"
            r"|you may also like|don[’']t miss|read the (?:full|rest)\b|click here|tap here|sign up (?:for|to)\b"
            r"|subscribe\b|newsletter|share this|comments?\W*\Z|tags?\s*:|topics?\s*:|view comments)"
            r"|https?://\S+\W*\Z|www\.\S+\W*\Z)",
            re.I,
        ),
    ),
    (
        "byline",
        re.compile(
            rf"By:?\s+{NAME}(?:\s+{NAME}){{0,3}}(?:(?:,|\s+and|\s+&|\s*\|)\s+{NAME}(?:\s+[\w.'’-]+){{0,6}}){{0,4}}\Z"
            r"|(?:Written|Reported|Posted|Authored) by\s.{2,80}\Z"
        ),
    ),
    (
        "dateline",
        re.compile(
            rf"\W*(?:(?:last )?(?:updated|published|posted|modified|issued)\b.{{0,20}}(?:\d{{4}}|{MONTHS}).{{0,40}}"
            rf"|{WEEKDAY}(?:{MONTHS}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTHS},?\s+\d{{4}}"
            r"|\d{4}-\d\d-\d\d)(?:\W.{0,30})?)\Z",
            re.I,
        ),
    ),
)


def label_units(units: Sequence[Unit], headline: str | None = None) -> list[Label]:
    """Give every unit its label.

    Parameters
    ----------
    units : in the order of the page; a unit's own cue from the markup is kept.
    headline : the title, if it is known from outside the text; no other line is then taken for it.

    Returns
    -------
    list of labels : one for each unit.
    """
    labels: list[Label | None] = [unit.cue or line_label(unit.clean.text) for unit in units]
    texts = [unit.clean.text for unit in units]
    title = _label_title(texts, labels, headline)
    _label_head(texts, labels)
    _label_repeats(texts, labels, title)
    _label_pull_quotes(texts, labels)
    _label_deck(texts, labels, title)
    _label_after_end(texts, labels)
    _label_section_heads(texts, labels)
    return [label or "body" for label in labels]


def _words(text: str) -> int:
    return text.count(" ") + 1 if text else 0


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def line_label(text: str) -> Label | None:
    """What a line says about itself, without its neighbours; None if it may be story."""
    if len(text) > LONGEST_LINE or _words(text) > LONGEST_CREDIT:
        return None
    return next((label for label, rule in LINE_RULES if rule.match(text)), None)


def _label_title(texts: Sequence[str], labels: list[Label | None], headline: str | None) -> int | None:
    """Mark and return the title: the markup's, else the line that repeats the headline or may be one."""
    if "title" in labels:
        return labels.index("title")
    if headline is not None:
        wanted = _key(headline)
        first = next((i for i, label in enumerate(labels) if label is None and _key(texts[i]) == wanted), None)
        if first is not None:
            labels[first] = "title"
        return first
    open_units = [index for index, label in enumerate(labels) if label is None]
    if len(open_units) < 2:
        return None
    first = open_units[0]
    length = _words(texts[first])
    longest = LONGEST_TITLE_SENTENCE if texts[first].endswith(".") else LONGEST_TITLE
    if length > longest or dateline_end(texts[first]):
        return None
    labels[first] = "title"
    return first


def _label_head(texts: Sequence[str], labels: list[Label | None]) -> None:
    """A dated line below the title that says what the text is."""
    first = [index for index, text in enumerate(texts) if text][:HEAD]
    for index in first:
        if labels[index] is None and is_headed(texts[index]):
            labels[index] = "dateline"


def _label_repeats(texts: Sequence[str], labels: list[Label | None], title: int | None) -> None:
    keys = [_key(text) for text in texts]
    often = Counter(key for key, label in zip(keys, labels, strict=True) if label in (None, "title", "section-head"))
    headline = keys[title] if title is not None else None
    for index, key in enumerate(keys):
        if index == title or not key or labels[index] not in (None, "title", "section-head"):
            continue
        furniture = often[key] >= OFTEN and SHORTEST_REPEAT <= _words(key) <= LONGEST_TITLE
        if key == headline or furniture or labels[index] == "title":
            labels[index] = "repeated-headline"


def _label_pull_quotes(texts: Sequence[str], labels: list[Label | None]) -> None:
    """A short unit whose words stand inside a longer paragraph is a pull quote."""
    wanted: dict[tuple[str, ...], list[int]] = {}
    words = [_key(text).split() if label is None else [] for text, label in zip(texts, labels, strict=True)]
    for index, line in enumerate(words):
        if SHORTEST_PULL_QUOTE <= len(line) <= LONGEST_PULL_QUOTE:
            wanted.setdefault(tuple(line[:SHORTEST_PULL_QUOTE]), []).append(index)
    for line in words:
        for position in range(len(line) - SHORTEST_PULL_QUOTE + 1):
            for short in wanted.get(tuple(line[position : position + SHORTEST_PULL_QUOTE]), ())[:OFTEN]:
                found = words[short]
                if len(found) < len(line) and line[position : position + len(found)] == found:
                    labels[short] = "pull-quote"


def _label_deck(texts: Sequence[str], labels: list[Label | None], title: int | None) -> None:
    """The line after the title is a deck if page furniture stands between it and the first paragraph."""
    if title is None:
        return
    after = [index for index in range(title + 1, len(labels)) if labels[index] != "blank"]
    if not after or labels[after[0]] is not None or _words(texts[after[0]]) > LONGEST_DECK:
        return
    if len(after) > 1 and labels[after[1]] in ("byline", "dateline", "caption", "repeated-headline", "credit"):
        labels[after[0]] = "deck"


def _label_after_end(texts: Sequence[str], labels: list[Label | None]) -> None:
    """What stands below the sign that a press release or dispatch ends is about who sent it."""
    ends = [index for index, text in enumerate(texts) if END_MARK.match(text) and 2 * index > len(texts)]
    for index in range(ends[0] if ends else len(labels), len(labels)):
        if labels[index] is None:
            labels[index] = "boilerplate"


def _label_section_heads(texts: Sequence[str], labels: list[Label | None]) -> None:
    below = False
    for index in reversed(range(len(labels))):
        if labels[index] is not None:
            continue
        text = texts[index]
        if below and _words(text) <= LONGEST_SECTION_HEAD and _is_head(text):
            labels[index] = "section-head"
        below = _words(text) >= SHORTEST_PARAGRAPH


def _is_head(text: str) -> bool:
    return (
        not TURN.match(text)
        and (text[0].isupper() or text[0].isdigit())
        and text[-1] not in ".,;:!…"
        and not re.search(r"[“”\"«»]", text)
    )
