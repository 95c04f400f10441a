"""Datelines: place, day and agency before the first sentence, and lines that say what the text is and of which day."""

from __future__ import annotations

import re

__all__ = ["MONTHS", "NAME", "WEEKDAY", "dateline_end", "is_headed"]

NAME = r"[A-Z][\w.'’-]*"
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
AGENCY = r"\(\s?[A-Z][\w .&/-]{1,30}\)"
DASH = r"(?:--|[-–—])"
PLACE = r"[A-Z][A-Z.'’]{2,}(?:[ -][A-Z][A-Z.'’]*){0,4}"
TOWN = rf"{NAME}(?: {NAME}){{0,2}}"
REGION = rf"(?:,\s+{TOWN}){{0,2}}(?:,?\s+\d{{1,2}})?"
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
DAY = rf",?\s+{WEEKDAY}(?:{MONTHS}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTHS})(?:,?\s+\d{{4}})?"
DATELINE = re.compile(
    rf"(?:(?:{PLACE}|{TOWN})(?:{REGION}{DAY}|{REGION})\s*)?{AGENCY}\s*{DASH}\s*(?=\S)"
    rf"|{PLACE}(?:{REGION}{DAY}|{REGION})\s*(?:--|[–—]|\s-)\s+(?=\S)"
    rf"|(?:{PLACE}|{TOWN}){REGION}{DAY}\s*(?:(?:--|[–—]|\s-)\s+|{AGENCY}\s*:\s*)(?=\S)"
)

HEADED = re.compile(
    r"\b(?i:report|bulletin|briefing|brief|update|minutes|transcript|newsletter|communiqu[eé]|dispatch|edition|sitting"
    r"|session|issue|volume|vol|no)\b.{0,80}(?:[,;:|(–—-]\s*|\d\s+)"
    rf"{WEEKDAY}(?:{MONTHS}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTHS},?\s+\d{{4}})\W{{0,4}}\Z"
)

LONGEST = 150
"""Characters."""


def dateline_end(text: str) -> int:
    """Length of the dateline that opens a paragraph, such as ``GENEVA (Agency) -- ``; 0 without one.

    Examples
    --------
    >>> dateline_end("GENEVA (Agency) -- Talks resumed."), dateline_end("Portville, 12 March 2026 — Talks resumed.")
    (19, 27)
    >>> dateline_end("Talks resumed.")
    0
    """
    match = DATELINE.match(text, 0, LONGEST)
    return match.end() if match else 0


def is_headed(text: str) -> bool:
    """Whether a line says what the text is and of which day.

    Examples
    --------
    >>> is_headed("Report No. 7, 11 March 2026"), is_headed("The report was due on 11 March 2026")
    (True, False)
    """
    return len(text) <= LONGEST and HEADED.search(text) is not None
