"""How a contest ends: one file a model; arrays in, arrays out.

A model takes an input view with a leading ``draws`` axis and returns a frozen record. It opens no file,
reads no clock and keeps no random state: where it needs chance, it is given an ``rng``.
"""
