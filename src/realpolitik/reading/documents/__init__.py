"""Reports in any format as documents: raw text, labelled blocks that leave nothing out, offsets that map back.

The way of the data: :mod:`inputs` (which files) → :mod:`decoding`, :mod:`mail`, :mod:`pdf`, :mod:`articles` (bytes →
raw text) → :mod:`plain`, :mod:`markdown`, :mod:`markup`, :mod:`pages` (raw text → units) → :mod:`labels`,
:mod:`article` (what is story) → :mod:`blocks` → :mod:`document`, with its day from :mod:`publication`.
"""
