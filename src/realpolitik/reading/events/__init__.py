"""Who did what to whom: acts by a lexicon of our own, roles by grammar, status by cues.

The way of the data: :mod:`lexicon` (words → type) → :mod:`acts` (where a sentence names them) → :mod:`roles` →
:mod:`status`, :mod:`modes` → :mod:`occurrences` (all of it for one text) → :mod:`mentions` (names, reports, denials,
one event out of several mentions) → :mod:`claims`.
"""

from realpolitik.reading.events.claims import events

__all__ = ["events"]
