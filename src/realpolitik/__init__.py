"""Realpolitik: a workbench for political contests.

Reports become claims, claims and judgement become a contest, a contest becomes a forecast.
"""

__version__ = "0.1.0"
