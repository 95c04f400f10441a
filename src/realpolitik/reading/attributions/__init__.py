"""Who said what: cues, the words that they attribute, and whose they are.

The way of the data: :mod:`cues` (words by what they govern) → :mod:`frames` with :mod:`verb_frames`,
:mod:`noun_frames`, :mod:`subjects` → :mod:`page` (frames and quotations of a passage) → :mod:`uncued` →
:mod:`attributions`, in the form of :mod:`said` → :mod:`quotations` (as claims).
"""
