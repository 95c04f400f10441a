"""Reports in, claims out: every claim is a verbatim slice of its source.

:mod:`documents` (bytes → labelled text) → :mod:`english` (parsed passages) → :mod:`attributions`, :mod:`actors`,
:mod:`events`, :mod:`figures`, :mod:`stances` → :mod:`reader` (all claims of a document; :mod:`llm` proposes more,
:mod:`together` joins the two) → :mod:`drafts` (a contest folder). :mod:`corpus` reads many documents at once.
"""
